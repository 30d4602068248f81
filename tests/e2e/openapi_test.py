"""Requests made from the OpenAPI documents, some as they say and most a little off. Every answer must be as they say.

openapi_test.py                      the short form
openapi_test.py --requests 20000     the long form; --seed N repeats a run
"""

import argparse
import collections
import http.client
import json
import random
import re
import string
import sys
import unittest
import urllib.parse

import openapi_schema
from raw_http import Answer
from server_process import WITHOUT_LIMITS, ServerTestCase

# What the store knows something about, so that not every request asks for what is not there.
KNOWN_NUMBERS = ["RB123456785CN", "1Z999AA10123456784", *(f"KNOWN-{n}" for n in range(1, 7))]
KNOWN_CARRIERS = ["sandbox", "china-post", "usps", "ups", "dhl"]
ODD_TEXTS = ["", " ", "0", "-1", "null", "true", "é", "漢字", "a" * 300, "%00", "../..", "'\"", "\t", "\u202e", "1e999", "x,y,,z"]


class Generator:
    """Makes the n-th request from the seed, n and the ids that it has been told."""

    def __init__(self, seed: int):
        self._seed = seed
        self.ids: list[str] = []  # of trackings that answers told
        self._operations = []
        for api in map(openapi_schema.document, openapi_schema.names()):
            for path, verbs in api.document["paths"].items():
                self._operations += [(api, path, verb, verbs[verb]) for verb in verbs]

    def request(self, index: int):
        """Document, verb, path template, path with query, body and headers."""
        rng = random.Random(f"{self._seed}:{index}")
        api, template, verb, operation = self._operations[index % len(self._operations)]
        path, query, headers = template, [], {}
        for parameter in operation.get("parameters", []):
            value = self._text(parameter["name"], rng)
            if parameter["in"] == "path":
                path = path.replace("{" + parameter["name"] + "}", urllib.parse.quote(value, safe="") or "-")
            elif rng.random() < 0.3:
                if parameter["in"] == "query":
                    query.append((parameter["name"], value))
                else:
                    headers[parameter["name"]] = value.encode("ascii", "ignore").decode().strip() or "x"
        if query:
            path += "?" + urllib.parse.urlencode(query)
        return api, verb.upper(), template, path, self._body(operation, api.document, rng), headers

    def _body(self, operation: dict, document: dict, rng: random.Random) -> bytes | None:
        described = operation.get("requestBody")
        if described is None or rng.random() < 0.03:
            return None
        value = self._value(described["content"]["application/json"]["schema"], document, "", rng, 0)
        spoiled = rng.random()
        if spoiled < 0.04:
            value = rng.choice([None, [], {}, "text", 1, True, [[]], [None], [{}], {"": {}}, [value] * 41])
        text = json.dumps(value, ensure_ascii=rng.random() < 0.5).encode()
        if spoiled > 0.97:
            text = text[: rng.randrange(len(text) + 1)] + rng.choice([b"", b"}", b"\xff", b"\x00", b"a=b&c=d"])
        return text

    def _value(self, schema: dict, document: dict, name: str, rng: random.Random, depth: int):
        if "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        kinds = schema.get("type", "string")
        kind = kinds
        if isinstance(kinds, list):
            kind = "string" if "string" in kinds and rng.random() < 0.85 else rng.choice(kinds)
        if rng.random() < 0.05:
            kind = rng.choice(["string", "number", "null", "boolean", "array", "object"])
        if kind == "object":
            required = set(schema.get("required", []))
            return {
                key: self._value(member, document, key, rng, depth + 1)
                for key, member in schema.get("properties", {}).items()
                if rng.random() < (0.97 if key in required else 0.1)
            }
        if kind == "array":
            count = rng.choice([0, 1, 1, 1, 2, 3, 5]) if depth < 3 else 0
            return [self._value(schema.get("items", {}), document, name, rng, depth + 1) for _ in range(count)]
        if kind in ("number", "integer"):
            return rng.choice([0, 1, 4, 7, 8, -1, 1.5, 2**31, 2**63, 1700000000])
        if kind == "boolean":
            return rng.random() < 0.5
        return None if kind == "null" else self._text(name, rng)

    def _text(self, name: str, rng: random.Random) -> str:
        if name == "id" and self.ids and rng.random() < 0.9:
            return rng.choice(self.ids)
        if rng.random() < 0.06:
            return rng.choice(ODD_TEXTS)
        if name == "track_number":
            return rng.choice(["172-28891936", "23569030430", "998-00000011", "172-1"])
        if ("carrier" in name or "courier" in name) and rng.random() < 0.9:
            return rng.choice(KNOWN_CARRIERS)
        if "date" in name or name.endswith("_time"):
            return rng.choice(["2024-03-01 10:00", "2024-03-01", "1700000000"])
        if "number" in name and rng.random() < 0.8:
            return rng.choice([*KNOWN_NUMBERS, "K" + "".join(rng.choices(string.ascii_uppercase + string.digits, k=9))])
        if "_min" in name or "_max" in name:
            return str(rng.choice([0, 1, 1700000000, 1900000000, -5, 10**20]))
        if name in ("page", "limit", "status"):
            return rng.choice(["1", "2", "7", "8", "4", "2000", "delivered", "transit", "1000000000"])
        if "country" in name or name in ("original", "destination"):
            return rng.choice(["CN", "us", "DE", "DE", "Germany"])
        return rng.choice(["a", "title", "true", "false", "someone@example.com", "2024-03-01 10:00"])


# Nothing expires while this runs.
NEVER_SUCCEED = {("POST", "/trackings/retrack/{id}")}

ID_IN_ANSWER = re.compile(rb'"id":"([0-9a-f]{32})"')


class ServedDocuments(ServerTestCase):
    def fetch(self, path: str):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.getheader("Content-Type"), response.read()

    def test_each_dialects_document_is_served_as_it_stands_in_the_documentation(self):
        for name in openapi_schema.names():
            status, kind, body = self.fetch(f"/api/openapi/{name}.json")
            self.assertEqual((status, kind), (200, "application/json; charset=utf-8"), name)
            self.assertEqual(body, (openapi_schema.DOCUMENTS / f"{name}.json").read_bytes())

    def test_the_page_that_shows_them_and_what_it_loads_are_there(self):
        for path, kind in (("/docs", "text/html"), ("/docs/page.js", "text/javascript"), ("/docs/page.css", "text/css")):
            status, told, body = self.fetch(path)
            self.assertEqual((status, told), (200, kind + "; charset=utf-8"), path)
            self.assertTrue(body)
        self.assertEqual(self.fetch("/docs/page.mjs")[0], 404)


class AnswersAreAsDocumented(ServerTestCase):
    REQUESTS = 1000
    SEED = 1
    CONFIG = WITHOUT_LIMITS

    def test_every_answer_fits_its_schema(self):
        key = self.new_key()
        generator = Generator(self.SEED)
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        seen = collections.Counter()
        for index in range(self.REQUESTS):
            api, verb, template, path, body, more = generator.request(index)
            headers = {api.key_header: key, "Content-Type": "application/json", **more}
            connection.request(verb, api.prefix + path, body, headers)
            response = connection.getresponse()
            answer = Answer(response.status, dict(response.getheaders()), response.read())
            context = f"seed {self.SEED}, request {index}: {verb} {path} {body!r}: HTTP {answer.status} {answer.body[:600]!r}"
            self.assertLess(answer.status, 500, context)
            fault = api.fault_in_answer_of(template, verb, answer.status, answer.body)
            if answer.code in (200, 201):
                generator.ids = [*generator.ids, *map(bytes.decode, ID_IN_ANSWER.findall(answer.body)[:3])][-30:]
            self.assertEqual(fault, "", context)
            seen[(verb, template, answer.code)] += 1
        # A run that only ever hears refusals proves nothing.
        answered = {(verb, template) for verb, template, code in seen if code in (200, 201)}
        silent = {(verb, template) for verb, template, _ in seen} - answered - NEVER_SUCCEED
        if self.REQUESTS >= 2000:
            self.assertEqual(silent, set(), "never succeeded")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=AnswersAreAsDocumented.REQUESTS)
    parser.add_argument("--seed", type=int, default=AnswersAreAsDocumented.SEED)
    arguments, rest = parser.parse_known_args()
    AnswersAreAsDocumented.REQUESTS, AnswersAreAsDocumented.SEED = arguments.requests, arguments.seed
    unittest.main(argv=[sys.argv[0], *rest])
