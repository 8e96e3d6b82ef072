-- 0005: what came back (bounces, absences, answers), and how far each mailbox was read.

-- digest is of the mail's octets: the same mail is taken in once. key and words go when a person is
-- erased; digest stays, so that reading the mailbox again brings nothing back.
CREATE TABLE incoming (
  id           INTEGER PRIMARY KEY,
  digest       TEXT NOT NULL UNIQUE,
  account      TEXT NOT NULL,
  name         TEXT NOT NULL,
  kind         TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('news', 'proposed', 'confirmed', 'dismissed')),
  address_key  TEXT NOT NULL,
  release_id   TEXT NOT NULL,
  delivery_id  INTEGER REFERENCES delivery,
  words        TEXT NOT NULL DEFAULT '',
  mailed_at    TEXT,
  taken_at     TEXT NOT NULL,
  decided_at   TEXT,
  code         INTEGER,
  enhanced     TEXT,
  text         TEXT NOT NULL DEFAULT '',
  permanent    INTEGER NOT NULL DEFAULT 0,
  attendance   TEXT CHECK (attendance IN ('coming', 'declined', 'other')),
  photographer INTEGER NOT NULL DEFAULT 0,
  back         TEXT,
  deputy       TEXT,
  has_left     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX incoming_of_delivery ON incoming (delivery_id);
CREATE INDEX incoming_to_decide ON incoming (id) WHERE state = 'proposed';

-- IMAP mailboxes have numbers; of files, a hash of name, size and time stands for each.
CREATE TABLE mailbox (
  account  TEXT PRIMARY KEY,
  validity INTEGER NOT NULL,
  uid      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE mailbox_place (
  account TEXT NOT NULL,
  place   TEXT NOT NULL,
  PRIMARY KEY (account, place)
) STRICT, WITHOUT ROWID;
