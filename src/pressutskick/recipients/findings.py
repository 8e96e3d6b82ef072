"""The problems of one list as they are found: bounded, and by file, sheet, row and column."""

from pressutskick.errors import Origin, Problem, Severity
from pressutskick.omissions import leave_out
from pressutskick.recipients.rows import Table
from pressutskick.sentences import Sentence, say_many

#: More problems than these are counted, not kept: nobody reads them, and memory is bounded.
MAX_PROBLEMS = 1000


class Findings:
    """Collects the problems of one table."""

    def __init__(self, table: Table) -> None:
        """`table` gives file and sheet of every origin."""
        self._table = table
        self._problems: list[Problem] = []
        self._left_out = 0
        self._errors = 0

    @property
    def list_name(self) -> str:
        """The list as a command calls it."""
        return self._table.list_name or self._table.file

    @property
    def errors(self) -> int:
        """How many errors were told so far, kept or not."""
        return self._errors

    def origin(self, line: int | None = None, column: str | None = None) -> Origin:
        """A place in this table."""
        return Origin(file=self._table.file, sheet=self._table.sheet, line=line, column=column)

    def tell(
        self,
        code: str,
        severity: Severity,
        sentence: Sentence,
        line: int | None = None,
        column: str | None = None,
    ) -> None:
        """Keeps one problem; `code` without the prefix `list.`."""
        self.keep(
            Problem(
                code=f"list.{code}",
                severity=severity,
                sentence=sentence,
                origin=self.origin(line, column),
            )
        )

    def leave_out(
        self,
        code: str,
        what: Sentence,
        where: Sentence | str = "",
        *,
        line: int | None = None,
        column: str | None = None,
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Keeps the remark on something that was left out; see `omissions.leave_out`."""
        origin = self.origin(line, column)
        self.keep(leave_out(f"list.{code}", what, where=where, origin=origin, severity=severity))

    def keep(self, problem: Problem) -> None:
        """Keeps a problem that another room found."""
        self._errors += problem.severity is Severity.ERROR
        if len(self._problems) < MAX_PROBLEMS:
            self._problems.append(problem)
        else:
            self._left_out += 1

    def sorted(self) -> tuple[Problem, ...]:
        """All of them in the order of the rows; at last how many were left out."""
        found = sorted(self._problems, key=lambda problem: problem.origin.line or 0)
        if self._left_out:
            left_out = say_many(
                "{count} more problem is not shown.",
                "{count} more problems are not shown.",
                self._left_out,
            )
            found.append(
                Problem(
                    code="list.more",
                    severity=Severity.ERROR if self._errors else Severity.HINT,
                    sentence=left_out,
                    origin=self.origin(),
                )
            )
        return tuple(found)
