"""TrackingMore v4: real HTTP statuses, data null on errors."""

from shapes import (
    BOOL, CAPTURED, CHOSEN, DOCUMENTED, ID, INT, LENIENT_TEXT, TEXT, TEXT_OR_NULL,
    Field, Operation, Parameter, array, nullable, object_of, one_of_texts, ref,
)  # fmt: skip

NAME, TITLE, PREFIX = "trackingmore-v4", "TrackingMore v4", "/v4"
KEY_HEADER, SERVER = "Tracking-Api-Key", "https://api.trackingmore.com"

STATUSES = ("pending", "notfound", "inforeceived", "transit", "pickup", "delivered", "undelivered", "exception", "expired")  # fmt: skip
ISO = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"
ISO_TIME = {"type": "string", "pattern": f"^{ISO}$"}
# A date alone, or a clock without an offset, where the carrier told no more.
EVENT_TIME = {"type": ["string", "null"], "pattern": r"^(\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d([+-]\d\d:\d\d)?)?)?$"}

# HTTP status of each meta.code, and when.
COMMON_CODES = {
    401: (401, "the key is missing, unknown, revoked, or may not do this"),
    403: (403, "the account is blocked"),
    429: (429, "too many calls; Retry-After says how long to wait"),
    511: (500, "a fault of the server's"),
    512: (500, "nothing more can be stored"),
    513: (500, "the server is too busy"),
}
HTTP_ERRORS = {
    404: "no such route",
    405: "the route has other verbs",
    413: "the body is too large",
    414: "the target is too long",
    431: "the headers are too large",
    503: "the server cannot do it now; nothing happened",
}
# What is refused before its path is known, so that it belongs to no dialect.
BEFORE_THE_PATH = (
    "What is refused before its path is known (a version of HTTP that is not spoken here, a request line that is none or "
    "that no memory is kept for) comes in the envelope of `/v2`."
)


def dates(*names: str) -> list[Field]:
    return [Field(name, EVENT_TIME) for name in names]


def nothing(*names: str) -> list[Field]:
    return [Field(name, {"type": "null"}, CHOSEN, "Not told by the carriers' answers that are read today.") for name in names]  # fmt: skip


def event() -> list[Field]:
    return [
        Field("checkpoint_date", EVENT_TIME, DOCUMENTED, "With the offset where the carrier told it."),
        Field("checkpoint_delivery_status", one_of_texts("", *STATUSES)),
        Field("checkpoint_delivery_substatus", TEXT),
        Field("tracking_detail", TEXT),
        Field("location", TEXT),
        *nothing("country_iso2", "state", "city", "zip"),
        Field("raw_status", TEXT_OR_NULL, DOCUMENTED, "The carrier's own code."),
    ]


def leg() -> list[Field]:
    steps = "inforeceived_date pickup_date outfordelivery_date delivery_date returning_date returned_date"
    legacy = "pickup_date departed_airport_date arrived_abroad_date customs_received_date arrived_destination_date"
    return [
        *(Field(name, TEXT_OR_NULL) for name in ("courier_code", "courier_phone", "weblink", "reference_number")),
        Field("milestone_date", object_of(dates(*steps.split()))),
        *dates(*legacy.split()),
        Field("trackinfo", array(ref("Event"), minItems=1), CHOSEN, "Newest first; missing while there are no events.", always=False),
    ]  # fmt: skip


SPECIAL = "tracking_postal_code tracking_ship_date tracking_destination_country tracking_origin_country tracking_key tracking_courier_account".split()  # fmt: skip
CUSTOMER = "customer_name customer_email customer_sms recipient_postcode".split()


def texts(*names: str) -> list[Field]:
    return [Field(name, TEXT_OR_NULL) for name in names]


def tracking() -> list[Field]:
    return [
        Field("id", ID),
        Field("tracking_number", TEXT),
        Field("courier_code", TEXT),
        *texts("order_number"),
        Field("order_date", nullable(ISO_TIME)),
        Field("created_at", ISO_TIME),
        Field("update_at", ISO_TIME, DOCUMENTED, "Written without a d."),
        Field("delivery_status", one_of_texts(*STATUSES)),
        Field("archived", one_of_texts("true", "false"), CAPTURED, "A text: the Go SDK reads no other."),
        Field("updating", BOOL, DOCUMENTED, "Whether the carrier is still asked."),
        *texts("destination_country"),
        *nothing("destination_state", "destination_city"),
        *texts("origin_country"),
        *nothing("origin_state", "origin_city"),
        *texts(*SPECIAL, *CUSTOMER, "order_id", "title", "logistics_channel", "note", "label", "signed_by", "service_code", "weight", "weight_kg"),
        *nothing("product_type", "pieces", "dimension", "previously"),
        *texts("destination_track_number"),
        *nothing("exchange_number"),
        *texts("scheduled_delivery_date"),
        *nothing("scheduled_address"),
        *texts("substatus"),
        *nothing("status_info"),
        Field("latest_event", TEXT_OR_NULL),
        Field("latest_checkpoint_time", EVENT_TIME),
        Field("transit_time", INT, CAPTURED, "Days; 0 before the first event."),
        Field("origin_info", ref("Leg")),
        Field("destination_info", ref("Leg")),
    ]  # fmt: skip


def updated_row() -> list[Field]:
    return [
        Field("id", ID),
        Field("tracking_number", TEXT),
        Field("courier_code", TEXT, DOCUMENTED, "The one before the change."),
        *texts("courier_code_new", "order_number"),
        Field("order_date", nullable(ISO_TIME)),
        *texts("order_id", "destination_country", "origin_country", *SPECIAL, *CUSTOMER, "title", "logistics_channel", "note", "label"),
        Field("archived_status", one_of_texts("true", "false")),
    ]  # fmt: skip


def batch_item(is_error: bool) -> list[Field]:
    fields = [Field("id", TEXT), Field("tracking_number", TEXT), Field("courier_code", TEXT)]
    if is_error:
        fields += [Field("errorCode", INT, DOCUMENTED, "The only names in camel case."), Field("errorMessage", TEXT)]
    return fields


def courier() -> list[Field]:
    return [
        Field("courier_name", TEXT),
        Field("courier_code", TEXT),
        *texts("courier_country_iso2", "courier_url", "courier_phone"),
        Field("courier_type", one_of_texts("express", "globalpost")),
        *texts("tracking_required_fields", "optional_fields"),
        Field("default_language", TEXT),
        Field("support_language", array(TEXT)),
        Field("courier_logo", TEXT),
    ]


def optional(*names: str) -> list[Field]:
    return [Field(name, LENIENT_TEXT, always=False) for name in names]


COMMON_INPUT = (
    "order_number origin_country_iso2 destination_country_iso2 customer_name customer_email customer_sms "
    "recipient_postcode title logistics_channel order_id order_date tracking_courier_account tracking_postal_code "
    "tracking_origin_country tracking_destination_country tracking_ship_date tracking_key language note label"
).split()


def registration() -> list[Field]:
    return [
        Field("tracking_number", LENIENT_TEXT),
        Field("courier_code", LENIENT_TEXT, DOCUMENTED, "Missing: taken from the number.", always=False),
        *optional(*COMMON_INPUT, "auto_correct"),
    ]


def update_fields() -> list[Field]:
    return optional(*COMMON_INPUT, "courier_code_new") + [
        Field("archived_status", {"type": ["string", "boolean", "null"]}, always=False)
    ]


def airway_bill() -> list[Field]:
    text_or_number = {"type": ["string", "integer", "null"]}
    return [
        Field("awb_number", TEXT),
        *texts("awb_status", "awb_substatus"),
        Field("status_number", INT),
        *(Field(name, text_or_number) for name in ("weight", "piece")),
        *texts("origin", "destination"),
        Field("flight_way_station", nullable(array(TEXT))),
        *texts("last_event"),
        Field("flight_info", {"type": ["object", "null"]}),
        Field("flight_info_new", {"type": ["array", "null"], "items": {"type": "object"}}),
        Field("track_info", {"type": ["array", "null"], "items": {"type": "object"}}),
        Field("airline_info", {"type": ["object", "null"]}),
    ]


def components() -> dict[str, list[Field]]:
    return {
        "Meta": [Field("code", INT), Field("message", TEXT)],
        "Event": event(),
        "Leg": leg(),
        "Tracking": tracking(),
        "UpdatedRow": updated_row(),
        "BatchItem": batch_item(False),
        "BatchError": batch_item(True),
        "Courier": courier(),
        "AirWaybill": airway_bill(),
    }


def requests() -> dict[str, dict]:
    return {
        "Registration": object_of(registration(), closed=False),
        "Update": object_of(update_fields(), closed=False),
    }


DATE_NOTE = "ISO 8601; a + that became a space is understood."
LIST_PARAMETERS = (
    Parameter("tracking_numbers", TEXT, "Up to 40, between commas."),
    Parameter("courier_code", TEXT),
    Parameter("created_date_min", TEXT, DATE_NOTE),
    Parameter("created_date_max", TEXT, DATE_NOTE),
    Parameter("updated_date_min", TEXT, DATE_NOTE),
    Parameter("updated_date_max", TEXT, DATE_NOTE),
    Parameter("delivery_status", TEXT),
    Parameter("archived_status", TEXT, "true or false."),
    Parameter("pages_amount", TEXT, "The page, from 1; also as page."),
    Parameter("items_amount", TEXT, "Rows a page: 100, at most 2000; also as limit."),
    Parameter("lang", TEXT, "Passed over."),
)
ID_PARAMETER = Parameter("id", {"type": "string", "minLength": 1}, "", "path")


def operations() -> list[Operation]:
    number = {4110: (400, "the number is malformed"), 4111: (400, "the number is missing")}
    understood = {400: (400, "the body is not understood")}
    adding = {4120: (400, "the courier is unknown"), 4121: (400, "no courier could be told from the number"), 4130: (400, "a field cannot be read"), 4190: (400, "no balance left")}  # fmt: skip
    by_id = {4102: (400, "no such tracking of this account"), 4112: (400, "no id")}
    batch = object_of([Field("success", array(ref("BatchItem"))), Field("error", array(ref("BatchError")))])
    return [
        Operation("get", "/couriers/all", "listCouriers", "All couriers", array(ref("Courier"))),
        Operation("post", "/couriers/detect", "detectCouriers", "Which couriers a number may belong to", array(ref("Courier"), minItems=1), {**understood, **number, 4121: (400, "no shape fits"), 4190: (400, "no balance left")}, body=object_of([Field("tracking_number", LENIENT_TEXT)], closed=False)),
        Operation("post", "/trackings/create", "createTracking", "Add a tracking and ask its carrier now", ref("Tracking"), {**understood, **number, **adding, 4101: (400, "the account has it already")}, body=ref("Registration")),
        Operation("post", "/trackings/batch", "createTrackings", "Add up to 40 trackings", batch, {**understood, 4103: (400, "too many rows; nothing happened")}, body=array(ref("Registration"))),
        Operation("get", "/trackings/get", "listTrackings", "List trackings, newest first", array(ref("Tracking")), {4103: (400, "more than 40 numbers"), 4120: (400, "the courier is unknown"), 4130: (400, "a filter cannot be read"), 4190: (400, "no balance left")}, parameters=LIST_PARAMETERS, note="No match is an empty array."),
        Operation("put", "/trackings/update/{id}", "updateTracking", "Change a tracking", ref("UpdatedRow"), {**understood, **by_id, 4101: (400, "the new pair is there already"), 4120: (400, "the courier is unknown"), 4130: (400, "a field cannot be read"), 4190: (400, "no balance left")}, parameters=(ID_PARAMETER,), body=ref("Update"), body_required=False),
        Operation("delete", "/trackings/delete/{id}", "deleteTracking", "Delete a tracking", ref("Tracking"), by_id, parameters=(ID_PARAMETER,)),
        Operation("post", "/trackings/retrack/{id}", "retrack", "Ask for an expired tracking again", ref("Tracking"), {**by_id, 4113: (400, "it is not expired"), 4190: (400, "no balance left")}, parameters=(ID_PARAMETER,)),
    ]  # fmt: skip
