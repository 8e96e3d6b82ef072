-- 0007: a correction or a cancellation asks the run that sends the earlier text to end.

ALTER TABLE run ADD COLUMN stopped_at TEXT;
