-- What PostgreSQL says in its own way. The form is that of relational/queries.sql.

-- name: may_write
SELECT has_table_privilege('delivery', 'UPDATE');

-- name: log_now
SELECT log_now();

-- name: insert_run
-- The lock first, then the row: a run that is seen without its lock is dead.
WITH numbered AS MATERIALIZED (
  SELECT nextval(pg_get_serial_sequence('run', 'id')) AS id
), locked AS MATERIALIZED (
  SELECT id, pg_advisory_lock(lock_class(), CAST(id AS integer)) FROM numbered
)
INSERT INTO run (id, dispatch_id, started_at, host, pid, boot_id)
SELECT id, :dispatch, :now, :host, :pid, :boot_id FROM locked
RETURNING id;

-- name: unlock_run
SELECT pg_advisory_unlock(lock_class(), CAST(:run AS integer));

-- name: planned
-- What COPY fills, for one transaction.
CREATE TEMP TABLE planned (
  place bigint GENERATED ALWAYS AS IDENTITY, address_key text COLLATE "C", recipient text, reason text
) ON COMMIT DROP;

-- name: upsert_ready
-- A new recipient is added; one that waits or was skipped is chosen for this run; whoever has an
-- outcome keeps it, which is what makes `send` safe to repeat.
INSERT INTO delivery (dispatch_id, address_key, status, run_id, snapshot_id, updated_at, recipient)
SELECT :dispatch, address_key, 'pending', :run, :snapshot, :now, recipient
FROM planned WHERE reason IS NULL ORDER BY place
ON CONFLICT (dispatch_id, address_key) DO UPDATE SET
  status = CASE delivery.status WHEN 'skipped' THEN 'pending' ELSE delivery.status END,
  reason = NULL,
  run_id = excluded.run_id,
  snapshot_id = excluded.snapshot_id,
  updated_at = CASE delivery.status WHEN 'skipped' THEN excluded.updated_at
               ELSE delivery.updated_at END,
  recipient = excluded.recipient
WHERE delivery.status IN ('pending', 'deferred', 'skipped');

-- name: upsert_skipped
-- A skip with a lasting reason takes a waiting row out; one that only says "not this time" leaves
-- it waiting. Outcomes stay.
INSERT INTO delivery (dispatch_id, address_key, status, reason, updated_at, recipient)
SELECT :dispatch, address_key, 'skipped', reason, :now, recipient
FROM planned WHERE reason IS NOT NULL ORDER BY place
ON CONFLICT (dispatch_id, address_key) DO UPDATE SET
  status = 'skipped', reason = excluded.reason, next_attempt_at = NULL,
  updated_at = excluded.updated_at
WHERE delivery.status = 'skipped'
   OR (delivery.status IN ('pending', 'deferred') AND excluded.reason = ANY (:lasting));

-- name: open_attempts
-- Takes what is open from those who are dead: from here on it is nobody's.
UPDATE delivery SET holder = NULL
WHERE dispatch_id = :dispatch AND status IN ('sending', 'committing')
  AND NOT EXISTS (SELECT 1 FROM living WHERE living.run_id = delivery.holder)
RETURNING id, attempts;

-- name: dispatches_with_open_attempts
SELECT DISTINCT dispatch.id, release_id, purpose, number
FROM dispatch JOIN delivery ON delivery.dispatch_id = dispatch.id
WHERE delivery.status IN ('sending', 'committing')
  AND NOT EXISTS (SELECT 1 FROM living WHERE living.run_id = delivery.holder);

-- name: end_dead_runs
UPDATE run SET ended_at = :now
WHERE dispatch_id = :dispatch AND ended_at IS NULL AND id <> :run
  AND NOT EXISTS (SELECT 1 FROM living WHERE living.run_id = run.id);

-- name: recover_sending
-- The run is dead and the final dot was not allowed: the server must discard what it had.
UPDATE delivery
SET status = 'pending', opened_at = NULL, updated_at = :now
WHERE dispatch_id = :dispatch AND status = 'sending' AND holder IS NULL;

-- name: recover_committing
UPDATE delivery SET status = 'unknown', opened_at = NULL, committed_at = NULL, updated_at = :now
WHERE dispatch_id = :dispatch AND status = 'committing' AND holder IS NULL;

-- name: close_dead_attempts
-- Before the two above: what was open when its run died is an attempt too.
INSERT INTO attempt (delivery_id, number, run_id, opened_at, committed_at, ended_at, status, phase,
                     fault)
SELECT id, attempts, run_id, opened_at, committed_at, :now,
       CASE status WHEN 'sending' THEN 'pending' ELSE 'unknown' END,
       CASE status WHEN 'sending' THEN 'mail' ELSE 'final' END, 'killed'
FROM delivery
WHERE dispatch_id = :dispatch AND status IN ('sending', 'committing') AND holder IS NULL;

-- name: replay_attempts
-- Replies that an earlier run noted beside the log because the log could not be written.
INSERT INTO attempt (delivery_id, number, run_id, opened_at, committed_at, ended_at, status, phase,
                     fault, code, enhanced, text, detail)
SELECT delivery.id, delivery.attempts, delivery.run_id, delivery.opened_at, delivery.committed_at,
       :now, rows.value ->> 1, rows.value ->> 4, rows.value ->> 5, CAST(rows.value ->> 6 AS integer),
       rows.value ->> 7, rows.value ->> 8, rows.value ->> 9
FROM json_array_elements(CAST(:rows AS json)) AS rows(value)
JOIN delivery ON delivery.id = CAST(rows.value ->> 0 AS bigint)
             AND delivery.attempts = CAST(rows.value ->> 10 AS integer)
WHERE delivery.dispatch_id = :dispatch AND delivery.status = 'committing'
  AND delivery.holder IS NULL;

-- name: replay_outcomes
UPDATE delivery
SET status = rows.value ->> 1, next_attempt_at = rows.value ->> 2, server_id = rows.value ->> 3,
    opened_at = NULL, committed_at = NULL, updated_at = :now
FROM json_array_elements(CAST(:rows AS json)) AS rows(value)
WHERE delivery.id = CAST(rows.value ->> 0 AS bigint)
  AND delivery.attempts = CAST(rows.value ->> 10 AS integer)
  AND delivery.dispatch_id = :dispatch AND delivery.status = 'committing'
  AND delivery.holder IS NULL;

-- name: tell_and_claim
SELECT tell_and_claim(CAST(:intents AS json), CAST(:releases AS json), :chosen, :run, :wanted,
                      coalesce(:due, log_now()), coalesce(:now, log_now()));

-- name: tell_results
SELECT tell_results(CAST(:results AS json), :run, coalesce(:now, log_now()));

-- name: take_seat
SELECT pg_try_advisory_lock(CAST(:class AS integer), CAST(:seat AS integer));

-- name: leave_seat
SELECT pg_advisory_unlock(CAST(:class AS integer), CAST(:seat AS integer));

-- name: take_turn
SELECT take_turn(:mailbox, CAST(:interval AS double precision));

-- name: known_statuses
SELECT address_key, status FROM delivery
WHERE dispatch_id = :dispatch
  AND address_key IN (SELECT json_array_elements_text(CAST(:keys AS json)));

-- name: lock_chain
SELECT lock_chain();

-- name: link_row
SELECT append_link(source, row_id, number, stable, private)
FROM sealed WHERE source = :source AND row_id = :row AND number = :number;

-- name: link_end
SELECT append_link(:source, :row, :number, :gone, '');

-- name: unsalt_link
UPDATE link SET seal = decode(repeat('00', 16), 'hex') || substr(seal, 17) WHERE id = :id;

-- name: columns_of_table
SELECT column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = :table;

-- name: numbered_tables
SELECT table_name FROM information_schema.columns
WHERE table_schema = current_schema() AND column_name = 'id' AND is_identity = 'YES';

-- name: text_columns
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND data_type = 'text'
  AND table_name IN (SELECT table_name FROM information_schema.tables
                     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE')
ORDER BY table_name, column_name;

-- name: lists_of_log
-- Every file that people were mailed from, and whether the person was.
SELECT CAST(recipient AS json) #>> '{origin,0}' AS file,
       max(CASE address_key WHEN :key THEN 1 ELSE 0 END)
FROM delivery WHERE CAST(recipient AS json) #>> '{origin,0}' IS NOT NULL
GROUP BY 1 ORDER BY 1;

-- name: blank_deliveries_of_person
-- The row stays, so that counts stay; nothing in it tells whose it was.
UPDATE delivery
SET address_key = 'erased:' || id,
    recipient = CAST(json_build_object('address', id || '@erased.invalid') AS text),
    message_id = NULL, server_id = NULL
WHERE address_key = :key;

-- name: blank_answers_of_person
UPDATE answer
SET address_key = 'erased:' || replace(CAST(gen_random_uuid() AS text), '-', ''), source = '',
    note = ''
WHERE address_key = :key;

-- name: strip_deliveries
-- What stays is no personal data: outlet, kind of medium, language.
UPDATE delivery
SET address_key = 'stripped:' || id, message_id = NULL, server_id = NULL,
    recipient = CAST(json_strip_nulls(json_build_object(
      'address', id || '@erased.invalid',
      'outlet', CAST(recipient AS json) -> 'outlet',
      'media_type', CAST(recipient AS json) -> 'media_type',
      'language', CAST(recipient AS json) -> 'language')) AS text)
WHERE dispatch_id = :dispatch;

-- name: strip_answers
-- Only when no dispatch of the release is left that is not stripped.
UPDATE answer
SET address_key = 'stripped:' || replace(CAST(gen_random_uuid() AS text), '-', ''), source = '',
    note = ''
WHERE release_id = :release_id AND address_key NOT LIKE 'stripped:%' AND NOT EXISTS (
  SELECT 1 FROM dispatch WHERE dispatch.release_id = :release_id AND stripped_at IS NULL
);

-- name: insert_places
INSERT INTO mailbox_place (account, place)
SELECT :account, json_array_elements_text(CAST(:places AS json))
ON CONFLICT DO NOTHING;
