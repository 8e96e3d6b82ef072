-- What SQLite says in its own way. Lists of rows come in as one JSON text each: one statement for a
-- group holds the GIL once.

-- name: lock_chain
-- Whoever writes to the file writes alone.
SELECT 1;

-- name: columns_of_table
SELECT name FROM pragma_table_info(:table);

-- name: triggers
SELECT name, sql FROM sqlite_master WHERE type = 'trigger';

-- name: text_columns
SELECT tables.name, columns.name
FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' AND columns.type = 'TEXT';

-- name: upsert_ready
-- A new recipient is added; one that waits or was skipped is chosen for this run; whoever has an
-- outcome keeps it, which is what makes `send` safe to repeat.
INSERT INTO delivery (dispatch_id, address_key, status, run_id, snapshot_id, updated_at, recipient)
SELECT :dispatch, json_extract(value, '$[0]'), 'pending', :run, :snapshot, :now,
       json_extract(value, '$[1]')
FROM json_each(:rows)
WHERE true
ON CONFLICT (dispatch_id, address_key) DO UPDATE SET
  status = CASE status WHEN 'skipped' THEN 'pending' ELSE status END,
  reason = NULL,
  run_id = excluded.run_id,
  snapshot_id = excluded.snapshot_id,
  updated_at = CASE status WHEN 'skipped' THEN excluded.updated_at ELSE updated_at END,
  recipient = excluded.recipient
WHERE status IN ('pending', 'deferred', 'skipped');

-- name: upsert_skipped
-- A skip with a lasting reason takes a waiting row out; one that only says "not this time" leaves
-- it waiting. Outcomes stay.
INSERT INTO delivery (dispatch_id, address_key, status, reason, updated_at, recipient)
SELECT :dispatch, json_extract(value, '$[0]'), 'skipped', json_extract(value, '$[2]'), :now,
       json_extract(value, '$[1]')
FROM json_each(:rows)
WHERE true
ON CONFLICT (dispatch_id, address_key) DO UPDATE SET
  status = 'skipped', reason = excluded.reason, next_attempt_at = NULL,
  updated_at = excluded.updated_at
WHERE status = 'skipped'
   OR (status IN ('pending', 'deferred')
       AND excluded.reason IN (SELECT value FROM json_each(:lasting)));

-- name: replay_attempts
-- Replies that an earlier run noted beside the log because the log could not be written.
INSERT INTO attempt (delivery_id, number, run_id, opened_at, committed_at, ended_at, status, phase,
                     fault, code, enhanced, text, detail)
SELECT delivery.id, delivery.attempts, delivery.run_id, delivery.opened_at, delivery.committed_at,
       :now, json_extract(rows.value, '$[1]'), json_extract(rows.value, '$[4]'),
       json_extract(rows.value, '$[5]'), json_extract(rows.value, '$[6]'),
       json_extract(rows.value, '$[7]'), json_extract(rows.value, '$[8]'),
       json_extract(rows.value, '$[9]')
FROM json_each(:rows) AS rows
CROSS JOIN delivery
WHERE delivery.id = json_extract(rows.value, '$[0]')
  AND delivery.attempts = json_extract(rows.value, '$[10]')
  AND delivery.dispatch_id = :dispatch AND delivery.status = 'committing';

-- name: replay_outcomes
UPDATE delivery
SET status = json_extract(rows.value, '$[1]'),
    next_attempt_at = json_extract(rows.value, '$[2]'),
    server_id = json_extract(rows.value, '$[3]'),
    opened_at = NULL, committed_at = NULL, updated_at = :now
FROM json_each(:rows) AS rows
WHERE delivery.id = json_extract(rows.value, '$[0]')
  AND delivery.attempts = json_extract(rows.value, '$[10]')
  AND delivery.dispatch_id = :dispatch AND delivery.status = 'committing';

-- name: work_off
-- See group.sql: results, releases, intents and a claim of a group in one statement, one transaction.
INSERT INTO temp.work (results, releases, intents, run, wanted, due, now)
VALUES (:results, :releases, :intents, :run, :wanted, :due, :now);

-- name: claimed
-- One JSON text instead of rows: each row that is fetched would take and drop the GIL.
SELECT json_group_array(json_array(id, json(recipient), attempts)) FROM (
  SELECT id, recipient, attempts FROM temp.claimed ORDER BY place, id
);

-- name: known_statuses
SELECT address_key, status FROM delivery
WHERE dispatch_id = :dispatch AND address_key IN (SELECT value FROM json_each(:keys));

-- name: link_row
INSERT INTO link (source, row_id, number, seal)
SELECT source, row_id, number,
       chain_seal((SELECT seal FROM link ORDER BY id DESC LIMIT 1), 0, source, row_id, number,
                  stable, private)
FROM sealed WHERE source = :source AND row_id = :row AND number = :number;

-- name: link_end
INSERT INTO link (source, row_id, number, seal)
VALUES (:source, :row, :number,
        chain_seal((SELECT seal FROM link ORDER BY id DESC LIMIT 1), 0, :source, :row, :number,
                   :gone, ''));

-- name: unsalt_link
UPDATE link SET seal = CAST(zeroblob(16) || substr(seal, 17) AS BLOB) WHERE id = :id;

-- name: lists_of_log
-- Every file that people were mailed from, and whether the person was.
SELECT json_extract(recipient, '$.origin[0]') AS file, max(address_key = :key)
FROM delivery WHERE file IS NOT NULL GROUP BY file ORDER BY file;

-- name: blank_deliveries_of_person
-- The row stays, so that counts stay; nothing in it tells whose it was.
UPDATE delivery
SET address_key = 'erased:' || id, recipient = json_object('address', id || '@erased.invalid'),
    message_id = NULL, server_id = NULL
WHERE address_key = :key;

-- name: blank_answers_of_person
UPDATE answer SET address_key = 'erased:' || lower(hex(randomblob(8))), source = '', note = ''
WHERE address_key = :key;

-- name: strip_deliveries
-- What stays is no personal data: outlet, kind of medium, language.
UPDATE delivery
SET address_key = 'stripped:' || id, message_id = NULL, server_id = NULL,
    recipient = json_patch(
      json_object('address', id || '@erased.invalid'),
      json_object('outlet', json_extract(recipient, '$.outlet'),
                  'media_type', json_extract(recipient, '$.media_type'),
                  'language', json_extract(recipient, '$.language')))
WHERE dispatch_id = :dispatch;

-- name: strip_answers
-- Only when no dispatch of the release is left that is not stripped.
UPDATE answer SET address_key = 'stripped:' || lower(hex(randomblob(8))), source = '', note = ''
WHERE release_id = :release_id AND address_key NOT LIKE 'stripped:%' AND NOT EXISTS (
  SELECT 1 FROM dispatch WHERE dispatch.release_id = :release_id AND stripped_at IS NULL
);

-- name: insert_places
INSERT OR IGNORE INTO mailbox_place (account, place)
SELECT :account, value FROM json_each(:places);
