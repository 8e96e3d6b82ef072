"""Whether all newsrooms were told at the same time: first and last minute, and whose turn it was."""

import datetime as dt
from collections import Counter

from pressutskick.message.model import Purpose
from pressutskick.report.ledger import DispatchFigures, Ledger
from pressutskick.report.page import Coded, Column, Row, Section, Table
from pressutskick.sentences import Sentence, say, say_many

#: Lengths of the bars' stretches of time, seconds; so many bars at most.
_STRETCHES = (1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400)
_BARS = 15
#: Of a dispatch that went on for longer than that, days that are shown.
_LONGEST = 200


def tell_fairness(ledger: Ledger) -> Section | None:
    """When the mail servers took the invitations; None before they took any."""
    announced = [each for each in ledger.dispatches if each.record.key.purpose is Purpose.ANNOUNCE]
    if not announced or announced[0].first is None or announced[0].last is None:
        return None
    figures = announced[0]
    firsts = sorted(each.first for each in ledger.outlets.values() if each.first is not None)
    rows: list[Row] = [
        (Coded(code="first", words=say("the first mail was accepted")), figures.first),
        (Coded(code="every_outlet", words=say("every outlet had its first")), firsts[-1]),
        (Coded(code="last", words=say("the last mail was accepted")), figures.last),
    ]
    moments = Table(
        code="moments",
        caption=say("The first and the last minute of the invitation"),
        columns=(
            Column.of("what", say("What")),
            Column.of("when", say("When")),
        ),
        rows=tuple(rows),
    )
    return Section(
        heading=say("All at the same time"),
        words=(_tell_turns(ledger),),
        tables=(moments, _draw_time(figures)),
    )


def _tell_turns(ledger: Ledger) -> Sentence:
    outlets = say_many("{count} outlet", "{count} outlets", len(ledger.outlets))
    if not ledger.out_of_turn:
        return say(
            "The {outlets} took turns: none had a second mail before every other one had a first. "
            "Which of them began was drawn by lot.",
            outlets=outlets,
        )
    return say_many(
        "The {outlets} took turns, but for {count} mail that was added after the others.",
        "The {outlets} took turns, but for {count} mails that were added after the others.",
        ledger.out_of_turn,
        outlets=outlets,
    )


def _draw_time(figures: DispatchFigures) -> Table:
    """How many mails were accepted in each stretch of time; empty ones between are there too."""
    first, last = min(figures.seconds), max(figures.seconds)
    length = next(
        (each for each in _STRETCHES if last // each - first // each < _BARS), _STRETCHES[-1]
    )
    counts: Counter[int] = Counter()
    for second, count in figures.seconds.items():
        counts[second // length] += count
    rows: list[Row] = [
        (dt.datetime.fromtimestamp(number * length, dt.UTC), counts[number])
        for number in range(first // length, min(last // length, first // length + _LONGEST) + 1)
    ]
    return Table(
        code="pace",
        drawn=1,
        caption=say_many(
            "Mails accepted, in steps of {count} second",
            "Mails accepted, in steps of {count} seconds",
            length,
        ),
        columns=(
            Column.of("from", say("From")),
            Column.of("mails", say("Mails")),
        ),
        rows=tuple(rows),
    )
