-- What came back, and how far each mailbox was read. The form is that of queries.sql.

-- name: mailbox_cursor
SELECT validity, uid FROM mailbox WHERE account = :account;

-- name: mailbox_places
SELECT place FROM mailbox_place WHERE account = :account;

-- name: upsert_cursor
INSERT INTO mailbox (account, validity, uid) VALUES (:account, :validity, :uid)
ON CONFLICT (account) DO UPDATE SET validity = excluded.validity, uid = excluded.uid;

-- name: sent_mails
-- Keyset order. Whoever was only planned, skipped or refused has nothing that could come back.
SELECT delivery.id, release_id, purpose, number, address_key, status, updated_at, message_id,
       server_id
FROM delivery JOIN dispatch ON dispatch.id = dispatch_id
WHERE delivery.id > :after AND message_id IS NOT NULL
  AND status IN ('accepted', 'bounced', 'unknown', 'committing')
  AND (CAST(:since AS text) IS NULL OR updated_at >= :since)
ORDER BY delivery.id LIMIT :limit;

-- name: insert_incoming
INSERT INTO incoming (digest, account, name, kind, state, address_key, release_id, delivery_id,
                      words, mailed_at, taken_at, code, enhanced, text, permanent, attendance,
                      photographer, back, deputy, has_left)
VALUES (:digest, :account, :name, :kind, :state, :address_key, :release_id, :delivery_id,
        :words, :mailed_at, :now, :code, :enhanced, :text, :permanent, :attendance,
        :photographer, :back, :deputy, :has_left)
ON CONFLICT (digest) DO NOTHING;

-- name: count_unknown_as_accepted
-- A report about a mail proves that the relay had taken it.
UPDATE delivery SET status = 'accepted', updated_at = :now
WHERE id = :delivery AND status = 'unknown';

-- name: bounce_delivery
UPDATE delivery SET status = 'bounced', updated_at = :now
WHERE id = :delivery AND status = 'accepted';

-- name: list_incoming
SELECT incoming.id, account, name, kind, state, incoming.address_key, release_id, taken_at,
       delivery_id, recipient, words, mailed_at, code, enhanced, text, permanent, attendance,
       photographer, back, deputy, has_left
FROM incoming LEFT JOIN delivery ON delivery.id = delivery_id
WHERE (CAST(:state AS text) IS NULL OR state = :state) AND (CAST(:release_id AS text) IS NULL OR release_id = :release_id)
ORDER BY incoming.id;

-- name: incoming_of_person
SELECT incoming.id, account, name, kind, state, incoming.address_key, release_id, taken_at,
       delivery_id, NULL, words, mailed_at, code, enhanced, text, permanent, attendance,
       photographer, back, deputy, has_left
FROM incoming WHERE address_key = :key ORDER BY incoming.id;

-- name: decide_incoming
UPDATE incoming SET state = :state, decided_at = :now WHERE id = :id AND state = 'proposed';

-- name: blank_incoming_of_person
UPDATE incoming
SET address_key = 'erased:' || id, name = '', words = '', text = '', deputy = NULL,
    state = CASE state WHEN 'proposed' THEN 'dismissed' ELSE state END
WHERE address_key = :key;

-- name: strip_incoming
UPDATE incoming
SET address_key = 'stripped:' || id, name = '', words = '', text = '', deputy = NULL,
    state = CASE state WHEN 'proposed' THEN 'dismissed' ELSE state END
WHERE delivery_id IN (SELECT id FROM delivery WHERE dispatch_id = :dispatch);

-- name: kept_answers
SELECT address_key, answer, source, answered_at, guests, photographer, note
FROM answer WHERE release_id = :release_id;

-- name: arrivals
SELECT address_key, name, outlet, came_at FROM arrival WHERE release_id = :release_id ORDER BY id;

-- name: insert_arrival
-- Whoever was invited comes once.
INSERT INTO arrival (release_id, address_key, name, outlet, came_at)
VALUES (:release_id, :address_key, :who, :outlet, :came_at)
ON CONFLICT (release_id, address_key) DO NOTHING;

-- name: blank_arrivals_of_person
UPDATE arrival SET address_key = 'erased:' || id, name = '' WHERE address_key = :key;

-- name: strip_arrivals
UPDATE arrival SET address_key = 'stripped:' || id, name = ''
WHERE release_id = :release_id AND coalesce(address_key, '') NOT LIKE 'stripped:%' AND NOT EXISTS (
  SELECT 1 FROM dispatch WHERE dispatch.release_id = :release_id AND stripped_at IS NULL
);
