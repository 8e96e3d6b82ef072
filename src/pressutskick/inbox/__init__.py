"""Where mails come in: an IMAP mailbox, a folder of files, a Maildir, an mbox. Bytes, no judgement.

Nothing here marks, moves or deletes a mail, and no mail is held whole: `parts.MOST_OCTETS` of each.
"""
