"""Many calls at once for one parcel: its carrier is asked once, and all of them get what it said."""

import threading
import unittest

from aircargo_test import sandbox
from dialect_client import TRACKINGMORE_V2, Client
from observe_test import scrape
from server_process import ServerTestCase
from v4_test import V4Client

CALLERS = 8


class AskedOnce(ServerTestCase):
    def setUp(self):
        self.key = self.new_key()

    def asks(self):
        return scrape(self.server.port).total("parcelwake_carrier_asks_total")

    def at_once(self, *calls):
        """What each of the calls returns, each made by a thread and a connection of its own."""
        answers = [None] * len(calls)

        def make(index, call):
            answers[index] = call()

        threads = [threading.Thread(target=make, args=(index, call)) for index, call in enumerate(calls)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def client(self):
        client = Client(TRACKINGMORE_V2, self.server.port, self.key)
        self.addCleanup(client.close)
        return client

    def realtime(self, number):
        client = self.client()
        return lambda: client.realtime(number)

    def test_of_a_new_number(self):
        before = self.asks()
        answers = self.at_once(*(self.realtime("SBXSLOWTOGETHER1") for _ in range(CALLERS)))
        for answer in answers:
            self.assertEqual(200, answer.code)
            self.assertEqual("transit", answer.data["items"][0]["status"])
        self.assertEqual(1, self.asks() - before)
        self.assertEqual(200, self.realtime("SBXSLOWTOGETHER1")().code)
        self.assertEqual(1, self.asks() - before)

    def test_of_a_number_that_the_poller_asks_for_too(self):
        before = self.asks()
        self.assertEqual(200, self.client().create("SBXSLOWTOGETHER2").code)
        answers = self.at_once(*(self.realtime("SBXSLOWTOGETHER2") for _ in range(CALLERS)))
        self.assertEqual({"transit"}, {answer.data["items"][0]["status"] for answer in answers})
        self.assertEqual(1, self.asks() - before)

    def test_created_in_v4_and_asked_for_in_v2(self):
        before = self.asks()
        v4 = V4Client(self.server.port, self.key)
        self.addCleanup(v4.close)
        created, *answers = self.at_once(
            lambda: v4.create("SBXSLOWTOGETHER3"), *(self.realtime("SBXSLOWTOGETHER3") for _ in range(CALLERS))
        )
        # Whoever of them is first adds the number; v4 refuses one that is there.
        self.assertIn(created.code, (200, 4101))
        self.assertEqual({"transit"}, {answer.data["items"][0]["status"] for answer in answers})
        self.assertEqual(1, self.asks() - before)

    def test_a_failure_is_shared(self):
        before = self.asks()
        answers = self.at_once(*(self.realtime("SBXTIMEOUTTOGETHER") for _ in range(CALLERS)))
        self.assertEqual({"pending"}, {answer.data["items"][0]["status"] for answer in answers})
        self.assertEqual(1, self.asks() - before)

    def test_of_an_air_waybill(self):
        before = self.asks()
        number = sandbox(41)

        def track():
            client = self.client()
            return lambda: client.call("POST", "/trackings/aircargo", {"track_number": number})

        answers = self.at_once(*(track() for _ in range(CALLERS)))
        self.assertEqual({200}, {answer.code for answer in answers})
        self.assertEqual(1, len({str(answer.data) for answer in answers}))
        self.assertEqual(1, self.asks() - before)


if __name__ == "__main__":
    unittest.main()
