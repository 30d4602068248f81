"""Air waybills: POST trackings/aircargo, over the sandbox airline and over recorded answers of a real one's form."""

import contextlib
import pathlib
import re
import selectors
import subprocess
import time
import unittest

from dialect_client import DIALECTS, TRACKINGMORE_V2, Client
from server_process import WITHOUT_LIMITS, ServerTestCase, binary, wait_until

CONNECTORS = pathlib.Path(__file__).resolve().parents[2] / "connectors"
DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


def waybill(prefix: str, counted: int) -> str:
    """A number with its check digit."""
    return f"{prefix}-{counted:07d}{counted % 7}"


def sandbox(scenario: int, more: int = 0) -> str:
    return waybill("998", scenario * 100_000 + more)


DELIVERED = sandbox(10)
UNKNOWN = sandbox(40)


class AircargoTest(ServerTestCase):
    def setUp(self):
        self.client = Client(TRACKINGMORE_V2, self.server.port, self.new_key())
        self.addCleanup(self.client.close)

    def track(self, number, **fields):
        return self.client.call("POST", "/trackings/aircargo", {"track_number": number, **fields})

    def one(self, number: str):
        """What is said of a number that can be asked for."""
        answer = self.track(number)
        self.assertEqual(answer.code, 200, answer.body)
        ((key, value),) = answer.data.items()
        self.assertRegex(key, r"^\d{3}-\d{8}$")
        return value["return_data"]

    def test_keys_are_hyphenated_whatever_was_sent(self):
        bare = DELIVERED.replace("-", "")
        for written in (DELIVERED, bare, DELIVERED.replace("-", " "), bare[:-1], int(bare)):
            with self.subTest(written):
                answer = self.track(written, lang="en")
                self.assertEqual(answer.code, 200)
                self.assertEqual(list(answer.data), [DELIVERED])

    def test_a_string_and_an_array_say_the_same(self):
        single = self.track(DELIVERED)
        several = self.track([DELIVERED, sandbox(4), DELIVERED.replace("-", "")])
        self.assertEqual(list(several.data), [DELIVERED, sandbox(4)])
        self.assertEqual(several.data[DELIVERED], single.data[DELIVERED])

    def test_the_form_of_the_answer(self):
        entry = self.track(DELIVERED).data[DELIVERED]
        self.assertEqual(list(entry), ["return_data", "airline_info"])
        self.assertEqual(entry["airline_info"], {"name": "Sandbox", "url": "", "track_url": ""})
        data = entry["return_data"]
        self.assertEqual(
            list(data),
            ["weight", "piece", "origin", "destination", "status_number", "last_event", "flight_way_station",
             "flight_info", "track_info"],
        )  # fmt: skip
        self.assertEqual((data["weight"], data["piece"], data["origin"], data["destination"]), ("612 kg", 3, "HKG", "PHX"))
        self.assertEqual((data["status_number"], data["last_event"]), (0, "Delivered"))
        self.assertEqual(data["flight_way_station"], ["HKG", "DXB", "PHX"])
        self.assertEqual(list(data["flight_info"]), ["SX101", "SX202"])
        for flight in data["flight_info"].values():
            self.assertEqual(
                list(flight),
                ["depart_station", "arrival_station", "plan_depart_time", "depart_time", "plan_arrival_time",
                 "arrival_time"],
            )  # fmt: skip
            for clock in list(flight.values())[2:]:
                self.assertRegex(clock, DATE)
        newest = data["track_info"][0]
        self.assertEqual(
            list(newest), ["plan_date", "actual_date", "event", "station", "flight_number", "status", "piece", "weight"]
        )
        self.assertEqual((newest["status"], newest["station"], newest["piece"]), ("DLV", "PHX", "3"))
        dates = [event["actual_date"] for event in data["track_info"]]
        self.assertTrue(all(DATE.fullmatch(date) for date in dates))

    def test_every_dialect_serves_it(self):
        for dialect in DIALECTS:
            with self.subTest(dialect.name), contextlib.closing(
                Client(dialect, self.server.port, self.client.key)
            ) as client:
                answer = client.call("POST", "/trackings/aircargo", {"track_number": [DELIVERED]})
                self.assertEqual((answer.code, list(answer.data)), (200, [DELIVERED]))

    def test_each_mistake_is_told(self):
        for number, code in (
            (None, 4013),
            ("", 4013),
            ([], 4013),
            ("998-1000000", None),  # without its check digit
            ("998-10000002", 4014),
            ("12345", 4014),
            (["x", "y"], 4014),
            ("000-00000000", 4032),
            ({"a": 1}, 4012),
            ([DELIVERED, None], 4012),
            ([DELIVERED] * 41, 4020),
        ):
            with self.subTest(number):
                answer = self.track(number)
                self.assertEqual(answer.code, code or 200, answer.body)
                if code:
                    self.assertEqual(answer.data, [])
        self.assertEqual(self.client.call("POST", "/trackings/aircargo", "track_number=1").code, 4013)
        self.assertEqual(self.track([waybill("998", 3_900_000 + i) for i in range(40)]).code, 200)

    def test_a_bad_number_harms_no_other(self):
        data = self.track(["nonsense", DELIVERED, "998-10000002", "000-00000000", waybill("172", 3), UNKNOWN]).data
        self.assertEqual(len(data), 6)
        self.assertEqual(data[DELIVERED]["return_data"]["last_event"], "Delivered")
        self.assertEqual({data[key]["code"] for key in ("nonsense", "998-10000002")}, {4014})
        self.assertEqual(data["000-00000000"]["code"], 4032)
        for key in ("nonsense", "998-10000002", "000-00000000", waybill("172", 3), UNKNOWN):
            self.assertIsNone(data[key]["return_data"], key)
        self.assertEqual(data[waybill("172", 3)]["airline_info"]["name"], "Cargolux")
        self.assertNotIn("code", data[UNKNOWN])

    def test_every_fault_of_an_airline_leaves_the_key(self):
        numbers = [sandbox(scenario) for scenario in (40, 43, 44, 45, 46, 47)]
        data = self.track(numbers).data
        self.assertEqual([data[number]["return_data"] for number in numbers], [None] * len(numbers))

    def test_a_walk_is_told_as_it_goes(self):
        number = sandbox(20, 7)
        self.assertIsNone(self.one(number))
        codes = []

        def departed():
            data = self.one(number)
            if data and (not codes or codes[-1] != data["track_info"][0]["status"]):
                codes.append(data["track_info"][0]["status"])
            return "DEP" in codes

        self.assertTrue(wait_until(departed, timeout=60, pause=0.5), codes)
        way = ["BKD", "RCS", "PRE", "MAN", "DEP"]  # a busy machine may miss a step, but never turn back
        self.assertEqual(codes, [code for code in way if code in codes])

    def test_a_slow_airline_blocks_nobody(self):
        begin = time.monotonic()
        with contextlib.closing(Client(TRACKINGMORE_V2, self.server.port, self.client.key)) as other:
            self.client._connection.request(
                "POST", "/v2/trackings/aircargo", f'{{"track_number":"{sandbox(41, 1)}"}}'.encode(),
                {"Trackingmore-Api-Key": self.client.key},
            )  # fmt: skip
            for _ in range(5):
                answer = other.call("POST", "/trackings/aircargo", {"track_number": DELIVERED})
                self.assertEqual(answer.code, 200)
            self.assertLess(time.monotonic() - begin, 3)
            response = self.client._connection.getresponse()
            self.assertIn(b'"status":"RCS"', response.read())
            self.assertGreater(time.monotonic() - begin, 2.9)
            begin = time.monotonic()
            self.assertEqual(other.call("POST", "/trackings/aircargo", {"track_number": sandbox(41, 1)}).code, 200)
            self.assertLess(time.monotonic() - begin, 2, "the answer was kept")

    def test_answers_outlive_the_server(self):
        number = sandbox(20, 9)
        self.one(number)
        wait_until(lambda: self.one(number), timeout=30, pause=0.5)
        before = self.one(number)["track_info"][-1]
        type(self).server.stop()
        type(self).server.start()
        self.client.close()
        self.client = Client(TRACKINGMORE_V2, self.server.port, self.client.key)
        self.assertEqual(self.one(number)["track_info"][-1], before, "it began when it was first asked for")


class RecordedAirlineTest(ServerTestCase):
    """Lufthansa Cargo, asked over HTTP at a server that answers with the connector's samples."""

    @classmethod
    def setUpClass(cls):
        cls._samples = subprocess.Popen(
            [binary(), "carrier", "serve-samples", "--listen", "127.0.0.1:0", str(CONNECTORS)], stdout=subprocess.PIPE
        )
        cls.addClassCleanup(cls._stop_samples)
        with selectors.DefaultSelector() as selector:
            selector.register(cls._samples.stdout, selectors.EVENT_READ)
            selector.select(60)
        port = re.search(rb":(\d+)", cls._samples.stdout.readline()).group(1).decode()
        cls.CONFIG = WITHOUT_LIMITS + (
            "[carriers.lufthansa-cargo]\n"
            f'base_url = "http://127.0.0.1:{port}/lufthansa-cargo-json"\n'
            'credentials = { api_key = "any" }\nper_second = 100\n'
        )
        super().setUpClass()

    @classmethod
    def _stop_samples(cls):
        cls._samples.terminate()
        cls._samples.wait(30)
        cls._samples.stdout.close()

    def test_flights_stations_and_events_arrive(self):
        with contextlib.closing(Client(TRACKINGMORE_V2, self.server.port, self.new_key())) as client:
            numbers = ["020-10000023", "02010000012", waybill("020", 7_654_321)]
            answer = client.call("POST", "/trackings/aircargo", {"track_number": numbers})
        self.assertEqual(list(answer.data), ["020-10000023", "020-10000012", numbers[2]])
        delivered = answer.data["020-10000023"]["return_data"]
        self.assertEqual(delivered["last_event"], "Delivered")
        self.assertEqual(delivered["flight_way_station"], ["BER", "FRA", "JFK"])
        self.assertEqual(
            delivered["flight_info"]["LH8160"],
            {"depart_station": "FRA", "arrival_station": "JFK", "plan_depart_time": "2024-05-03 10:05",
             "depart_time": "2024-05-03 10:31", "plan_arrival_time": "2024-05-03 13:00",
             "arrival_time": "2024-05-03 13:20"},
        )  # fmt: skip
        on_its_way = answer.data["020-10000012"]["return_data"]
        self.assertEqual(on_its_way["flight_info"]["LH8160"]["depart_time"], "")
        self.assertEqual(on_its_way["track_info"][0]["actual_date"], "")
        self.assertIsNone(answer.data[numbers[2]]["return_data"])
        self.assertEqual(answer.data[numbers[2]]["airline_info"]["name"], "Lufthansa Cargo")


if __name__ == "__main__":
    unittest.main()
