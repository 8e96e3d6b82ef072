-- What the writer does with a group, as a view that cannot be read but can be inserted into.
--
-- One INSERT is one statement and, without BEGIN, one transaction: the writer's thread drops and
-- retakes the GIL once for a group, not once for each of eight statements. Each list is a JSON text
-- of rows; `wanted` is how many deliveries of `run` that are due at `due` are claimed, and what was
-- found stands in `claimed` until the next group. A row that is not in the status it must have makes
-- the whole group fail: somebody else changed it, and nobody may guess about a delivery.

CREATE TEMP TABLE claimed (id INTEGER PRIMARY KEY, place INTEGER, recipient TEXT, attempts INTEGER);

CREATE TEMP VIEW work AS
SELECT NULL AS results, NULL AS releases, NULL AS intents, NULL AS run, NULL AS wanted, NULL AS due,
       NULL AS now;

CREATE TEMP TRIGGER work_off INSTEAD OF INSERT ON work
BEGIN
  -- Intents first: a pipelined connection may have one and its refusal in the same group.
  UPDATE delivery
  SET status = 'committing', committed_at = new.now, updated_at = new.now,
      message_id = json_extract(rows.value, '$[1]')
  FROM json_each(new.intents) AS rows
  WHERE delivery.id = json_extract(rows.value, '$[0]') AND delivery.status = 'sending';
  SELECT RAISE(ABORT, 'an intent without a claim')
  WHERE changes() <> json_array_length(new.intents);

  -- The attempt's row before the outcome: the delivery still holds the open attempt.
  INSERT INTO attempt (delivery_id, number, run_id, opened_at, committed_at, ended_at, status,
                       phase, fault, code, enhanced, text, detail)
  SELECT delivery.id, delivery.attempts, delivery.run_id, delivery.opened_at,
         delivery.committed_at, new.now, json_extract(rows.value, '$[1]'),
         json_extract(rows.value, '$[4]'), json_extract(rows.value, '$[5]'),
         json_extract(rows.value, '$[6]'), json_extract(rows.value, '$[7]'),
         json_extract(rows.value, '$[8]'), json_extract(rows.value, '$[9]')
  FROM json_each(new.results) AS rows
  CROSS JOIN delivery
  WHERE delivery.id = json_extract(rows.value, '$[0]')
    AND delivery.status IN ('sending', 'committing');
  SELECT RAISE(ABORT, 'a result without an open attempt')
  WHERE changes() <> json_array_length(new.results);

  -- Each of them is chained to the row that was written before it.
  INSERT INTO link (source, row_id, number, seal)
  SELECT 'attempt', sealed.row_id, sealed.number,
         chain_seal((SELECT seal FROM link ORDER BY id DESC LIMIT 1), rows.key, 'attempt',
                    sealed.row_id, sealed.number, sealed.stable, sealed.private)
  FROM json_each(new.results) AS rows
  CROSS JOIN sealed_attempt AS sealed
  WHERE sealed.row_id = json_extract(rows.value, '$[0]')
    AND sealed.number = json_extract(rows.value, '$[10]');
  SELECT RAISE(ABORT, 'an attempt that is not chained')
  WHERE changes() <> json_array_length(new.results);

  UPDATE delivery
  SET status = json_extract(rows.value, '$[1]'),
      next_attempt_at = json_extract(rows.value, '$[2]'),
      server_id = json_extract(rows.value, '$[3]'),
      opened_at = NULL, committed_at = NULL, updated_at = new.now
  FROM json_each(new.results) AS rows
  WHERE delivery.id = json_extract(rows.value, '$[0]');

  -- A claim that is given back was none: who had been put off is so still.
  UPDATE delivery
  SET status = CASE WHEN EXISTS (
        SELECT 1 FROM attempt
        WHERE delivery_id = delivery.id AND number = delivery.attempts - 1 AND status = 'deferred'
      ) THEN 'deferred' ELSE 'pending' END,
      next_attempt_at = CASE WHEN EXISTS (
        SELECT 1 FROM attempt
        WHERE delivery_id = delivery.id AND number = delivery.attempts - 1 AND status = 'deferred'
      ) THEN new.now END,
      attempts = attempts - 1, opened_at = NULL, updated_at = new.now
  FROM json_each(new.releases) AS rows
  WHERE delivery.id = rows.value AND delivery.status = 'sending';
  SELECT RAISE(ABORT, 'a release without a claim')
  WHERE changes() <> json_array_length(new.releases);

  -- Whoever has waited in this run goes before those who have not been tried; whoever an earlier
  -- run has tried goes after them, for it may be who stopped that run.
  DELETE FROM claimed;
  INSERT INTO claimed (place, id, recipient, attempts)
  SELECT 1, id, recipient, attempts FROM delivery
  WHERE run_id = new.run AND status = 'deferred' AND next_attempt_at <= new.due
    AND EXISTS (
      SELECT 1 FROM attempt
      WHERE delivery_id = delivery.id AND number = delivery.attempts AND run_id = new.run
    )
  ORDER BY next_attempt_at LIMIT new.wanted;
  INSERT INTO claimed (place, id, recipient, attempts)
  SELECT 2, id, recipient, attempts FROM delivery
  WHERE run_id = new.run AND status = 'pending'
  ORDER BY id LIMIT new.wanted - (SELECT count(*) FROM claimed);
  INSERT INTO claimed (place, id, recipient, attempts)
  SELECT 3, id, recipient, attempts FROM delivery
  WHERE run_id = new.run AND status = 'deferred' AND next_attempt_at <= new.due
    AND id NOT IN (SELECT id FROM claimed)
  ORDER BY next_attempt_at, id LIMIT new.wanted - (SELECT count(*) FROM claimed);
  UPDATE delivery
  SET status = 'sending', attempts = attempts + 1, opened_at = new.now, committed_at = NULL,
      next_attempt_at = NULL, updated_at = new.now
  WHERE id IN (SELECT id FROM claimed);
END;
