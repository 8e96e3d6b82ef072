"""The clock of a command: `--now`, or the machine's.

The only place in `cli` that reads the time; everything below gets it passed in.
"""

import datetime as dt

from pressutskick.errors import UsageError
from pressutskick.release.zone import ZONE
from pressutskick.sentences import say


def parse_now(text: str) -> dt.datetime:
    """`2026-03-01`, `2026-03-01T08:00`, with or without an offset -> an aware moment.

    A date alone is its first moment; a time without offset is Swedish wall clock.

    Raises:
        UsageError: the text is no ISO 8601 date or time.
    """
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(
            say("--now takes a date or a time such as 2026-03-01T08:00, not {text}.", text=text)
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def clock_now(flag: str) -> dt.datetime:
    """What `--now` says, or this moment where it is empty."""
    if flag:
        return parse_now(flag)
    # Its module loads asyncio, which a command with --now does without.
    from pressutskick.transports.clock import SystemClock

    return SystemClock().now().astimezone(ZONE)


def moment_of(flag: str) -> dt.datetime | None:
    """The moment that `--now` names; None where it is empty."""
    return parse_now(flag) if flag else None


def parse_at(text: str, now: dt.datetime) -> dt.datetime:
    """When to send later: `2026-12-01 07:00`, Swedish wall clock unless it has an offset.

    Raises:
        UsageError: no time, in the past, or a wall clock that summer time skips or repeats.
    """
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(
            say("--at takes a time such as 2026-12-01T07:00, not {text}.", text=text)
        ) from error
    if moment.tzinfo is None:
        moment = _on_the_wall(moment, text)
    if moment <= now:
        raise UsageError(say("--at {text} is in the past.", text=text))
    return moment


def _on_the_wall(moment: dt.datetime, text: str) -> dt.datetime:
    first, second = (moment.replace(tzinfo=ZONE, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    back = first.astimezone(dt.UTC).astimezone(ZONE).replace(tzinfo=None)
    if back != moment:
        raise UsageError(
            say("The clocks are put forward then, so that {text} does not exist.", text=text)
        )
    raise UsageError(
        say("The clocks are put back then, so that {text} comes twice.", text=text),
        remedy=say(
            "Say which: {first} or {second}.", first=first.isoformat(), second=second.isoformat()
        ),
    )
