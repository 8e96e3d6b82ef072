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
    r"(double[-_.])?bounces?([-_.+].*)?|auto[-_.]?notify|microsoftexchange[0-9a-f]+|mdaemon|ndr"
    r"|nondelivery)$"
)
_POSTMASTER = re.compile(r"(?i)^post[-_.]?master$")
_SERVER_NAMES = re.compile(
    r"(?i)\b(mailer[- ]daemon|mail delivery (system|subsystem|service)|mail deliver\w* \w*system|"
    r"microsoft exchange|system administrator|internet mail delivery)\b"
)
#: What servers and filters call themselves where mail programs put their names.
_SERVER_PROGRAMS = re.compile(
    r"(?i)internet mail service|smtp32|mdaemon|imail|sinamail|mailenable|groupwise internet agent"
    r"|lotus domino|exchange server|symantec|interscan|mailmarshal|barracuda|mimecast|proofpoint"
)
#: Subjects that only a server writes; `SV:` or `Fwd:` before one is a person's.
_REPORT_SUBJECTS = re.compile(
    r"(?i)(?:(?:warning|advarsel|varning|warnung|automatic (?:message|notification)): )?(?:"
    r"(?:permanent |e-?mail |mail |message )*deliver\w* (?:\w+ )?(?:fail\w*|warning|problem|error)"
    r"|(?:e-?mail|mail|message|meddelande\w*|mejl\w*|besked\w*|nachricht)\b.{0,20} ?\b(?:could not be"
    r"|(?:has|have|was) not (?:yet )?be?e?n?|kunde inte|kunne ikke|konnte nicht|not)"
    r" ?(?:deliver|sent|levere|zugestellt)\w*"
    r"|(?:undeliver|unzustellbar|nicht zustellbar|non-?deliver|kan inte levereras|kan ikke leveres)"
    r"|return(?:ed|ing) (?:e-?)?mail\b|mail (?:system )?error\b|failed mail\b|olevererbart"
    r"|går inte att leverera|rejected mail\b)"
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
    return (has_server_name(mail) or has_null_sender(mail)) and not _answers_as_person(mail)


def has_server_name(mail: Part) -> bool:
    """Whether its sender calls itself a server."""
    return bool(_SERVER_NAMES.search(mail.field("From")))


def tells_as_server(mail: Part) -> bool:
    """Whether nothing but its subject and bareness speak for a server: filters and gateways write so.

    Its words count when they name somebody who was not reached.
    """
    if not _REPORT_SUBJECTS.match(mail.field("Subject")):
        return False
    name = mail.field("From").partition("<")[0].strip(' "')
    is_bare = not name or "@" in name or bool(_SERVER_NAMES.search(name))
    names = ("In-Reply-To", "References", "User-Agent", "List-Id", "List-Unsubscribe")
    is_answer = any(mail.header.get_all(each) for each in names)
    return is_bare and not (is_answer or _has_program(mail))


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
    return _has_program(mail) and any(each and not _writes_reports(each) for each in senders)


def _has_program(mail: Part) -> bool:
    """Whether a mail program for people wrote it."""
    programs = (*mail.fields("User-Agent"), *mail.fields("X-Mailer"))
    return any(not _SERVER_PROGRAMS.search(program) for program in programs)


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
