"""The three dialects as a client sees them."""

import dataclasses
import http.client
import json
import urllib.parse

import openapi_schema
from raw_http import Answer, fault_in
from server_process import confide


@dataclasses.dataclass(frozen=True)
class Dialect:
    name: str
    prefix: str
    key_header: str
    host: str
    batch_code: int  # meta.code of a batch
    single_is_array: bool  # data of a single GET
    carrier_required: bool  # on create and realtime
    date_pattern: str  # of an event's Date


TRACKINGMORE_V2 = Dialect(
    "trackingmore-v2", "/v2", "Trackingmore-Api-Key", "api.trackingmore.com", 201, False, True,
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
)  # fmt: skip
TRACKTRY_V1 = Dialect(
    "tracktry-v1", "/v1", "Tracktry-Api-Key", "api.tracktry.com", 200, True, False,
    r"\d{4}-\d\d-\d\d \d\d:\d\d",
)  # fmt: skip
TRACKRU_V1 = Dialect(
    "trackru-v1", "/v1", "Api-Key", "api.trackru.ru", 200, True, True,
    r"\d{4}-\d\d-\d\d \d\d:\d\d",
)  # fmt: skip
DIALECTS = (TRACKINGMORE_V2, TRACKTRY_V1, TRACKRU_V1)


class Client:
    """Calls one dialect over one kept connection. Every answer is checked for the form that all of them share, and
    held against the dialect's OpenAPI document."""

    def __init__(self, dialect: Dialect, port: int, key: str | None, timeout: float = 60, as_documented: bool = True):
        """`as_documented`: whether the server's settings for the dialect are the default, which is what is documented."""
        self.dialect = dialect
        self.key = key
        self._schema = openapi_schema.document(dialect.name) if as_documented else None
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)

    def close(self) -> None:
        self._connection.close()

    def call(self, verb: str, path: str, body=None, headers: dict[str, str] | None = None, **query) -> Answer:
        """`path` follows the dialect's prefix. A body that is no bytes or text goes out as JSON."""
        fields = {"Content-Type": "application/json"}
        if self.key is not None:
            fields[self.dialect.key_header] = self.key
        fields.update(headers or {})
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        target = self.dialect.prefix + path + ("?" + urllib.parse.urlencode(query) if query else "")
        self._connection.request(verb, target, body, fields)
        response = self._connection.getresponse()
        answer = Answer(
            response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
        )
        if verb != "HEAD" and (fault := fault_in(answer)):
            raise AssertionError(f"{verb} {target}: {fault}")
        if self._schema is not None and verb != "HEAD":
            if fault := self._schema.fault_in(verb, path, answer.status, answer.body):
                raise AssertionError(f"{verb} {target} is not as documented: {fault}: {answer.body[:2000]!r}")
        return answer

    def create(self, number: str, carrier: str | None = "sandbox", **fields) -> Answer:
        confide(number, *(text for text in fields.values() if isinstance(text, str)))
        body = {"tracking_number": number, **fields}
        if carrier is not None:
            body["carrier_code"] = carrier
        return self.call("POST", "/trackings/post", body)

    def batch(self, rows: list) -> Answer:
        confide(*(str(row.get("tracking_number")) for row in rows if isinstance(row, dict)))
        return self.call("POST", "/trackings/batch", rows)

    def realtime(self, number: str, carrier: str | None = "sandbox", **fields) -> Answer:
        confide(number)
        body = {"tracking_number": number, **fields}
        if carrier is not None:
            body["carrier_code"] = carrier
        return self.call("POST", "/trackings/realtime", body)

    def get(self, number: str, carrier: str = "sandbox") -> Answer:
        confide(number)
        return self.call("GET", f"/trackings/{carrier}/{number}")

    def update(self, number: str, fields: dict, carrier: str = "sandbox") -> Answer:
        return self.call("PUT", f"/trackings/{carrier}/{number}", fields)

    def delete(self, number: str, carrier: str = "sandbox") -> Answer:
        return self.call("DELETE", f"/trackings/{carrier}/{number}")

    def list_page(self, **query) -> Answer:
        return self.call("GET", "/trackings/get", **query)

    def tracking(self, number: str, carrier: str = "sandbox") -> dict:
        """The tracking object itself, whichever shape the dialect gives it in."""
        data = self.get(number, carrier).data
        if self.dialect.single_is_array:
            (data,) = data
        return data

    def listed_numbers(self, **query) -> list[str]:
        """The numbers of a list in its order; empty where the dialect says that there are none."""
        answer = self.list_page(**query)
        if answer.code == 4031:
            return []
        assert answer.code == 200, answer.body
        return [item["tracking_number"] for item in answer.data["items"]]
