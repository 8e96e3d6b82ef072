"""What a file is, told by its content; a name's ending proves nothing."""

import io
import re
from enum import StrEnum
from typing import TYPE_CHECKING

from pressutskick.errors import InputError
from pressutskick.release.recognition import is_document
from pressutskick.sentences import Sentence, say
from pressutskick.sources.encoding import decode

if TYPE_CHECKING:
    import zipfile


class Format(StrEnum):
    """The formats that documents are read from."""

    TEXT = "text"
    HTML = "html"
    EML = "eml"
    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"


#: Characters of text that a document may hold; a long invitation has ten thousand.
TEXT_LIMIT = 200_000
_HEAD = 65_536
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_HEADER_LINE = re.compile(r"[A-Za-z][A-Za-z0-9-]*:(\s|$)")
_MAIL_HEADER = re.compile(
    r"(?im)^(received|return-path|message-id|mime-version|delivered-to|x-[a-z-]+|dkim-signature"
    r"|content-transfer-encoding|content-type):"
)
_TAG = re.compile(
    r"(?i)</?(html|head|body|div|p|span|h[1-6]|ul|ol|li|table|tr|td|br|a|strong|b|em|section"
    r"|article|main)(\s[^<>]*)?/?>"
)
_SIGNATURES = (
    (b"\x89PNG", say("a picture")),
    (b"\xff\xd8\xff", say("a picture")),
    (b"GIF8", say("a picture")),
    (b"II*\x00", say("a picture")),
    (b"MM\x00*", say("a picture")),
    (b"{\\rtf", say("a Rich Text file")),
    (b"\xd0\xcf\x11\xe0", say("an old Word or Outlook file, or one with a password")),
)


def find_format(data: bytes, *, name: str) -> Format:
    """The format of `data`; `name` is for the errors.

    Raises:
        InputError: nothing that we read, with the way out.
    """
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _archive_format(data, name)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise _refusal(name, what)
    text, encoding = decode(data[:_HEAD])
    if encoding[:6] != "utf-16" and len(_CONTROLS.findall(text)) > len(text) // 100:
        raise _refusal(name, say("neither text nor a known document"))
    kind = text_format(text)
    if kind is Format.TEXT and _is_media_list(text, name) and not is_document(text):
        raise _wrong_place(say("{file} is a media list, not an invitation.", file=name))
    return kind


def _wrong_place(sentence: Sentence) -> InputError:
    return InputError(
        sentence, remedy=say("The invitation comes first, and the media list after --to.")
    )


def _is_media_list(text: str, name: str) -> bool:
    """Addresses in columns, or contact cards: mailed as a text they would reach everybody."""
    if name.casefold().endswith((".csv", ".tsv", ".vcf")) or text[:11].upper() == "BEGIN:VCARD":
        return True
    lines = [line for line in text.splitlines() if line.strip()]
    rows = sum(1 for line in lines if _ADDRESS.search(line) and re.search("[;,\t]", line))
    return rows > 1 and rows * 3 >= len(lines) * 2


def text_format(text: str) -> Format:
    """Whether decoded text is a mail, a web page or plain text."""
    if is_document(text):
        return Format.TEXT
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if _is_mail(head):
        return Format.EML
    if re.match(r"(?i)(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|body|head)\b", head):
        return Format.HTML
    tags = len(_TAG.findall(head))
    if head.startswith("<") and tags >= 2:
        return Format.HTML
    return Format.HTML if tags >= 6 and tags * 400 > len(head) else Format.TEXT


def _is_mail(head: str) -> bool:
    """Header lines down to the first blank line, one of them such as only mail programs write."""
    head = re.sub(r"\AFrom \S+.*\n", "", head)
    block = re.split(r"\r?\n\r?\n", head, maxsplit=1)[0]
    lines = [line for line in block.splitlines() if not line[:1].isspace()]
    headers = sum(1 for line in lines if _HEADER_LINE.match(line))
    return headers == len(lines) > 1 and bool(_MAIL_HEADER.search(block))


def _archive_format(data: bytes, name: str) -> Format:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
            kind = archive.read("mimetype")[:80] if _has_small_mimetype(archive) else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        sentence = say("{file} is damaged: it cannot be unpacked.", file=name)
        raise InputError(sentence) from error
    if "word/document.xml" in members:
        return Format.DOCX
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return Format.ODT
    if "xl/workbook.xml" in members or b"spreadsheet" in kind:
        raise _wrong_place(say("{file} is a spreadsheet, not an invitation.", file=name))
    if name.casefold().endswith(".pages"):
        raise _refusal(name, say("a Pages file (in Pages: File, Export To, Word)"))
    raise _refusal(name, say("an archive"))


def _has_small_mimetype(archive: "zipfile.ZipFile") -> bool:
    return any(
        member.filename == "mimetype" and member.file_size < 200 for member in archive.infolist()
    )


def _refusal(name: str, what: Sentence) -> InputError:
    return InputError(
        say("{file} is {what}, which is not read.", file=name, what=what),
        remedy=say(
            "Save it as .docx, .odt, .pdf, .html, .eml or plain text, or paste its text: "
            "pressutskick read -"
        ),
    )
