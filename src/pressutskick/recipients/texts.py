"""The texts of one row that may go on, tidy and safe; what must not is told and left out.

Knows nothing of what a text means; `row` does.
"""

import re
from collections.abc import Callable, Mapping
from sys import intern

from pressutskick.errors import Severity
from pressutskick.mail import ENCODED_WORD, UNSAFE_CHARACTERS
from pressutskick.recipients import cells
from pressutskick.recipients.columns.model import Columns, Understanding
from pressutskick.recipients.fields import Field
from pressutskick.recipients.rows import CellFlaw, Row
from pressutskick.sentences import Sentence, say

#: Code, severity, sentence and column of what is wrong with a row.
Tell = Callable[[str, Severity, Sentence, str | None], None]

#: The longest text that a named column, and a column of the list's own, may hold, in characters.
MAX_NAMED = 1000
MAX_EXTRA = 10_000

#: So many different texts of a column are remembered: most columns repeat a few.
_MEMORY = 4096
#: Text that is tidy, on one line and safe as it stands; most cells are.
_PLAIN = re.compile(r"[^\W_](?:[\w.,@:;/()'+&-]| (?! ))*+(?<! )")

_NO_EXTRA: Mapping[str, str] = {}
_DATES = (Field.INFORMED, Field.CHECKED)
#: Fields whose line feeds are only a way of writing a list.
_SEVERAL_LINES = (Field.TAGS, Field.SOURCE, Field.LEGAL_GROUND, Field.PHONE)


class TextReader:
    """Takes the texts out of rows; remembers those of each column that are known to be good."""

    def __init__(self, columns: Columns, tell: Tell) -> None:
        """Every problem goes to `tell`."""
        self._tell = tell
        headers = {column.index: intern(column.header) for column in columns.columns}
        mailed = columns.index_of(Field.ADDRESS)
        #: Field, index, and texts of that column that are known to be good.
        self._named: list[tuple[Field, int, dict[str, str]]] = [
            (column.field, column.index, {})
            for column in columns.columns
            if column.field is not None
            and column.field is not Field.WANTS
            and (column.field is not Field.ADDRESS or column.index == mailed)
        ]
        self.column_of = {field: headers[index] for field, index, _known in reversed(self._named)}
        self._extras = [
            (column.index, headers[column.index])
            for column in columns.columns
            if column.field is None and column.understanding is not Understanding.IGNORED
        ]
        #: Fields of the row at hand whose text was not let through.
        self.refused: set[Field] = set()

    def read_named(self, row: Row, defaults: Mapping[Field, str]) -> dict[Field, str]:
        """The named fields that hold something, tidy and on one line, defaults filled in."""
        values: dict[Field, str] = dict(defaults)
        row_fields: set[Field] = set()
        self.refused.clear()
        row_cells, flaws = row.cells, row.flaws
        count = len(row_cells)
        for field, index, known in self._named:
            cell = row_cells[index] if index < count else ""
            if not cell:
                continue
            value = None if flaws else known.get(cell)
            if value is None:
                text = cells.tidy(cell)
                if cells.is_nothing(text):
                    continue
                value = self._checked(field, text, flaws.get(index)) if text else ""
                if text and not value:
                    self.refused.add(field)
                if value and not flaws and len(known) < _MEMORY:
                    known[cell] = value
            if value:
                # Only tags have a second column here.
                values[field] = f"{values[field]},{value}" if field in row_fields else value
                row_fields.add(field)
        return values

    def read_extra(self, row: Row) -> Mapping[str, str]:
        """The list's own columns by their header."""
        if not self._extras:
            return _NO_EXTRA
        count = len(row.cells)
        extra: dict[str, str] = {}
        for index, header in self._extras:
            text = cells.tidy(row.cells[index]) if index < count else ""
            if not text:
                continue
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            visible = text.replace("\n", "").replace("\t", "")
            if UNSAFE_CHARACTERS.search(visible) or len(text) > MAX_EXTRA:
                self._tell(
                    "unsafe_text",
                    Severity.ERROR,
                    say("the text holds control characters or is far too long"),
                    header,
                )
            else:
                extra[header] = text
        return extra

    def _checked(self, field: Field, text: str, flaw: CellFlaw | None) -> str:
        """The text if it may go on, else an empty one after telling why."""
        is_plain = flaw is None and len(text) <= MAX_NAMED and _PLAIN.fullmatch(text)
        if is_plain and not cells.is_error_word(text):
            return text
        column = self.column_of[field]
        text = cells.undo_export(text)
        if self._is_spoilt(field, text, flaw, column):
            return ""
        if len(text) > MAX_NAMED:
            self._tell(
                "too_long",
                Severity.ERROR,
                say("the text is {count} characters long", count=len(text)),
                column,
            )
            return ""
        if field is Field.ADDRESS:
            return text
        safe = text
        if field in _SEVERAL_LINES:
            safe = text.replace("\r", "").replace("\t", " ")
        if UNSAFE_CHARACTERS.search(
            safe.replace("\n", "") if field in _SEVERAL_LINES else safe
        ) or ENCODED_WORD.search(text):
            self._tell(
                "unsafe_text",
                Severity.ERROR,
                _unsafe(text),
                column,
            )
            return ""
        return safe if field is Field.TAGS else cells.on_one_line(safe)

    def _is_spoilt(self, field: Field, text: str, flaw: CellFlaw | None, column: str) -> bool:
        """Tells what a spreadsheet did to the cell; whether it cannot be used."""
        if (text.startswith("=") and not text.startswith("=?")) or (
            flaw is CellFlaw.FORMULA and field is Field.ADDRESS
        ):
            self._tell(
                "formula",
                Severity.ERROR,
                say("a formula stands there; write the text itself"),
                column,
            )
            return True
        if flaw is CellFlaw.ERROR or cells.is_error_word(text):
            self._tell(
                "cell_error",
                Severity.ERROR,
                say("the spreadsheet shows an error there: {text}", text=text),
                column,
            )
            return True
        if flaw is CellFlaw.DATE and field not in _DATES:
            self._tell(
                "became_date",
                Severity.WARNING,
                say("the spreadsheet made the date {text} of what was written", text=text),
                column,
            )
        return False


def _unsafe(text: str) -> Sentence:
    """Why a text is not let through; a line break is mostly made by Alt+Enter."""
    lines = text.split("\n")
    if len(lines) > 1 and not any(UNSAFE_CHARACTERS.search(line.rstrip("\r")) for line in lines):
        return say("the text has a line break in it; write it on one line")
    return say("the text holds control characters or an encoded word, as no name does")
