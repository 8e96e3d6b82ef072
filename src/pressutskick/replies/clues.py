"""What a mail says about the mail that it answers: ids, wherever they stand.

Servers return our header as a part, as plain text or quoted with `>`; a person's mail program puts
our Message-ID, or the one that the relay gave, into In-Reply-To and References.
"""

import re
from collections.abc import Iterable

from pressutskick.replies.parts import MOST_OCTETS, Part
from pressutskick.replies.verdict import Clues

_ID = r"[^\s<>@]{1,200}@[^\s<>@]{1,200}"
_QUOTED_ID = re.compile(rf"(?im)^[ \t>]*(?:original-|x-original-)?message-id:\s*<({_ID})>")
#: Our own form (message/compose.py), which is recognised in any sentence of a server.
_OUR_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}@[\w.-]{1,200}")
_OUR_FIELD = re.compile(r"(?im)^[ \t>]*x-pressutskick-id:\s*([0-9a-f]{32})\b")
_ANGLED = re.compile(rf"<({_ID})>")
#: A thread of many mails refers to all of them.
_MOST = 100


def find_clues(content: bytes, mail: Part) -> Clues:
    """All ids of a mail but its own."""
    text = content[:MOST_OCTETS].decode("utf-8", "replace")
    own = set(_ANGLED.findall(mail.field("Message-ID")))
    thread = [*mail.fields("In-Reply-To"), *mail.fields("References")]
    found = _unique(
        (
            *(each for value in thread for each in _ANGLED.findall(value)),
            *_QUOTED_ID.findall(text),
            *(each.rstrip(".") for each in _OUR_ID.findall(text)),
        )
    )
    return Clues(
        message_ids=tuple(each for each in found if each not in own),
        delivery_ids=_unique(_OUR_FIELD.findall(text)),
    )


def _unique(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))[:_MOST]
