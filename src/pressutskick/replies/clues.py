"""What a mail says about the mail that it answers: ids, wherever they stand.

Servers return our header as a part, as plain text or quoted with `>`; a person's mail program puts
our Message-ID, or the one that the relay gave, into In-Reply-To and References.
"""

import re
from collections.abc import Iterable, Iterator

from pressutskick.replies.parts import MOST_OCTETS, Part
from pressutskick.replies.verdict import Clues

#: Printable ASCII without brackets and at sign.
_ID = r"[!-;=?A-~]{1,200}@[!-;=?A-~]{1,200}"
_ANGLED = re.compile(rf"<({_ID})>")
#: What names an id, in lower case, and what may stand between it and the id.
_FIELD, _OUR_FIELD = "message-id:", "x-pressutskick-id:"
_FIELD_VALUE = re.compile(rf"\s{{0,8}}<({_ID})>")
_OUR_VALUE = re.compile(r"\s{0,8}([0-9a-f]{32})\b")
#: Our own form (message/compose.py), which is recognised in any sentence of a server.
_DIGITS = 32
_OUR_LOCAL = re.compile(rf"[0-9a-f]{{{_DIGITS}}}\Z")
_HEX = frozenset("0123456789abcdef")
_DOMAIN = re.compile(r"[\w.-]{1,200}")
#: A thread of many mails refers to all of them.
_MOST = 100


def find_clues(content: bytes, mail: Part) -> Clues:
    """All ids of a mail but its own."""
    text = content[:MOST_OCTETS].decode("utf-8", "replace")
    # Looking for a word is a hundred times as quick as searching by a pattern that may begin anywhere.
    lower = text.lower()
    own = set(_ANGLED.findall(mail.field("Message-ID")))
    thread = find_thread(mail)
    found = _unique((*thread, *_values(text, lower, _FIELD, _FIELD_VALUE), *_find_ours(text)))
    return Clues(
        thread=thread,
        message_ids=tuple(each for each in found if each not in own),
        delivery_ids=_unique(_values(text, lower, _OUR_FIELD, _OUR_VALUE)),
    )


def _values(text: str, lower: str, field: str, value: re.Pattern[str]) -> Iterator[str]:
    """What stands after each mention of a field."""
    place = lower.find(field)
    while place >= 0:
        place += len(field)
        if found := value.match(text, place):
            yield found[1]
        place = lower.find(field, place)


def _find_ours(text: str) -> Iterator[str]:
    """Ids of our own form, wherever they stand."""
    place = text.find("@", _DIGITS)
    while place >= 0:
        local = text[max(0, place - _DIGITS - 1) : place]
        # Of more than 32 digits it is somebody else's.
        if _OUR_LOCAL.search(local) and local[:-_DIGITS] not in _HEX:
            domain = _DOMAIN.match(text, place + 1)
            if domain:
                yield f"{local[-_DIGITS:]}@{domain[0].rstrip('.')}"
        place = text.find("@", place + 1)


def find_thread(mail: Part) -> tuple[str, ...]:
    """The ids that the mail itself answers (RFC 5322 section 3.6.4)."""
    fields = (*mail.fields("In-Reply-To"), *mail.fields("References"))
    return _unique(each for value in fields for each in _ANGLED.findall(value))


def _unique(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))[:_MOST]
