"""Addresses as they stand in lists -> addresses that SMTP can carry; no network.

email-validator judges (RFC 5321, 5322, 6531, IDNA 2008, special-use domains). Plain ASCII local
parts go a fast way that is a subset of what it accepts; each domain is judged by it once. Quoted
local parts, comments and address literals are refused: no newsroom has them, and they are the stuff
that command injection is made of.
"""

import re
import unicodedata
from contextlib import suppress
from functools import lru_cache

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from pressutskick.mail import comparison_key
from pressutskick.recipients.unwrapping import tidy_address
from pressutskick.sentences import Sentence, say

#: RFC 5321 section 4.5.3.1: octets of a local part, of a path without its angle brackets.
MAX_LOCAL = 64
MAX_ADDRESS = 254
#: Characters of a text that are looked at; what is longer is no address whatever stands there.
_LONGEST = 1000

#: An apostrophe at either end is a spreadsheet's mark, see `unwrapping`.
_PLAIN_LOCAL = re.compile(r"(?!')[A-Za-z0-9_'+/=-]+(?:\.[A-Za-z0-9_'+/=-]+)*(?<!')", re.ASCII)
#: Labels of letters, digits and single hyphens: neither an A-label nor anything to be mapped.
_PLAIN_DOMAIN = re.compile(
    r"(?:(?=[^.]{1,63}\.)[a-z0-9]+(?:-[a-z0-9]+)*\.)+(?=[^.]{2,63}$)[a-z]+", re.ASCII
)
_MAX_DOMAIN = 200
_SPECIAL = tuple(f".{name}" for name in SPECIAL_USE_DOMAIN_NAMES)
#: Ways to steer mail through another host, and never in the address of a person.
_ROUTES = re.compile(r"[%!]")


class AddressFault(ValueError):  # noqa: N818 - a fault of the list, told by row
    """An address that cannot be mailed; `sentence` says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


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
    if found := _take_plain(text):
        return found
    address = tidy_address(text[:_LONGEST])
    return _take_plain(address) or _judge(address)


def _take_plain(text: str) -> str:
    """The address where nothing stands around it and its letters are ASCII; else nothing."""
    local, at, domain = text.rpartition("@")
    if (
        at
        and len(text) <= MAX_ADDRESS
        and len(local) <= MAX_LOCAL
        and _PLAIN_LOCAL.fullmatch(local)
        and (ascii_domain := _judge_domain(domain)) is not None
    ):
        return f"{local}@{ascii_domain}"
    return ""


def address_key(text: str) -> str:
    """The comparison key of an address, or of `@domain`, as a person writes it; never fails."""
    return comparison_key(tidy_address(text))


@lru_cache(maxsize=4096)
def _judge_domain(domain: str) -> str | None:
    """The ASCII form of a domain that email-validator accepts, None where it does not."""
    lower = domain.lower() if domain.isascii() else ""
    if len(lower) <= _MAX_DOMAIN and _PLAIN_DOMAIN.fullmatch(lower):
        return None if f".{lower}".endswith(_SPECIAL) else lower
    if _is_mixed(domain):
        return None
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
    if (wrong := _find_trick(address)) is not None:
        raise AddressFault(
            say("{address} is not a valid address: {reason}", address=address, reason=wrong)
        )
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


def _find_trick(address: str) -> Sentence | None:
    """Why a text that a validator lets pass is no address of a person; None where it is one."""
    local, _at, domain = address.rpartition("@")
    if _ROUTES.search(local) or any(not (c.isascii() or c.isalnum()) for c in local):
        return say("it holds a character that an address cannot have")
    if _is_mixed(local) or _is_mixed(domain):
        return say("it mixes letters of two alphabets that look alike")
    return None


def _is_mixed(text: str) -> bool:
    """Whether a part between dots has letters of two alphabets: a Cyrillic a looks like ours."""
    return not text.isascii() and any(
        len({unicodedata.name(char, "?").partition(" ")[0] for char in part if char.isalpha()}) > 1
        for part in text.split(".")
    )
