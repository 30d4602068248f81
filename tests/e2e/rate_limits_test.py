"""The documented rate limits, which are on unless a configuration says otherwise."""

import time
import unittest

from dialect_client import DIALECTS, TRACKINGMORE_V2, Client
from dialect_rules import WORDS
from server_process import ServerTestCase


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
            self.assertEqual("0", refused.headers["ratelimit-remaining"])
            self.assertEqual("1", refused.headers["retry-after"])

    def test_limited_calls_tell_how_the_caller_stands(self):
        for client in self.clients():
            first = client.realtime("x", carrier="ups")
            self.assertEqual(
                ("3", "2", "1"), tuple(first.headers[f"ratelimit-{name}"] for name in ("limit", "remaining", "reset"))
            )
            self.assertNotIn("retry-after", first.headers)
            self.assertEqual("1", client.list_page().headers["ratelimit-limit"])
            self.assertNotIn("ratelimit-limit", client.get("AB12345", "ups").headers)

    def test_more_than_forty_numbers_or_orders_in_a_list(self):
        for client in self.clients():
            for name in ("numbers", "orders"):
                time.sleep(1.1)
                answer = client.list_page(**{name: ",".join(f"AB{i:05}" for i in range(41))})
                self.assertEqual((202, *WORDS[202]), tuple(answer.document["meta"].values()))
                self.assertEqual([], answer.data)
                time.sleep(1.1)
                self.assertEqual(4031, client.list_page(**{name: ",".join(f"AB{i:05}" for i in range(40))}).code)

    def test_other_calls_and_other_accounts_are_not_limited(self):
        client, other = (Client(TRACKINGMORE_V2, self.server.port, self.new_key()) for _ in range(2))
        self.addCleanup(client.close)
        self.addCleanup(other.close)
        client.list_page()
        self.assertEqual(4031, other.list_page().code)
        codes = {client.create(f"FREELY{i}", "ups").code for i in range(30)}
        self.assertEqual({200}, codes)


class FactorRemovesThem(ServerTestCase):
    CONFIG = "[limits]\nfactor = 0\ncreate_per_second = 1\n"

    def test_no_call_is_limited(self):
        client = Client(TRACKINGMORE_V2, self.server.port, self.new_key())
        self.addCleanup(client.close)
        self.assertEqual({4031}, {client.list_page().code for _ in range(10)})
        self.assertEqual({200}, {client.create(f"FACTOR{i}", "ups").code for i in range(10)})


class BreachBlocks(ServerTestCase):
    CONFIG = "[limits]\nblock_s = 3\ncreate_per_second = 5\nother_per_second = 5\n"

    def test_for_as_long_as_configured(self):
        client = Client(TRACKINGMORE_V2, self.server.port, self.new_key())
        self.addCleanup(client.close)
        self.assertEqual([4031, 429], [client.list_page().code for _ in range(2)])
        time.sleep(1.5)
        blocked = client.list_page()
        self.assertEqual(429, blocked.code)
        self.assertIn(blocked.headers["retry-after"], ("1", "2"))
        self.assertEqual(4031, client.get("AB12345", "ups").code, "calls of another kind go on")
        time.sleep(2)
        self.assertEqual(4031, client.list_page().code)

    def test_other_calls_have_the_limits_they_are_given(self):
        client = Client(TRACKINGMORE_V2, self.server.port, self.new_key())
        self.addCleanup(client.close)
        self.assertIn(429, [client.create(f"LIMITED{i}", "ups").code for i in range(20)])
        self.assertIn(429, [client.get("AB12345", "ups").code for _ in range(20)])


class ByAddress(ServerTestCase):
    CONFIG = "[server]\ntrusted_proxies = ['127.0.0.0/8']\n[limits]\nscope = 'address'\n"

    def list_from(self, client, forwarded):
        return client.call("GET", "/trackings/get", headers={"X-Forwarded-For": forwarded}).code

    def test_the_clients_address_counts_behind_a_trusted_proxy(self):
        one, other = (Client(TRACKINGMORE_V2, self.server.port, self.new_key()) for _ in range(2))
        self.addCleanup(one.close)
        self.addCleanup(other.close)
        self.assertEqual(4031, self.list_from(one, "192.0.2.1"))
        self.assertEqual(4031, self.list_from(one, "192.0.2.2"))
        self.assertEqual(429, self.list_from(other, "192.0.2.1"))
        self.assertEqual(429, self.list_from(other, "198.51.100.9, 192.0.2.2"), "what a client adds is not believed")


if __name__ == "__main__":
    unittest.main()
