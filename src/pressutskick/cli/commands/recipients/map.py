"""`recipients map`: how the columns of a list are understood, and corrections of it."""

import sys
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli import completing
from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.shared import Json
from pressutskick.cli.language import _
from pressutskick.cli.shows.screen.console import plain, print_json, talk
from pressutskick.errors import InputError, UsageError
from pressutskick.recipients.columns.maps import EXTRA, IGNORE
from pressutskick.recipients.fields import Field
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.recipients.columns.model import Columns
    from pressutskick.recipients.rows import Row

#: Cells of a column that are shown where a person is asked about it.
_EXAMPLES = 3
#: What a column may be said to be.
_CHOICES = (*Field, EXTRA, IGNORE)


def map_columns(
    name: Annotated[
        str,
        typer.Argument(
            metavar="LIST",
            help=_("A file, or a name in recipients/."),
            autocompletion=completing.offer_lists,
        ),
    ],
    corrections: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="HEADER=FIELD",
            help=_("A correction, kept in a file beside the list; FIELD may be extra or ignore."),
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """On a terminal asks about each column; shows them, after writing what was corrected."""
    from pressutskick.cli.asks.columns import ask_columns
    from pressutskick.cli.shows.recipients import show_columns
    from pressutskick.exports.private import write_private
    from pressutskick.recipients.columns.maps import format_guide, parse_guide
    from pressutskick.recipients.columns.model import Columns, Understanding
    from pressutskick.recipients.rows import Row
    from pressutskick.recipients.table import read_rows
    from pressutskick.sources.lists.named import find_list, read_guide, read_table

    file = find_list(name, command_settings().workspace)
    guide = read_guide(file)
    rows = read_rows(read_table(file), guide)
    columns = rows.columns or Columns(header_line=None, columns=())
    if not columns.columns:
        raise InputError(say("The list is empty, so there is nothing to show."))
    if corrections and name == "-":
        raise UsageError(say("A pasted list has no file to keep corrections beside."))
    lines = [row for row in islice(read_table(file).rows, 60) if isinstance(row, Row)]
    start = columns.header_line or 0
    examples = _examples([row for row in lines if row.line > start])
    wanted: Mapping[str, str] = _parse_corrections(corrections or [], columns)
    if not (corrections or as_json) and sys.stdin.isatty() and name != "-":
        asked = [each for each in columns.columns if each.understanding is not Understanding.LINK]
        wanted = ask_columns(asked, examples, _CHOICES)
    if wanted:
        text = format_guide(columns, wanted, guide)
        guide = parse_guide(text, file=str(file.guide_path))
        write_private(file.guide_path, text, force=True)
        columns = read_rows(read_table(file), guide).columns or columns
    if as_json:
        print_json(_columns_json(columns))
        return
    show_columns(columns.columns, {index: cells[0] for index, cells in examples.items()})
    if wanted:
        talk().print(plain(_("Kept in {file}.", file=file.guide_path)))
    else:
        fields = ", ".join(_CHOICES)
        talk().print(
            plain(_("Correct a column with --set HEADER=FIELD; fields: {fields}", fields=fields))
        )


def _parse_corrections(words: list[str], columns: "Columns") -> dict[str, str]:
    """`HEADER=FIELD` words.

    Raises:
        UsageError: no such column or field.
    """
    headers = {column.header.casefold(): column.header for column in columns.columns}
    found: dict[str, str] = {}
    for word in words:
        header, equals, field = word.rpartition("=")
        if not equals or field not in _CHOICES:
            raise UsageError(
                say("{word}: write HEADER=FIELD.", word=word),
                remedy=say("Fields: {fields}", fields=", ".join(_CHOICES)),
            )
        if header.casefold() not in headers:
            raise UsageError(
                say("{header} is no column of the list.", header=header),
                remedy=say("Columns: {columns}", columns=", ".join(headers.values())),
            )
        found[headers[header.casefold()]] = field
    return found


def _examples(rows: "list[Row]") -> dict[int, list[str]]:
    """The first cells of each column that hold something, each once."""
    found: dict[int, list[str]] = {}
    for row in rows:
        for index, cell in enumerate(row.cells):
            text = " ".join(cell.split())
            shown = found.setdefault(index, []) if text else []
            short = text if len(text) <= 40 else f"{text[:39]}…"
            if text and len(shown) < _EXAMPLES and short not in shown:
                shown.append(short)
    return found


def _columns_json(columns: "Columns") -> dict[str, object]:
    return {
        "header_line": columns.header_line,
        "columns": [
            {
                "column": column.header,
                "index": column.index,
                "field": column.field,
                "understanding": column.understanding,
            }
            for column in columns.columns
        ],
    }
