"""Every route of every v1 and v2 dialect in every situation that asks for a refusal, or for none.

The cases are made from two tables: what a route is (ROUTES) and what the specification says of such a route in each
situation. After every case both accounts' trackings are what they were.
"""

import contextlib
import dataclasses
import sqlite3
import sys
import unittest

from dialect_client import DIALECTS, Client
from server_process import WITHOUT_LIMITS, ServerTestCase, run, wait_until

OWN, FOREIGN, UNKNOWN = "OWN-0001", "FOREIGN-0001", "UNKNOWN-0001"
CARRIER = "china-post"  # has no connector: nothing changes of itself

NOTHING, NULL, WRONG_TYPE, FORM = "nothing", "null", "wrong type", "form"
BODIES = (NOTHING, "empty", NULL, WRONG_TYPE, FORM)


@dataclasses.dataclass(frozen=True)
class Route:
    verb: str
    path: str
    takes: str  # "nothing", "object" or "array"
    without_fields: int = 200  # meta.code when the body has no fields
    addresses: str = ""  # "path", "body" or "rows": where it says which tracking it means
    missing: int = 0  # meta.code, or a row's, when that tracking is not there
    unpaid: int = 4021  # meta.code when the balance is used up
    changes: bool = False  # whether it changes what it addresses even when nothing else is said
    sample: object = None  # a body that it takes


ROW = {"tracking_number": UNKNOWN, "carrier_code": CARRIER}
PLACE = {"country": "JP", "postcode": "7621094"}
LANE = {"carrier_code": "dhl", "original": "CN", "destination": "US"}

ROUTES = (
    Route("GET", "/carriers", "nothing", unpaid=200),
    Route("POST", "/carriers/detect", "object", 4013, sample={"tracking_number": "RB123456785CN"}),
    Route("POST", "/trackings/post", "object", 4015, unpaid=4019, sample={**ROW, "tracking_number": "NEW-0001"}),
    Route("POST", "/trackings/batch", "array", 4012, unpaid=0, sample=[{**ROW, "tracking_number": "NEW-0002"}]),
    Route("GET", "/trackings/get", "nothing"),
    Route("POST", "/trackings/get", "object", 200),
    Route("POST", "/trackings/realtime", "object", 4015, sample={"tracking_number": OWN, "carrier_code": CARRIER}),
    Route("GET", "/trackings/{carrier}/{number}", "nothing", addresses="path", missing=4031),
    Route("PUT", "/trackings/{carrier}/{number}", "object", 200, "path", 4017),
    Route("DELETE", "/trackings/{carrier}/{number}", "nothing", addresses="path", missing=4017, unpaid=200, changes=True),
    Route("POST", "/trackings/updatemore", "array", 4012, "rows", 4017, sample=[ROW]),
    Route("POST", "/trackings/delete", "array", 4012, "rows", 4017, unpaid=200, sample=[ROW]),
    Route("POST", "/trackings/update", "object", 4015, "body", 4017),
    Route("GET", "/trackings/getuserinfo", "nothing", unpaid=200),
    Route("GET", "/trackings/getstatusnumber", "nothing"),
    Route("POST", "/trackings/getstatusnumber", "object", 200),
    Route("POST", "/trackings/notupdate", "array", 4012, "rows", 4017, sample=[ROW]),
    Route("POST", "/trackings/remote", "array", 4012, sample=[PLACE]),
    Route("POST", "/trackings/costtime", "array", 4012, sample=[LANE]),
    Route("POST", "/trackings/aircargo", "object", 4013, sample={"track_number": "172-00000036"}),
)


def body_in(situation: str, route: Route):
    if situation == NOTHING:
        return None
    if situation == "empty":
        return b""
    if situation == NULL:
        return b"null"
    if situation == WRONG_TYPE:
        return b'{"tracking_number":"X"}' if route.takes == "array" else b'[{"tracking_number":"X"}]'
    return b"tracking_number=FORM-0001&carrier_code=china-post&status=4"


def code_for_body(situation: str, route: Route, dialect) -> int:
    if route.takes == "nothing":
        return 200  # clients send all sorts of bodies with GET and DELETE
    if situation in (NULL, WRONG_TYPE):
        return 4012
    if route.without_fields == 4015 and not dialect.carrier_required and route.path != "/trackings/update":
        return 4013  # the carrier may be left out, the number may not
    return route.without_fields


def contents(data) -> list:
    """All that the store holds of trackings, but for when carriers are asked next."""
    with contextlib.closing(sqlite3.connect(f"file:{data / 'parcelwake.db'}?mode=ro", uri=True, timeout=30)) as database:
        return database.execute("SELECT * FROM tracking ORDER BY seq").fetchall()


class Matrix(ServerTestCase):
    CONFIG = WITHOUT_LIMITS

    def client(self, dialect, key) -> Client:
        client = Client(dialect, self.server.port, key)
        self.addCleanup(client.close)
        return client

    def for_each_route(self, check):
        """Calls `check` for every route of every dialect, with a client whose account has OWN; a stranger has FOREIGN.
        Nothing may have changed afterwards."""
        for dialect in DIALECTS:
            client = self.client(dialect, self.new_key())
            self.assertEqual(client.create(OWN, CARRIER).code, 200)
            self.assertEqual(self.client(dialect, self.new_key()).create(FOREIGN, CARRIER).code, 200)
            for route in ROUTES:
                with self.subTest(dialect=dialect.name, route=f"{route.verb} {route.path}"):
                    before = contents(self.server.data)
                    check(dialect, client, route)
                    self.assertEqual(contents(self.server.data), before)

    def call(self, client: Client, route: Route, body, number: str = OWN, **more):
        return client.call(route.verb, route.path.format(carrier=CARRIER, number=number), body, **more)

    def test_bodies(self):
        def check(dialect, client, route):
            for situation in () if route.changes else BODIES:
                answer = self.call(client, route, body_in(situation, route))
                self.assertEqual(answer.code, code_for_body(situation, route, dialect), (situation, answer.body))

        self.for_each_route(check)

    def test_too_many_rows(self):
        def check(_, client, route):
            for rows in (41, 201) if route.takes == "array" else ():
                self.assertEqual(self.call(client, route, route.sample * rows).code, 4020)

        self.for_each_route(check)

    def test_trackings_of_others_are_like_none(self):
        def check(_, client, route):
            if not route.addresses:
                return
            of_none, of_another = (self.answer_about(client, route, number) for number in (UNKNOWN, FOREIGN))
            self.assertEqual(of_none.body.replace(UNKNOWN.encode(), FOREIGN.encode()), of_another.body)
            self.assertEqual(self.code_about(route, of_another), route.missing, of_another.body)

        self.for_each_route(check)

    def test_keys(self):
        revoked = self.revoked_key()

        def check(dialect, _, route):
            for key, code in ((None, 4001), ("nobody's", 4001), (revoked, 4002)):
                self.assertEqual(self.call(self.client(dialect, key), route, route.sample).code, code)

        self.for_each_route(check)

    def answer_about(self, client: Client, route: Route, number: str):
        row = {"tracking_number": number, "carrier_code": CARRIER}
        if route.addresses == "path":
            return self.call(client, route, None, number)
        if route.addresses == "rows":
            return self.call(client, route, [row])
        return self.call(client, route, {**row, "update_carrier_code": "dhl"})

    def code_about(self, route: Route, answer) -> int:
        if route.addresses != "rows":
            return answer.code
        self.assertEqual(answer.code, 200, answer.body)
        rows = answer.data["errors"] or [row["meta"] for row in answer.data["trackings"]]
        return rows[0]["code"]

    def revoked_key(self) -> str:
        account, key = self.server.open_account("revoked@example.com")
        (line,) = run("key", "list", "--account", account, "--data", self.server.data).stdout.splitlines()
        revoked = run("key", "revoke", "--account", account, "--data", self.server.data, line.split("\t")[0])
        self.assertEqual(revoked.returncode, 0, revoked.stderr)
        client = self.client(DIALECTS[0], key)
        self.assertTrue(wait_until(lambda: client.list_page().code == 4002, 5), "the key still works")
        return key


if __name__ == "__main__":
    unittest.main(argv=sys.argv)
