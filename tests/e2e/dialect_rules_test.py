"""The rules of the three dialects, route by route: codes, the order of checks, filters, shapes."""

import datetime
import re
import time
import unittest
import urllib.request

from dialect_client import DIALECTS, TRACKINGMORE_V2, TRACKRU_V1, TRACKTRY_V1, Client
from raw_http import exchange
from server_process import ServerTestCase, is_sanitized, run, wait_until

# A carrier that is never asked here, so that what is stored changes only when a test changes it.
QUIET = "ups"

# meta.type and meta.message: code tables of the three vendors.
WORDS = {
    200: ("Success", "Success"),
    201: ("Created", "The request was successful and a resource was created."),
    202: ("Bad Request", "The request was successful but exceeding the limit."),
    404: ("Not Found", "Resource was not found."),
    405: ("Method Not Allowed", "Requested method is not supported for the specified resource."),
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
    """The tests that every dialect runs. Each test has an account of its own."""

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

    # Keys

    def test_wrong_missing_and_foreign_key(self):
        for key in ("00000000-0000-0000-0000-00000000dead", "", None, "x" * 300, self.client.key + " x"):
            with self.subTest(key=key):
                self.expect(4001, self.client_of(key).list_page())

    def test_key_is_checked_before_the_body(self):
        self.expect(4001, self.client_of("wrong").call("POST", "/trackings/post", "{broken"))
        self.expect(4001, self.client_of("wrong").get("SBXANY", carrier="nobody"))

    def test_revoked_key(self):
        account, key = self.server.open_account(f"revoked-{self.dialect.name}@example.com")
        client = self.client_of(key)
        self.expect(4031, client.list_page())
        revoked = run("key", "revoke", "--account", account, "--data", self.server.data, self.key_id(account))
        self.assertEqual(0, revoked.returncode, revoked.stderr)
        within = 1.0 if not is_sanitized() else 3.0
        self.assertTrue(wait_until(lambda: client.list_page().code == 4002, within), "the key still works")
        self.expect(4002, client.create("SBXTRANSITREVOKED"))

    def key_id(self, account) -> str:
        (line,) = run("key", "list", "--account", account, "--data", self.server.data).stdout.splitlines()
        return line.split("\t")[0]

    # Routes

    def test_unknown_routes(self):
        for path in ("/nothing", "/trackings", "/trackings/nothing", "/trackings/a/b/c/d", "/carriers/detect/x", ""):
            with self.subTest(path):
                self.expect(404, self.client.call("GET", path), 404)
        for target in ("/", "/v9/carriers", "/v1x/carriers"):
            answer = exchange(self.server.port, f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            self.expect(404, answer, 404)

    def test_wrong_verbs(self):
        for verb, path in (
            ("DELETE", "/carriers"), ("POST", "/carriers"), ("PUT", "/carriers/detect"), ("GET", "/trackings/post"),
            ("DELETE", "/trackings/batch"), ("GET", "/trackings/realtime"), ("DELETE", "/trackings/get"),
            ("PATCH", "/trackings/ups/12345"), ("OPTIONS", "/trackings/get"),
        ):  # fmt: skip
            with self.subTest(verb + " " + path):
                self.expect(405, self.client.call(verb, path), 405)

    # Create

    def test_create(self):
        created = self.expect(200, self.client.create("SBXTRANSITCREATE"))
        self.expect_fields(CREATED_FIELDS, created)
        self.assertRegex(created["id"], r"^[0-9a-f]{32}$")
        self.assertEqual(("pending", 0, ""), (created["status"], created["order_create_time"], created["destination"]))
        self.assertRegex(created["created_at"], ISO_TIME)
        self.expect(4016, self.client.create("SBXTRANSITCREATE"))

    def test_create_with_every_field(self):
        given = {"title": "t", "customer_name": "n", "customer_email": "e@x.de", "customer_phone": "+49", "order_id": "o",
                 "comment": "c", "logistics_channel": "l"}  # fmt: skip
        created = self.expect(200, self.client.create(
            "FULL12345", QUIET, destination_code="de", order_create_time="2024/3/1 10:00", lang="en",
            tracking_postal_code="12345", tracking_ship_date="20240301", tracking_account_number="1", **given,
        ))  # fmt: skip
        self.assertEqual(given, {key: created[key] for key in given})
        self.assertEqual(("DE", 1709258400), (created["destination"], created["order_create_time"]))
        read = self.client.tracking("FULL12345", QUIET)
        del given["logistics_channel"]  # is not in the tracking object
        self.assertEqual(given, {key: read[key] for key in given})
        self.assertEqual("2024-03-01 10:00", read["order_create_time"])

    def test_refusals_of_create_store_nothing(self):
        number_missing = 4015 if self.dialect.carrier_required else 4013
        undetected = 4015 if self.dialect.carrier_required else 4032
        for code, body in (
            (4012, "{broken"), (4012, "[]"), (4012, "[{}]"), (4012, "12"), (4012, '"x"'), (4012, "[" * 5000),
            (4012, {"tracking_number": {}, "carrier_code": "ups"}), (4012, {"tracking_number": "12345", "title": []}),
            (number_missing, {}), (number_missing, ""), (number_missing, {"tracking_number": "", "carrier_code": ""}),
            (4013, {"carrier_code": "ups"}), (4013, {"tracking_number": " ", "carrier_code": "ups"}),
            (4013, {"tracking_number": None, "carrier_code": "ups"}),
            (4014, {"tracking_number": "1234", "carrier_code": "ups"}),
            (4014, {"tracking_number": "12 345", "carrier_code": "ups"}),
            (4014, {"tracking_number": "x" * 65, "carrier_code": "ups"}),
            (4014, {"tracking_number": "12345\u00e9", "carrier_code": "ups"}),
            (4014, {"tracking_number": "12345\u0000", "carrier_code": "ups"}),
            (4015, {"tracking_number": "12345", "carrier_code": "no-such-carrier"}),
            (4015, {"tracking_number": "12345", "carrier_code": "u p s"}),
            (4015, {"tracking_number": "1", "carrier_code": "no-such-carrier"}),  # the carrier is checked first
            (4015, {"carrier_code": "no-such-carrier"}),
            (undetected, {"tracking_number": "ABCDE"}),
        ):  # fmt: skip
            for path in ("/trackings/post", "/trackings/realtime"):
                with self.subTest(path, body=body):
                    self.expect(code, self.client.call("POST", path, body))
        self.expect_empty_list()

    def test_missing_carrier(self):
        if self.dialect.carrier_required:
            self.expect(4015, self.client.create(NUMBER_OF_UPS, carrier=None))
            self.expect(4015, self.client.realtime(NUMBER_OF_UPS, carrier=None))
            return self.expect_empty_list()
        self.assertEqual("ups", self.expect(200, self.client.create(NUMBER_OF_UPS, carrier=None))["carrier_code"])
        (item,) = self.expect(200, self.client.realtime("RB123456785SG", carrier=""))["items"]
        self.assertEqual("singapore-post", item["carrier_code"])

    # Batch

    def test_batch_of_one_new_and_one_known(self):
        self.create_quiet("KNOWN1")
        rows = [{"tracking_number": number, "carrier_code": QUIET} for number in ("KNOWN1", "FRESH1")]
        data = self.expect(self.dialect.batch_code, self.client.batch(rows))
        self.assertEqual(["submitted", "added", "trackings", "errors"], list(data))
        self.assertEqual((2, 1), (data["submitted"], data["added"]))
        self.assertEqual(["FRESH1"], [row["tracking_number"] for row in data["trackings"]])
        self.expect_fields(CREATED_FIELDS, data["trackings"][0])
        self.assertEqual([{"tracking_number": "KNOWN1", "carrier_code": QUIET, "code": 4016,
                           "message": WORDS[4016][1]}], data["errors"])  # fmt: skip

    def test_one_bad_row_never_harms_its_neighbours(self):
        rows = [
            {"tracking_number": "GOOD1", "carrier_code": QUIET},
            {"tracking_number": "x", "carrier_code": QUIET},
            {"tracking_number": "GOOD2", "carrier_code": "no-such-carrier"},
            {"carrier_code": QUIET},
            "not an object", None, [], 12,
            {"tracking_number": ["GOOD3"], "carrier_code": QUIET},
            {"tracking_number": "good1", "carrier_code": QUIET},
            {"tracking_number": "GOOD4", "carrier_code": QUIET, "tracking_destination_country": "France"},
        ]  # fmt: skip
        data = self.expect(self.dialect.batch_code, self.client.batch(rows))
        self.assertEqual((11, 2), (data["submitted"], data["added"]))
        self.assertEqual(["GOOD1", "GOOD4"], [row["tracking_number"] for row in data["trackings"]])
        self.assertEqual("FR", data["trackings"][1]["destination"])
        codes = [error["code"] for error in data["errors"]]
        self.assertEqual([4014, 4015, 4013, 4012, 4012, 4012, 4012, 4012, 4016], codes)
        self.assertEqual({"GOOD1", "GOOD4"}, set(self.client.listed_numbers()))

    def test_all_rows_failing_and_none_failing(self):
        data = self.expect(self.dialect.batch_code, self.client.batch([{"tracking_number": "x"}]))
        self.assertEqual((1, 0, [], 1), (data["submitted"], data["added"], data["trackings"], len(data["errors"])))
        row = {"tracking_number": "ALONE1", "carrier_code": QUIET}
        self.assertEqual([], self.expect(self.dialect.batch_code, self.client.batch([row]))["errors"])

    def test_forty_rows_and_no_more(self):
        rows = [{"tracking_number": f"MANY{i:05}", "carrier_code": QUIET} for i in range(41)]
        self.expect(4020, self.client.batch(rows))
        self.expect_empty_list()
        self.assertEqual(40, self.expect(self.dialect.batch_code, self.client.batch(rows[:40]))["added"])

    def test_batch_bodies_that_are_no_arrays_of_something(self):
        for body in ("{}", "[]", "", "null", "[{},", "x=1&y=2", '{"0":{"tracking_number":"ABCDE"}}'):
            with self.subTest(body):
                self.expect(4012, self.client.call("POST", "/trackings/batch", body))
        self.expect_empty_list()

    # Single

    def test_read(self):
        self.expect(200, self.client.create("READ1", QUIET, destination_code="DE", customer_phone="1"))
        read = self.client.tracking("READ1", QUIET)
        self.expect_fields(TRACKING_FIELDS, read, OPTIONAL_TRACKING_FIELDS)
        self.assertEqual(("pending", False), (read["status"], read["archived"]))
        self.assertEqual(read["created_at"], read["updated_at"])
        self.assertRegex(read["created_at"], ISO_TIME)
        self.assertEqual("+08:00", read["created_at"][-6:])
        origin = read["origin_info"]
        self.assertEqual(["ReferenceNumber", *MILESTONES, "weblink", "phone", "carrier_code"], list(origin))
        self.assertEqual(QUIET, origin["carrier_code"])
        for milestone in MILESTONES:
            self.assertIsNone(origin[milestone])
        if self.dialect is TRACKINGMORE_V2:
            self.assertNotIn("destination_info", read)
            self.assertEqual((None, None), (read["lastEvent"], read["lastUpdateTime"]))
        else:
            self.assertEqual({None}, set(read["destination_info"].values()))
            self.assertEqual(("", ""), (read["lastEvent"], read["lastUpdateTime"]))

    def test_events_of_a_tracking(self):
        self.expect(200, self.client.realtime("SBXDELIVEREDEVENTS"))
        read = self.client.tracking("SBXDELIVEREDEVENTS")
        self.expect_fields(TRACKING_FIELDS, read, OPTIONAL_TRACKING_FIELDS)
        self.assertEqual(("delivered", "delivered001", False), (read["status"], read["substatus"], read["track_update"]))
        self.assertEqual(("J. Doe", "China", "United States"),
                         (read["singed_by"], read["original_country"], read["destination_country"]))  # fmt: skip
        self.assertIsInstance(read["itemTimeLength"], int)
        events = read["origin_info"]["trackinfo"]
        self.assertEqual(11, len(events))
        for event in events:
            self.expect_fields(EVENT_FIELDS, event, {"ItemNode"})
            self.assertRegex(event["Date"], f"^{self.dialect.date_pattern}$")
        self.assertEqual("Shipping label created", events[-1]["StatusDescription"])
        newest = events[0]
        self.assertEqual(("Delivered", "delivered", "delivered001"),
                         (newest["StatusDescription"], newest["checkpoint_status"], newest["substatus"]))  # fmt: skip
        self.assertEqual(f"Delivered,{newest['Details']},{newest['Date']}", read["lastEvent"])
        self.assertEqual(newest["Date"], read["lastUpdateTime"])
        nodes = {event["ItemNode"] for event in events if "ItemNode" in event}
        self.assertEqual(set(MILESTONES), nodes)
        for milestone in MILESTONES:
            self.assertRegex(read["origin_info"][milestone], r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")

    def test_order_of_checks_on_one_tracking(self):
        self.create_quiet("ORDER1")
        self.expect(4031, self.client.get("NEVER1", QUIET))
        self.expect(4031, self.client.get("ORDER1", "dhl"))
        self.expect(4017, self.client.update("NEVER1", {"title": "x"}, QUIET))
        self.expect(4017, self.client.delete("NEVER1", QUIET))
        for verb in ("GET", "PUT", "DELETE"):
            self.expect(4015, self.client.call(verb, "/trackings/no-such-carrier/x"))
            self.expect(4014, self.client.call(verb, f"/trackings/{QUIET}/1234"))
        self.expect(4012, self.client.call("PUT", "/trackings/no-such-carrier/ORDER1", "{broken"))

    # Update

    def test_manual_status_and_back(self):
        self.expect(200, self.client.realtime("SBXTRANSITMANUAL"))
        for given, name in ((7, "exception"), (4, "delivered"), ("7", "exception"), (8, "transit")):
            with self.subTest(given):
                updated = self.expect(200, self.client.update("SBXTRANSITMANUAL", {"status": given}))
                self.assertEqual(str(given), updated["status"])
                self.assertEqual(name, self.client.tracking("SBXTRANSITMANUAL")["status"])
        self.assertEqual(["SBXTRANSITMANUAL"], self.client.listed_numbers(status="transit"))

    def test_other_statuses_are_refused_and_change_nothing(self):
        self.create_quiet("STATUS1")
        for status in (5, 0, "delivered", "4x", 4.5, True):
            with self.subTest(status=status):
                self.expect(4033, self.client.update("STATUS1", {"status": status, "title": "changed"}, QUIET))
        for body in ({"archived": "maybe"}, {"title": {}}, {"status": [4]}, [], "{"):
            with self.subTest(body=body):
                self.expect(4012, self.client.call("PUT", f"/trackings/{QUIET}/STATUS1", body))
        read = self.client.tracking("STATUS1", QUIET)
        self.assertEqual(("pending", "", False), (read["status"], read["title"], read["archived"]))

    def test_empty_update(self):
        self.create_quiet("EMPTY1")
        before = self.client.tracking("EMPTY1", QUIET)
        updated = self.expect(200, self.client.call("PUT", f"/trackings/{QUIET}/EMPTY1"))
        self.expect_fields(UPDATED_FIELDS, updated)
        self.assertEqual(("pending", "false"), (updated["status"], updated["archived"]))
        self.assertEqual(before, self.client.tracking("EMPTY1", QUIET))

    def test_update_changes_what_is_given(self):
        self.create_quiet("CHANGE1", title="old", order_id="kept")
        given = {"title": "new", "customer_name": "sandy", "customer_email": "a@b.de", "customer_phone": "+86",
                 "logistics_channel": "4PX", "destination_code": "CN"}  # fmt: skip
        next_second()
        updated = self.expect(200, self.client.update("CHANGE1", given, QUIET))
        self.expect_fields(UPDATED_FIELDS, updated)
        self.assertEqual(given | {"order_id": "kept"}, {key: updated[key] for key in (*given, "order_id")})
        read = self.client.tracking("CHANGE1", QUIET)
        self.assertEqual(("new", "kept"), (read["title"], read["order_id"]))
        self.assertGreater(read["updated_at"], read["created_at"])

    def test_archive(self):
        self.create_quiet("ARCHIVE1", "PRESENT1")
        for given, echo in (("true", "true"), ("false", "false"), (True, "true"), (False, "false"), ("true", "true")):
            updated = self.expect(200, self.client.update("ARCHIVE1", {"archived": given}, QUIET))
            self.assertEqual(echo, updated["archived"])
            self.assertIs(echo == "true", self.client.tracking("ARCHIVE1", QUIET)["archived"])
        self.assertEqual(["PRESENT1"], self.client.listed_numbers(archived="false"))
        self.assertEqual(["ARCHIVE1"], self.client.listed_numbers(archived="true"))
        for both in ("", "both", "x"):
            self.assertEqual({"ARCHIVE1", "PRESENT1"}, set(self.client.listed_numbers(archived=both)))

    # Delete

    def test_delete(self):
        self.create_quiet("DELETE1")
        self.assertEqual([], self.expect(200, self.client.delete("DELETE1", QUIET)))
        self.expect(4017, self.client.delete("DELETE1", QUIET))
        self.expect(4017, self.client.update("DELETE1", {"title": "x"}, QUIET))
        self.expect(4031, self.client.get("DELETE1", QUIET))
        self.expect_empty_list()

    def test_created_again_keeps_id_and_first_time(self):
        first = self.expect(200, self.client.create("AGAIN1", QUIET, title="old"))
        self.expect(200, self.client.delete("AGAIN1", QUIET))
        next_second()
        again = self.expect(200, self.client.create("AGAIN1", QUIET))
        self.assertEqual(first["id"], again["id"])
        self.assertGreater(again["created_at"], first["created_at"])
        (item,) = self.client.list_page().data["items"]
        self.assertEqual((first["id"], first["created_at"], ""), (item["id"], item["created_at"], item["title"]))

    # List

    def test_list_form_and_order(self):
        self.create_quiet("LIST1", "LIST2", "LIST3")
        data = self.expect(200, self.client.list_page())
        self.assertEqual(["page", "limit", "total", "count", "items"], list(data))
        self.assertEqual((1, 100, "3", 3), (data["page"], data["limit"], data["total"], data["count"]))
        self.assertEqual(["LIST3", "LIST2", "LIST1"], [item["tracking_number"] for item in data["items"]])
        self.assertEqual(self.client.tracking("LIST3", QUIET), data["items"][0])

    def test_pages(self):
        self.create_quiet(*(f"PAGE{i}" for i in range(5)))
        for page, numbers in ((1, ["PAGE4", "PAGE3"]), (2, ["PAGE2", "PAGE1"]), (3, ["PAGE0"])):
            data = self.expect(200, self.client.list_page(page=page, limit=2))
            self.assertEqual((page, 2, "5", len(numbers)), (data["page"], data["limit"], data["total"], data["count"]))
            self.assertEqual(numbers, [item["tracking_number"] for item in data["items"]])
        self.expect(4031, self.client.list_page(page=4, limit=2))
        self.expect(4031, self.client.list_page(page=10**15, limit=2000))
        self.assertEqual(2000, self.expect(200, self.client.list_page(limit=10**9))["limit"])
        for page, limit in ((0, 0), (-1, -5), ("x", "y"), ("", "")):
            data = self.expect(200, self.client.list_page(page=page, limit=limit))
            self.assertEqual((1, 100), (data["page"], data["limit"]))

    def test_empty_account(self):
        self.expect_empty_list()
        self.expect(4031, self.client.call("POST", "/trackings/get", {"page": 1}))

    def test_filter_by_status(self):
        self.create_quiet("PENDING1")
        self.expect(200, self.client.realtime("SBXDELIVEREDFILTER"))
        self.assertEqual(["SBXDELIVEREDFILTER"], self.client.listed_numbers(status="delivered"))
        self.assertEqual(["PENDING1"], self.client.listed_numbers(status="pending"))
        for status in ("notfound", "transit", "pickup", "undelivered", "exception", "expired"):
            self.assertEqual([], self.client.listed_numbers(status=status))
        self.assertEqual(2, len(self.client.listed_numbers(status="")))
        for status in ("4", "inforeceived", "unknown"):
            self.expect(4033, self.client.list_page(status=status))

    def test_filter_by_creation_and_update(self):
        self.create_quiet("EARLY1")
        second = next_second()
        self.create_quiet("LATER1")
        self.assertEqual(["LATER1"], self.client.listed_numbers(created_at_min=second))
        self.assertEqual(["EARLY1"], self.client.listed_numbers(created_at_max=second - 1))
        self.assertEqual(2, len(self.client.listed_numbers(created_at_min=second - 60, created_at_max=second + 60)))
        self.assertEqual([], self.client.listed_numbers(created_at_min=second + 60))
        second = next_second()
        self.client.update("EARLY1", {"title": "x"}, QUIET)
        self.assertEqual(["EARLY1"], self.client.listed_numbers(update_time_min=second))
        self.assertEqual(["LATER1"], self.client.listed_numbers(update_time_max=second - 1))
        self.assertEqual(2, len(self.client.listed_numbers(created_at_min="", update_time_max="")))
        for name in ("created_at_min", "update_time_max", "order_created_time_min"):
            self.expect(4012, self.client.list_page(**{name: "yesterday"}))

    def test_filter_by_order_time(self):
        ordered = int(datetime.datetime(2024, 3, 1, 2, 0, tzinfo=datetime.UTC).timestamp())
        self.create_quiet("ORDERED1", order_create_time="2024-03-01 10:00")
        self.create_quiet("UNORDERED1")
        self.assertEqual(["ORDERED1"], self.client.listed_numbers(order_created_time_min=ordered))
        self.assertEqual(["ORDERED1"], self.client.listed_numbers(order_created_time_max=ordered))
        self.assertEqual([], self.client.listed_numbers(order_created_time_min=ordered + 1))
        self.assertEqual([], self.client.listed_numbers(order_created_time_max=ordered - 1))
        self.assertEqual(2, len(self.client.listed_numbers(order_created_time_max="")))

    def test_filter_by_numbers_and_orders(self):
        self.create_quiet("PICK1", "PICK2", order_id="A-1")
        self.create_quiet("PICK3", order_id="B-2")
        self.assertEqual({"PICK1", "PICK3"}, set(self.client.listed_numbers(numbers="PICK1, pick3,NONE1,")))
        self.assertEqual({"PICK1", "PICK2"}, set(self.client.listed_numbers(orders="A-1")))
        self.assertEqual(3, len(self.client.listed_numbers(orders="B-2,A-1")))
        self.assertEqual(["PICK2"], self.client.listed_numbers(orders="A-1", numbers="PICK2,PICK3"))
        self.expect(4031, self.client.list_page(numbers="NONE1"))

    def test_forty_numbers_or_orders_and_no_more(self):
        self.create_quiet("FORTY0")
        for name in ("numbers", "orders"):
            self.expect(202, self.client.list_page(**{name: ",".join(f"FORTY{i}" for i in range(41))}))
            self.expect(4031, self.client.list_page(**{name: ",".join(f"NONE{i}" for i in range(40))}))

    # Numbers, accounts, zones

    def test_numbers_match_in_any_case(self):
        self.create_quiet("MixedCase1")
        self.expect(4016, self.client.create("MIXEDCASE1", QUIET))
        self.expect(4016, self.client.create(" mixedcase1 ", QUIET.upper()))
        self.assertEqual("MixedCase1", self.client.tracking("mixedCASE1", QUIET)["tracking_number"])
        self.assertEqual(["MixedCase1"], self.client.listed_numbers(numbers="mixedcase1"))
        self.expect(200, self.client.update("MIXEDCASE1", {"title": "x"}, QUIET))
        self.expect(200, self.client.delete("mixedcase1", QUIET))

    def test_one_number_of_two_carriers(self):
        self.create_quiet("TWICE1")
        self.expect(200, self.client.create("TWICE1", "dhl"))
        self.assertEqual("dhl", self.client.tracking("TWICE1", "dhl")["carrier_code"])
        self.expect(200, self.client.delete("TWICE1", "dhl"))
        self.assertEqual(QUIET, self.client.tracking("TWICE1", QUIET)["carrier_code"])

    def test_accounts_never_see_each_other(self):
        other = self.client_of(self.new_key())
        self.create_quiet("MINE1", title="mine")
        self.expect(4031, other.get("MINE1", QUIET))
        self.expect(4031, other.list_page())
        self.expect(4031, other.list_page(numbers="MINE1"))
        self.expect(4017, other.update("MINE1", {"title": "theirs"}, QUIET))
        self.expect(4017, other.delete("MINE1", QUIET))
        theirs = self.expect(200, other.create("MINE1", QUIET, title="theirs"))
        mine = self.client.tracking("MINE1", QUIET)
        self.assertNotEqual(theirs["id"], mine["id"])
        self.assertEqual("mine", mine["title"])
        self.expect(200, other.delete("MINE1", QUIET))
        self.assertEqual(["MINE1"], self.client.listed_numbers())

    def test_times_are_in_the_zone_of_the_account(self):
        _, key = self.server.open_account(f"zone-{self.dialect.name}@example.com", "--timezone", "-03:30")
        client = self.client_of(key)
        created = self.expect(200, client.create("ZONE1", QUIET, order_create_time="2024-03-01 10:00"))
        self.assertEqual("-03:30", created["created_at"][-6:])
        at = datetime.datetime.fromisoformat(created["created_at"]).timestamp()
        self.assertAlmostEqual(time.time(), at, delta=60)
        self.assertEqual("2024-03-01 10:00", client.tracking("ZONE1", QUIET)["order_create_time"])

    # Realtime

    def test_realtime_adds_and_asks(self):
        data = self.expect(200, self.client.realtime("SBXPICKUP002RT", order="O-7"))
        (item,) = data["items"]
        self.expect_fields(TRACKING_FIELDS, item, OPTIONAL_TRACKING_FIELDS)
        self.assertEqual(("pickup", "pickup002", "O-7"), (item["status"], item["substatus"], item["order_id"]))
        self.expect(4016, self.client.create("SBXPICKUP002RT"))
        (again,) = self.expect(200, self.client.realtime("SBXPICKUP002RT"))["items"]
        self.assertEqual(item["id"], again["id"])
        self.assertEqual(["SBXPICKUP002RT"], self.client.listed_numbers())

    def test_realtime_where_the_carrier_has_nothing_to_tell(self):
        for number, status in (("SBXNOTFOUNDRT", "notfound"), ("SBXFAULT500RT", "pending"), ("SBXGARBAGERT", "pending")):
            (item,) = self.expect(200, self.client.realtime(number))["items"]
            self.assertEqual(status, item["status"])
            self.assertNotIn("trackinfo", item["origin_info"])
        (item,) = self.expect(200, self.client.realtime("NOBODYASKS1", QUIET))["items"]
        self.assertEqual("pending", item["status"])

    # Carriers

    def test_carriers(self):
        answer = self.client.call("GET", "/carriers")
        self.assertEqual(answer.body, self.client.call("GET", "/carriers/").body)
        carriers = self.expect(200, answer)
        self.assertGreater(len(carriers), 1000)
        for carrier in carriers:
            for key in ("name", "code", "homepage", "picture"):
                self.assertIsInstance(carrier[key], str, carrier)
            self.assertIn(carrier["type"], ("express", "globalpost"))
            self.assertTrue(carrier["picture"].startswith("//"))
        self.assertEqual(len(carriers), len({carrier["code"] for carrier in carriers}))
        picture = urllib.request.urlopen("http:" + carriers[0]["picture"], timeout=30)
        self.assertEqual("image/svg+xml", picture.headers["Content-Type"])

    def test_language_of_carriers(self):
        def name(language):
            carriers = self.client.call("GET", "/carriers", headers={"Lang": language} if language else {}).data
            return next(carrier["name"] for carrier in carriers if carrier["code"] == "china-post")

        self.assertEqual("中国邮政", name("cn"))
        for language in (None, "en", "xx"):
            self.assertEqual("China Post", name(language))

    def test_detect(self):
        def detect(body):
            return self.client.call("POST", "/carriers/detect", body)

        found = self.expect(200, detect({"tracking_number": NUMBER_OF_UPS}))
        self.assertEqual({"name": "UPS", "code": "ups"}, found[0])
        wrong_check_digit = self.expect(200, detect({"tracking_number": "1Z999AA10123456785"}))
        self.assertIn("ups", [carrier["code"] for carrier in wrong_check_digit])
        self.assertEqual("ups", self.client.call("GET", "/carriers/detect", tracking_number=NUMBER_OF_UPS).data[0]["code"])
        self.expect(4013, detect({}))
        self.expect(4013, detect(""))
        self.expect(4013, detect({"tracking_number": None}))
        self.expect(4014, detect({"tracking_number": "1234"}))
        self.expect(4032, detect({"tracking_number": "99999"}))
        self.expect(4012, detect("{"))
        self.expect(4012, detect([]))
        self.expect(4012, detect({"tracking_number": []}))


class TrackingMoreV2Rules(DialectRules, ServerTestCase):
    dialect = TRACKINGMORE_V2


class TracktryV1Rules(DialectRules, ServerTestCase):
    dialect = TRACKTRY_V1


class TrackruV1Rules(DialectRules, ServerTestCase):
    dialect = TRACKRU_V1


class DocumentedLimits(ServerTestCase):
    CONFIG = ""

    def clients(self):
        """One a dialect, each of an account of its own."""
        for dialect in DIALECTS:
            client = Client(dialect, self.server.port, self.new_key())
            self.addCleanup(client.close)
            with self.subTest(dialect.name):
                yield client

    def test_one_list_a_second(self):
        for client in self.clients():
            codes = [client.list_page().code for _ in range(3)]
            self.assertEqual(4031, codes[0])
            self.assertIn(429, codes)
            time.sleep(1.1)
            self.assertEqual(4031, client.list_page().code)

    def test_three_realtime_calls_a_second(self):
        for client in self.clients():
            codes = [client.realtime("x", carrier="ups").code for _ in range(8)]
            self.assertEqual([4014] * 3, codes[:3])
            self.assertIn(429, codes)
            time.sleep(1.1)
            self.assertEqual(4014, client.realtime("x", carrier="ups").code)

    def test_limit_is_checked_before_the_body(self):
        for client in self.clients():
            codes = [client.call("POST", "/trackings/realtime", "{broken").code for _ in range(8)]
            self.assertEqual({4012, 429}, set(codes))

    def test_answer_over_the_limit(self):
        for client in self.clients():
            refused = next(answer for answer in (client.list_page() for _ in range(20)) if answer.code == 429)
            self.assertEqual(200, refused.status)
            self.assertEqual(WORDS[429], (refused.document["meta"]["type"], refused.document["meta"]["message"]))

    def test_other_calls_and_other_accounts_are_not_limited(self):
        client, other = (Client(TRACKINGMORE_V2, self.server.port, self.new_key()) for _ in range(2))
        self.addCleanup(client.close)
        self.addCleanup(other.close)
        client.list_page()
        self.assertEqual(4031, other.list_page().code)
        codes = {client.create(f"FREELY{i}", "ups").code for i in range(30)}
        self.assertEqual({200}, codes)


class SandboxLife(ServerTestCase):
    """Registered sandbox numbers are asked without further ado and end where their scenario says."""

    # Scenario: status, substatus in v2, substatus in v1.
    SCENARIOS = {
        "INFO": ("notfound", "notfound001", "notfound001"),
        "NOTFOUND": ("notfound", "notfound002", "notfound002"),
        "RETURNED": ("exception", "exception010", "exception005"),
        **{f"NOTFOUND00{i}": ("notfound", f"notfound00{i}", f"notfound00{i}") for i in (1, 2)},
        **{f"TRANSIT00{i}": ("transit", f"transit00{i}", f"transit00{i}") for i in range(1, 6)},
        **{f"PICKUP00{i}": ("pickup", f"pickup00{i}", f"pickup00{i}") for i in range(1, 4)},
        **{f"DELIVERED00{i}": ("delivered", f"delivered00{i}", f"delivered00{i}") for i in range(1, 5)},
        **{f"UNDELIVERED00{i}": ("undelivered", f"undelivered00{i}", f"undelivered00{i}") for i in range(1, 5)},
        **{f"EXCEPTION00{i}": ("exception", f"exception00{i}", f"exception00{i}") for i in (4, 6, 7, 8)},
        "EXCEPTION005": ("exception", "exception005", None),
        "EXCEPTION009": ("exception", "exception009", None),
        "EXCEPTION010": ("exception", "exception010", "exception005"),
        "EXCEPTION011": ("exception", "exception011", None),
    }
    # Faults and carriers without news leave a tracking where it was.
    SILENT = ("FAULT500", "GARBAGE", "THROTTLED", "REFUSED")
    ALIASES = {"EZ2000000002": "transit", "EZ4000000004": "delivered", "SHIPPO_PRE_TRANSIT": "notfound",
               "SHIPPO_FAILURE": "exception"}  # fmt: skip

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        key = cls.new_key()
        cls.clients = [Client(dialect, cls.server.port, key) for dialect in DIALECTS]
        for client in cls.clients:
            cls.addClassCleanup(client.close)
        numbers = [f"SBX{name}LIFE" for name in (*cls.SCENARIOS, *cls.SILENT)] + list(cls.ALIASES)
        for start in range(0, len(numbers), 40):
            rows = [{"tracking_number": n, "carrier_code": "sandbox"} for n in numbers[start : start + 40]]
            assert cls.clients[0].batch(rows).data["errors"] == []

    def has_status(self, number, status):
        return wait_until(lambda: self.clients[0].tracking(number)["status"] == status, 20)

    def test_each_scenario_in_each_dialect(self):
        for name, (status, *substatuses) in self.SCENARIOS.items():
            number = f"SBX{name}LIFE"
            with self.subTest(name):
                self.assertTrue(self.has_status(number, status), self.clients[0].tracking(number)["status"])
            for client, substatus in zip(self.clients, (*substatuses, substatuses[-1])):
                with self.subTest(name, dialect=client.dialect.name):
                    tracking = client.tracking(number)
                    self.assertEqual((status, substatus), (tracking["status"], tracking["substatus"]))

    def test_events_are_spelt_as_the_dialect_spells_them(self):
        self.has_status("SBXEXCEPTION010LIFE", "exception")
        for client, expected in zip(self.clients, ("exception010", "exception005", "exception005")):
            newest = client.tracking("SBXEXCEPTION010LIFE")["origin_info"]["trackinfo"][0]
            self.assertEqual(("Returned to sender", expected), (newest["StatusDescription"], newest["substatus"]))

    def test_numbers_of_other_vendors(self):
        for number, status in self.ALIASES.items():
            with self.subTest(number):
                self.assertTrue(self.has_status(number, status))

    def test_faults_leave_it_pending(self):
        self.has_status("SBXTRANSIT001LIFE", "transit")
        for name in self.SILENT:
            self.assertEqual("pending", self.clients[0].tracking(f"SBX{name}LIFE")["status"])

    def test_list_by_status_follows(self):
        self.has_status("SBXDELIVERED004LIFE", "delivered")
        self.assertIn("SBXDELIVERED004LIFE", self.clients[0].listed_numbers(status="delivered"))
        self.assertNotIn("SBXDELIVERED004LIFE", self.clients[0].listed_numbers(status="pending"))


if __name__ == "__main__":
    unittest.main()
