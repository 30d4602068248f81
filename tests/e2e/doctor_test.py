"""`parcelwake doctor`: a sound installation passes, and each fault is found and told with what to do about it."""

import json
import os
import socket
import sqlite3
import subprocess
import unittest

from carriers_test import SampleServer
from server_process import WITHOUT_LIMITS, Server, TemporaryDirectory, run, running
from tls_test import make_certificate

DONE, REFUSED = 0, 1


class Doctor(unittest.TestCase):
    def setUp(self):
        self.directory = TemporaryDirectory(self.addCleanup).path
        self.data = self.directory / "data"
        made = run("account", "create", "--email", "a@b.co", "--data", self.data)
        self.assertEqual(DONE, made.returncode, made.stderr)
        self.config = self.directory / "parcelwake.toml"
        self.configure("")

    def configure(self, more, listen="127.0.0.1:0"):
        self.config.write_text(f'[server]\nlisten = "{listen}"\n' + more)
        self.config.chmod(0o600)

    def examine(self, *arguments, data=None):
        done = run("doctor", "--data", data or self.data, "--config", self.config, "--json", *arguments)
        report = json.loads(done.stdout)
        self.assertEqual(DONE if report["ok"] else REFUSED, done.returncode, done.stderr)
        self.assertEqual(report["ok"], all(one["grade"] != "problem" for one in report["findings"]))
        return report

    def found(self, subject, *arguments, **more):
        return [one for one in self.examine(*arguments, **more)["findings"] if one["subject"].startswith(subject)]

    def assert_grade(self, grade, subject, *arguments, text="", **more):
        found = self.found(subject, *arguments, **more)
        self.assertIn(grade, [one["grade"] for one in found], found)
        for one in found:
            if one["grade"] == grade:
                self.assertTrue(grade == "ok" or one["advice"], one)
        self.assertIn(text, " ".join(one["text"] for one in found))

    def test_a_sound_installation_has_no_problem(self):
        self.assertTrue(self.examine()["ok"])
        for subject in ("configuration", "data directory", "database", "time zones", "listen", "carrier dhl"):
            self.assert_grade("ok", subject)
        text = run("doctor", "--data", self.data, "--config", self.config)
        self.assertEqual(DONE, text.returncode, text.stdout)
        self.assertIn("ok       database: sound", text.stdout)

    def test_it_changes_nothing(self):
        before = sorted((file.name, file.stat().st_size) for file in self.data.iterdir())
        self.examine()
        self.assertEqual(before, sorted((file.name, file.stat().st_size) for file in self.data.iterdir()))
        missing = self.directory / "missing"
        self.assert_grade("warning", "data directory", data=missing)
        self.assertFalse(missing.exists())

    def test_beside_a_running_server(self):
        server = Server(self.data, WITHOUT_LIMITS)
        with running(server):
            self.configure("", f"127.0.0.1:{server.port}")
            self.assert_grade("ok", "data directory", text="served at present")
            self.assert_grade("ok", "listen", text="in use while a server runs")
            self.assertEqual(DONE, server.stop())
        self.assert_grade("ok", "data directory", text="not served at present")

    def test_an_address_that_another_program_holds(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.configure("", f"127.0.0.1:{taken.getsockname()[1]}")
            self.assert_grade("problem", "listen", text="in use")

    def test_files_that_others_can_read_or_own(self):
        database = self.data / "parcelwake.db"
        database.chmod(0o644)
        self.assert_grade("warning", "data directory", text="mode 644")
        database.chmod(0o600)
        self.data.chmod(0o755)
        self.assert_grade("warning", "data directory", text="mode 755")
        if os.geteuid() == 0:
            os.chown(database, 12345, 12345)
            self.assert_grade("problem", "data directory", text="12345")

    def test_a_data_directory_that_is_a_file(self):
        self.assert_grade("problem", "data directory", data=self.config)

    def test_a_database_of_another_version(self):
        with sqlite3.connect(self.data / "parcelwake.db") as database:
            (version,) = database.execute("PRAGMA user_version").fetchone()
            for other, grade in ((999, "problem"), (version - 1, "warning")):
                database.execute(f"PRAGMA user_version = {other}")
                database.commit()
                self.assert_grade(grade, "database", text=str(other))
        database.close()

    def test_a_damaged_database(self):
        file = self.data / "parcelwake.db"
        with sqlite3.connect(file) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        whole = bytearray(file.read_bytes())
        whole[4096:4160] = b"\xff" * 64
        file.write_bytes(whole)
        self.assert_grade("problem", "database")
        file.write_bytes(b"no database" * 1000)
        self.assert_grade("problem", "database")

    def test_a_configuration_with_mistakes(self):
        self.configure("[carriers.dhl]\nno_such_key = 1\nbase_url = 5\n")
        found = self.found("configuration")
        self.assertEqual(["problem"] * 2, [one["grade"] for one in found], found)
        self.assertIn("parcelwake.toml:4", " ".join(one["text"] for one in found))

    def test_secrets_in_a_file_that_everybody_can_read(self):
        self.configure('[carriers.dhl]\ncredentials = { api_key = "written-here" }\n')
        self.assert_grade("ok", "configuration")
        self.config.chmod(0o644)
        self.assert_grade("warning", "configuration")
        self.assertNotIn("written-here", json.dumps(self.examine()))

    def test_carriers_and_what_they_lack(self):
        self.assert_grade("warning", "carriers", text="only the sandbox")
        (fedex,) = self.found("carrier fedex")
        self.assertIn("https://developer.fedex.com", fedex["advice"])
        self.assertIn("carrier setup fedex", fedex["advice"])
        self.configure('[carriers.ups]\ncredentials = { client_id = "x" }\n[carriers.nobody]\n')
        self.assert_grade("warning", "carrier ups", text="in part")
        self.assert_grade("warning", "carrier nobody")
        self.configure('[carriers.dhl]\ncredentials = { api_key = "x" }\n')
        self.assert_grade("ok", "carrier dhl", text="can be asked")
        self.assertEqual([], self.found("carriers"))

    def test_stored_credentials_that_cannot_be_opened(self):
        (self.data / "credentials").write_bytes(b"damaged")
        (self.data / "credentials").chmod(0o600)
        self.assert_grade("problem", "credentials")

    def test_the_network_only_when_asked_to(self):
        samples = SampleServer(self.addCleanup)
        credentials = 'credentials = { api_key = "x" }\n'
        self.configure(f'[carriers.dhl]\nbase_url = "{samples.base}/dhl-unified-json"\n{credentials}')
        self.assertEqual([], self.found("network"))
        self.assert_grade("ok", "network dhl", "--network", text=samples.base)
        self.configure(f'[carriers.dhl]\nbase_url = "http://127.0.0.1:1"\n{credentials}')
        self.assert_grade("problem", "network dhl", "--network", text="no connection")

    def test_certificates(self):
        first = make_certificate(self.directory, "first")
        second = make_certificate(self.directory, "second")
        self.tls(*first)
        self.assert_grade("warning", "tls", text="localhost, 127.0.0.1")  # it ends within days
        self.tls(first[0], second[1])
        self.assert_grade("problem", "tls")
        self.tls(first[0], self.directory / "missing.key")
        self.assert_grade("problem", "tls")
        long_lived, expired = self.directory / "long.pem", self.directory / "expired.pem"
        made = ["openssl", "x509", "-in", first[0], "-signkey", first[1]]
        for days, file in (("300", long_lived), ("-1", expired)):
            subprocess.run([*made, "-days", days, "-out", file], check=True, capture_output=True)
        self.tls(long_lived, first[1])
        self.assert_grade("ok", "tls", text="for localhost")
        self.tls(expired, first[1])
        self.assert_grade("problem", "tls", text="expired")

    def tls(self, certificate, key):
        self.configure(f'tls_listen = "127.0.0.1:0"\ntls_cert = "{certificate}"\ntls_key = "{key}"\n')


if __name__ == "__main__":
    unittest.main()
