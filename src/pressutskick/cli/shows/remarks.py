"""Problems of an input as a person reads them: the grave ones first, what was left out on one line."""

from collections.abc import Iterable, Sequence

from rich.text import Text

from pressutskick.cli.language import _, _n, tell
from pressutskick.cli.shows.screen.console import plain
from pressutskick.errors import Problem, Severity
from pressutskick.omissions import sum_up


def warnings(problems: Iterable[Problem]) -> list[Problem]:
    """Those that a person who is about to send must see one by one; what was left out is not."""
    return [
        each for each in problems if each.severity is Severity.WARNING and each.left_out is None
    ]


def count_line(problems: Sequence[Problem], command: str) -> Text | None:
    """How many remarks there are on what a person has seen before, and the command that shows them."""
    count = len(warnings(problems))
    if not count:
        return None
    told = _n("{count} remark: {command}", "{count} remarks: {command}", count, command=command)
    return plain(told, "dim")


def left_out_line(problems: Iterable[Problem], name: str, command: str) -> Text | None:
    """Everything that readers left out of `name`, and the command that tells where; None if nothing."""
    whole = sum_up(problems)
    if whole is None:
        return None
    told = _("{file}: {what}. See where: {command}", file=name, what=tell(whole), command=command)
    return plain(told, "yellow")
