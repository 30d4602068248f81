"""A server that is told to stop: what it has accepted is answered, and load balancers hear of it in time."""

import concurrent.futures
import signal
import time
import unittest

from dialect_client import TRACKINGMORE_V2, Client
from raw_http import ConnectionEnded, RawConnection
from server_process import WITHOUT_LIMITS, Server, TemporaryDirectory, running, wait_until

CONNECTIONS = 32


class Clerk:
    """Creates trackings over one kept connection until that ends, and knows what it was told about each."""

    def __init__(self, name: str, server: Server, key: str):
        self._name, self._port, self._key = name, server.port, key
        self.acknowledged = []
        self.unanswered_since = None  # when the request was sent that the connection's end left without an answer
        self.partial = b""

    def work(self) -> None:
        made = 0
        with RawConnection(self._port, timeout=60) as connection:
            while True:
                made += 1
                number = f"{self._name}N{made}"
                body = f'{{"tracking_number":"{number}","carrier_code":"ups"}}'
                head = f"POST /v2/trackings/post HTTP/1.1\r\nHost: x\r\nTrackingmore-Api-Key: {self._key}\r\n"
                try:
                    connection.send(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
                    sent = time.monotonic()
                    answer = connection.read_answer()
                except (OSError, ConnectionEnded) as end:
                    self.unanswered_since = time.monotonic() if isinstance(end, OSError) and made == 1 else sent
                    self.partial = end.args[0] if isinstance(end, ConnectionEnded) else b""
                    return
                if answer.code == 200:
                    self.acknowledged.append(number)
                elif answer.code != 503:
                    raise AssertionError(answer.body)
                if answer.headers.get("connection") == "close":
                    return


class Drain(unittest.TestCase):
    def start(self, config: str = "") -> Server:
        directory = TemporaryDirectory(self.addCleanup).path
        server = Server(directory / "data", WITHOUT_LIMITS + config)
        self.key = server.open_account("drain@example.com")[1]
        return server

    def test_every_accepted_request_is_answered(self):
        server = self.start()
        clerks = []
        for round_ in range(3):
            with running(server):
                clerks = [Clerk(f"R{round_}C{i}", server, self.key) for i in range(CONNECTIONS)]
                with concurrent.futures.ThreadPoolExecutor(CONNECTIONS) as pool:
                    working = [pool.submit(clerk.work) for clerk in clerks]
                    wait_until(lambda: sum(len(clerk.acknowledged) for clerk in clerks) > 200, 30)
                    told = time.monotonic()
                    server.signal(signal.SIGTERM)
                    for one in working:
                        one.result()
                self.assertEqual(0, server.wait())
            self.assertEqual("", server.sanitizer_report())
            self.assertEqual([b""] * CONNECTIONS, [clerk.partial for clerk in clerks])
            # What the server has not begun to read when the signal comes is not accepted yet.
            accepted_until = told - 0.05
            early = [told - c.unanswered_since for c in clerks if (c.unanswered_since or told) < accepted_until]
            self.assertEqual([], early, "sent before the signal and never answered")
            with running(server):
                client = Client(TRACKINGMORE_V2, server.port, self.key)
                for clerk in clerks:
                    for number in clerk.acknowledged:
                        self.assertEqual(200, client.get(number, "ups").code, number)
                client.close()
                self.assertEqual(0, server.stop())

    def readiness(self, server: Server) -> tuple[int, str]:
        with RawConnection(server.port) as connection:
            connection.send(b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            answer = connection.read_answer()
            return answer.status, answer.body.decode()

    def test_load_balancers_hear_of_it_before_the_door_closes(self):
        server = self.start("[server]\ndrain_delay_s = 3\n")
        with running(server):
            self.assertEqual(200, self.readiness(server)[0])
            server.signal(signal.SIGTERM)
            self.assertTrue(wait_until(lambda: self.readiness(server)[0] == 503, 2, 0.02))
            self.assertEqual('{"status":"draining"}', self.readiness(server)[1])
            client = Client(TRACKINGMORE_V2, server.port, self.key)
            self.assertEqual(200, client.create("WHILEDRAINING1", "ups").code, "it still serves")
            client.close()
            self.assertEqual(0, server.wait())

    def test_a_second_signal_cuts_the_delay_short(self):
        server = self.start("[server]\ndrain_delay_s = 600\n")
        with running(server):
            server.signal(signal.SIGTERM)
            self.assertTrue(wait_until(lambda: self.readiness(server)[0] == 503, 5, 0.02))
            server.signal(signal.SIGTERM)
            self.assertEqual(0, server.wait(30))

    def test_a_reload_does_not_end_it(self):
        server = self.start()
        with running(server):
            server.signal(signal.SIGHUP)
            time.sleep(0.2)
            self.assertEqual(200, self.readiness(server)[0])
            self.assertEqual(0, server.stop())


if __name__ == "__main__":
    unittest.main()
