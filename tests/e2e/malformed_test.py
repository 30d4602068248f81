"""Requests that make no sense, from a seed. The server refuses them as HTTP or as a dialect, or closes; nothing else.

malformed_test.py                      the short form
malformed_test.py --requests 10000     the long form; --seed N repeats a run
"""

import argparse
import concurrent.futures
import dataclasses
import functools
import json
import random
import re
import socket
import sys
import threading
import time
import unittest

from dialect_client import DIALECTS, TRACKINGMORE_V2, Client
from raw_http import ENVELOPE, V4_ENVELOPE, RawConnection
from server_process import WITHOUT_LIMITS, ServerTestCase, is_sanitized

# What the HTTP layer and the dialects may say to nonsense. No 5xx but "your version of HTTP is unknown".
ALLOWED_STATUS = {200, 400, 404, 405, 413, 414, 431, 505}

# The head's deadline is short, because every request that is cut off waits for it.
CONFIG = (
    WITHOUT_LIMITS
    + """
[server]
head_deadline_ms = 1500
body_deadline_ms = 1500
idle_timeout_s = 3
max_body = 262144
max_head = 16384
max_target = 8192
"""
)
DEADLINE_S = 1.5
PATIENCE_S = 30  # after which a connection that is neither answered nor closed counts as hanging
WORKERS = 8
GROWTH_ALLOWED = 24 << 20  # bytes of resident memory over a run

# TrackingMore v4, as far as nonsense is concerned.
TRACKINGMORE_V4 = dataclasses.replace(TRACKINGMORE_V2, name="trackingmore-v4", prefix="/v4", key_header="Tracking-Api-Key")
ALL_DIALECTS = (*DIALECTS, TRACKINGMORE_V4)

STATUS_LINE = re.compile(rb"HTTP/1\.[01] (\d{3}) [^\r\n]*\r\n")


@dataclasses.dataclass
class Attempt:
    kind: str
    request: bytes
    ends_sending: bool = True  # whether we say that nothing more comes
    resets: bool = False  # whether we close without waiting


class Generator:
    """Makes the n-th attempt from the seed and n alone."""

    def __init__(self, seed: int, key: str):
        self._seed = seed
        self._key = key
        self._kinds = [
            self.cut_off, self.wrong_types, self.huge, self.deep, self.invalid_utf8, self.wrong_verb,
            self.conflicting_lengths, self.smuggling, self.broken_chunks, self.broken_head, self.broken_target,
            self.noise, self.mutation, self.mutation, self.mutation, self.many_fields,
        ]  # fmt: skip

    def attempt(self, index: int) -> Attempt:
        rng = random.Random(f"{self._seed}:{index}")
        make = self._kinds[index % len(self._kinds)]
        made = make(rng)
        attempt = made if isinstance(made, Attempt) else Attempt(make.__name__, made)
        attempt.kind = make.__name__
        return attempt

    # Valid requests, from which the others are made.

    def head(self, dialect, verb, path, *lines) -> bytes:
        fixed = [f"{verb} {dialect.prefix}{path} HTTP/1.1", f"Host: {dialect.host}",
                 f"{dialect.key_header}: {self._key}", "Connection: close"]  # fmt: skip
        return "\r\n".join([*fixed, *lines, "", ""]).encode()

    def framed(self, dialect, verb, path, body: bytes) -> bytes:
        return self.head(dialect, verb, path, f"Content-Length: {len(body)}") + body

    def valid(self, rng) -> bytes:
        dialect = rng.choice(DIALECTS)
        number = f"SBXTRANSITM{rng.randrange(200):03}"
        row = {"tracking_number": number, "carrier_code": "sandbox", "title": "t"}
        path = f"/trackings/sandbox/{number}"
        verb, target, body = rng.choice([
            ("POST", "/trackings/post", row), ("POST", "/trackings/batch", [row, {**row, "tracking_number": "x"}]),
            ("GET", path, None), ("PUT", path, {"title": "x", "status": 7}), ("DELETE", path, None),
            ("GET", "/trackings/get?limit=2&numbers=" + number, None),
            ("POST", "/trackings/get", {"limit": 2, "status": "transit"}),
            ("POST", "/carriers/detect", {"tracking_number": "1Z999AA10123456784"}),
            ("POST", "/trackings/realtime", row),
        ])  # fmt: skip
        if rng.random() < 0.2 and body is not None:
            text = json.dumps(body).encode()
            return (self.head(dialect, verb, target, "Transfer-Encoding: chunked")
                    + b"%x\r\n%s\r\n0\r\n\r\n" % (len(text), text))  # fmt: skip
        return self.framed(dialect, verb, target, b"" if body is None else json.dumps(body).encode())

    # Ways to go wrong.

    def cut_off(self, rng):
        request = self.valid(rng)
        request = request[: rng.randrange(len(request))]
        return Attempt("", request, ends_sending=rng.random() < 0.8, resets=rng.random() < 0.3)

    def wrong_types(self, rng):
        values = [None, True, -1, 1e308, 10**40, "", " ", "x" * 5000, [], {}, [[]], [None], {"a": {}}, "\u0000",
                  "\ud800"]  # fmt: skip
        keys = ["tracking_number", "carrier_code", "title", "status", "archived", "order_create_time", "lang", "page",
                "limit", "numbers", "created_at_min", "destination_code"]  # fmt: skip
        row = {rng.choice(keys): rng.choice(values) for _ in range(4)}
        body = json.dumps(rng.choice([row, [row], [row, rng.choice(values)], rng.choice(values), {"data": row}]))
        path = rng.choice(["/trackings/post", "/trackings/batch", "/trackings/get", "/trackings/realtime",
                           "/carriers/detect", "/trackings/sandbox/SBXTRANSITM001"])  # fmt: skip
        return self.framed(rng.choice(ALL_DIALECTS), "POST", path, body.encode("utf-8", "surrogatepass"))

    def huge(self, rng):
        dialect = rng.choice(ALL_DIALECTS)
        return rng.choice([
            lambda: self.framed(dialect, "POST", "/trackings/post", b'{"title":"' + b"x" * 300_000 + b'"}'),
            lambda: self.head(dialect, "POST", "/trackings/post", "Content-Length: 99999999999"),
            lambda: self.head(dialect, "POST", "/trackings/post", "Content-Length: " + "9" * 40),
            lambda: self.head(dialect, "GET", "/trackings/get?numbers=" + "1," * rng.choice([2000, 6000, 20000])),
            lambda: self.head(dialect, "GET", "/" + "a/" * rng.choice([100, 3000, 9000])),
            lambda: self.head(dialect, "GET", "/carriers", "X: " + "y" * rng.choice([10_000, 20_000, 1 << 20])),
            lambda: self.framed(dialect, "POST", "/trackings/batch", b"[" + b"{}," * 60_000 + b"{}]"),
            lambda: self.framed(dialect, "POST", "/trackings/get", b'{"numbers":"' + b"a," * 100_000 + b'"}'),
            lambda: self.head(dialect, "POST", "/trackings/post", "Transfer-Encoding: chunked")
            + b"4000\r\n" + b" " * 0x4000 + b"\r\n" + (b"4000\r\n" + b" " * 0x4000 + b"\r\n") * 20,
        ])()  # fmt: skip

    def deep(self, rng):
        depth = rng.choice([10, 1000, 50_000])
        opening, closing = rng.choice([(b"[", b"]"), (b'{"a":', b"}"), (b'[{"tracking_number":', b"}]")])
        whole = rng.random() < 0.7
        body = (opening * depth + b"1" + (closing * depth if whole else b""))[:262_000]
        path = rng.choice(["/trackings/post", "/trackings/batch", "/trackings/get"])
        return self.framed(rng.choice(ALL_DIALECTS), "POST", path, body)

    def invalid_utf8(self, rng):
        bad = rng.choice([b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xe2\x82", b"\x80",
                          b"\xfe\xfe"])  # fmt: skip
        dialect = rng.choice(ALL_DIALECTS)
        key = rng.choice([b"title", b"tracking_number", b"carrier_code", b"\xff"])
        if rng.random() < 0.3:
            return self.head(dialect, "GET", "/trackings/sandbox/").replace(b"/ HTTP", b"/SBX" + bad + b" HTTP")
        fields = b'"tracking_number":"SBXTRANSITU1","carrier_code":"sandbox"'
        return self.framed(dialect, "POST", "/trackings/post", b'{%s,"%s":"%s"}' % (fields, key, bad))

    def wrong_verb(self, rng):
        verb = rng.choice(["PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "Post", "G\x01T", "", "X" * 300, "PRI",
                           "HEAD", "DELETE", "M-SEARCH", "\u00e9"])  # fmt: skip
        path = rng.choice(["/trackings/post", "/carriers", "/trackings/get", "/trackings/sandbox/SBXTRANSITM001", "/*"])
        return self.head(rng.choice(ALL_DIALECTS), verb, path)

    def conflicting_lengths(self, rng):
        lines = rng.choice([
            ["Content-Length: 2", "Content-Length: 3"], ["Content-Length: 2", "Content-Length: 2"],
            ["Content-Length: -1"], ["Content-Length: 2, 2"], ["Content-Length: 0x2"], ["Content-Length: +2"],
            ["Content-Length:"], ["Content-Length: 2 3"], ["Content-Length : 2"], ["Content-Length: 1e1"],
            ["Content-Length: 18446744073709551618"], ["Transfer-Encoding: chunked", "Content-Length: 2"],
            ["Transfer-Encoding: gzip, chunked"], ["Transfer-Encoding: identity"],
            ["Transfer-Encoding: chunked, chunked"],
        ])  # fmt: skip
        return self.head(rng.choice(ALL_DIALECTS), "POST", "/trackings/post", *lines) + b"{}"

    def smuggling(self, rng):
        # If any of these is read as two requests, the second one leaves a tracking that must not be there.
        dialect = rng.choice(ALL_DIALECTS)
        row = b'{"tracking_number":"SMUGGLED1","carrier_code":"sandbox"}'
        inner = self.framed(dialect, "POST", "/trackings/post", row)
        keep = [b"Connection: close\r\n", b""]
        outer = rng.choice([
            lambda: self.head(dialect, "POST", "/carriers/detect", f"Content-Length: {len(inner) + 5}",
                              "Transfer-Encoding: chunked") + b"0\r\n\r\n" + inner,
            lambda: self.head(dialect, "POST", "/carriers/detect", "Transfer-Encoding: chunked",
                              "Content-Length: 5") + b"0\r\n\r\n" + inner,
            lambda: self.head(dialect, "POST", "/carriers/detect", "Transfer-Encoding: xchunked")
            + b"0\r\n\r\n" + inner,
            lambda: self.head(dialect, "POST", "/carriers/detect", "Transfer-Encoding : chunked",
                              f"Content-Length: {len(inner) + 5}") + b"0\r\n\r\n" + inner,
            lambda: self.head(dialect, "POST", "/carriers/detect", "Transfer-Encoding:\x0bchunked",
                              f"Content-Length: {len(inner) + 5}") + b"0\r\n\r\n" + inner,
            lambda: self.head(dialect, "POST", "/carriers/detect", "X: y\r\n Transfer-Encoding: chunked",
                              f"Content-Length: {len(inner) + 5}") + b"0\r\n\r\n" + inner,
            lambda: self.head(dialect, "POST", "/carriers/detect", "Content-Length: 0",
                              f"Content-Length: {len(inner)}") + inner,
            lambda: self.head(dialect, "POST", "/carriers/detect", f"Content-Length: {len(inner)}",
                              "Content-Length: 0") + inner,
            lambda: self.head(dialect, "GET", "/carriers/nothing", f"Content-Length: {len(inner)}") + inner,
            lambda: self.head(dialect, "POST", "/carriers/detect", "Transfer-Encoding: chunked")
            + b"%x;\nx\r\n" % len(inner) + inner + b"\r\n0\r\n\r\n",
            lambda: self.head(dialect, "POST", "/carriers/detect", "Transfer-Encoding: chunked")
            + b"%x\r\n" % len(inner) + inner + b"\r\n0\r\n\r\n",
        ])().replace(*keep, 1)  # fmt: skip
        return outer

    def broken_chunks(self, rng):
        chunks = rng.choice([
            b"x\r\n{}\r\n0\r\n\r\n", b"-2\r\n{}\r\n0\r\n\r\n", b"2\r\n{}0\r\n\r\n", b"ffffffffffffffff\r\n{}\r\n",
            b"11111111111111111\r\n{}", b"2\r\n{", b"2;" + b"e" * 2000 + b"\r\n{}\r\n0\r\n\r\n", b"\r\n\r\n",
            b"0x2\r\n{}\r\n0\r\n\r\n", b"2 \r\n{}\r\n0\r\n\r\n", b"2\n{}\n0\n\n", b"0\r\nX" + b"y" * 70_000,
            b"2\r\n{}\r\n0\r\nContent-Length: 5\r\n\r\n",
        ])  # fmt: skip
        return self.head(rng.choice(ALL_DIALECTS), "POST", "/trackings/post", "Transfer-Encoding: chunked") + chunks

    def broken_head(self, rng):
        line = rng.choice(["no colon", ": empty", "X\x00Y: z", "X: \x00", "X: a\rb", " folded: x", "\tfolded: x",
                           "X Y: z", "Host: two", "X:", "Expect: 200-maybe", "Upgrade: h2c", "\x7f: x",
                           "Cookie: " + "a=b;" * 3000,
                           "Range: bytes=0-1", "Content-Encoding: gzip",
                           "Connection: close, keep-alive, x" * 50])  # fmt: skip
        request = self.head(rng.choice(ALL_DIALECTS), "GET", "/trackings/get?limit=1", line)
        version = rng.choice([b"HTTP/1.1", b"HTTP/2.0", b"HTTP/0.9", b"HTTP/1.7", b"HTTP/11", b"http/1.1", b"",
                              b"FTP/1.1"])  # fmt: skip
        return request.replace(b"HTTP/1.1", version, 1)

    def broken_target(self, rng):
        target = rng.choice(["/%", "/%zz", "/v2/%00", "//", "/../../etc/passwd", "/v2/trackings/a%2f..%2f/b", "*", "?",
                             "/?",
                             "http://", "http://x", "http:///v2/carriers", "/v2/carriers#x", "/v2/carriers?%00=%ff&&==",
                             "\\v2\\carriers", "/v2/carriers?" + "&" * 5000, "/v2/" + "%41" * 2000, "v2/carriers",
                             "/v2/trackings/sandbox/" + "A" * 65, "/v2/trackings/get?page=9999999999999999999999",
                             "/v2/trackings/get?created_at_min=-1e99&limit=-5",
                             "/v2/trackings/get?numbers=" + "%2C" * 500,
                             "/icons/%2e%2e%2fx.svg", "/healthz/x"])  # fmt: skip
        lines = f"Host: x\r\nTrackingmore-Api-Key: {self._key}\r\nConnection: close"
        return f"GET {target} HTTP/1.1\r\n{lines}\r\n\r\n".encode()

    def noise(self, rng):
        if rng.random() < 0.3:
            return b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + rng.randbytes(200)  # a TLS greeting
        if rng.random() < 0.3:
            return b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + rng.randbytes(50)
        return rng.randbytes(rng.choice([1, 10, 1000, 100_000]))

    def mutation(self, rng):
        request = bytearray(self.valid(rng))
        for _ in range(rng.randint(1, 8)):
            at = rng.randrange(len(request))
            what = rng.randrange(5)
            if what == 0:
                request[at] = rng.randrange(256)
            elif what == 1:
                del request[at : at + rng.randint(1, 20)]
            elif what == 2:
                request[at:at] = rng.randbytes(rng.randint(1, 20))
            elif what == 3:
                request[at:at] = request[at : at + rng.randint(1, 100)]
            else:
                request[at] ^= 1 << rng.randrange(8)
            if not request:
                return b"\r\n"
        return bytes(request)

    def many_fields(self, rng):
        fields = [f"X-{i}: {i}" for i in range(rng.choice([100, 1000, 5000]))]
        return self.head(rng.choice(ALL_DIALECTS), "GET", "/trackings/get?limit=1", *fields)


def fault_in_bytes(said: bytes, request: bytes) -> str:
    """What about a server's bytes is none of the permitted answers; empty when all is well."""
    asks_for_heads = b"HEAD " in request.upper()
    while said:
        line = STATUS_LINE.match(said)
        if not line:
            return f"no status line: {said[:120]!r}"
        status = int(line[1])
        head, separator, said = said.partition(b"\r\n\r\n")
        if not separator:
            return f"half a head: {head[:120]!r}"
        if status == 100:
            continue
        if status not in ALLOWED_STATUS:
            return f"HTTP {status}"
        length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
        if not length:
            return f"no Content-Length: {head[:200]!r}"
        if asks_for_heads and (not said or STATUS_LINE.match(said)):
            continue
        body, said = said[: int(length[1])], said[int(length[1]) :]
        if len(body) != int(length[1]):
            return f"the body of HTTP {status} is cut off"
        if not ENVELOPE.match(body) and not V4_ENVELOPE.match(body) and not body.startswith(b'{"status":"ok"}'):
            return f"HTTP {status} without the envelope: {body[:120]!r}"
    return ""


def carry_out(port: int, attempt: Attempt) -> str:
    """Sends one attempt, and tells what was wrong with how the server took it."""
    with RawConnection(port, timeout=PATIENCE_S) as connection:
        try:
            connection.send(attempt.request)
            if attempt.resets:
                connection.reset()
                return ""
            if attempt.ends_sending:
                connection.end_sending()
            return fault_in_bytes(connection.read_to_end(), attempt.request)
        except TimeoutError:
            return f"neither answered nor closed after {PATIENCE_S} s"
        except (ConnectionError, OSError):
            return ""  # closed, which is an answer too


class Malformed(ServerTestCase):
    CONFIG = CONFIG
    requests = 1500
    seed = 20_260_601

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = cls.new_key()

    def still_well(self):
        self.assertTrue(self.server.is_running(), self.server.errors()[-4000:])
        client = Client(TRACKINGMORE_V2, self.server.port, self.key)
        self.assertIn(client.list_page(limit=1).code, (200, 4031))
        client.close()

    def run_attempts(self, first: int, last: int) -> None:
        generator = Generator(self.seed, self.key)

        def one(index):
            attempt = generator.attempt(index)
            fault = carry_out(self.server.port, attempt)
            return f"request {index} of seed {self.seed} ({attempt.kind}): {fault}" if fault else ""

        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            faults = [fault for fault in pool.map(one, range(first, last)) if fault]
        self.assertEqual([], faults[:20])

    def test_nonsense_is_refused_and_costs_no_memory(self):
        warm_up = min(500, self.requests // 3)
        self.run_attempts(0, warm_up)
        self.still_well()
        before = self.server.resident_bytes()
        self.run_attempts(warm_up, self.requests)
        self.still_well()
        grown = self.server.resident_bytes() - before
        if not is_sanitized():
            self.assertLess(grown, GROWTH_ALLOWED, f"{before} bytes before, {grown} more after")
        client = Client(TRACKINGMORE_V2, self.server.port, self.key)
        self.assertEqual(4031, client.get("SMUGGLED1").code, "a request inside another one was carried out")
        client.close()

    def test_a_mebibyte_of_headers(self):
        for line in (b"X-Filler: " + b"y" * 100 + b"\r\n", b"X: " + b"y" * (1 << 20) + b"\r\n"):
            head = b"GET /v2/carriers HTTP/1.1\r\nHost: x\r\n" + line * ((1 << 20) // len(line) + 1) + b"\r\n"
            with RawConnection(self.server.port) as connection:
                try:
                    connection.send(head)
                    self.assertEqual(431, connection.read_answer().status)
                except ConnectionError:
                    pass  # closed while we were still sending
        self.still_well()

    def refusal(self, request: bytes):
        with RawConnection(self.server.port) as connection:
            connection.send(request)
            return connection.read_answer()

    def test_refusals_are_in_the_words_of_the_paths_dialect(self):
        generator = Generator(self.seed, self.key)
        row = b'{"title":"' + b"x" * 300_000 + b'"}'
        for dialect in ALL_DIALECTS:
            head = functools.partial(generator.head, dialect)
            for status, request in (
                (400, head("GET", "/trackings/get", "no colon")),
                (400, head("POST", "/trackings/get", "Content-Length: 1", "Content-Length: 2")),
                (400, head("POST", "/trackings/batch", "Transfer-Encoding: chunked") + b"x\r\n"),
                (413, head("POST", "/trackings/batch", "Content-Length: 99999999")),
                (413, head("POST", "/trackings/batch", "Transfer-Encoding: chunked") + b"%x\r\n%s" % (len(row), row)),
                (414, head("GET", "/trackings/get?page=" + "1" * 9_000)),
                (431, head("GET", "/trackings/get", "X: " + "y" * 17_000)),
                (431, head("GET", "/trackings/get", *["X: y"] * 20_000)),
            ):
                with self.subTest(dialect=dialect.name, status=status, request=request[:60]):
                    answer = self.refusal(request)
                    self.assertEqual((status, status), (answer.status, answer.code))
                    if dialect is TRACKINGMORE_V4:
                        self.assertEqual((["code", "message"], None), (list(answer.document["meta"]), answer.data))
                    else:
                        self.assertEqual((["code", "type", "message"], []), (list(answer.document["meta"]), answer.data))

    def test_refusals_without_a_path_are_in_the_words_of_the_first_dialects(self):
        unreadable = b"GET /v4/trackings/get?page=" + b"1" * 100_000 + b" HTTP/1.1\r\n\r\n"
        unknown_version = b"GET /v4/trackings/get HTTP/2.0\r\n\r\n"
        for status, request in ((414, unreadable), (505, unknown_version)):
            answer = self.refusal(request)
            self.assertEqual((status, status, []), (answer.status, answer.code, answer.data))
            self.assertTrue(ENVELOPE.match(answer.body), answer.body)

    def test_an_endless_chunk_extension(self):
        generator = Generator(self.seed, self.key)
        head = generator.head(TRACKINGMORE_V2, "POST", "/trackings/post", "Transfer-Encoding: chunked")
        fault = carry_out(self.server.port, Attempt("", head + b"2;" + b"e" * 70_000 + b"\r\n{}\r\n0\r\n\r\n"))
        self.assertEqual("", fault)

    def test_a_byte_now_and_then(self):
        """Clients that dribble are closed when the deadline has come, whatever they dribble."""
        key = f"Trackingmore-Api-Key: {self.key}\r\n".encode()
        starts = (
            b"",
            b"GET /v2/carriers HTTP/1.1\r\n",
            b"GET /v2/carriers HTTP/1.1\r\n" + key,
            b"POST /v2/trackings/post HTTP/1.1\r\n" + key + b"Content-Length: 10000\r\n\r\n",
            b"POST /v2/trackings/post HTTP/1.1\r\n" + key + b"Transfer-Encoding: chunked\r\n\r\n",
        )
        ended_after = {}

        def dribble(start: bytes) -> None:
            begun = time.monotonic()
            connection = socket.create_connection(("127.0.0.1", self.server.port), 10)
            with connection:
                try:
                    connection.sendall(start or b"G")
                    while time.monotonic() - begun < PATIENCE_S:
                        time.sleep(0.25)
                        connection.sendall(b"1")
                except OSError:
                    ended_after[start] = time.monotonic() - begun

        threads = [threading.Thread(target=dribble, args=(start,)) for start in starts]
        for thread in threads:
            thread.start()
        time.sleep(DEADLINE_S / 2)
        self.still_well()  # while they dribble
        for thread in threads:
            thread.join()
        for start in starts:
            self.assertIn(start, ended_after, "is kept open")
            self.assertLess(ended_after[start], 4 * DEADLINE_S + 4, start)

    def test_many_silent_connections_do_not_keep_others_out(self):
        silent = [socket.create_connection(("127.0.0.1", self.server.port), 10) for _ in range(200)]
        try:
            self.still_well()
        finally:
            for connection in silent:
                connection.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--requests", type=int, default=Malformed.requests)
    parser.add_argument("--seed", type=int, default=Malformed.seed)
    options, rest = parser.parse_known_args()
    Malformed.requests, Malformed.seed = options.requests, options.seed
    unittest.main(argv=[sys.argv[0], *rest])
