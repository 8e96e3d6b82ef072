"""Header fields as octets: RFC 5322 section 2.2, RFC 2047 encoded words, RFC 2231 parameters.

The only place that writes a header. A field's name comes from `FIELDS`; its value must pass
`mail.is_safe_for_header`, so that no value can become a second header.
"""

import re
from urllib.parse import quote

from pressutskick.mail import Mailbox, is_safe_for_header
from pressutskick.sentences import say

#: The header fields that a message may carry, in the order in which they are written.
FIELDS = (
    "From",
    "Reply-To",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Content-Language",
    "List-Id",
    "List-Unsubscribe",
    "Auto-Submitted",
    "X-Pressutskick-Id",
    "MIME-Version",
    "Content-Type",
)
_KNOWN = frozenset(FIELDS)

#: Octets of text in one encoded word: 75 (RFC 2047 section 2) less `=?utf-8?q?` and `?=`.
_WORD_ROOM = 75 - 12
_LINE_ROOM = 76
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+\Z")
#: What RFC 2047 section 5 (3) lets stand for itself inside an encoded word of a display name.
_PLAIN_IN_WORD = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_Q = tuple(
    "_" if octet == 0x20 else chr(octet) if octet in _PLAIN_IN_WORD else f"={octet:02X}"
    for octet in range(256)
)


def check_value(value: str) -> str:
    """`value` itself, if it can stand in a header.

    Raises:
        ValueError: it holds a control or bidi character, or an encoded word.
    """
    if not is_safe_for_header(value):
        raise ValueError(
            str(
                say(
                    "a header must not hold control characters or encoded words: {value!r}",
                    value=value,
                )
            )
        )
    return value


def encode_words(text: str, used: int = 0) -> str:
    """Any text as encoded words, one a line of at most 76 characters; no character is split.

    `used` is what stands before it on the first line.
    """
    whole = "".join([_Q[octet] for octet in text.encode("utf-8")])
    if len(whole) <= _WORD_ROOM - used:
        return f"=?utf-8?q?{whole}?="
    words: list[str] = []
    word: list[str] = []
    room = _WORD_ROOM - used
    for character in text:
        encoded = "".join([_Q[octet] for octet in character.encode("utf-8")])
        if len(encoded) > room:
            words.append("".join(word))
            word, room = [], _WORD_ROOM
        word.append(encoded)
        room -= len(encoded)
    words.append("".join(word))
    return "\r\n ".join([f"=?utf-8?q?{content}?=" for content in words])


def encode_text(value: str, used: int = 0) -> str:
    """An unstructured value such as Subject: itself where it is short ASCII, else encoded words.

    `used` is what stands before it on the line: the name, colon and space.

    Raises:
        ValueError: the value is not safe for a header.
    """
    check_value(value)
    # Leading, trailing and doubled spaces would not survive folding; `=?` could be read as a word.
    is_plain = value.isascii() and "=?" not in value and value == " ".join(value.split())
    if not is_plain or any(len(word) > _LINE_ROOM - used for word in value.split(" ")):
        return encode_words(value, used)
    return _fold(value.split(" "), used)


def _fold(words: list[str], used: int) -> str:
    lines, line = [], words[0]
    for word in words[1:]:
        if used + len(line) + 1 + len(word) > _LINE_ROOM:
            lines.append(line)
            line, used = word, 1
        else:
            line = f"{line} {word}"
    return "\r\n ".join([*lines, line])


def encode_phrase(name: str) -> str:
    """A display name: atoms, a quoted string, or encoded words (RFC 5322 section 3.2.5)."""
    check_value(name)
    if not name.isascii() or "=?" in name or len(name) > 60 or name != " ".join(name.split()):
        return encode_words(name, len("Reply-To: "))
    if _ATOMS.match(name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def ascii_domain(address: str) -> str:
    """The address with its domain in ASCII form (RFC 5890); the local part as it is."""
    if address.isascii():
        return address
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def encode_mailbox(mailbox: Mailbox) -> str:
    """`Name <address>` or the bare address (RFC 5322 section 3.4)."""
    address = check_value(ascii_domain(mailbox.address))
    if not mailbox.name:
        return address
    phrase = encode_phrase(mailbox.name)
    last_line = phrase.rpartition("\r\n")[2]
    gap = "\r\n " if len(last_line) + len(address) + 12 > _LINE_ROOM else " "
    return f"{phrase}{gap}<{address}>"


def encode_parameter(name: str, value: str) -> str:
    """A MIME parameter, each piece on a folded line of its own: `;\\r\\n filename="a.pdf"`.

    ASCII goes in a quoted string, anything else percent-encoded with its charset and, where it is
    long, in numbered pieces (RFC 2231).

    Raises:
        ValueError: the value is not safe for a header.
    """
    check_value(value)
    if value.isascii() and len(value) <= 60 and "=?" not in value:
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        return f';\r\n {name}="{quoted}"'
    encoded = quote(value, safe="")
    # A piece must not end inside a percent-encoded octet.
    pieces = re.findall(r"(?:%..|[^%]){1,20}", encoded)
    if len(pieces) == 1:
        return f";\r\n {name}*=utf-8''{encoded}"
    numbered = [
        f";\r\n {name}*{index}*={'' if index else chr(39).join(('utf-8', '', ''))}{piece}"
        for index, piece in enumerate(pieces)
    ]
    return "".join(numbered)


def write_field(name: str, encoded: str) -> str:
    """`Name: value` with CRLF; `encoded` comes from one of the functions above.

    Raises:
        ValueError: the name is not one of ours.
    """
    if name not in _KNOWN:
        raise ValueError(name)
    # RFC 5322 wants something after the colon before a line may be folded: a space does.
    return f"{name}: {encoded}\r\n"


def make_list_id(sender: str) -> str:
    """`<press.astad.example>`: what mail programs and filters know our mails to a list by (RFC 2919).

    Made from the sender's address, so that it stays the same for as long as that does.
    """
    local, _at, domain = ascii_domain(sender).rpartition("@")
    label = re.sub(r"[^a-z0-9]+", "-", local.lower()).strip("-") or "press"
    return f"<{label}.{domain.lower()}>"
