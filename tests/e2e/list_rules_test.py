"""The list of the three dialects: filters, pages, order; and who sees which number."""

import datetime
import time
import unittest

from dialect_client import TRACKINGMORE_V2, TRACKRU_V1, TRACKTRY_V1
from dialect_rules import (
    QUIET,
    DialectRules,
    next_second,
)
from server_process import ServerTestCase


class ListRules(DialectRules):
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


class TrackingMoreV2ListRules(ListRules, ServerTestCase):
    dialect = TRACKINGMORE_V2


class TracktryV1ListRules(ListRules, ServerTestCase):
    dialect = TRACKTRY_V1


class TrackruV1ListRules(ListRules, ServerTestCase):
    dialect = TRACKRU_V1


if __name__ == "__main__":
    unittest.main()
