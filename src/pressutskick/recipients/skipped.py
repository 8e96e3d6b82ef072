"""Rows that hold no address at all: headings, totals, a desk that has a telephone only. Pure.

Nobody could be mailed there, so they stop nobody else; but they are counted and named, since one of
them may be a person whose address was forgotten.
"""

from pressutskick.errors import Severity
from pressutskick.recipients.cells import on_one_line, tidy
from pressutskick.recipients.fields import field_of_header
from pressutskick.recipients.findings import Findings
from pressutskick.recipients.naming.names import is_given_name
from pressutskick.recipients.rows import Row
from pressutskick.sentences import say_many

#: So many rows are named, each with so many characters.
_NAMED = 8
_LABEL = 30
#: How a row begins that adds the others up.
_TOTALS = ("summa", "totalt", "total", "antal", "sum", "i alt", "sammanlagt")


class SkippedRows:
    """Collects them while a table is read."""

    def __init__(self) -> None:
        """None was skipped yet."""
        self._headings: list[tuple[int, str]] = []
        self._people: list[tuple[int, str]] = []
        self._counts = {True: 0, False: 0}

    @property
    def count(self) -> int:
        """How many rows were skipped."""
        return sum(self._counts.values())

    def note(self, row: Row) -> None:
        """One row without an address."""
        texts = [text for cell in row.cells if (text := on_one_line(tidy(cell[:1000])))]
        label = texts[0] if texts else ""
        is_heading = _is_heading(texts)
        self._counts[is_heading] += 1
        rows = self._headings if is_heading else self._people
        if len(rows) < _NAMED:
            rows.append((row.line, label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…"))

    def tell(self, findings: Findings) -> None:
        """One remark for the rows that may be somebody, one for the headings."""
        if self._people:
            count = self._counts[False]
            findings.leave_out(
                "no_address",
                say_many(
                    "{count} row without an address", "{count} rows without an address", count
                ),
                _name(self._people, count),
                line=self._people[0][0],
            )
        if self._headings:
            count = self._counts[True]
            findings.leave_out(
                "heading",
                say_many("{count} heading", "{count} headings", count),
                _name(self._headings, count),
                line=self._headings[0][0],
                severity=Severity.HINT,
            )


def _is_heading(texts: list[str]) -> bool:
    """One short text that is no person's name, a total, or the header of a further table."""
    if not texts or texts[0].casefold().startswith(_TOTALS):
        return True
    if all(map(field_of_header, texts)):
        return True
    words = texts[0].split(" ")
    return len(texts) == 1 and not (len(words) > 1 and is_given_name(words[0]))


def _name(rows: list[tuple[int, str]], count: int) -> str:
    """`4 (Växeln), 7 (Bo Ek) …`."""
    named = ", ".join(f"{line} ({label})" if label else str(line) for line, label in rows)
    return named + (" …" if count > len(rows) else "")
