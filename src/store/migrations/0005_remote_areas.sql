-- Which places carriers treat as remote. See domain/remote_area/remote_area_list.h.
CREATE TABLE remote_area_list (
  carrier     TEXT PRIMARY KEY,
  source      TEXT NOT NULL,
  built_in    INTEGER NOT NULL,
  imported_at INTEGER NOT NULL,
  rows        INTEGER NOT NULL,
  countries   INTEGER NOT NULL
) WITHOUT ROWID;

-- Ranges of one country, carrier and length do not overlap: the one with the greatest low that is not beyond a code is
-- the only one that can hold it.
CREATE TABLE remote_postcode (
  country TEXT NOT NULL,
  carrier TEXT NOT NULL,
  length  INTEGER NOT NULL,
  low     TEXT NOT NULL,
  high    TEXT NOT NULL,
  PRIMARY KEY (country, carrier, length, low)
) WITHOUT ROWID;

-- The carriers and lengths that a country has ranges of: a handful.
CREATE TABLE remote_postcode_length (
  country TEXT NOT NULL,
  carrier TEXT NOT NULL,
  length  INTEGER NOT NULL,
  PRIMARY KEY (country, carrier, length)
) WITHOUT ROWID;

CREATE TABLE remote_city (
  country TEXT NOT NULL,
  city    TEXT NOT NULL,
  carrier TEXT NOT NULL,
  PRIMARY KEY (country, city, carrier)
) WITHOUT ROWID;
