"""What client programs in use send, as they send it."""

import json
import unittest
import urllib.parse

from dialect_client import DIALECTS, TRACKINGMORE_V2, TRACKRU_V1, Client
from raw_http import RawConnection, exchange, fault_in
from server_process import WITHOUT_LIMITS, ServerTestCase, run

CLOSE_TIMEOUT_S = 5


def request_bytes(verb: str, target: str, lines: list[str], body: bytes = b"", version: str = "HTTP/1.1") -> bytes:
    """A request whose header lines are just these."""
    return "\r\n".join([f"{verb} {target} {version}", *lines, "", ""]).encode("latin-1") + body


class QuirksTestCase(ServerTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = cls.new_key()
        cls.v2, cls.tracktry, cls.trackru = (cls.client(dialect) for dialect in DIALECTS)
        cls.number_count = 0

    @classmethod
    def client(cls, dialect, key=None) -> Client:
        client = Client(dialect, cls.server.port, key or cls.key)
        cls.addClassCleanup(client.close)
        return client

    @classmethod
    def new_number(cls) -> str:
        cls.number_count += 1
        return f"SBXTRANSITQ{cls.number_count:05}"

    def raw(self, verb, target, lines, body=b"", version="HTTP/1.1"):
        answer = exchange(self.server.port, request_bytes(verb, target, lines, body, version))
        self.assertEqual("", fault_in(answer))
        return answer


class BareLineFeedClient(QuirksTestCase):
    """The one public Trackru client: a bare LF in its headers, bodies everywhere, and it reads to the end of file."""

    def ask(self, verb, path, body: bytes):
        head = (
            f"{verb} /v1{path} HTTP/1.1\r\nHost: api.trackru.ru\r\nConnection: close\r\n"
            f"Content-Length: {len(body)}\r\nContent-Type: application/json\nApi-Key: {self.key}\r\n\r\n"
        )
        with RawConnection(self.server.port) as connection:
            connection.send(head.encode() + body)
            answer = connection.read_answer()
            self.assertTrue(connection.is_closed_within(CLOSE_TIMEOUT_S), "the connection stays open")
        self.assertEqual("", fault_in(answer))
        self.assertEqual(200, answer.status)
        return answer

    def test_whole_life_of_a_tracking(self):
        number = self.new_number()
        country = b'{"countryCode":"RU"}'
        path = f"/trackings/sandbox/{number}"
        create = json.dumps({"tracking_number": number, "carrier_code": "sandbox", "comment": "x"}).encode()
        self.assertEqual(200, self.ask("POST", "/trackings/post", create).code)
        self.assertEqual(4016, self.ask("POST", "/trackings/post", create).code)
        read = self.ask("GET", path, country)
        self.assertEqual(200, read.code)
        self.assertEqual(number, read.data[0]["tracking_number"])
        self.assertEqual(200, self.ask("GET", path + "/RU", country).code)
        self.assertEqual(200, self.ask("PUT", path, b'{"title":"Socks"}').code)
        self.assertEqual("Socks", self.ask("GET", path, country).data[0]["title"])
        self.assertEqual(200, self.ask("GET", "/trackings/get?limit=10", country).code)
        self.assertEqual([], self.ask("DELETE", path, country).data)
        self.assertEqual(4017, self.ask("DELETE", path, country).code)

    def test_detection_and_carriers(self):
        found = self.ask("POST", "/carriers/detect", b'{"tracking_number":"1Z999AA10123456784"}')
        self.assertEqual("ups", found.data[0]["code"])
        self.assertGreater(len(self.ask("GET", "/carriers/", b'{"countryCode":"RU"}').data), 1000)


class DialectChoice(QuirksTestCase):
    """Tracktry detects a carrier that is not given, Trackru demands it: so one create tells who answers."""

    CREATE = b'{"tracking_number":"ZZ"}'
    TRACKTRY_SAYS = 4014
    TRACKRU_SAYS = 4015

    def code_of(self, host, *key_lines):
        lines = [f"Host: {host}", *key_lines, f"Content-Length: {len(self.CREATE)}"]
        return self.raw("POST", "/v1/trackings/post", lines, self.CREATE).code

    def test_key_header_tells_before_host(self):
        self.assertEqual(self.TRACKTRY_SAYS, self.code_of("api.trackru.ru", f"Tracktry-Api-Key: {self.key}"))
        self.assertEqual(self.TRACKRU_SAYS, self.code_of("api.tracktry.com", f"Api-Key: {self.key}"))

    def test_tracktry_header_wins_over_the_general_one(self):
        lines = (f"Api-Key: {self.key}", f"Tracktry-Api-Key: {self.key}")
        self.assertEqual(self.TRACKTRY_SAYS, self.code_of("127.0.0.1", *lines))
        self.assertEqual(self.TRACKTRY_SAYS, self.code_of("127.0.0.1", *reversed(lines)))

    def test_header_names_in_any_case(self):
        self.assertEqual(self.TRACKTRY_SAYS, self.code_of("x", f"tracktry-api-key: {self.key}"))
        self.assertEqual(self.TRACKRU_SAYS, self.code_of("x", f"API-KEY:{self.key}"))

    def test_without_a_key_every_host_refuses(self):
        for host in ("api.tracktry.com", "API.TRACKRU.RU:80", "api.parceltrack.ru", "127.0.0.1"):
            with self.subTest(host=host):
                self.assertEqual(4001, self.code_of(host))

    def test_v2_takes_the_sister_brands_header(self):
        for header in ("Trackingmore-Api-Key", "Tracking-Api-Key", "trackingmore-api-key"):
            with self.subTest(header=header):
                answer = self.raw("GET", "/v2/carriers", ["Host: x", f"{header}: {self.key}"])
                self.assertEqual(200, answer.code)

    def test_a_key_with_spaces(self):
        imported = run("key", "import", "--account", 1, "--data", self.server.data, "my built in key")
        self.assertEqual(0, imported.returncode, imported.stderr)
        self.assertEqual(4031, self.client(TRACKRU_V1, "my built in key").get("SBXNEVERADDED").code)
        self.assertEqual(4001, self.client(TRACKRU_V1, "my built in").get("SBXNEVERADDED").code)


class ShapesOfAnswers(QuirksTestCase):
    def test_single_get_is_an_object_in_v2_and_an_array_of_one_in_v1(self):
        number = self.new_number()
        self.v2.create(number)
        self.assertIsInstance(self.v2.get(number).data, dict)
        for client in (self.tracktry, self.trackru):
            with self.subTest(client.dialect.name):
                data = client.get(number).data
                self.assertIsInstance(data, list)
                self.assertEqual(1, len(data))

    def test_trackinfo_is_absent_without_events(self):
        self.v2.create("SBXNOTFOUNDQ1")
        for client in (self.v2, self.tracktry, self.trackru):
            with self.subTest(client.dialect.name):
                tracking = client.tracking("SBXNOTFOUNDQ1")
                self.assertIsInstance(tracking["origin_info"], dict)
                self.assertNotIn("trackinfo", tracking["origin_info"])
                self.assertNotIn("trackinfo", tracking.get("destination_info", {}))

    def test_put_answers_an_object_everywhere(self):
        number = self.new_number()
        self.v2.create(number)
        for client in (self.v2, self.tracktry, self.trackru):
            with self.subTest(client.dialect.name):
                self.assertIsInstance(client.update(number, {"title": "T"}).data, dict)

    def test_regular_expression_of_a_bot_finds_the_code(self):
        answer = self.raw("GET", "/v2/carriers", ["Host: x", "Trackingmore-Api-Key: wrong"])
        self.assertTrue(answer.body.startswith(b'{"meta":{"code":4001,"type":'))
        self.assertIn(b'"code":4001,', answer.body)

    def test_errors_of_the_api_travel_with_http_200(self):
        for answer in (self.v2.get("SBXNEVERADDED"), self.v2.delete("SBXNEVERADDED"), self.v2.create("x")):
            self.assertEqual(200, answer.status)
            self.assertEqual([], answer.data)

    def test_two_hundred_rows_in_one_page(self):
        client = self.client(TRACKINGMORE_V2, self.new_key())
        numbers = [f"SBXTRANSITROW{i:04}" for i in range(200)]
        for start in range(0, 200, 40):
            rows = [{"tracking_number": n, "carrier_code": "sandbox"} for n in numbers[start : start + 40]]
            self.assertEqual(40, client.batch(rows).data["added"])
        page = client.list_page(limit=2000)
        self.assertEqual("200", page.data["total"])
        self.assertEqual(200, page.data["count"])
        self.assertEqual(set(numbers), {item["tracking_number"] for item in page.data["items"]})
        self.assertEqual(2000, client.list_page(limit=5000).data["limit"])

    def test_text_of_every_script_survives(self):
        number = self.new_number()
        title = 'Сапоги 靴 "quoted" \\ / \u2028 \U0001f4e6'
        self.v2.create(number, title=title)
        for client in (self.v2, self.tracktry, self.trackru):
            self.assertEqual(title, client.tracking(number)["title"])


class Framing(QuirksTestCase):
    """How bodies are told from what follows them."""

    def key_lines(self, *more):
        return ["Host: x", f"Trackingmore-Api-Key: {self.key}", *more]

    def test_chunked_post_and_put(self):
        number = self.new_number()
        body = json.dumps({"tracking_number": number, "carrier_code": "sandbox"}).encode()
        chunks = b"".join(b"%X\r\n%s\r\n" % (len(part), part) for part in (body[:1], body[1:20], body[20:]))
        lines = self.key_lines("Transfer-Encoding: chunked", "Content-Type: application/json")
        self.assertEqual(200, self.raw("POST", "/v2/trackings/post", lines, chunks + b"0\r\n\r\n").code)
        change = b'f;name=value\r\n{"title":"Hat"}\r\n0\r\nTrailer: x\r\n\r\n'
        self.assertEqual(200, self.raw("PUT", f"/v2/trackings/sandbox/{number}", lines, change).code)
        self.assertEqual("Hat", self.v2.tracking(number)["title"])

    def test_expect_continue(self):
        number = self.new_number()
        body = json.dumps({"tracking_number": number, "carrier_code": "sandbox"}).encode()
        lines = self.key_lines("Expect: 100-continue", f"Content-Length: {len(body)}")
        with RawConnection(self.server.port) as connection:
            connection.send(request_bytes("POST", "/v2/trackings/post", lines))
            self.assertEqual(100, connection.read_answer().status)
            connection.send(body)
            self.assertEqual(200, connection.read_answer().code)

    def test_expect_continue_with_a_chunked_body_of_nothing(self):
        lines = self.key_lines("Expect: 100-continue", "Transfer-Encoding: chunked")
        with RawConnection(self.server.port) as connection:
            connection.send(request_bytes("POST", "/v2/trackings/post", lines))
            self.assertEqual(100, connection.read_answer().status)
            connection.send(b"0\r\n\r\n")
            self.assertEqual(4015, connection.read_answer().code)

    def test_body_sent_without_waiting_for_continue(self):
        lines = self.key_lines("Expect: 100-continue", "Content-Length: 2")
        with RawConnection(self.server.port) as connection:
            connection.send(request_bytes("POST", "/v2/trackings/post", lines, b"{}"))
            answer = connection.read_answer()
            while answer.status == 100:
                answer = connection.read_answer()
            self.assertEqual(4015, answer.code)

    def test_post_without_any_length_has_no_body(self):
        answer = self.raw("POST", "/v2/trackings/post", self.key_lines())
        self.assertEqual((200, 4015), (answer.status, answer.code))

    def test_bodies_and_empty_bodies_on_get_and_delete(self):
        number = self.new_number()
        self.v2.create(number)
        target = f"/v2/trackings/sandbox/{number}"
        self.assertEqual(200, self.raw("GET", target, self.key_lines("Content-Length: 0")).code)
        self.assertEqual(200, self.raw("GET", target, self.key_lines("Content-Length: 9"), b"not JSON!").code)
        self.assertEqual(200, self.raw("DELETE", target, self.key_lines("Content-Length: 0")).code)

    def test_one_connection_serves_many_requests(self):
        request = request_bytes("GET", "/v2/trackings/sandbox/SBXNEVERADDED", self.key_lines())
        with RawConnection(self.server.port) as connection:
            for _ in range(3):
                connection.send(request)
                self.assertEqual(4031, connection.read_answer().code)
            connection.send(request * 3)  # without waiting for the answers
            self.assertEqual([4031] * 3, [connection.read_answer().code for _ in range(3)])

    def test_connection_close_is_kept(self):
        with RawConnection(self.server.port) as connection:
            connection.send(request_bytes("GET", "/v2/carriers", self.key_lines("Connection: close")))
            self.assertEqual(200, connection.read_answer().code)
            self.assertTrue(connection.is_closed_within(CLOSE_TIMEOUT_S))

    def test_http_1_0(self):
        lines = [f"Trackingmore-Api-Key: {self.key}"]
        with RawConnection(self.server.port) as connection:
            connection.send(request_bytes("GET", "/v2/trackings/sandbox/SBXNEVERADDED", lines, version="HTTP/1.0"))
            answer = connection.read_answer()
            self.assertEqual((200, 4031), (answer.status, answer.code))
            self.assertTrue(connection.is_closed_within(CLOSE_TIMEOUT_S))

    def test_head_is_get_without_the_body(self):
        length = self.raw("GET", "/v2/carriers", self.key_lines()).headers["content-length"]
        with RawConnection(self.server.port) as connection:
            connection.send(request_bytes("HEAD", "/v2/carriers", self.key_lines()))
            answer = connection.read_answer(has_body=False)
            self.assertEqual((200, length), (answer.status, answer.headers["content-length"]))
            connection.send(request_bytes("GET", "/v2/trackings/sandbox/SBXNEVERADDED", self.key_lines()))
            self.assertEqual(4031, connection.read_answer().code)


class Paths(QuirksTestCase):
    def key_lines(self):
        return ["Host: x", f"Trackingmore-Api-Key: {self.key}"]

    def test_doubled_and_trailing_slashes_say_nothing(self):
        number = self.new_number()
        self.v2.create(number)
        for target in (
            f"/v2/trackings/sandbox/{number}/",
            f"/v2//trackings/sandbox/{number}",
            f"//v2/trackings///sandbox//{number}//",
            f"/v2/trackings//get?numbers={number}",
            f"/v2/trackings/get/?numbers={number}",
            "/v2/carriers/",
            "/v2//carriers",
        ):
            with self.subTest(target):
                self.assertEqual(200, self.raw("GET", target, self.key_lines()).code)

    def test_language_segment(self):
        number = self.new_number()
        self.v2.create(number)
        for client in (self.v2, self.tracktry, self.trackru):
            for language in ("en", "RU", "cn/", "klingon"):
                with self.subTest(client.dialect.name, language=language):
                    self.assertEqual(200, client.call("GET", f"/trackings/sandbox/{number}/{language}").code)

    def test_carrier_in_capitals(self):
        number = self.new_number()
        self.v2.create(number)
        self.assertEqual(200, self.v2.get(number, carrier="SandBox").code)

    def test_percent_escapes(self):
        number = self.new_number()
        self.v2.create(number)
        escaped = "".join(f"%{byte:02x}" for byte in number.encode())
        self.assertEqual(200, self.v2.get(escaped, carrier="s%61ndbox").code)

    def test_encoded_slash_or_nul_makes_an_invalid_number_and_nothing_else(self):
        number = self.new_number()
        self.v2.create(number)
        for suffix in ("%2F", "%2f", "%2Fen", "%00", "%00X", "%0d%0aX", "%20X", "%E2%82%AC", "%"):
            for verb in ("GET", "PUT", "DELETE", "POST"):
                with self.subTest(suffix, verb=verb):
                    self.assertEqual(4014, self.v2.call(verb, f"/trackings/sandbox/{number}{suffix}").code)
        self.assertEqual(200, self.v2.get(number).code)

    def test_encoded_slash_or_nul_in_the_carrier(self):
        for carrier in ("sandbox%00", "sand%2Fbox", "%00", "sandbox%2F"):
            with self.subTest(carrier):
                self.assertEqual(4015, self.v2.get("SBXNEVERADDED", carrier=carrier).code)

    def test_absolute_target(self):
        target = "http://api.trackingmore.com/v2/trackings/sandbox/SBXNEVERADDED"
        self.assertEqual(4031, self.raw("GET", target, self.key_lines()).code)


class VerbsAndBodies(QuirksTestCase):
    def test_post_on_a_tracking_is_the_put_its_caller_means(self):
        number = self.new_number()
        self.v2.create(number)
        for client in (self.v2, self.tracktry, self.trackru):
            title = "by " + client.dialect.name
            self.assertEqual(200, client.call("POST", f"/trackings/sandbox/{number}", {"title": title}).code)
            self.assertEqual(title, client.tracking(number)["title"])

    def test_get_with_a_body_on_detect_is_the_post_its_caller_means(self):
        for client in (self.v2, self.tracktry, self.trackru):
            answer = client.call("GET", "/carriers/detect", {"tracking_number": "1Z999AA10123456784"})
            self.assertEqual("ups", answer.data[0]["code"])

    def test_list_takes_filters_from_query_body_and_both(self):
        client = self.client(TRACKINGMORE_V2, self.new_key())
        client.create("SBXTRANSITLISTA")
        client.create("SBXTRANSITLISTB")
        only_a = {"numbers": "SBXTRANSITLISTA"}
        query = urllib.parse.urlencode(only_a)
        answers = [
            client.call("GET", f"/trackings/get?{query}"),
            client.call("POST", f"/trackings/get?{query}", b""),
            client.call("GET", "/trackings/get", only_a),
            client.call("POST", "/trackings/get", only_a),
            client.call("POST", f"/trackings/get?{query}", {"numbers": "SBXTRANSITLISTB"}),  # the query wins
            client.call("GET", f"/trackings/get?{query}", b"not JSON!"),  # says nothing
        ]
        for answer in answers:
            self.assertEqual(["SBXTRANSITLISTA"], [item["tracking_number"] for item in answer.data["items"]])
        self.assertEqual(4012, client.call("POST", "/trackings/get", b"not JSON!").code)

    def test_form_data_lacks_what_is_required_first(self):
        form = "tracking_number=SBXTRANSITFORM&carrier_code=sandbox"
        for client, code in ((self.v2, 4015), (self.trackru, 4015), (self.tracktry, 4013)):
            for content_type in ("application/json", "application/x-www-form-urlencoded"):
                with self.subTest(client.dialect.name, content_type=content_type):
                    answer = client.call("POST", "/trackings/post", form, {"Content-Type": content_type})
                    self.assertEqual((200, code), (answer.status, answer.code))
        self.assertEqual(4031, self.v2.get("SBXTRANSITFORM").code)

    def test_json_under_any_content_type(self):
        for content_type in ("application/x-www-form-urlencoded", "application/json'", "text/plain", "", "???"):
            with self.subTest(content_type):
                body = {"tracking_number": self.new_number(), "carrier_code": "sandbox"}
                answer = self.v2.call("POST", "/trackings/post", body, {"Content-Type": content_type})
                self.assertEqual(200, answer.code)

    def test_null_and_empty_mean_not_given(self):
        optional = ("title", "customer_name", "customer_email", "customer_phone", "order_id", "comment",
                    "logistics_channel", "destination_code", "lang", "order_create_time", "tracking_ship_date",
                    "tracking_postal_code", "specialNumberDestination", "auto_correct")  # fmt: skip
        for nothing in (None, ""):
            with self.subTest(nothing=nothing):
                number = self.new_number()
                created = self.v2.create(number, **dict.fromkeys(optional, nothing))
                self.assertEqual(200, created.code)
                self.assertEqual(0, created.data["order_create_time"])
                self.assertEqual("", created.data["destination"])
                self.assertIsNone(created.data["title"])
                self.v2.update(number, {"title": "kept", "order_id": "kept"})
                again = self.v2.update(number, dict.fromkeys((*optional, "status", "archived"), nothing))
                self.assertEqual((200, "kept", "kept"), (again.code, again.data["title"], again.data["order_id"]))

    def test_numbers_where_texts_are_meant(self):
        created = self.v2.create(7400000000001, carrier="sandbox", order_id=12345)
        self.assertEqual((200, "7400000000001", "12345"),
                         (created.code, created.data["tracking_number"], created.data["order_id"]))  # fmt: skip

    def test_unknown_keys_and_parameters_are_ignored(self):
        number = self.new_number()
        self.assertEqual(200, self.v2.create(number, nonsense={"deep": [1, {"x": None}]}, other=[]).code)
        self.assertEqual([number], self.v2.listed_numbers(numbers=number, code="x", nonsense="1"))

    def test_query_oddities(self):
        number = self.new_number()
        self.v2.create(number)
        for query in (
            f"&orders&page=1&numbers={number}&status&limit=2000",
            f"numbers={number}&created_at_min=&created_at_max=&orders=&lang=cn&status=",
            f"numbers={number},OTHER",
            f"numbers={number}%2COTHER%2C",
            f"numbers=&numbers={number}",
            f"page=&limit=&numbers={number}",
            f"numbers=+{number}+",
            f"?numbers=x&numbers={number}",
        ):
            with self.subTest(query):
                answer = self.v2.call("GET", "/trackings/get?" + query)
                self.assertEqual((200, "1"), (answer.code, answer.data["total"]))

    def test_empty_put(self):
        number = self.new_number()
        self.v2.create(number)
        for body in (None, b"", b"{}", b"  "):
            self.assertEqual(200, self.v2.call("PUT", f"/trackings/sandbox/{number}", body).code)


class TrackruAsDefault(QuirksTestCase):
    CONFIG = WITHOUT_LIMITS + '[dialects]\nv1_default = "trackru"\n'

    def test_key_headers_still_tell(self):
        self.assertEqual(4013, self.tracktry.create("", carrier=None).code)
        self.assertEqual(4015, self.trackru.create("", carrier=None).code)

    def test_without_a_key_the_default_answers(self):
        self.assertEqual(4001, self.raw("GET", "/v1/carriers", ["Host: x"]).code)


if __name__ == "__main__":
    unittest.main()
