"""TrackingMore v2, Tracktry v1 and Trackru v1: one API with a few differences."""

import dataclasses

from shapes import (
    BOOL, CAPTURED, CHOSEN, DOCUMENTED, ID, INT, INT_OR_NULL, ISO_TIME, LENIENT_TEXT, NUMBER, TEXT, TEXT_OR_NULL,
    Field, Operation, Parameter, array, nullable, object_of, one_of_texts, ref,
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Dialect:
    name: str
    title: str
    prefix: str
    key_header: str
    server: str
    single_is_array: bool
    batch_code: int
    carrier_required: bool
    seconds: bool  # an event's Date goes down to the second
    empty_destination: str  # "absent" or "nulls"
    no_event: str  # "null" or "empty"
    documented: frozenset[str]  # ids of the operations that the vendor documents

    @property
    def quota_text(self) -> str:
        if self.prefix == "/v2":
            return "Your balance is insufficient, please recharge in time"
        return (
            "Your balance is not enough, please recharge in time, free account can add up to 500 single numbers "
            "per month."
        )


SEVEN = frozenset(
    "createTracking getTracking updateTracking deleteTracking createTrackings listTrackings trackInRealtime".split()
)
CARRIER_ROUTES = frozenset(["listCarriers", "detectCarriers"])
EXTRA = frozenset(
    "updateTrackings deleteTrackings changeCarrier getUserInfo countByStatus stopUpdates findRemoteAreas "
    "getTransitTimes trackAirCargo".split()
)

DIALECTS = (
    Dialect(
        "trackingmore-v2", "TrackingMore v2", "/v2", "Trackingmore-Api-Key", "https://api.trackingmore.com", False, 201,
        True, True, "absent", "null", SEVEN | CARRIER_ROUTES | EXTRA,
    ),
    Dialect(
        "tracktry-v1", "Tracktry v1", "/v1", "Tracktry-Api-Key", "https://api.tracktry.com", True, 200,
        False, False, "nulls", "empty", SEVEN | CARRIER_ROUTES,
    ),
    Dialect(
        "trackru-v1", "Trackru v1", "/v1", "Api-Key", "https://api.trackru.ru", True, 200,
        True, False, "nulls", "empty", SEVEN,
    ),
)  # fmt: skip

STATUSES = ("pending", "notfound", "transit", "pickup", "delivered", "undelivered", "exception", "expired")

# meta.type and when, of every code that a route can answer.
COMMON_CODES = {
    401: "the key may not do this",
    402: "the plan does not include the API",
    403: "the account is blocked",
    429: "too many calls",
    4001: "the key is missing or nobody's",
    4002: "the key was revoked",
}
# HTTP statuses other than 200, with the same envelope.
HTTP_ERRORS = {
    400: "the request is not well-formed HTTP",
    404: "no such route",
    405: "the route has other verbs",
    413: "the body is too large",
    414: "the target is too long",
    431: "the headers are too large",
    500: "a fault of the server's",
    503: "the server cannot do it now; nothing happened",
    505: "a version of HTTP that is not spoken here",
}


def event_date(dialect: Dialect) -> dict:
    clock = r"( \d\d:\d\d:\d\d)?" if dialect.seconds else r"( \d\d:\d\d)?"
    return {"type": "string", "pattern": rf"^(\d{{4}}-\d\d-\d\d{clock})?$"}


def event(dialect: Dialect) -> list[Field]:
    return [
        Field("Date", event_date(dialect), DOCUMENTED, "Local time where it happened, without a zone; a date alone where the carrier told no clock."),
        Field("StatusDescription", TEXT, DOCUMENTED, "The carrier's words."),
        Field("Details", TEXT, DOCUMENTED, "The place; empty when unknown."),
        Field("checkpoint_status", one_of_texts("", *STATUSES), CAPTURED, "Empty when the event says nothing of a status that is known here."),
        Field("substatus", TEXT, CAPTURED),
        Field("ItemNode", TEXT, CAPTURED, "The milestone that this event set.", always=False),
    ]  # fmt: skip


MILESTONES = (
    ("ItemReceived", "The first event."),
    ("ItemDispatched", "Left the outward office of exchange."),
    ("DepartfromAirport", "Departed from the origin airport: the documentation calls it an arrival, its name says departure."),
    ("ArrivalfromAbroad", "Arrived in the destination country."),
    ("CustomsClearance", "Handed to customs."),
    ("DestinationArrived", "Arrived at the delivery office."),
)  # fmt: skip


def leg(is_origin: bool) -> list[Field]:
    fields = [Field("ReferenceNumber", TEXT_OR_NULL, CAPTURED)] if is_origin else []
    fields += [Field(name, TEXT_OR_NULL, DOCUMENTED, note) for name, note in MILESTONES]
    return fields + [
        Field("weblink", TEXT_OR_NULL, DOCUMENTED, "The carrier's site."),
        Field("phone", TEXT_OR_NULL, DOCUMENTED, "The carrier's phone."),
        Field("carrier_code", TEXT_OR_NULL),
        Field("trackinfo", array(ref("Event"), minItems=1), CHOSEN, "Newest first. The key is missing while there are no events: null and [] break clients.", always=False),
    ]  # fmt: skip


def tracking(dialect: Dialect) -> list[Field]:
    newest = TEXT_OR_NULL if dialect.no_event == "null" else TEXT
    nothing = "null" if dialect.no_event == "null" else '""'
    return [
        Field("id", ID, DOCUMENTED, "Stays when the number is deleted and added again."),
        Field("tracking_number", TEXT),
        Field("carrier_code", TEXT),
        Field("status", one_of_texts(*STATUSES)),
        Field("track_update", BOOL, CAPTURED, "Whether the carrier is still asked."),
        Field("created_at", ISO_TIME, DOCUMENTED, "When the account first added it, in the account's time zone."),
        Field("updated_at", ISO_TIME, CHOSEN, "The last change, never null: before the first it is created_at."),
        Field("order_create_time", {"type": ["string", "null"], "pattern": r"^\d{4}-\d\d-\d\d \d\d:\d\d$"}),
        Field("destination_code", TEXT, CAPTURED, always=False),
        Field("customer_email", TEXT, CAPTURED, "Empty when unset."),
        Field("customer_phone", TEXT, always=False),
        Field("title", TEXT, CAPTURED, "Empty when unset."),
        Field("order_id", TEXT_OR_NULL),
        Field("comment", TEXT_OR_NULL),
        Field("customer_name", TEXT_OR_NULL),
        Field("archived", BOOL, CAPTURED, "A bool here, a text in the answer of PUT."),
        Field("original_country", TEXT, DOCUMENTED, "The country's English name; empty when unknown."),
        Field("destination_country", TEXT, DOCUMENTED, "The country's English name.", always=False),
        Field("singed_by", TEXT, DOCUMENTED, "The recipient; the misspelling is the wire's.", always=False),
        Field("itemTimeLength", INT_OR_NULL, CHOSEN, "Days from the first event to the delivery or to the last ask, rounded up."),
        Field("stayTimeLength", INT_OR_NULL, CHOSEN, "Days from the newest event to the last ask, rounded up."),
        Field("service_code", TEXT_OR_NULL, CAPTURED),
        Field("status_info", {"type": "null"}, CAPTURED),
        Field("weight", TEXT, DOCUMENTED, always=False),
        Field("substatus", TEXT_OR_NULL, CAPTURED, "Written without a space, e.g. notfound001." if dialect.prefix == "/v2" else "exception005 is a parcel returned to its sender; the others of TrackingMore's own are left out."),
        Field("origin_info", ref("OriginInfo"), DOCUMENTED, "Always there: clients read it unchecked."),
        Field("destination_info", ref("DestinationInfo"), CAPTURED, "Absent until the parcel is handed to another carrier." if dialect.empty_destination == "absent" else "All null until the parcel is handed to another carrier.", always=dialect.empty_destination == "nulls"),
        Field("lastEvent", newest, DOCUMENTED, f"Description, place and date of the newest event, joined by commas; {nothing} before the first."),
        Field("lastUpdateTime", newest, DOCUMENTED, f"That event's date; {nothing} before the first."),
    ]  # fmt: skip


def registration(dialect: Dialect) -> list[Field]:
    carrier_note = "A code of GET /carriers, in any case." if dialect.carrier_required else "A code of GET /carriers; blank: taken from the number."
    return [
        Field("tracking_number", LENIENT_TEXT, DOCUMENTED, "At least five letters, digits, - and _; at most 64. Compared without regard to case."),
        Field("carrier_code", LENIENT_TEXT, DOCUMENTED, carrier_note, always=dialect.carrier_required),
        Field("destination_code", LENIENT_TEXT, DOCUMENTED, "ISO 3166 alpha-2 or an English country name.", always=False),
        Field("title", LENIENT_TEXT, always=False),
        Field("logistics_channel", LENIENT_TEXT, always=False),
        Field("customer_name", LENIENT_TEXT, always=False),
        Field("customer_email", LENIENT_TEXT, always=False),
        Field("customer_phone", LENIENT_TEXT, always=False),
        Field("order_id", LENIENT_TEXT, DOCUMENTED, "Also as `order`.", always=False),
        Field("order_create_time", LENIENT_TEXT, DOCUMENTED, "2024/3/1 10:00, 2024-03-01 10:00, or unix seconds.", always=False),
        Field("tracking_ship_date", LENIENT_TEXT, always=False),
        Field("tracking_postal_code", LENIENT_TEXT, always=False),
        Field("tracking_account_number", LENIENT_TEXT, always=False),
        Field("tracking_destination_country", LENIENT_TEXT, DOCUMENTED, "Also as `specialNumberDestination`.", always=False),
        Field("lang", LENIENT_TEXT, DOCUMENTED, "Two letters; anything else is passed over.", always=False),
        Field("comment", LENIENT_TEXT, CAPTURED, always=False),
    ]  # fmt: skip


def update_fields() -> list[Field]:
    return [
        *(Field(name, LENIENT_TEXT, always=False) for name in ("title", "logistics_channel", "customer_name", "customer_email", "customer_phone", "order_id", "destination_code")),
        Field("comment", LENIENT_TEXT, CHOSEN, always=False),
        Field("archived", {"type": ["string", "boolean", "null"]}, DOCUMENTED, '"true" or "false".', always=False),
        Field("status", {"type": ["string", "number", "null"]}, DOCUMENTED, "4 delivered, 7 exception, 8 back to what the carrier says; anything else: 4033.", always=False),
    ]  # fmt: skip


def created_row() -> list[Field]:
    return [
        Field("id", ID),
        Field("tracking_number", TEXT),
        Field("carrier_code", TEXT),
        Field("order_create_time", INT, CAPTURED, "Unix seconds; 0 when unset. A number here, a text in reads."),
        Field("status", one_of_texts(*STATUSES)),
        Field("created_at", ISO_TIME, CAPTURED, "Now, also when the number had been deleted; reads then show the first."),
        *(Field(name, TEXT_OR_NULL) for name in ("customer_email", "customer_name", "customer_phone", "order_id", "comment", "title", "logistics_channel")),
        Field("destination", TEXT, CHOSEN, "The destination_code that was given, or empty."),
    ]  # fmt: skip


def updated_row() -> list[Field]:
    return [
        Field("id", ID),
        Field("tracking_number", TEXT),
        Field("carrier_code", TEXT),
        Field("created_at", ISO_TIME),
        Field("updated_at", ISO_TIME),
        *(Field(name, TEXT_OR_NULL) for name in ("customer_email", "customer_name", "order_id", "title", "destination_code", "customer_phone")),
        Field("archived", one_of_texts("true", "false"), DOCUMENTED, "A text here, a bool in reads."),
        Field("status", one_of_texts("4", "7", "8", *STATUSES), CHOSEN, "The number that was sent, as text; otherwise the present status by name."),
        Field("logistics_channel", TEXT_OR_NULL),
    ]  # fmt: skip


def carrier() -> list[Field]:
    return [
        Field("name", TEXT),
        Field("code", TEXT),
        Field("phone", TEXT),
        Field("homepage", TEXT),
        Field("type", one_of_texts("express", "globalpost")),
        Field("picture", TEXT, DOCUMENTED, "Without a protocol, at this server."),
        Field("country_code", TEXT, CAPTURED),
        Field("track_url", TEXT, CAPTURED),
        Field("name_cn", TEXT, CAPTURED),
    ]


def row_error() -> list[Field]:
    return [
        Field("tracking_number", TEXT),
        Field("carrier_code", TEXT),
        Field("code", INT, CAPTURED),
        Field("message", TEXT, CAPTURED),
    ]


KEY_ROW = [
    Field("tracking_number", LENIENT_TEXT),
    Field("carrier_code", LENIENT_TEXT),
]
META = [Field("code", INT), Field("type", TEXT), Field("message", TEXT)]


def components(dialect: Dialect) -> dict[str, list[Field]]:
    return {
        "Meta": META,
        "Event": event(dialect),
        "OriginInfo": leg(True),
        "DestinationInfo": leg(False),
        "Tracking": tracking(dialect),
        "CreatedRow": created_row(),
        "UpdatedRow": updated_row(),
        "Carrier": carrier(),
        "Candidate": [Field("name", TEXT), Field("code", TEXT)],
        "RowError": row_error(),
        "KeyAnswer": [Field("tracking_number", TEXT), Field("carrier_code", TEXT)],
        "RemotePlace": [
            Field("far_express_company", TEXT, DOCUMENTED, "The carrier that calls the place remote."),
            Field("two_code", TEXT, DOCUMENTED, "The country, ISO 3166 alpha-2."),
            Field("far_country", TEXT, DOCUMENTED, "The country's English name."),
            Field("far_city_postcode", TEXT, DOCUMENTED, "The postcode or city that was asked for."),
        ],
    }


def requests(dialect: Dialect) -> dict[str, dict]:
    moment = {"type": ["string", "integer", "null"]}
    number = {"type": ["string", "integer", "null"]}
    return {
        "Registration": object_of(registration(dialect), closed=False),
        "Update": object_of(update_fields(), closed=False),
        "UpdateRow": object_of([*KEY_ROW, *update_fields()], closed=False),
        "Key": object_of(KEY_ROW, closed=False),
        "ListQuery": object_of(
            [Field(p.name, moment if "time" in p.name or "_at_" in p.name else number if p.name in ("page", "limit") else LENIENT_TEXT, p.state, p.note, always=False) for p in LIST_PARAMETERS],
            "The same as the query; the query wins.",
            closed=False,
        ),
    }  # fmt: skip


MOMENT_NOTE = "Unix seconds, the whole of that second included."
LIST_PARAMETERS = (
    Parameter("page", {"type": "string"}, "From 1."),
    Parameter("limit", {"type": "string"}, "Rows a page: 100, at most 2000."),
    Parameter("created_at_min", {"type": "string"}, MOMENT_NOTE),
    Parameter("created_at_max", {"type": "string"}, MOMENT_NOTE),
    Parameter("update_time_min", {"type": "string"}, MOMENT_NOTE),
    Parameter("update_time_max", {"type": "string"}, MOMENT_NOTE),
    Parameter("order_created_time_min", {"type": "string"}, MOMENT_NOTE),
    Parameter("order_created_time_max", {"type": "string"}, MOMENT_NOTE),
    Parameter("status", {"type": "string"}, "A status by name."),
    Parameter("archived", {"type": "string"}, "true or false; anything else: both."),
    Parameter("numbers", {"type": "string"}, "Up to 40 tracking numbers, between commas."),
    Parameter("orders", {"type": "string"}, "Up to 40 order ids, between commas."),
    Parameter("lang", {"type": "string"}, "Passed over."),
)
COUNT_PARAMETERS = tuple(
    Parameter(name, {"type": "string"}, MOMENT_NOTE)
    for name in ("created_at_min", "created_at_max", "order_created_time_min", "order_created_time_max")
)
PATH_PARAMETERS = (
    Parameter("carrier_code", {"type": "string", "minLength": 1}, "In any case.", "path"),
    Parameter("tracking_number", {"type": "string", "minLength": 1}, "", "path"),
)
LANGUAGE_PARAMETER = Parameter("lang", {"type": "string", "minLength": 1}, "Two letters.", "path")
IF_MATCH = Parameter("If-Match", {"type": "string"}, "The ETag of the state that this change is meant for; another state: 409.", "header", CHOSEN)  # fmt: skip


def many(element: dict, *counts: str) -> dict:
    fields = [Field(count, INT) for count in counts]
    fields += [Field("trackings", array(element)), Field("errors", array(ref("RowError")))]
    return object_of(fields)


def flight_data() -> dict:
    text = TEXT_OR_NULL
    flight = object_of([Field(n, text) for n in ("depart_station", "arrival_station", "plan_depart_time", "depart_time", "plan_arrival_time", "arrival_time")])  # fmt: skip
    event_row = object_of([Field(n, text) for n in ("plan_date", "actual_date", "event", "station", "flight_number", "status", "piece", "weight")])  # fmt: skip
    shipment = object_of(
        [
            Field("weight", text), Field("piece", INT_OR_NULL), Field("origin", text), Field("destination", text),
            Field("status_number", INT, CHOSEN, "0 where unknown."), Field("last_event", text),
            Field("flight_way_station", array(TEXT)),
            Field("flight_info", {"anyOf": [{"type": "object", "additionalProperties": flight}, {"type": "array", "maxItems": 0}]}),
            Field("track_info", array(event_row)),
        ]
    )  # fmt: skip
    airline = object_of([Field("name", TEXT), Field("url", text), Field("track_url", text)])
    return {
        "type": "object",
        "additionalProperties": object_of(
            [
                Field("return_data", nullable(shipment)),
                Field("airline_info", airline),
                Field("code", INT, CHOSEN, "Why this number was not asked for.", always=False),
                Field("message", TEXT, CHOSEN, always=False),
            ]
        ),
    }


def operations(dialect: Dialect) -> list[Operation]:
    one = array(ref("Tracking"), minItems=1, maxItems=1) if dialect.single_is_array else ref("Tracking")
    number_codes = {4013: "the number is missing", 4014: "the number is malformed"}
    carrier_codes = {4015: "the carrier is missing or unknown"}
    create_codes = {4012: "the body is not understood", **carrier_codes, **number_codes, 4019: "no balance left", 4032: "no carrier could be told from the number"}  # fmt: skip
    read_codes = {4021: "no balance left"}
    off = {4018: "switched off for the account"}
    array_codes = {4012: "no array, or an empty one", 4020: "too many rows; nothing happened"}
    listed = object_of(
        [
            Field("page", INT), Field("limit", INT),
            Field("total", {"type": "string", "pattern": r"^\d+$"}, CAPTURED, "Over all pages; a text."),
            Field("count", INT, CAPTURED, "On this page."), Field("items", array(ref("Tracking"), minItems=1)),
        ]
    )  # fmt: skip
    list_codes = {202: "more than 40 numbers or orders", 4012: "not understood", 4031: "nothing fits, or a page past the end", 4033: "no such status", **read_codes}  # fmt: skip
    counts = object_of([Field(status, INT) for status in STATUSES])
    aircargo_body = object_of([Field("track_number", {"type": ["string", "array"], "items": {"type": "string"}})], closed=False)  # fmt: skip
    remote_body = array(
        object_of(
            [Field("country", LENIENT_TEXT, DOCUMENTED, "Name or alpha-2."), Field("postcode", LENIENT_TEXT, DOCUMENTED, "Or the city where the country has no postcodes."), Field("company", LENIENT_TEXT, DOCUMENTED, "One carrier alone.", always=False)],
            closed=False,
        )
    )  # fmt: skip
    costtime_row = object_of(
        [
            Field("carrier_code", TEXT), Field("original", TEXT), Field("destination", TEXT), Field("total", INT), Field("delivered", INT),
            *(Field(f"range{n}", NUMBER) for n in (1, 3, 4, 5, 6)),
        ]
    )  # fmt: skip
    path_one = "/trackings/{carrier_code}/{tracking_number}"
    routes = [
        Operation("get", "/carriers", "listCarriers", "All carriers", array(ref("Carrier")), parameters=(Parameter("Lang", {"type": "string"}, "The language of the names: en, cn.", "header"),)),
        Operation("post", "/carriers/detect", "detectCarriers", "Which carriers a number may belong to, the likeliest first", array(ref("Candidate"), minItems=1), {4012: "the body is not understood", **number_codes, **off, 4021: "no balance left", 4032: "no shape fits"}, body=object_of([Field("tracking_number", LENIENT_TEXT)], closed=False), note="GET with the same body is taken as POST."),
        Operation("post", "/trackings/post", "createTracking", "Add a tracking", ref("CreatedRow"), {**create_codes, 4016: "the account has it already"}, body=ref("Registration")),
        Operation("post", "/trackings/batch", "createTrackings", "Add up to 40 trackings", many(ref("CreatedRow"), "submitted", "added"), array_codes, success=(dialect.batch_code,), body=array(ref("Registration")), note="Rows that fail stand in errors, each with its code; the others are added."),
        Operation("get", "/trackings/get", "listTrackings", "List trackings, newest first", listed, list_codes, parameters=LIST_PARAMETERS),
        Operation("post", "/trackings/get", "listTrackingsByPost", "The same by POST", listed, list_codes, parameters=LIST_PARAMETERS, body=ref("ListQuery"), body_required=False, state=CAPTURED, note="Vendor classes turn GET with parameters into POST."),
        Operation("post", "/trackings/realtime", "trackInRealtime", "Ask the carrier now; adds the number when it is new", object_of([Field("items", array(ref("Tracking"), minItems=1, maxItems=1))]), {**create_codes, **off, 4021: "no balance left", 4031: "nothing to tell yet"}, body=ref("Registration"), note="The same shipment is asked for at most once in two hours; in between the known state comes back."),
        Operation("get", path_one, "getTracking", "One tracking", one, {**carrier_codes, **number_codes, **read_codes, 4031: "never added"}, parameters=PATH_PARAMETERS),
        Operation("get", path_one + "/{lang}", "getTrackingInLanguage", "One tracking", one, {**carrier_codes, **number_codes, **read_codes, 4031: "never added"}, parameters=(*PATH_PARAMETERS, LANGUAGE_PARAMETER)),
        Operation("put", path_one, "updateTracking", "Change a tracking", ref("UpdatedRow"), {**carrier_codes, **number_codes, **read_codes, 409: "it is no longer in the state that If-Match names", 4012: "the body is not understood", 4017: "not added", 4033: "no such status"}, parameters=(*PATH_PARAMETERS, IF_MATCH), body=ref("Update"), body_required=False, note="Only what is given changes. POST is taken as PUT."),
        Operation("delete", path_one, "deleteTracking", "Delete a tracking", array({}, maxItems=0), {**carrier_codes, **number_codes, 409: "it is no longer in the state that If-Match names", 4017: "not added"}, parameters=(*PATH_PARAMETERS, IF_MATCH)),
        Operation("post", "/trackings/updatemore", "updateTrackings", "Change up to 40 trackings", many(ref("UpdatedRow"), "submitted", "update"), {**array_codes, **read_codes}, body=array(ref("UpdateRow")), note="The vendor's answer is not preserved; this follows batch."),
        Operation("post", "/trackings/delete", "deleteTrackings", "Delete up to 40 trackings", object_of([Field("submitted", INT), Field("delete", INT), Field("trackings", array(object_of([Field("meta", ref("Meta")), Field("data", ref("KeyAnswer"))]))), Field("errors", array({}, maxItems=0))]), array_codes, body=array(ref("Key"))),
        Operation("post", "/trackings/update", "changeCarrier", "Change a tracking's carrier", object_of([Field("Usertag", {"const": ""})]), {**carrier_codes, **number_codes, 409: "it is no longer in the state that If-Match names", 4012: "the body is not understood", 4016: "the new pair is there already", 4017: "not added"}, body=object_of([*KEY_ROW, Field("update_carrier_code", LENIENT_TEXT)], closed=False), note="Events are dropped, the id stays, the new carrier is asked at once."),
        Operation("get", "/trackings/getuserinfo", "getUserInfo", "The account", object_of([Field("email", TEXT), Field("regtime", {"type": "string", "pattern": r"^\d+$"}), Field("phone", TEXT_OR_NULL), Field("money", NUMBER), Field("track_number", NUMBER)])),
        Operation("get", "/trackings/getstatusnumber", "countByStatus", "How many trackings each status has", counts, {4012: "not understood"}, parameters=COUNT_PARAMETERS),
        Operation("post", "/trackings/getstatusnumber", "countByStatusByPost", "The same by POST", counts, {4012: "not understood"}, parameters=COUNT_PARAMETERS, body=object_of([Field(p.name, {"type": ["string", "integer", "null"]}, always=False) for p in COUNT_PARAMETERS], closed=False), body_required=False, state=CAPTURED),
        Operation("post", "/trackings/notupdate", "stopUpdates", "Stop asking for up to 40 trackings", many(object_of([Field("id", ID), Field("tracking_number", TEXT), Field("carrier_code", TEXT), Field("track_update", BOOL)]), "submitted", "update"), array_codes, body=array(ref("Key")), note="The vendor's answer is not preserved; this follows batch."),
        Operation("post", "/trackings/remote", "findRemoteAreas", "Which carriers call a place remote", object_of([Field("submitted", INT), Field("other", array({"type": "object"}), CHOSEN, "What matched nothing, as it was sent."), Field("remote", array(ref("RemotePlace")))]), {**array_codes, **off, **read_codes}, body=remote_body),
        Operation("post", "/trackings/costtime", "getTransitTimes", "How long parcels took, from the account's own trackings", array(costtime_row), {**array_codes, **carrier_codes, **off, **read_codes}, body=array(object_of([Field("carrier_code", LENIENT_TEXT), Field("original", LENIENT_TEXT), Field("destination", LENIENT_TEXT)], closed=False)), note="range1: 0-7 days, range3: 7-15, range4: 16-30, range5: 31-60, range6: more; shares of what was delivered. The vendor has no range2."),
        Operation("post", "/trackings/aircargo", "trackAirCargo", "Air waybills", flight_data(), {4012: "not understood", 4013: "no number", 4014: "a malformed number, or a wrong check digit", **off, 4020: "too many numbers", 4032: "no airline has this prefix", **read_codes}, body=aircargo_body, note="Keyed by the waybill in the form 172-00000036; return_data is null where nothing is known."),
    ]  # fmt: skip
    return routes
