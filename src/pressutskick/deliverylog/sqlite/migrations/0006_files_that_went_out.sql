-- 0006: which files a text went out with, so that a correction can tell that one was replaced.

-- JSON: [[name, SHA-256 in hex], ...]. NULL in snapshots of earlier versions, which kept only one
-- digest over text and files.
ALTER TABLE snapshot ADD COLUMN files TEXT;
