#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "carriers/declaration/answer_fields.h"
#include "carriers/declaration/waybill_answer.h"
#include "domain/tracking/status.h"

namespace parcelwake::carriers {

// What an answer is written in.
enum class AnswerKind { Json, Xml };

// What a code, a status text or a whole answer means.
struct Verdict {
  std::optional<domain::Reading> reading;
  std::optional<domain::Milestone> milestone;
  bool notice = false;      // never the parcel's status; a reading beside it tells when that was, not whether
  bool text_first = false;  // the text rules are asked first, this is for when none fits
};

// Verdicts by code. Codes are compared without regard to case.
struct CodeTable {
  JoinedField code;
  std::unordered_map<std::string, Verdict> rows;  // by upper-case code
};

// A verdict by words.
struct WordRule {
  Pattern pattern;
  Verdict verdict;
};

struct StatusRules {
  std::vector<CodeTable> tables;  // asked in order
  JoinedField words;              // the text the word rules read; no parts: the event's description
  std::vector<WordRule> rules;    // asked in order, when no table knew the code or its row says so
};

enum class AnswerErrorKind { Auth, RateLimit, BadRequest, InvalidNumber, Server, NotFound };

// When an answer (or an item of it) is an error. All that is given must hold.
struct ErrorRule {
  AnswerErrorKind kind = AnswerErrorKind::Server;
  std::vector<int> http_from_to;  // pairs of first and last HTTP status; empty: any
  std::optional<wire::xml::Query> when;
};

enum class EventOrder { NewestFirst, OldestFirst };

// Which of several shipments under one number is meant. The others are dropped.
enum class Duplicates {
  Keep,         // all are told
  NewestEvent,  // the one with the newest event
  GreatestKey,  // the one with the greatest number at the head of `duplicate_key`
};

struct FactFields {
  Field origin_country;
  Field destination_country;
  Field service;
  JoinedField weight;
  Field reference;
  Field last_mile_carrier;
  Field last_mile_number;
  std::vector<TimeRule> estimated_delivery;
};

// How an answer is read. Paths of `shape`, `items` and `errors` start at the document, those of item fields at an item,
// those of event fields at an event. `shape`, `items` and `events` are there in every loaded declaration.
struct AnswerMapping {
  AnswerKind kind = AnswerKind::Json;
  std::optional<wire::xml::Query> shape;  // holds for answers of this format, errors included
  std::vector<ErrorRule> errors;

  std::optional<wire::xml::Query> items;
  std::vector<ErrorRule> item_errors;
  Field number;
  std::vector<Field> other_numbers;  // under which the item may have been asked for as well
  Duplicates duplicates = Duplicates::Keep;
  Field duplicate_key;
  StatusRules item_status;
  Field signer;
  std::vector<TimeRule> delivered_at;
  FactFields facts;

  std::optional<wire::xml::Query> events;
  EventOrder order = EventOrder::NewestFirst;
  std::vector<TimeRule> event_time;
  JoinedField description;
  JoinedField location;
  JoinedField code;
  StatusRules event_status;

  std::optional<WaybillMapping> waybill;  // of airlines alone: items are air waybills, locations stations
};

}  // namespace parcelwake::carriers
