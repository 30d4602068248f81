"""The checks of the wire specification, each a test named after its line.

Check 21 (air waybills) stands with what it is about.
"""

import datetime
import http.server
import json
import threading
import time
import unittest
import urllib.parse

from dialect_client import TRACKINGMORE_V2, TRACKRU_V1, TRACKTRY_V1
from dialect_rules import NUMBER_OF_UPS, QUIET, DialectRules
from server_process import WITHOUT_LIMITS, ServerTestCase, wait_until
from webhook_receiver import WEBHOOKS, Receiver, add_endpoint, email_signature_holds, hmac_hex, is_one_line


class Checks(DialectRules):
    CONFIG = WITHOUT_LIMITS + WEBHOOKS

    def batch_row(self, number):
        return {"tracking_number": number, "carrier_code": QUIET}

    def single(self, path):
        return self.expect(200, self.client.call("GET", path))

    def test_check_01_wrong_key(self):
        answer = self.client_of("00000000-0000-0000-0000-00000000dead").list_page()
        self.assertEqual((200, 4001, []), (answer.status, answer.code, answer.data))

    def test_check_02_carriers_with_and_without_a_slash(self):
        plain, slashed = (self.client.call("GET", path) for path in ("/carriers", "/carriers/"))
        self.assertEqual(plain.body, slashed.body)
        self.assertGreater(len(plain.data), 1000)

    def test_check_03_create(self):
        created = self.expect(200, self.client.create("CHECK03", QUIET))
        self.assertEqual("pending", created["status"])
        self.assertIs(int, type(created["order_create_time"]))
        self.assertEqual(0, created["order_create_time"])

    def test_check_04_create_again(self):
        self.create_quiet("CHECK04")
        self.assertEqual([], self.expect(4016, self.client.create("CHECK04", QUIET)))

    def test_check_05_batch_of_one_new_and_one_existing(self):
        self.create_quiet("CHECK05")
        rows = [self.batch_row("CHECK05NEW"), self.batch_row("CHECK05")]
        data = self.expect(201 if self.dialect is TRACKINGMORE_V2 else 200, self.client.batch(rows))
        self.assertEqual((2, 1, 4016), (data["submitted"], data["added"], data["errors"][0]["code"]))

    def test_check_06_list(self):
        self.create_quiet("CHECK06A", "CHECK06B", "CHECK06C")
        data = self.expect(200, self.client.list_page())
        self.assertEqual("3", data["total"])
        self.assertEqual([int, int, int], [type(data[key]) for key in ("page", "limit", "count")])
        self.assertEqual(["CHECK06C", "CHECK06B", "CHECK06A"], [item["tracking_number"] for item in data["items"]])
        times = [item["created_at"] for item in data["items"]]
        self.assertEqual(sorted(times, reverse=True), times)

    def test_check_07_empty_list(self):
        self.assertEqual([], self.expect(4031, self.client.list_page()))

    def test_check_08_list_by_query_body_and_post(self):
        self.create_quiet("CHECK08A", "CHECK08B", "CHECK08C")
        filters = {"page": 2, "limit": 1, "status": "pending"}
        by_query = self.client.list_page(**filters)
        self.assertEqual(["CHECK08B"], [item["tracking_number"] for item in by_query.data["items"]])
        for verb in ("GET", "POST"):
            self.assertEqual(by_query.body, self.client.call(verb, "/trackings/get", filters).body)

    def test_check_09_empty_filters_are_ignored(self):
        self.create_quiet("CHECK09")
        self.assertEqual(["CHECK09"], self.client.listed_numbers(status="", created_at_min=""))

    def test_check_10_shape_of_a_single_tracking(self):
        self.create_quiet("CHECK10")
        for end in ("", "/", "/en", "/en/"):
            data = self.single(f"/trackings/{QUIET}/CHECK10{end}")
            if self.dialect is not TRACKINGMORE_V2:
                self.assertEqual([1, list], [len(data), type(data)])
                (data,) = data
            self.assertEqual("CHECK10", data["tracking_number"])

    def test_check_11_manual_status(self):
        self.create_quiet("CHECK11")
        self.assertEqual("7", self.expect(200, self.client.update("CHECK11", {"status": 7}, QUIET))["status"])
        self.assertEqual("exception", self.client.tracking("CHECK11", QUIET)["status"])
        self.expect(200, self.client.update("CHECK11", {"status": 8}, QUIET))
        self.assertEqual("pending", self.client.tracking("CHECK11", QUIET)["status"])

    def test_check_12_unknown_manual_status(self):
        self.create_quiet("CHECK12")
        self.expect(4033, self.client.update("CHECK12", {"status": 5}, QUIET))

    def test_check_13_empty_update(self):
        self.create_quiet("CHECK13")
        self.expect(200, self.client.call("PUT", f"/trackings/{QUIET}/CHECK13"))

    def test_check_14_archiving(self):
        self.create_quiet("CHECK14")
        self.assertEqual("true", self.expect(200, self.client.update("CHECK14", {"archived": "true"}, QUIET))["archived"])
        self.assertIs(True, self.client.tracking("CHECK14", QUIET)["archived"])
        self.assertEqual([], self.client.listed_numbers(archived="false"))
        self.assertEqual(["CHECK14"], self.client.listed_numbers(archived="true"))

    def test_check_15_deletion(self):
        self.create_quiet("CHECK15")
        self.assertEqual([], self.expect(200, self.client.delete("CHECK15", QUIET)))
        self.expect(4017, self.client.delete("CHECK15", QUIET))
        self.expect(4031, self.client.get("CHECK15", QUIET))

    def test_check_16_added_again(self):
        first = self.expect(200, self.client.create("CHECK16", QUIET))
        left = self.expect(200, self.client.call("GET", "/trackings/getuserinfo"))["track_number"]
        self.expect(200, self.client.delete("CHECK16", QUIET))
        time.sleep(1.1)
        again = self.expect(200, self.client.create("CHECK16", QUIET))
        self.assertEqual(first["id"], again["id"])
        self.assertGreater(again["created_at"], first["created_at"])
        (item,) = self.expect(200, self.client.list_page())["items"]
        self.assertEqual(first["created_at"], item["created_at"])
        self.assertEqual(left, self.expect(200, self.client.call("GET", "/trackings/getuserinfo"))["track_number"])

    def test_check_17_realtime_of_a_new_number(self):
        data = self.expect(200, self.client.realtime("SBXTRANSITCHECK17"))
        self.assertEqual(1, len(data["items"]))
        self.assertEqual(["SBXTRANSITCHECK17"], self.client.listed_numbers())

    def test_check_19_change_of_carrier(self):
        self.create_quiet("CHECK19")
        body = {"tracking_number": "CHECK19", "carrier_code": QUIET, "update_carrier_code": "dhl-germany"}
        self.assertEqual({"Usertag": ""}, self.expect(200, self.client.call("POST", "/trackings/update", body)))

    def test_check_20_counts_of_eight_statuses(self):
        counts = self.expect(200, self.client.call("GET", "/trackings/getstatusnumber"))
        self.assertEqual({"pending", "notfound", "transit", "pickup", "delivered", "undelivered", "exception", "expired"},
                         set(counts))  # fmt: skip
        self.assertEqual({int}, {type(count) for count in counts.values()})

    def test_check_22_webhooks(self):
        email = f"check22@{self.dialect.name}.example"
        account, key = self.server.open_account(email)
        receiver = Receiver(self.addCleanup)
        receiver.answer = lambda notice: 200 if receiver.notices() else 500
        add_endpoint(self.server, account, receiver.url(), self.dialect.name)
        client = self.client_of(key)
        self.expect(200, client.create("SBXDELIVEREDCHECK22", "sandbox"))
        refused, taken = receiver.wait_for_count(2)
        self.assertEqual((500, 200), (refused.answered, taken.answered))
        for notice in (refused, taken):
            self.assertTrue(is_one_line(notice.body), notice.body)
            self.assertTrue(email_signature_holds(notice, email), notice.body)
            self.assertEqual(client.tracking("SBXDELIVEREDCHECK22"), notice.data)

    def test_check_24_json_under_the_wrong_content_type_and_real_forms(self):
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        body = json.dumps({"tracking_number": "CHECK24", "carrier_code": QUIET})
        self.expect(200, self.client.call("POST", "/trackings/post", body, headers=form))
        body = urllib.parse.urlencode({"tracking_number": "CHECK24FORM", "carrier_code": QUIET})
        for headers in (form, {"Content-Type": "application/json"}):
            answer = self.client.call("POST", "/trackings/post", body, headers=headers)
            self.expect(4015 if self.dialect.carrier_required else 4013, answer)


class TrackingMoreV2Checks(Checks, ServerTestCase):
    dialect = TRACKINGMORE_V2


class TracktryV1Checks(Checks, ServerTestCase):
    dialect = TRACKTRY_V1

    def test_check_18_realtime_without_a_carrier(self):
        (item,) = self.expect(200, self.client.realtime(NUMBER_OF_UPS, carrier=None))["items"]
        self.assertEqual("ups", item["carrier_code"])
        self.expect(4032, self.client.realtime("ABCDE", carrier=None))


class TrackruV1Checks(Checks, ServerTestCase):
    dialect = TRACKRU_V1


class Signatures(unittest.TestCase):
    """The vectors of the webhooks' signatures, by which the receivers of these tests verify. The executable's own
    are held against them in the tests of its digests."""

    def test_vector_hmac_v2(self):
        self.assertEqual(
            "0d90bb874fed0b056d8b3aa794529ebacd49932a0cea691629b63eaf2ca9d400",
            hmac_hex("info@trackingmore.org", "1653632765"),
        )

    def test_vector_hmac_v4(self):
        self.assertEqual(
            "a37084ab68ae16b77db1f8463f31be9fcc965e2515e03efecf8139bb1e511b06",
            hmac_hex("2e55b9a3-4dd1-4416-9897-c4bd1e3d738f", "1662371528"),
        )


def wall(text):
    return datetime.datetime.fromisoformat(text)


# First event, newest event, last poll, delivered, itemTimeLength, stayTimeLength.
DAY_COUNTS = {
    "VECTOR1": (wall("2019-06-03 14:57:41"), wall("2019-07-25 22:02:05"), wall("2019-08-20 16:15:04"), False, 79, 26),
    "VECTOR2": (wall("2019-06-03 14:57:41"), wall("2019-07-22 19:33:06"), wall("2019-08-21 15:35:05"), False, 80, 30),
    "VECTOR3": (wall("2019-08-05 18:42:58"), wall("2019-08-06 18:39:14"), wall("2019-08-19 09:51:00"), True, 1, 13),
    "VECTOR4": (wall("2020-09-26 15:45:00"), wall("2020-09-28 20:19:00"), None, True, 3, None),
}


class Carrier(http.server.ThreadingHTTPServer):
    """DHL, as it would answer if the last poll of each vector were now: events without an offset, so many days ago."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.Answer)
        self.thread = threading.Thread(target=self.serve_forever, daemon=True)
        self.thread.start()

    def end(self):
        self.shutdown()
        self.thread.join()
        self.server_close()

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            number = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)["trackingNumber"][0]
            body = json.dumps(Carrier.shipment(number)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    @staticmethod
    def shipment(number):
        first, newest, polled, delivered, *_ = DAY_COUNTS[number]
        in_the_accounts_zone = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).replace(tzinfo=None)
        ago = in_the_accounts_zone - (polled or newest)
        events = [
            {"timestamp": (moment + ago).isoformat(timespec="seconds"), "statusCode": code, "status": code}
            for moment, code in ((newest, "delivered" if delivered else "transit"), (first, "transit"))
        ]
        return {"shipments": [{"id": number, "status": events[0], "events": events}]}


class DayCounts(DialectRules, ServerTestCase):
    """Each vector of day counts, moved in time so that its last poll is now: they depend on differences alone."""

    dialect = TRACKINGMORE_V2

    @classmethod
    def setUpClass(cls):
        carrier = Carrier()
        cls.addClassCleanup(carrier.end)
        cls.CONFIG = WITHOUT_LIMITS + (
            f'[carriers.dhl]\nbase_url = "http://127.0.0.1:{carrier.server_port}"\n'
            'per_second = 1000\nper_day = 1000000\nconcurrency = 4\ncredentials = { api_key = "any" }\n'
        )
        super().setUpClass()

    def expect_day_counts(self, number):
        *_, delivered, item_time, stay_time = DAY_COUNTS[number]
        self.expect(200, self.client.create(number, "dhl"))
        status = "delivered" if delivered else "transit"
        self.assertTrue(wait_until(lambda: self.client.tracking(number, "dhl")["status"] == status, 20))
        tracking = self.client.tracking(number, "dhl")
        self.assertEqual(item_time, tracking["itemTimeLength"])
        if stay_time is not None:
            self.assertEqual(stay_time, tracking["stayTimeLength"])

    def test_check_23_before_any_event(self):
        self.create_quiet("VECTOR0")
        tracking = self.client.tracking("VECTOR0", QUIET)
        self.assertEqual((None, None), (tracking["itemTimeLength"], tracking["stayTimeLength"]))

    def test_check_23_vector_1_under_way_for_79_days(self):
        self.expect_day_counts("VECTOR1")

    def test_check_23_vector_2_under_way_for_80_days(self):
        self.expect_day_counts("VECTOR2")

    def test_check_23_vector_3_delivered_within_a_day(self):
        self.expect_day_counts("VECTOR3")

    def test_check_23_vector_4_delivered_within_three_days(self):
        self.expect_day_counts("VECTOR4")


if __name__ == "__main__":
    unittest.main()
