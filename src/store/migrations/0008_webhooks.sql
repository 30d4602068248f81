-- Where accounts want to be told of changes.
CREATE TABLE endpoint (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  account       INTEGER NOT NULL,
  url           TEXT NOT NULL,
  dialect       TEXT NOT NULL,
  statuses      INTEGER NOT NULL,  -- bits: domain/tracking/status.h; 0: all
  secret        BLOB NOT NULL,
  created_at    INTEGER NOT NULL,
  disabled      INTEGER NOT NULL,  -- domain/notification/endpoint.h
  failing_since INTEGER,
  last_tried    INTEGER,
  last_outcome  TEXT NOT NULL
);

-- The number of each tracking's latest notice. Trackings that nobody was ever told of have none.
CREATE TABLE told (
  tracking BLOB PRIMARY KEY,
  sequence INTEGER NOT NULL
) WITHOUT ROWID;

-- Changes, written in the transaction that made them, until they are fanned out.
CREATE TABLE outbox (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  bucket     INTEGER NOT NULL,
  account    INTEGER NOT NULL,
  tracking   BLOB NOT NULL,
  status     INTEGER NOT NULL,
  sequence   INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  snapshot   BLOB NOT NULL      -- store/codec/snapshot_codec.h
);

-- One row for each endpoint that is to be told of a change, until it is told or given up.
CREATE TABLE delivery (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  endpoint   INTEGER NOT NULL,
  bucket     INTEGER NOT NULL,
  account    INTEGER NOT NULL,
  tracking   BLOB NOT NULL,
  sequence   INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  failures   INTEGER NOT NULL,
  due_at     INTEGER NOT NULL,
  waiting    INTEGER NOT NULL,  -- an older one of the same endpoint and tracking is there
  snapshot   BLOB NOT NULL
);
CREATE INDEX delivery_due ON delivery (endpoint, due_at, id) WHERE waiting = 0;
CREATE INDEX delivery_of ON delivery (endpoint, tracking, id);
