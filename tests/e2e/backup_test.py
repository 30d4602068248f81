"""Backups: taken while a server works, restored elsewhere, and everything that is refused on the way.

backup_test.py                 a few seconds under load
backup_test.py --seconds 120   the long form
"""

import argparse
import concurrent.futures
import contextlib
import json
import pathlib
import sqlite3
import struct
import sys
import threading
import time
import unittest

from dialect_client import TRACKINGMORE_V2, Client
from server_process import WITHOUT_LIMITS, Server, TemporaryDirectory, run, running, wait_until

CONNECTIONS = 32
# A carrier without a connector: nothing but its clients changes a tracking.
CARRIER = "ups"
APPLICATION_ID = 0x50574B31


def execute(file: pathlib.Path, sql: str) -> list:
    with contextlib.closing(sqlite3.connect(file, isolation_level=None, timeout=30)) as connection:
        return connection.execute(sql).fetchall()


class Load:
    """Many connections that create trackings as fast as they are answered, and remember which were acknowledged."""

    def __init__(self, server: Server, key: str, name: str):
        self._server, self._key, self._name = server, key, name
        self._stop = threading.Event()
        self._pool = concurrent.futures.ThreadPoolExecutor(CONNECTIONS)
        self.acknowledged = [[] for _ in range(CONNECTIONS)]
        self.slowest_s = 0.0

    def __enter__(self):
        self._working = [self._pool.submit(self._work, place) for place in range(CONNECTIONS)]
        return self

    def __exit__(self, *_):
        self._stop.set()
        for one in self._working:
            one.result()
        self._pool.shutdown()

    def _work(self, place: int) -> None:
        client = Client(TRACKINGMORE_V2, self._server.port, self._key)
        made = 0
        while not self._stop.is_set():
            made += 1
            number = f"{self._name}P{place}N{made}"
            begun = time.monotonic()
            answer = client.create(number, CARRIER, title=f"title of {number}", order_id=f"O{made}")
            self.slowest_s = max(self.slowest_s, time.monotonic() - begun)
            assert answer.code == 200, answer.body
            self.acknowledged[place].append(number)
        client.close()

    def count(self) -> int:
        return sum(len(numbers) for numbers in self.acknowledged)

    def so_far(self) -> list[str]:
        return [number for numbers in self.acknowledged for number in list(numbers)]


class Drill(unittest.TestCase):
    seconds = 3

    def bodies(self, server: Server, key: str, numbers: list[str]) -> dict[str, bytes]:
        client = Client(TRACKINGMORE_V2, server.port, key)
        try:
            return {number: client.get(number, CARRIER).body for number in numbers}
        finally:
            client.close()

    def test_what_was_acknowledged_before_a_backup_is_in_it(self):
        directory = TemporaryDirectory(self.addCleanup).path
        server = Server(directory / "data", WITHOUT_LIMITS)
        _, key = server.open_account("backup@example.com")
        file = directory / "backups of today" / "one?.db"
        file.parent.mkdir()
        with running(server):
            with Load(server, key, "DRILL") as load:
                wait_until(lambda: load.count() > 300, 30)
                time.sleep(self.seconds / 2)
                before = load.so_far()
                made = run("backup", file, "--data", server.data, "--json", timeout=300)
                during = load.count() - len(before)
                time.sleep(self.seconds / 2)
            self.assertEqual(0, made.returncode, made.stderr)
            told = json.loads(made.stdout)
            self.assertGreaterEqual(told["trackings"], len(before))
            expected = self.bodies(server, key, before)
            self.assertEqual(0, server.stop())
        self.assertEqual("", server.sanitizer_report())
        self.assertGreater(during, 0, "nobody could write while the backup was made")
        self.assertEqual(["one?.db", "one?.db.manifest"], sorted(path.name for path in file.parent.iterdir()))
        self.assertEqual([0o600] * 2, [path.stat().st_mode & 0o777 for path in file.parent.iterdir()])

        restored = Server(directory / "restored", WITHOUT_LIMITS)
        put = run("restore", file, "--data", restored.data, timeout=300)
        self.assertEqual(0, put.returncode, put.stderr)
        self.assertEqual("", put.stderr)
        with running(restored):
            found = self.bodies(restored, key, before)
            self.assertEqual([], [number for number in before if found[number] != expected[number]])
            self.assertEqual(0, restored.stop())
        self.assertEqual([("ok",)], execute(restored.data / "parcelwake.db", "PRAGMA integrity_check"))
        self.assertEqual("", restored.sanitizer_report())
        print(
            f"{len(before)} trackings before, {during} during the backup, slowest create {load.slowest_s:.2f} s",
            file=sys.stderr,
        )


class Refusals(unittest.TestCase):
    def setUp(self):
        self.directory = TemporaryDirectory(self.addCleanup).path
        self.data = self.directory / "data"
        self.server = Server(self.data, WITHOUT_LIMITS)
        _, self.key = self.server.open_account("refusals@example.com")
        self.file = self.directory / "backup.db"

    def back_up(self) -> None:
        made = run("backup", self.file, "--data", self.data)
        self.assertEqual(0, made.returncode, made.stderr)

    def expect_refused(self, *command, reason: str) -> None:
        refused = run(*command)
        self.assertEqual(1, refused.returncode, refused.stdout)
        self.assertIn(reason, refused.stderr)
        self.assertEqual("", refused.stdout)

    def content(self, folder: pathlib.Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    def test_a_file_is_never_overwritten(self):
        self.file.write_bytes(b"precious")
        self.expect_refused("backup", self.file, "--data", self.data, reason="never overwrites")
        self.assertEqual(b"precious", self.file.read_bytes())
        self.assertEqual(1, len(list(self.directory.glob("backup.db*"))))

    def test_a_directory_without_a_database_has_no_backup(self):
        self.expect_refused("backup", self.file, "--data", self.directory / "typo", reason="no database")
        self.assertFalse((self.directory / "typo").exists())
        self.assertFalse(self.file.exists())

    def test_a_place_that_cannot_be_written(self):
        self.expect_refused("backup", self.directory / "no" / "such" / "b.db", "--data", self.data, reason="No such file")

    def test_a_changed_backup(self):
        self.back_up()
        whole = self.file.read_bytes()
        target = self.directory / "target"
        for damaged in (whole[:-4096], whole[:5000] + b"x" + whole[5001:], b"", b"no database at all, but long enough" * 9):
            self.file.write_bytes(damaged)
            self.expect_refused("restore", self.file, "--data", target, reason="manifest")
        manifest = self.directory / "backup.db.manifest"
        manifest.unlink()
        self.file.write_bytes(whole[:-4096])
        self.expect_refused("restore", self.file, "--data", target, reason="cannot restore")
        self.file.write_bytes(whole)
        restored = run("restore", self.file, "--data", target)
        self.assertEqual(0, restored.returncode, restored.stderr)
        self.assertIn("backup.db.manifest is not there", restored.stderr)
        manifest.write_text("{}")
        self.expect_refused("restore", self.file, "--data", self.directory / "other", reason="no manifest")

    def test_a_directory_with_a_database(self):
        self.back_up()
        self.server.open_account("later@example.com")
        before = self.content(self.data)["parcelwake.db"]
        self.expect_refused("restore", self.file, "--data", self.data, reason="--force")
        self.assertEqual(before, self.content(self.data)["parcelwake.db"])
        forced = run("restore", self.file, "--data", self.data, "--force")
        self.assertEqual(0, forced.returncode, forced.stderr)
        self.assertEqual([(1,)], execute(self.data / "parcelwake.db", "SELECT count(*) FROM account"))
        kept = self.data / "parcelwake.db.before-restore"
        self.assertIn(str(kept), forced.stdout)
        self.assertEqual([(2,)], execute(kept, "SELECT count(*) FROM account"))
        run("restore", self.file, "--data", self.data, "--force")
        self.assertTrue((self.data / "parcelwake.db.before-restore.2").exists())
        self.assertFalse((self.data / "parcelwake.db.restoring").exists())

    def test_a_directory_that_is_served(self):
        self.back_up()
        with running(self.server):
            for command in (("restore", self.file), ("restore", self.file, "--force"), ("migrate",)):
                self.expect_refused(*command, "--data", self.data, reason="another parcelwake serves")
            client = Client(TRACKINGMORE_V2, self.server.port, self.key)
            self.assertEqual(200, client.create("STILLTHERE1", CARRIER).code)
            client.close()
            self.assertEqual(0, self.server.stop())

    def test_a_database_that_another_program_has_open(self):
        self.back_up()
        with contextlib.closing(sqlite3.connect(self.data / "parcelwake.db", isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM account").fetchall()
            self.expect_refused("restore", self.file, "--data", self.data, "--force", reason="has it open")
        self.assertEqual([(1,)], execute(self.data / "parcelwake.db", "SELECT count(*) FROM account"))
        self.assertFalse((self.data / "parcelwake.db.restoring").exists())


class Versions(unittest.TestCase):
    def setUp(self):
        self.directory = TemporaryDirectory(self.addCleanup).path
        self.data = self.directory / "data"
        self.database = self.data / "parcelwake.db"
        self.server = Server(self.data, WITHOUT_LIMITS)

    def make(self) -> None:
        self.server.open_account("versions@example.com")

    def test_a_file_says_whose_it_is(self):
        self.make()
        header = self.database.read_bytes()[:100]
        self.assertEqual(APPLICATION_ID, struct.unpack(">I", header[68:72])[0])

    def test_a_file_from_before_there_was_an_id_gets_it(self):
        self.make()
        execute(self.database, "PRAGMA application_id = 0")
        self.assertEqual(0, run("migrate", "--data", self.data).returncode)
        self.assertEqual([(APPLICATION_ID,)], execute(self.database, "PRAGMA application_id"))

    def test_files_that_are_not_for_this_program_are_left_as_they_are(self):
        self.make()
        (version,) = execute(self.database, "PRAGMA user_version")[0]
        rows = (
            (f"PRAGMA user_version = {version + 1}", "use a newer program"),
            ("PRAGMA user_version = -1", "version -1, which no Parcelwake writes"),
            ("PRAGMA application_id = 42", "another program"),
        )
        for change, reason in rows:
            execute(self.database, f"PRAGMA user_version = {version}")
            execute(self.database, f"PRAGMA application_id = {APPLICATION_ID}")
            execute(self.database, change)
            execute(self.database, "PRAGMA journal_mode = DELETE")
            before = self.database.read_bytes()
            commands = (
                ("serve", "--listen", "127.0.0.1:0"), ("account", "create", "--email", "x@example.com"), ("key", "list"),
                ("migrate",), ("backup", self.directory / "never.db"),
            )  # fmt: skip
            for command in commands:
                with self.subTest(f"{change}: {command[0]}"):
                    refused = run(*command, "--data", self.data)
                    self.assertEqual(1, refused.returncode, refused.stdout)
                    self.assertIn(reason, refused.stderr)
                    self.assertIn("parcelwake.db", refused.stderr)
            self.assertEqual(before, self.database.read_bytes())
            self.assertFalse((self.directory / "never.db").exists())

    def test_a_foreign_database_without_an_id(self):
        self.data.mkdir()
        execute(self.database, "CREATE TABLE song (title TEXT)")
        refused = run("migrate", "--data", self.data)
        self.assertEqual(1, refused.returncode)
        self.assertIn("another program", refused.stderr)

    def test_migrating_what_is_up_to_date(self):
        self.make()
        done = run("migrate", "--data", self.data)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        self.assertIn("up to date", done.stdout)


class Schedule(unittest.TestCase):
    def test_the_server_makes_them_and_keeps_the_newest(self):
        directory = TemporaryDirectory(self.addCleanup).path
        folder = directory / "backups"
        folder.mkdir()
        for name in ("parcelwake-20200101T000000Z.db", "parcelwake-20200102T000000Z.db", "mine.db"):
            (folder / name).write_text("old")
        config = WITHOUT_LIMITS + f'[store]\nbackup_to = "{folder}"\nbackup_every_h = 1\nbackup_keep = 2\n'
        server = Server(directory / "data", config)
        _, key = server.open_account("schedule@example.com")
        with running(server):
            new = wait_until(lambda: [p for p in folder.glob("parcelwake-2*Z.db") if "2020" not in p.name], 60)
            wait_until(lambda: not (folder / "parcelwake-20200101T000000Z.db").exists(), 10)
            self.assertEqual(0, server.stop())
        self.assertEqual(1, len(new), server.errors())
        self.assertEqual(
            {"mine.db", "parcelwake-20200102T000000Z.db", new[0].name, new[0].name + ".manifest"},
            {path.name for path in folder.iterdir()},
        )
        with running(server):  # the newest is young enough
            time.sleep(1)
            self.assertEqual(0, server.stop())
        self.assertEqual(4, len(list(folder.iterdir())))
        self.assertEqual("", server.sanitizer_report())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--seconds", type=float, default=Drill.seconds)
    options, rest = parser.parse_known_args()
    Drill.seconds = options.seconds
    unittest.main(argv=[sys.argv[0], *rest])
