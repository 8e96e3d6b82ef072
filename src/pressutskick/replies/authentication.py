"""What a receiving server says about who sent a mail: Authentication-Results (RFC 8601). Pure.

Anybody can write such a field into a mail that they send, so only those of the server that put the
topmost one count; it is told to take out whatever claims to be its own (section 5).
"""

import re
from dataclasses import dataclass

from pressutskick.replies.parts import Part

_COMMENT = re.compile(r"\([^()]{0,500}\)")
_RESULT = re.compile(r"\s*([a-z][a-z0-9-]{0,40})(?:/\d+)?\s*=\s*([a-z]{1,20})\b", re.IGNORECASE)
_PROPERTY = re.compile(
    r"\b(smtp|header|body|policy|reason)(?:\.([a-z][\w-]{0,40}))?\s*=\s*(\"[^\"]{0,300}\"|[^\s;\"]{1,300})",
    re.IGNORECASE,
)
#: A mail passes a handful of servers.
_MOST_FIELDS, _MOST_RESULTS = 20, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodResult:
    """One method's result: `dkim`, `pass`; `subject` is the domain or address that it is about."""

    method: str
    result: str
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authentication:
    """All results of one server, which calls itself `server`."""

    server: str
    results: tuple[MethodResult, ...] = ()

    def of(self, method: str) -> tuple[MethodResult, ...]:
        """The results of a method; a mail may carry several signatures."""
        return tuple(each for each in self.results if each.method == method)


def read_authentication(mail: Part) -> Authentication | None:
    """What the last server found; None where none has said anything."""
    fields = [_split(value) for value in mail.fields("Authentication-Results")[:_MOST_FIELDS]]
    if not fields:
        return None
    server = fields[0][0]
    found = [each for name, results in fields if name == server for each in results]
    return Authentication(server=server, results=tuple(found[:_MOST_RESULTS]))


def _split(value: str) -> tuple[str, tuple[MethodResult, ...]]:
    """The server's name (with `1`, its version, taken off), and its results."""
    plain = _without_comments(value)
    name, *parts = plain.split(";")
    words = name.split()
    if words and "=" in name:
        # Microsoft's servers leave their name out.
        words, parts = [], [name, *parts]
    results = (_read_result(part) for part in parts)
    return (words[0].lower() if words else ""), tuple(each for each in results if each)


def _without_comments(value: str) -> str:
    """Innermost ones first; a mail may nest as deep as it likes."""
    for _depth in range(5):
        value, count = _COMMENT.subn(" ", value)
        if not count:
            break
    return value


def _read_result(text: str) -> MethodResult | None:
    found = _RESULT.match(text)
    if found is None:
        return None
    properties = {
        (kind.lower(), (name or "").lower()): value.strip('"')
        for kind, name, value in _PROPERTY.findall(text[found.end() :])
    }
    wanted = (
        *(("header", "d"), ("header", "i"), ("header", "from"), ("smtp", "mailfrom")),
        *(("smtp", "helo"),),
    )
    subject = next((properties[key] for key in wanted if key in properties), "")
    return MethodResult(method=found[1].lower(), result=found[2].lower(), subject=subject)
