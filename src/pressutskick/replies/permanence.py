"""Whether an address is gone for good, by what the server said about it.

A mail may fail for good at an address that is right: the mailbox is full, the text looks like spam,
the sender is not trusted, a name server was silent. Then nobody may be struck from a list. So the
words are asked first for another cause. A status that says "no such mailbox" is believed after
that; words alone only where they answered RCPT TO, since what a server says after the mail's text
is a filter's.
"""

import re

from pressutskick.mail import EnhancedStatus
from pressutskick.replies.addresses import without_addresses

#: RFC 3463, 7505: no such mailbox, system or syntax; moved; no mail there; no route to the domain.
_GONE = frozenset({(1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (4, 4)})
#: Microsoft's own detail for whatever another server said about the recipient.
_PASSED_ON = (1, 351)

_OTHER_CAUSE = re.compile(
    r"(?i)\b(quota|full|exceed\w*|over ?limit|too (large|many|big|much)|disk|space|resources"
    r"|spam\w*|block\w*|(black|deny) ?list\w*|polic(y|ies)|reputation|spf|dkim|dmarc|authenti\w+"
    r"|virus\w*|infected|gr[ae]y-?list\w*|temporar\w+|try (again|later)|deferr\w+|time[d-]? ?out"
    r"|expired|refused|relay\w*|sender|content|attachment\w*|suspend\w*|inactive|disabled|dormant"
    r"|not active|rate|loop\w*|hops?|reverse|ptr|rdns|dns ?bl|rbl|e?helo|ehlo|tls|certificate"
    r"|restrict\w*|filter\w*|prohibited|not (allowed|authori[sz]ed|permitted|accepting)"
    r"|malformed|unexpected|(system|local) error|busy|overload\w*|couldn't create)\b"
)
_NOBODY = re.compile(
    r"(?i)\b(?:user|recipient|mailbox|address|account|alias)\W+(?:\S+\W+){0,6}?"
    r"(?:unknown|not (?:found|known|listed|here)|does(?:n['’]?t| not) exist|invalid"
    r"|no longer (?:exists?|valid|available)|(?:was|could)(?:n['’]?t| not) (?:be )?found)"
    r"|\b(?:unknown|no such|invalid|unrouteable|no valid|not a valid)"
    r" (?:\w+ )?(?:user|recipient|mailbox|address|account|host|domain|person)"
    r"|\bdoes not exist|\bdomain not found|\bnull ?mx|\bno mailbox here"
)
_AT_RECIPIENT = re.compile(
    r"(?i)\b(?:after|reply to|following) (?:the )?(?:end of )?RCPT|>>> RCPT[^\n]*\n<<<"
)


def is_gone(status: EnhancedStatus | None, words: str, transcript: str = "") -> bool:
    """Whether the server says that nobody is there, and names no other cause.

    `words` are its reply; `transcript` is the text around it, which may tell at which step it came.
    """
    if status is not None and status.class_ != 5:
        return False
    words = without_addresses(words)
    if _OTHER_CAUSE.search(words):
        return False
    detail = (status.subject, status.detail) if status is not None else (0, 0)
    if detail in _GONE:
        return True
    is_told = detail == _PASSED_ON or bool(_AT_RECIPIENT.search(transcript))
    return is_told and bool(_NOBODY.search(words))
