"""CSV that a spreadsheet opens without doing anything: the one place where we write it.

A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is a formula to a
spreadsheet; an apostrophe before it keeps it a text. Phone numbers are left alone: `+46 70-174 06
00` is one, `+46*2+cmd` is not. Reading a list takes the apostrophe off again. Control characters and
bidirectional marks, as a server may put into its reply, do not get through.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from pressutskick.mail import UNSAFE_CHARACTERS

_KEEP = frozenset("\t\n\r")
_DANGEROUS = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_PHONE = re.compile(r"\+\d{1,3}(?:[ \-]?\(?\d{1,5}\)?){2,6}")


def safe_text(value: object) -> str:
    """The text of `value` without what a terminal or a spreadsheet could obey; None is empty."""
    text = "" if value is None else str(value)
    return text if text.isprintable() else UNSAFE_CHARACTERS.sub(_replace_unsafe, text)


def safe_cell(value: object) -> str:
    """The same as a cell that stays a text."""
    text = safe_text(value)
    if _DANGEROUS.match(text) and not _PHONE.fullmatch(text):
        return f"'{text}"
    return text


def _replace_unsafe(found: re.Match[str]) -> str:
    return found[0] if found[0] in _KEEP else "\N{REPLACEMENT CHARACTER}"


def write_csv(stream: TextIO, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Writes header and rows, comma-separated, with CRLF as RFC 4180 has it."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in header])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
