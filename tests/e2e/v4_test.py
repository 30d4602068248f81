"""TrackingMore v4 as its SDKs see it: every route, every code, every type."""

import http.client
import json
import re
import time
import unittest
import urllib.parse

from dialect_client import TRACKINGMORE_V2, Client
from server_process import ServerTestCase, run, wait_until

# A carrier that is never asked here, so that what is stored changes only when a test changes it.
QUIET = "ups"
NUMBER_OF_UPS = "1Z999AA10123456784"
NULL = type(None)
TEXT = (str, NULL)

MESSAGES = {
    200: "Request response is successful",
    400: "Request type error.",
    401: "Authentication failed or has no permission.",
    404: "Page does not exist.",
    405: "Requested method is not supported for the specified resource.",
    429: "Exceeded API request limits, please try again later.",
    4101: "Tracking No. already exists.",
    4102: "Tracking No. no exists.",
    4103: "The maximum quantity is 40 shipments per call.",
    4110: "The value of tracking_number is invalid.",
    4111: "Tracking_number is required.",
    4112: "Invalid Tracking ID.",
    4113: "Retrack is not allowed. You can only retrack an expired tracking.",
    4120: "The value of courier_code is invalid.",
    4121: "Cannot detect courier.",
    4130: "The format of Field name is invalid.",
    4160: "The awb_number is required or invalid format.",
    4161: "The awb airline does not support yet.",
}

# In the order of the answer. The Java SDK refuses members it does not know, the Go SDK values of another type.
TRACKING = {
    "id": str, "tracking_number": str, "courier_code": str, "order_number": TEXT, "order_date": TEXT,
    "created_at": str, "update_at": str, "delivery_status": str, "archived": str, "updating": bool,
    "destination_country": TEXT, "destination_state": TEXT, "destination_city": TEXT, "origin_country": TEXT,
    "origin_state": TEXT, "origin_city": TEXT, "tracking_postal_code": TEXT, "tracking_ship_date": TEXT,
    "tracking_destination_country": TEXT, "tracking_origin_country": TEXT, "tracking_key": TEXT,
    "tracking_courier_account": TEXT, "customer_name": TEXT, "customer_email": TEXT, "customer_sms": TEXT,
    "recipient_postcode": TEXT, "order_id": TEXT, "title": TEXT, "logistics_channel": TEXT, "note": TEXT,
    "label": TEXT, "signed_by": TEXT, "service_code": TEXT, "weight": TEXT, "weight_kg": TEXT, "product_type": TEXT,
    "pieces": TEXT, "dimension": TEXT, "previously": TEXT, "destination_track_number": TEXT, "exchange_number": TEXT,
    "scheduled_delivery_date": TEXT, "scheduled_address": TEXT, "substatus": TEXT, "status_info": TEXT,
    "latest_event": TEXT, "latest_checkpoint_time": TEXT, "transit_time": int, "origin_info": dict,
    "destination_info": dict,
}  # fmt: skip
LEG = {
    "courier_code": TEXT, "courier_phone": TEXT, "weblink": TEXT, "reference_number": TEXT, "milestone_date": dict,
    "pickup_date": TEXT, "departed_airport_date": TEXT, "arrived_abroad_date": TEXT, "customs_received_date": TEXT,
    "arrived_destination_date": TEXT, "trackinfo": list,
}  # fmt: skip
MILESTONES = ["inforeceived_date", "pickup_date", "outfordelivery_date", "delivery_date", "returning_date",
              "returned_date"]  # fmt: skip
EVENT = {
    "checkpoint_date": TEXT, "checkpoint_delivery_status": str, "checkpoint_delivery_substatus": str,
    "tracking_detail": str, "location": str, "country_iso2": TEXT, "state": TEXT, "city": TEXT, "zip": TEXT,
    "raw_status": TEXT,
}  # fmt: skip
UPDATED = ["id", "tracking_number", "courier_code", "courier_code_new", "order_number", "order_date", "order_id",
           "destination_country", "origin_country", "tracking_postal_code", "tracking_ship_date",
           "tracking_destination_country", "tracking_origin_country", "tracking_key", "tracking_courier_account",
           "customer_name", "customer_email", "customer_sms", "recipient_postcode", "title", "logistics_channel",
           "note", "label", "archived_status"]  # fmt: skip
COURIER = ["courier_name", "courier_code", "courier_country_iso2", "courier_url", "courier_phone", "courier_type",
           "tracking_required_fields", "optional_fields", "default_language", "support_language",
           "courier_logo"]  # fmt: skip

WAYBILL = {
    "awb_number": str, "awb_status": TEXT, "awb_substatus": TEXT, "status_number": int, "weight": TEXT, "piece": TEXT,
    "origin": TEXT, "destination": TEXT, "flight_way_station": list, "last_event": TEXT, "flight_info": dict,
    "flight_info_new": list, "track_info": list, "airline_info": dict,
}  # fmt: skip

WITH_OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")

# All that create takes, with what each must come back as.
DETAILS = {
    "order_number": "#1234", "title": "Shoes", "customer_name": "Jo", "customer_email": "jo@example.com",
    "customer_sms": "+1 555", "recipient_postcode": "10115", "logistics_channel": "air", "order_id": "o-7",
    "tracking_courier_account": "acc-1", "tracking_postal_code": "94043", "tracking_origin_country": "China",
    "tracking_destination_country": "Germany", "tracking_ship_date": "20240301", "tracking_key": "k-1",
    "note": "handle \u2192 with care", "label": "gift",
}  # fmt: skip


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body
        self.document = json.loads(body)
        self.code = self.document["meta"]["code"]
        self.data = self.document["data"]


class V4Client:
    """Checks of every answer what all of them share."""

    def __init__(self, port, key):
        self.key = key
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def close(self):
        self._connection.close()

    def call(self, verb, path, body=None, **query) -> Answer:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key is not None:
            headers["Tracking-Api-Key"] = self.key
        if body is not None and not isinstance(body, str):
            body = json.dumps(body)
        target = "/v4" + path + ("?" + urllib.parse.urlencode(query) if query else "")
        self._connection.request(verb, target, body, headers)
        response = self._connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        answer = Answer(response.status, names, response.read())
        self._check(answer)
        return answer

    @staticmethod
    def _check(answer):
        assert list(answer.document) == ["meta", "data"], answer.body
        assert list(answer.document["meta"]) == ["code", "message"], answer.body
        assert answer.headers["content-type"].startswith("application/json"), answer.headers
        expected = 400 if answer.code > 4000 else 500 if answer.code > 500 else answer.code
        assert answer.status == expected, (answer.status, answer.body)
        assert answer.code == 200 or answer.data is None, answer.body
        if answer.code in MESSAGES:
            assert answer.document["meta"]["message"] == MESSAGES[answer.code], answer.body

    def create(self, number, courier="sandbox", **fields):
        return self.call("POST", "/trackings/create", {"tracking_number": number, "courier_code": courier, **fields})

    def batch(self, *rows):
        return self.call("POST", "/trackings/batch", list(rows))

    def rows(self, **query):
        answer = self.call("GET", "/trackings/get", **query)
        assert answer.code == 200, answer.body
        return answer.data

    def numbers(self, **query):
        return [row["tracking_number"] for row in self.rows(**query)]

    def row(self, number):
        (row,) = self.rows(tracking_numbers=number)
        return row


class V4TestCase(ServerTestCase):
    def setUp(self):
        self.client = self.client_of(self.new_key())

    def client_of(self, key):
        client = V4Client(self.server.port, key)
        self.addCleanup(client.close)
        return client

    def expect(self, code, answer):
        self.assertEqual(code, answer.code, answer.body)
        return answer.data

    def added(self, number, courier=QUIET, **fields):
        return self.expect(200, self.client.create(number, courier, **fields))["id"]

    def expect_types(self, types, found, optional=frozenset()):
        self.assertEqual([key for key in types if key in found], list(found), "members or their order")
        self.assertLessEqual(set(types) - set(found), set(optional), "missing members")
        for key, value in found.items():
            self.assertIsInstance(value, types[key], key)
            if types[key] is int:
                self.assertNotIsInstance(value, bool, key)

    def expect_tracking(self, row):
        self.expect_types(TRACKING, row)
        for leg in (row["origin_info"], row["destination_info"]):
            self.expect_types(LEG, leg, optional={"trackinfo"})
            self.assertEqual(MILESTONES, list(leg["milestone_date"]))
            for event in leg.get("trackinfo", []):
                self.expect_types(EVENT, event)
        self.assertIn(row["archived"], ("true", "false"))
        self.assertRegex(row["created_at"], WITH_OFFSET)
        self.assertRegex(row["update_at"], WITH_OFFSET)


class Couriers(V4TestCase):
    def test_all(self):
        couriers = self.expect(200, self.client.call("GET", "/couriers/all"))
        self.assertGreater(len(couriers), 1000)
        for courier in couriers:
            self.assertEqual(COURIER, list(courier))
            self.assertIsInstance(courier["support_language"], list)
        usps = next(courier for courier in couriers if courier["courier_code"] == "usps")
        self.assertEqual(("USPS", "US", "globalpost"),
                         (usps["courier_name"], usps["courier_country_iso2"], usps["courier_type"]))  # fmt: skip

    def test_detect(self):
        (first, *_) = self.expect(200, self.client.call("POST", "/couriers/detect", {"tracking_number": NUMBER_OF_UPS}))
        self.assertEqual("ups", first["courier_code"])
        self.assertEqual(COURIER, list(first))

    def test_detect_refuses(self):
        for code, body in ((4111, {}), (4111, ""), (4110, {"tracking_number": "!"}), (4110, {"tracking_number": [1]}),
                           (4121, {"tracking_number": "-----"}), (400, "[]"), (400, "{broken")):  # fmt: skip
            with self.subTest(body=body):
                self.expect(code, self.client.call("POST", "/couriers/detect", body))


class Create(V4TestCase):
    def test_asks_the_courier_before_it_answers(self):
        row = self.expect(200, self.client.create("SBXDELIVERED-1"))
        self.expect_tracking(row)
        self.assertEqual(("delivered", "delivered001"), (row["delivery_status"], row["substatus"]))
        self.assertFalse(row["updating"])
        self.assertEqual("J. Doe", row["signed_by"])
        events = row["origin_info"]["trackinfo"]
        self.assertEqual("delivered", events[0]["checkpoint_delivery_status"])
        self.assertRegex(events[0]["checkpoint_date"], WITH_OFFSET)
        self.assertEqual(events[0]["checkpoint_date"], row["latest_checkpoint_time"])
        self.assertEqual(",".join((events[0]["tracking_detail"], events[0]["location"], events[0]["checkpoint_date"])),
                         row["latest_event"])  # fmt: skip
        milestones = row["origin_info"]["milestone_date"]
        self.assertEqual(events[0]["checkpoint_date"], milestones["delivery_date"])
        self.assertEqual(events[-1]["checkpoint_date"], milestones["inforeceived_date"])
        self.assertTrue(milestones["pickup_date"] < milestones["outfordelivery_date"])
        self.assertIsNone(milestones["returned_date"])
        self.assertEqual(milestones["pickup_date"], row["origin_info"]["pickup_date"])
        for key in ("departed_airport_date", "arrived_abroad_date", "customs_received_date",
                    "arrived_destination_date"):  # fmt: skip
            self.assertRegex(row["origin_info"][key], WITH_OFFSET)
        self.assertEqual(row, self.client.row("SBXDELIVERED-1"))

    def test_each_of_the_nine_statuses(self):
        for scenario, status, substatus in (
            ("INFO", "inforeceived", "inforeceived001"), ("NOTFOUND", "notfound", "notfound002"),
            ("TRANSIT003", "transit", "transit003"), ("PICKUP002", "pickup", "pickup002"),
            ("DELIVERED003", "delivered", "delivered003"), ("UNDELIVERED004", "undelivered", "undelivered004"),
            ("EXCEPTION009", "exception", "exception009"), ("RETURNED", "exception", "exception010"),
            ("FAULT500", "pending", None),
        ):  # fmt: skip
            with self.subTest(scenario):
                row = self.expect(200, self.client.create(f"SBX{scenario}-NINE"))
                self.assertEqual((status, substatus), (row["delivery_status"], row["substatus"]))
                self.expect_tracking(row)

    def test_a_courier_that_cannot_be_asked_leaves_it_pending(self):
        row = self.expect(200, self.client.create("QUIET00001", QUIET))
        self.expect_tracking(row)
        self.assertEqual(("pending", True, 0), (row["delivery_status"], row["updating"], row["transit_time"]))
        self.assertNotIn("trackinfo", row["origin_info"])
        self.assertIsNone(row["latest_event"])

    def test_keeps_every_field(self):
        row = self.expect(200, self.client.create("FIELDS0001", QUIET, order_date="2024-03-01T02:00:00+00:00",
                                                  origin_country_iso2="cn", destination_country_iso2="DE",
                                                  language="de", auto_correct="1", **DETAILS))  # fmt: skip
        self.assertEqual(DETAILS, {key: row[key] for key in DETAILS})
        self.assertEqual(("2024-03-01T10:00:00+08:00", "CN", "DE"),
                         (row["order_date"], row["origin_country"], row["destination_country"]))  # fmt: skip
        self.assertEqual(row, self.client.row("FIELDS0001"))

    def test_nulls_and_empty_texts_are_not_given(self):
        row = self.expect(200, self.client.create("NULLS00001", QUIET, order_date=None, origin_country_iso2="",
                                                  **dict.fromkeys(DETAILS)))  # fmt: skip
        self.assertEqual(dict.fromkeys(DETAILS), {key: row[key] for key in DETAILS})

    def test_twice(self):
        self.added("TWICE00001")
        self.expect(4101, self.client.create("twice00001", "UPS"))

    def test_deleted_numbers_come_back_with_their_id(self):
        number_id = self.added("AGAIN00001", note="first")
        self.expect(200, self.client.call("DELETE", "/trackings/delete/" + number_id))
        row = self.expect(200, self.client.create("AGAIN00001", QUIET))
        self.assertEqual((number_id, None), (row["id"], row["note"]))

    def test_finds_the_courier_where_it_is_not_named(self):
        row = self.expect(200, self.client.call("POST", "/trackings/create", {"tracking_number": NUMBER_OF_UPS}))
        self.assertEqual("ups", row["courier_code"])

    def test_refuses(self):
        for code, body in (
            (400, "{broken"), (400, "[]"), (400, '"text"'), (4111, ""), (4111, {}), (4111, "tracking_number=AB123"),
            (4111, {"tracking_number": " ", "courier_code": QUIET}), (4110, {"tracking_number": "a b c d e"}),
            (4110, {"tracking_number": "x" * 65, "courier_code": QUIET}),
            (4120, {"tracking_number": "AB12345", "courier_code": "nobody"}), (4121, {"tracking_number": "AB-_-"}),
            (4130, {"tracking_number": "AB12345", "carrier_code": QUIET}),
            (4130, {"tracking_number": "AB12345", "courier_code": QUIET, "order_date": "soon"}),
            (4130, {"tracking_number": "AB12345", "courier_code": QUIET, "destination_country_iso2": "Atlantis"}),
            (4130, {"tracking_number": "AB12345", "courier_code": QUIET, "note": {"a": 1}}),
        ):  # fmt: skip
            with self.subTest(body=body):
                self.expect(code, self.client.call("POST", "/trackings/create", body))
        self.assertEqual([], self.client.rows())


class Batch(V4TestCase):
    def test_tells_each_row_its_fate(self):
        there = self.added("BATCH00001")
        data = self.expect(200, self.client.batch(
            {"tracking_number": "BATCH00002", "courier_code": QUIET, "note": "n"},
            {"tracking_number": "BATCH00001", "courier_code": QUIET}, {"tracking_number": "!", "courier_code": QUIET},
            {"tracking_number": "BATCH00003", "courier_code": "nobody"}, {"courier_code": QUIET}, 7,
            {"tracking_number": "batch00002", "courier_code": QUIET}))  # fmt: skip
        self.assertEqual(["success", "error"], list(data))
        (success,) = data["success"]
        self.assertEqual(["id", "tracking_number", "courier_code"], list(success))
        self.assertNotEqual(there, success["id"])
        self.assertEqual("n", self.client.row("BATCH00002")["note"])
        self.assertEqual([4101, 4110, 4120, 4111, 400, 4101], [row["errorCode"] for row in data["error"]])
        for row in data["error"]:
            self.assertEqual(["id", "tracking_number", "courier_code", "errorCode", "errorMessage"], list(row))
            self.assertEqual(MESSAGES[row["errorCode"]], row["errorMessage"])
        self.assertEqual("BATCH00001", data["error"][0]["tracking_number"])

    def test_forty_rows_and_no_more(self):
        rows = [{"tracking_number": f"FORTY{i:05}", "courier_code": QUIET} for i in range(41)]
        self.expect(4103, self.client.batch(*rows))
        self.assertEqual([], self.client.rows())
        self.assertEqual(40, len(self.expect(200, self.client.batch(*rows[:40]))["success"]))

    def test_refuses_what_is_no_array_of_rows(self):
        for body in ("[]", "{}", "", "{broken"):
            with self.subTest(body):
                self.expect(400, self.client.call("POST", "/trackings/batch", body))

    def test_is_asked_soon(self):
        self.client.batch({"tracking_number": "SBXTRANSIT-SOON", "courier_code": "sandbox"})
        self.assertTrue(wait_until(lambda: self.client.row("SBXTRANSIT-SOON")["delivery_status"] == "transit", 20))


class List(V4TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = cls.new_key()
        client = V4Client(cls.server.port, cls.key)
        cls.addClassCleanup(client.close)
        for number in ("SBXINFO-L", "SBXNOTFOUND-L", "SBXTRANSIT-L"):
            assert client.create(number).code == 200
        for number, courier in (("LIST000001", "ups"), ("LIST000002", "usps")):
            assert client.create(number, courier).code == 200
        archived = client.row("LIST000002")["id"]
        assert client.call("PUT", "/trackings/update/" + archived, {"archived_status": "true"}).code == 200

    def setUp(self):
        self.client = self.client_of(self.key)

    def test_without_filters_newest_first(self):
        self.assertEqual(["LIST000002", "LIST000001", "SBXTRANSIT-L", "SBXNOTFOUND-L", "SBXINFO-L"],
                         self.client.numbers())  # fmt: skip
        for row in self.client.rows():
            self.expect_tracking(row)

    def test_nothing_is_an_empty_array(self):
        self.assertEqual([], self.client.rows(tracking_numbers="NOSUCHNUMBER"))

    def test_by_status(self):
        for status, expected in (("inforeceived", ["SBXINFO-L"]), ("notfound", ["SBXNOTFOUND-L"]),
                                 ("transit", ["SBXTRANSIT-L"]), ("pending", ["LIST000002", "LIST000001"]),
                                 ("expired", []), ("", self.client.numbers())):  # fmt: skip
            with self.subTest(status):
                self.assertEqual(expected, self.client.numbers(delivery_status=status))

    def test_by_courier_number_and_archive(self):
        self.assertEqual(["LIST000002"], self.client.numbers(courier_code="usps"))
        self.assertEqual(["LIST000002"], self.client.numbers(courier_code="USPS", delivery_status="pending"))
        both = "list000001,LIST000002,"
        self.assertEqual(["LIST000001"], self.client.numbers(tracking_numbers=both, courier_code="ups"))
        self.assertEqual(["LIST000002"], self.client.numbers(archived_status="true"))
        self.assertEqual(4, len(self.client.rows(archived_status="false")))

    def test_pages_by_both_names(self):
        everything = self.client.numbers()
        self.assertEqual(everything[2:4], self.client.numbers(items_amount=2, pages_amount=2))
        self.assertEqual(everything[2:4], self.client.numbers(limit=2, page=2))
        self.assertEqual([], self.client.numbers(limit=2, page=9))
        self.assertEqual(everything, self.client.numbers(items_amount=100000))

    def test_dates_whose_plus_became_a_space(self):
        def numbers(query):
            rows = self.expect(200, self.client.call("GET", "/trackings/get?" + query))
            return [row["tracking_number"] for row in rows]

        everything = self.client.numbers()
        for query in ("created_date_min=2023-08-23T06:00:00+00:00&created_date_max=2033-09-05T07:20:42+00:00",
                      "created_date_min=2023-08-23T06:00:00%2B00:00", "updated_date_max=2033-09-05T07:20:42Z",
                      "created_date_min=2023-08-23"):  # fmt: skip
            with self.subTest(query):
                self.assertEqual(everything, numbers(query))
        self.assertEqual([], numbers("created_date_min=2033-08-23T06:00:00+00:00"))
        self.assertEqual([], numbers("updated_date_max=2023-08-23T06:00:00+00:00"))
        created = self.client.row("LIST000001")["created_at"]
        self.assertIn("LIST000001", numbers(f"created_date_min={created}&created_date_max={created}"))

    def test_refuses_filters_it_does_not_understand(self):
        for code, query in ((4130, {"created_date_min": "soon"}), (4130, {"updated_date_max": "1"}),
                            (4130, {"delivery_status": "lost"}), (4130, {"archived_status": "perhaps"}),
                            (4130, {"items_amount": "many"}), (4130, {"page": "first"}),
                            (4120, {"courier_code": "nobody"}),
                            (4103, {"tracking_numbers": ",".join(f"N{i:06}" for i in range(41))})):  # fmt: skip
            with self.subTest(query):
                self.expect(code, self.client.call("GET", "/trackings/get", **query))


class ById(V4TestCase):
    def test_update(self):
        number_id = self.added("UPDATE0001", note="before", title="stays")
        changes = {key: value for key, value in DETAILS.items() if key != "title"}
        data = self.expect(200, self.client.call("PUT", "/trackings/update/" + number_id, {
            **changes, "order_date": "2024-03-01 10:00", "origin_country_iso2": "CN", "destination_country_iso2": "DE",
            "language": "de", "archived_status": "true", "title": None}))  # fmt: skip
        self.assertEqual(UPDATED, list(data))
        self.assertEqual(changes, {key: data[key] for key in changes})
        self.assertEqual(("true", None, "stays"), (data["archived_status"], data["courier_code_new"], data["title"]))
        row = self.client.row("UPDATE0001")
        self.assertEqual(changes, {key: row[key] for key in changes})
        self.assertEqual(("stays", "true", "2024-03-01T10:00:00+08:00", "CN", "DE"),
                         tuple(row[key] for key in ("title", "archived", "order_date", "origin_country",
                                                    "destination_country")))  # fmt: skip
        self.expect(200, self.client.call("PUT", "/trackings/update/" + number_id, {"archived_status": False}))
        self.assertEqual("false", self.client.row("UPDATE0001")["archived"])

    def test_change_of_courier(self):
        number_id = self.added("COURIER001", note="n", title="t")
        data = self.expect(200, self.client.call("PUT", "/trackings/update/" + number_id,
                                                 {"courier_code_new": "USPS", "note": "m"}))  # fmt: skip
        self.assertEqual((number_id, "ups", "usps", "m"),
                         tuple(data[key] for key in ("id", "courier_code", "courier_code_new", "note")))  # fmt: skip
        row = self.client.row("COURIER001")
        self.assertEqual((number_id, "usps", "m", "t", "pending"),
                         tuple(row[key] for key in ("id", "courier_code", "note", "title",
                                                    "delivery_status")))  # fmt: skip
        self.added("COURIER001")
        for code, courier in ((4101, "ups"), (4120, "nobody")):
            self.expect(code, self.client.call("PUT", "/trackings/update/" + number_id,
                                               {"courier_code_new": courier, "note": "x"}))  # fmt: skip
        self.assertEqual(["m"], [row["note"] for row in self.client.rows(courier_code="usps")])

    def test_update_of_nothing(self):
        number_id = self.added("UPDATE0002", note="n")
        before = self.client.row("UPDATE0002")
        for body in (None, "", "{}", {"note": None, "label": ""}):
            self.expect(200, self.client.call("PUT", "/trackings/update/" + number_id, body))
        self.assertEqual(before, self.client.row("UPDATE0002"))

    def test_update_refuses(self):
        number_id = self.added("UPDATE0003")
        before = self.client.row("UPDATE0003")
        for code, body in ((400, "[]"), (400, "{broken"), (4130, {"note": "n", "archived_status": "perhaps"}),
                           (4130, {"note": "n", "order_date": "soon"}), (4130, {"note": ["n"]})):  # fmt: skip
            with self.subTest(body=body):
                self.expect(code, self.client.call("PUT", "/trackings/update/" + number_id, body))
        self.assertEqual(before, self.client.row("UPDATE0003"), "nothing is half done")

    def test_delete_answers_the_deleted_row(self):
        number_id = self.added("DELETE0001", note="n")
        before = self.client.row("DELETE0001")
        row = self.expect(200, self.client.call("DELETE", "/trackings/delete/" + number_id))
        self.expect_tracking(row)
        self.assertEqual(before, row)
        self.assertEqual([], self.client.rows())
        self.expect(4102, self.client.call("DELETE", "/trackings/delete/" + number_id))
        self.expect(4102, self.client.call("PUT", "/trackings/update/" + number_id, {"note": "x"}))
        self.expect(4102, self.client.call("POST", "/trackings/retrack/" + number_id))

    def test_retrack_is_for_expired_trackings_alone(self):
        number_id = self.added("RETRACK001")
        self.expect(4113, self.client.call("POST", "/trackings/retrack/" + number_id))

    def test_ids_that_are_none(self):
        for verb, path in (("PUT", "/trackings/update/"), ("DELETE", "/trackings/delete/"),
                           ("POST", "/trackings/retrack/")):  # fmt: skip
            for number_id in ("", "1", "x" * 32, "0" * 31, "0" * 33, "%00" * 32):
                with self.subTest(path=path + number_id):
                    self.expect(4112, self.client.call(verb, path + number_id))
            for number_id in ("f" * 32, "0" * 32):
                self.expect(4102, self.client.call(verb, path + number_id))

    def test_two_accounts_do_not_see_each_other(self):
        number_id = self.added("MINE000001", note="mine")
        stranger = self.client_of(self.new_key())
        self.assertEqual([], stranger.rows(tracking_numbers="MINE000001"))
        self.expect(4102, stranger.call("PUT", "/trackings/update/" + number_id, {"note": "stolen"}))
        self.expect(4102, stranger.call("DELETE", "/trackings/delete/" + number_id))
        self.expect(4102, stranger.call("POST", "/trackings/retrack/" + number_id))
        other = self.expect(200, stranger.create("MINE000001", QUIET))
        self.assertNotEqual(number_id, other["id"])
        self.assertEqual("mine", self.client.row("MINE000001")["note"])


class Waybills(V4TestCase):
    def awb(self, number):
        return self.client.call("POST", "/awb", {"awb_number": number})

    def test_a_delivered_one(self):
        for written in ("998-10000001", "998 10000001", "99810000001"):
            data = self.expect(200, self.awb(written))
            self.expect_types(WAYBILL, data)
            self.assertEqual(("998-10000001", "delivered", "612 kg", "3", "HKG", "PHX"),
                             tuple(data[key] for key in ("awb_number", "awb_status", "weight", "piece", "origin",
                                                         "destination")))  # fmt: skip
        self.assertEqual(["HKG", "DXB", "PHX"], data["flight_way_station"])
        self.assertEqual(["SX101", "SX202"], list(data["flight_info"]))
        self.assertEqual(["SX101", "SX202"], [flight["flight_number"] for flight in data["flight_info_new"]])
        self.assertRegex(data["flight_info"]["SX101"]["depart_time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
        self.assertEqual(("DLV", "PHX"), (data["track_info"][0]["status"], data["track_info"][0]["station"]))
        self.assertEqual(["name", "url", "track_url", "trackpage_url"], list(data["airline_info"]))

    def test_one_that_nobody_knows(self):
        data = self.expect(200, self.awb("998-40000004"))
        self.expect_types(WAYBILL, data)
        self.assertEqual(("notfound", "notfound002", [], {}, []),
                         (data["awb_status"], data["awb_substatus"], data["flight_way_station"], data["flight_info"],
                          data["track_info"]))  # fmt: skip

    def test_one_whose_airline_fails(self):
        data = self.expect(200, self.awb("998-43000005"))
        self.assertEqual(("pending", None), (data["awb_status"], data["awb_substatus"]))

    def test_refuses(self):
        for code, number in ((4160, ""), (4160, "998-1000000"), (4160, "998-10000002"), (4160, "text"), (4160, None),
                             (4160, ["998-10000001"]), (4161, "235-69030430"), (4161, "000-00000000")):  # fmt: skip
            with self.subTest(number):
                self.expect(code, self.awb(number))
        self.expect(400, self.client.call("POST", "/awb", "[]"))
        self.expect(405, self.client.call("GET", "/awb"))


class Door(V4TestCase):
    def test_keys(self):
        for key in (None, "", "no such key"):
            self.expect(401, self.client_of(key).call("GET", "/couriers/all"))
        account, key = self.server.open_account("revoked@example.com")
        client = self.client_of(key)
        self.expect(200, client.call("GET", "/trackings/get"))
        listed = run("key", "list", "--account", account, "--data", self.server.data, "--json").stdout
        (first, *_) = [json.loads(line) for line in listed.splitlines()]
        revoked = run("key", "revoke", "--account", account, first["key_id"], "--data", self.server.data)
        self.assertEqual(0, revoked.returncode, revoked.stderr)
        self.assertTrue(wait_until(lambda: client.call("GET", "/trackings/get").code == 401, 5))

    def test_doubled_slashes(self):
        for path in ("//couriers///all", "/trackings//get", "/couriers/all/"):
            self.expect(200, self.client.call("GET", path))

    def test_paths_and_verbs_that_are_none(self):
        for path in ("", "/", "/trackings", "/nothing", "/trackings/nothing", "/trackings/get/more"):
            self.expect(404, self.client.call("GET", path))
        for verb, path in (("POST", "/couriers/all"), ("GET", "/trackings/create"), ("GET", "/trackings/update/1"),
                           ("PUT", "/trackings/delete/1"), ("PATCH", "/trackings/get")):  # fmt: skip
            self.expect(405, self.client.call(verb, path))

    def test_v2_shows_the_same_trackings(self):
        number_id = self.added("SBXINFO-BOTH", "sandbox", note="n")
        v2 = Client(TRACKINGMORE_V2, self.server.port, self.client.key)
        self.addCleanup(v2.close)
        row = v2.tracking("SBXINFO-BOTH")
        self.assertEqual((number_id, "notfound", "notfound001", "n"),
                         (row["id"], row["status"], row["substatus"], row["comment"]))  # fmt: skip
        self.assertIn("SBXINFO-BOTH", v2.listed_numbers(status="notfound"))


class DocumentedLimits(ServerTestCase):
    CONFIG = ""

    def test_create_three_a_second_and_all_else_ten(self):
        client = V4Client(self.server.port, self.new_key())
        self.addCleanup(client.close)
        codes = [client.call("POST", "/trackings/create", "{}").code for _ in range(8)]
        self.assertEqual([4111] * 3, codes[:3])
        self.assertIn(429, codes)
        reads = [client.call("GET", "/trackings/get") for _ in range(30)]
        self.assertEqual([200] * 10, [answer.code for answer in reads[:10]])
        refused = next(answer for answer in reads if answer.code == 429)
        self.assertGreaterEqual(int(refused.headers["retry-after"]), 1)
        other = V4Client(self.server.port, self.new_key())
        self.addCleanup(other.close)
        self.assertEqual(200, other.call("GET", "/trackings/get").code)
        time.sleep(1.1)
        self.assertEqual(4111, client.call("POST", "/trackings/create", "{}").code)


if __name__ == "__main__":
    unittest.main()
