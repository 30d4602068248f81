-- Lists are filtered by carrier too, and those that are not found by whether the sender announced them. Both listing
-- indexes still cover every filter there is.

ALTER TABLE tracking ADD COLUMN announced INTEGER NOT NULL DEFAULT 0;  -- Tracking::announced()

-- What the bodies of format 1 say: a computed status of 1 (not found) with substatus 0 (announced), none set by hand.
UPDATE tracking SET announced = 1
  WHERE deleted = 0 AND status = 1 AND substr(body, 1, 1) = x'01' AND substr(body, 3, 2) = x'0100'
    AND (unicode(CAST(substr(body, 2, 1) AS TEXT)) & 6) = 4;

DROP INDEX tracking_created;
DROP INDEX tracking_status;
CREATE INDEX tracking_created ON tracking (account, created_at, seq, status, archived, updated_at, order_at, carrier)
  WHERE deleted = 0;
CREATE INDEX tracking_status
  ON tracking (account, status, created_at, seq, archived, updated_at, order_at, carrier, announced)
  WHERE deleted = 0;
