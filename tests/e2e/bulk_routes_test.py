"""Routes that name their trackings in the body, and those about the account, in each dialect."""

import time
import unittest

from dialect_client import TRACKINGMORE_V2, TRACKRU_V1, TRACKTRY_V1
from dialect_rules import QUIET, UPDATED_FIELDS, WORDS, DialectRules
from server_process import ServerTestCase, wait_until

STATUSES = ("pending", "notfound", "transit", "pickup", "delivered", "undelivered", "exception", "expired")


def row(number, carrier=QUIET, **fields):
    return {"tracking_number": number, "carrier_code": carrier, **fields}


class BulkRoutes(DialectRules):
    def post(self, route, body):
        return self.client.call("POST", f"/trackings/{route}", body)

    def counts(self, verb="GET", body=None, **query):
        data = self.expect(200, self.client.call(verb, "/trackings/getstatusnumber", body, **query))
        self.assertEqual(list(STATUSES), list(data))
        for count in data.values():
            self.assertIs(int, type(count))
        return {status: count for status, count in data.items() if count}

    # updatemore

    def test_update_of_many(self):
        self.create_quiet("MORE1", "MORE2")
        data = self.expect(200, self.post("updatemore", [
            row("MORE1", title="one", status="7"), row("NEVER1", title="x"), row("more2", archived="true"),
            row("MORE2", status=5, title="never"), row("MORE1", "no-such-carrier"), "no row",
        ]))  # fmt: skip
        self.assertEqual(["submitted", "update", "trackings", "errors"], list(data))
        self.assertEqual((6, 2), (data["submitted"], data["update"]))
        for updated in data["trackings"]:
            self.expect_fields(UPDATED_FIELDS, updated)
        self.assertEqual([("MORE1", "one", "7"), ("MORE2", None, "pending")],
                         [(t["tracking_number"], t["title"], t["status"]) for t in data["trackings"]])  # fmt: skip
        self.assertEqual([4017, 4033, 4015, 4012], [error["code"] for error in data["errors"]])
        self.assertEqual({"tracking_number": "NEVER1", "carrier_code": QUIET, "code": 4017,
                          "message": WORDS[4017][1]}, data["errors"][0])  # fmt: skip
        self.assertEqual("exception", self.client.tracking("MORE1", QUIET)["status"])
        second = self.client.tracking("MORE2", QUIET)
        self.assertEqual((True, ""), (second["archived"], second["title"]))

    def test_bodies_that_name_too_much_or_nothing(self):
        self.create_quiet("BODY1")
        for route in ("updatemore", "delete", "notupdate"):
            for body in ("{}", "[]", "", "null", "[{},", "x=1&y=2"):
                with self.subTest(route, body=body):
                    self.expect(4012, self.post(route, body))
            self.expect(4020, self.post(route, [row("BODY1")] * 41))
            self.expect(405, self.client.call("GET", f"/trackings/{route}"), 405)
        self.assertEqual(["BODY1"], self.client.listed_numbers())
        self.assertTrue(self.client.tracking("BODY1", QUIET)["track_update"])

    # delete

    def test_deletion_of_many(self):
        self.create_quiet("GONE1", "GONE2", "STAYS1")
        data = self.expect(200, self.post("delete", [row("gone1"), row("NEVER1"), row("GONE2"), row("GONE2")]))
        self.assertEqual(["submitted", "delete", "trackings", "errors"], list(data))
        self.assertEqual((4, 2, []), (data["submitted"], data["delete"], data["errors"]))
        self.assertEqual([200, 4017, 200, 4017], [one["meta"]["code"] for one in data["trackings"]])
        self.assertEqual({"meta": {"code": 200, "type": "Success", "message": "Success"},
                          "data": {"tracking_number": "gone1", "carrier_code": QUIET}}, data["trackings"][0])  # fmt: skip
        self.assertEqual(["STAYS1"], self.client.listed_numbers())

    # update: another carrier

    def change(self, number, old, new):
        return self.post("update", {"tracking_number": number, "carrier_code": old, "update_carrier_code": new})

    def test_change_of_carrier(self):
        number = "SBXTRANSITCHANGE"
        before = self.expect(200, self.client.create(number, QUIET, title="kept", order_id="o"))
        self.assertEqual({"Usertag": ""}, self.expect(200, self.change(number, QUIET, "sandbox")))
        self.expect(4031, self.client.get(number, QUIET))
        self.assertTrue(wait_until(lambda: self.client.tracking(number)["status"] == "transit", 20), "not asked at once")
        after = self.client.tracking(number)
        self.assertEqual((before["id"], before["created_at"], "kept", "o"),
                         (after["id"], after["created_at"], after["title"], after["order_id"]))  # fmt: skip
        self.expect(200, self.change(number, "sandbox", QUIET))
        back = self.client.tracking(number, QUIET)
        self.assertEqual(("pending", None, True), (back["status"], back["substatus"], back["track_update"]))
        self.assertNotIn("trackinfo", back["origin_info"])
        self.assertIsNone(back["origin_info"]["ItemReceived"])

    def test_changes_of_carrier_that_cannot_be(self):
        self.create_quiet("TAKEN1")
        self.expect(200, self.client.create("TAKEN1", "dhl"))
        before = self.client.tracking("TAKEN1", QUIET)
        for code, arguments in (
            (4016, ("TAKEN1", QUIET, "dhl")), (4016, ("TAKEN1", QUIET, QUIET)), (4017, ("TAKEN1", "fedex", "usps")),
            (4015, ("TAKEN1", QUIET, "no-such-carrier")), (4015, ("TAKEN1", QUIET, "")), (4015, ("TAKEN1", "", "dhl")),
            (4013, ("", QUIET, "usps")), (4014, ("x", QUIET, "usps")),
        ):  # fmt: skip
            with self.subTest(arguments):
                self.expect(code, self.change(*arguments))
        self.assertEqual(before, self.client.tracking("TAKEN1", QUIET))

    # notupdate

    def test_polling_stops(self):
        number = "SBXTRANSITSTOP"
        self.expect(200, self.client.realtime(number))
        data = self.expect(200, self.post("notupdate", [row(number, "sandbox"), row("NEVER1")]))
        self.assertEqual((2, 1), (data["submitted"], data["update"]))
        (stopped,) = data["trackings"]
        self.assertEqual((number, False), (stopped["tracking_number"], stopped["track_update"]))
        self.assertEqual([4017], [error["code"] for error in data["errors"]])
        read = self.client.tracking(number)
        self.assertEqual(("transit", False), (read["status"], read["track_update"]))
        self.assertTrue(read["origin_info"]["trackinfo"])

    # The account

    def test_who_the_account_is(self):
        _, key = self.server.open_account(f"info-{self.dialect.name}@example.com", "--phone", "+49 30 123456")
        data = self.expect(200, self.client_of(key).call("GET", "/trackings/getuserinfo"))
        self.assertEqual(["email", "regtime", "phone", "money", "track_number"], list(data))
        self.assertEqual((f"info-{self.dialect.name}@example.com", "+49 30 123456"), (data["email"], data["phone"]))
        self.assertIs(str, type(data["regtime"]))
        self.assertAlmostEqual(time.time(), int(data["regtime"]), delta=120)
        self.assertEqual((0, 1_000_000_000), (data["money"], data["track_number"]))
        without = self.expect(200, self.client.call("GET", "/trackings/getuserinfo"))
        self.assertEqual("", without["phone"])

    def test_counts_of_each_status(self):
        self.assertEqual({}, self.counts())
        self.create_quiet("COUNT1", "COUNT2", order_create_time="2024-03-01 10:00")
        self.create_quiet("COUNT3")
        self.client.update("COUNT2", {"status": 7, "archived": "true"}, QUIET)
        self.assertEqual({"pending": 2, "exception": 1}, self.counts())
        self.assertEqual({"pending": 1, "exception": 1}, self.counts(order_created_time_max=int(time.time())))
        self.assertEqual({}, self.counts(created_at_max=int(time.time()) - 3600))
        self.assertEqual({"pending": 2, "exception": 1},
                         self.counts(created_at_min="", created_at_max="", order_created_time_min=""))  # fmt: skip
        late = {"created_at_min": int(time.time()) + 3600}
        self.assertEqual({}, self.counts("POST", late))
        self.assertEqual({}, self.counts("GET", late))
        self.assertEqual({"pending": 2, "exception": 1}, self.counts("POST", late, created_at_min=1), "the query wins")
        self.expect(4012, self.client.call("GET", "/trackings/getstatusnumber?created_at_min=monday"))
        self.client.delete("COUNT1", QUIET)
        self.assertEqual({"pending": 1, "exception": 1}, self.counts())


class TrackingMoreV2BulkRoutes(BulkRoutes, ServerTestCase):
    dialect = TRACKINGMORE_V2


class TracktryV1BulkRoutes(BulkRoutes, ServerTestCase):
    dialect = TRACKTRY_V1


class TrackruV1BulkRoutes(BulkRoutes, ServerTestCase):
    dialect = TRACKRU_V1


class CountsUnderTheListsLimit(DialectRules, ServerTestCase):
    dialect = TRACKINGMORE_V2
    CONFIG = ""  # the documented limits

    def test_counts_are_not_lists(self):
        for _ in range(10):
            self.expect(200, self.client.call("GET", "/trackings/getstatusnumber"))


if __name__ == "__main__":
    unittest.main()
