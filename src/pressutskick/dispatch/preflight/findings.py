"""A finding of `doctor`: how bad it is, why, who can mend it, and what a dispatch would end with."""

from collections.abc import Iterable
from dataclasses import dataclass

from pressutskick.dispatch.signin.refusals import Desk
from pressutskick.errors import ExitStatus, Severity
from pressutskick.sentences import Sentence

#: Which status stands for all, where several errors would each stop a dispatch.
_ORDER = (ExitStatus.LOG, ExitStatus.SETTINGS, ExitStatus.LOGIN, ExitStatus.TEMPORARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`code` is stable. `wish` is what a letter to `desk` asks for; None where no letter helps.

    `answer` is what a server said, where one did. `status` is told for errors only.
    """

    code: str
    severity: Severity
    sentence: Sentence
    remedy: Sentence | None = None
    desk: Desk = Desk.YOU
    wish: Sentence | None = None
    answer: str = ""
    status: ExitStatus = ExitStatus.SETTINGS


def exit_status(findings: Iterable[Finding]) -> ExitStatus:
    """0 where nothing would stop a dispatch or lose it."""
    found = {each.status for each in findings if each.severity is Severity.ERROR}
    return next((status for status in _ORDER if status in found), ExitStatus.OK)
