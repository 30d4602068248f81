"""Real carriers' answers, from the carrier to the client: `carrier serve-samples` plays the carriers."""

import json
import os
import pathlib
import re
import subprocess
import unittest

from dialect_client import TRACKINGMORE_V2, Client
from server_process import WITHOUT_LIMITS, ServerTestCase, binary, wait_until

PROJECT = pathlib.Path(__file__).resolve().parents[2]

# Recorded answers, where somebody has them; otherwise the connectors' own samples.
OWN_SAMPLES = PROJECT / "connectors"
SAMPLES = pathlib.Path(os.environ.get("PARCELWAKE_SAMPLES") or OWN_SAMPLES)

FORMATS = ("dhl-unified-json", "ups-json", "fedex-json", "dhl-de-xml", "canadapost-xml", "usps-wt-xml")

# The carrier that a client names for each, and any credentials: the sample server asks for none in particular.
CARRIERS = {
    "dhl-unified-json": ("dhl", "dhl", ("api_key",)),
    "ups-json": ("ups", "ups", ("client_id", "client_secret")),
    "fedex-json": ("fedex", "fedex", ("client_id", "client_secret")),
    "dhl-de-xml": ("dhl-germany", "dhl-parcel-de", ("api_key", "app_name", "password")),
    "canadapost-xml": ("canada-post", "canada-post", ("user", "password")),
    "usps-wt-xml": ("usps", "usps", ("user_id",)),
}


def expected_results():
    """(format, number, result) of every sample that tells of a parcel; of one number the first by name."""
    seen = {}
    for path in sorted(SAMPLES.rglob("expected.json")) + sorted(SAMPLES.rglob("expected/*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        if expected.get("format") not in FORMATS or expected.get("error"):
            continue
        for result in expected["results"]:
            number = result.get("tracking_number") or (result.get("tracking_number_any_of") or [None])[0]
            if number is None:
                number = "UNKNOWN0000001"  # the sample server answers so for any number nobody knows
            seen.setdefault((expected["format"], number.upper()), (expected["format"], number, result))
    return list(seen.values())


def newest_event(result):
    if result.get("newest_event"):
        return result["newest_event"]
    return result["events"][0] if result.get("events") else None


def folded(text):
    return re.sub(r"\s+", " ", text or "").strip().casefold()


class SampleServer:
    """One `parcelwake carrier serve-samples`."""

    def __init__(self, owner, folder: pathlib.Path = OWN_SAMPLES):
        command = [binary(), "carrier", "serve-samples", "--listen", "127.0.0.1:0", str(folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        owner(self._stop)
        greeting = self._process.stdout.readline()
        self.base = re.search(r"http://\S+", greeting).group(0)

    def _stop(self):
        self._process.terminate()
        self._process.wait(60)
        self._process.stdout.close()


class Carriers(ServerTestCase):
    @classmethod
    def setUpClass(cls):
        samples = SampleServer(cls.addClassCleanup, SAMPLES)
        sections = [WITHOUT_LIMITS]
        for wire_format, (_, connector, credentials) in CARRIERS.items():
            texts = ", ".join(f'{name} = "any"' for name in credentials)
            sections.append(
                f'[carriers.{connector}]\nformat = "{wire_format}"\nbase_url = "{samples.base}/{wire_format}"\n'
                f"per_second = 1000\nper_hour = 1000000\nper_day = 1000000\ncredentials = {{ {texts} }}\n"
            )
        cls.CONFIG = "\n".join(sections)
        super().setUpClass()
        cls.client = Client(TRACKINGMORE_V2, cls.server.port, cls.new_key())
        cls.addClassCleanup(cls.client.close)

    def read(self, carrier, number):
        return self.client.call("GET", f"/trackings/{carrier}/{number}").document["data"]

    def test_what_a_carrier_says_reaches_the_client_within_seconds(self):
        results = expected_results()
        self.assertTrue(set(FORMATS) <= {wire_format for wire_format, _, _ in results}, "a format without a sample")
        for wire_format, number, _ in results:
            answer = self.client.create(number, CARRIERS[wire_format][0])
            self.assertIn(answer.document["meta"]["code"], (200, 4016), (wire_format, number))
        for wire_format, number, result in results:
            with self.subTest(wire_format=wire_format, number=number):
                self.check(CARRIERS[wire_format][0], number, result)

    def check(self, carrier, number, result):
        wanted = result.get("status_any_of") or [result["status"]]
        data = self.wait_for_status(carrier, number, wanted)
        self.assertIn(data["status"], wanted)
        newest = newest_event(result)
        if newest is None:
            self.assertNotIn("trackinfo", data["origin_info"])
            return
        events = data["origin_info"]["trackinfo"]
        texts = [folded(text) for text in newest.get("description_any_of") or [newest["description"]]]
        self.assertIn(folded(events[0]["StatusDescription"]), texts)
        if newest.get("time"):
            self.assertEqual(events[0]["Date"][:16], newest["time"][:16].replace("T", " "))

    def wait_for_status(self, carrier, number, wanted):
        last = {}

        def arrived():
            last["row"] = self.read(carrier, number)
            return last["row"]["status"] in wanted and last["row"]["status"] != "pending"

        wait_until(arrived, 20)
        return last["row"]


if __name__ == "__main__":
    unittest.main()
