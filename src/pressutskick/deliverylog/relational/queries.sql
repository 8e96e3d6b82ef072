-- The statements of the delivery log that every database understands, by name. `-- name:` starts
-- one; comments say why. What each says in its own way stands in its adapter's `queries.sql`.

-- name: meta
SELECT key, value FROM meta;

-- name: set_meta
INSERT INTO meta (key, value) VALUES (:key, :value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- name: moved_to
SELECT value FROM meta WHERE key = 'moved';

-- name: forget_moved
DELETE FROM meta WHERE key = 'moved';

-- name: instance
SELECT value FROM meta WHERE key = 'instance';

-- name: insert_dispatch
-- Idempotent: the same release, purpose and number is the same dispatch. As long as it only waits
-- for its time, that may be changed.
INSERT INTO dispatch (release_id, purpose, number, title, state, created_at, send_at, reason,
                      person)
VALUES (:release_id, :purpose, :number, :title, :state, :created_at, :send_at, :reason, :person)
ON CONFLICT (release_id, purpose, number) DO UPDATE SET
  title = excluded.title,
  reason = excluded.reason,
  person = CASE dispatch.state WHEN 'scheduled' THEN excluded.person ELSE dispatch.person END,
  created_at = CASE dispatch.state WHEN 'scheduled' THEN excluded.created_at ELSE dispatch.created_at END,
  send_at = CASE dispatch.state WHEN 'scheduled' THEN excluded.send_at ELSE dispatch.send_at END
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
       ) END, reason, person
FROM dispatch
WHERE CAST(:release_id AS text) IS NULL
   OR (release_id = :release_id AND purpose = :purpose AND number = :number)
ORDER BY id;

-- name: count_by_status
SELECT dispatch_id, status, count(*) FROM delivery GROUP BY dispatch_id, status;

-- name: count_of_dispatch
SELECT status, count(*) FROM delivery WHERE dispatch_id = :dispatch GROUP BY status;

-- name: list_deliveries
-- Keyset order: `after` is the last id of the page before. What came back has the last word.
SELECT delivery.id, dispatch_id, recipient, delivery.status, updated_at, delivery.reason, attempts,
       next_attempt_at, message_id, server_id, snapshot_id, attempt.phase, attempt.fault,
       CASE WHEN back.id IS NULL THEN attempt.code ELSE back.code END, CASE WHEN back.id IS NULL THEN attempt.enhanced ELSE back.enhanced END,
       CASE WHEN back.id IS NULL THEN attempt.text ELSE back.text END, attempt.detail
FROM delivery
LEFT JOIN attempt ON attempt.delivery_id = delivery.id AND attempt.number = (
  SELECT max(number) FROM attempt AS last WHERE last.delivery_id = delivery.id
)
LEFT JOIN incoming AS back ON delivery.status = 'bounced' AND back.id = (
  SELECT max(id) FROM incoming WHERE delivery_id = delivery.id AND kind = 'bounce'
)
WHERE delivery.dispatch_id = :dispatch AND delivery.id > :after
  AND (CAST(:status AS text) IS NULL OR delivery.status = :status)
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
INSERT INTO resolution (delivery_id, attempt, choice, decided_at, person)
SELECT id, attempts, :choice, :now, :person FROM delivery WHERE id = :delivery
RETURNING id;

-- name: resolutions
SELECT delivery_id, attempt, choice, decided_at, resolution.person FROM resolution
JOIN delivery ON delivery.id = delivery_id JOIN dispatch ON dispatch.id = dispatch_id
WHERE release_id = :release_id ORDER BY resolution.id;

-- name: insert_test_message
INSERT INTO test_message (release_id, address, message_id, sent_at, status, code, text)
VALUES (:release_id, :address, :message_id, :now, :status, :code, :text);

-- name: link_places
SELECT id, source, row_id, number FROM link;

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
SELECT delivery_id FROM attempt
WHERE committed_at IS NOT NULL AND status IN ('accepted', 'unknown')
GROUP BY delivery_id
HAVING count(*) > 1 + (
  SELECT count(*) FROM resolution JOIN attempt AS unsure
  ON unsure.delivery_id = resolution.delivery_id AND unsure.number = resolution.attempt
  WHERE resolution.delivery_id = attempt.delivery_id AND choice = 'resend'
    AND unsure.status = 'unknown'
);

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
                  + CASE WHEN status IN ('sending', 'committing') THEN 1 ELSE 0 END;

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
                      settings_digest, approver, approved_at, person)
VALUES (:release_id, :release, :templates, :selection, :settings, :approver, :approved_at, :person)
RETURNING id;

-- name: approvals
SELECT release_id, release_digest, templates_digest, selection_digest, settings_digest, approver,
       approved_at, person
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
SELECT delivery.id, dispatch_id, recipient, delivery.status, updated_at, delivery.reason, attempts,
       next_attempt_at, message_id, server_id, snapshot_id, attempt.phase, attempt.fault,
       CASE WHEN back.id IS NULL THEN attempt.code ELSE back.code END, CASE WHEN back.id IS NULL THEN attempt.enhanced ELSE back.enhanced END,
       CASE WHEN back.id IS NULL THEN attempt.text ELSE back.text END, attempt.detail,
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
   AND count(CASE WHEN delivery.status IN ('sending', 'committing') THEN 1 END) = 0
ORDER BY dispatch.id;

-- name: strip_waiting
UPDATE delivery SET status = 'skipped', reason = 'stripped', next_attempt_at = NULL
WHERE dispatch_id = :dispatch AND status IN ('pending', 'deferred');

-- name: strip_attempts
UPDATE attempt SET text = '', detail = ''
WHERE delivery_id IN (SELECT id FROM delivery WHERE dispatch_id = :dispatch);

-- name: strip_test_messages
UPDATE test_message SET address = 'erased@erased.invalid', text = '' WHERE sent_at < :before;

-- name: mark_stripped
UPDATE dispatch SET stripped_at = :now WHERE id = :dispatch;
