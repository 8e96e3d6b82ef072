"""Problems of an input as a person reads them: the grave ones first, what was left out on one line."""

from collections.abc import Iterable

from rich.text import Text

from pressutskick.cli.language import _, tell
from pressutskick.cli.shows.console import plain
from pressutskick.errors import Problem, Severity
from pressutskick.omissions import sum_up

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.HINT)


def warnings(problems: Iterable[Problem]) -> list[Problem]:
    """Those that a person who is about to send must see one by one; what was left out is not."""
    return [
        each for each in problems if each.severity is Severity.WARNING and each.left_out is None
    ]


def by_severity(problems: Iterable[Problem]) -> list[Problem]:
    """The errors, then the warnings, then the hints, each in the order of the file."""
    return sorted(problems, key=lambda each: _ORDER.index(each.severity))


def left_out_line(problems: Iterable[Problem], name: str, command: str) -> Text | None:
    """Everything that readers left out of `name`, and the command that tells where; None if nothing."""
    whole = sum_up(problems)
    if whole is None:
        return None
    told = _("{file}: {what}. See where: {command}", file=name, what=tell(whole), command=command)
    return plain(told, "yellow")
