"""Who may call and what it costs: permissions, plans, features, balances and the ledger that explains them."""

import concurrent.futures
import contextlib
import decimal
import http.client
import json
import sqlite3
import subprocess
import threading
import time
import unittest

from dialect_client import DIALECTS, TRACKINGMORE_V2, Client
from dialect_rules import NUMBER_OF_UPS, QUIET, WORDS
from server_process import (
    WITHOUT_LIMITS, Server, ServerTestCase, TemporaryDirectory, binary, run, running, wait_until,
)  # fmt: skip

PLANS = (
    WITHOUT_LIMITS
    + """support = "help@example.com"
[limits.plans.three]
units_per_month = 3
[limits.plans.large]
units_per_month = 100000
[limits.plans.dashboard]
api = false
[limits.plans.plain]
features = { realtime = false, detect = false }
"""
)
FEATURE_OFF = (
    "Due to overload risks this feature requires custom activation. Contact help@example.com for more information."
)
CANNOT_CREATE = {
    "trackingmore-v2": "Your balance is insufficient, please recharge in time",
    "tracktry-v1": "Your balance is not enough, please recharge in time, free account can add up to 500 single numbers "
    "per month.",
}
CANNOT_CALL = {
    "trackingmore-v2": "Remaining quota is deficient, or the 7-day free trial has expired. To continue using API, "
    "please recharge first.",
    "tracktry-v1": "Your remaining balance is not enough, so you can not call the API request data.",
}
CANNOT_CREATE["trackru-v1"] = CANNOT_CREATE["tracktry-v1"]
CANNOT_CALL["trackru-v1"] = CANNOT_CALL["tracktry-v1"]


def statement_of(server: Server, account) -> dict:
    """What `account show` says, its amounts exact."""
    shown = run("account", "show", account, "--ledger", "--json", "--data", server.data)
    assert shown.returncode == 0, shown.stderr
    return json.loads(shown.stdout, parse_float=decimal.Decimal, parse_int=decimal.Decimal)


def expect_explained(case: unittest.TestCase, statement: dict) -> None:
    """Each line's balance is the sum of the lines up to it, and the last one's is the account's."""
    total = decimal.Decimal(0)
    for line in statement["ledger"]:
        total += line["units"]
        case.assertEqual(total, line["balance"], line)
        case.assertGreaterEqual(total, 0)
    case.assertEqual(total, statement["balance"])
    case.assertEqual(statement["balance"], statement["granted"] + statement["purchased"])


class MoneyCase(ServerTestCase):
    CONFIG = PLANS

    def command(self, *arguments):
        done = run(*arguments, "--data", self.server.data)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def clients(self, *more):
        """One a dialect, each of an account of its own, with that account's id."""
        for dialect in DIALECTS:
            type(self)._accounts += 1
            account, key = self.server.open_account(f"user{self._accounts}@example.com", *more)
            client = self.client(dialect, key)
            with self.subTest(dialect.name):
                yield client, account

    def client(self, dialect, key):
        client = Client(dialect, self.server.port, key)
        self.addCleanup(client.close)
        return client

    def expect(self, code, answer, message=None):
        meta = answer.document["meta"]
        self.assertEqual(code, meta["code"], answer.body)
        self.assertEqual(200, answer.status)
        if code in WORDS:
            self.assertEqual(WORDS[code], (meta["type"], meta["message"]))
        if message is not None:
            self.assertEqual(("Bad Request", message), (meta["type"], meta["message"]))
        if code not in (200, 201):
            self.assertEqual([], answer.data)
        return answer.data

    def eventually(self, code, call):
        """A running server goes by a change within a second."""
        answer = wait_until(lambda: (lambda a: a if a.code == code else None)(call()), 5)
        self.assertIsNotNone(answer, f"never {code}")
        return answer


class Permissions(MoneyCase):
    def test_each_call_needs_its_own(self):
        calls = {
            "read": (Client.list_page, lambda c: c.get("AB12345", QUIET)),
            "write": (
                lambda c: c.create("", QUIET), lambda c: c.batch([]), lambda c: c.update("AB12345", {}, QUIET),
            ),
            "delete": (lambda c: c.delete("AB12345", QUIET),),
            "realtime": (lambda c: c.realtime("", QUIET),),
            "lookup": (lambda c: c.call("POST", "/carriers/detect", {}),),
        }  # fmt: skip
        for client, account in self.clients():
            for permission in calls:
                made = json.loads(
                    self.command("key", "create", "--account", account, "--permissions", permission, "--json")
                )
                limited = self.client(client.dialect, made["api_key"])
                self.assertEqual(200, limited.call("GET", "/carriers").code)
                for needed, needing in calls.items():
                    for call in needing:
                        code = call(limited).code
                        with self.subTest(key=permission, call=needed):
                            self.assertEqual(needed != permission, code == 401, code)
                refused = limited.delete("AB12345", QUIET) if permission != "delete" else limited.list_page()
                self.expect(401, refused)

    def test_are_listed(self):
        account, _ = self.server.open_account("listed@example.com")
        self.command("key", "import", "--account", account, "--permissions", "read, delete", "a key of the shop")
        listed = self.command("key", "list", "--account", account, "--json").splitlines()
        self.assertEqual(["all", "read,delete"], [json.loads(line)["permissions"] for line in listed])
        for wrong in ("", "fly", "read,"):
            refused = run("key", "create", "--account", account, "--permissions", wrong, "--data", self.server.data)
            self.assertEqual(1, refused.returncode)
            self.assertIn("permissions", refused.stderr)


class Standing(MoneyCase):
    def test_plan_without_the_api(self):
        for client, _ in self.clients("--plan", "dashboard"):
            self.expect(402, client.list_page())
            self.expect(402, client.call("POST", "/trackings/post", "{broken"))

    def test_blocked_and_unblocked_while_the_server_runs(self):
        for client, account in self.clients():
            self.expect(4031, client.list_page())
            self.command("account", "set", account, "--block")
            self.expect(403, self.eventually(403, client.list_page))
            self.expect(403, client.create(NUMBER_OF_UPS, QUIET))
            self.assertEqual("blocked", statement_of(self.server, account)["state"])
            self.command("account", "set", account, "--unblock")
            self.eventually(4031, client.list_page)

    def test_features_off_by_plan(self):
        for client, _ in self.clients("--plan", "plain"):
            self.expect(4018, client.realtime(NUMBER_OF_UPS, QUIET), FEATURE_OFF)
            self.expect(4018, client.call("POST", "/carriers/detect", {"tracking_number": NUMBER_OF_UPS}), FEATURE_OFF)
            self.expect(200, client.create(NUMBER_OF_UPS, QUIET))

    def test_features_off_by_account_while_the_server_runs(self):
        for client, account in self.clients():
            self.command("account", "set", account, "--feature", "realtime=off")
            self.expect(4018, self.eventually(4018, lambda: client.realtime("x", QUIET)), FEATURE_OFF)
            self.command("account", "set", account, "--feature", "realtime=on")
            self.eventually(4014, lambda: client.realtime("x", QUIET))

    def test_set_refuses_what_makes_no_sense(self):
        account, _ = self.server.open_account("set@example.com")
        config = self.server.data.with_name("data.toml")
        for arguments in (
            ("--feature", "realtime"), ("--feature", "flying=off"), ("--timezone", "Mars"),
            ("--plan", "gold", "--config", config),
        ):  # fmt: skip
            refused = run("account", "set", account, *arguments, "--data", self.server.data)
            self.assertEqual((1, ""), (refused.returncode, refused.stdout), arguments)
            self.assertTrue(refused.stderr)
        self.assertEqual(1, run("account", "set", "nobody@example.com", "--data", self.server.data).returncode)
        self.command("account", "set", "SET@example.com", "--plan", "three", "--config", config, "--timezone", "+01:00")
        shown = statement_of(self.server, account)
        self.assertEqual(("three", "+01:00"), (shown["plan"], shown["timezone"]))


class Exhausted(MoneyCase):
    def test_what_is_refused_and_what_goes_on(self):
        for client, account in self.clients("--plan", "three"):
            rows = [{"tracking_number": f"MONEY{i}", "carrier_code": QUIET} for i in range(5)]
            data = self.expect(client.dialect.batch_code, client.batch(rows))
            self.assertEqual((5, 3), (data["submitted"], data["added"]))
            message = CANNOT_CREATE[client.dialect.name]
            self.assertEqual(
                [("MONEY3", 4019, message), ("MONEY4", 4019, message)],
                [(error["tracking_number"], error["code"], error["message"]) for error in data["errors"]],
            )
            self.expect(4019, client.create("MONEY9", QUIET), message)
            self.expect(4019, client.create("MONEY0", QUIET), message)
            message = CANNOT_CALL[client.dialect.name]
            self.expect(4021, client.get("MONEY0", QUIET), message)
            self.expect(4021, client.list_page(), message)
            self.expect(4021, client.update("MONEY0", {"title": "x"}, QUIET), message)
            self.expect(4021, client.realtime("MONEY0", QUIET), message)
            self.expect(4021, client.realtime("MONEY9", QUIET), message)
            detect = {"tracking_number": NUMBER_OF_UPS}
            self.expect(4021, client.call("POST", "/carriers/detect", detect), message)
            self.expect(4021, client.call("POST", "/trackings/updatemore", rows[:1]), message)
            # Mistakes are told before the quota.
            self.expect(4015, client.create("MONEY9", "nobody"))
            self.expect(4014, client.get("x", QUIET))
            self.expect(4033, client.update("MONEY0", {"status": 5}, QUIET))
            # What costs nothing goes on.
            self.assertEqual(200, client.call("GET", "/carriers").code)
            self.assertEqual(200, client.call("GET", "/trackings/getstatusnumber").code)
            self.assertEqual(0, client.call("GET", "/trackings/getuserinfo").data["track_number"])
            self.expect(200, client.delete("MONEY0", QUIET))
            self.expect(200, client.create("MONEY0", QUIET))
            statement = statement_of(self.server, account)
            self.assertEqual(0, statement["balance"])
            expect_explained(self, statement)
            # And with units bought, everything, at once.
            self.command("account", "charge", account, "--units", "1.5", "--note", "invoice 7")
            self.expect(200, client.get("MONEY0", QUIET))
            self.expect(200, client.create("MONEY9", QUIET))
            self.expect(200, client.list_page())
            self.expect(4019, client.create("MONEY10", QUIET))

    def test_switching_plans_while_the_server_runs(self):
        for client, account in self.clients("--plan", "three"):
            for i in range(3):
                self.expect(200, client.create(f"PLAN0{i}", QUIET))
            self.expect(4021, client.list_page())
            self.command("account", "set", account, "--plan", "unlimited")
            self.eventually(200, client.list_page)
            self.expect(200, client.create("PLAN99", QUIET))
            self.command("account", "set", account, "--plan", "free")
            # The larger grant of the month, less what the smaller one gave.
            self.assertTrue(
                wait_until(lambda: client.call("GET", "/trackings/getuserinfo").data["track_number"] == 497, 5)
            )


class Ledger(MoneyCase):
    def lines(self, account):
        statement = statement_of(self.server, account)
        expect_explained(self, statement)
        return [(line["what"], line["units"]) for line in statement["ledger"]]

    def test_explains_every_unit(self):
        tenth = decimal.Decimal("0.1")
        for client, account in self.clients("--plan", "large"):
            self.assertTrue(wait_until(lambda: self.lines(account), 5), "the month's grant comes by itself")
            self.expect(200, client.create("LEDGER1", QUIET))
            self.expect(4016, client.create("LEDGER1", QUIET))
            self.expect(4015, client.create("LEDGER2", "nobody"))
            self.expect(200, client.realtime("LEDGER3", QUIET))
            self.expect(200, client.realtime("LEDGER3", QUIET))
            self.expect(200, client.delete("LEDGER1", QUIET))
            self.expect(200, client.create("LEDGER1", QUIET))
            self.expect(200, client.call("POST", "/carriers/detect", {"tracking_number": NUMBER_OF_UPS}))
            self.expect(4013, client.call("POST", "/carriers/detect", {}))
            self.command("account", "charge", account, "--units", "20", "--note", "invoice 7")
            self.command("account", "charge", account, "--units", "-0.5")
            refused = run("account", "charge", account, "--units", "-1000000", "--data", self.server.data)
            self.assertEqual(1, refused.returncode)
            self.assertEqual(
                [
                    ("monthly-grant", 100000), ("create", -1), ("realtime-create", -1), ("detect", -2 * tenth),
                    ("purchase", 20), ("adjustment", -5 * tenth),
                ],
                self.lines(account),
            )  # fmt: skip
            ledger = statement_of(self.server, account)["ledger"]
            self.assertEqual(("LEDGER1", QUIET), (ledger[1]["tracking_number"], ledger[1]["carrier_code"]))
            self.assertEqual(NUMBER_OF_UPS, ledger[3]["note"])
            self.assertEqual("invoice 7", ledger[4]["note"])
            user = client.call("GET", "/trackings/getuserinfo").data
            self.assertEqual((100017.3, 100017), (user["money"], user["track_number"]))

    def test_an_unlimited_account_is_not_counted(self):
        for client, account in self.clients():
            self.expect(200, client.create("FREE001", QUIET))
            self.expect(200, client.realtime("FREE002", QUIET))
            self.expect(200, client.call("POST", "/carriers/detect", {"tracking_number": NUMBER_OF_UPS}))
            self.assertEqual([], self.lines(account))

    def test_charging_brings_the_balance_up_to_date_first(self):
        directory = TemporaryDirectory(self.addCleanup).path
        server = Server(directory / "data", PLANS.replace("units_per_month = 3", "units_per_month = 4"))
        with running(server):
            self.assertEqual(0, server.stop())
        # No server runs; the plans are those of the last one.
        for plan, granted in (("three", 4), ("free", 500)):
            account, _ = server.open_account(f"{plan}@example.com", "--plan", plan)
            for units in ("-2", "10"):
                done = run("account", "charge", account, "--units", units, "--data", server.data)
                self.assertEqual(0, done.returncode, done.stderr)
            statement = statement_of(server, account)
            expect_explained(self, statement)
            self.assertEqual(
                [("monthly-grant", granted), ("adjustment", -2), ("purchase", 10)],
                [(line["what"], line["units"]) for line in statement["ledger"]],
            )

    def test_a_long_ledger_is_told_whole_and_holds_nobody_up(self):
        account, _ = self.server.open_account("long@example.com", "--plan", "large")
        self.assertTrue(wait_until(lambda: self.lines(account), 5))
        count = 25_000
        with contextlib.closing(sqlite3.connect(self.server.data / "parcelwake.db", timeout=30)) as database, database:
            before = database.execute("SELECT balance FROM ledger WHERE account = ?", (account,)).fetchone()[0]
            database.executemany(
                "INSERT INTO ledger (bucket, account, at, kind, amount, balance, number, carrier, note) "
                "VALUES (0, ?, 0, 8, 1, ?, '', '', 'by the test')",
                ((account, before + i + 1) for i in range(count)),
            )
            database.execute("UPDATE balance SET purchased = purchased + ? WHERE account = ?", (count, account))
        statement = statement_of(self.server, account)
        expect_explained(self, statement)
        self.assertEqual(count + 1, len(statement["ledger"]))

        # Somebody who looks at it and does not scroll on.
        command = [binary(), "account", "show", str(account), "--ledger", "--data", str(self.server.data)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as looking:
            looking.stdout.readline()
            began = time.monotonic()
            done = run("account", "charge", account, "--units", "1", "--data", self.server.data)
            self.assertEqual(0, done.returncode, done.stderr)
            self.assertIsNone(looking.poll())
            self.assertLess(time.monotonic() - began, 5)
            shown = looking.stdout.read().splitlines()
            self.assertEqual(0, looking.wait())
        # What came meanwhile is no part of the balance that was told at the top.
        self.assertEqual(2 + count + 1, len(shown))  # two lines of the account below the first, and the ledger

    def test_two_who_set_different_things_at_once_both_do(self):
        account, _ = self.server.open_account("both@example.com")
        for i in range(5):
            settings = (("--phone", f"+49 30 {i}"), ("--feature", f"realtime={'on' if i % 2 else 'off'}"))
            both = [
                subprocess.Popen([binary(), "account", "set", str(account), *more, "--data", str(self.server.data)],
                                 stdout=subprocess.DEVNULL)
                for more in settings
            ]  # fmt: skip
            self.assertEqual([0, 0], [process.wait() for process in both])
            statement = statement_of(self.server, account)
            self.assertEqual(f"+49 30 {i}", statement["phone"])
            self.assertEqual("" if i % 2 else "realtime", statement["features_off"])

    def test_charge_refuses_what_is_no_amount(self):
        account, _ = self.server.open_account("amount@example.com")
        for units in ("0", "x", "1.25", "1e9", ""):
            refused = run("account", "charge", account, "--units", units, "--data", self.server.data)
            self.assertEqual(1, refused.returncode, units)
            self.assertEqual("", refused.stdout)
        self.assertEqual([], self.lines(account))

    def test_two_who_spend_the_last_units_do_not_overdraw(self):
        _, key = self.server.open_account("race@example.com", "--plan", "three")

        def spend(worker):
            client = self.client(TRACKINGMORE_V2, key)
            return [client.create(f"RACE{worker}N{i}", QUIET).code for i in range(5)]

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            codes = [code for done in pool.map(spend, range(8)) for code in done]
        self.assertEqual((3, 37), (codes.count(200), codes.count(4019)))
        statement = statement_of(self.server, "race@example.com")
        self.assertEqual(0, statement["balance"])
        expect_explained(self, statement)


class KilledServer(unittest.TestCase):
    ROUNDS = 3

    def test_the_ledger_explains_what_was_added(self):
        directory = TemporaryDirectory(self.addCleanup).path
        server = Server(directory / "data", PLANS)
        told = set()
        account, key = None, None
        for turn in range(self.ROUNDS):
            with running(server):
                if key is None:
                    account, key = server.open_account("killed@example.com", "--plan", "large")
                self.work_until_killed(server, key, turn, told)
            statement = statement_of(server, account)
            expect_explained(self, statement)
            paid = [line["tracking_number"] for line in statement["ledger"] if line["what"] == "create"]
            self.assertEqual(len(set(paid)), len(paid), "nothing is paid twice")
            self.assertLessEqual(told, set(paid), "what was acknowledged is paid")
        with running(server):
            client = Client(TRACKINGMORE_V2, server.port, key)
            self.addCleanup(client.close)
            self.assertEqual(str(len(paid)), client.list_page(limit=1).data["total"], "what is paid is there")
            self.assertEqual(0, server.stop())
        self.assertEqual("", server.sanitizer_report())

    def work_until_killed(self, server, key, turn, told):
        def work(worker):
            client = Client(TRACKINGMORE_V2, server.port, key, timeout=30)
            try:
                for i in range(100_000):
                    number = f"KILL{turn}W{worker}N{i}"
                    if client.create(number, QUIET).code == 200:
                        told.add(number)
            except (OSError, http.client.HTTPException):
                pass  # killed
            finally:
                client.close()

        workers = [threading.Thread(target=work, args=(worker,)) for worker in range(8)]
        before = len(told)
        for worker in workers:
            worker.start()
        self.assertTrue(wait_until(lambda: len(told) > before + 100, 60))
        time.sleep(0.1 * turn)
        server.kill()
        for worker in workers:
            worker.join()


if __name__ == "__main__":
    unittest.main()
