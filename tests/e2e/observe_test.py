"""What a server lets its operator see: metrics, the request log, and neither too much of it nor what is confidential."""

import http.client
import json
import pathlib
import re
import resource
import unittest

from dialect_client import TRACKINGMORE_V2, TRACKRU_V1, Client
from server_process import WITHOUT_LIMITS, Server, ServerTestCase, TemporaryDirectory, running

BOARD = pathlib.Path(__file__).resolve().parents[2] / "docs" / "grafana" / "parcelwake.json"
SAMPLE = re.compile(r"^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$")
LABEL = re.compile(r'([a-zA-Z_]+)="((?:[^"\\]|\\.)*)"')


def ask(port: int, target: str, headers: dict[str, str] | None = None, verb: str = "GET"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(verb, target, headers=headers or {})
        response = connection.getresponse()
        return response, response.read().decode()
    finally:
        connection.close()


class Metrics:
    """One scrape, parsed."""

    def __init__(self, text: str):
        self.samples = []
        for line in text.splitlines():
            if line.startswith("#"):
                continue
            name, labels, value = SAMPLE.match(line).groups()
            self.samples.append((name, dict(LABEL.findall(labels or "")), float(value)))

    @property
    def names(self) -> set[str]:
        return {name for name, _, _ in self.samples}

    def total(self, name: str, **labels) -> float:
        """The sum of all samples of a name that have these labels."""
        return sum(value for n, found, value in self.samples if n == name and labels.items() <= found.items())


def scrape(port: int) -> Metrics:
    response, text = ask(port, "/metrics")
    assert response.status == 200, text
    assert response.getheader("Content-Type").startswith("text/plain; version=0.0.4"), response.getheader("Content-Type")
    return Metrics(text)


class MetricsPage(ServerTestCase):
    def test_requests_are_counted_by_what_became_of_them(self):
        client = Client(TRACKINGMORE_V2, self.server.port, self.new_key())
        self.addCleanup(client.close)
        of_one = {"dialect": "trackingmore-v2", "route": "trackings/{carrier}/{number}", "method": "GET"}
        before = scrape(self.server.port)
        self.assertEqual(200, client.create("SBXTRANSITMETRIC1").code)
        self.assertEqual(4016, client.create("SBXTRANSITMETRIC1").code)
        for _ in range(3):
            self.assertEqual(200, client.get("SBXTRANSITMETRIC1").code)
        self.assertEqual(4031, client.get("SBXTRANSITMETRIC2").code)
        after = scrape(self.server.port)

        def more(name, **labels):
            return after.total(name, **labels) - before.total(name, **labels)

        requests = "parcelwake_http_requests_total"
        self.assertEqual(3, more(requests, **of_one, status="200", code="200"))
        self.assertEqual(1, more(requests, **of_one, status="200", code="4031"))
        created = {"dialect": "trackingmore-v2", "route": "trackings/post", "method": "POST"}
        self.assertEqual(1, more(requests, **created, code="200"))
        self.assertEqual(1, more(requests, **created, code="4016"))
        self.assertEqual(4, more("parcelwake_http_request_seconds_count", **of_one))
        self.assertGreaterEqual(more("parcelwake_write_pass_requests_sum"), 2)
        self.assertEqual(1, more("parcelwake_store_trackings"))
        self.assertEqual(1, after.total("parcelwake_store_readable"))

    def test_what_clients_make_up_makes_no_series(self):
        def series():
            return len(scrape(self.server.port).samples)

        def make_up(round_):
            for i in range(100):
                ask(self.server.port, f"/v2/{round_}/made/up/{i}", verb=f"VERB{i}")
                ask(self.server.port, f"/{round_}up{i}")
                ask(self.server.port, f"/v2/trackings/carrier{i}/{round_}{i}", {"Trackingmore-Api-Key": f"no {i}"})

        make_up("first")
        before = series()
        make_up("second")
        self.assertLess(series() - before, 5)

    def test_the_board_names_what_there_is(self):
        client = Client(TRACKINGMORE_V2, self.server.port, self.new_key())
        self.addCleanup(client.close)
        client.create("SBXTRANSITBOARD1")
        board = json.loads(BOARD.read_text())
        expressions = [target["expr"] for panel in board["panels"] for target in panel.get("targets", [])]
        self.assertGreater(len(expressions), 10)
        there = scrape(self.server.port)
        labels = {}
        for name, found, _ in there.samples:
            labels.setdefault(name, set()).update(found)
        for expression in expressions:
            named = re.findall(r"\b((?:parcelwake|process)_\w+)", expression)
            self.assertTrue(named, expression)
            for name in named:
                self.assertIn(name, there.names, expression)
            for used in re.findall(r"by \(([^)]*)\)", expression):
                for label in used.replace(" ", "").split(","):
                    self.assertIn(label, set().union(*(labels[name] for name in named)), expression)

    def test_a_client_that_a_proxy_speaks_for_sees_none(self):
        response, text = ask(self.server.port, "/metrics", {"X-Forwarded-For": "192.0.2.7"})
        self.assertEqual(404, response.status, text)
        self.assertEqual(405, ask(self.server.port, "/metrics", verb="POST")[0].status)

    def test_every_answer_has_an_id_of_its_own(self):
        ids = {ask(self.server.port, target)[0].getheader("X-Request-Id") for target in ("/healthz",) * 20 + ("/nowhere",)}
        self.assertEqual(21, len(ids))
        for one in ids:
            self.assertRegex(one, r"^[0-9a-f]{16}$")


class MetricsAccess(unittest.TestCase):
    def serve(self, observe: str) -> Server:
        directory = TemporaryDirectory(self.addCleanup).path
        return Server(directory / "data", WITHOUT_LIMITS + "[observe]\n" + observe)

    def test_a_token(self):
        with running(self.serve('metrics_token = "s3cret token"\n')) as server:
            self.assertEqual(401, ask(server.port, "/metrics")[0].status)
            self.assertEqual(401, ask(server.port, "/metrics", {"Authorization": "Bearer other"})[0].status)
            given = {"Authorization": "Bearer s3cret token", "X-Forwarded-For": "192.0.2.7"}
            self.assertEqual(200, ask(server.port, "/metrics", given)[0].status)
            self.assertEqual(0, server.stop())

    def test_an_address_of_their_own(self):
        with running(self.serve('metrics_listen = "127.0.0.1:0"\n')) as server:
            self.assertEqual(404, ask(server.port, "/metrics")[0].status)
            port = int(re.search(r"at http://127\.0\.0\.1:(\d+)/metrics", server.errors())[1])
            self.assertIn("parcelwake_build_info", scrape(port).names)
            self.assertEqual(404, ask(port, "/v2/carriers")[0].status)
            self.assertEqual(0, server.stop())

    def test_none(self):
        with running(self.serve("metrics = false\n")) as server:
            self.assertEqual(404, ask(server.port, "/metrics")[0].status)
            self.assertEqual(0, server.stop())


class RequestLog(unittest.TestCase):
    def lines(self, which: str) -> tuple[list[dict], dict[str, str], Server]:
        """What is logged of one good and two bad calls, and their ids."""
        directory = TemporaryDirectory(self.addCleanup).path
        config = WITHOUT_LIMITS + f'[observe]\nlog_format = "json"\nrequest_log = "{which}"\n'
        server = Server(directory / "data", config)
        account, key = server.open_account("log@example.com")
        ids = {}
        with running(server):
            client = Client(TRACKINGMORE_V2, server.port, key)
            ids["good"] = client.create("SBXTRANSITLOG01", title="A private title").headers["x-request-id"]
            ids["read"] = client.get("SBXTRANSITLOG01").headers["x-request-id"]
            ids["update"] = client.update("SBXTRANSITLOG01", {"customer_email": "someone@example.net"}).headers["x-request-id"]
            client.close()
            stranger = Client(TRACKRU_V1, server.port, "a key that nobody has")
            ids["refused"] = stranger.get("SBXTRANSITLOG01").headers["x-request-id"]
            ids["no route"] = stranger.call("GET", "/no/such/route/at/all/here").headers["x-request-id"]
            stranger.close()
            self.assertEqual(0, server.stop())
        written = server.errors()
        for secret in (key, "SBXTRANSITLOG01", "A private title", "someone@example.net", "a key that", "such", "log@exam"):
            self.assertNotIn(secret, written)
        lines = [json.loads(line) for line in written.splitlines()]
        return [line for line in lines if line["event"] == "request"], ids, account

    def test_all(self):
        lines, ids, account = self.lines("all")
        by_id = {line["request_id"]: line for line in lines}
        self.assertEqual(5, len(lines))
        self.assertEqual(set(ids.values()), set(by_id))
        good = by_id[ids["good"]]
        self.assertEqual(
            ("trackingmore-v2", "POST", "trackings/post", 200, 200, account),
            tuple(good[name] for name in ("dialect", "method", "route", "status", "code", "account")),
        )
        self.assertGreater(good["duration_ms"], 0)
        self.assertEqual("trackings/{carrier}/{number}", by_id[ids["read"]]["route"])
        self.assertEqual((4001, 0), (by_id[ids["refused"]]["code"], by_id[ids["refused"]]["account"]))
        self.assertEqual("(none)", by_id[ids["no route"]]["route"])

    def test_errors(self):
        lines, ids, _ = self.lines("errors")
        self.assertEqual({ids["refused"], ids["no route"]}, {line["request_id"] for line in lines})

    def test_off(self):
        self.assertEqual([], self.lines("off")[0])


class RepeatedWarnings(unittest.TestCase):
    def test_a_full_disk_does_not_fill_the_log(self):
        directory = TemporaryDirectory(self.addCleanup).path
        server = Server(directory / "data", WITHOUT_LIMITS + "[observe]\n")
        _, key = server.open_account("flood@example.com")
        with running(server):
            client = Client(TRACKINGMORE_V2, server.port, key)
            for i in range(200):
                client.create(f"SBXWALKFLOOD{i}")
            server.limit_file_size(1 << 16)
            refused = sum(client.create(f"SBXWALKMORE{i}").code == 503 for i in range(300))
            server.limit_file_size(resource.RLIM_INFINITY)
            client.close()
            self.assertGreater(refused, 200)
            self.assertEqual(0, server.stop())
        lines = server.errors().splitlines()
        self.assertTrue(any("sqlite" in line for line in lines), "the fault is told")
        self.assertLess(len(lines), 40, lines[:60])


if __name__ == "__main__":
    unittest.main()
