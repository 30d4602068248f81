-- How many living trackings of each route took how many days. `days` is -1 for one that is not delivered and -2 for one
-- whose days are unknown. See domain/transit_time/transit_times.h.
CREATE TABLE transit_count (
  account     INTEGER NOT NULL,
  carrier     TEXT NOT NULL,
  origin      TEXT NOT NULL,
  destination TEXT NOT NULL,
  days        INTEGER NOT NULL,
  count       INTEGER NOT NULL,
  PRIMARY KEY (account, carrier, origin, destination, days)
) WITHOUT ROWID;

-- Tables to be counted anew from the trackings, by the program, before the file is used: what they hold stands in
-- bodies that SQL cannot read.
CREATE TABLE recount (what TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO recount VALUES ('transit_count');
