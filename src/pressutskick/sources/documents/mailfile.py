"""A saved mail (.eml, RFC 5322) -> Markdown: its subject, when it was sent, its text.

The HTML part is preferred, since it keeps headings and lists that the text part has lost. What is
attached is read where the mail says little more than that it is. Runs in the limited child process.
"""

import email
import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage, Message
from email.policy import default

from pressutskick.sources.documents.leftout import LeftOutNotes, Omitted, without_marks
from pressutskick.sources.documents.markup import convert_html
from pressutskick.sources.documents.quoting import drop_quoted, unflow
from pressutskick.sources.encoding import decode, decode_html, decode_labelled

#: Reads an attached document; None where it is nothing that we read.
ReadAttached = Callable[[bytes, LeftOutNotes], str | None]
#: Characters of a mail that only says what is attached, signature included.
COVER_LIMIT = 600
_MOST_NESTED = 5
_PREFIX = re.compile(r"(?i)^\s*((re|sv|fw|fwd|vb|vs|aw|ang)\s*:\s*|\[extern(al)?\]\s*)+")


def convert_mail(data: bytes, notes: LeftOutNotes, read_attached: ReadAttached) -> str:
    """The mail's subject as heading, its date as a stamp, and its text; or what it brings with it.

    What is left out goes into `notes`, whose marks stand in the text.
    """
    head = data.removeprefix(b"\xef\xbb\xbf")
    head = head.split(b"\n", 1)[-1] if head.startswith(b"From ") else head
    return _convert(email.message_from_bytes(head, policy=default), notes, read_attached, 0)


def _convert(
    message: EmailMessage, notes: LeftOutNotes, read_attached: ReadAttached, depth: int
) -> str:
    attached = list(_attachments(message))
    cover, told = "", LeftOutNotes()
    if message.get_content_type() != "message/rfc822":
        cover = drop_quoted(_text_of(message, told), told)
    if depth < _MOST_NESTED and len(without_marks(cover)) <= COVER_LIMIT:
        for part in attached:
            text = _read_part(part, notes, read_attached, depth)
            if text is not None:
                if cover.strip():
                    notes.add(Omitted.COVER, cover)
                _tell_attachments([one for one in attached if one is not part], notes)
                return text
    text = drop_quoted(_text_of(message, notes), notes)
    _tell_attachments(attached, notes)
    return _with_heading(message, text)


def _with_heading(message: EmailMessage, text: str) -> str:
    subject = " ".join(_PREFIX.sub("", _header(message, "subject")).split())
    parts = [text]
    if subject and _bare(subject) not in _bare(text[:600]):
        parts.insert(0, f"# {subject}")
    stamp = _stamp(message)
    if stamp:
        parts.insert(len(parts) - 1, stamp)
    return "\n\n".join(parts)


def _attachments(message: EmailMessage) -> Iterator[EmailMessage]:
    """What comes with a mail's text; a mail that is nothing but another mail brings that."""
    if message.get_content_type() == "message/rfc822":
        yield message
        return
    for part in message.iter_attachments():
        if not part.get_content_subtype().endswith("-signature"):
            yield part


def _read_part(
    part: EmailMessage, notes: LeftOutNotes, read_attached: ReadAttached, depth: int
) -> str | None:
    """The text of an attached mail or document; None where it is neither."""
    if part.get_content_type() == "message/rfc822":
        inner: object = part.get_payload()
        mail = inner[0] if isinstance(inner, list) and inner else None
        if isinstance(mail, EmailMessage):
            return _convert(mail, notes, read_attached, depth + 1) or None
        return None
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes) and payload.startswith((b"%PDF-", b"PK\x03\x04")):
        return read_attached(payload, notes)
    return None


def _tell_attachments(parts: list[EmailMessage], notes: LeftOutNotes) -> None:
    """Names what is not read; a picture that the text itself places was told there."""
    for part in parts:
        is_picture = part.get_content_maintype() == "image"
        if is_picture and part["content-id"]:
            continue
        name = part.get_filename() or part.get_content_type()
        notes.add(Omitted.PICTURE if is_picture else Omitted.ATTACHMENT, name)


def _text_of(message: EmailMessage, notes: LeftOutNotes) -> str:
    for kind in ("html", "plain"):
        part = message.get_body(preferencelist=(kind,))
        if part is None:
            continue
        text = _content(part, is_html=kind == "html")
        if kind == "html":
            text = convert_html(text, notes, marks_quotes=True)
        elif part.get_param("format") == "flowed":
            text = unflow(text, joins_words=str(part.get_param("delsp")).lower() == "yes")
        if text.strip():
            return text if kind == "html" else without_marks(text)
    return ""


def _content(part: Message, *, is_html: bool) -> str:
    """The part's text; a wrong or missing charset is found from the bytes."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_content_charset() or "").lower()
    if charset not in ("", "us-ascii", "ascii"):
        text = decode_labelled(data, charset)
        if text is not None:
            return text
    return decode_html(data) if is_html else decode(data)[0]


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
