-- 0010: for whoever accounts for a dispatch afterwards.

-- Why it was sent, in the mail's words: a record must tell what the mail told.
ALTER TABLE dispatch ADD COLUMN reason TEXT;

-- Deliveries are read page by page in the order of sending.
CREATE INDEX delivery_of_dispatch ON delivery (dispatch_id);
