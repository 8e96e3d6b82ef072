-- 0009: what belongs to an answer, and who came.

ALTER TABLE answer ADD COLUMN guests INTEGER NOT NULL DEFAULT 0;
ALTER TABLE answer ADD COLUMN photographer INTEGER NOT NULL DEFAULT 0;
ALTER TABLE answer ADD COLUMN note TEXT NOT NULL DEFAULT '';

-- Somebody invited by the comparison key, once; walk-ins by name and outlet.
CREATE TABLE arrival (
  id          INTEGER PRIMARY KEY,
  release_id  TEXT NOT NULL,
  address_key TEXT,
  name        TEXT NOT NULL DEFAULT '',
  outlet      TEXT NOT NULL DEFAULT '',
  came_at     TEXT NOT NULL,
  UNIQUE (release_id, address_key),
  CHECK (address_key IS NOT NULL OR name <> '' OR outlet <> '')
) STRICT;
