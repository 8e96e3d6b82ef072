"""The exception tree, the exit statuses, and problems of an input.

Exceptions mean "this run cannot go on". What happened to one recipient is an Outcome, not an
exception; what is wrong with a row or a line is a Problem, collected until all are known.

    PressutskickError          70  a fault of ours
      Declined                  1  the person said no
      UsageError                2  flags that do not go together
      InputError               65  release, list or template invalid; carries every Problem
      InputNotFound            66  a file is missing
      RelayUnavailable         75  the relay cannot be reached; the same command goes on later
        RelaySilent            75  the relay did not answer in time
      RunOvertaken             75  a correction or a cancellation ended the run
      FileFault                73  a file or the output cannot be written
      DeliveryLogError         73  the delivery log cannot be read or written
        DispatchInProgress     75  another run holds this dispatch
      SettingsError            78  settings are wrong or missing
        TlsError               78  the relay's certificate or encryption cannot be trusted
      AuthenticationError      77  the relay refused the login
"""

import errno
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from pressutskick.sentences import Sentence, say, say_many


class ExitStatus(IntEnum):
    """What the program's exit status means (sysexits.h where it has a word for it)."""

    OK = 0
    DECLINED = 1
    USAGE = 2
    DATA = 65
    NO_INPUT = 66
    REFUSED = 69
    SOFTWARE = 70
    LOG = 73
    TEMPORARY = 75
    UNKNOWN = 76
    LOGIN = 77
    SETTINGS = 78
    INTERRUPTED = 130


class Severity(StrEnum):
    """How much a problem matters: an error stops, a warning asks, a hint tells."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where in the operator's files something stands.

    `line` counts lines of a text or rows of a table from 1 as an editor shows them; `column` is a
    table's header name. Absent parts are None.
    """

    file: str | None = None
    sheet: str | None = None
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """`file:line` as editors and terminals know it, with sheet and column where they help."""
        file = f"{self.file or '-'}[{self.sheet}]" if self.sheet else self.file
        parts = [file, None if self.line is None else str(self.line), self.column]
        return ":".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong with an input: a stable code, how bad, where, and what to do about it.

    `left_out` is set where a reader left something of the input out: what, as a counted phrase
    ("3 rows without an address"); see `omissions`.
    """

    code: str
    severity: Severity
    sentence: Sentence
    origin: Origin = Origin()
    left_out: Sentence | None = None

    def __str__(self) -> str:
        """`file:line: sentence`, in English."""
        where = str(self.origin)
        return f"{where}: {self.sentence}" if where else str(self.sentence)


class PressutskickError(Exception):
    """A run that cannot go on; carries what to tell the person, and the exit status."""

    status = ExitStatus.SOFTWARE

    def __init__(
        self, sentence: Sentence, *, remedy: Sentence | None = None, answer: str = ""
    ) -> None:
        """`remedy` is the exact next step, told on a line of its own.

        `answer` is what a server said, where one did: its words are in the sentence already.
        """
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy
        self.answer = answer

    def __str__(self) -> str:
        """What happened and the remedy, in English."""
        return f"{self.sentence} {self.remedy}" if self.remedy else str(self.sentence)


class Declined(PressutskickError):  # noqa: N818 - the person's answer is not an error
    """The person said no."""

    status = ExitStatus.DECLINED


class UsageError(PressutskickError):
    """Flags that do not go together, or an answer that only a person could give."""

    status = ExitStatus.USAGE


class InputError(PressutskickError):
    """A release, a list or a template is invalid; nothing was sent. Carries all problems."""

    status = ExitStatus.DATA

    def __init__(
        self,
        sentence: Sentence | None = None,
        *,
        problems: Iterable[Problem] = (),
        remedy: Sentence | None = None,
    ) -> None:
        """Tells `sentence`, or counts the errors among the problems where none is given."""
        self.problems = tuple(problems)
        counted = say_many(
            "{count} error stops it; nothing was sent.",
            "{count} errors stop it; nothing was sent.",
            sum(problem.severity is Severity.ERROR for problem in self.problems),
        )
        super().__init__(sentence or counted, remedy=remedy)

    def __str__(self) -> str:
        """All problems, one a line, in English."""
        return "\n".join([super().__str__(), *map(str, self.problems)])


class InputNotFound(PressutskickError):  # noqa: N818 - named after its exit status
    """What was named is not there: a file, a dispatch, a release in the log."""

    status = ExitStatus.NO_INPUT

    @classmethod
    def file(cls, name: str) -> "InputNotFound":
        """The usual case: `name` as the person wrote it."""
        return cls(say("{file}: there is no such file.", file=name))


class RelayUnavailable(PressutskickError):  # noqa: N818 - named after its exit status
    """The relay cannot be reached now; the same command goes on later."""

    status = ExitStatus.TEMPORARY


class RelaySilent(RelayUnavailable):
    """The relay did not answer in time; another try would take as long again."""


class FileFault(PressutskickError):  # noqa: N818 - the machine's fault, not ours
    """The disk, the rights or the folder do not let a file be written."""

    status = ExitStatus.LOG

    @classmethod
    def of(cls, error: OSError, file: str | None = None) -> "FileFault":
        """What the operating system said, about `file`, the one it names, or standard output."""
        file = file or error.filename
        if file is None:
            return cls(say("The output cannot be written: {reason}.", reason=reason_of(error)))
        return cls(
            say(
                "{file} cannot be read or written: {reason}.",
                file=str(file),
                reason=reason_of(error),
            )
        )


class DeliveryLogError(PressutskickError):
    """The delivery log cannot be read or written."""

    status = ExitStatus.LOG


class DispatchInProgress(DeliveryLogError):  # noqa: N818 - a state, told as such
    """Another run holds this dispatch."""

    status = ExitStatus.TEMPORARY


class RunOvertaken(PressutskickError):  # noqa: N818 - a state, told as such
    """A correction or a cancellation has asked this run to end; what was in flight is recorded."""

    status = ExitStatus.TEMPORARY


class SettingsError(PressutskickError):
    """A setting is missing or wrong; names the key and its source, never a secret's value."""

    status = ExitStatus.SETTINGS


class TlsError(SettingsError):
    """The relay's certificate or encryption cannot be trusted; nothing was sent."""


class AuthenticationError(PressutskickError):
    """The relay refused the login; never retried, so that no account is locked."""

    status = ExitStatus.LOGIN


#: What the operating system says, in words that can be translated.
_REASONS = {
    errno.ENOSPC: say("the disk is full"),
    errno.EDQUOT: say("your share of the disk is full"),
    errno.EROFS: say("the disk is write-protected"),
    errno.EACCES: say("you lack the right to do so"),
    errno.EPERM: say("you lack the right to do so"),
    errno.EISDIR: say("it is a folder"),
    errno.ENOTDIR: say("its folder is not a folder"),
    errno.ENOENT: say("there is no such file or folder"),
    errno.EEXIST: say("it is there already"),
    errno.ENAMETOOLONG: say("the name is too long"),
    errno.ENOEXEC: say("it is no program"),
    errno.EMFILE: say("too many files are open"),
    errno.EIO: say("the disk has a fault"),
    errno.EPIPE: say("the connection was cut"),
    errno.ENETDOWN: say("the network is down"),
    errno.EADDRINUSE: say("it is in use already"),
    errno.EBUSY: say("it is in use already"),
    errno.ECONNABORTED: say("the connection was cut"),
    errno.ECONNREFUSED: say("nobody answers at that port"),
    errno.ECONNRESET: say("the connection was cut"),
    errno.ETIMEDOUT: say("nobody answers"),
    errno.ENETUNREACH: say("no network leads there"),
    errno.EHOSTUNREACH: say("no network leads there"),
}


#: MAX_PATH of Windows, and what it says of a path as long as that or longer.
_MAX_PATH, _NO_PATH, _EXCEEDS_RANGE = 260, 3, 206
_NUMBER = re.compile(r"\[Errno (\d+)\]")


def reason_of(error: OSError) -> Sentence:
    """Why the operating system refused; its own English words where we have none."""
    if _is_too_long_for_windows(error):
        return say("its path is longer than the 259 characters that Windows takes")
    words = error.strerror or str(error) or type(error).__name__
    # asyncio makes one error of several attempts, with their numbers in its words only.
    several = _NUMBER.search(words) if error.errno is None else None
    number = int(several[1]) if several else error.errno
    known = _REASONS.get(number) if number is not None else None
    return known or Sentence(pattern="{words}", values={"words": words})


def _is_too_long_for_windows(error: OSError) -> bool:
    """Windows calls such a path one that is not there (ERROR_PATH_NOT_FOUND), or too long (206)."""
    code = getattr(error, "winerror", None)
    return code == _EXCEEDS_RANGE or (code == _NO_PATH and len(str(error.filename)) >= _MAX_PATH)
