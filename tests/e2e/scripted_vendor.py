"""A vendor that says exactly what a test wants it to say."""

import hashlib
import http.server
import json
import threading
import time
import urllib.parse


class ScriptedVendor:
    """A vendor whose list is a Python list and whose answers can be spoilt one by one."""

    def __init__(self, count):
        self.rows = [self.row(i) for i in range(count)]
        self.faults = []  # each spoils one answer: fault(handler, items) answers in its place, or changes `items`
        self.asked = 0
        vendor = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                vendor.asked += 1
                query = {k: int(v[0]) for k, v in urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query).items()}
                items = vendor.page(query)
                if vendor.faults:
                    items = vendor.faults.pop(0)(self, items)
                    if items is None:
                        return
                if items:
                    data = {"meta": {"code": 200}, "data": {"items": items, "page": query["page"]}}
                else:
                    data = {"meta": {"code": 4031}, "data": []}
                self.reply(200, json.dumps(data).encode())

            def reply(self, status, body, **headers):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{self.server.server_port}/v2"

    @staticmethod
    def row(index, **fields):
        # Twenty in one second, and all of them within a few minutes.
        moment = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(1709280000 + index // 20))
        identity = hashlib.md5(str(index).encode()).hexdigest()
        return {"id": identity, "tracking_number": f"SBXTRANSIT-{index:05}", "carrier_code": "sandbox",
                "status": "transit", "created_at": moment, "updated_at": moment, **fields}  # fmt: skip

    def page(self, query):
        def within(row):
            created = time.mktime(time.strptime(row["created_at"][:19], "%Y-%m-%dT%H:%M:%S")) - time.timezone
            return query.get("created_at_min", 0) <= created <= query.get("created_at_max", 1 << 40)
        newest_first = [row for row in reversed(self.rows) if within(row)]
        begin = (query["page"] - 1) * query["limit"]
        return newest_first[begin : begin + query["limit"]]
