"""HTTPS: what it speaks, and that its certificate can be replaced under way."""

import concurrent.futures
import http.client
import pathlib
import signal
import socket
import ssl
import subprocess
import threading
import time
import unittest

from raw_http import RawConnection, fault_in
from server_process import ServerTestCase, TemporaryDirectory, run, wait_until


def make_certificate(directory: pathlib.Path, name: str) -> tuple[str, str]:
    """Files of a self-signed certificate for localhost and of its key."""
    certificate, key = directory / f"{name}.pem", directory / f"{name}.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out",
         certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    return str(certificate), str(key)


class HttpsTestCase(ServerTestCase):
    @classmethod
    def certificate(cls):
        files = TemporaryDirectory(cls.addClassCleanup).path
        cls.certificate_file, cls.key_file = make_certificate(files, "first")
        cls.files = files
        return cls.certificate_file, cls.key_file

    def context(self, trusted=None) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=trusted or self.certificate_file)

    def connect(self, context=None) -> RawConnection:
        return RawConnection(self.server.tls_port, context or self.context())


class Https(HttpsTestCase):
    def test_both_ports_are_told(self):
        self.assertRegex(self.server.greeting, r"^listening on http://127\.0\.0\.1:\d+ and https://127\.0\.0\.1:\d+\n$")

    def test_a_call_over_a_verified_connection(self):
        connection = http.client.HTTPSConnection("localhost", self.server.tls_port, context=self.context(), timeout=30)
        self.addCleanup(connection.close)
        key = self.new_key()
        body = b'{"tracking_number":"SBXTRANSITTLS","carrier_code":"sandbox"}'
        for verb, path, sent in (
            ("POST", "/v2/trackings/post", body),
            ("GET", "/v2/trackings/sandbox/SBXTRANSITTLS", None),
            ("DELETE", "/v2/trackings/sandbox/SBXTRANSITTLS", None),
        ):
            connection.request(verb, path, sent, {"Trackingmore-Api-Key": key})
            response = connection.getresponse()
            self.assertEqual(200, response.status)
            self.assertTrue(response.read().startswith(b'{"meta":{"code":200,'))

    def test_a_large_answer_arrives_whole(self):
        key = self.new_key()
        with self.connect() as connection:
            connection.send(f"GET /v2/carriers HTTP/1.1\r\nHost: x\r\nTrackingmore-Api-Key: {key}\r\n\r\n".encode())
            answer = connection.read_answer()
        self.assertEqual("", fault_in(answer))
        self.assertGreater(len(answer.data), 1000)

    def test_bare_line_feeds(self):
        key = self.new_key()
        with self.connect() as connection:
            connection.send(f"GET /v1/trackings/ups/12345 HTTP/1.1\nHost: x\nApi-Key: {key}\n\n".encode())
            self.assertEqual(4031, connection.read_answer().code)

    def test_versions(self):
        for version, spoken in ((ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")):
            context = self.context()
            context.minimum_version = context.maximum_version = version
            connection = http.client.HTTPSConnection("localhost", self.server.tls_port, context=context, timeout=30)
            connection.request("GET", "/healthz")
            self.assertEqual(spoken, connection.sock.version())
            self.assertEqual(200, connection.getresponse().status)
            connection.close()

    def test_older_versions_are_refused(self):
        # The openssl command, because Python's own build may refuse to speak them at all.
        for flag, spoken in (("-tls1", False), ("-tls1_1", False), ("-tls1_2", True)):
            asked = subprocess.run(
                ["openssl", "s_client", "-connect", f"127.0.0.1:{self.server.tls_port}", flag, "-cipher",
                 "DEFAULT@SECLEVEL=0"],
                input="", capture_output=True, text=True, timeout=30,
            )  # fmt: skip
            with self.subTest(flag):
                self.assertIs(spoken, "Cipher is (NONE)" not in asked.stdout, asked.stdout + asked.stderr)

    def test_plain_http_on_the_https_port(self):
        with RawConnection(self.server.tls_port) as connection:
            connection.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            try:
                self.assertNotIn(b"HTTP/1.1 200", connection.read_to_end())
            except ConnectionError:
                pass
        self.test_bare_line_feeds()

    def test_health_over_https_and_http(self):
        for port, context in ((self.server.port, None), (self.server.tls_port, self.context())):
            with RawConnection(port, context) as connection:
                connection.send(b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
                self.assertEqual(200, connection.read_answer().status)


class CertificateReload(HttpsTestCase):
    def presented(self) -> str:
        return ssl.get_server_certificate(("127.0.0.1", self.server.tls_port), timeout=30)

    def replace(self, certificate: bytes, key: bytes) -> None:
        pathlib.Path(self.certificate_file).write_bytes(certificate)
        pathlib.Path(self.key_file).write_bytes(key)
        self.server.signal(signal.SIGHUP)

    def test_new_connections_get_the_new_one_and_old_ones_stay(self):
        request = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        old = self.presented()
        second = [pathlib.Path(file).read_bytes() for file in make_certificate(self.files, "second")]
        with self.connect() as connection:
            connection.send(request)
            self.assertEqual(200, connection.read_answer().status)
            self.replace(*second)
            self.assertTrue(wait_until(lambda: self.presented() != old, 10), "the old one is still presented")
            self.assertEqual(second[0].decode(), self.presented())
            connection.send(request)
            self.assertEqual(200, connection.read_answer().status)
        # What makes no sense leaves the certificate as it was.
        self.replace(b"no certificate", second[1])
        self.assertTrue(wait_until(lambda: "the certificate stays as it was" in self.server.errors(), 10))
        self.assertEqual(second[0].decode(), self.presented())
        self.replace(*second)


class CertificateWatch(HttpsTestCase):
    """Nobody sends a signal: the server sees by itself that its files have changed."""

    def test_under_load_and_by_itself(self):
        stop = threading.Event()
        faults = []

        def call():
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            calls = 0
            while not stop.is_set():
                connection = http.client.HTTPSConnection("localhost", self.server.tls_port, context=context, timeout=30)
                try:
                    for _ in range(3):
                        connection.request("GET", "/healthz")
                        if connection.getresponse().read() != b'{"status":"ok"}':
                            faults.append("another answer")
                        calls += 1
                except OSError as error:
                    faults.append(repr(error))
                finally:
                    connection.close()
            return calls

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            callers = [pool.submit(call) for _ in range(8)]
            try:
                for name in ("third", "fourth"):
                    certificate, key = make_certificate(self.files, name)
                    pathlib.Path(key).replace(self.key_file)  # the files do not fit together for a moment
                    time.sleep(0.5)
                    pathlib.Path(certificate).replace(self.certificate_file)
                    expected = pathlib.Path(self.certificate_file).read_text()
                    presented = wait_until(
                        lambda: ssl.get_server_certificate(("127.0.0.1", self.server.tls_port)) == expected, 20, 0.2
                    )
                    self.assertTrue(presented, f"{name} is not presented")
            finally:
                stop.set()
            self.assertGreater(min(caller.result() for caller in callers), 3)
        self.assertEqual([], faults)


class Stopping(HttpsTestCase):
    def test_both_ports_close_at_once(self):
        with RawConnection(self.server.port) as busy:
            busy.send(b"POST /v2/trackings/post HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{")
            time.sleep(0.2)
            self.server.signal(signal.SIGTERM)

            def is_closed() -> bool:
                try:
                    socket.create_connection(("127.0.0.1", self.server.tls_port), 5).close()
                    return False
                except ConnectionError:
                    return True

            self.assertTrue(wait_until(is_closed, 5))
            busy.send(b"}")
            self.assertEqual(4001, busy.read_answer().code)
        self.assertEqual(0, self.server.wait())
        self.server.start()  # the class ends it once more


class CertificatesAtStart(unittest.TestCase):
    def test_files_that_are_missing_or_do_not_fit(self):
        directory = TemporaryDirectory(self.addCleanup).path
        certificate, key = make_certificate(directory, "one")
        _, other_key = make_certificate(directory, "other")
        base = ("serve", "--listen", "127.0.0.1:0", "--data", directory / "data", "--tls-listen", "127.0.0.1:0")
        for more in (
            ("--tls-cert", directory / "missing", "--tls-key", key),
            ("--tls-cert", certificate, "--tls-key", directory / "missing"),
            ("--tls-cert", certificate, "--tls-key", other_key),
            ("--tls-cert", key, "--tls-key", certificate),
            ("--tls-cert", certificate),
            (),
        ):
            with self.subTest(more):
                refused = run(*base, *more)
                self.assertEqual(1, refused.returncode, refused.stdout)
                self.assertTrue(refused.stderr.strip())
                self.assertEqual("", refused.stdout)


if __name__ == "__main__":
    unittest.main()
