"""Delimited text (CSV, TSV and what Excel calls so) -> rows. RFC 4180 with the world's liberties.

The delimiter is found by trying: the right one makes a header that we know. Excel's own `sep=;`
first line is obeyed. Row numbers are lines as an editor shows them.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pressutskick.errors import InputError, Origin, Problem, Severity
from pressutskick.recipients.fields import Field, field_of_header
from pressutskick.recipients.rows import NO_FLAWS, NO_LINKS, Row
from pressutskick.sentences import say
from pressutskick.sources.lists.limits import MAX_COLUMNS, MAX_LINE, MAX_ROWS

#: In order of preference where several do equally well.
DELIMITERS = (";", "\t", ",", "|", "^", "~", "\x1f", ":", "#")
#: Characters that the delimiter is tried on, and rows.
_SAMPLE = 65536
_SAMPLE_ROWS = 30
#: A cell that goes on for so many lines was opened by a stray quotation mark.
_MAX_CELL_LINES = 200

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_SEP = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)


def read_delimited(text: str, *, file: str) -> Iterator[Row | Problem]:
    """The rows of `text`, lazily.

    Raises:
        InputError: a line, or the number of columns or rows, is beyond the limits.
    """
    skip, delimiter = _read_mark(text)
    dialect = _find_dialect(text, skip, delimiter)
    lines = _Lines(text, skip, file=file, is_escaped=dialect.escapechar is not None)
    reader = csv.reader(lines, dialect)
    line = lines.number + 1
    try:
        for count, cells in enumerate(reader):
            if len(cells) > MAX_COLUMNS or count >= MAX_ROWS:
                raise InputError(
                    say(
                        "{file}:{line}: a list has at most {columns} columns and {rows} rows.",
                        file=file,
                        line=line,
                        columns=MAX_COLUMNS,
                        rows=MAX_ROWS,
                    )
                )
            yield Row(line, tuple(cells), NO_FLAWS, NO_LINKS)
            span = lines.number - line
            if span > _MAX_CELL_LINES or (span and lines.quotes % 2):
                yield _open_quote(file, line)
            lines.quotes = 0
            line = lines.number + 1
    except csv.Error:
        # The csv module's limit for one cell; only a stray quotation mark makes such a cell.
        yield _open_quote(file, line)


def find_dialect(text: str) -> type[csv.Dialect]:
    """How the cells of the text are kept apart and quoted."""
    return _find_dialect(text, *_read_mark(text))


def line_starts(text: str) -> list[int]:
    """Where each line of the text begins, as rows count them."""
    return [match.start() for match in _LINE.finditer(text)]


def _read_mark(text: str) -> tuple[int, str | None]:
    """Excel's first line `sep=;`: where the rows begin, and the delimiter that it names."""
    first = _LINE.match(text)
    marked = _SEP.fullmatch(first[0]) if first else None
    return (first.end(), marked[1]) if first is not None and marked is not None else (0, None)


class _Lines:
    """Lines of a text for the csv module, counted, without a copy of the whole."""

    def __init__(self, text: str, skip: int, *, file: str, is_escaped: bool) -> None:
        self._matches = _LINE.finditer(text, skip)
        self._file = file
        self._is_escaped = is_escaped
        self.number = 1 if skip else 0
        self.quotes = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._matches)[0]
        self.number += 1
        if len(line) > MAX_LINE:
            raise InputError(
                say(
                    "{file}:{line}: the line is {count} characters long; this is not a list.",
                    file=self._file,
                    line=self.number,
                    count=len(line),
                )
            )
        if '"' in line:
            self.quotes += line.count('"') - (line.count('\\"') if self._is_escaped else 0)
        return line


def _open_quote(file: str, line: int) -> Problem:
    return Problem(
        code="list.open_quote",
        severity=Severity.ERROR,
        sentence=say("a quotation mark is opened in this row and not closed; rows are lost"),
        origin=Origin(file=file, line=line),
    )


def _find_dialect(text: str, skip: int, marked: str | None) -> type[csv.Dialect]:
    sample = text[skip : skip + _SAMPLE]
    lines = [match[0] for match in _LINE.finditer(sample)][:_SAMPLE_ROWS]
    if len(sample) == _SAMPLE and len(lines) > 1:
        lines.pop()
    candidates = (marked,) if marked else DELIMITERS
    dialects = [_dialect(delimiter, sample) for delimiter in candidates]
    found = max(dialects, key=lambda dialect: _fitness(lines, dialect))
    return _with_backslashes(found) if _has_backslashes(text, skip, found) else found


def _dialect(delimiter: str, sample: str) -> type[csv.Dialect]:
    in_apostrophes = _in_apostrophes(sample, delimiter)

    class Found(csv.Dialect):
        """What this file uses."""

        quotechar = "'" if in_apostrophes else '"'
        escapechar: str | None = None
        doublequote = True
        skipinitialspace = True
        lineterminator = "\n"
        quoting = csv.QUOTE_MINIMAL
        strict = False

    Found.delimiter = delimiter
    return Found


def _with_backslashes(dialect: type[csv.Dialect]) -> type[csv.Dialect]:
    class Escaping(dialect):  # type: ignore[valid-type, misc] # the class is found, not written
        """The same with a quotation mark written as a backslash and the mark."""

        escapechar = "\\"
        doublequote = False

    return Escaping


def _has_backslashes(text: str, skip: int, dialect: type[csv.Dialect]) -> bool:
    """Whether a backslash stands for "a quotation mark follows", as MySQL exports it.

    `C:\\Bilder\\"` ends a cell too, so this is so only where doubled marks do not fit the file.
    """
    if '\\"' not in text:
        return False
    doubled = _fault_place(text, skip, dialect)
    return doubled is not None and (
        (escaped := _fault_place(text, skip, _with_backslashes(dialect))) is None
        or escaped > doubled
    )


def _fault_place(text: str, skip: int, dialect: type[csv.Dialect]) -> int | None:
    """Where strict reading meets a mark in a wrong place; None where it meets none."""
    place = skip
    # In quotation marks only `\""` gives a cell with `\"`, so without it such a cell is escaped.
    is_telling = dialect.doublequote and '\\""' not in text

    def lines() -> Iterator[str]:
        nonlocal place
        for match in _LINE.finditer(text, skip):
            place = match.end()
            yield match[0]

    try:
        for row in csv.reader(lines(), dialect, strict=True):
            if is_telling and any('\\"' in cell for cell in row):
                return place
    except csv.Error:
        return place
    return None


def _in_apostrophes(sample: str, delimiter: str) -> bool:
    """Whether the cells of the first line are quoted by apostrophes, all of them."""
    cells = sample.partition("\n")[0].strip().split(delimiter)
    return len(cells) > 1 and all(re.fullmatch(r"\s*'[^']*'\s*", cell) for cell in cells)


def _fitness(lines: Sequence[str], dialect: type[csv.Dialect]) -> tuple[int, int]:
    """How well a dialect reads the sample: known header names, then rows of equal width."""
    try:
        rows = [row for row in csv.reader(lines, dialect) if any(cell.strip() for cell in row)]
    except csv.Error:
        return 0, 0
    if any(len(row) > MAX_COLUMNS for row in rows):
        return 0, 0
    known = max((_known_names(row) for row in rows[:10]), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    is_likely = dialect.delimiter not in (":", "#")
    return known, max(widths.values(), default=0) if is_likely else 0


def _known_names(row: Sequence[str]) -> int:
    fields = {
        found[0] for cell in row if cell and "@" not in cell and (found := field_of_header(cell))
    }
    return len(fields) + (5 if Field.ADDRESS in fields and len(row) > 1 else 0)
