-- 0001: dispatches, their deliveries, every attempt.
--
-- Times are UTC text of one width (YYYY-MM-DDTHH:MM:SS.ffffff+00:00), so that they sort as text.
-- A migration is never edited once released; the next one gets the next number.

-- Facts about this log: its own id, and the key that Message-IDs and erased addresses hang on.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- One purpose of sending one release.
CREATE TABLE dispatch (
  id         INTEGER PRIMARY KEY,
  release_id TEXT NOT NULL,
  purpose    TEXT NOT NULL
             CHECK (purpose IN ('announce', 'reminder', 'correction', 'cancellation')),
  number     INTEGER NOT NULL CHECK (number >= 1),
  title      TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('scheduled', 'open', 'cancelled')),
  created_at TEXT NOT NULL,
  send_at    TEXT,
  UNIQUE (release_id, purpose, number)
) STRICT;

-- What was sent: a dispatch has a second snapshot when an edit was accepted half-way.
CREATE TABLE snapshot (
  id               INTEGER PRIMARY KEY,
  dispatch_id      INTEGER NOT NULL REFERENCES dispatch,
  created_at       TEXT NOT NULL,
  release          TEXT NOT NULL,
  release_digest   TEXT NOT NULL,
  templates_digest TEXT NOT NULL,
  selection_digest TEXT NOT NULL,
  settings_digest  TEXT NOT NULL
) STRICT;
CREATE INDEX snapshot_of_dispatch ON snapshot (dispatch_id);

-- One process working on one dispatch; a row without ended_at whose lock is free has died.
CREATE TABLE run (
  id          INTEGER PRIMARY KEY,
  dispatch_id INTEGER NOT NULL REFERENCES dispatch,
  started_at  TEXT NOT NULL,
  ended_at    TEXT,
  host        TEXT NOT NULL,
  pid         INTEGER NOT NULL,
  boot_id     TEXT NOT NULL
) STRICT;
CREATE INDEX run_of_dispatch ON run (dispatch_id);

-- One message to one mailbox. address_key makes "never twice" a rule of the file itself. run_id is
-- the run that last chose the row; a run claims only what it chose. The open attempt lives here
-- (opened_at, committed_at) and moves to `attempt` when it is closed.
CREATE TABLE delivery (
  id              INTEGER PRIMARY KEY,
  dispatch_id     INTEGER NOT NULL REFERENCES dispatch,
  address_key     TEXT NOT NULL,
  status          TEXT NOT NULL CHECK (status IN ('pending', 'sending', 'committing', 'accepted',
                    'deferred', 'rejected', 'unknown', 'bounced', 'skipped')),
  reason          TEXT,
  run_id          INTEGER,
  snapshot_id     INTEGER,
  attempts        INTEGER NOT NULL DEFAULT 0,
  next_attempt_at TEXT,
  opened_at       TEXT,
  committed_at    TEXT,
  updated_at      TEXT NOT NULL,
  message_id      TEXT,
  server_id       TEXT,
  recipient       TEXT NOT NULL,
  UNIQUE (dispatch_id, address_key)
) STRICT;
CREATE INDEX delivery_pending ON delivery (run_id) WHERE status = 'pending';
CREATE INDEX delivery_deferred ON delivery (run_id, next_attempt_at) WHERE status = 'deferred';

-- Every closed attempt. committed_at tells that the final dot may have been written.
CREATE TABLE attempt (
  delivery_id  INTEGER NOT NULL REFERENCES delivery ON DELETE CASCADE,
  number       INTEGER NOT NULL,
  run_id       INTEGER,
  opened_at    TEXT NOT NULL,
  committed_at TEXT,
  ended_at     TEXT NOT NULL,
  status       TEXT NOT NULL,
  phase        TEXT NOT NULL,
  fault        TEXT,
  code         INTEGER,
  enhanced     TEXT,
  text         TEXT NOT NULL DEFAULT '',
  detail       TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (delivery_id, number)
) STRICT, WITHOUT ROWID;

-- What a person decided about a delivery whose outcome was unknown.
CREATE TABLE resolution (
  id          INTEGER PRIMARY KEY,
  delivery_id INTEGER NOT NULL REFERENCES delivery ON DELETE CASCADE,
  attempt     INTEGER NOT NULL,
  choice      TEXT NOT NULL CHECK (choice IN ('resend', 'leave')),
  decided_at  TEXT NOT NULL
) STRICT;
CREATE INDEX resolution_of_delivery ON resolution (delivery_id);

-- Sample messages to one's own address: on record, but never a delivery.
CREATE TABLE test_message (
  id         INTEGER PRIMARY KEY,
  release_id TEXT NOT NULL,
  address    TEXT NOT NULL,
  message_id TEXT NOT NULL,
  sent_at    TEXT NOT NULL,
  status     TEXT NOT NULL,
  code       INTEGER,
  text       TEXT NOT NULL DEFAULT ''
) STRICT;

-- The legal changes of status (dispatch/delivery.py; a test compares the two).
CREATE TABLE transition (
  before TEXT NOT NULL,
  after  TEXT NOT NULL,
  PRIMARY KEY (before, after)
) STRICT, WITHOUT ROWID;
INSERT INTO transition (before, after) VALUES
  ('pending', 'sending'), ('pending', 'skipped'),
  ('sending', 'committing'), ('sending', 'deferred'), ('sending', 'rejected'),
  ('sending', 'pending'),
  ('committing', 'accepted'), ('committing', 'deferred'), ('committing', 'rejected'),
  ('committing', 'unknown'),
  ('accepted', 'bounced'),
  ('deferred', 'sending'), ('deferred', 'rejected'), ('deferred', 'skipped'),
  ('unknown', 'pending'), ('unknown', 'accepted'),
  ('skipped', 'pending');

CREATE TRIGGER delivery_status_changes_legally
BEFORE UPDATE OF status ON delivery
WHEN old.status <> new.status AND NOT EXISTS (
  SELECT 1 FROM transition WHERE before = old.status AND after = new.status
)
BEGIN
  SELECT RAISE(ABORT, 'illegal change of a delivery''s status');
END;

CREATE TRIGGER delivery_starts_before_any_attempt
BEFORE INSERT ON delivery
WHEN new.status NOT IN ('pending', 'skipped')
BEGIN
  SELECT RAISE(ABORT, 'a delivery starts as pending or skipped');
END;
