-- What airlines said of air waybills, the same for all accounts.
CREATE TABLE waybill (
  number         INTEGER PRIMARY KEY,  -- prefix and serial as one number: 172-00000033 is 17200000033
  first_asked_at INTEGER NOT NULL,
  asked_at       INTEGER NOT NULL,
  fresh_until    INTEGER NOT NULL,     -- until then the airline is not asked again
  body           BLOB NOT NULL         -- store/codec/waybill_codec.h; empty: the airline did not know it
);
-- By which the oldest are forgotten.
CREATE INDEX waybill_asked ON waybill (asked_at);
