"""The command line's contract: exit codes, what is printed where, and what signals do to a server."""

import json
import pathlib
import re
import resource
import signal
import subprocess
import threading
import time
import unittest
import urllib.error
import urllib.request

from dialect_client import TRACKINGMORE_V2, Client
from raw_http import RawConnection
from server_process import (
    STOP_TIMEOUT_S,
    WITHOUT_LIMITS,
    Server,
    ServerTestCase,
    TemporaryDirectory,
    binary,
    is_sanitized,
    run,
    running,
    wait_until,
)

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


class CommandTestCase(unittest.TestCase):
    def setUp(self):
        self.directory = TemporaryDirectory(self.addCleanup).path
        self.data = self.directory / "data"

    def expect(self, status, *arguments, text_input=None):
        done = run(*arguments, text_input=text_input)
        self.assertEqual(status, done.returncode, f"{arguments}: {done.stdout}{done.stderr}")
        if status == DONE:
            self.assertEqual("", done.stderr, arguments)
        else:
            self.assertTrue(done.stderr.strip(), f"{arguments} says no reason")
            self.assertEqual("", done.stdout, arguments)
        return done

    def json_of(self, *arguments, text_input=None):
        return [json.loads(line) for line in self.expect(DONE, *arguments, text_input=text_input).stdout.splitlines()]


class Usage(CommandTestCase):
    COMMANDS = (
        (), ("serve",), ("account",), ("account", "create"), ("account", "list"), ("account", "show"),
        ("account", "set"), ("account", "charge"), ("key",), ("key", "create"), ("key", "import"), ("key", "list"),
        ("key", "revoke"), ("detect",), ("track",), ("config",), ("config", "check"), ("config", "print"), ("carrier",),
        ("carrier", "list"), ("carrier", "show"), ("carrier", "check"), ("carrier", "parse"), ("carrier", "serve-samples"),
        ("carrier", "setup"), ("doctor",),
        ("remote-areas",), ("remote-areas", "import"), ("remote-areas", "list"),
    )  # fmt: skip

    def test_help_everywhere(self):
        for command in self.COMMANDS:
            for flag in ("--help", "-h"):
                with self.subTest(command=command, flag=flag):
                    self.assertIn("Usage:", self.expect(DONE, *command, flag).stdout)
        self.assertIn("--email", self.expect(DONE, "--help-all").stdout)

    def test_version(self):
        self.assertRegex(self.expect(DONE, "--version").stdout, r"^\d+\.\d+\.\d+")

    def test_wrong_usage(self):
        for arguments in (
            (), ("nonsense",), ("account",), ("account", "create"), ("account", "create", "--nonsense"), ("key",),
            ("key", "create"), ("key", "import", "--account", "1"), ("key", "revoke", "--account", "1"),
            ("key", "create", "--account", "one"), ("detect",), ("serve", "extra"), ("serve", "--listen"), ("config",),
            ("config", "check"), ("track", "sandbox"),
        ):  # fmt: skip
            with self.subTest(arguments):
                self.expect(WRONG_USAGE, *arguments)

    def test_refusals_say_why(self):
        file = self.directory / "file"
        file.write_text("")
        for arguments in (
            ("account", "create", "--email", "nobody", "--data", self.data),
            ("account", "create", "--email", "a@b.co", "--timezone", "Mars", "--data", self.data),
            ("account", "list", "--data", file),
            ("key", "create", "--account", "99", "--data", self.data),
            ("key", "import", "--account", "99", "x", "--data", self.data),
            ("config", "check", self.directory / "missing.toml"),
            ("serve", "--config", self.directory / "missing.toml", "--data", self.data),
            ("serve", "--listen", "nonsense", "--data", self.data),
            ("serve", "--listen", "127.0.0.1:99999", "--data", self.data),
            ("serve", "--listen", "127.0.0.1:0", "--data", file),
            ("track", "no-such-carrier", "12345"),
            ("track", "sandbox", "!"),
        ):
            with self.subTest(arguments):
                self.assertIn("\n", self.expect(REFUSED, *arguments).stderr)


class AccountsAndKeys(CommandTestCase):
    def test_accounts(self):
        (made,) = self.json_of("account", "create", "--email", "a@b.co", "--data", self.data, "--json")
        self.assertIsInstance(made["account_id"], int)
        self.assertRegex(made["api_key"], r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
        self.expect(REFUSED, "account", "create", "--email", "a@b.co", "--data", self.data)
        text = self.expect(
            DONE, "account", "create", "--email", "c@d.co", "--timezone", "+00:00", "--data", self.data
        ).stdout
        self.assertIn("API key", text)
        accounts = self.json_of("account", "list", "--data", self.data, "--json")
        self.assertEqual(["a@b.co", "c@d.co"], [account["email"] for account in accounts])
        self.assertEqual(["+08:00", "+00:00"], [account["timezone"] for account in accounts])

    def test_the_data_directory_is_for_its_owner_only(self):
        self.expect(DONE, "account", "create", "--email", "a@b.co", "--data", self.data)
        self.assertEqual(0o700, self.data.stat().st_mode & 0o777)

    def test_its_files_are_for_their_owner_only_in_any_directory(self):
        self.data.mkdir(mode=0o755)
        server = Server(self.data, WITHOUT_LIMITS)
        with running(server):
            server.open_account("a@b.co")
            self.assertEqual({0}, {file.stat().st_mode & 0o077 for file in self.data.iterdir()})
            self.assertEqual(DONE, server.stop())

    def test_keys(self):
        (account,) = self.json_of("account", "create", "--email", "a@b.co", "--data", self.data, "--json")
        of_account = ("--account", account["account_id"], "--data", self.data)
        (made,) = self.json_of("key", "create", *of_account, "--json")
        (imported,) = self.json_of("key", "import", *of_account, "--json", "a key with spaces, äöü")
        self.assertEqual("a key with spaces, äöü", imported["api_key"])
        self.expect(REFUSED, "key", "import", *of_account, "a key with spaces, äöü")
        self.expect(REFUSED, "key", "import", *of_account, "a\nb")
        self.expect(REFUSED, "key", "import", *of_account, "")
        keys = self.json_of("key", "list", *of_account, "--json")
        self.assertEqual(3, len(keys))
        self.assertEqual([False] * 3, [key["revoked"] for key in keys])
        self.expect(DONE, "key", "revoke", *of_account, made["key_id"])
        self.expect(REFUSED, "key", "revoke", *of_account, 9999)
        self.expect(REFUSED, "key", "revoke", "--account", 9999, "--data", self.data, imported["key_id"])
        revoked = {key["key_id"]: key["revoked"] for key in self.json_of("key", "list", *of_account, "--json")}
        self.assertTrue(revoked[made["key_id"]])
        self.assertFalse(revoked[imported["key_id"]])

    def test_no_list_shows_a_key(self):
        (account,) = self.json_of("account", "create", "--email", "a@b.co", "--data", self.data, "--json")
        listed = self.expect(DONE, "key", "list", "--data", self.data, "--json").stdout
        self.assertNotIn(account["api_key"], listed)
        for file in self.data.iterdir():
            self.assertNotIn(account["api_key"].encode(), file.read_bytes(), file.name)


class Detection(CommandTestCase):
    def test_one_line_a_number(self):
        found = self.json_of("detect", "--json", "1Z999AA10123456784", "nonsense!", "1Z999AA10123456785")
        self.assertEqual(["1Z999AA10123456784", "nonsense!", "1Z999AA10123456785"], [row["number"] for row in found])
        best = found[0]["candidates"][0]
        self.assertEqual({"carrier", "name", "format", "checksum", "score"}, set(best))
        self.assertEqual(("ups", "UPS", True), (best["carrier"], best["name"], best["checksum"]))
        self.assertIsInstance(best["score"], float)
        self.assertEqual([], found[1]["candidates"])
        wrong = [row for row in found[2]["candidates"] if row["carrier"] == "ups"]
        self.assertEqual([False], [row["checksum"] for row in wrong])

    def test_numbers_from_standard_input(self):
        rows = self.json_of("detect", "--json", "-", text_input="1Z999AA10123456784\nRB123456785SG\n")
        self.assertEqual(["ups", "singapore-post"], [row["candidates"][0]["carrier"] for row in rows])

    def test_plain_text(self):
        self.assertIn("ups", self.expect(DONE, "detect", "1Z999AA10123456784").stdout)


class Track(CommandTestCase):
    def test_a_timeline(self):
        lines = self.expect(DONE, "track", "sandbox", "SBXDELIVERED1").stdout.splitlines()
        self.assertEqual("delivered (delivered001)", lines[0])
        self.assertEqual(12, len(lines))

    def test_carriers_that_have_nothing_to_tell(self):
        for number in ("SBXNOTFOUND1", "SBXREFUSED1", "SBXFAULT5001"):
            self.expect(REFUSED, "track", "sandbox", number)


DECLARATION = """
carriers = ["{carrier}"]
[[format]]
name = "{carrier}-json"
version = "1"
[format.credentials]
api_key = "its key"
[format.request]
method = "GET"
base_url = "https://api.example.com"
path = "/track/{{number}}"
[format.auth]
kind = "header"
name = "X-Key"
value = "{{credential.api_key}}"
[format.answer]
kind = "json"
shape = "/json/parcel"
[format.answer.item]
path = "/json/parcel"
number = "number"
[format.answer.event]
path = "events"
order = "newest_first"
time = {{ date = "at", patterns = ["iso"] }}
description = "text"
status = {{ tables = [{{ code = "code", rows = "all" }}] }}
[codes.all]
D = "delivered001"
"""


class Connectors(CommandTestCase):
    def folder_with(self, **declarations):
        folder = self.directory / "connectors"
        for name, text in declarations.items():
            (folder / name).mkdir(parents=True)
            (folder / name / "carrier.toml").write_text(text)
        return folder

    def listed(self, *arguments):
        return {row["connector"]: row for row in self.json_of("carrier", "list", "--json", *arguments)}

    def test_a_list_tells_what_is_missing(self):
        bare = self.listed()
        self.assertIn("[carriers.dhl]", bare["dhl"]["missing"])
        self.assertIn("credentials.api_key", bare["dhl"]["missing"])
        config = self.directory / "config.toml"
        config.write_text('[carriers.dhl]\ncredentials = { api_key = "s3cret-key" }\n')
        configured = self.listed("--config", config)
        self.assertEqual("", configured["dhl"]["missing"])
        self.assertIn("[carriers.ups]", configured["ups"]["missing"])
        shown = self.expect(DONE, "carrier", "show", "dhl", "--config", config).stdout
        self.assertIn("can be asked", shown)
        self.assertNotIn("s3cret-key", shown + json.dumps(configured))

    def test_a_wrong_configuration_is_refused(self):
        config = self.directory / "config.toml"
        config.write_text("[carriers.dhl]\nnonsense = 1\n")
        self.assertIn("config.toml:2:1:", self.expect(REFUSED, "carrier", "list", "--config", config).stderr)

    def test_a_list_reads_the_directory_that_the_configuration_names(self):
        config = self.directory / "config.toml"
        config.write_text(f'[polling]\nconnectors = "{self.folder_with(acme=DECLARATION.format(carrier="acme"))}"\n')
        self.assertIn("[carriers.acme]", self.listed("--config", config)["acme"]["missing"])

    def test_a_broken_declaration_is_told_by_its_place(self):
        broken = DECLARATION.format(carrier="acme").replace('kind = "json"', 'kind = "csv"')
        line = broken.splitlines().index('kind = "csv"') + 1
        file = self.folder_with(acme=broken) / "acme" / "carrier.toml"
        said = self.expect(REFUSED, "carrier", "check", file).stderr
        self.assertRegex(said, rf"^{re.escape(str(file))}:{line}:\d+: .*csv")
        file.write_text("carriers = [\n")
        self.assertRegex(self.expect(REFUSED, "carrier", "check", file).stderr, r"carrier\.toml:\d+:\d+: \S")
        file.write_text("")
        self.assertIn(f"{file}:", self.expect(REFUSED, "carrier", "check", file).stderr)

    def test_a_server_goes_on_without_a_broken_declaration(self):
        good = DECLARATION.format(carrier="acme")
        folder = self.folder_with(acme=good, broken=good.replace("[codes.all]", "[codes.none]"))
        config = f'[polling]\nconnectors = "{folder}"\n[carriers.acme]\ncredentials = {{ api_key = "s3cret-key" }}\n'
        config += "[carriers.acmee]\nper_day = 1\n"
        server = Server(self.data, config + WITHOUT_LIMITS)
        with running(server):
            self.assertEqual(DONE, server.stop())
        self.assertRegex(server.errors(), r"broken/carrier\.toml:\d+:\d+: \S")
        self.assertNotIn("acme/carrier.toml", server.errors())
        self.assertIn("[carriers.acmee] has no effect", server.errors())
        self.assertNotIn("[carriers.acme]", server.errors())
        self.assertNotIn("s3cret-key", server.errors())
        listed = json.loads(run("carrier", "list", "--json", "--config", f"{self.data}.toml").stdout.splitlines()[0])
        self.assertEqual(("acme", ""), (listed["connector"], listed["missing"]))

    def test_an_empty_answer_is_an_answer(self):
        empty = self.directory / "empty.json"
        empty.write_text("")
        (parsed,) = self.json_of("carrier", "parse", "dhl", "--http-status", 500, empty)
        self.assertEqual({"kind": "server"}, parsed["error"])


class ConfigurationFiles(CommandTestCase):
    def check(self, status, text):
        file = self.directory / "config.toml"
        file.write_text(text)
        return self.expect(status, "config", "check", file)

    def test_the_printed_file_is_well(self):
        printed = self.expect(DONE, "config", "print").stdout
        self.check(DONE, printed)
        self.check(DONE, "")

    def test_errors_name_file_and_line(self):
        for text, line in (
            ("[server]\nlisten = 5\n", 2),
            ("[server]\nlisten = \"nonsense\"\n", 2),
            ("\n\n[nonsense]\nx = 1\n", 3),
            ("[server]\n\nnonsense = 1\n", 3),
            ("[limits]\nlist_per_second = -1\n", 2),
            ("[dialects]\nv1_default = \"v7\"\n", 2),
            ("[observe]\nlog_level = \"loud\"\n", 2),
            ("[server\n", 1),
            ("[server]\nmax_body = 1\nmax_body = 2\n", 3),
        ):  # fmt: skip
            with self.subTest(text):
                errors = self.check(REFUSED, text).stderr
                self.assertRegex(errors, re.escape(f"config.toml:{line}:") + r"\d+: \S")

    def test_every_error_is_told_at_once(self):
        errors = self.check(REFUSED, '[server]\nlisten = 5\nthreads = "x"\n[limits]\nfoo = 1\n').stderr
        for line in (2, 3, 5):
            self.assertIn(f"config.toml:{line}:", errors)

    def test_a_server_with_a_wrong_file_does_not_start(self):
        file = self.directory / "config.toml"
        file.write_text("[server]\nnonsense = 1\n")
        refused = self.expect(REFUSED, "serve", "--config", file, "--data", self.data, "--listen", "127.0.0.1:0")
        self.assertIn("config.toml:2:", refused.stderr)


class LiveServer(ServerTestCase):
    """Commands on the data directory of a server that runs."""

    CONFIG = WITHOUT_LIMITS

    def client(self, key):
        client = Client(TRACKINGMORE_V2, self.server.port, key)
        self.addCleanup(client.close)
        return client

    def test_greeting(self):
        self.assertEqual(f"listening on http://127.0.0.1:{self.server.port}\n", self.server.greeting)

    def test_a_new_account_and_its_keys_work_at_once(self):
        account, key = self.server.open_account("live@example.com")
        self.assertEqual(4031, self.client(key).list_page().code)
        of_account = ("--account", account, "--data", self.server.data)
        self.assertEqual(4001, self.client("my own key").list_page().code)
        self.assertEqual(DONE, run("key", "import", *of_account, "my own key").returncode)
        self.assertEqual(4031, self.client("my own key").list_page().code)

    def test_a_revoked_key_stops_within_a_second(self):
        account, key = self.server.open_account("revoked@example.com")
        client = self.client(key)
        self.assertEqual(4031, client.list_page().code)
        of_account = ("--account", account, "--data", self.server.data)
        listed = json.loads(run("key", "list", *of_account, "--json").stdout)
        self.assertEqual(DONE, run("key", "revoke", *of_account, listed["key_id"]).returncode)
        within = 1.0 if not is_sanitized() else 3.0
        self.assertTrue(wait_until(lambda: client.list_page().code == 4002, within))

    def test_a_second_server_on_the_directory_is_refused(self):
        second = run("serve", "--listen", "127.0.0.1:0", "--data", self.server.data)
        self.assertEqual(REFUSED, second.returncode)
        self.assertIn("another parcelwake serves", second.stderr)
        self.assertEqual("", second.stdout)

    def test_a_taken_port_is_refused(self):
        other = self.directory / "other"
        second = run("serve", "--listen", f"127.0.0.1:{self.server.port}", "--data", other)
        self.assertEqual(REFUSED, second.returncode)
        self.assertIn(str(self.server.port), second.stderr)

    def test_health(self):
        for path in ("healthz", "readyz"):
            answer = urllib.request.urlopen(f"http://127.0.0.1:{self.server.port}/{path}", timeout=30)
            self.assertEqual({"status": "ok"}, json.load(answer))
            self.assertEqual("application/json", answer.headers["Content-Type"].split(";")[0])

    def test_a_hang_up_harms_nobody_without_tls(self):
        self.server.signal(signal.SIGHUP)
        time.sleep(0.2)
        self.assertTrue(self.server.is_running())
        self.assertEqual(4001, self.client("wrong").list_page().code)


class Starting(unittest.TestCase):
    def test_it_may_open_as_many_files_as_the_system_permits(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        server = Server(TemporaryDirectory(self.addCleanup).path / "data")
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(256, hard), hard))  # the server inherits it
        with running(server):
            self.assertEqual((hard, hard), resource.prlimit(server.pid, resource.RLIMIT_NOFILE))


class Stopping(unittest.TestCase):
    def setUp(self):
        self.directory = TemporaryDirectory(self.addCleanup).path
        self.server = Server(self.directory / "data", WITHOUT_LIMITS)

    def test_every_way_to_end_it_ends_well(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number), running(self.server):
                self.server.signal(number)
                self.assertEqual(DONE, self.server.wait())
        self.assertEqual("", self.server.sanitizer_report())

    def test_what_is_under_way_is_answered(self):
        with running(self.server):
            client = Client(TRACKINGMORE_V2, self.server.port, self.server.open_account("a@b.co")[1])
            answers = []
            asking = threading.Thread(target=lambda: answers.append(client.realtime("SBXSLOW1")))
            asking.start()
            # The number is registered before its carrier, which takes three seconds, is asked.
            reader = Client(TRACKINGMORE_V2, self.server.port, client.key)
            self.assertTrue(wait_until(lambda: reader.get("SBXSLOW1").code == 200, 20))
            reader.close()
            self.server.signal(signal.SIGTERM)
            asking.join(STOP_TIMEOUT_S)
            self.assertEqual(DONE, self.server.wait())
            self.assertEqual("transit", answers[0].data["items"][0]["status"])
            client.close()
        self.assertEqual("", self.server.sanitizer_report())

    def test_who_has_asked_nothing_yet_does_not_hold_it(self):
        server = Server(self.directory / "data", "[server]\ndrain_grace_s = 60\n")
        with running(server), RawConnection(server.port) as idle, RawConnection(server.port) as half:
            half.send(b"GET /v2/carriers HTTP/1.1\r\nHo")
            time.sleep(0.2)
            server.signal(signal.SIGTERM)
            self.assertEqual(DONE, server.wait(5 if not is_sanitized() else 15))
            self.assertTrue(idle.is_closed_within(1))
            self.assertTrue(half.is_closed_within(1))

    def test_half_a_body_holds_it_for_the_grace_at_most(self):
        server = Server(self.directory / "data", "[server]\ndrain_grace_s = 1\n")
        with running(server), RawConnection(server.port) as half:
            half.send(b"POST /v2/trackings/post HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{")
            time.sleep(0.2)
            server.signal(signal.SIGTERM)
            self.assertEqual(DONE, server.wait(5 if not is_sanitized() else 15))

    def test_nobody_new_is_let_in_while_it_drains(self):
        with running(self.server):
            client = Client(TRACKINGMORE_V2, self.server.port, self.server.open_account("a@b.co")[1])
            asking = threading.Thread(target=lambda: client.realtime("SBXSLOW2"))
            asking.start()
            time.sleep(0.5)
            self.server.signal(signal.SIGTERM)
            time.sleep(0.5)
            with self.assertRaises((ConnectionError, TimeoutError, urllib.error.URLError)):
                urllib.request.urlopen(f"http://127.0.0.1:{self.server.port}/healthz", timeout=5)
            asking.join(STOP_TIMEOUT_S)
            self.assertEqual(DONE, self.server.wait())
            client.close()

    def test_all_is_there_after_a_restart(self):
        with running(self.server):
            key = self.server.open_account("a@b.co")[1]
            client = Client(TRACKINGMORE_V2, self.server.port, key)
            created = client.create("SBXTRANSITSTAYS", title="kept").data
            client.close()
            self.assertEqual(DONE, self.server.stop())
        with running(self.server):
            client = Client(TRACKINGMORE_V2, self.server.port, key)
            read = client.tracking("SBXTRANSITSTAYS")
            self.assertEqual((created["id"], "kept"), (read["id"], read["title"]))
            client.close()
            self.assertEqual(DONE, self.server.stop())

    def test_the_default_data_directory_is_where_it_is_started(self):
        done = subprocess.run([binary(), "account", "create", "--email", "a@b.co"], cwd=self.directory,
                              capture_output=True)  # fmt: skip
        self.assertEqual(DONE, done.returncode)
        self.assertTrue(pathlib.Path(self.directory / "parcelwake-data" / "parcelwake.db").exists())


if __name__ == "__main__":
    unittest.main()
