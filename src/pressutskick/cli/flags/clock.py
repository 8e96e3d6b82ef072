"""The clock of a command: `--now`, or the machine's.

The only place in `cli` that reads the time; everything below gets it passed in.
"""

import datetime as dt
from contextlib import suppress
from typing import TYPE_CHECKING

from pressutskick.errors import UsageError
from pressutskick.release.zone import ZONE
from pressutskick.sentences import Sentence, say

if TYPE_CHECKING:
    from pressutskick.reading.asking.spoken import Spoken


def parse_now(text: str, present: dt.datetime | None = None) -> dt.datetime:
    """`2026-03-01`, `2026-03-01T08:00`, `fredag 08:00`, `9 december` -> an aware moment.

    A day alone is its first moment; a time without offset is Swedish wall clock. `present` is the
    moment from which a day without its year is counted.

    Raises:
        UsageError: the text is no date or time.
    """
    moment = _parse_iso(text)
    if moment is not None:
        return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
    spoken = _understand(text, present or _machine_now(), "--now")
    today = (present or _machine_now()).date()
    clock = spoken.clock or dt.time()
    meant = dt.datetime.combine(spoken.day or today, clock, tzinfo=ZONE)
    _show_meant(text, meant)
    return meant


def _machine_now() -> dt.datetime:
    # Its module loads asyncio, which a command with --now does without.
    from pressutskick.transports.clock import SystemClock

    return SystemClock().now().astimezone(ZONE)


def clock_now(flag: str) -> dt.datetime:
    """What `--now` says, or this moment where it is empty."""
    return parse_now(flag) if flag else _machine_now()


def moment_of(flag: str) -> dt.datetime | None:
    """The moment that `--now` names; None where it is empty."""
    return parse_now(flag) if flag else None


def parse_at(text: str, now: dt.datetime) -> dt.datetime:
    """When to send later: `2026-12-01 07:00`, `fredag 07:00`, `07:00`.

    Swedish wall clock unless it has an offset.

    Raises:
        UsageError: no time, in the past, or a wall clock that summer time skips or repeats.
    """
    moment = _parse_iso(text)
    if moment is None:
        spoken = _understand(text, now, "--at")
        if spoken.clock is None:
            raise UsageError(
                say("--at {text}: a clock is missing.", text=text),
                remedy=say("Write it after the day, as in {text} 07:00.", text=text),
            )
        moment = _on_the_wall(spoken.moment(now), text)
        _show_meant(text, moment)
    elif moment.tzinfo is None:
        moment = _on_the_wall(moment, text)
    if moment <= now:
        raise UsageError(say("--at {text} is in the past.", text=text))
    return moment


def parse_day(text: str, flag: str) -> dt.date:
    """`2026-12-31`, `31 december`, `fredag`: a day, in the past only where its year says so.

    Raises:
        UsageError: it is none.
    """
    with suppress(ValueError):
        return dt.date.fromisoformat(text.strip())
    spoken = _understand(text, _machine_now(), flag)
    if spoken.day is None:
        raise _no_time(flag, text)
    _show_meant(text, spoken.day)
    return spoken.day


def _parse_iso(text: str) -> dt.datetime | None:
    with suppress(ValueError):
        return dt.datetime.fromisoformat(text.strip())
    return None


def _understand(text: str, now: dt.datetime, flag: str) -> "Spoken":
    from pressutskick.checks.days import weekday_word
    from pressutskick.reading.asking.spoken import WrongDayError, understand

    try:
        return understand(text, now.date())
    except WrongDayError as error:
        raise UsageError(
            say(
                "{flag} {text}: {day} is a {weekday}.",
                flag=flag,
                text=text,
                day=error.day.isoformat(),
                weekday=weekday_word(error.day),
            )
        ) from error
    except ValueError as error:
        raise _no_time(flag, text) from error


def _no_time(flag: str, text: str) -> UsageError:
    return UsageError(
        say(
            "{flag} takes a day or a time such as 2026-12-01T07:00, 9/12 or imorgon 07:00, not {text}.",
            flag=flag,
            text=text,
        )
    )


def _show_meant(text: str, meant: dt.date | dt.datetime) -> None:
    """What was made of words that could have meant another year or week."""
    from pressutskick.cli.language import tell
    from pressutskick.cli.shows.screen.console import plain, talk

    talk().print(plain(f"{text}: {tell(tell_meant(meant))}", "dim"))


def tell_meant(meant: dt.date | dt.datetime) -> Sentence:
    """`Wednesday 2026-12-09 07:00`."""
    from pressutskick.checks.days import weekday_word

    clock = f" {meant:%H:%M}" if isinstance(meant, dt.datetime) else ""
    return say("{weekday} {day}", weekday=weekday_word(meant), day=f"{meant:%Y-%m-%d}{clock}")


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
