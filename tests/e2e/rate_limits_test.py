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

    def test_other_calls_and_other_accounts_are_not_limited(self):
        client, other = (Client(TRACKINGMORE_V2, self.server.port, self.new_key()) for _ in range(2))
        self.addCleanup(client.close)
        self.addCleanup(other.close)
        client.list_page()
        self.assertEqual(4031, other.list_page().code)
        codes = {client.create(f"FREELY{i}", "ups").code for i in range(30)}
        self.assertEqual({200}, codes)


if __name__ == "__main__":
    unittest.main()
