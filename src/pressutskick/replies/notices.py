"""Failure reports in plain words: before RFC 3464, or beside it.

A notice counts when a server wrote it and it shows the mail that it is about, or names who could
not be reached, and says that something failed. The quoted mail itself is never read for words.
"""

import re
from dataclasses import dataclass

from pressutskick.mail import EnhancedStatus
from pressutskick.replies.addresses import find_addresses, join_addresses
from pressutskick.replies.parts import Part, one_line
from pressutskick.replies.reports import find_status

_QUOTED_TYPES = frozenset({"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"})
#: A line that says that the returned mail follows.
_COPY = re.compile(
    r"(?i)^[\s>*.=_-]{0,80}(?:"
    r".{0,60}\b(?:original|returned|unsent|undelivered) (?:message|mail|e-mail)\b.{0,40}"
    r"(?:follows|header|:\s*$|[-_=*]{3}|text)"
    r"|-{3}.{0,60}\bcopy of\b|.{0,40}below (?:this line )?is a copy)"
)
_FIELD = re.compile(
    r"(?i)^[ \t>*.-]{0,20}(?:received|return-path|message-id|from|date|subject|to|cc|mime-version"
    r"|content-type|x-[a-z-]{1,60}):[ \t]"
)
#: So many fields below each other are a mail's header; a server's words may name two.
_FEWEST_FIELDS = 3
_LONGEST_LINE, _MOST_LINES = 500, 2_000
_FAILED = re.compile(
    r"(?i)un-?deliver\w*|un(able|successful) .{0,30}deliver|(not|n't|never) (yet )?(be |been )?(deliver"
    r"|sent|reach|accept)\w*|trouble delivering|malformed address"
    r"|deliver\w*( \S+){0,8}? (fail|error|impossible|problem|status notification)\w*"
    r"|fail\w* .{0,40}deliver|mail (was |has been )?(failed|returned)"
    r"|return(ed|ing) (mail|message|to sender|email|undelivered)|(fatal|permanent) (\S+ )?(error"
    r"|fail|deliver)\w*"
    r"|(user|recipient|host|mailbox|address|account|domain)s?( \S+){0,3}? (unknown|not found"
    r"|unavailable|rejected|does not exist|is full|invalid)"
    r"|(unknown|no such|invalid|nonexistent) (\S+ )?(user|recipient|address|mailbox|domain|host"
    r"|account)"
    r"|does not exist|did (not|n't) reach|could not be (found|processed|completed)|(over|exceed\w*) (\S+ )?quota"
    r"|mailbox (is )?full|full (mail|in)box|bounced?\b|giving up|gave up"
    r"|(message|mail|e-?mail)( \S+){0,6}? (rejected|refused|blocked|failed)|transaction failed"
    r"|access denied|relay\w* denied"
    r"|inte (kunde |kunnat )?(leverera|skicka|nå)\w*|kunde inte|gick inte fram|nicht (zugestellt"
    r"|gefunden|erreicht|zustellbar)|unzustellbar"
    r"|kunne ikke|ikke (leveret|levert)|ei voitu|impossible de|n'a pas pu|no se (pudo|ha podido)"
    r"|non .{0,20}consegnat\w+"
)
#: One of these stands in whatever `_FAILED` finds: to look for words is much quicker than it.
_HINTS = (
    *("deliver", "reach", "accept", "sent", "fail", "return", "fatal", "permanent", "malformed"),
    *("unknown", "not found", "unavailable", "reject", "exist", "full", "invalid", "no such"),
    *("could not", "quota", "bounce", "giving up", "gave up", "refused", "blocked", "denied"),
    *("inte", "nicht", "zustellbar", "ikke", "ei voitu", "impossible", "n'a pas", "no se"),
    *("consegnat", "error", "problem"),
)
_CODE = re.compile(
    r"(?<![\d.:/\[-])([45]\d\d)[ -]+(?=[#\w<(\[\"'])|(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])"
)
_WAITING = re.compile(
    r"(?i)will (be |keep |continue |re)?(retr(y|ied)|try\w*)|will (keep|continue"
    r"|be) (on )?(re)?try\w*|will continue|still (being )?(trying|retried)|not yet been delivered"
    r"|no action is required|do not need to resend|warning( message)? only"
    r"|this is (only )?a warning|(delivery|message) .{0,30}(is|was|been|has been) delayed"
    r"|temporary (problem|error|failure)|försöker igen|fördröj\w+|verzögert|forsinket"
)
_GIVEN_UP = re.compile(
    r"(?i)giv(ing|en) up|gave up|(permanent|fatal)|could not be delivered (for|in)|has failed"
    r"|will not (be )?retr|no longer|not been able|expired|undeliverable"
)
_NO_RECIPIENT = re.compile(
    r"(?i)mailer-?daemon|post-?master|^no-?reply|^abuse@|^support@|^help(desk)?@|^webmaster"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A failure in words: for whom, which status, what the server said; or only a delay.

    `text` is all that the server wrote, `words` the sentence that tells the failure. `is_plain`
    tells that the mail returned is shown, and the failure told by a code or in the subject.
    """

    addresses: tuple[str, ...]
    status: EnhancedStatus | None
    words: str
    text: str
    is_waiting: bool
    is_plain: bool


def read_notice(mail: Part, *, is_sure: bool = True) -> Notice | None:
    """What a server's mail says in words; None where it tells of no failure.

    Where it `is_sure` that a server wrote it, a returned mail is failure enough, whatever the
    language around it.
    """
    text, copy = split_copy(mail)
    subject = mail.field("Subject")
    told = f"{subject}\n{text}"
    named = mail.field("X-Failed-Recipients")
    own = {
        address.casefold() for address in find_addresses(f"{mail.field('To')} {mail.field('From')}")
    }
    spoken = _pick_recipients(text, own)
    addresses = join_addresses(find_addresses(named), spoken)
    is_told = any(map(_tells_failure, told.split("\n"))) or bool(_CODE.search(text))
    is_returned = is_sure and bool(copy and addresses)
    if not (is_told or is_returned) or not (copy or addresses):
        return None
    addresses = addresses or _pick_recipients(_find_to(copy), own)
    words = read_words(text)
    return Notice(
        addresses=addresses,
        status=find_status(words) or find_status(text),
        words=words,
        text=text,
        is_waiting=is_waiting(subject, text),
        is_plain=bool(copy) and bool(_CODE.search(text) or _tells_failure(subject)),
    )


def _tells_failure(line: str) -> bool:
    lower = line.lower()
    return any(hint in lower for hint in _HINTS) and bool(_FAILED.search(line))


def split_copy(mail: Part) -> tuple[str, str]:
    """What the server wrote, and the mail that it shows, as far as it shows it."""
    texts: list[str] = []
    copy = ""
    for part in mail.walk():
        if part.media_type in _QUOTED_TYPES:
            copy = copy or part.text()
        elif part.media_type == "text/plain" or (part.media_type == "text/html" and not texts):
            texts.append(part.text())
    lines = "\n".join(texts).split("\n")[:_MOST_LINES]
    lines = [line[:_LONGEST_LINE] for line in lines]
    begin = next((n for n in range(len(lines)) if _begins_copy(lines, n)), len(lines))
    return "\n".join(lines[:begin]), "\n".join(lines[begin:]) + copy


def _begins_copy(lines: list[str], number: int) -> bool:
    line = lines[number]
    if _COPY.match(line):
        return True
    return bool(_FIELD.match(line)) and _count_fields(lines[number : number + 30]) >= _FEWEST_FIELDS


def _count_fields(lines: list[str]) -> int:
    """How many fields stand below each other, with their folded lines."""
    count = 0
    for line in lines:
        if _FIELD.match(line):
            count += 1
        elif not line.startswith((" ", "\t")):
            break
    return count


def is_waiting(subject: str, text: str) -> bool:
    """Whether the server goes on trying."""
    told = f"{subject}\n{text}"
    return bool(_WAITING.search(told)) and not _GIVEN_UP.search(told)


def _pick_recipients(text: str, own: set[str]) -> tuple[str, ...]:
    found = find_addresses(text)
    return tuple(
        each for each in found if each.casefold() not in own and not _NO_RECIPIENT.search(each)
    )[:10]


def _find_to(copy: str) -> str:
    found = re.search(
        r"(?im)^(?:to|x-original-to|delivered-to):(.{0,500}(?:\n[ \t].{0,200}){0,5})", copy
    )
    return found[1] if found else ""


def read_words(text: str) -> str:
    """The server's sentence: a line that names a code, else a failure, and what goes on below."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if _CODE.search(line):
            return one_line(" ".join(lines[number : number + 3]))[:500]
    for number, line in enumerate(lines):
        if _tells_failure(line):
            return one_line(" ".join(lines[number : number + 3]))[:500]
    return ""
