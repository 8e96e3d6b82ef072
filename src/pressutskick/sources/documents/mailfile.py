"""A saved mail (.eml, RFC 5322) -> Markdown: its subject, when it was sent, its text.

The HTML part is preferred, since it keeps headings and lists that the text part has lost. Runs in
the limited child process.
"""

import email
import re
from email.message import EmailMessage
from email.policy import default
from typing import cast

from pressutskick.sources.documents.markup import convert_html
from pressutskick.sources.encoding import decode

#: Characters of a mail that only says what is attached, signature included.
COVER_LIMIT = 600
_PREFIX = re.compile(r"(?i)^\s*((re|sv|fw|fwd|vb|vs|aw|ang)\s*:\s*|\[extern(al)?\]\s*)+")
_FORWARDED = re.compile(
    r"(?im)^(\**(från|from|fra|skickat|sent|sendt|till|to|til|kopia|cc|ämne|subject|emne|datum"
    r"|date|dato)\**:.*\n){3,}"
)
_DIVIDER = re.compile(
    r"(?im)^[-_ ]*(ursprungligt meddelande|original message|vidarebefordrat (brev|meddelande)"
    r"|forwarded message|videresendt (melding|meddelelse))[-_ ]*\n"
)


def convert_mail(data: bytes) -> str:
    """The mail's subject as heading, its date as a stamp, and its text."""
    message = _parse(data)
    text = _DIVIDER.sub("", _text_of(message))
    text = _FORWARDED.sub("", text.strip() + "\n").strip()
    subject = " ".join(_PREFIX.sub("", _header(message, "subject")).split())
    parts = [text]
    if subject and _bare(subject) not in _bare(text[:600]):
        parts.insert(0, f"# {subject}")
    stamp = _stamp(message)
    if stamp:
        parts.insert(len(parts) - 1, stamp)
    return "\n\n".join(parts)


def find_attached_document(data: bytes) -> bytes | None:
    """The attached document of a mail that says little more than that it is attached."""
    message = _parse(data)
    text = _DIVIDER.sub("", _text_of(message))
    if len(_FORWARDED.sub("", text)) > COVER_LIMIT:
        return None
    for part in message.iter_attachments():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.startswith((b"%PDF-", b"PK\x03\x04")):
            return payload
    return None


def _parse(data: bytes) -> EmailMessage:
    head = data.removeprefix(b"\xef\xbb\xbf")
    head = head.split(b"\n", 1)[-1] if head.startswith(b"From ") else head
    return email.message_from_bytes(head, policy=default)


def _text_of(message: EmailMessage) -> str:
    for kind in ("html", "plain"):
        part = message.get_body(preferencelist=(kind,))
        if part is None:
            continue
        text = _content(cast("EmailMessage", part))
        if kind == "html":
            text = convert_html(text)
        elif part.get_param("format") == "flowed":
            text = _unflow(text)
        if text.strip():
            return text
    return ""


def _content(part: EmailMessage) -> str:
    """The part's text; a wrong or missing charset is found from the bytes."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_content_charset() or "").lower()
    try:
        if charset not in ("", "us-ascii", "ascii"):
            return data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        pass
    return decode(data)[0]


def _unflow(text: str) -> str:
    """Joins the lines that end in a blank (RFC 3676)."""
    return re.sub(r"(?<=\S) \n(?!-- $)", " ", text.replace("\r\n", "\n"))


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name) or "")
    except (ValueError, IndexError, TypeError, AttributeError):  # the parser's own on odd headers
        return ""


def _stamp(message: EmailMessage) -> str:
    """When it was sent, as a newsroom's stamp would say it."""
    try:
        moment = message["date"].datetime if message["date"] else None
    except (ValueError, IndexError, TypeError, AttributeError):
        return ""
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()
