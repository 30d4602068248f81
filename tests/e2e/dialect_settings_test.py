"""What an operator can change of each dialect."""

import dataclasses
import unittest

from dialect_client import TRACKINGMORE_V2, TRACKRU_V1, TRACKTRY_V1, Client
from dialect_rules import QUIET
from server_process import WITHOUT_LIMITS, ServerTestCase

EXTRA_ROUTES = (
    ("POST", "updatemore"), ("POST", "delete"), ("POST", "update"), ("POST", "notupdate"), ("GET", "getuserinfo"),
    ("GET", "getstatusnumber"), ("POST", "getstatusnumber"),
)  # fmt: skip


class DialectSettings(ServerTestCase):
    CONFIG = WITHOUT_LIMITS + """
[dialects.tracktry]
extra_routes = false
single_get = "object"
prefixes = ["v1", "parcels"]
accept_other_key_headers = true

[dialects.trackru]
hosts = ["api.trackru.ru", "api.parceltrack.ru", "tracks.example.com"]
create_again_code = 201

[dialects.trackingmore_v2]
batch_code = 200
batch_limit = 60
single_get = "array"
"""

    def setUp(self):
        self.key = self.new_key()

    def client(self, dialect):
        client = Client(dialect, self.server.port, self.key, as_documented=False)
        self.addCleanup(client.close)
        return client

    def test_extra_routes_can_be_hidden(self):
        hidden, shown = self.client(TRACKTRY_V1), self.client(TRACKRU_V1)
        for verb, route in EXTRA_ROUTES:
            with self.subTest(route):
                answer = hidden.call(verb, f"/trackings/{route}")
                self.assertEqual((404, 404), (answer.status, answer.code))
                self.assertNotEqual(404, shown.call(verb, f"/trackings/{route}").code)
        self.assertEqual(4031, hidden.list_page().code)

    def test_batch_code_and_limit(self):
        client = self.client(TRACKINGMORE_V2)
        rows = [{"tracking_number": f"MANY{i:05}", "carrier_code": QUIET} for i in range(61)]
        self.assertEqual(4020, client.batch(rows).code)
        answer = client.batch(rows[:60])
        self.assertEqual((200, 60), (answer.code, answer.data["added"]))
        other = self.client(TRACKRU_V1)
        self.assertEqual(4020, other.batch(rows[:41]).code)

    def test_code_of_a_number_added_again(self):
        for dialect, code in ((TRACKRU_V1, 201), (TRACKINGMORE_V2, 200)):
            client = self.client(dialect)
            self.assertEqual(200, client.create("AGAIN1", QUIET).code)
            self.assertEqual(200, client.delete("AGAIN1", QUIET).code)
            self.assertEqual(code, client.create("AGAIN1", QUIET).code)
            self.assertEqual(200, client.delete("AGAIN1", QUIET).code)

    def test_shape_of_a_single_tracking(self):
        self.client(TRACKRU_V1).create("SHAPE1", QUIET)
        self.assertIsInstance(self.client(TRACKTRY_V1).get("SHAPE1", QUIET).data, dict)
        self.assertIsInstance(self.client(TRACKRU_V1).get("SHAPE1", QUIET).data, list)
        self.assertIsInstance(self.client(TRACKINGMORE_V2).get("SHAPE1", QUIET).data, list)

    def test_further_prefixes(self):
        self.client(TRACKTRY_V1).create("PREFIX1", QUIET)
        moved = self.client(dataclasses.replace(TRACKTRY_V1, prefix="/parcels"))
        self.assertEqual("PREFIX1", moved.get("PREFIX1", QUIET).data["tracking_number"])
        self.assertEqual(404, self.client(dataclasses.replace(TRACKRU_V1, prefix="/other")).list_page().status)

    def test_hosts_tell_dialects_apart(self):
        self.client(TRACKTRY_V1).create("HOST1", QUIET)
        anybody = self.client(dataclasses.replace(TRACKTRY_V1, key_header="X-Nobody"))
        headers = {"Trackingmore-Api-Key": self.key}  # which only Tracktry accepts under /v1 here
        answer = anybody.call("GET", f"/trackings/{QUIET}/HOST1", headers=headers)
        self.assertIsInstance(answer.data, dict)
        for host in ("tracks.example.com", "TRACKS.example.com:80", "api.parceltrack.ru"):
            refused = anybody.call("GET", f"/trackings/{QUIET}/HOST1", headers={**headers, "Host": host})
            self.assertEqual(4001, refused.code, host)

    def test_key_headers_of_others(self):
        for header, code in (("Tracking-Api-Key", 4031), ("Trackingmore-Api-Key", 4031), ("X-Api-Key", 4001)):
            client = self.client(dataclasses.replace(TRACKTRY_V1, key_header=header))
            self.assertEqual(code, client.list_page().code, header)
        stranger = self.client(dataclasses.replace(TRACKINGMORE_V2, key_header="Tracktry-Api-Key"))
        self.assertEqual(4001, stranger.list_page().code)


if __name__ == "__main__":
    unittest.main()
