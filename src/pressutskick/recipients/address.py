"""Addresses as they stand in lists -> addresses that SMTP can carry; no network.

email-validator judges (RFC 5321, 5322, 6531, IDNA 2008, special-use domains). Plain ASCII local
parts go a fast way that is a subset of what it accepts; each domain is judged by it once. Quoted
local parts, comments and address literals are refused: no newsroom has them, and they are the stuff
that command injection is made of.
"""

import re
from contextlib import suppress
from functools import lru_cache

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from pressutskick.sentences import Sentence, say

#: RFC 5321 section 4.5.3.1: octets of a local part, of a path without its angle brackets.
MAX_LOCAL = 64
MAX_ADDRESS = 254

_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_'+/=-]+(?:\.[A-Za-z0-9_'+/=-]+)*", re.ASCII)
#: Labels of letters, digits and single hyphens: neither an A-label nor anything to be mapped.
_PLAIN_DOMAIN = re.compile(
    r"(?:(?=[^.]{1,63}\.)[a-z0-9]+(?:-[a-z0-9]+)*\.)+(?=[^.]{2,63}$)[a-z]+", re.ASCII
)
_MAX_DOMAIN = 200
_SPECIAL = tuple(f".{name}" for name in SPECIAL_USE_DOMAIN_NAMES)
#: What copying from contact cards and web pages leaves around an address: bidi marks, zero-width
#: characters, soft hyphens, byte order marks.
_INVISIBLE: dict[int, str | None] = dict.fromkeys(
    [
        *(0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F, 0x61C),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)
_INVISIBLE |= {0xFF20: "@", 0xFE6B: "@", 0xFF0E: "."}
#: What people write around an address: `e-post: …`, `… (arbete)`, `<…>`, `'…'`, `"…"`.
_LABEL = re.compile(r"\A(?:e-?post|e-?mail|mail|mejl)\s*:\s*", re.IGNORECASE)
_COMMENT = re.compile(r"\s+\([^()@]*\)$")
_AROUND = frozenset({("<", ">"), ("'", "'"), ('"', '"'), ("(", ")")})
_CLOSING = frozenset(closing for _opening, closing in _AROUND)
_NAMED = re.compile(r"\"?(?P<name>[^\"<>]*?)\"?\s*<(?P<address>[^<>]*)>")

#: As Outlook and web mail show a mailbox: `Anna Berg (anna@a.example)`.
_BRACKETED = re.compile(r"\"?(?P<name>[^\"()@]*?)\"?\s*\((?P<address>[^()\s]+@[^()\s]+)\)")


class AddressFault(ValueError):  # noqa: N818 - a fault of the list, told by row
    """An address that cannot be mailed; `sentence` says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def tidy_address(text: str) -> str:
    """Takes off what is surely not meant: blanks and marks around, `mailto:`, a word in brackets."""
    if not text.isascii():
        text = text.translate(_INVISIBLE)
    text = text.strip()
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0]
    if text.endswith(")"):
        text = _COMMENT.sub("", text)
    if ":" in text:
        text = _LABEL.sub("", text)
    text = text.strip().rstrip(".,;")
    if text[-1:] in _CLOSING and (text[:1], text[-1:]) in _AROUND:
        text = text[1:-1]
    return text.strip().rstrip(".,;")


def split_named_address(text: str) -> tuple[str, str]:
    """`Anna Berg <anna@tidning.example>`, or in round brackets -> name (may be empty) and address."""
    text = text.strip()
    match = _NAMED.fullmatch(text) or (_BRACKETED.fullmatch(text) if text[-1:] == ")" else None)
    return (match["name"].strip().strip("'").strip(), match["address"]) if match else ("", text)


def address_pattern(key: str) -> re.Pattern[str]:
    """What finds a comparison key as a whole word in a text, its domain in either form."""
    local, _, domain = key.rpartition("@")
    forms = {key}
    with suppress(UnicodeError):
        forms.add(f"{local}@{domain.encode('ascii').decode('idna')}")
    inner = "|".join(map(re.escape, sorted(forms)))
    return re.compile(rf"(?<![\w.+-])(?:{inner})(?![\w-]|\.\w)", re.IGNORECASE)


def parse_address(text: str) -> str:
    """The address with its domain in ASCII form (A-labels, lower case).

    A non-ASCII local part is kept: `Envelope.needs_smtputf8` tells that the relay must offer
    SMTPUTF8 for it.

    Raises:
        AddressFault: nothing that can be mailed.
    """
    address = tidy_address(text)
    local, at, domain = address.rpartition("@")
    if (
        at
        and len(address) <= MAX_ADDRESS
        and len(local) <= MAX_LOCAL
        and _PLAIN_LOCAL.fullmatch(local)
        and (ascii_domain := _judge_domain(domain)) is not None
    ):
        return f"{local}@{ascii_domain}"
    return _judge(address)


@lru_cache(maxsize=4096)
def _judge_domain(domain: str) -> str | None:
    """The ASCII form of a domain that email-validator accepts, None where it does not."""
    lower = domain.lower() if domain.isascii() else ""
    if len(lower) <= _MAX_DOMAIN and _PLAIN_DOMAIN.fullmatch(lower):
        return None if f".{lower}".endswith(_SPECIAL) else lower
    try:
        return validate_email(f"a@{domain}", check_deliverability=False).ascii_domain.lower()
    except EmailNotValidError:
        return None


def _name_reason(told: str) -> Sentence | None:
    """What email-validator says in English, as a sentence of ours; None where we have none."""
    reasons = (
        ("should have a period", say("there is no dot after the @")),
        ("top-level domain", say("it does not end like .se or .com")),
        ("bracketed", say("mail cannot be sent to this domain")),
        ("special-use", say("mail cannot be sent to this domain")),
        ("something before", say("there is nothing before the @")),
        ("something after", say("there is nothing after the @")),
        ("too long", say("it is too long")),
        ("period", say("a dot stands where none may be")),
        ("hyphen", say("a hyphen stands where none may be")),
        ("character", say("it holds a character that an address cannot have")),
    )
    found = (sentence for words, sentence in reasons if words in told)
    return next(found, None)


def _judge(address: str) -> str:
    address = " ".join(address.split())
    if len(re.findall(r"[^\s,;<>]+@[^\s,;<>@]+", address)) > 1:
        raise AddressFault(
            say("{address} is more than one address; give each a row of its own", address=address)
        )
    if "@" not in address:
        raise AddressFault(say("{address} is not an address: it has no @", address=address))
    if re.search(r"\s", address):
        raise AddressFault(say("{address} has a space inside", address=address))
    try:
        judged = validate_email(address, check_deliverability=False, strict=True)
    except EmailNotValidError as error:
        reason = _name_reason(str(error))
        raise AddressFault(
            say("{address} is not a valid address: {reason}", address=address, reason=reason)
            if reason is not None
            else say("{address} is not an address", address=address)
        ) from error
    return f"{judged.local_part}@{judged.ascii_domain.lower()}"
