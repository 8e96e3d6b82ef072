"""Rows of a list -> recipients, and every problem by file, sheet, row and column at once.

Owns the pass over a table; `row` owns what a single row must hold. Knows nothing of files:
`sources` reads those.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from pressutskick.errors import Problem, Severity
from pressutskick.recipients.columns import NO_GUIDE, Columns, Guide, Understanding, understand
from pressutskick.recipients.fields import Field
from pressutskick.recipients.findings import Findings
from pressutskick.recipients.merging import merge_duplicates
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.refusals import Refusals
from pressutskick.recipients.row import RowReader
from pressutskick.recipients.rows import Row, Table
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
    problems = (*reading.problems(), *notices)
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
        recipients=recipients, problems=reading.problems(), columns=reading.columns
    )


class _Reading:
    """One pass over a table, row by row; its problems are known when it is over."""

    def __init__(self, table: Table, guide: Guide) -> None:
        self._findings = Findings(table)
        self._guide = guide
        self._refusals = Refusals()
        self._is_delimited = table.is_delimited
        self._rows = _rows_with_text(table, self._findings)
        self._sample = list(islice(self._rows, SAMPLE_ROWS))
        self.columns = understand(self._sample, guide, is_delimited=table.is_delimited)
        _tell_columns(self.columns, self._findings, is_empty=not self._sample)
        _tell_nameless(self.columns, self._sample, self._findings)

    def recipients(self) -> Iterator[Recipient]:
        """One for each row that has no error."""
        if self.columns.index_of(Field.ADDRESS) is None:
            return
        reader = RowReader(
            self.columns, self._guide, self._findings, is_delimited=self._is_delimited
        )
        start = self.columns.header_line or 0
        is_empty = True
        for row in chain(self._sample, self._rows):
            if row.line > start and (recipient := reader.read(row)) is not None:
                is_empty = False
                if recipient.extra:
                    self._refusals.note(row.line, recipient.extra)
                yield recipient
        reader.tell_links()
        if is_empty and not self._findings.errors:
            self._findings.tell("empty", Severity.ERROR, say("the list has a header and no rows"))

    def problems(self) -> tuple[Problem, ...]:
        """What was found on the way, in the order of the rows."""
        self._refusals.tell(self._findings)
        return self._findings.sorted()


def _rows_with_text(table: Table, findings: Findings) -> Iterator[Row]:
    """Rows that are not empty; the source's own problems are taken out of the stream."""
    for row in table.rows:
        if isinstance(row, Problem):
            findings.keep(row)
        elif any(cell and not cell.isspace() for cell in row.cells):
            yield row


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
        if column.understanding is Understanding.CONTENT:
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
        elif column.understanding is Understanding.RIVAL:
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
    if columns.header_line is None or named & {column.field for column in columns.columns}:
        return
    below = [row for row in sample if row.line > (columns.header_line or 0)]
    for column in columns.columns:
        if column.understanding is Understanding.EXTRA and _holds_names(below, column.index):
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


def _holds_names(rows: Sequence[Row], index: int) -> bool:
    """Whether most of what a column holds is two to four capitalised words."""
    cells = [row.cells[index].split() for row in rows if index < len(row.cells)]
    filled = [words for words in cells if words]
    named = [
        words
        for words in filled
        if 2 <= len(words) <= 4 and all(word[0].isupper() and word[-1].isalpha() for word in words)
    ]
    return len(named) * 2 > len(filled)
