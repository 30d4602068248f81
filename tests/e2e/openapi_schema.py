"""The OpenAPI documents of the dialects, to hold answers against."""

import functools
import json
import pathlib
import re

import jsonschema

DOCUMENTS = pathlib.Path(__file__).resolve().parents[2] / "docs" / "openapi"
# Beyond this an answer holds more of the same, and checking it takes longer than making it.
LARGEST_CHECKED = 32 << 10


class Document:
    """One dialect's document."""

    def __init__(self, name: str):
        self.document = json.loads((DOCUMENTS / f"{name}.json").read_text())
        self.prefix = self.document["servers"][0]["url"]
        self.key_header = self.document["components"]["securitySchemes"]["key"]["name"]
        self._routes = [
            (re.compile(re.sub(r"\{[^/}]+\}", "[^/]+", path.lower()) + "/?"), path)
            for path in sorted(self.document["paths"], key=lambda path: path.count("{"))
        ]
        self._validators: dict[tuple[str, str, str], jsonschema.Draft202012Validator] = {}

    def route_of(self, path: str) -> str | None:
        """The path template that a request's path, without prefix and query, belongs to."""
        bare = path.partition("?")[0].lower()
        return next((template for pattern, template in self._routes if pattern.fullmatch(bare)), None)

    def fault_in(self, verb: str, path: str, status: int, body: bytes) -> str:
        """What an answer has that the document does not say; empty when all is well or nothing is said."""
        template = self.route_of(path)
        if template is None or verb.lower() not in self.document["paths"][template] or len(body) > LARGEST_CHECKED:
            return ""
        return self.fault_in_answer_of(template, verb, status, body)

    def fault_in_answer_of(self, template: str, verb: str, status: int, body: bytes) -> str:
        """The same for an operation of the document."""
        validator = self._validator(template, verb.lower(), str(status))
        if validator is None:
            return f"HTTP {status} is not documented"
        error = jsonschema.exceptions.best_match(validator.iter_errors(json.loads(body)))
        return f"{error.json_path}: {error.message[:500]}" if error else ""

    def _validator(self, template: str, verb: str, status: str):
        key = (template, verb, status)
        if key not in self._validators:
            response = self.document["paths"][template][verb]["responses"].get(status)
            if response is None:
                return None
            if "$ref" in response:
                response = self.document["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
            schema = response["content"]["application/json"]["schema"]
            self._validators[key] = jsonschema.Draft202012Validator({**schema, "components": self.document["components"]})
        return self._validators[key]


def names() -> list[str]:
    return sorted(file.stem for file in DOCUMENTS.glob("*.json"))


@functools.cache
def document(name: str) -> Document:
    return Document(name)
