"""The values of RFC 5321, 5322 and 3463: mailbox, envelope, reply, language.

Pure: nothing here validates against the network or knows a transport. Addresses are checked where
they enter (`recipients.address`); this room only carries them safely.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from pressutskick.sentences import say

#: What must never stand in a value that is bound for a header or a terminal: C0 and C1 controls,
#: DEL, the Unicode line and paragraph separators, and the bidirectional marks, embeddings and
#: isolates (UAX 9) that can make a text read as another.
UNSAFE_CHARACTERS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

#: An RFC 2047 encoded word. Python before 3.12.5 decodes it inside a header value and lets CR LF
#: through (CVE-2024-6923), so that a name could become a `Bcc:` line.
ENCODED_WORD = re.compile(r"=\?[^?\s]*\?[bBqQ]\?[^?]*\?=|=\?.*\?=")

_NO_PART_OF_ADDRESS = re.compile(r"[\s<>,;]")


def is_safe_for_header(value: str) -> bool:
    """Whether `value` can stand in a header: no control or bidi character, no encoded word."""
    # Nothing unsafe is printable, and asking so is several times as quick as searching.
    if not value.isprintable() and UNSAFE_CHARACTERS.search(value):
        return False
    return not ("=?" in value and ENCODED_WORD.search(value))


class Language(StrEnum):
    """The language that a release is written in, or a recipient reads (ISO 639-1)."""

    SWEDISH = "sv"
    NORWEGIAN = "no"
    DANISH = "da"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A display name, possibly empty, and an address (RFC 5322 section 3.4).

    Raises:
        ValueError: name or address could become another header, or the address has no domain.
    """

    address: str
    name: str = ""

    def __post_init__(self) -> None:
        if not (is_safe_for_header(self.name) and is_safe_for_header(self.address)):
            raise ValueError(
                str(say("a mailbox must not hold control characters or encoded words"))
            )
        local, at, domain = self.address.rpartition("@")
        if not (local and at and domain) or _NO_PART_OF_ADDRESS.search(self.address):
            raise ValueError(str(say("{address} is not an address", address=self.address)))

    @property
    def domain(self) -> str:
        """What stands after the last at sign, in lower case."""
        return self.address.rpartition("@")[2].lower()

    @property
    def key(self) -> str:
        """The comparison key: two mailboxes with one key are one mailbox.

        The local part is folded too: RFC 5321 lets it be case-sensitive, no real server is, and
        mailing a person twice is the worse mistake. Domains are compared in their ASCII form.
        """
        return comparison_key(self.address)

    def __str__(self) -> str:
        """`Name <address>` for people to read; not for a header, which needs encoding."""
        return f"{self.name} <{self.address}>" if self.name else self.address


def comparison_key(address: str) -> str:
    """The form of `address` in which equal mailboxes are equal (see `Mailbox.key`)."""
    local, _, domain = address.strip().rpartition("@")
    if domain.isascii():
        return f"{local}@{domain}".casefold()
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_domain = domain
    return f"{local.casefold()}@{ascii_domain.casefold()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Reverse path and forward path of RFC 5321, kept apart from any header.

    One forward path, never several: each recipient has a transaction of their own, so that nobody
    sees another's address and each outcome belongs to one person. Domains are in ASCII form.
    """

    reverse_path: str
    forward_path: str

    @property
    def needs_smtputf8(self) -> bool:
        """Whether a path holds a character that only RFC 6531 lets pass."""
        return not (self.reverse_path.isascii() and self.forward_path.isascii())


@dataclass(frozen=True, slots=True, kw_only=True)
class EnhancedStatus:
    """The status triple of RFC 3463: class 2, 4 or 5, subject and detail 0 to 999."""

    class_: int
    subject: int
    detail: int

    def __str__(self) -> str:
        return f"{self.class_}.{self.subject}.{self.detail}"


_ENHANCED = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})(?:\s+|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A server's reply: code 200 to 599 (0 where no code could be read), enhanced status, text."""

    code: int
    text: str = ""
    enhanced: EnhancedStatus | None = None

    @classmethod
    def parse(cls, code: int, text: str) -> "Reply":
        """Splits the enhanced status, which RFC 2034 puts first in the text, from the words."""
        match = _ENHANCED.match(text)
        if match is None or int(match[1]) != code // 100:
            return cls(code=code, text=text)
        triple = EnhancedStatus(class_=int(match[1]), subject=int(match[2]), detail=int(match[3]))
        words = text.removeprefix(str(triple)).removeprefix(" ")
        if "\n" in words:
            # Each line of a multi-line reply repeats the triple; the words are enough once.
            words = re.sub(rf"\n{re.escape(str(triple))} ?", "\n", words)
        return cls(code=code, text=words, enhanced=triple)

    @property
    def is_positive(self) -> bool:
        """2yz: done (RFC 5321 section 4.2.1 judges by the first digit)."""
        return self.code // 100 == 2

    @property
    def is_transient(self) -> bool:
        """4yz: not now."""
        return self.code // 100 == 4

    @property
    def is_permanent(self) -> bool:
        """5yz: not ever."""
        return self.code // 100 == 5

    def __str__(self) -> str:
        """One line: `550 5.1.1 no such user`."""
        parts = [str(self.code) if self.code else "", str(self.enhanced or ""), self.text]
        return " ".join(" ".join(part.split()) for part in parts if part)
