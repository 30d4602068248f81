"""What becomes of sandbox numbers, in the words of each dialect."""

import unittest

from dialect_client import DIALECTS, Client
from server_process import ServerTestCase, wait_until


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
            for client, substatus in zip(self.clients, (*substatuses, substatuses[-1]), strict=True):
                with self.subTest(name, dialect=client.dialect.name):
                    tracking = client.tracking(number)
                    self.assertEqual((status, substatus), (tracking["status"], tracking["substatus"]))

    def test_events_are_spelt_as_the_dialect_spells_them(self):
        self.has_status("SBXEXCEPTION010LIFE", "exception")
        for client, expected in zip(self.clients, ("exception010", "exception005", "exception005"), strict=True):
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

    def test_a_walking_number_moves_while_somebody_watches(self):
        client = self.clients[0]
        self.assertEqual(200, client.create("SBXWALKLIFE").code)
        for events in (1, 2):  # a step every five seconds
            self.assertTrue(wait_until(lambda least=events: self.event_count("SBXWALKLIFE") >= least, 40, 0.2))
        self.assertNotEqual("pending", client.tracking("SBXWALKLIFE")["status"])

    def event_count(self, number):
        return len(self.clients[0].tracking(number)["origin_info"].get("trackinfo", []))

    def test_list_by_status_follows(self):
        self.has_status("SBXDELIVERED004LIFE", "delivered")
        self.assertIn("SBXDELIVERED004LIFE", self.clients[0].listed_numbers(status="delivered"))
        self.assertNotIn("SBXDELIVERED004LIFE", self.clients[0].listed_numbers(status="pending"))


if __name__ == "__main__":
    unittest.main()
