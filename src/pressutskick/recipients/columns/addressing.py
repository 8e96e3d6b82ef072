"""Which addresses of a row are mailed, and which are only counted.

The column of addresses is mailed, or the link beneath its text; where it is empty, the next column
that is called so, work before home. Columns that a person added are mailed too.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

from pressutskick.errors import Severity
from pressutskick.mail import is_safe_for_header
from pressutskick.recipients import cells
from pressutskick.recipients.address import AddressFault, parse_address
from pressutskick.recipients.columns.further import FurtherAddresses
from pressutskick.recipients.columns.labels import find_labels, weigh_label
from pressutskick.recipients.columns.model import Column, Columns, Understanding, letter_of
from pressutskick.recipients.fields import Field, field_of_header
from pressutskick.recipients.findings import Findings
from pressutskick.recipients.links import LinkedAddresses, elsewhere
from pressutskick.recipients.rows import Row
from pressutskick.recipients.unwrapping import split_named_address
from pressutskick.sentences import Sentence, say, say_many

#: Code, severity, sentence and column of what is wrong with a row.
Tell = Callable[[str, Severity, Sentence, str | None], None]

#: What somebody writes who means an address and has forgotten, or hidden, the at sign.
_MEANT = re.compile(r"\w\.[a-zåäö]{2,}|[(\[]\s?at\s?[)\]]|snabel", re.IGNORECASE)
_LONGEST_MEANT = 300
#: As Google exports several addresses of one person in one cell.
_SEVERAL = ":::"
#: The one of several proxy addresses that Exchange writes in capitals.
_PRIMARY = re.compile(r"(?<![^\s,;{])SMTP:([^\s,;{}]{1,254})")
#: Between addresses of a column that may hold several.
_BETWEEN = re.compile(r"[,;\s]+")
#: So many rows are named.
_NAMED = 10


class AddressReader:
    """Reads the addresses of the rows of one table."""

    def __init__(self, columns: Columns, findings: Findings, further: FurtherAddresses) -> None:
        """What stands elsewhere goes to `further`."""
        self._findings = findings
        self._further = further
        own = columns.having(Field.ADDRESS)
        self._index = own[0].index if own else -1
        self._header = own[0].header if own else None
        self._added = own[1:]
        self._next = columns.next_addresses
        self._headers = {column.index: column.header for column in columns.columns}
        self._ignored = {
            column.index
            for column in columns.columns
            if column.understanding is Understanding.IGNORED
        }
        self._labels = find_labels(columns) if self._next else {}
        self._own = own[:1]
        self._links = LinkedAddresses(columns)
        self._replaced: list[int] = []
        self._replaced_count = 0

    def is_meant(self, row: Row) -> bool:
        """Whether the row has an address somewhere, or a text that should have been one."""
        row_cells = row.cells
        cell = row_cells[self._index] if self._index < len(row_cells) else ""
        if "@" in cell or row.links or any(_has_sign(each) for each in row_cells):
            return True
        text = cells.tidy(cell[:_LONGEST_MEANT])
        if cells.is_nothing(text) or field_of_header(text) is not None:
            # Nothing, or the header of a table below this one.
            return False
        if self._index in row.flaws or text[0] == "=" or _MEANT.search(text):
            return True
        # One word in the column of addresses is an address gone wrong, unless it is a heading.
        is_alone = sum(1 for each in row_cells if each and not each.isspace()) == 1
        is_word = " " not in text and any(map(str.isalpha, text))
        return not is_alone and (is_word or cells.is_error_word(text))

    def read(self, row: Row, text: str, tell: Tell, *, is_refused: bool) -> tuple[str, str]:
        """The address and the name that stood before it; empty after telling what is wrong.

        Args:
            row: as it was read.
            text: of the address column, tidy.
            tell: takes what is wrong.
            is_refused: whether the text was not let through, which is told already.
        """
        if row.links or self._links.is_alone:
            text = self._links.read(row, text, partial(_tell_at, tell, self._header))
        if not text and is_refused:
            return "", ""
        taken = self._index
        if self._labels and (best := self._best_labelled(row)) is not None:
            text, taken = best
        if not text:
            text, taken = self._read_next(row)
        self._note_others(row, taken)
        if not text:
            tell("misplaced_address", Severity.ERROR, elsewhere(row), self._header)
            return "", ""
        if text.count("@") > 1:
            text, others = _first_of_several(text)
            self._further.note_rest(self._header_of(taken), row.line, others)
        name, address = split_named_address(text)
        if not is_safe_for_header(cells.on_one_line(name)):
            sentence = say("the text holds control characters or an encoded word, as no name does")
            tell("unsafe_text", Severity.ERROR, sentence, self._header_of(taken))
            return "", ""
        try:
            return parse_address(address), name
        except AddressFault as fault:
            tell("bad_address", Severity.ERROR, fault.sentence, self._header_of(taken))
            return "", ""

    def read_added(self, row: Row, tell: Tell) -> Iterator[str]:
        """The addresses of the columns that a person added; faulty ones are told."""
        for column in self._added:
            cell = row.cells[column.index] if column.index < len(row.cells) else ""
            _name, whole = split_named_address(cells.tidy(cell))
            for text in _BETWEEN.split(whole):
                if _has_sign(text):
                    try:
                        yield parse_address(text)
                    except AddressFault as fault:
                        tell("bad_address", Severity.ERROR, fault.sentence, column.header)

    def tell(self) -> None:
        """What is said once of many rows; to be called when all are read."""
        self._links.tell(self._findings)
        if self._replaced:
            rows = ", ".join(map(str, self._replaced))
            sentence = say_many(
                "{count} row has no address here; the one in {columns} is used: {rows}",
                "{count} rows have no address here; the one in {columns} is used: {rows}",
                self._replaced_count,
                columns=", ".join(column.header for column in self._next),
                rows=rows + (" …" if self._replaced_count > _NAMED else ""),
            )
            self._findings.tell(
                "next_address", Severity.WARNING, sentence, self._replaced[0], self._header
            )

    def _best_labelled(self, row: Row) -> tuple[str, int] | None:
        """The address whose label makes it the one to use; None where labels tell nothing."""
        found = list(_filled(row, [*self._own, *self._next]))
        weights = [self._weight_of(column, row) for column, _text in found]
        if not found or min(weights) == weights[0]:
            return None
        column, text = found[weights.index(min(weights))]
        return text, column.index

    def _weight_of(self, column: Column, row: Row) -> int:
        index = self._labels.get(column.index)
        return 0 if index is None or index >= len(row.cells) else weigh_label(row.cells[index])

    def _read_next(self, row: Row) -> tuple[str, int]:
        """What the next column called an address holds, and which it is."""
        column, text = next(_filled(row, [*self._added, *self._next]), (None, ""))
        if column is None or column in self._added:
            # What a person added is mailed in any case.
            return ("", self._index) if column is None else (text, column.index)
        self._replaced_count += 1
        if len(self._replaced) < _NAMED:
            self._replaced.append(row.line)
        return text, column.index

    def _note_others(self, row: Row, taken: int) -> None:
        """Counts what looks like an address in every other cell."""
        row_cells = row.cells
        if "".join(row_cells).count("@") < 2:
            return
        mailed = {taken, *(column.index for column in self._added), *self._ignored}
        for index, cell in enumerate(row_cells):
            if index not in mailed and "@" in cell:
                self._further.note_cell(self._header_of(index), row.line, cell)

    def _header_of(self, index: int) -> str:
        """A column's name; a note in the margin has only the column's letter."""
        return self._headers.get(index) or letter_of(index)


def _first_of_several(text: str) -> tuple[str, str]:
    """The one of several addresses that a program has put first, and the rest; else all of it."""
    if primary := _PRIMARY.search(text):
        return primary[1], text.replace(primary[0], " ")
    first, mark, rest = text.partition(_SEVERAL)
    return first.strip(), rest if mark else ""


def _has_sign(text: str) -> bool:
    return "@" in text or "\uff20" in text or "\ufe6b" in text


def _tell_at(
    tell: Tell, column: str | None, code: str, severity: Severity, sentence: Sentence
) -> None:
    tell(code, severity, sentence, column)


def _filled(row: Row, columns: list[Column]) -> Iterator[tuple[Column, str]]:
    """The columns that hold something like an address in a row."""
    for column in columns:
        cell = row.cells[column.index] if column.index < len(row.cells) else ""
        if _has_sign(cell):
            yield column, cells.undo_export(cells.tidy(cell))
