"""HTTP as bytes, for what http.client is too well-mannered to send."""

import dataclasses
import json
import re
import socket
import ssl

ENVELOPE = re.compile(rb'\{"meta":\{"code":(\d+),"type":"[^"]*","message":"[^"]*"\},"data":')
V4_ENVELOPE = re.compile(rb'\{"meta":\{"code":(\d+),"message":"[^"]*"\},"data":')


@dataclasses.dataclass
class Answer:
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes
    version: str = "HTTP/1.1"

    @property
    def document(self):
        return json.loads(self.body)

    @property
    def code(self) -> int:
        return self.document["meta"]["code"]

    @property
    def data(self):
        return self.document["data"]


def fault_in(answer: Answer) -> str:
    """What about an answer of a dialect is not as every client needs it; empty when all is well."""
    if not ENVELOPE.match(answer.body):
        return f"the envelope is not as clients parse it: {answer.body[:200]!r}"
    if b"\n" in answer.body:
        return "the answer is not on one line"
    if not answer.headers.get("content-type", "").startswith("application/json"):
        return f"Content-Type is {answer.headers.get('content-type')}"
    if answer.headers.get("content-length") != str(len(answer.body)):
        return f"Content-Length is {answer.headers.get('content-length')}, the body has {len(answer.body)} bytes"
    try:
        document = answer.document
    except ValueError as error:
        return f"no JSON ({error}): {answer.body[:200]!r}"
    code = document["meta"]["code"]
    if code not in (200, 201) and document["data"] != []:
        return f"data of meta {code} is {document['data']!r}"
    if answer.status not in (200, code):
        return f"HTTP {answer.status} with meta {code}"
    return ""


class ConnectionEnded(Exception):
    """The server closed before an answer was whole."""


class RawConnection:
    def __init__(self, port: int, tls: ssl.SSLContext | None = None, timeout: float = 30):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls is not None:
            self._socket = tls.wrap_socket(self._socket, server_hostname="localhost")
        self._unread = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self) -> None:
        self._socket.close()

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def end_sending(self) -> None:
        self._socket.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        """Closes rudely, so that the server sees a reset."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        self._socket.close()

    def _receive(self) -> bool:
        data = self._socket.recv(65536)
        self._unread += data
        return bool(data)

    def read_answer(self, has_body: bool = True) -> Answer:
        """One answer; an interim one (100) counts. Raises ConnectionEnded when there is none."""
        while b"\r\n\r\n" not in self._unread:
            if not self._receive():
                raise ConnectionEnded(self._unread)
        head, self._unread = self._unread.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        version, status, *_ = lines[0].split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        size = int(headers.get("content-length", 0)) if has_body and int(status) >= 200 else 0
        while len(self._unread) < size:
            if not self._receive():
                raise ConnectionEnded(self._unread)
        body, self._unread = self._unread[:size], self._unread[size:]
        return Answer(int(status), headers, body, version)

    def read_to_end(self) -> bytes:
        """All bytes until the server closes; raises TimeoutError when it does not."""
        while self._receive():
            pass
        rest, self._unread = self._unread, b""
        return rest

    def is_closed_within(self, seconds: float) -> bool:
        """Whether the server closes, saying nothing further."""
        self._socket.settimeout(seconds)
        try:
            return not self._unread and self._socket.recv(1) == b""
        except TimeoutError:
            return False
        except ConnectionError:
            return True


def exchange(port: int, request: bytes) -> Answer:
    """Sends `request` on a connection of its own and returns the answer."""
    with RawConnection(port) as connection:
        connection.send(request)
        return connection.read_answer()
