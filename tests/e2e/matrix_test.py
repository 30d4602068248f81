"""Every route of every dialect in every situation that asks for a refusal, or for none.

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
from v4_test import V4Client

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
    Route("POST", "/trackings/update", "object", 4015, "body", 4017, unpaid=4017, sample={**ROW, "update_carrier_code": "dhl"}),
    Route("GET", "/trackings/getuserinfo", "nothing", unpaid=200),
    Route("GET", "/trackings/getstatusnumber", "nothing", unpaid=200),
    Route("POST", "/trackings/getstatusnumber", "object", 200, unpaid=200),
    Route("POST", "/trackings/notupdate", "array", 4012, "rows", 4017, unpaid=200, sample=[ROW]),
    Route("POST", "/trackings/remote", "array", 4012, sample=[PLACE]),
    Route("POST", "/trackings/costtime", "array", 4012, sample=[LANE]),
    Route("POST", "/trackings/aircargo", "object", 4013, sample={"track_number": "172-28891936"}),
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


V4_ROW = {"tracking_number": "NEW-0003", "courier_code": CARRIER}
V4_ROUTES = (
    Route("GET", "/couriers/all", "nothing", unpaid=200),
    Route("POST", "/couriers/detect", "object", 4111, unpaid=200, sample={"tracking_number": "RB123456785CN"}),
    Route("POST", "/trackings/create", "object", 4111, unpaid=4190, sample=V4_ROW),
    Route("POST", "/trackings/batch", "array", 400, unpaid=0, sample=[V4_ROW]),
    Route("GET", "/trackings/get", "nothing", unpaid=4190),
    Route("PUT", "/trackings/update/{id}", "object", 200, "path", 4102, unpaid=4190),
    Route("DELETE", "/trackings/delete/{id}", "nothing", 200, "path", 4102, unpaid=200, changes=True),
    Route("POST", "/trackings/retrack/{id}", "nothing", 4113, "path", 4102, unpaid=4190),
)


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


class V4Matrix(ServerTestCase):
    """The same for TrackingMore v4, which says what it means by HTTP too and has null for data."""

    CONFIG = WITHOUT_LIMITS

    def client(self, key) -> V4Client:
        client = V4Client(self.server.port, key)
        self.addCleanup(client.close)
        return client

    def for_each_route(self, check):
        client, stranger = self.client(self.new_key()), self.client(self.new_key())
        own = client.create(OWN, CARRIER).data["id"]
        foreign = stranger.create(FOREIGN, CARRIER).data["id"]
        for route in V4_ROUTES:
            with self.subTest(route=f"{route.verb} {route.path}"):
                before = contents(self.server.data)
                check(client, route, own, foreign)
                self.assertEqual(contents(self.server.data), before)

    def call(self, client: V4Client, route: Route, body, tracking: str):
        if isinstance(body, bytes):
            body = body.decode()
        return client.call(route.verb, route.path.format(id=tracking), body)

    def test_bodies(self):
        def check(client, route, own, _):
            for situation in () if route.changes else BODIES:
                answer = self.call(client, route, body_in(situation, route), own)
                refused = route.takes != "nothing" and situation in (NULL, WRONG_TYPE)
                self.assertEqual(answer.code, 400 if refused else route.without_fields, (situation, answer.body))

        self.for_each_route(check)

    def test_too_many_rows(self):
        def check(client, route, own, _):
            for rows in (41, 201) if route.takes == "array" else ():
                self.assertEqual(self.call(client, route, route.sample * rows, own).code, 4103)

        self.for_each_route(check)

    def test_trackings_of_others_are_like_none(self):
        def check(client, route, own, foreign):
            if not route.addresses:
                return
            nobodys = own[:3] + "0" * 29
            for tracking, code in ((nobodys, 4102), (foreign, 4102), ("nonsense", 4112)):
                self.assertEqual(self.call(client, route, None, tracking).code, code)

        self.for_each_route(check)

    def test_keys(self):
        def check(_, route, own, __):
            for key in (None, "nobody's"):
                self.assertEqual(self.call(self.client(key), route, route.sample, own).code, 401)

        self.for_each_route(check)


class SameNumbers(ServerTestCase):
    """Two accounts add the same numbers of the same carrier: to each of them the other's are as good as none."""

    CONFIG = WITHOUT_LIMITS + "[limits.plans.thirty]\nunits_per_month = 30\n"
    CREATED, BATCHED, ASKED = NUMBERS = ("SBXDELIVERED-M1", "SBXDELIVERED-M2", "SBXDELIVERED-M3")

    def client(self, kind, *dialect):
        type(self)._accounts += 1
        _, key = self.server.open_account(f"same{self._accounts}@example.com", "--plan", "thirty")
        client = kind(*dialect, self.server.port, key)
        self.addCleanup(client.close)
        return client

    def insight(self, client: Client):
        """All that a client can learn without naming one tracking: lists, counts, routes, what is left to pay with."""
        lists = [client.list_page(**filters).document for filters in
                 ({}, {"numbers": ",".join(self.NUMBERS)}, {"status": "delivered"}, {"archived": "false"})]  # fmt: skip
        lane = {"carrier_code": "sandbox", "original": "CN", "destination": "US"}
        times = client.call("POST", "/trackings/costtime", [lane])
        counts = client.call("GET", "/trackings/getstatusnumber")
        self.assertEqual((200, 200), (times.code, counts.code))
        (row,) = times.data
        return lists, counts.data, row, client.call("GET", "/trackings/getuserinfo").data["track_number"]

    def await_delivery(self, client: Client):
        def there():
            return client.call("GET", "/trackings/getstatusnumber").data["delivered"] == len(self.NUMBERS)

        self.assertTrue(wait_until(there, 30, 0.2))

    def rows(self, carrier_key: str, *numbers) -> list:
        return [{"tracking_number": number, carrier_key: "sandbox"} for number in numbers]

    def add_all(self, client: Client):
        """Adds the three numbers in the three ways there are, each answered as for a number that nobody has."""
        self.assertEqual(200, client.create(self.CREATED).code)
        batch = client.batch(self.rows("carrier_code", self.BATCHED))
        self.assertEqual(client.dialect.batch_code, batch.code)
        self.assertEqual((1, 1, []), tuple(batch.data[key] for key in ("submitted", "added", "errors")))
        asked = client.realtime(self.ASKED)
        self.assertEqual(200, asked.code)
        self.assertEqual([self.ASKED], [item["tracking_number"] for item in asked.data["items"]])

    def ids(self, client: Client) -> set:
        listed = client.list_page()
        self.assertEqual("3", listed.data["total"])
        self.assertEqual(set(self.NUMBERS), {item["tracking_number"] for item in listed.data["items"]})
        return {item["id"] for item in listed.data["items"]}

    def test_the_first_dialects(self):
        for dialect in DIALECTS:
            with self.subTest(dialect=dialect.name):
                holder, other, nobody = (self.client(Client, dialect) for _ in range(3))
                self.add_all(holder)
                self.await_delivery(holder)
                held = self.insight(holder)
                self.assertEqual((3, 3, 27), (held[2]["total"], held[2]["delivered"], held[3]))
                self.assertEqual(self.insight(nobody), self.insight(other))
                self.assertEqual((0, 30), (self.insight(other)[2]["total"], self.insight(other)[3]))

                self.add_all(other)
                self.assertEqual(held, self.insight(holder))
                self.await_delivery(other)
                self.assertEqual(held[1:], self.insight(other)[1:])
                self.assertEqual(6, len(self.ids(holder) | self.ids(other)))

                self.assertEqual(4016, holder.create(self.CREATED).code)
                again = holder.batch(self.rows("carrier_code", self.BATCHED)).data
                self.assertEqual((0, [4016]), (again["added"], [row["code"] for row in again["errors"]]))
                self.assertEqual(held, self.insight(holder))

                self.assertEqual(200, other.delete(self.CREATED).code)
                self.assertEqual(held, self.insight(holder))
                self.assertEqual(200, holder.realtime(self.ASKED).code)
                self.assertEqual(held[:3], self.insight(holder)[:3])

    def test_v4(self):
        holder, other = (self.client(V4Client) for _ in range(2))
        ids = []
        for client in (holder, other):
            self.assertEqual([], client.rows())
            self.assertEqual([], client.rows(tracking_numbers=",".join(self.NUMBERS)))
            created = client.create(self.CREATED)
            self.assertEqual((200, "delivered"), (created.code, created.data["delivery_status"]))
            batch = client.batch(*self.rows("courier_code", self.BATCHED, self.ASKED)).data
            self.assertEqual([self.BATCHED, self.ASKED], [row["tracking_number"] for row in batch["success"]])
            self.assertEqual([], batch["error"])
            ids += [created.data["id"], *(row["id"] for row in batch["success"])]
            self.assertEqual(set(ids[-3:]), {row["id"] for row in client.rows()})
        self.assertEqual(6, len(set(ids)))

        self.assertEqual(4101, holder.create(self.CREATED).code)
        again = holder.batch(*self.rows("courier_code", self.BATCHED)).data
        self.assertEqual(([], [4101]), (again["success"], [row["errorCode"] for row in again["error"]]))
        self.assertEqual(200, other.call("DELETE", "/trackings/delete/" + ids[3]).code)
        self.assertEqual(set(ids[:3]), {row["id"] for row in holder.rows()})


class Spent(ServerTestCase):
    """Accounts whose one unit of the month is spent on OWN."""

    CONFIG = WITHOUT_LIMITS + "[limits.plans.one]\nunits_per_month = 1\n"

    def spent_key(self) -> str:
        type(self)._accounts += 1
        return self.server.open_account(f"spent{self._accounts}@example.com", "--plan", "one")[1]

    def expect_unpaid(self, route: Route, answer, rejected_row: int):
        if route.unpaid:
            self.assertEqual(answer.code, route.unpaid, answer.body)
        else:
            self.assertIn(str(rejected_row).encode(), answer.body)

    def test_the_first_dialects(self):
        for dialect in DIALECTS:
            client = Client(dialect, self.server.port, self.spent_key())
            self.addCleanup(client.close)
            self.assertEqual(client.create(OWN, CARRIER).code, 200)
            for route in ROUTES:
                with self.subTest(dialect=dialect.name, route=f"{route.verb} {route.path}"):
                    before = contents(self.server.data)
                    number = UNKNOWN if route.changes else OWN
                    answer = client.call(route.verb, route.path.format(carrier=CARRIER, number=number), route.sample)
                    if route.changes:
                        self.assertEqual(answer.code, route.missing)
                    else:
                        self.expect_unpaid(route, answer, 4019)
                    self.assertEqual(contents(self.server.data), before)

    def test_v4(self):
        client = V4Client(self.server.port, self.spent_key())
        self.addCleanup(client.close)
        own = client.create(OWN, CARRIER).data["id"]
        for route in V4_ROUTES:
            if route.changes:
                continue
            with self.subTest(route=f"{route.verb} {route.path}"):
                before = contents(self.server.data)
                sample = [V4_ROW] if route.takes == "array" else route.sample
                self.expect_unpaid(route, client.call(route.verb, route.path.format(id=own), sample), 4190)
                self.assertEqual(contents(self.server.data), before)


class Hurried(ServerTestCase):
    """Every kind of call is admitted once, and then not for a long while."""

    CONFIG = (
        "[limits]\nlist_per_second = 0.0001\nrealtime_per_second = 0.0001\ncreate_per_second = 0.0001\n"
        "other_per_second = 0.0001\nv4_create_per_second = 0.0001\nv4_per_second = 0.0001\n"
    )

    def expect_refused(self, call):
        call()
        before = contents(self.server.data)
        answer = call()
        self.assertEqual(answer.code, 429, answer.body)
        self.assertGreater(int(answer.headers["retry-after"]), 0)
        self.assertEqual(answer.headers["ratelimit-remaining"], "0")
        self.assertEqual(contents(self.server.data), before)

    def test_the_first_dialects(self):
        for dialect in DIALECTS:
            for route in ROUTES:
                with self.subTest(dialect=dialect.name, route=f"{route.verb} {route.path}"):
                    client = Client(dialect, self.server.port, self.new_key())
                    path = route.path.format(carrier=CARRIER, number=OWN)
                    self.expect_refused(lambda: client.call(route.verb, path, route.sample))
                    client.close()

    def test_v4(self):
        for route in V4_ROUTES:
            with self.subTest(route=f"{route.verb} {route.path}"):
                client = V4Client(self.server.port, self.new_key())
                path = route.path.format(id="0" * 32)
                self.expect_refused(lambda: client.call(route.verb, path, route.sample))
                client.close()


if __name__ == "__main__":
    unittest.main(argv=sys.argv)
