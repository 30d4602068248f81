"""Places that carriers treat as remote: POST trackings/remote, and the commands that keep the lists."""

import csv
import itertools
import json
import os
import pathlib
import time
import unittest

from dialect_client import TRACKINGMORE_V2, TRACKRU_V1, TRACKTRY_V1, Client
from server_process import Server, ServerTestCase, TemporaryDirectory, is_sanitized, run, running

HEAD = "carrier,country,postcode_from,postcode_to,city\n"
FIELDS = ["far_express_company", "two_code", "far_country", "far_city_postcode"]


def remote(client, *places):
    answer = client.call("POST", "/trackings/remote", list(places))
    meta = answer.document["meta"]
    assert (meta["code"], meta["type"], meta["message"]) == (200, "Success", "The request was successful."), meta
    assert list(answer.data) == ["submitted", "other", "remote"], answer.body
    assert answer.data["submitted"] == len(places)
    return answer.data


def place(country, postcode, company=None):
    return {"country": country, "postcode": postcode, **({"company": company} if company else {})}


class Routes:
    dialect = None

    def setUp(self):
        self.client = Client(self.dialect, self.server.port, self.new_key())
        self.addCleanup(self.client.close)

    def companies(self, country, postcode, company=None):
        data = remote(self.client, place(country, postcode, company))
        self.assertEqual(not data["remote"], bool(data["other"]))
        return [row["far_express_company"] for row in data["remote"]]

    def test_a_fresh_server_answers(self):
        data = remote(self.client, place("Japan", "7614489"), place("NZ", "Papaaroha"), place("CN", "100000"))
        for row in data["remote"]:
            self.assertEqual(FIELDS, list(row))
        self.assertIn({"far_express_company": "dhl", "two_code": "JP", "far_country": "Japan",
                       "far_city_postcode": "7614489"}, data["remote"])
        self.assertIn({"far_express_company": "fedex", "two_code": "NZ", "far_country": "New Zealand",
                       "far_city_postcode": "Papaaroha"}, data["remote"])
        self.assertEqual([place("CN", "100000")], data["other"])

    def test_postcodes_as_people_write_them(self):
        for written in ("A0A1E0", "a0a 1e0", "A0A-1E0"):
            self.assertEqual(["dhl", "fedex"], self.companies("CA", written))
        for written in ("AB36 8XY", "ab368xy", "AB36 8"):
            self.assertEqual(["dhl"], self.companies("gb", written))
        self.assertEqual(["fedex"], self.companies("United Kingdom", "HS1 2AB")[-1:])
        self.assertEqual([], self.companies("GB", "SW1A 1AA"))

    def test_a_company(self):
        self.assertEqual(["dhl"], self.companies("CA", "A0A 1E0", "DHL"))
        self.assertEqual(["fedex"], self.companies("CA", "A0A 1E0", "FedEx"))
        self.assertEqual([], self.companies("CA", "A0A 1E0", "UPS"))

    def test_what_nobody_knows_is_other(self):
        for asked in (place("Atlantis", "1"), place("US", "-"), place("NZ", "no such place")):
            self.assertEqual({"submitted": 1, "other": [asked], "remote": []}, remote(self.client, asked))

    def test_refusals(self):
        good = place("CA", "A0A 1E0")
        for code, body in (
            (4012, {}), (4012, []), (4012, good), (4012, [good, "x"]), (4012, [{"country": "CA"}]),
            (4012, [{"postcode": "A0A 1E0"}]), (4012, [place("CA", [])]), (4012, "country=CA&postcode=A0A1E0"),
            (4020, [good] * 41),
        ):  # fmt: skip
            with self.subTest(body=str(body)[:80]):
                answer = self.client.call("POST", "/trackings/remote", body)
                self.assertEqual((200, code, []), (answer.status, answer.code, answer.data))
        self.assertEqual(40, len(remote(self.client, *[place("NZ", "Papaaroha")] * 40)["remote"]))


class TrackingMore(Routes, ServerTestCase):
    dialect = TRACKINGMORE_V2


class Tracktry(Routes, ServerTestCase):
    dialect = TRACKTRY_V1


class Trackru(Routes, ServerTestCase):
    dialect = TRACKRU_V1


class Commands(unittest.TestCase):
    def setUp(self):
        self.directory = TemporaryDirectory(self.addCleanup).path
        self.data = self.directory / "data"

    def write(self, text, name="table.csv"):
        file = self.directory / name
        file.write_text(text)
        return file

    def imported(self, file, *more):
        return run("remote-areas", "import", file, "--data", self.data, *more, timeout=300)

    def lists(self):
        told = run("remote-areas", "list", "--data", self.data, "--json")
        self.assertEqual((0, ""), (told.returncode, told.stderr))
        return {row["carrier"]: row for row in map(json.loads, told.stdout.splitlines())}

    def test_the_built_in_lists_say_how_old_they_are(self):
        lists = self.lists()
        self.assertEqual({"dhl", "fedex"}, set(lists))
        self.assertTrue(all(row["built_in"] for row in lists.values()))
        self.assertIn("2018-09-04", lists["dhl"]["source"])
        self.assertGreater(lists["dhl"]["countries"], 150)
        text = run("remote-areas", "list", "--data", self.data).stdout
        self.assertRegex(text, r"(?m)^fedex\t\d+ rows\t105 countries\t.*2022-08-22 \(built in\)\t")

    def test_an_import_of_a_live_directory(self):
        server = Server(self.data)
        with running(server):
            client = Client(TRACKINGMORE_V2, server.port, server.open_account("a@b.co")[1])
            self.addCleanup(client.close)
            asked = place("FJ", "Vunisea")
            before = [row["far_express_company"] for row in remote(client, asked)["remote"]]
            self.assertNotIn("ups", before)
            done = self.imported(self.write('country,city,postcode_from\nFiji,"Vunisea, Kadavu",\nFJ,Vunisea,\n'),
                                 "--carrier", "UPS")
            self.assertEqual(0, done.returncode, done.stderr)
            self.assertEqual("ups: 2 rows imported\n", done.stdout)
            self.assertIn("written 2 of 2", done.stderr)
            self.assertIn("ups", [row["far_express_company"] for row in remote(client, asked)["remote"]])

            done = self.imported(self.write(HEAD + "dhl,NZ,0170,0170,\n"))
            self.assertEqual(0, done.returncode, done.stderr)
            found = remote(client, place("NZ", "0171"), place("NZ", "0170"))
            self.assertEqual(["0170"], [row["far_city_postcode"] for row in found["remote"]])
            self.assertEqual(0, server.stop())
        lists = self.lists()
        self.assertEqual((1, False, "table.csv"), tuple(lists["dhl"][key] for key in ("rows", "built_in", "source")))
        with running(server):
            self.assertEqual(0, server.stop())
        self.assertEqual(lists, self.lists())  # what somebody imported stays when the server starts again

    def test_broken_rows_are_told_and_nothing_changes(self):
        before = self.lists()
        for row, reason in (
            ("dhl,NZ,0170,0169,", "'0169' comes before '0170'"),
            ("dhl,NZ,0170,01700,", "not of one length"),
            ("dhl,NZ,none,none,", "'none' is no postcode"),
            ("dhl,NZ,0170,0170,Ahipara", "both a postcode and a city"),
            ("dhl,NZ,,,", "neither a postcode nor a city"),
            ("dhl,Atlantis,1,1,", "'Atlantis' is no country"),
            ("nobody,NZ,1,1,", "'nobody' is no carrier"),
            (",NZ,1,1,", "no carrier"),
            ("dhl,NZ,1", "3 cells, not 5"),
            ('dhl,NZ,1"2,1,', "quote"),
        ):
            with self.subTest(row):
                file = self.write(HEAD + "dhl,NZ,0170,0170,\n" + row + "\n" + "dhl,NZ,0171,0171,\n")
                done = self.imported(file)
                self.assertEqual((1, ""), (done.returncode, done.stdout))
                self.assertIn(f"{file}:3: ", done.stderr)
                self.assertIn(reason, done.stderr)
                self.assertEqual(before, self.lists())

    def test_refusals_of_whole_files(self):
        for text, more, reason in (
            ("", (), "no rows"),
            (HEAD, (), "no rows"),
            ("country,postcode_from\nNZ,1\n", (), "--carrier"),
            ("carrier,postcode_from\ndhl,1\n", (), "'country'"),
            ("carrier,country\ndhl,NZ\n", (), "'postcode_from'"),
            (HEAD + "dhl,NZ,1,1,\n", ("--carrier", "nobody"), "'nobody' is no carrier"),
            (HEAD + "fedex,NZ,1,1,\n", ("--carrier", "dhl"), "the carrier is 'fedex', not 'dhl'"),
        ):
            with self.subTest(text=text, more=more):
                done = self.imported(self.write(text), *more)
                self.assertEqual((1, ""), (done.returncode, done.stdout))
                self.assertIn(reason, done.stderr)
        self.assertEqual(1, self.imported(self.directory / "missing.csv").returncode)
        self.assertEqual(2, run("remote-areas", "import").returncode)

    def test_a_hundred_thousand_rows_in_seconds(self):
        codes = (f"{n:06}" for n in range(0, 248_000, 2))
        file = self.write(HEAD + "".join(f"dhl,CN,{code},{code},\n" for code in codes))
        self.lists()
        begun = time.monotonic()
        done = self.imported(file, "--json")
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual({"carrier": "dhl", "rows": 124_000}, json.loads(done.stdout))
        self.assertIn("written 124000 of 124000", done.stderr)
        self.assertLess(time.monotonic() - begun, 120 if is_sanitized() else 30)


FACTS = os.environ.get("PARCELWAKE_FACTS")


@unittest.skipUnless(FACTS, "PARCELWAKE_FACTS names no folder of public facts")
class BuiltInAgainstFacts(ServerTestCase):
    def test_every_hundredth_row_is_found(self):
        client = Client(TRACKINGMORE_V2, self.server.port, self.new_key())
        self.addCleanup(client.close)
        for carrier in ("dhl", "fedex"):
            with open(pathlib.Path(FACTS) / "remote-areas" / f"{carrier}.csv", newline="") as table:
                rows = list(itertools.islice(csv.DictReader(table), 0, None, 100))
            for start in range(0, len(rows), 40):
                asked = [place(row["country"], row["postcode_to"] or row["city"], carrier)
                         for row in rows[start : start + 40]]
                self.assertEqual([], remote(client, *asked)["other"])


if __name__ == "__main__":
    unittest.main()
