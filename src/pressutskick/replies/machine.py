"""Whether a mail server or another program wrote a mail, or a person.

A person who quotes or forwards a bounce must never be taken for the server that wrote it. So the
words of a mail are asked about a failure only when its header says that a server sent it.
"""

import re

from pressutskick.replies.addresses import find_address
from pressutskick.replies.parts import Part
from pressutskick.replies.reports import STATUS_TYPES

#: Local parts under which servers write (RFC 5321 section 4.5.1, RFC 2142, and habit).
_SERVERS = re.compile(
    r"(?i)^(mailer[-_.]?daemon|mail[-_.]?daemon|mail[-_.]?delivery([-_.]?(sub)?system)?|"
    r"(double[-_.])?bounces?([-_.+].*)?|auto[-_.]?notify|microsoftexchange[0-9a-f]+)$"
)
_POSTMASTER = re.compile(r"(?i)^post[-_.]?master$")
_SERVER_NAMES = re.compile(
    r"(?i)\b(mailer[- ]daemon|mail delivery (system|subsystem|service)|mail deliver\w* \w*system|"
    r"microsoft exchange|system administrator|internet mail delivery)\b"
)
_BULK = re.compile(r"(?i)bulk|list|junk")


def is_server(mail: Part) -> bool:
    """Whether a mail server wrote it: then its words may tell of a failure."""
    if is_report(mail) or mail.header.get_all("X-Failed-Recipients"):
        return True
    local = _local_part(mail.field("From"))
    is_nobody = not local and "From" in mail.header
    if is_nobody or _SERVERS.search(local):
        return True
    return bool(_POSTMASTER.search(local)) and not _answers_as_person(mail)


def _local_part(sender: str) -> str:
    """What stands before the at sign; a server's address may lack a domain, or be empty."""
    bracketed = re.search(r"<([^<>]*)>", sender)
    return (bracketed[1] if bracketed else sender).strip().partition("@")[0]


def may_be_server(mail: Part) -> bool:
    """Whether it has a server's manner only: absences have it too, and so has fraud.

    Its words count when they name a code and show the mail that was returned.
    """
    has_name = bool(_SERVER_NAMES.search(mail.field("From")))
    return (has_name or has_null_sender(mail)) and not _answers_as_person(mail)


def is_report(mail: Part) -> bool:
    """Whether the mail as a whole is a report of RFC 6522 about a delivery."""
    if mail.header.get_content_type() != "multipart/report":
        return False
    if mail.parameter("report-type") == "delivery-status":
        return True
    return any(part.media_type in STATUS_TYPES for part in mail.parts)


def has_null_sender(mail: Part) -> bool:
    """The reverse path of all that must not be answered (RFC 5321 section 4.5.5)."""
    return any(path in ("<>", "< >") for path in mail.fields("Return-Path"))


def _answers_as_person(mail: Part) -> bool:
    """Whether somebody's mail program wrote it, whatever the mailbox is called."""
    senders = [find_address(path).rpartition("@")[0] for path in mail.fields("Return-Path")]
    if any(senders) and mail.header.get_all("In-Reply-To"):
        return True
    has_program = bool(mail.header.get_all("User-Agent") or mail.header.get_all("X-Mailer"))
    return has_program and any(each and not _writes_reports(each) for each in senders)


def _writes_reports(local: str) -> bool:
    return bool(_SERVERS.search(local) or _POSTMASTER.search(local))


def is_automatic(mail: Part) -> bool:
    """Whether a program sent it without a person (RFC 3834 section 5, and what came before it)."""
    submitted = mail.field("Auto-Submitted").lower()
    if submitted and not submitted.startswith("no"):
        return True
    names = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-AutoReply-From")
    if any(mail.header.get_all(name) for name in names):
        return True
    suppress = mail.field("X-Auto-Response-Suppress").lower()
    precedence = mail.field("Precedence").lower()
    return "oof" in suppress or suppress == "all" or precedence in ("auto_reply", "auto-reply")


def is_bulk(mail: Part) -> bool:
    """Whether it went to many: a newsletter, a list, a service's notice."""
    names = ("List-Id", "List-Unsubscribe", "List-Post", "Feedback-Id", "X-Mailing-List")
    if any(mail.header.get_all(name) for name in names):
        return True
    sender = find_address(mail.field("From")).rpartition("@")[0]
    is_robot = re.search(
        r"(?i)^(no|do[-_.]?not|donot|ej|svara[-_.]?ej)[-_.]?(reply|svara)|noreply", sender
    )
    return bool(is_robot or _BULK.search(mail.field("Precedence")))
