-- A list is written as an edition of its own, in many transactions, and takes the place of the one before in one step.
CREATE TABLE remote_area_edition (
  edition     INTEGER PRIMARY KEY AUTOINCREMENT,
  carrier     TEXT NOT NULL,
  state       INTEGER NOT NULL,  -- 0: being written; 1: the carrier's list; 2: to be removed
  source      TEXT NOT NULL,
  built_in    INTEGER NOT NULL,
  imported_at INTEGER NOT NULL,
  rows        INTEGER NOT NULL,
  countries   INTEGER NOT NULL
);
CREATE UNIQUE INDEX remote_area_list_of ON remote_area_edition (carrier) WHERE state = 1;
CREATE INDEX remote_area_edition_state ON remote_area_edition (state, carrier);
INSERT INTO remote_area_edition (carrier, state, source, built_in, imported_at, rows, countries)
  SELECT carrier, 1, source, built_in, imported_at, rows, countries FROM remote_area_list ORDER BY carrier;

-- All three as before, by edition in the place of the carrier. What is written of an edition stands together.
CREATE TABLE new_remote_postcode (
  edition INTEGER NOT NULL,
  country TEXT NOT NULL,
  length  INTEGER NOT NULL,
  low     TEXT NOT NULL,
  high    TEXT NOT NULL,
  PRIMARY KEY (edition, country, length, low)
) WITHOUT ROWID;
INSERT INTO new_remote_postcode
  SELECT e.edition, p.country, p.length, p.low, p.high
  FROM remote_postcode p JOIN remote_area_edition e ON e.carrier = p.carrier ORDER BY 1, 2, 3, 4;
DROP TABLE remote_postcode;
ALTER TABLE new_remote_postcode RENAME TO remote_postcode;

CREATE TABLE new_remote_postcode_length (
  country TEXT NOT NULL,
  edition INTEGER NOT NULL,
  length  INTEGER NOT NULL,
  PRIMARY KEY (country, edition, length)
) WITHOUT ROWID;
INSERT INTO new_remote_postcode_length
  SELECT l.country, e.edition, l.length
  FROM remote_postcode_length l JOIN remote_area_edition e ON e.carrier = l.carrier ORDER BY 1, 2, 3;
DROP TABLE remote_postcode_length;
ALTER TABLE new_remote_postcode_length RENAME TO remote_postcode_length;

CREATE TABLE new_remote_city (
  edition INTEGER NOT NULL,
  country TEXT NOT NULL,
  city    TEXT NOT NULL,
  PRIMARY KEY (edition, country, city)
) WITHOUT ROWID;
INSERT INTO new_remote_city
  SELECT e.edition, c.country, c.city
  FROM remote_city c JOIN remote_area_edition e ON e.carrier = c.carrier ORDER BY 1, 2, 3;
DROP TABLE remote_city;
ALTER TABLE new_remote_city RENAME TO remote_city;

DROP TABLE remote_area_list;
