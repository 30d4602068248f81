"""How long parcels took: POST trackings/costtime, held against the trackings themselves."""

import unittest

from dialect_client import TRACKINGMORE_V2, TRACKRU_V1, TRACKTRY_V1
from dialect_rules import QUIET, DialectRules
from server_process import ServerTestCase, wait_until

RANGES = {"range1": (0, 7), "range3": (8, 15), "range4": (16, 30), "range5": (31, 60), "range6": (61, 10**9)}
FIELDS = ["carrier_code", "original", "destination", "total", "delivered", *RANGES]


class CostTime(DialectRules):
    def rows(self, *routes):
        body = [{"carrier_code": carrier, "original": a, "destination": b} for carrier, a, b in routes]
        data = self.expect(200, self.client.call("POST", "/trackings/costtime", body))
        self.assertEqual([FIELDS] * len(body), [list(row) for row in data])
        return data

    def row(self, carrier="sandbox", original="CN", destination="US"):
        (row,) = self.rows((carrier, original, destination))
        return row

    def items(self):
        answer = self.client.list_page(limit=2000)
        return answer.data["items"] if answer.code == 200 else []

    def expected(self):
        """The row of sandbox parcels from China to the United States, from the list of trackings."""
        told = [item for item in self.items() if item["carrier_code"] == "sandbox" and item["status"] != "pending"
                and (item["original_country"], item.get("destination_country")) == ("China", "United States")]
        days = [item["itemTimeLength"] for item in told if item["status"] == "delivered"]
        shares = {key: sum(low <= d <= high for d in days) / len(days) if days else 0
                  for key, (low, high) in RANGES.items()}
        return {"carrier_code": "sandbox", "original": "CN", "destination": "US", "total": len(told),
                "delivered": len(days), **shares}

    def await_statuses(self, *statuses):
        def there():
            return sorted(item["status"] for item in self.items()) == sorted(statuses)
        self.assertTrue(wait_until(there, 30, 0.2), [item["status"] for item in self.items()])

    def test_equals_what_the_trackings_say(self):
        self.assertEqual(0, self.row()["total"])
        for number in ("SBXDELIVERED-C1", "SBXDELIVERED-C2", "SBXTRANSIT-C3", "SBXRETURNED-C4"):
            self.expect(200, self.client.create(number))
        self.await_statuses("delivered", "delivered", "transit", "exception")
        row = self.row()
        self.assertEqual((4, 2), (row["total"], row["delivered"]))
        self.assertAlmostEqual(1, sum(row[key] for key in RANGES))
        self.assertEqual(self.expected(), row)

        self.expect(200, self.client.delete("SBXDELIVERED-C1"))
        self.assertEqual((3, 1), (self.row()["total"], self.row()["delivered"]))
        self.assertEqual(self.expected(), self.row())
        self.expect(200, self.client.create("SBXDELIVERED-C1"))
        self.await_statuses("delivered", "delivered", "transit", "exception")
        self.assertEqual(row, self.row())

    def test_a_carrier_takes_its_trackings_along(self):
        self.expect(200, self.client.create("SBXDELIVERED-C5"))
        self.await_statuses("delivered")
        self.expect(200, self.client.call("POST", "/trackings/update", {
            "tracking_number": "SBXDELIVERED-C5", "carrier_code": "sandbox", "update_carrier_code": QUIET}))
        self.assertEqual([0, 0], [row["total"] for row in self.rows(("sandbox", "CN", "US"), (QUIET, "CN", "US"))])

    def test_the_customers_own_status_is_no_delivery(self):
        self.expect(200, self.client.create("SBXTRANSIT-C6"))
        self.await_statuses("transit")
        self.expect(200, self.client.update("SBXTRANSIT-C6", {"status": 4}))
        self.assertEqual((1, 0), (self.row()["total"], self.row()["delivered"]))

    def test_accounts_learn_nothing_of_each_other(self):
        self.expect(200, self.client.create("SBXDELIVERED-C7"))
        self.await_statuses("delivered")
        self.client = self.client_of(self.new_key())
        self.assertEqual(0, self.row()["total"])

    def test_rows_stand_in_the_requests_order(self):
        rows = self.rows(("dhl", "cn", "Germany"), ("SANDBOX", "US", "CN"), ("dhl", "CN", "DE"))
        self.assertEqual([("dhl", "CN", "DE"), ("sandbox", "US", "CN"), ("dhl", "CN", "DE")],
                         [(row["carrier_code"], row["original"], row["destination"]) for row in rows])

    def test_refusals(self):
        good = {"carrier_code": "dhl", "original": "CN", "destination": "US"}
        for code, body in (
            (4012, {}), (4012, []), (4012, good), (4012, [good, 1]), (4012, [{**good, "original": "Atlantis"}]),
            (4012, [{**good, "destination": None}]), (4015, [{**good, "carrier_code": "no-such-carrier"}]),
            (4015, [{"original": "CN", "destination": "US"}]), (4012, "{broken"), (4020, [good] * 41),
        ):  # fmt: skip
            with self.subTest(body=str(body)[:80]):
                self.expect(code, self.client.call("POST", "/trackings/costtime", body))
        self.expect(200, self.client.call("POST", "/trackings/costtime", [good] * 40))
        self.expect(405, self.client.call("GET", "/trackings/costtime"), 405)


class TrackingMore(CostTime, ServerTestCase):
    dialect = TRACKINGMORE_V2


class Tracktry(CostTime, ServerTestCase):
    dialect = TRACKTRY_V1


class Trackru(CostTime, ServerTestCase):
    dialect = TRACKRU_V1


if __name__ == "__main__":
    unittest.main()
