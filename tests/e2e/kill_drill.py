"""What was acknowledged stays: after kill -9 under load, on a full disk, and while somebody else holds the database.

kill_drill.py                 three rounds of kill -9, and the rest
kill_drill.py --rounds 50     the long form
"""

import argparse
import concurrent.futures
import contextlib
import http.client
import random
import resource
import sqlite3
import subprocess
import sys
import threading
import time
import unittest

from dialect_client import DIALECTS, TRACKINGMORE_V2, Client
from server_process import WITHOUT_LIMITS, Server, TemporaryDirectory, is_sanitized, running, wait_until

CONNECTIONS = 32
# From the start of a server after kill -9 to its first answer.
START_ALLOWED_S = 5 if not is_sanitized() else 30
DELETED = object()


def database(server: Server) -> sqlite3.Connection:
    return sqlite3.connect(server.data / "parcelwake.db", isolation_level=None, timeout=30)


def integrity(server: Server) -> list[str]:
    with contextlib.closing(database(server)) as connection:
        return [row[0] for row in connection.execute("PRAGMA integrity_check")]


class Clerk:
    """Changes trackings of its own over one connection, and remembers what it was told about them."""

    def __init__(self, name: str):
        self.name = name
        self.told = {}  # number: its title, or DELETED
        self.in_doubt = {}  # number: what it was asked to become when the connection broke
        self._random = random.Random(name)
        self._made = 0

    def work(self, port: int, key: str, stop: threading.Event) -> None:
        client = Client(TRACKINGMORE_V2, port, key, timeout=30)
        try:
            while not stop.is_set():
                self._change_one(client)
        except (OSError, http.client.HTTPException):
            pass  # killed
        finally:
            client.close()

    def _change_one(self, client: Client) -> None:
        present = [number for number, title in self.told.items() if title is not DELETED]
        deed = self._random.choice(["create", "create", "update", "update", "delete"]) if len(present) > 3 else "create"
        if deed == "create":
            self._made += 1
            number, becomes = f"SBXTRANSIT{self.name}N{self._made}", "made"
            self._carry_out(number, becomes, lambda: client.create(number, title=becomes))
            return
        number = self._random.choice(present)
        if deed == "update":
            becomes = f"title {self._random.randrange(10**9)}"
            self._carry_out(number, becomes, lambda: client.update(number, {"title": becomes}))
        else:
            self._carry_out(number, DELETED, lambda: client.delete(number))

    def _carry_out(self, number, becomes, call) -> None:
        self.in_doubt[number] = becomes
        answer = call()
        if answer.code != 200:
            raise AssertionError(f"{number}: {answer.body}")
        self.told[number] = becomes
        del self.in_doubt[number]

    def check(self, client: Client, numbers) -> list[str]:
        """What of `numbers` is not as it was acknowledged. What was in doubt is settled by what is there."""
        faults = []
        for number in numbers:
            answer = client.get(number)
            found = answer.data["title"] if answer.code == 200 else DELETED
            expected = {self.told.get(number, DELETED)} | {self.in_doubt.pop(number, self.told.get(number, DELETED))}
            if found not in expected:
                faults.append(f"{number} is {answer.body[:300]!r}, acknowledged was {self.told.get(number)}")
            self.told[number] = found
        return faults


class KillDrill(unittest.TestCase):
    rounds = 3

    def test_what_was_acknowledged_is_there_after_kill_9(self):
        directory = TemporaryDirectory(self.addCleanup).path
        server = Server(directory / "data", WITHOUT_LIMITS)
        _, key = server.open_account("drill@example.com")
        dice = random.Random(self.rounds)
        changes = 0
        everybody = []
        for number in range(self.rounds):
            clerks = [Clerk(f"R{number}C{i}") for i in range(CONNECTIONS)]
            everybody += clerks
            self.run_and_kill(server, key, clerks, dice.uniform(0.3, 1.5))
            self.check_after_restart(server, key, clerks)
            changes += sum(len(clerk.told) for clerk in clerks)
        with running(server):
            self.assertEqual([], self.faults(server, key, everybody))
            self.assertEqual(0, server.stop())
        self.assertEqual(["ok"], integrity(server))
        self.assertEqual("", server.sanitizer_report())
        print(f"{self.rounds} rounds, {changes} trackings", file=sys.stderr)

    def run_and_kill(self, server, key, clerks, seconds) -> None:
        with running(server):
            stop = threading.Event()
            with concurrent.futures.ThreadPoolExecutor(len(clerks)) as pool:
                working = [pool.submit(clerk.work, server.port, key, stop) for clerk in clerks]
                time.sleep(seconds)
                server.kill()
                stop.set()
                for one in working:
                    one.result()  # raises what went wrong

    def check_after_restart(self, server, key, clerks) -> None:
        begun = time.monotonic()
        with running(server):
            client = Client(TRACKINGMORE_V2, server.port, key)
            self.assertEqual(4031, client.get("SBXNEVERADDED").code)
            self.assertLess(time.monotonic() - begun, START_ALLOWED_S)
            client.close()
            self.assertEqual([], self.faults(server, key, clerks))
            self.assertEqual(["ok"], integrity(server))
            self.assertEqual(0, server.stop())

    def faults(self, server, key, clerks) -> list[str]:
        def check(clerk):
            client = Client(TRACKINGMORE_V2, server.port, key)
            try:
                return clerk.check(client, {**clerk.told, **clerk.in_doubt})
            finally:
                client.close()

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            return [fault for faults in pool.map(check, clerks) for fault in faults]


class Adversity(unittest.TestCase):
    """A server that cannot write for a while says 503, keeps what it acknowledged, and goes on afterwards."""

    def clients(self, server, key):
        for dialect in DIALECTS:
            client = Client(dialect, server.port, key)
            self.addCleanup(client.close)
            yield client

    def expect_unavailable(self, answer):
        self.assertEqual((503, 503), (answer.status, answer.code), answer.body)
        self.assertEqual("Service Unavailable", answer.document["meta"]["type"])

    def fill_until_refused(self, client, most: int = 4000) -> tuple[list[str], list[str]]:
        """The numbers that were acknowledged, and those of the first batch that was refused."""
        acknowledged = []
        for i in range(most):
            numbers = [f"{client.dialect.name}-{i}-{j}" for j in range(20)]
            answer = client.batch([{"tracking_number": n, "carrier_code": "ups", "title": "t" * 2000} for n in numbers])
            if answer.code == 503:
                self.expect_unavailable(answer)
                return acknowledged, numbers
            self.assertEqual([], answer.data["errors"])
            acknowledged += numbers
        self.fail("nothing was refused")

    def check_full(self, server, key, make_room) -> None:
        clients = list(self.clients(server, key))
        acknowledged, refused = [], []
        for client in clients:
            more, none = self.fill_until_refused(client)
            acknowledged += more
            refused += none
        self.assertGreater(len(acknowledged), 20)
        self.assertEqual(200, clients[0].get(acknowledged[0], "ups").code, "reading needs no room")
        make_room()
        resumed = wait_until(lambda: clients[0].create("RESUMED1", "ups").code in (200, 4016), 30)
        self.assertTrue(resumed, "it does not go on")
        for number in refused:
            self.assertEqual(4031, clients[0].get(number, "ups").code, number)
        self.assertEqual("", server.sanitizer_report())

        def check_all():
            client = Client(TRACKINGMORE_V2, server.port, key)
            for number in (*acknowledged, "RESUMED1"):
                self.assertEqual(200, client.get(number, "ups").code, number)
            client.close()

        check_all()
        self.assertEqual(0, server.stop())
        self.assertEqual(["ok"], integrity(server))
        with running(server):
            check_all()
            self.assertEqual(0, server.stop())

    def test_a_limit_on_the_size_of_files(self):
        directory = TemporaryDirectory(self.addCleanup).path
        server = Server(directory / "data", WITHOUT_LIMITS)
        _, key = server.open_account("limit@example.com")
        with running(server):
            server.limit_file_size(3 << 20)
            self.check_full(server, key, lambda: server.limit_file_size(resource.RLIM_INFINITY))

    def test_a_full_disk(self):
        directory = TemporaryDirectory(self.addCleanup).path
        small = directory / "small"
        small.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(small)], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("a small file system cannot be mounted here: " + mounted.stderr.decode().strip())
        self.addCleanup(subprocess.run, ["umount", "-l", str(small)])
        ballast = small / "ballast"
        ballast.write_bytes(bytes(3 << 20))
        server = Server(small / "data", WITHOUT_LIMITS)
        server.errors_file = directory / "stderr"
        _, key = server.open_account("full@example.com")
        with running(server):
            self.check_full(server, key, lambda: ballast.unlink())

    def test_a_database_that_somebody_else_holds(self):
        directory = TemporaryDirectory(self.addCleanup).path
        server = Server(directory / "data", WITHOUT_LIMITS)
        _, key = server.open_account("locked@example.com")
        with running(server):
            clients = list(self.clients(server, key))
            self.assertEqual(200, clients[0].create("BEFORE1", "ups").code)
            with contextlib.closing(database(server)) as holder:
                holder.execute("BEGIN IMMEDIATE")
                with concurrent.futures.ThreadPoolExecutor(len(clients)) as pool:
                    asked = [pool.submit(client.create, f"WHILE{i}", "ups") for i, client in enumerate(clients)]
                    time.sleep(0.5)
                    reader = Client(TRACKINGMORE_V2, server.port, key)
                    begun = time.monotonic()
                    self.assertEqual(200, reader.get("BEFORE1", "ups").code)
                    self.assertLess(time.monotonic() - begun, 2, "reading waits for the writer")
                    for one in asked:
                        self.expect_unavailable(one.result())
                holder.execute("ROLLBACK")
            for i, client in enumerate(clients):
                self.assertEqual(4031, reader.get(f"WHILE{i}", "ups").code)
                self.assertEqual(200, client.create(f"AFTER{i}", "ups").code)
            self.assertEqual(200, reader.get("BEFORE1", "ups").code)
            reader.close()
            self.assertEqual(0, server.stop())
        self.assertEqual("", server.sanitizer_report())

    def test_a_database_held_for_less_than_the_patience(self):
        directory = TemporaryDirectory(self.addCleanup).path
        server = Server(directory / "data", WITHOUT_LIMITS)
        _, key = server.open_account("waiting@example.com")
        with running(server):
            client = Client(TRACKINGMORE_V2, server.port, key)
            with contextlib.closing(database(server)) as holder:
                holder.execute("BEGIN IMMEDIATE")
                with concurrent.futures.ThreadPoolExecutor(1) as pool:
                    asked = pool.submit(client.create, "PATIENT1", "ups")
                    time.sleep(1)
                    holder.execute("ROLLBACK")
                    self.assertEqual(200, asked.result().code)
            client.close()
            self.assertEqual(0, server.stop())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--rounds", type=int, default=KillDrill.rounds)
    options, rest = parser.parse_known_args()
    KillDrill.rounds = options.rounds
    unittest.main(argv=[sys.argv[0], *rest])
