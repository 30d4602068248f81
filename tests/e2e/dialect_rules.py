"""What tests of the dialects know: the words of every code, the fields of every answer."""

import re
import time

from dialect_client import Client

# A carrier that is never asked here, so that what is stored changes only when a test changes it.
QUIET = "ups"

# meta.type and meta.message: code tables of the three vendors.
WORDS = {
    200: ("Success", "Success"),
    201: ("Created", "The request was successful and a resource was created."),
    202: ("Bad Request", "The request was successful but exceeding the limit."),
    401: (
        "Unauthorized",
        "Authentication failed or user does not have permissions for the requested operation.",
    ),
    402: ("Payment Required", "Payment required."),
    403: ("Forbidden", "Access denied."),
    404: ("Not Found", "Resource was not found."),
    405: ("Method Not Allowed", "Requested method is not supported for the specified resource."),
    409: ("Conflict", "The request could not be completed due to a conflict."),
    429: ("Too Many Requests", "Exceeded API limits. Pause requests, wait two minute, and try again."),
    4001: ("Unauthorized", "Invalid API key."),
    4002: ("Unauthorized", "API key has been deleted."),
    4012: ("Bad Request", "The request could not be understood or was missing required parameters."),
    4013: ("Bad Request", "Tracking_number is required."),
    4014: ("Bad Request", "The value of `tracking_number` is invalid."),
    4015: ("Bad Request", "The value of `carrier_code` is invalid."),
    4016: ("Bad Request", "Tracking already exists."),
    4017: ("Bad Request", "Tracking does not exist."),
    4020: ("Bad Request", "Up to 200 at a time"),
    4031: ("No Content", "The request was successful but the response is empty."),
    4032: ("No Content", "Cannot detect courier."),
    4033: ("No Content", "The value of `status` is invalid."),
}

NULL = type(None)
CREATED_FIELDS = {
    "id": str, "tracking_number": str, "carrier_code": str, "order_create_time": int, "status": str,
    "created_at": str, "customer_email": (str, NULL), "customer_name": (str, NULL), "customer_phone": (str, NULL),
    "order_id": (str, NULL), "comment": (str, NULL), "title": (str, NULL), "logistics_channel": (str, NULL),
    "destination": str,
}  # fmt: skip
UPDATED_FIELDS = {
    "id": str, "tracking_number": str, "carrier_code": str, "created_at": str, "updated_at": str,
    "customer_email": (str, NULL), "customer_name": (str, NULL), "order_id": (str, NULL), "title": (str, NULL),
    "destination_code": (str, NULL), "customer_phone": (str, NULL), "archived": str, "status": str,
    "logistics_channel": (str, NULL),
}  # fmt: skip
TRACKING_FIELDS = {
    "id": str, "tracking_number": str, "carrier_code": str, "status": str, "track_update": bool, "created_at": str,
    "updated_at": str, "order_create_time": (str, NULL), "destination_code": str, "customer_email": (str, NULL),
    "customer_phone": str, "title": (str, NULL), "order_id": (str, NULL), "comment": (str, NULL),
    "customer_name": (str, NULL), "archived": bool, "original_country": str, "destination_country": str,
    "singed_by": str, "itemTimeLength": (int, NULL), "stayTimeLength": (int, NULL), "service_code": (str, NULL),
    "status_info": (str, NULL), "weight": (str, NULL), "substatus": (str, NULL), "origin_info": dict,
    "destination_info": dict, "lastEvent": (str, NULL), "lastUpdateTime": (str, NULL),
}  # fmt: skip
OPTIONAL_TRACKING_FIELDS = {
    "destination_code", "customer_phone", "destination_country", "singed_by", "weight", "destination_info",
}  # fmt: skip
MILESTONES = (
    "ItemReceived", "ItemDispatched", "DepartfromAirport", "ArrivalfromAbroad", "CustomsClearance",
    "DestinationArrived",
)  # fmt: skip
EVENT_FIELDS = {
    "Date": str, "StatusDescription": str, "Details": str, "checkpoint_status": str, "substatus": str,
    "ItemNode": str,
}  # fmt: skip

ISO_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
NUMBER_OF_UPS = "1Z999AA10123456784"


def next_second() -> int:
    """Waits until a new second has begun, and tells which."""
    second = int(time.time()) + 1
    time.sleep(second - time.time() + 0.02)
    return second


class DialectRules:
    """What the tests that every dialect runs have in common. Each test has an account of its own."""

    dialect = None

    def setUp(self):
        self.client = self.client_of(self.new_key())

    def client_of(self, key) -> Client:
        client = Client(self.dialect, self.server.port, key)
        self.addCleanup(client.close)
        return client

    def expect(self, code, answer, http_status=200):
        meta = answer.document["meta"]
        self.assertEqual((code, *WORDS[code]), (meta["code"], meta["type"], meta["message"]))
        self.assertEqual(http_status, answer.status)
        return answer.data

    def expect_fields(self, expected, found, optional=frozenset()):
        self.assertEqual([key for key in expected if key in found], list(found), "keys or their order")
        self.assertLessEqual(set(expected) - set(found), set(optional), "missing keys")
        for key, value in found.items():
            self.assertIsInstance(value, expected[key], key)
            if expected[key] is int:
                self.assertNotIsInstance(value, bool, key)

    def expect_empty_list(self):
        self.expect(4031, self.client.list_page())

    def create_quiet(self, *numbers, **fields):
        for number in numbers:
            self.expect(200, self.client.create(number, QUIET, **fields))
            time.sleep(0.003)  # no two in the same millisecond, so that the order of a list is known
