"""Credentials that `carrier setup` keeps: tried first, never shown, taken over by a running server, removed again."""

import http.server
import json
import os
import pathlib
import pty
import re
import subprocess
import threading
import unittest

from carriers_test import SampleServer
from dialect_client import TRACKINGMORE_V2, Client
from server_process import WITHOUT_LIMITS, Server, TemporaryDirectory, binary, running, wait_until

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
SECRET = "s3cret-of-this-test"
NUMBER = "7700112233"  # which the samples know as delivered


class Carrier(http.server.BaseHTTPRequestHandler):
    """A carrier that knows one API key and no parcel."""

    def do_GET(self):
        known = self.headers.get("DHL-API-Key") == SECRET
        body = json.dumps({"title": "x", "status": 404 if known else 401}).encode()
        self.send_response(404 if known else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class CarrierSetup(unittest.TestCase):
    def setUp(self):
        self.directory = TemporaryDirectory(self.addCleanup).path
        self.data = self.directory / "data"

    def config(self, base_url):
        file = self.directory / "setup.toml"
        file.write_text(f'[carriers.dhl]\nbase_url = "{base_url}"\nper_second = 1000\nper_day = 1000000\n')
        return file

    def strict_carrier(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Carrier)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_address[1]}"

    def run_setup(self, *arguments, secret=SECRET, status=DONE, text_input=None, **environment):
        done = subprocess.run(
            [binary(), "carrier", "setup", "dhl", "--data", str(self.data), *map(str, arguments)],
            input=text_input if text_input is not None else "",
            capture_output=True, text=True, timeout=60,
            env={**os.environ, "DHL_KEY": secret, **environment},
        )  # fmt: skip
        self.assertEqual(status, done.returncode, done.stdout + done.stderr)
        self.assertNotIn(SECRET, done.stdout + done.stderr)
        return done

    def show(self, *arguments, **environment):
        done = subprocess.run(
            [binary(), "carrier", "show", "dhl", "--data", str(self.data), "--json", *map(str, arguments)],
            capture_output=True, text=True, timeout=60, env={**os.environ, **environment},
        )  # fmt: skip
        self.assertEqual(DONE, done.returncode, done.stderr)
        self.assertNotIn(SECRET, done.stdout)
        return json.loads(done.stdout)

    def test_a_good_key_is_kept_and_a_running_server_uses_it(self):
        samples = SampleServer(self.addCleanup)
        config = self.config(samples.base + "/dhl-unified-json")
        server = Server(self.data, WITHOUT_LIMITS + config.read_text())
        with running(server):
            client = Client(TRACKINGMORE_V2, server.port, server.open_account("a@b.co")[1])
            self.addCleanup(client.close)
            client.create(NUMBER, "dhl")
            status = lambda: client.call("GET", f"/trackings/dhl/{NUMBER}").document["data"]["status"]  # noqa: E731
            self.assertEqual("pending", status())
            self.run_setup("--set", "api_key=env:DHL_KEY", "--config", config)
            self.assertEqual("delivered", wait_until(lambda: status() != "pending" and status(), 20))
            self.run_setup("--remove")
            forgotten = lambda: "used for 0 sections" in server.errors()  # noqa: E731
            self.assertTrue(wait_until(forgotten, 20), server.errors())
            self.assertEqual(DONE, server.stop())
        self.assertNotIn(SECRET, server.errors())

    def test_what_is_kept_is_there_after_a_restart_and_shows_no_secret(self):
        config = self.config(self.strict_carrier())
        done = self.run_setup("--set", "api_key=env:DHL_KEY", "--config", config, "--json")
        self.assertEqual({"section": "dhl", "stored": True, "tried": True}, {
            name: value for name, value in json.loads(done.stdout).items() if name != "outcome"
        })  # fmt: skip
        for file in self.data.iterdir():
            self.assertNotIn(SECRET.encode(), file.read_bytes())
            self.assertEqual(0o600, file.stat().st_mode & 0o777, file)
        shown = self.show()
        self.assertEqual("", shown["missing"])
        (source,) = shown["credential_sources"]
        self.assertEqual(("dhl", "api_key"), (source["section"], source["name"]))
        self.assertIn("carrier setup", source["source"])

    def test_the_configuration_wins(self):
        config = self.config(self.strict_carrier())
        self.run_setup("--set", "api_key=env:DHL_KEY", "--config", config)
        config.write_text(config.read_text() + 'credentials = { api_key = "env:OWN_KEY" }\n')
        (source,) = self.show("--config", config, OWN_KEY="other")["credential_sources"]
        self.assertEqual("env:OWN_KEY in the configuration", source["source"])
        refused = self.run_setup("--set", "api_key=env:DHL_KEY", "--config", config, status=REFUSED, OWN_KEY="other")
        self.assertIn("wins", refused.stderr)

    def test_a_wrong_key_is_told_and_nothing_is_kept(self):
        config = self.config(self.strict_carrier())
        done = self.run_setup("--set", "api_key=env:DHL_KEY", "--config", config, secret="wrong", status=REFUSED)
        self.assertIn("refuses our credentials", done.stderr)
        self.assertIn("nothing is stored", done.stderr)
        self.assertFalse(self.data.exists())

    def test_a_carrier_that_cannot_be_reached_leaves_nothing_unless_told_so(self):
        config = self.config("http://127.0.0.1:1")
        arguments = ("--set", "api_key=env:DHL_KEY", "--config", config)
        self.assertIn("--no-test", self.run_setup(*arguments, status=REFUSED).stderr)
        self.assertFalse(self.data.exists())
        self.run_setup(*arguments, "--no-test")
        self.assertEqual("", self.show()["missing"])

    def test_values_come_from_files_and_standard_input_but_never_from_arguments(self):
        config = self.config(self.strict_carrier())
        file = self.directory / "key"
        file.write_text(SECRET + "\n")
        self.run_setup("--set", f"api_key=file:{file}", "--config", config)
        self.run_setup("--set", "api_key=-", "--config", config, text_input=SECRET + "\n")
        for wrong in ("api_key=plain", "api_key", "nothing=env:DHL_KEY"):
            self.run_setup("--set", wrong, "--config", config, status=WRONG_USAGE)
        for empty in ("env:NO_SUCH_VARIABLE", "file:/nonexistent", "-"):
            self.run_setup("--set", f"api_key={empty}", "--config", config, status=REFUSED)
        self.assertIn("--set api_key=", self.run_setup("--config", config, status=REFUSED).stderr)

    def test_a_person_is_asked_without_echo(self):
        config = self.config(self.strict_carrier())
        terminal, inner = pty.openpty()
        process = subprocess.Popen(
            [binary(), "carrier", "setup", "dhl", "--data", str(self.data), "--config", str(config)],
            stdin=inner, stdout=inner, stderr=inner,
        )  # fmt: skip
        os.close(inner)
        shown = b""
        while b"api_key (" not in shown or not shown.rstrip().endswith(b":"):
            shown += os.read(terminal, 4096)
        # The prompt may stand there a moment before the terminal is silent.
        wait_until(lambda: not self.echoes(terminal), 10)
        os.write(terminal, SECRET.encode() + b"\n")
        self.assertEqual(DONE, process.wait(60))
        try:
            while more := os.read(terminal, 4096):
                shown += more
        except OSError:
            pass
        os.close(terminal)
        self.assertNotIn(SECRET.encode(), shown)
        self.assertIn(b"stored", shown)

    @staticmethod
    def echoes(terminal):
        import termios

        return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)

    def test_removing(self):
        config = self.config(self.strict_carrier())
        self.run_setup("--set", "api_key=env:DHL_KEY", "--config", config)
        self.run_setup("--remove")
        self.assertEqual([], self.show()["credential_sources"])
        self.assertRegex(self.show()["missing"], re.escape("parcelwake carrier setup dhl"))
        self.run_setup("--remove", status=REFUSED)

    def test_a_key_of_the_environment(self):
        config = self.config(self.strict_carrier())
        key = {"PARCELWAKE_SECRET_KEY": "0123456789abcdef" * 4}
        self.run_setup("--set", "api_key=env:DHL_KEY", "--config", config, **key)
        self.assertEqual(["credentials"], [file.name for file in pathlib.Path(self.data).iterdir()])
        self.assertEqual("", self.show(**key)["missing"])
        other = {"PARCELWAKE_SECRET_KEY": "f" * 64}
        refused = self.run_setup("--set", "api_key=env:DHL_KEY", "--config", config, status=REFUSED, **other)
        self.assertIn("PARCELWAKE_SECRET_KEY", refused.stderr)


if __name__ == "__main__":
    unittest.main()
