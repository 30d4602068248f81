"""Receivers of webhooks, and what they verify."""

import base64
import dataclasses
import hashlib
import hmac
import http.server
import json
import re
import threading
import time

from server_process import Server, confide, run, wait_until

# Endpoints of these tests are on this machine; a failed attempt is made again soon.
WEBHOOKS = "[webhooks]\nallow_private = true\nfirst_pause_ms = 100\ntimeout_ms = 2000\n"


@dataclasses.dataclass
class Notice:
    """One attempt as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float
    answered: int = 0

    @property
    def document(self) -> dict:
        return json.loads(self.body)

    @property
    def data(self) -> dict:
        return self.document["data"]

    @property
    def number(self) -> str:
        return self.data["tracking_number"]

    @property
    def status(self) -> str:
        return self.data["delivery_status" if "delivery_status" in self.data else "status"]

    @property
    def sequence(self) -> int:
        return int(self.headers["webhook-id"].rsplit("_", 1)[1])


class Receiver:
    """Listens on a port of its own and keeps every attempt. `answer` is asked for each: a status, or a status and
    headers; it may take its time."""

    def __init__(self, owner, answer=lambda notice: 200):
        self.answer = answer
        self._notices = []
        self._lock = threading.Lock()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                notice = Notice(self.path, headers, body, time.monotonic())
                answer = receiver.answer(notice)
                status, more = answer if isinstance(answer, tuple) else (answer, {})
                notice.answered = status
                with receiver._lock:
                    receiver._notices.append(notice)
                self.send_response(status)
                for name, value in more.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Listener(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # the server under test was killed, or gave up waiting

        self._server = Listener(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        owner(self.close)

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def url(self, path: str = "/hook") -> str:
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def notices(self, number: str | None = None) -> list[Notice]:
        with self._lock:
            return [notice for notice in self._notices if number is None or notice.number == number]

    def wait_for(self, condition, timeout: float = 30) -> list[Notice]:
        """All attempts once `condition` holds of them."""
        if not wait_until(lambda: condition(self.notices()), timeout):
            raise AssertionError(f"not within {timeout} s: {[(n.number, n.status, n.answered) for n in self.notices()]}")
        return self.notices()

    def wait_for_count(self, count: int, timeout: float = 30) -> list[Notice]:
        return self.wait_for(lambda notices: len(notices) >= count, timeout)


def add_endpoint(server: Server, account: int, url: str, dialect: str | None = None, *more) -> tuple[int, str]:
    """Id and secret of a new endpoint."""
    arguments = ["--dialect", dialect] if dialect else []
    made = run("webhook", "add", "--data", server.data, "--account", account, "--url", url, "--json", *arguments, *more)
    if made.returncode != 0:
        raise AssertionError(f"no endpoint: {made.stderr}")
    answer = json.loads(made.stdout)
    confide(url, answer["secret"])
    return answer["endpoint_id"], answer["secret"]


def endpoint(server: Server, endpoint_id: int) -> dict:
    listed = run("webhook", "list", "--data", server.data, "--json")
    assert listed.returncode == 0, listed.stderr
    (found,) = (row for row in map(json.loads, listed.stdout.splitlines()) if row["endpoint_id"] == endpoint_id)
    return found


def is_one_line(body: bytes) -> bool:
    """Whether the pattern by which the vendor's own receiver takes the object out of the body finds all of it."""
    found = re.search(rb"\{.*\}", body)
    return found is not None and found.group() == body


def hmac_hex(key: str, message: str) -> str:
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()


def email_signature_holds(notice: Notice, email: str) -> bool:
    """The signature of v1 and v2, as the vendor's receiver checks it."""
    told = notice.document["verifyInfo"]
    return type(told["timeStr"]) is int and hmac_hex(email, str(told["timeStr"])) == told["signature"]


def secret_signature_holds(notice: Notice, secret: str) -> bool:
    """That of v4, in its headers."""
    return hmac_hex(secret, notice.headers["timestamp"]) == notice.headers["signature"]


def standard_signature_holds(notice: Notice, secret: str) -> bool:
    """That of Standard Webhooks."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{notice.headers['webhook-id']}.{notice.headers['webhook-timestamp']}.".encode() + notice.body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return expected in notice.headers["webhook-signature"].split()
