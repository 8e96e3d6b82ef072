-- 0002: what the writer of a run does with a group, each in one call: what it tells, and what it asks.
--
-- Each list is a JSON text of rows. A row that is not in the status it must have, or is somebody
-- else's, makes the whole group fail: nobody may guess about a delivery.

-- Intents and releases, then a claim: intents are waited for, so that they do not stand in line for
-- the chain. p_chosen is the run whose choice is sent, p_holder the one that sends.
CREATE FUNCTION tell_and_claim(p_intents json, p_releases json, p_chosen bigint, p_holder bigint,
                               p_wanted integer, p_due text, p_now text)
RETURNS text LANGUAGE plpgsql VOLATILE SET enable_seqscan = off AS $$
DECLARE
  changed integer;
  waited bigint[] := '{}';
  fresh bigint[] := '{}';
  earlier bigint[] := '{}';
  found text;
BEGIN
  IF json_array_length(p_intents) > 0 THEN
    UPDATE delivery
    SET status = 'committing', committed_at = p_now, updated_at = p_now, message_id = rows.value ->> 1
    FROM json_array_elements(p_intents) AS rows(value)
    WHERE delivery.id = (rows.value ->> 0)::bigint AND status = 'sending' AND holder = p_holder;
    GET DIAGNOSTICS changed = ROW_COUNT;
    IF changed <> json_array_length(p_intents) THEN
      RAISE EXCEPTION 'an intent without a claim' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;

  IF json_array_length(p_releases) > 0 THEN
    -- A claim that is given back was none: who had been put off is so still.
    UPDATE delivery
    SET status = coalesce(last.status, 'pending'),
        next_attempt_at = CASE WHEN last.status IS NOT NULL THEN p_now END,
        attempts = delivery.attempts - 1, opened_at = NULL, holder = NULL, updated_at = p_now
    FROM json_array_elements(p_releases) AS rows(value)
    LEFT JOIN delivery AS same ON same.id = (rows.value #>> '{}')::bigint
    LEFT JOIN attempt AS last ON last.delivery_id = same.id AND last.number = same.attempts - 1
                             AND last.status = 'deferred'
    WHERE delivery.id = (rows.value #>> '{}')::bigint
      AND delivery.status = 'sending' AND delivery.holder = p_holder;
    GET DIAGNOSTICS changed = ROW_COUNT;
    IF changed <> json_array_length(p_releases) THEN
      RAISE EXCEPTION 'a release without a claim' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;

  IF p_wanted = 0 THEN
    RETURN '[]';
  END IF;
  -- Whoever has waited since the run began that chose them goes before those who have not been
  -- tried; whoever an earlier run has tried goes after them, for it may be who stopped that run.
  waited := ARRAY(
    SELECT id FROM delivery
    WHERE run_id = p_chosen AND status = 'deferred' AND next_attempt_at <= p_due
      AND EXISTS (
        SELECT 1 FROM attempt
        WHERE delivery_id = delivery.id AND number = delivery.attempts
          AND attempt.run_id >= p_chosen
      )
    ORDER BY next_attempt_at LIMIT p_wanted FOR UPDATE SKIP LOCKED
  );
  fresh := ARRAY(
    SELECT id FROM delivery WHERE run_id = p_chosen AND status = 'pending'
    ORDER BY id LIMIT p_wanted - cardinality(waited) FOR UPDATE SKIP LOCKED
  );
  earlier := ARRAY(
    SELECT id FROM delivery
    WHERE run_id = p_chosen AND status = 'deferred' AND next_attempt_at <= p_due
      AND NOT id = ANY (waited)
    ORDER BY next_attempt_at, id LIMIT p_wanted - cardinality(waited) - cardinality(fresh)
    FOR UPDATE SKIP LOCKED
  );
  WITH claimed AS (
    UPDATE delivery
    SET status = 'sending', attempts = attempts + 1, opened_at = p_now, committed_at = NULL,
        next_attempt_at = NULL, holder = p_holder, updated_at = p_now
    WHERE id = ANY (waited || fresh || earlier)
    RETURNING id, recipient, attempts - 1 AS tried
  )
  SELECT coalesce(json_agg(json_build_array(id, recipient::json, tried)
                           ORDER BY id = ANY (earlier), id = ANY (fresh), id), '[]')::text
  INTO found FROM claimed;
  RETURN found;
END $$;

-- Results: the attempt's row before the outcome, since the delivery still holds the open attempt; the
-- chain last, so that it is held for a commit and no longer.
CREATE FUNCTION tell_results(p_results json, p_holder bigint, p_now text)
RETURNS void LANGUAGE plpgsql VOLATILE SET enable_seqscan = off AS $$
DECLARE
  changed integer;
  found record;
  last bigint;
  head bytea;
  salt bytea;
  digests bytea;
BEGIN
  INSERT INTO attempt (delivery_id, number, run_id, opened_at, committed_at, ended_at, status, phase,
                       fault, code, enhanced, text, detail)
  SELECT delivery.id, delivery.attempts, delivery.holder, delivery.opened_at, delivery.committed_at,
         p_now, rows.value ->> 1, rows.value ->> 4, rows.value ->> 5, (rows.value ->> 6)::integer,
         rows.value ->> 7, rows.value ->> 8, rows.value ->> 9
  FROM json_array_elements(p_results) AS rows(value)
  JOIN delivery ON delivery.id = (rows.value ->> 0)::bigint
  WHERE delivery.status IN ('sending', 'committing') AND delivery.holder = p_holder;
  GET DIAGNOSTICS changed = ROW_COUNT;
  IF changed <> json_array_length(p_results) THEN
    RAISE EXCEPTION 'a result without an open attempt'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;

  UPDATE delivery
  SET status = rows.value ->> 1, next_attempt_at = rows.value ->> 2, server_id = rows.value ->> 3,
      opened_at = NULL, committed_at = NULL, holder = NULL, updated_at = p_now
  FROM json_array_elements(p_results) AS rows(value)
  WHERE delivery.id = (rows.value ->> 0)::bigint;

  PERFORM lock_chain();
  -- As append_link does, with the end of the chain at hand.
  SELECT id, substr(seal, 81) INTO last, head FROM link ORDER BY id DESC LIMIT 1;
  last := coalesce(last, 0);
  head := coalesce(head, decode(repeat('00', 32), 'hex'));
  FOR found IN
    SELECT sealed.* FROM json_array_elements(p_results) WITH ORDINALITY AS rows(value, place)
    JOIN sealed_attempt AS sealed ON sealed.row_id = (rows.value ->> 0)::bigint
                                 AND sealed.number = (rows.value ->> 10)::integer
    ORDER BY place
  LOOP
    last := last + 1;
    salt := uuid_send(gen_random_uuid());
    digests := sha256(convert_to(found.stable, 'UTF8'))
               || sha256(salt || convert_to(found.private, 'UTF8'));
    head := sha256(head || convert_to('attempt ' || found.row_id || ' ' || found.number
                                      || ' ', 'UTF8') || digests);
    INSERT INTO link (id, source, row_id, number, seal)
    VALUES (last, 'attempt', found.row_id, found.number, salt || digests || head);
  END LOOP;
END $$;

-- Seconds until a message of the mailbox may go; 0 takes the turn.
CREATE FUNCTION take_turn(p_mailbox text, p_interval double precision)
RETURNS double precision LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  left_over double precision;
BEGIN
  INSERT INTO pace (mailbox, next_at) VALUES (p_mailbox, clock_timestamp())
  ON CONFLICT (mailbox) DO NOTHING;
  UPDATE pace SET next_at = clock_timestamp() + make_interval(secs => p_interval)
  WHERE mailbox = p_mailbox AND next_at <= clock_timestamp();
  IF FOUND THEN
    RETURN 0;
  END IF;
  SELECT greatest(extract(epoch FROM next_at - clock_timestamp()), 0.001) INTO left_over
  FROM pace WHERE mailbox = p_mailbox;
  RETURN left_over;
END $$;
