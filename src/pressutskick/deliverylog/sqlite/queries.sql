-- The statements of the delivery log, by name. `-- name:` starts one; comments say why.
-- Lists of rows come in as one JSON text each: one statement for a group holds the GIL once.

-- name: insert_dispatch
-- Idempotent: the same release, purpose and number is the same dispatch. As long as it only waits
-- for its time, that may be changed.
INSERT INTO dispatch (release_id, purpose, number, title, state, created_at, send_at)
VALUES (:release_id, :purpose, :number, :title, :state, :created_at, :send_at)
ON CONFLICT (release_id, purpose, number) DO UPDATE SET
  title = excluded.title,
  created_at = CASE state WHEN 'scheduled' THEN excluded.created_at ELSE created_at END,
  send_at = CASE state WHEN 'scheduled' THEN excluded.send_at ELSE send_at END
RETURNING id, state, stripped_at;

-- name: open_dispatch
UPDATE dispatch SET state = 'open' WHERE id = :dispatch AND state = 'scheduled';

-- name: cancel_dispatch
UPDATE dispatch SET state = 'cancelled' WHERE id = :dispatch;

-- name: skip_waiting
-- Nobody who waits in the dispatch gets it any more; `reason` says why.
UPDATE delivery SET status = 'skipped', reason = :reason, next_attempt_at = NULL, updated_at = :now
WHERE dispatch_id = :dispatch AND status IN ('pending', 'deferred');

-- name: latest_snapshot
SELECT id, release, release_digest, templates_digest, selection_digest, settings_digest, files
FROM snapshot WHERE dispatch_id = :dispatch ORDER BY id DESC LIMIT 1;

-- name: snapshot_by_id
SELECT id, release, release_digest, templates_digest, selection_digest, settings_digest, files
FROM snapshot WHERE id = :snapshot;

-- name: insert_snapshot
INSERT INTO snapshot (dispatch_id, created_at, release, release_digest, templates_digest,
                      selection_digest, settings_digest, files)
VALUES (:dispatch, :now, :release, :release_digest, :templates_digest, :selection_digest,
        :settings_digest, :files)
RETURNING id;

-- name: insert_run
INSERT INTO run (dispatch_id, started_at, host, pid, boot_id)
VALUES (:dispatch, :now, :host, :pid, :boot_id)
RETURNING id;

-- name: last_run
SELECT coalesce(max(id), 0) FROM run;

-- name: end_run
UPDATE run SET ended_at = :now WHERE id = :run;

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

-- name: recover_sending
-- The run is dead and the final dot was not allowed: the server must discard what it had.
UPDATE delivery
SET status = 'pending', opened_at = NULL, updated_at = :now
WHERE dispatch_id = :dispatch AND status = 'sending';

-- name: recover_committing
UPDATE delivery SET status = 'unknown', opened_at = NULL, committed_at = NULL, updated_at = :now
WHERE dispatch_id = :dispatch AND status = 'committing';

-- name: close_dead_attempts
-- Before the two above: what was open when its run died is an attempt too.
INSERT INTO attempt (delivery_id, number, run_id, opened_at, committed_at, ended_at, status, phase,
                     fault)
SELECT id, attempts, run_id, opened_at, committed_at, :now,
       CASE status WHEN 'sending' THEN 'pending' ELSE 'unknown' END,
       CASE status WHEN 'sending' THEN 'mail' ELSE 'final' END, 'killed'
FROM delivery
WHERE dispatch_id = :dispatch AND status IN ('sending', 'committing');

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

-- name: open_attempts
SELECT id, attempts FROM delivery WHERE dispatch_id = :dispatch AND status IN ('sending', 'committing');

-- name: dispatches_with_open_attempts
SELECT DISTINCT dispatch.id, release_id, purpose, number
FROM dispatch JOIN delivery ON delivery.dispatch_id = dispatch.id
WHERE delivery.status IN ('sending', 'committing');

-- name: stop_runs
-- Whoever runs something of the release is to end; each run looks once a second.
UPDATE run SET stopped_at = :now
WHERE ended_at IS NULL AND stopped_at IS NULL
  AND dispatch_id IN (SELECT id FROM dispatch WHERE release_id = :release_id);

-- name: is_stopped
SELECT stopped_at IS NOT NULL FROM run WHERE id = :run;

-- name: last_run_of_dispatch
SELECT host, pid FROM run WHERE dispatch_id = :dispatch ORDER BY id DESC LIMIT 1;

-- name: dispatches_of_release
SELECT id, purpose, number FROM dispatch WHERE release_id = :release_id ORDER BY id;

-- name: end_dead_runs
UPDATE run SET ended_at = :now WHERE dispatch_id = :dispatch AND ended_at IS NULL AND id <> :run;

-- name: work_off
-- See group.sql: results, releases, intents and a claim of a group in one statement, one transaction.
INSERT INTO temp.work (results, releases, intents, run, wanted, due, now)
VALUES (:results, :releases, :intents, :run, :wanted, :due, :now);

-- name: claimed
-- One JSON text instead of rows: each row that is fetched would take and drop the GIL.
SELECT json_group_array(json_array(id, json(recipient), attempts)) FROM (
  SELECT id, recipient, attempts FROM temp.claimed ORDER BY place, id
);

-- name: next_due
SELECT min(next_attempt_at) FROM delivery WHERE run_id = :run AND status = 'deferred';

-- name: tally
-- Rows of this run only: what another selection left waiting is not this run's to answer for.
SELECT status, count(*) FROM delivery
WHERE dispatch_id = :dispatch AND run_id = :run GROUP BY status;

-- name: list_dispatches
-- All, or the one of a key. When it began: what waits for its time has a first run that only
-- recorded it.
SELECT id, release_id, purpose, number, title, state, created_at, send_at,
       CASE WHEN send_at IS NULL THEN created_at WHEN state <> 'scheduled' THEN (
         SELECT min(started_at) FROM run WHERE dispatch_id = dispatch.id AND started_at >= send_at
       ) END
FROM dispatch
WHERE :release_id IS NULL
   OR (release_id = :release_id AND purpose = :purpose AND number = :number)
ORDER BY id;

-- name: count_by_status
SELECT dispatch_id, status, count(*) FROM delivery GROUP BY dispatch_id, status;

-- name: count_of_dispatch
SELECT status, count(*) FROM delivery WHERE dispatch_id = :dispatch GROUP BY status;

-- name: known_statuses
SELECT address_key, status FROM delivery
WHERE dispatch_id = :dispatch AND address_key IN (SELECT value FROM json_each(:keys));

-- name: list_deliveries
-- Keyset order: `after` is the last id of the page before. What came back has the last word.
SELECT delivery.id, dispatch_id, recipient, delivery.status, updated_at, reason, attempts,
       next_attempt_at, message_id, server_id, snapshot_id, attempt.phase, attempt.fault,
       iif(back.id, back.code, attempt.code), iif(back.id, back.enhanced, attempt.enhanced),
       iif(back.id, back.text, attempt.text), attempt.detail
FROM delivery
LEFT JOIN attempt ON attempt.delivery_id = delivery.id AND attempt.number = (
  SELECT max(number) FROM attempt AS last WHERE last.delivery_id = delivery.id
)
LEFT JOIN incoming AS back ON delivery.status = 'bounced' AND back.id = (
  SELECT max(id) FROM incoming WHERE delivery_id = delivery.id AND kind = 'bounce'
)
WHERE delivery.dispatch_id = :dispatch AND delivery.id > :after
  AND (:status IS NULL OR delivery.status = :status)
ORDER BY delivery.id LIMIT :limit;

-- name: list_attempts
SELECT delivery_id, number, opened_at, committed_at, ended_at, status, phase, fault, code, enhanced,
       text, detail
FROM attempt WHERE delivery_id = :delivery ORDER BY number;

-- name: resolve
UPDATE delivery SET status = :status, updated_at = :now
WHERE id = :delivery
  AND (status = 'unknown' OR (status = 'rejected' AND :status = 'pending'));

-- name: insert_resolution
INSERT INTO resolution (delivery_id, attempt, choice, decided_at)
SELECT id, attempts, :choice, :now FROM delivery WHERE id = :delivery;

-- name: insert_test_message
INSERT INTO test_message (release_id, address, message_id, sent_at, status, code, text)
VALUES (:release_id, :address, :message_id, :now, :status, :code, :text);

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

-- name: link_places
SELECT id, source, row_id, number FROM link;

-- name: unsalt_link
UPDATE link SET seal = CAST(zeroblob(16) || substr(seal, 17) AS BLOB) WHERE id = :id;

-- name: chain
-- Every link with the row that it seals, and whether it is the row's last.
SELECT link.id, link.source, link.row_id, link.number, link.seal, sealed.stable, sealed.private,
       link.id = max(link.id) OVER (PARTITION BY link.source, link.row_id, link.number)
FROM link LEFT JOIN sealed
  ON sealed.source = link.source AND sealed.row_id = link.row_id AND sealed.number = link.number
ORDER BY link.id;

-- name: unchained
SELECT source, row_id, number FROM sealed EXCEPT SELECT source, row_id, number FROM link;

-- name: verify_two_dots
-- Nobody may have had two final dots without a person's decision in between.
SELECT delivery_id, count(*) AS dots,
       (SELECT count(*) FROM resolution JOIN attempt AS unsure
        ON unsure.delivery_id = resolution.delivery_id AND unsure.number = resolution.attempt
        WHERE resolution.delivery_id = attempt.delivery_id AND choice = 'resend'
          AND unsure.status = 'unknown') AS decisions
FROM attempt
WHERE committed_at IS NOT NULL AND status IN ('accepted', 'unknown')
GROUP BY delivery_id
HAVING dots > decisions + 1;

-- name: verify_accepted_without_reply
SELECT id FROM delivery
WHERE status IN ('accepted', 'bounced')
  AND NOT EXISTS (SELECT 1 FROM attempt WHERE delivery_id = delivery.id AND status = 'accepted')
  AND NOT EXISTS (
    SELECT 1 FROM resolution WHERE delivery_id = delivery.id AND choice = 'leave'
  );

-- name: verify_attempt_numbers
SELECT id FROM delivery
WHERE attempts <> (SELECT count(*) FROM attempt WHERE delivery_id = delivery.id)
                  + (status IN ('sending', 'committing'));

-- name: verify_unsent_but_accepted
-- An accepted attempt may only belong to a delivery that says so.
SELECT id FROM delivery
WHERE status NOT IN ('accepted', 'bounced')
  AND EXISTS (SELECT 1 FROM attempt WHERE delivery_id = delivery.id AND status = 'accepted');

-- name: verify_skips_have_reasons
SELECT id FROM delivery WHERE (status = 'skipped') <> (reason IS NOT NULL);

-- name: verify_deferred_have_times
SELECT id FROM delivery WHERE (status = 'deferred') <> (next_attempt_at IS NOT NULL);

-- name: latest_of_release
-- The text that holds now: the last one that an invitation or a correction went out with.
SELECT snapshot.id, release, release_digest, templates_digest, selection_digest, settings_digest,
       files
FROM snapshot JOIN dispatch ON dispatch.id = dispatch_id
WHERE release_id = :release_id AND purpose IN ('announce', 'correction')
ORDER BY snapshot.id DESC LIMIT 1;

-- name: texts_of_release
-- Every text that anything of the release went out with, oldest first.
SELECT snapshot.id, release, release_digest, templates_digest, selection_digest, settings_digest,
       files
FROM snapshot JOIN dispatch ON dispatch.id = dispatch_id
WHERE release_id = :release_id ORDER BY snapshot.id;

-- name: text_before
-- What held before a correction was begun.
SELECT snapshot.id, release, release_digest, templates_digest, selection_digest, settings_digest,
       files
FROM snapshot JOIN dispatch ON dispatch.id = dispatch_id
WHERE release_id = :release_id AND purpose IN ('announce', 'correction')
  AND snapshot.id < (SELECT min(id) FROM snapshot WHERE dispatch_id = :dispatch)
ORDER BY snapshot.id DESC LIMIT 1;

-- name: correspondence
-- Everything that was tried with anybody about one release, oldest first. Whoever was erased or
-- stripped has no address any more.
SELECT delivery.id, dispatch_id, purpose, recipient, delivery.status, message_id, server_id,
       delivery.updated_at, snapshot_id
FROM delivery JOIN dispatch ON dispatch.id = dispatch_id
WHERE release_id = :release_id AND delivery.id > :after
  AND address_key NOT LIKE 'erased:%' AND address_key NOT LIKE 'stripped:%'
ORDER BY delivery.id LIMIT :limit;

-- name: insert_approval
INSERT INTO approval (release_id, release_digest, templates_digest, selection_digest,
                      settings_digest, approver, approved_at)
VALUES (:release_id, :release, :templates, :selection, :settings, :approver, :approved_at);

-- name: approvals
SELECT release_id, release_digest, templates_digest, selection_digest, settings_digest, approver,
       approved_at
FROM approval WHERE release_id = :release_id ORDER BY id;

-- name: upsert_answer
INSERT INTO answer (release_id, address_key, answer, source, answered_at, guests, photographer, note)
VALUES (:release_id, :address_key, :answer, :source, :answered_at, :guests, :photographer, :note)
ON CONFLICT (release_id, address_key) DO UPDATE SET
  answer = excluded.answer, source = excluded.source, answered_at = excluded.answered_at,
  guests = excluded.guests, photographer = excluded.photographer, note = excluded.note;

-- name: answers
SELECT address_key, answer FROM answer WHERE release_id = :release_id;

-- name: delete_files
-- Those of an earlier time: fewer files may go along now.
DELETE FROM stored_file WHERE dispatch_id = :dispatch;

-- name: insert_file
INSERT INTO stored_file (dispatch_id, position, filename, media_type, title, content)
VALUES (:dispatch, :position, :filename, :media_type, :title, :content);

-- name: stored_files
SELECT filename, media_type, title, content FROM stored_file
WHERE dispatch_id = :dispatch ORDER BY position;

-- name: upsert_suppression
INSERT INTO suppression (address_key, reason, scope, source, until, created_at)
VALUES (:address_key, :reason, :scope, :source, :until, :created_at)
ON CONFLICT (address_key, reason, scope) DO UPDATE SET
  source = excluded.source, until = excluded.until, created_at = excluded.created_at
RETURNING id;

-- name: suppressions
SELECT address_key, reason, scope, source, until, created_at FROM suppression ORDER BY id;

-- name: lift_suppressions
DELETE FROM suppression
WHERE address_key = :address_key AND (reason = 'erased') = :erased
RETURNING id;

-- name: deliveries_of_person
-- The columns of list_deliveries, then the dispatch's.
SELECT delivery.id, dispatch_id, recipient, delivery.status, updated_at, reason, attempts,
       next_attempt_at, message_id, server_id, snapshot_id, attempt.phase, attempt.fault,
       iif(back.id, back.code, attempt.code), iif(back.id, back.enhanced, attempt.enhanced),
       iif(back.id, back.text, attempt.text), attempt.detail,
       dispatch.release_id, purpose, dispatch.number, title
FROM delivery
JOIN dispatch ON dispatch.id = dispatch_id
LEFT JOIN attempt ON attempt.delivery_id = delivery.id AND attempt.number = (
  SELECT max(number) FROM attempt AS last WHERE last.delivery_id = delivery.id
)
LEFT JOIN incoming AS back ON delivery.status = 'bounced' AND back.id = (
  SELECT max(id) FROM incoming WHERE delivery_id = delivery.id AND kind = 'bounce'
)
WHERE delivery.address_key = :key ORDER BY delivery.id;

-- name: recipients_of_person
SELECT recipient FROM delivery WHERE address_key = :key;

-- name: lists_of_log
-- Every file that people were mailed from, and whether the person was.
SELECT json_extract(recipient, '$.origin[0]') AS file, max(address_key = :key)
FROM delivery WHERE file IS NOT NULL GROUP BY file ORDER BY file;

-- name: answers_of_person
SELECT release_id, answer, source, answered_at, guests, photographer, note FROM answer
WHERE address_key = :key ORDER BY release_id;

-- name: test_messages
SELECT id, address, release_id, sent_at, status FROM test_message ORDER BY id;

-- name: open_dispatches_of_person
-- A run has them in hand, or died with them.
SELECT DISTINCT dispatch.id, release_id, purpose, number
FROM delivery JOIN dispatch ON dispatch.id = dispatch_id
WHERE address_key = :key AND delivery.status IN ('sending', 'committing');

-- name: skip_waiting_of_person
UPDATE delivery SET status = 'skipped', reason = 'erased', next_attempt_at = NULL, updated_at = :now
WHERE address_key = :key AND status IN ('pending', 'deferred');

-- name: blank_attempts_of_person
-- Servers repeat addresses in their replies; code and enhanced status stay.
UPDATE attempt SET text = '', detail = ''
WHERE delivery_id IN (SELECT id FROM delivery WHERE address_key = :key);

-- name: blank_deliveries_of_person
-- The row stays, so that counts stay; nothing in it tells whose it was.
UPDATE delivery
SET address_key = 'erased:' || id, recipient = json_object('address', id || '@erased.invalid'),
    message_id = NULL, server_id = NULL
WHERE address_key = :key;

-- name: blank_answers_of_person
UPDATE answer SET address_key = 'erased:' || lower(hex(randomblob(8))), source = '', note = ''
WHERE address_key = :key;

-- name: blank_test_message
UPDATE test_message SET address = 'erased@erased.invalid', text = '' WHERE id = :id;

-- name: delete_suppressions_of_person
DELETE FROM suppression WHERE address_key = :key;

-- name: dispatches_to_strip
-- Dispatches that nothing has happened to since :before, with what they hold.
SELECT dispatch.id, release_id, purpose, number, title, count(*), max(delivery.updated_at)
FROM dispatch JOIN delivery ON dispatch_id = dispatch.id
WHERE stripped_at IS NULL AND dispatch.created_at < :before
  AND (send_at IS NULL OR send_at < :before)
GROUP BY dispatch.id
HAVING max(delivery.updated_at) < :before
   AND sum(delivery.status IN ('sending', 'committing')) = 0
ORDER BY dispatch.id;

-- name: strip_waiting
UPDATE delivery SET status = 'skipped', reason = 'stripped', next_attempt_at = NULL
WHERE dispatch_id = :dispatch AND status IN ('pending', 'deferred');

-- name: strip_attempts
UPDATE attempt SET text = '', detail = ''
WHERE delivery_id IN (SELECT id FROM delivery WHERE dispatch_id = :dispatch);

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

-- name: strip_test_messages
UPDATE test_message SET address = 'erased@erased.invalid', text = '' WHERE sent_at < :before;

-- name: mark_stripped
UPDATE dispatch SET stripped_at = :now WHERE id = :dispatch;
