-- Null: not told.
ALTER TABLE account ADD COLUMN phone TEXT;
