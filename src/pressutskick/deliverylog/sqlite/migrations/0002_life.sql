-- 0002: what a release needs after its first mail: files of a dispatch that is sent later, a second
-- person's approval, and who has answered.

-- Files that go with the messages of a dispatch recorded for later: cron has no folder to read.
CREATE TABLE stored_file (
  dispatch_id INTEGER NOT NULL REFERENCES dispatch,
  position    INTEGER NOT NULL,
  filename    TEXT NOT NULL,
  media_type  TEXT NOT NULL,
  title       TEXT,
  content     BLOB NOT NULL,
  PRIMARY KEY (dispatch_id, position)
) STRICT, WITHOUT ROWID;

-- Somebody's yes to exactly these digests.
CREATE TABLE approval (
  id               INTEGER PRIMARY KEY,
  release_id       TEXT NOT NULL,
  release_digest   TEXT NOT NULL,
  templates_digest TEXT NOT NULL,
  selection_digest TEXT NOT NULL,
  settings_digest  TEXT NOT NULL,
  approver         TEXT NOT NULL,
  approved_at      TEXT NOT NULL
) STRICT;
CREATE INDEX approval_of_release ON approval (release_id);

-- Who has answered an invitation; nobody who has is reminded.
CREATE TABLE answer (
  release_id  TEXT NOT NULL,
  address_key TEXT NOT NULL,
  answer      TEXT NOT NULL CHECK (answer IN ('coming', 'declined', 'other')),
  source      TEXT NOT NULL DEFAULT '',
  answered_at TEXT NOT NULL,
  PRIMARY KEY (release_id, address_key)
) STRICT, WITHOUT ROWID;
