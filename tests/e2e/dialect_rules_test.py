"""The rules of the three dialects, route by route: codes, the order of checks, shapes."""

import unittest
import urllib.request

from dialect_client import TRACKINGMORE_V2, TRACKRU_V1, TRACKTRY_V1
from dialect_rules import (
    CREATED_FIELDS,
    EVENT_FIELDS,
    ISO_TIME,
    MILESTONES,
    NUMBER_OF_UPS,
    OPTIONAL_TRACKING_FIELDS,
    QUIET,
    TRACKING_FIELDS,
    UPDATED_FIELDS,
    WORDS,
    DialectRules,
    next_second,
)
from raw_http import exchange
from server_process import ServerTestCase, is_sanitized, run, wait_until


class Rules(DialectRules):
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
        given = {"title": "t", "customer_name": "n", "customer_email": "e@x.de", "customer_phone": "+49",
                 "order_id": "o", "comment": "c", "logistics_channel": "l"}  # fmt: skip
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
        self.assertEqual(("delivered", "delivered001", False),
                         (read["status"], read["substatus"], read["track_update"]))  # fmt: skip
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

    def test_writes_to_another_state_than_expected(self):
        self.create_quiet("STATE1")
        seen = self.client.get("STATE1", QUIET).headers["etag"]
        self.assertEqual(seen, self.client.get("STATE1", QUIET).headers["etag"])
        self.expect(200, self.client.update("STATE1", {"title": "somebody else's"}, QUIET))
        path, expecting = f"/trackings/{QUIET}/STATE1", {"If-Match": seen}
        self.expect(409, self.client.call("PUT", path, {"title": "mine"}, headers=expecting))
        self.expect(409, self.client.call("DELETE", path, headers=expecting))
        change = {"tracking_number": "STATE1", "carrier_code": QUIET, "update_carrier_code": "dhl"}
        self.expect(409, self.client.call("POST", "/trackings/update", change, headers=expecting))
        self.assertEqual("somebody else's", self.client.tracking("STATE1", QUIET)["title"])
        expecting["If-Match"] = self.client.get("STATE1", QUIET).headers["etag"]
        self.expect(200, self.client.call("PUT", path, {"title": "mine"}, headers=expecting))
        self.expect(409, self.client.call("DELETE", path, headers=expecting))
        self.expect(4017, self.client.call("DELETE", f"/trackings/{QUIET}/NEVER1", headers=expecting))
        self.expect(200, self.client.call("DELETE", path, headers={"If-Match": "*"}))

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
        expected = {"SBXNOTFOUNDRT": "notfound", "SBXFAULT500RT": "pending", "SBXGARBAGERT": "pending"}
        for number, status in expected.items():
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
        for language in (None, "en", "tw", "xx"):
            self.assertEqual("China Post", name(language))

    def test_detect(self):
        def detect(body):
            return self.client.call("POST", "/carriers/detect", body)

        found = self.expect(200, detect({"tracking_number": NUMBER_OF_UPS}))
        self.assertEqual({"name": "UPS", "code": "ups"}, found[0])
        wrong_check_digit = self.expect(200, detect({"tracking_number": "1Z999AA10123456785"}))
        self.assertIn("ups", [carrier["code"] for carrier in wrong_check_digit])
        by_query = self.client.call("GET", "/carriers/detect", tracking_number=NUMBER_OF_UPS)
        self.assertEqual("ups", by_query.data[0]["code"])
        self.expect(4013, detect({}))
        self.expect(4013, detect(""))
        self.expect(4013, detect({"tracking_number": None}))
        self.expect(4014, detect({"tracking_number": "1234"}))
        self.expect(4032, detect({"tracking_number": "99999"}))
        self.expect(4012, detect("{"))
        self.expect(4012, detect([]))
        self.expect(4012, detect({"tracking_number": []}))


class TrackingMoreV2Rules(Rules, ServerTestCase):
    dialect = TRACKINGMORE_V2


class TracktryV1Rules(Rules, ServerTestCase):
    dialect = TRACKTRY_V1


class TrackruV1Rules(Rules, ServerTestCase):
    dialect = TRACKRU_V1


if __name__ == "__main__":
    unittest.main()
