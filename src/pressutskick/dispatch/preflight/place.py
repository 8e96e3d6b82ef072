"""This machine and this workspace: settings, files, log, clock, who calls the reminders, the sign-in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pressutskick.dispatch.preflight.findings import Finding
from pressutskick.errors import ExitStatus, Severity
from pressutskick.release.zone import tell_moment
from pressutskick.sentences import Sentence, say

#: A timer that has not run for so long has stopped; one that runs once a day is well.
_SILENCE = timedelta(hours=25)


class Caller(StrEnum):
    """What calls `remind --all` on this machine."""

    CRON = "cron"
    TIMER = "timer"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """`is_env_readable`, `is_env_writable`: for others on this machine.

    `last_use` is when the log was last written to; `log_faults` is what `log verify` found.
    `offset` is how far this machine's time is from the zone of the releases. `callers` None: nobody
    could say; `last_reminding` is when somebody last called, None for never. `sign_in_ends` is when a sign-in that does not renew itself ends.
    """

    env_file: str | None = None
    is_env_readable: bool = False
    is_env_writable: bool = False
    is_writable: bool = True
    log_faults: tuple[Sentence, ...] = ()
    last_use: datetime | None = None
    offset: timedelta = timedelta(0)
    zone: str = ""
    callers: tuple[Caller, ...] | None = None
    last_reminding: datetime | None = None
    sign_in_ends: datetime | None = None


def judge_place(facts: PlaceFacts, now: datetime) -> Iterator[Finding]:
    """Every finding about machine and workspace."""
    if facts.is_env_readable or facts.is_env_writable:
        file = facts.env_file or ".env"
        yield Finding(
            code="env.writable" if facts.is_env_writable else "env.readable",
            severity=Severity.WARNING,
            sentence=say("Others on this machine can change {file}.", file=file)
            if facts.is_env_writable
            else say("Others on this machine can read {file}.", file=file),
            remedy=say("Take it from them: chmod 600 {file}", file=file),
        )
    if not facts.is_writable:
        yield Finding(
            code="workspace.write",
            severity=Severity.ERROR,
            sentence=say("The workspace cannot be written to; the log could not be kept."),
            remedy=say("Move it to a folder of your own."),
            status=ExitStatus.LOG,
        )
    for fault in facts.log_faults:
        yield Finding(
            code="log.broken",
            severity=Severity.ERROR,
            sentence=fault,
            remedy=say("What to do about it: pressutskick log verify"),
            status=ExitStatus.LOG,
        )
    yield from _judge_time(facts, now)
    yield from _judge_reminding(facts, now)
    if facts.sign_in_ends is not None and facts.sign_in_ends - now < timedelta(days=1):
        yield Finding(
            code="login.ends",
            severity=Severity.WARNING,
            sentence=say("The sign-in ends soon, and does not renew itself."),
            remedy=say("Sign in again: pressutskick login"),
        )


def _judge_reminding(facts: PlaceFacts, now: datetime) -> Iterator[Finding]:
    last = facts.last_reminding
    is_alive = last is not None and now - last < _SILENCE
    if facts.callers == () and not is_alive:
        yield Finding(
            code="timer.none",
            severity=Severity.HINT,
            sentence=say("Nothing on this machine sends reminders by itself."),
            remedy=say("The line for cron or the timer: pressutskick schedule cron"),
        )
    if facts.callers and not is_alive:
        since = say("never") if last is None else tell_moment(last)
        yield Finding(
            code="timer.silent",
            severity=Severity.HINT if last is None else Severity.WARNING,
            sentence=say(
                "The reminders have a timer, but it has not run lately: {since}.", since=since
            ),
            remedy=say("Type what it would run, and read what it says: pressutskick remind --all"),
        )


def _judge_time(facts: PlaceFacts, now: datetime) -> Iterator[Finding]:
    if facts.last_use is not None and facts.last_use > now + timedelta(minutes=1):
        yield Finding(
            code="clock.behind",
            severity=Severity.WARNING,
            sentence=say("The log was last used later than now: this computer's clock is wrong."),
            remedy=say("Let the computer set its clock by itself."),
        )
    if facts.offset:
        yield Finding(
            code="zone.other",
            severity=Severity.HINT,
            sentence=say(
                "This computer's time is {n} h from Swedish time; times in releases are Swedish.",
                n=round(facts.offset.total_seconds() / 3600),
            ),
            remedy=say("Cron goes by the computer's time: mind it where you name a clock."),
        )
