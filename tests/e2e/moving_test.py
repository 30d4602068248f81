"""Taking over the trackings of an account elsewhere: `parcelwake import --from`, interrupted, repeated, over bad lines.

PARCELWAKE_MOVING_ROWS=10000 runs the long form.
"""

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest

from dialect_client import DIALECTS, TRACKINGMORE_V2, Client
from scripted_vendor import ScriptedVendor
from server_process import WITHOUT_LIMITS, Server, TemporaryDirectory, binary, run, running, wait_until
from v4_test import V4Client

ROWS = int(os.environ.get("PARCELWAKE_MOVING_ROWS", "600"))
VENDORS = {"trackingmore-v2": "trackingmore", "tracktry-v1": "tracktry", "trackru-v1": "trackru"}
SCENARIOS = [
    "SBXINFO", "SBXTRANSIT", "SBXTRANSIT003", "SBXPICKUP", "SBXDELIVERED", "SBXUNDELIVERED", "SBXEXCEPTION",
    "SBXRETURNED", "SBXEXCEPTION009", "SBXNOTFOUND", "SBXHANDOFF", "SBXUNMAPPED", "SBXEXPIRED",
]  # fmt: skip


def import_from(data, *more, check=True, key="key", vendor="trackingmore"):
    done = run("import", "--from", vendor, "--key", key, "--data", data, "--rate", "0", "--json", *more, timeout=600)
    if check and done.returncode != 0:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout) if done.returncode == 0 else done


def all_items(client):
    """Every tracking object of an account, by number."""
    items, page = {}, 1
    while (answer := client.list_page(limit=500, page=page)).code == 200:
        for item in answer.data["items"]:
            assert item["tracking_number"] not in items, f"{item['tracking_number']} is there twice"
            items[item["tracking_number"]] = item
        page += 1
    return items


def listed(dialect, port, key):
    client = Client(dialect, port, key)
    try:
        return all_items(client)
    finally:
        client.close()


class BetweenServers(unittest.TestCase):
    """A second Parcelwake plays the vendor."""

    @classmethod
    def setUpClass(cls):
        cls.directory = TemporaryDirectory(cls.addClassCleanup).path
        cls.vendor = Server(cls.directory / "vendor", WITHOUT_LIMITS).start()
        cls.addClassCleanup(lambda: cls.vendor.is_running() and cls.vendor.kill())
        _, cls.vendor_key = cls.vendor.open_account("there@example.com")
        client = Client(TRACKINGMORE_V2, cls.vendor.port, cls.vendor_key)
        numbers = [f"{SCENARIOS[i % len(SCENARIOS)]}-M{i:05}" for i in range(ROWS)]
        for at in range(0, ROWS, 40):
            rows = [
                {"tracking_number": number, "carrier_code": "sandbox", "title": f"title, \"of\" {number}",
                 "order_id": f"#{at}", "customer_name": "Zoë", "customer_email": "zoe@example.com",
                 "order_create_time": "2024-02-28 16:48", "comment": "ring twice"}
                for number in numbers[at : at + 40]
            ]  # fmt: skip
            assert client.batch(rows).code == 201
        for number in numbers[: ROWS // 10]:
            assert client.update(number, {"archived": "true"}).code == 200
        # Of parcels in transit: what is an exception already looks the same when it was set by hand.
        for number in [n for n in numbers[ROWS // 10 :] if "TRANSIT" in n][:15]:
            assert client.update(number, {"status": 7}).code == 200
        for number in numbers[-10:]:
            assert client.delete(number).code == 200
        cls.kept = numbers[:-10]

        def settled():
            if client.call("GET", "/trackings/getstatusnumber").data["pending"] != 0:
                return False
            handed_off = [item for number, item in all_items(client).items() if number.startswith("SBXHANDOFF")]
            return all(item["status"] == "delivered" for item in handed_off)

        assert wait_until(settled, 60 + ROWS / 50, 0.5)

    def base(self, dialect):
        return f"http://127.0.0.1:{self.vendor.port}{dialect.prefix}"

    def interrupted_import(self, data, *more):
        """Starts an import and kills it once it has told of two pages."""
        command = [binary(), "import", "--from", "trackingmore", "--key", self.vendor_key, "--base",
                   self.base(TRACKINGMORE_V2), "--data", str(data), "--page-size", str(max(ROWS // 20, 10)),
                   *more]  # fmt: skip
        process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for _ in range(2):
            self.assertIn(b"added", process.stderr.readline())
        process.send_signal(signal.SIGKILL)
        self.assertEqual(-signal.SIGKILL, process.wait())
        process.stderr.close()

    def assert_same(self, there, here):
        self.assertEqual(set(there), set(here))
        now_polled = 0
        for number, item in there.items():
            mine = dict(here[number])
            # A tracking that our own server has asked about since then shows that moment.
            if mine["updated_at"] != item["updated_at"]:
                now_polled += 1
            self.assertEqual({**item, "updated_at": 0}, {**mine, "updated_at": 0}, number)
        self.assertLess(now_polled, len(there) / 4)

    def test_interrupted_twice_beside_a_running_server(self):
        here = Server(self.directory / "interrupted", WITHOUT_LIMITS)
        with running(here):
            _, key = here.open_account("here@example.com")
            client = Client(TRACKINGMORE_V2, here.port, key)
            self.assertEqual(200, client.create("SBXTRANSIT-OWN", "sandbox", title="mine").code)
            self.interrupted_import(here.data, "--rate", "20")
            self.interrupted_import(here.data, "--rate", "20")
            began = time.monotonic()
            summary = import_from(here.data, "--base", self.base(TRACKINGMORE_V2), "--page-size",
                                  str(max(ROWS // 20, 10)), key=self.vendor_key)  # fmt: skip
            print(f"finished with {summary} in {time.monotonic() - began:.1f} s")
            self.assertEqual(0, summary["refused"] + summary["already_there"] + summary["deleted"], summary)
            # A row that was written before a kill but not noted, or stands where a page begins, is shown again.
            self.assertLessEqual(summary["added"], len(self.kept), summary)
            self.assertGreaterEqual(summary["added"] + summary["imported_before"], len(self.kept), summary)
            self.assertEqual(200, client.create("SBXTRANSIT-ANOTHER").code)
            mine = all_items(client)
            self.assertEqual("mine", mine.pop("SBXTRANSIT-OWN")["title"])
            mine.pop("SBXTRANSIT-ANOTHER")
            self.assert_same(listed(TRACKINGMORE_V2, self.vendor.port, self.vendor_key), mine)

            # Asking on adds nothing that is there already.
            for number in self.kept[:: max(ROWS // 20, 1)]:
                before = client.tracking(number)
                self.assertIn(client.realtime(number).code, (200, 4031))
                after = client.tracking(number)
                for leg in ("origin_info", "destination_info"):
                    self.assertEqual(before.get(leg), after.get(leg), number)
            again = import_from(here.data, "--base", self.base(TRACKINGMORE_V2), key=self.vendor_key)
            self.assertEqual(summary["added"], again["added"])
            self.assertEqual(0, here.stop())
            self.assertFalse(here.sanitizer_report())

    def test_every_dialect_can_be_read(self):
        for dialect in DIALECTS[1:]:
            with self.subTest(dialect.name):
                data = self.directory / dialect.name
                here = Server(data, WITHOUT_LIMITS)
                with running(here):
                    _, key = here.open_account("here@example.com")
                    vendor = VENDORS[dialect.name]
                    summary = import_from(data, "--base", self.base(dialect), key=self.vendor_key, vendor=vendor)
                    self.assertEqual(len(self.kept), summary["added"], summary)
                    there = listed(dialect, self.vendor.port, self.vendor_key)
                    mine = listed(dialect, here.port, key)
                    for number, item in there.items():
                        # These services show no seconds, so milestones lose theirs too.
                        self.assertEqual(item["id"], mine[number]["id"], number)
                        self.assertEqual(item["status"], mine[number]["status"], number)
                        told = item["origin_info"].get("trackinfo")
                        self.assertEqual(told, mine[number]["origin_info"].get("trackinfo"))
                        self.assertEqual(item["lastEvent"], mine[number]["lastEvent"])

    def test_a_dry_run_keeps_nothing(self):
        here = Server(self.directory / "dry", WITHOUT_LIMITS)
        with running(here):
            _, key = here.open_account("here@example.com")
            summary = import_from(here.data, "--base", self.base(TRACKINGMORE_V2), "--dry-run", key=self.vendor_key)
            self.assertEqual((len(self.kept), True), (summary["added"], summary["dry_run"]))
            self.assertEqual({}, listed(TRACKINGMORE_V2, here.port, key))

    def test_a_wrong_key_is_told_at_once(self):
        data = self.directory / "wrong"
        run("account", "create", "--email", "a@example.com", "--data", data)
        done = import_from(data, "--base", self.base(TRACKINGMORE_V2), check=False, key="nobody's")
        self.assertEqual(1, done.returncode)
        self.assertIn("4001", done.stderr)


class BadLines(unittest.TestCase):
    def setUp(self):
        self.data = TemporaryDirectory(self.addCleanup).path / "data"
        made = run("account", "create", "--email", "a@example.com", "--data", self.data, "--json")
        self.key = json.loads(made.stdout)["api_key"]

    def vendor(self, count):
        vendor = ScriptedVendor(count)
        self.addCleanup(vendor.server.server_close)
        self.addCleanup(vendor.server.shutdown)
        return vendor

    def numbers_here(self):
        server = Server(self.data, WITHOUT_LIMITS)
        with running(server):
            return set(listed(TRACKINGMORE_V2, server.port, self.key))

    def test_failures_of_every_kind_lose_and_double_nothing(self):
        vendor = self.vendor(200)
        in_order = lambda handler, items: items
        seen = []

        def add_in_front(handler, items):
            seen.append(items)
            vendor.rows += [vendor.row(len(vendor.rows) + i) for i in range(15)]
            return items

        def take_away(handler, items):
            del vendor.rows[180:185]
            return items

        def cut_off(handler, items):
            handler.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{"meta"')

        vendor.faults = [
            lambda handler, items: handler.reply(429, b"{}", Retry_After="0"),
            lambda handler, items: handler.reply(200, b'{"meta":{"code":429},"data":[]}', Retry_After="0"),
            add_in_front,
            lambda handler, items: handler.reply(500, b"oops", Retry_After="0"),
            take_away,
            lambda handler, items: handler.reply(200, b"<html>maintenance</html>"),
            cut_off,
            lambda handler, items: seen[0],
            lambda handler, items: seen[0],
            in_order,
            add_in_front,
        ]
        gone = {row["tracking_number"] for row in vendor.rows[180:185]}
        summary = import_from(self.data, "--base", vendor.base, "--page-size", "20")
        self.assertEqual([], vendor.faults)
        expected = {row["tracking_number"] for row in vendor.rows}
        here = self.numbers_here()
        self.assertEqual(set(), expected - here)
        self.assertLessEqual(here - expected, gone)
        self.assertEqual(len(here), summary["added"])

        self.assertEqual(len(here), len({row["tracking_number"] for row in vendor.rows} | here))
        vendor.rows += [vendor.row(1000), vendor.row(1001)]
        self.assertEqual(len(here) + 2, import_from(self.data, "--base", vendor.base)["added"])

    def test_a_vendor_that_does_not_heed_the_bound_is_read_by_page_numbers(self):
        vendor = self.vendor(120)
        heeding = vendor.page
        vendor.page = lambda query: heeding({"page": query["page"], "limit": query["limit"]})
        self.assertEqual(120, import_from(self.data, "--base", vendor.base, "--page-size", "25")["added"])
        self.assertEqual(120, len(self.numbers_here()))
        self.assertLess(vendor.asked, 20)

    def test_gives_up_and_goes_on_later(self):
        vendor = self.vendor(100)
        fail = lambda handler, items: handler.reply(503, b"", Retry_After="0")
        vendor.faults = [lambda handler, items: items] * 2 + [fail] * 3
        done = import_from(self.data, "--base", vendor.base, "--page-size", "30", "--tries", "3", check=False)
        self.assertEqual(1, done.returncode)
        self.assertIn("start the import again", done.stderr)
        self.assertEqual(100, import_from(self.data, "--base", vendor.base, "--page-size", "30")["added"])
        self.assertEqual(100, len(self.numbers_here()))

    def test_rows_that_make_no_sense_are_told_and_the_others_kept(self):
        vendor = self.vendor(50)
        vendor.rows[10]["carrier_code"] = "no-such-carrier"
        vendor.rows[20]["tracking_number"] = "!"
        vendor.rows[30]["created_at"] = vendor.rows[29]["created_at"]
        summary = import_from(self.data, "--base", vendor.base, "--page-size", "20")
        self.assertEqual((48, 2), (summary["added"], summary["refused"]))
        with open(summary["rejects"], encoding="utf-8") as file:
            told = file.read().splitlines()
        self.assertEqual(3, len(told), told)
        self.assertTrue(any("no-such-carrier" in line and "catalogue" in line for line in told), told)
        self.assertEqual(0o600, os.stat(summary["rejects"]).st_mode & 0o777)

    def test_trackings_answer_to_the_vendors_ids(self):
        vendor = self.vendor(30)
        theirs = {row["tracking_number"]: row["id"] for row in vendor.rows}
        import_from(self.data, "--base", vendor.base)
        server = Server(self.data, WITHOUT_LIMITS)
        with running(server):
            v4 = V4Client(server.port, self.key)
            self.addCleanup(v4.close)
            self.assertEqual(theirs, {row["tracking_number"]: row["id"] for row in v4.rows(items_amount=200)})
            shown = listed(TRACKINGMORE_V2, server.port, self.key)
            self.assertEqual(theirs, {number: item["id"] for number, item in shown.items()})
            for number, number_id in theirs.items():
                answer = v4.call("PUT", "/trackings/update/" + number_id, {"note": "of " + number})
                self.assertEqual((200, number_id), (answer.code, answer.data["id"]))
                self.assertEqual("of " + number, v4.row(number)["note"])
            gone = theirs["SBXTRANSIT-00007"]
            self.assertEqual(200, v4.call("DELETE", "/trackings/delete/" + gone).code)
            self.assertEqual(4102, v4.call("DELETE", "/trackings/delete/" + gone).code)
            self.assertEqual(200, v4.create("SBXTRANSIT-00007").code)
            self.assertEqual(gone, v4.row("SBXTRANSIT-00007")["id"])

    def test_what_an_earlier_version_took_over_is_recognised(self):
        vendor = self.vendor(30)
        import_from(self.data, "--base", vendor.base)
        with contextlib.closing(sqlite3.connect(self.data / "parcelwake.db")) as database, database:
            # It put the bucket in the place of the first three digits.
            for seq, bucket, number_id in database.execute("SELECT seq, bucket, id FROM tracking").fetchall():
                changed = bytes.fromhex(f"{bucket:03x}" + number_id.hex()[3:])
                self.assertNotEqual(changed, number_id)
                database.execute("UPDATE tracking SET id = ? WHERE seq = ?", (changed, seq))
        shutil.rmtree(self.data / "import")
        vendor.rows.append(vendor.row(30))
        summary = import_from(self.data, "--base", vendor.base)
        self.assertEqual((1, 30), (summary["added"], summary["imported_before"]), summary)
        self.assertEqual(31, len(self.numbers_here()))

    def test_what_was_deleted_or_is_there_stays_as_it_is(self):
        vendor = self.vendor(5)
        for row in vendor.rows:
            row["title"] = "theirs"
        server = Server(self.data, WITHOUT_LIMITS)
        with running(server):
            client = Client(TRACKINGMORE_V2, server.port, self.key)
            for index in (1, 2):
                self.assertEqual(200, client.create(f"SBXTRANSIT-{index:05}", title="mine").code)
            self.assertEqual(200, client.delete("SBXTRANSIT-00001").code)
            summary = import_from(self.data, "--base", vendor.base)
            self.assertEqual((3, 1, 1), (summary["added"], summary["already_there"], summary["deleted"]))
            titles = {number: item["title"] for number, item in all_items(client).items()}
        self.assertEqual({"SBXTRANSIT-00000": "theirs", "SBXTRANSIT-00002": "mine", "SBXTRANSIT-00003": "theirs",
                          "SBXTRANSIT-00004": "theirs"}, titles)  # fmt: skip


class Files(unittest.TestCase):
    def setUp(self):
        self.directory = TemporaryDirectory(self.addCleanup).path
        self.data = self.new_data("data")

    def new_data(self, name):
        data = self.directory / name
        self.assertEqual(0, run("account", "create", "--email", "a@example.com", "--data", data).returncode)
        return data

    def file(self, name, content):
        path = self.directory / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def import_file(self, path, *more, data=None, status=0, **options):
        done = run("import", path, "--data", data or self.data, "--json", *more, **options)
        self.assertEqual(status, done.returncode, done.stderr)
        return json.loads(done.stdout) if status == 0 else done.stderr

    def export(self, *more, data=None):
        done = run("export", "-", "--data", data or self.data, *more)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def rows(self, data=None):
        lines = self.export("--format", "jsonl", data=data).splitlines()
        return {row["tracking_number"]: row for row in map(json.loads, lines)}

    def test_a_shops_table(self):
        path = self.file("shop.csv", "\ufeffTracking No.;Courier;Order;Customer;Shipping Country;Created;Ref\r\n"
                         'SBXTRANSIT-1;sandbox;"#1;a";"Zoë ""Z"" Li";Germany;2024-03-01 10:00;x\r\n'
                         "1Z5R89390357567127;;#2;;de;2024-03-01T10:00:00Z;\r\n"
                         "SBXTRANSIT-3;USPS;#3;Jo;;;\r\n")  # fmt: skip
        summary = self.import_file(path, "--map", "Ref=comment")
        self.assertEqual((3, 0), (summary["added"], summary["refused"]), summary)
        rows = self.rows()
        first = rows["SBXTRANSIT-1"]
        self.assertEqual(["sandbox", "#1;a", 'Zoë "Z" Li', "DE", "2024-03-01T02:00:00.000Z", "x"],
                         [first[key] for key in ("carrier_code", "order_id", "customer_name", "destination_code",
                                                 "created_at", "comment")])  # fmt: skip
        second = rows["1Z5R89390357567127"]
        self.assertEqual(("ups", "2024-03-01T10:00:00.000Z"), (second["carrier_code"], second["created_at"]))
        self.assertEqual("usps", rows["SBXTRANSIT-3"]["carrier_code"])

    def test_bad_rows_are_told_by_line_and_the_others_kept(self):
        path = self.file("mixed.csv", "tracking_number,carrier_code,created_at\nSBXTRANSIT-1,sandbox,\n!,sandbox,\n"
                         "SBXTRANSIT-2,nobody,\nSBXTRANSIT-3,sandbox,yesterday\ntoo,few\n"
                         '"SBXTRANSIT-4",sandbox,\n"SBX,never closed\n')  # fmt: skip
        for again in range(2):  # the second run finds all of it done
            summary = self.import_file(path)
            self.assertEqual((2, 5), (summary["added"], summary["refused"]), summary)
            with open(summary["rejects"], encoding="utf-8") as file:
                told = file.read().splitlines()
            self.assertIn("not closed", told[-1])
            places = [row.split(",")[0] for row in told]
            self.assertEqual(["place", "line 3", "line 4", "line 5", "line 6", "line 8"], places)
        self.assertEqual({"SBXTRANSIT-1", "SBXTRANSIT-4"}, set(self.rows()))

    def test_what_is_no_table_is_refused(self):
        for content, reason in (("", "empty"), ("a,b\n1,2\n", "tracking numbers"),
                                ("tracking_number,awb\n1,2\n", "two columns")):  # fmt: skip
            self.assertIn(reason, self.import_file(self.file("bad.csv", content), status=1))
        good = self.file("ok.csv", "number\nSBXTRANSIT-1\n")
        self.assertIn("no column 'x'", self.import_file(good, "--map", "x=title", status=1))
        self.assertIn("cannot read", self.import_file(self.directory / "nowhere.csv", status=1))
        self.assertIn("FILE or", run("import", "--data", self.data).stderr)

    def test_a_large_table_killed_and_finished(self):
        count = max(ROWS, 3000)
        rows = "".join(f"SBXTRANSIT-{i:06},sandbox\n" for i in range(count))
        path = self.file("large.csv", "number,carrier\n" + rows)
        command = [binary(), "import", str(path), "--data", str(self.data)]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        process.stderr.readline()
        process.kill()
        process.wait()
        process.stderr.close()
        summary = self.import_file(path)
        # What was written but not noted when it was killed is found there: at most one transaction.
        self.assertEqual(count, summary["added"] + summary["already_there"], summary)
        self.assertLessEqual(summary["already_there"], 500)
        self.assertEqual(count, len(self.rows()))

    def test_an_export_comes_back_as_it_was(self):
        server = Server(self.data, WITHOUT_LIMITS)
        with running(server):
            made = run("key", "create", "--account", "1", "--data", self.data, "--json")
            client = Client(TRACKINGMORE_V2, server.port, json.loads(made.stdout)["api_key"])
            for number in [f"{scenario}-X{i}" for i, scenario in enumerate(SCENARIOS)]:
                self.assertEqual(200, client.create(number, title='a "title",\nof two lines', comment=" blank ").code)
            self.assertEqual(200, client.update("SBXPICKUP-X3", {"status": 7, "archived": "true"}).code)
            statuses = lambda: {item["status"] for item in all_items(client).values()}
            self.assertTrue(wait_until(lambda: "pending" not in statuses(), 60, 0.3))
            self.assertEqual(0, server.stop())
        for form in ("csv", "jsonl"):
            with self.subTest(form):
                # Ids live on, also in an account that gives its own trackings other buckets.
                other = self.new_data("other-" + form)
                run("account", "create", "--email", "b@example.com", "--data", other)
                second = ("--account", "2")
                exported = self.export("--format", form, "--events")
                summary = self.import_file("-", *second, data=other, text_input=exported)
                self.assertEqual((len(SCENARIOS), 0), (summary["added"], summary["refused"]), summary)
                self.assertEqual(exported, self.export("--format", form, "--events", *second, data=other))
                self.assertEqual(self.export(), self.export(*second, data=other))
                again = self.import_file("-", *second, data=other, text_input=exported)
                self.assertEqual((0, len(SCENARIOS)), (again["added"], again["imported_before"]))
        self.assertEqual(1, len(self.export("--since", "2100-01-01").splitlines()))
        path = self.directory / "out.csv"
        self.assertEqual(0, run("export", path, "--data", self.data).returncode)
        self.assertEqual(self.export(), path.read_text())
        self.assertEqual(0o600, path.stat().st_mode & 0o777)


if __name__ == "__main__":
    unittest.main()
