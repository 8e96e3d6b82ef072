"""A list file of any kind -> a `Table` of raw rows. Told apart by content, not by the name alone.

Everything here reads bytes that a stranger may have made: each reader works within `limits` and
ends in rows, problems or an `InputError`, never in a traceback.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pressutskick.errors import InputError, InputNotFound, Origin, Problem, Severity, reason_of
from pressutskick.recipients.rows import Beside, Row, Table
from pressutskick.sentences import Sentence, say
from pressutskick.sources.encoding import decode
from pressutskick.sources.lists.delimited import read_delimited
from pressutskick.sources.lists.jsonlists import read_json
from pressutskick.sources.lists.limits import MAX_LIST_BYTES
from pressutskick.sources.lists.pasted import read_pasted
from pressutskick.sources.lists.vcards import read_vcards

#: What files of lists are called; each is told by its content all the same.
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".ods", ".vcf", ".json")
_MEGABYTE = 1024 * 1024
_ARCHIVE = b"PK\x03\x04"


def read_list_bytes(path: Path) -> bytes:
    """The bytes of a list file; `-` is standard input.

    Raises:
        InputNotFound: there is no such file.
        InputError: it is a folder, cannot be read, or is larger than `MAX_LIST_BYTES`.
    """
    is_stdin = str(path) == "-"
    data = sys.stdin.buffer.read(MAX_LIST_BYTES + 1) if is_stdin else _read_file(path)
    if len(data) > MAX_LIST_BYTES:
        raise _too_large(path)
    return data


def _read_file(path: Path) -> bytes:
    if not path.exists():
        raise InputNotFound.file(str(path))
    try:
        if path.stat().st_size > MAX_LIST_BYTES:
            raise _too_large(path)
        with path.open("rb") as stream:
            return stream.read(MAX_LIST_BYTES + 1)
    except OSError as error:
        raise InputError(
            say("{file}: cannot be read: {reason}.", file=path, reason=reason_of(error))
        ) from error


def _too_large(path: Path) -> InputError:
    return InputError(
        say(
            "{file}: a list of more than {limit} MB is not read; split it.",
            file=path,
            limit=MAX_LIST_BYTES // _MEGABYTE,
        )
    )


def open_table(data: bytes, *, file: str, sheet: str | None = None) -> Table:
    """The rows of a list, read lazily. `file` is what problems call it.

    Raises:
        InputError: not a list that we read, damaged, protected, or beyond the limits.
    """
    if data.startswith(_ARCHIVE):
        return _open_workbook(data, file=file, sheet=sheet)
    for magic, sentence in _FOREIGN:
        if data.startswith(magic):
            raise InputError(sentence(file))
    text, encoding = decode(data)
    if "\0" in text:
        text = _without_noughts(text, file)
    # Old programs end a text file by this sign.
    text = text.removesuffix("\x1a")
    start = text[:2000].lstrip()
    if _is_page(start):
        raise InputError(
            say("{file} is a web page, not a list.", file=file),
            remedy=say("Open it in Excel or LibreOffice, and save it as .xlsx."),
        )
    notice = encoding_notice(encoding, file)
    if start.startswith(("{", "[")) and not _BRACKETED.match(start):
        return Table(file=file, rows=_after(notice, read_json(text, file=file)))
    if start[:11].upper() == "BEGIN:VCARD":
        return Table(file=file, rows=_after(notice, read_vcards(text, file=file)))
    pasted = read_pasted(text, file=file)
    if pasted is not None:
        return Table(file=file, rows=_after(notice, pasted))
    return Table(file=file, is_delimited=True, rows=_after(notice, read_delimited(text, file=file)))


#: What no text holds, beside the NUL by which databases fill cells up; one in so many is forgiven.
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f]")
_FORGIVEN = 100
#: How a web page begins, and the XML that old Excels and reports call .xls.
_PAGE = re.compile(
    r"(?:<\?[^>]{0,200}>\s{0,20}){0,3}(?:<!--[^>]{0,500}-->\s{0,20}){0,5}<(?:!doctype|html|head|body"
    r"|table|meta|style|div|workbook|ss:workbook)\b|mime-version:|from: <saved by",
    re.IGNORECASE,
)


#: An address in square brackets, as mail programs quote one; no JSON begins so.
_BRACKETED = re.compile(r"[\[{][^\s\"'{}\[\],:]{1,64}@")


def _is_page(start: str) -> bool:
    return bool(_PAGE.match(start))


def _without_noughts(text: str, file: str) -> str:
    """A text whose cells a database has filled up with NUL, without them.

    Raises:
        InputError: it is no text.
    """
    shown = text.replace("\0", "")
    if len(_CONTROLS.findall(shown)) * _FORGIVEN > len(shown):
        raise InputError(say("{file} is no list that can be read.", file=file))
    return shown


def list_sheets(data: bytes, *, file: str) -> list[str | None]:
    """The names of a workbook's sheets, hidden ones too; none where the file has no sheets.

    Raises:
        InputError: damaged, protected, or beyond the limits.
    """
    if not data.startswith(_ARCHIVE):
        return []
    from pressutskick.sources.lists.ods import ods_sheets
    from pressutskick.sources.lists.xlsx import xlsx_sheets

    name_sheets = ods_sheets if _is_opendocument(data, file) else xlsx_sheets
    return list(name_sheets(data, file=file))


def _open_workbook(data: bytes, *, file: str, sheet: str | None) -> Table:
    from pressutskick.sources.lists.ods import read_ods
    from pressutskick.sources.lists.xlsx import read_xlsx

    read = read_ods if _is_opendocument(data, file) else read_xlsx
    name, rows = read(data, file=file, sheet=sheet)
    list_name = f"{file}#{name}" if sheet is not None else file
    return Table(file=file, sheet=name, list_name=list_name, rows=rows)


def _is_opendocument(data: bytes, file: str) -> bool:
    """Excel and OpenDocument are told apart by what the archive holds.

    Raises:
        InputError: it is neither.
    """
    from pressutskick.sources.archive import open_archive, part_key
    from pressutskick.sources.lists.ods import ODS_LIMITS

    archive = open_archive(data, name=file, limits=ODS_LIMITS)
    members = set(map(part_key, archive.NameToInfo))
    if "xl/workbook.bin" in members:
        raise InputError(_save_as(file))
    if "content.xml" in members:
        return True
    if "[content_types].xml" in members and any("workbook" in member for member in members):
        return False
    if "word/document.xml" in members:
        raise InputError(
            say("{file} is a document, not a list.", file=file),
            remedy=say("The invitation comes first, and the media list after --to."),
        )
    raise InputError(say("{file} is an archive, but not of a spreadsheet.", file=file))


def _save_as(file: str) -> Sentence:
    return say(
        "{file} is an old or protected Excel file; open it and save it as .xlsx without a password.",
        file=file,
    )


def _not_pdf(file: str) -> Sentence:
    return say("{file} is a PDF; a list must be a spreadsheet or text.", file=file)


_FOREIGN = ((b"\xd0\xcf\x11\xe0", _save_as), (b"%PDF", _not_pdf))


def _after(
    notice: Problem | None, rows: Iterable[Row | Problem | Beside]
) -> Iterator[Row | Problem | Beside]:
    """The notice first, where there is one."""
    if notice is not None:
        yield notice
    yield from rows


def encoding_notice(encoding: str, file: str) -> Problem | None:
    """What to say where the encoding was not plain: letters were guessed or mended."""
    if encoding in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"):
        return None
    return Problem(
        code="list.encoding",
        severity=Severity.HINT,
        sentence=say(
            "the file's letters were read as {encoding}; look at å, ä and ö", encoding=encoding
        ),
        origin=Origin(file=file),
    )
