"""Words for describing an API once, for its OpenAPI document and for its page in docs/dialects.

A field says what it is and how sure that is: "documented" by the vendor, "captured" from a real answer or a real
client, or "chosen" by us where neither tells, and then why.
"""

import dataclasses

DOCUMENTED, CAPTURED, CHOSEN = "documented", "captured", "chosen"


@dataclasses.dataclass(frozen=True)
class Field:
    name: str
    schema: dict
    state: str = DOCUMENTED
    note: str = ""
    always: bool = True  # in an answer: the key is never missing; in a request: it must be given


def ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


def array(items: dict, **more) -> dict:
    return {"type": "array", "items": items, **more}


def nullable(schema: dict) -> dict:
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def one_of_texts(*texts: str) -> dict:
    return {"type": "string", "enum": list(texts)}


TEXT = {"type": "string"}
TEXT_OR_NULL = nullable(TEXT)
INT = {"type": "integer"}
INT_OR_NULL = nullable(INT)
BOOL = {"type": "boolean"}
NUMBER = {"type": "number"}
ID = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
ISO_TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$"}
# What a request may put where a text is meant: clients write numbers, and null for "not given".
LENIENT_TEXT = {"type": ["string", "number", "null"], "maxLength": 4096}


def object_of(fields: list[Field], description: str = "", closed: bool = True) -> dict:
    """An object with just these members (an answer), or with these and whatever else (a request)."""
    schema: dict = {"type": "object", "properties": {}}
    for field in fields:
        member = dict(field.schema)
        if field.note:
            member["description"] = field.note
        schema["properties"][field.name] = member
    required = [field.name for field in fields if field.always]
    if required:
        schema["required"] = required
    if closed:
        schema["additionalProperties"] = False
    if description:
        schema["description"] = description
    return schema


@dataclasses.dataclass(frozen=True)
class Parameter:
    name: str
    schema: dict
    note: str = ""
    place: str = "query"
    state: str = DOCUMENTED

    def document(self) -> dict:
        told = {"name": self.name, "in": self.place, "required": self.place == "path", "schema": self.schema}
        if self.note:
            told["description"] = self.note
        return told


@dataclasses.dataclass(frozen=True)
class Operation:
    verb: str
    path: str
    id: str
    summary: str
    data: dict  # of a success
    codes: dict = dataclasses.field(default_factory=dict)  # of its own errors: when (v4: HTTP status and when)
    success: tuple[int, ...] = (200,)
    body: dict | None = None
    body_required: bool = True
    parameters: tuple[Parameter, ...] = ()
    state: str = DOCUMENTED
    note: str = ""
