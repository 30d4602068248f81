-- Times are milliseconds since 1970, UTC. `seq` is the order of adding; it stands for a tracking inside this file only.

-- A deleted tracking stays as a tombstone (deleted = 1, empty body) and in none of the listing indexes.
CREATE TABLE tracking (
  seq        INTEGER PRIMARY KEY,
  bucket     INTEGER NOT NULL,
  id         BLOB NOT NULL,     -- 16 bytes
  account    INTEGER NOT NULL,
  number     TEXT NOT NULL,     -- folded
  carrier    TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  order_at   INTEGER,
  status     INTEGER NOT NULL,  -- the one shown: the customer's own, or else the computed one
  archived   INTEGER NOT NULL,
  deleted    INTEGER NOT NULL,
  order_id   TEXT,
  body       BLOB NOT NULL      -- all else: store/codec/tracking_codec.h
);
CREATE UNIQUE INDEX tracking_id ON tracking (id);
-- The bucket follows from account and number: as the last column it costs no locality.
CREATE UNIQUE INDEX tracking_key ON tracking (account, number, carrier, bucket);
-- Both cover every filter of a list, so that passing over rows and counting them never touches the table.
CREATE INDEX tracking_created ON tracking (account, created_at, seq, status, archived, updated_at, order_at)
  WHERE deleted = 0;
CREATE INDEX tracking_status ON tracking (account, status, created_at, seq, archived, updated_at, order_at)
  WHERE deleted = 0;
CREATE INDEX tracking_order ON tracking (account, order_id) WHERE deleted = 0 AND order_id IS NOT NULL;

-- What changes at every ask. A lease moves due_at.
CREATE TABLE schedule (
  due_at     INTEGER NOT NULL,
  seq        INTEGER NOT NULL,  -- of a tracking that is not deleted; at most one row each
  failures   INTEGER NOT NULL,
  last_asked INTEGER,
  waiting    INTEGER NOT NULL,
  PRIMARY KEY (due_at, seq)
) WITHOUT ROWID;
-- The same by tracking: covers what a reader wants to know.
CREATE INDEX schedule_of ON schedule (seq, due_at, failures, last_asked, waiting);
CREATE INDEX schedule_waiting ON schedule (waiting) WHERE waiting = 1;

-- How many trackings, deleted ones not counted, each account has.
CREATE TABLE counter (
  account  INTEGER NOT NULL,
  status   INTEGER NOT NULL,
  archived INTEGER NOT NULL,
  count    INTEGER NOT NULL,
  PRIMARY KEY (account, status, archived)
) WITHOUT ROWID;

-- A ruler along each account's list: how many trackings stand from this place up to the next fence. See
-- store/sqlite/fences.h.
CREATE TABLE fence (
  account    INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  seq        INTEGER NOT NULL,
  count      INTEGER NOT NULL,
  PRIMARY KEY (account, created_at, seq)
) WITHOUT ROWID;

CREATE TABLE account (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  email       TEXT NOT NULL COLLATE NOCASE,
  plan        TEXT NOT NULL,
  utc_offset  INTEGER NOT NULL,  -- minutes east of Greenwich
  created_at  INTEGER NOT NULL
);
CREATE INDEX account_email ON account (email);

CREATE TABLE api_key (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  account    INTEGER NOT NULL,
  digest     BLOB NOT NULL UNIQUE,  -- SHA-256 of the key
  hint       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked    INTEGER NOT NULL
);

-- Counts the changes of accounts and keys, for those who keep copies of them.
CREATE TABLE account_revision (value INTEGER NOT NULL);
INSERT INTO account_revision VALUES (0);
