-- 0011: who did it. What an earlier version wrote is nobody's, and its links hold as they are.

ALTER TABLE dispatch ADD COLUMN person TEXT NOT NULL DEFAULT '';
ALTER TABLE resolution ADD COLUMN person TEXT NOT NULL DEFAULT '';
ALTER TABLE approval ADD COLUMN person TEXT NOT NULL DEFAULT '';

DROP VIEW sealed;
CREATE VIEW sealed AS
SELECT 'attempt' AS source, row_id, number, stable, private FROM sealed_attempt
UNION ALL
SELECT 'resolution', id, 0, json_array(delivery_id, attempt, choice, decided_at),
       CASE person WHEN '' THEN '[]' ELSE json_array(person) END
FROM resolution
UNION ALL
SELECT 'approval', id, 0,
       json_array(release_id, release_digest, templates_digest, selection_digest, settings_digest,
                  approved_at),
       CASE person WHEN '' THEN json_array(approver) ELSE json_array(approver, person) END
FROM approval
UNION ALL
SELECT 'suppression', id, 0, json_array(reason, scope, until, created_at),
       json_array(address_key, source)
FROM suppression;
