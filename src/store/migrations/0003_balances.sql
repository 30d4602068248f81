-- Amounts are tenths of a unit.

ALTER TABLE account ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN features_off INTEGER NOT NULL DEFAULT 0;  -- bits: domain/account/plan.h
ALTER TABLE api_key ADD COLUMN permissions INTEGER NOT NULL DEFAULT 4294967295;  -- bits: domain/account/permission.h

-- What an account can spend. It changes with every charge, unlike the account itself, which others keep copies of.
CREATE TABLE balance (
  account     INTEGER PRIMARY KEY,
  granted     INTEGER NOT NULL,  -- left of the month's grant
  purchased   INTEGER NOT NULL,
  month_grant INTEGER NOT NULL,
  month       INTEGER NOT NULL   -- the latest granted for, in months since the year 0
);

-- Every movement of a balance, written together with what it pays for and never changed. `seq` is the order of
-- posting; it stands for a line inside this file only.
CREATE TABLE ledger (
  seq     INTEGER PRIMARY KEY,
  bucket  INTEGER NOT NULL,  -- of the tracking that was paid for; of the account alone for all else
  account INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  kind    INTEGER NOT NULL,  -- domain/account/balance.h
  amount  INTEGER NOT NULL,  -- credits above 0
  balance INTEGER NOT NULL,  -- afterwards
  number  TEXT NOT NULL,
  carrier TEXT NOT NULL,
  note    TEXT NOT NULL
);
CREATE INDEX ledger_of ON ledger (account, seq, bucket);
