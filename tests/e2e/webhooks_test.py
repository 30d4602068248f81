"""Changes of trackings are pushed to the account's endpoints: signed, in order, again until they are taken, never lost."""

import json
import pathlib
import re
import time
import unittest
import urllib.request

from dialect_client import DIALECTS, TRACKINGMORE_V2, Client
from observe_test import scrape
from server_process import WITHOUT_LIMITS, Server, ServerTestCase, TemporaryDirectory, run, running, wait_until
from webhook_receiver import (
    WEBHOOKS,
    Receiver,
    add_endpoint,
    email_signature_holds,
    endpoint,
    is_one_line,
    secret_signature_holds,
    standard_signature_holds,
)

DOCUMENT = pathlib.Path(__file__).resolve().parents[2] / "docs" / "webhooks.md"

# As long as nothing is to come.
QUIET_S = 1.5


class Webhooks(ServerTestCase):
    CONFIG = WITHOUT_LIMITS + WEBHOOKS

    @classmethod
    def new_account(cls) -> tuple[int, str, str]:
        """Id, e-mail address and key of an account that nobody else uses."""
        cls._accounts += 1
        email = f"shop{cls._accounts}@example.com"
        return *cls.server.open_account(email), email

    def setUp(self):
        self.account, key, self.email = self.new_account()
        self.client = self.client_of(key)
        self.receiver = Receiver(self.addCleanup)

    def client_of(self, key) -> Client:
        client = Client(TRACKINGMORE_V2, self.server.port, key)
        self.addCleanup(client.close)
        return client

    def listen(self, dialect=None, *more, receiver=None) -> tuple[int, str]:
        return add_endpoint(self.server, self.account, (receiver or self.receiver).url(), dialect, *more)

    def create(self, number, client=None):
        answer = (client or self.client).create(number)
        self.assertEqual(200, answer.code, answer.body)

    def expect_no_more(self, count):
        time.sleep(QUIET_S)
        self.assertEqual(count, len(self.receiver.notices()))


class WhatIsSent(Webhooks):
    def test_v1_and_v2_send_the_tracking_as_it_is_read(self):
        for dialect in DIALECTS:
            with self.subTest(dialect.name):
                receiver = Receiver(self.addCleanup)
                _, secret = self.listen(dialect.name, receiver=receiver)
                number = "SBXDELIVERED" + dialect.name.replace("-", "").upper()
                self.create(number)
                notice = receiver.wait_for(lambda notices: any(n.number == number for n in notices))[-1]
                self.assertEqual("application/json", notice.headers["content-type"])
                self.assertTrue(is_one_line(notice.body), notice.body)
                self.assertEqual(["meta", "data", "verifyInfo"], list(notice.document))
                self.assertEqual({"code": 200, "type": "Success", "message": "Success"}, notice.document["meta"])
                self.assertTrue(email_signature_holds(notice, self.email), notice.body)
                self.assertTrue(standard_signature_holds(notice, secret), notice.headers)
                self.assertAlmostEqual(time.time(), notice.document["verifyInfo"]["timeStr"], delta=60)
                reader = Client(dialect, self.server.port, self.client.key)
                self.addCleanup(reader.close)
                self.assertEqual(reader.tracking(number), notice.data)
                run("webhook", "remove", endpoint_of(self.server, receiver), "--data", self.server.data)

    def test_v4_signs_with_the_secret(self):
        _, secret = self.listen("trackingmore-v4")
        self.create("SBXDELIVEREDV4")
        (notice,) = self.receiver.wait_for_count(1)
        self.assertTrue(is_one_line(notice.body))
        self.assertEqual(["meta", "data"], list(notice.document))
        self.assertEqual(200, notice.document["meta"]["code"])
        self.assertEqual("delivered", notice.data["delivery_status"])
        self.assertTrue(secret_signature_holds(notice, secret), notice.headers)
        self.assertTrue(standard_signature_holds(notice, secret), notice.headers)

    def test_the_documented_receiver_believes_what_is_genuine(self):
        code = re.search(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL).group(1)
        receiver = {}
        exec(code, receiver)
        _, secret = self.listen()
        self.create("SBXDELIVEREDDOCUMENT")
        (notice,) = self.receiver.wait_for_count(1)
        self.assertTrue(receiver["is_genuine"](secret, notice.headers, notice.body))
        self.assertFalse(receiver["is_genuine"](secret, notice.headers, notice.body + b" "))

    def test_v4_takes_any_2xx_and_v2_only_200(self):
        self.receiver.answer = lambda notice: 204
        four = self.listen("trackingmore-v4")[0]
        self.create("SBXTRANSIT204")
        self.assertTrue(wait_until(lambda: endpoint(self.server, four)["last_outcome"] == "204", 20))
        self.assertEqual(0, endpoint(self.server, four)["pending"])
        two = self.listen("trackingmore-v2")[0]
        self.create("SBXTRANSIT204TWO")
        self.assertTrue(wait_until(lambda: endpoint(self.server, two)["last_outcome"] == "204", 20))
        self.assertEqual(1, endpoint(self.server, two)["pending"])

    def test_realtime_and_v4_create_tell_too(self):
        self.listen()
        self.client.realtime("SBXPICKUPREALTIME")
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.server.port}/v4/trackings/create",
            json.dumps({"tracking_number": "SBXDELIVEREDCREATE", "courier_code": "sandbox"}).encode(),
            {"Tracking-Api-Key": self.client.key, "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            self.assertEqual("delivered", json.load(answer)["data"]["delivery_status"])
        notices = self.receiver.wait_for_count(2)
        self.assertEqual(
            {"SBXPICKUPREALTIME": "pickup", "SBXDELIVEREDCREATE": "delivered"},
            {notice.number: notice.status for notice in notices},
        )


def endpoint_of(server, receiver) -> int:
    listed = run("webhook", "list", "--data", server.data, "--json").stdout.splitlines()
    (found,) = (row["endpoint_id"] for row in map(json.loads, listed) if row["url"] == receiver.url())
    return found


class WhatIsTold(Webhooks):
    def test_only_the_statuses_that_are_wanted(self):
        self.listen(None, "--statuses", "delivered,exception")
        for number in ("SBXTRANSITSOME", "SBXDELIVEREDSOME", "SBXEXCEPTIONSOME"):
            self.create(number)
        notices = self.receiver.wait_for_count(2)
        self.assertEqual({"delivered", "exception"}, {notice.status for notice in notices})
        self.expect_no_more(2)

    def test_a_status_set_by_hand_is_not_told(self):
        self.create("SBXTRANSITHAND")
        self.assertTrue(wait_until(lambda: self.client.tracking("SBXTRANSITHAND")["status"] == "transit", 20))
        self.listen()
        for status in (4, 8, 7):
            self.assertEqual(200, self.client.update("SBXTRANSITHAND", {"status": status}).code)
        self.assertEqual(200, self.client.update("SBXTRANSITHAND", {"title": "boots"}).code)
        self.expect_no_more(0)

    def test_accounts_do_not_see_each_others(self):
        self.listen()
        other, key, _ = self.new_account()
        others = Receiver(self.addCleanup)
        add_endpoint(self.server, other, others.url())
        self.create("SBXTRANSITMINE")
        self.create("SBXTRANSITTHEIRS", self.client_of(key))
        self.receiver.wait_for_count(1)
        others.wait_for_count(1)
        time.sleep(QUIET_S)
        self.assertEqual(["SBXTRANSITMINE"], [notice.number for notice in self.receiver.notices()])
        self.assertEqual(["SBXTRANSITTHEIRS"], [notice.number for notice in others.notices()])

    def test_a_tracking_that_is_deleted_meanwhile_is_told_as_it_was(self):
        taken = False
        self.receiver.answer = lambda notice: 200 if taken else 500
        self.listen()
        self.create("SBXDELIVEREDGONE")
        self.receiver.wait_for_count(1)
        self.assertEqual(200, self.client.delete("SBXDELIVEREDGONE").code)
        taken = True
        last = self.receiver.wait_for(lambda notices: notices[-1].answered == 200)[-1]
        self.assertEqual(("SBXDELIVEREDGONE", "delivered"), (last.number, last.status))


class Retries(Webhooks):
    def test_until_it_is_taken_with_longer_pauses_and_a_fresh_signature(self):
        self.receiver.answer = lambda notice: 200 if len(self.receiver.notices()) >= 4 else 503
        self.listen()
        self.create("SBXTRANSITAGAIN")
        notices = self.receiver.wait_for_count(5)
        self.assertEqual([503, 503, 503, 503, 200], [notice.answered for notice in notices])
        self.assertEqual(1, len({notice.headers["webhook-id"] for notice in notices}))
        self.assertEqual(1, len({json.dumps(notice.data) for notice in notices}))
        for notice in notices:
            self.assertTrue(email_signature_holds(notice, self.email))
        pauses = [later.at - earlier.at for earlier, later in zip(notices, notices[1:])]
        for pause, least in zip(pauses, (0.1, 0.2, 0.4, 0.8)):
            self.assertGreaterEqual(pause, least * 0.95)
        self.assertGreater(
            notices[-1].document["verifyInfo"]["timeStr"], notices[0].document["verifyInfo"]["timeStr"]
        )
        self.expect_no_more(5)

    def test_retry_after(self):
        self.receiver.answer = lambda notice: 200 if self.receiver.notices() else (429, {"Retry-After": "3"})
        self.listen()
        self.create("SBXTRANSITPAUSE")
        first, second = self.receiver.wait_for_count(2)
        self.assertGreaterEqual(second.at - first.at, 2.9)

    def test_an_endpoint_that_never_answers_holds_up_no_other(self):
        stalled = Receiver(self.addCleanup, lambda notice: time.sleep(5) or 200)
        stalled_id = self.listen(receiver=stalled)[0]
        quick_id = self.listen()[0]
        for i in range(20):
            self.create(f"SBXTRANSITSTALL{i}")
        begun = time.monotonic()
        self.receiver.wait_for_count(20)
        self.assertEqual(0, wait_until(lambda: endpoint(self.server, quick_id)["pending"], 0))
        self.assertEqual(20, endpoint(self.server, stalled_id)["pending"], time.monotonic() - begun)
        self.assertEqual(0, run("webhook", "remove", stalled_id, "--data", self.server.data).returncode)

    def test_gone_disables_the_endpoint(self):
        self.receiver.answer = lambda notice: 410
        gone = self.listen()[0]
        self.create("SBXTRANSITGONE")
        self.assertTrue(wait_until(lambda: not endpoint(self.server, gone)["enabled"], 20))
        self.assertEqual("disabled: it answered 410", endpoint(self.server, gone)["state"])
        self.assertEqual(0, endpoint(self.server, gone)["pending"])
        self.create("SBXDELIVEREDGONE")
        self.expect_no_more(1)
        self.receiver.answer = lambda notice: 200
        self.assertEqual(0, run("webhook", "enable", gone, "--data", self.server.data).returncode)
        self.create("SBXPICKUPGONE")
        self.assertEqual("SBXPICKUPGONE", self.receiver.wait_for_count(2)[-1].number)
        self.assertTrue(endpoint(self.server, gone)["enabled"])

    def test_a_tracking_is_told_in_order_while_others_go_on(self):
        walker, other = "SBXWALKORDER", "SBXDELIVEREDORDER"
        taken = False
        self.receiver.answer = lambda notice: 200 if taken or notice.number != walker else 500
        self.listen()
        self.create(walker)
        self.receiver.wait_for(lambda notices: any(n.number == walker for n in notices))
        self.create(other)
        self.receiver.wait_for(lambda notices: any(n.number == other and n.answered == 200 for n in notices))
        # Meanwhile it moves on, a step every five seconds.
        self.assertTrue(wait_until(lambda: self.client.tracking(walker)["status"] == "transit", 30))
        time.sleep(6)
        self.assertEqual({1}, {notice.sequence for notice in self.receiver.notices(walker)})
        taken = True
        self.receiver.wait_for(lambda notices: sum(n.number == walker and n.answered == 200 for n in notices) >= 3, 60)
        told = [notice.sequence for notice in self.receiver.notices(walker) if notice.answered == 200]
        self.assertEqual(list(range(1, len(told) + 1)), told)


class CommandLine(Webhooks):
    def webhook(self, *arguments):
        return run("webhook", *arguments, "--data", self.server.data)

    def test_test_sends_a_signed_sample_and_tells_the_answer(self):
        endpoint_id, secret = self.listen("trackru-v1")
        config = self.directory / "test.toml"
        config.write_text(WEBHOOKS)
        tested = self.webhook("test", endpoint_id, "--config", config)
        self.assertEqual((0, "the endpoint took the sample: 200\n"), (tested.returncode, tested.stdout), tested.stderr)
        (notice,) = self.receiver.notices()
        self.assertTrue(email_signature_holds(notice, self.email))
        self.assertTrue(standard_signature_holds(notice, secret))
        self.receiver.answer = lambda notice: 404
        tested = self.webhook("test", endpoint_id, "--config", config)
        self.assertEqual(1, tested.returncode)
        self.assertIn("404", tested.stderr)
        tested = self.webhook("test", endpoint_id)
        self.assertEqual(1, tested.returncode)
        self.assertIn("allow_private", tested.stderr)

    def test_four_endpoints_an_account(self):
        for _ in range(4):
            self.listen()
        refused = self.webhook("add", "--account", self.account, "--url", "https://shop.example/")
        self.assertEqual(1, refused.returncode)
        self.assertIn("4 endpoints", refused.stderr)

    def test_what_makes_no_sense_is_refused(self):
        def refusal(*arguments):
            refused = self.webhook("add", *arguments)
            self.assertNotEqual(0, refused.returncode, arguments)
            return refused.stderr

        url = "https://shop.example/"
        self.assertIn("no URL", refusal("--account", self.account, "--url", "ftp://shop.example/"))
        self.assertIn("no account", refusal("--account", 999999, "--url", url))
        self.assertIn("no status", refusal("--account", self.account, "--url", url, "--statuses", "lost"))
        refusal("--account", self.account, "--url", url, "--dialect", "trackingmore-v9")
        for part in ("remove", "enable", "test"):
            self.assertIn("no endpoint", self.webhook(part, 999999).stderr)

    def test_the_list_shows_neither_secrets_nor_others(self):
        _, secret = self.listen(None, "--statuses", "delivered")
        listed = self.webhook("list", "--account", self.account)
        self.assertEqual(1, len(listed.stdout.splitlines()), listed.stdout)
        self.assertIn("delivered", listed.stdout)
        self.assertNotIn(secret, listed.stdout)
        self.assertEqual("", self.webhook("list", "--account", 999999).stdout)

    def test_a_removed_endpoint_is_told_no_more(self):
        self.receiver.answer = lambda notice: 500
        endpoint_id = self.listen()[0]
        self.create("SBXTRANSITREMOVED")
        self.receiver.wait_for_count(1)
        self.assertEqual(0, self.webhook("remove", endpoint_id).returncode)
        time.sleep(0.5)  # for the attempt under way
        self.expect_no_more(len(self.receiver.notices()))


class Metrics(Webhooks):
    def test_what_became_of_attempts_and_what_waits(self):
        before = scrape(self.server.port)
        self.receiver.answer = lambda notice: 200 if notice.number == "SBXDELIVEREDSEEN" else 500
        self.listen()
        self.create("SBXDELIVEREDSEEN")
        self.create("SBXTRANSITSEEN")
        self.receiver.wait_for(lambda notices: {n.number for n in notices} == {"SBXDELIVEREDSEEN", "SBXTRANSITSEEN"})

        def more(name, **labels):
            return scrape(self.server.port).total(name, **labels) - before.total(name, **labels)

        self.assertTrue(wait_until(lambda: more("parcelwake_webhook_attempts_total", outcome="delivered") == 1, 10))
        self.assertTrue(wait_until(lambda: more("parcelwake_webhook_attempts_total", outcome="failed") >= 1, 10))
        self.assertEqual(1, more("parcelwake_webhook_pending"))
        self.assertTrue(wait_until(lambda: more("parcelwake_webhook_lag_seconds") > 0, 10))


class ByDefault(ServerTestCase):
    CONFIG = WITHOUT_LIMITS

    def test_private_addresses_are_refused(self):
        receiver = Receiver(self.addCleanup)
        account, key = self.server.open_account("private@example.com")
        endpoint_id, _ = add_endpoint(self.server, account, receiver.url())
        client = Client(TRACKINGMORE_V2, self.server.port, key)
        self.addCleanup(client.close)
        client.create("SBXTRANSITPRIVATE")
        self.assertTrue(wait_until(lambda: endpoint(self.server, endpoint_id)["last_outcome"], 30))
        self.assertIn("private", endpoint(self.server, endpoint_id)["last_outcome"])
        self.assertEqual([], receiver.notices())


class NothingIsLost(unittest.TestCase):
    """A server that dies or stops tells after its next start what it could not tell before."""

    def setUp(self):
        self.receiver = Receiver(self.addCleanup)
        self.directory = TemporaryDirectory(self.addCleanup).path
        self.server = Server(self.directory / "data", WITHOUT_LIMITS + WEBHOOKS)

    def numbers_of(self, statuses):
        return {notice.number for notice in self.receiver.notices() if notice.answered in statuses}

    def create_many(self, server, count):
        account, key = server.open_account("lost@example.com")
        self.endpoint = add_endpoint(server, account, self.receiver.url())[0]
        client = Client(TRACKINGMORE_V2, server.port, key)
        numbers = [f"SBXDELIVERED{i:04}LOST" for i in range(count)]
        rows = [{"tracking_number": number, "carrier_code": "sandbox"} for number in numbers]
        for start in range(0, count, 40):
            self.assertEqual([], client.batch(rows[start : start + 40]).data["errors"])
        self.assertTrue(wait_until(lambda: len(client.listed_numbers(status="delivered", limit=200)) == count, 60))
        client.close()
        return set(numbers)

    def test_kill_between_a_change_and_its_delivery(self):
        self.receiver.answer = lambda notice: 503
        with running(self.server) as server:
            numbers = self.create_many(server, 80)
            server.kill()
        self.receiver.answer = lambda notice: 200
        with running(self.server) as server:
            self.assertTrue(wait_until(lambda: self.numbers_of({200}) == numbers, 90), len(self.numbers_of({200})))
            self.assertTrue(wait_until(lambda: endpoint(server, self.endpoint)["pending"] == 0, 20))
            self.assertEqual(0, server.stop())
        self.assertEqual("", self.server.sanitizer_report())

    def test_kill_in_the_middle_of_deliveries(self):
        self.receiver.answer = lambda notice: time.sleep(0.3) or 200
        with running(self.server) as server:
            numbers = self.create_many(server, 80)
            self.receiver.wait_for_count(10)
            server.kill()
        self.receiver.answer = lambda notice: 200
        with running(self.server) as server:
            self.assertTrue(wait_until(lambda: self.numbers_of({200}) == numbers, 90), len(self.numbers_of({200})))
            self.assertEqual(0, server.stop())
        self.assertEqual("", self.server.sanitizer_report())

    def test_stop_waits_for_what_is_under_way_and_keeps_the_rest(self):
        self.receiver.answer = lambda notice: time.sleep(0.8) or 200
        with running(self.server) as server:
            numbers = self.create_many(server, 80)
            self.receiver.wait_for_count(1)
            self.assertEqual(0, server.stop())
        self.assertEqual("", self.server.sanitizer_report())
        time.sleep(1)  # nothing is under way any more
        taken = self.receiver.notices()
        self.receiver.answer = lambda notice: 200
        with running(self.server) as server:
            self.assertTrue(wait_until(lambda: self.numbers_of({200}) == numbers, 60), len(self.numbers_of({200})))
            self.assertTrue(wait_until(lambda: endpoint(server, self.endpoint)["pending"] == 0, 20))
            self.assertEqual(0, server.stop())
        self.assertLess(len(taken), len(numbers))
        self.assertEqual(len(numbers), len(self.receiver.notices()), "an orderly stop delivers nothing twice")


if __name__ == "__main__":
    unittest.main()
