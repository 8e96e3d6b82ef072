"""Rows of a list -> recipients, and every problem by file, sheet, row and column at once.

Owns the pass over a table; `row` owns what a single row must hold. Knows nothing of files:
`sources` reads those.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from pressutskick.errors import Problem, Severity
from pressutskick.recipients.columns.beside import ALL, find_tables, only
from pressutskick.recipients.columns.model import NO_GUIDE, Columns, Guide, Understanding
from pressutskick.recipients.columns.refusals import Refusals
from pressutskick.recipients.columns.understanding import find_header, holds_names, understand
from pressutskick.recipients.fields import Field
from pressutskick.recipients.findings import Findings
from pressutskick.recipients.merging import merge_duplicates
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.row import RowReader, TableReading
from pressutskick.recipients.rows import Beside, Row, Table
from pressutskick.sentences import say

#: So many rows are looked at to understand the columns.
SAMPLE_ROWS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientList:
    """A list that was read: recipients in its order, each mailbox once, and all that was found.

    It may be mailed when no problem is an error. `columns` tells how each column was understood;
    None where several lists were put together.
    """

    recipients: Sequence[Recipient]
    problems: tuple[Problem, ...] = ()
    columns: Columns | None = None

    @property
    def has_errors(self) -> bool:
        """Whether nothing may be sent to this list as it is."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def read_recipients(table: Table, guide: Guide = NO_GUIDE) -> RecipientList:
    """Reads a whole list, rows of one mailbox put together; a faulty row yields problems only."""
    reading = _Reading(table, guide)
    recipients, notices = merge_duplicates(reading.recipients())
    problems = (*reading.problems(recipients), *notices)
    return RecipientList(
        recipients=recipients,
        problems=tuple(sorted(problems, key=lambda problem: problem.origin.line or 0)),
        columns=reading.columns,
    )


def read_rows(table: Table, guide: Guide = NO_GUIDE) -> RecipientList:
    """The same with a recipient for each row, also where two rows have one mailbox."""
    reading = _Reading(table, guide)
    recipients = tuple(reading.recipients())
    return RecipientList(
        recipients=recipients, problems=reading.problems(recipients), columns=reading.columns
    )


class _Reading:
    """One pass over a table, row by row; its problems are known when it is over."""

    def __init__(self, table: Table, guide: Guide) -> None:
        self._findings = Findings(table)
        self._shared = TableReading(
            guide=guide, findings=self._findings, is_delimited=table.is_delimited
        )
        self._refusals = Refusals()
        self._rows = self._rows_with_text(table)
        self._sample = list(islice(self._rows, SAMPLE_ROWS))
        tables = find_tables(find_header(self._sample, guide))
        self._tables = [(part, self._understand(part, table)) for part in tables]
        self.columns = Columns(
            header_line=self._tables[0][1].header_line,
            columns=tuple(each for _part, columns in self._tables for each in columns.columns),
        )
        _tell_columns(self.columns, self._findings, is_empty=not self._sample)
        _tell_nameless(self.columns, self._sample, self._findings)
        if len(tables) > 1:
            self._findings.tell(
                "tables_beside",
                Severity.HINT,
                say("{count} tables stand side by side; all are read", count=len(tables)),
                self.columns.header_line,
            )

    def _understand(self, part: range, table: Table) -> Columns:
        sample = [only(row, part) for row in self._sample] if len(part) < ALL else self._sample
        return understand(sample, self._shared.guide, is_delimited=table.is_delimited)

    def recipients(self) -> Iterator[Recipient]:
        """Those of each row that has no error."""
        if self.columns.index_of(Field.ADDRESS) is None:
            return
        readers = [
            (part, RowReader(self._shared, columns))
            for part, columns in self._tables
            if columns.index_of(Field.ADDRESS) is not None
        ]
        start = self.columns.header_line or 0
        is_empty = True
        for row in chain(self._sample, self._rows):
            if row.line <= start:
                self._note_above(row)
                continue
            for part, reader in readers:
                for recipient in reader.read(row) if len(part) == ALL else _read(reader, row, part):
                    is_empty = False
                    if recipient.extra:
                        self._refusals.note(row.line, recipient.extra)
                    yield recipient
        for _part, reader in readers:
            reader.tell()
        if is_empty and not self._findings.errors:
            self._findings.tell(
                "empty",
                Severity.ERROR,
                say("no row of the list has an address")
                if self._shared.skipped.count
                else say("the list has a header and no rows"),
            )

    def _note_above(self, row: Row) -> None:
        """What stands above the header is no row of the list, but perhaps somebody's address."""
        for cell in row.cells:
            self._shared.further.note_beside(Beside(place=str(row.line), text=cell))

    def problems(self, recipients: Iterable[Recipient]) -> tuple[Problem, ...]:
        """What was found on the way, in the order of the rows; `recipients` are all of them."""
        self._refusals.tell(self._findings)
        self._shared.skipped.tell(self._findings)
        self._shared.further.tell(self._findings, {each.mailbox.key for each in recipients})
        return self._findings.sorted()

    def _rows_with_text(self, table: Table) -> Iterator[Row]:
        """Rows that are not empty; what else the source tells is taken out of the stream."""
        for row in table.rows:
            if isinstance(row, Problem):
                self._findings.keep(row)
            elif isinstance(row, Beside):
                self._shared.further.note_beside(row)
            elif any(cell and not cell.isspace() for cell in row.cells):
                yield row


def _read(reader: RowReader, row: Row, part: range) -> Iterator[Recipient]:
    """What one of several tables has in a row; mostly the shorter one has nothing."""
    cut = only(row, part)
    if any(cell and not cell.isspace() for cell in cut.cells):
        yield from reader.read(cut)


def _tell_columns(columns: Columns, findings: Findings, *, is_empty: bool) -> None:
    line = columns.header_line
    if is_empty:
        findings.tell("empty", Severity.ERROR, say("the list is empty"))
    elif columns.index_of(Field.ADDRESS) is None:
        findings.tell(
            "no_address_column",
            Severity.ERROR,
            say("no column holds addresses; name one of them e-post or email in the header"),
            line,
        )
    for column in columns.columns:
        if column.understanding is Understanding.CONTENT and column.field is Field.NAME:
            findings.tell(
                "guessed_column",
                Severity.WARNING,
                say(
                    "column {column} was taken for the names because of what it holds; "
                    "pressutskick recipients map shows and corrects this",
                    column=column.header,
                ),
                line,
            )
        elif column.understanding is Understanding.CONTENT:
            findings.tell(
                "guessed_column",
                Severity.WARNING,
                say(
                    "column {column} was taken for the addresses because of what it holds; "
                    "pressutskick recipients map shows and corrects this",
                    column=column.header,
                ),
                line,
            )
        elif column.understanding is Understanding.RIVAL and column.rival is not Field.ADDRESS:
            findings.tell(
                "rival_column",
                Severity.HINT,
                say(
                    "column {column} means the same as another one; it is kept as it is",
                    column=column.header,
                ),
                line,
            )


def _tell_nameless(columns: Columns, sample: Sequence[Row], findings: Findings) -> None:
    """A name column that was not known costs every greeting, so it must not pass in silence."""
    named = {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME}
    if named & {column.field for column in columns.columns}:
        return
    below = [row for row in sample if row.line > (columns.header_line or 0)]
    for column in columns.columns:
        if column.understanding is Understanding.EXTRA and holds_names(below, column.index):
            findings.tell(
                "no_name_column",
                Severity.WARNING,
                say(
                    "column {column} seems to hold names but is not known as that, so nobody is "
                    "greeted by name; pressutskick recipients map shows and corrects this",
                    column=column.header,
                ),
                columns.header_line,
            )
