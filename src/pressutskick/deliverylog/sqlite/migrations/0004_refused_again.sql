-- 0004: a person may let those be mailed again who were refused: a mail server that was set up
-- wrongly refuses the right addresses.

INSERT INTO transition (before, after) VALUES ('rejected', 'pending');
