-- 0003: who must not be mailed, and which dispatches have been stripped of personal data.

-- address_key is the comparison key of an address; of an erased person only "erased:" and a keyed
-- hash of it. until is the last day (YYYY-MM-DD) that the row holds, NULL for always.
CREATE TABLE suppression (
  id          INTEGER PRIMARY KEY,
  address_key TEXT NOT NULL,
  reason      TEXT NOT NULL CHECK (reason IN ('opt_out', 'bounced', 'erased', 'muted')),
  scope       TEXT NOT NULL CHECK (scope IN ('everything', 'reminders')),
  source      TEXT NOT NULL DEFAULT '',
  until       TEXT,
  created_at  TEXT NOT NULL,
  UNIQUE (address_key, reason, scope)
) STRICT;

-- When the retention time of a dispatch was over and its people were made unrecognisable.
ALTER TABLE dispatch ADD COLUMN stripped_at TEXT;

-- Nobody can be recognised in a stripped dispatch any more, so that going on with it could mail
-- somebody twice.
CREATE TRIGGER stripped_dispatch_stays_as_it_is
BEFORE INSERT ON delivery
WHEN (SELECT stripped_at FROM dispatch WHERE id = new.dispatch_id) IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'the personal data of this dispatch were removed when their time was over');
END;
