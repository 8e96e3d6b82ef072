-- 0008: every row of an attempt and of a person's decision is chained to the one before it, so that
-- `log verify` tells a row that was changed, added or taken out by another program.

-- One link for each row as it was written, in the order of writing, and another one where it was
-- rightly changed later (a person forgotten, a suppression renewed or lifted): the last one holds.
-- seal is 112 octets: a salt (zero once the link is outdated), SHA-256 of what never changes in the
-- row, SHA-256 of salt and what is personal in it, and SHA-256 of the link before with all but the
-- salt of this one.
CREATE TABLE link (
  id     INTEGER PRIMARY KEY,
  source TEXT NOT NULL CHECK (source IN ('attempt', 'resolution', 'approval', 'suppression')),
  row_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  seal   BLOB NOT NULL
) STRICT;

CREATE VIEW sealed_attempt AS
SELECT delivery_id AS row_id, number,
       json_array(run_id, opened_at, committed_at, ended_at, status, phase, fault, code, enhanced)
         AS stable,
       json_array(text, detail) AS private
FROM attempt;

CREATE VIEW sealed AS
SELECT 'attempt' AS source, row_id, number, stable, private FROM sealed_attempt
UNION ALL
SELECT 'resolution', id, 0, json_array(delivery_id, attempt, choice, decided_at), '[]'
FROM resolution
UNION ALL
SELECT 'approval', id, 0,
       json_array(release_id, release_digest, templates_digest, selection_digest, settings_digest,
                  approved_at),
       json_array(approver)
FROM approval
UNION ALL
SELECT 'suppression', id, 0, json_array(reason, scope, until, created_at),
       json_array(address_key, source)
FROM suppression;

-- What is there already counts as it is now.
INSERT INTO link (source, row_id, number, seal)
SELECT source, row_id, number, chain_seal(NULL, place, source, row_id, number, stable, private)
FROM (SELECT *, row_number() OVER () - 1 AS place FROM sealed);
