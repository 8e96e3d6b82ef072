"""What a person sees before anything is sent, and the number that must be typed."""

import datetime as dt
import email
import email.policy
from collections import Counter
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from pressutskick.actions.sending import Sending
from pressutskick.cli.flags.durations import tell_duration
from pressutskick.cli.language import _, _n, decimal, tell
from pressutskick.cli.shows.screen.console import plain
from pressutskick.cli.shows.screen.height import Room
from pressutskick.cli.shows.voice import Marked, Voice
from pressutskick.cli.typed import require_typed
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.records import DispatchKey
from pressutskick.message.model import Purpose
from pressutskick.release.zone import tell_moment
from pressutskick.sentences import Sentence, say, say_many

#: Outlets, addresses of a reason, and lines of the sample that are shown, these where none scrolls.
_OUTLETS = 5
_ADDRESSES = 2
_SAMPLE_LINES = 16
_FEW_LINES = 7

_MEGA = 1_000_000
#: Octets of a mail beyond which newsrooms' servers begin to refuse it.
_LARGE = 10 * _MEGA

#: Seconds that one message takes on one connection, where no rate says more.
_SECONDS_EACH = 0.3


def show_plan(
    sending: Sending, voice: Voice, *, through: str, largest: int = 0, is_decided: bool = False
) -> None:
    """Subject, sender, relay, who by outlet, who not and why, files, duration, and the sample.

    A screen of 80 by 24 holds it and the question. `largest` is the largest message in octets;
    `through` is empty where it goes nowhere. Where it `is_decided`, nobody reads more than a few lines.
    """
    ready = sending.plan.ready
    first = sending.write(ready[0])
    facts = Table.grid(padding=(0, 2))
    for name, value in (
        (_("Subject"), plain(first.subject)),
        (_("From"), plain(sending.messages.composition.sender)),
        *([(_("Through"), plain(through))] if through else []),
        (_("To"), plain(_tell_outlets(Counter(recipient.outlet for recipient in ready)))),
        *_named(_("Not to"), _tell_skips(sending.plan.skipped, _ADDRESSES)),
        *_attached(sending, largest),
        (_("Takes"), plain(_estimate(sending))),
    ):
        facts.add_row(plain(name, "bold"), value)
    heading = plain(_("This is what {address} gets:", address=ready[0].mailbox.address), "bold")
    room = Room(voice)
    room.show(plain(sending.order.title, "bold"))
    room.show(facts)
    room.show(heading)
    room.reserve(plain(f"{voice.mark}{_ask(len(ready))} {len(ready)}"))
    most = _FEW_LINES if is_decided else _SAMPLE_LINES if room.is_endless else None
    voice.show(_quote_sample(first.content, room, sending.order.key, most))


def _named(name: str, values: Sequence[Text]) -> list[tuple[str, Text]]:
    """Rows of which the first alone has the name."""
    names = [name, *[""] * len(values)]
    return list(zip(names, values, strict=False))


def _attached(sending: Sending, largest: int) -> list[tuple[str, Text]]:
    """The files that go with every message, each with its size; and what a mail too large meets."""
    files = [
        f"{file.filename} ({tell_size(len(file.content))})"
        for file in sending.messages.composition.files
    ]
    return _named(_("Attached"), [*map(plain, files), *_warn_of_size(largest)])


def _warn_of_size(largest: int) -> list[Text]:
    if largest <= _LARGE:
        return []
    told = _(
        "Each mail is {size}; many newsrooms take no more than {limit}. Link to the files "
        "instead, or attach smaller ones.",
        size=tell_size(largest),
        limit=tell_size(_LARGE),
    )
    return [plain(told, "yellow")]


def tell_size(octets: int) -> str:
    """A size for people: `1.2 MB`, `12 kB`; at least 1 kB."""
    if octets < _MEGA:
        return _("{n} kB", n=max(1, round(octets / 1000)))
    return _("{n} MB", n=decimal(octets / _MEGA))


def show_skips(skipped: Sequence[PlanEntry], voice: Voice) -> None:
    """Who does not get it, by reason."""
    for told in _tell_skips(skipped, _ADDRESSES):
        voice.show(plain(_("Not to"), "bold").append("  ").append_text(told))


def _tell_skips(skipped: Sequence[PlanEntry], addresses: int) -> list[Text]:
    """A text for each reason; it names at most so many addresses."""
    told = []
    by_reason: dict[str, list[PlanEntry]] = {}
    for entry in skipped:
        words = tell(entry.sentence) if entry.sentence else str(entry.reason)
        by_reason.setdefault(words, []).append(entry)
    for words, entries in by_reason.items():
        named = ", ".join(entry.recipient.mailbox.address for entry in entries[:addresses])
        more = len(entries) - addresses
        if more > 0:
            named = _("{named} and {more} more", named=named, more=more)
        line = _n(
            "{count}, {reason}: {named}",
            "{count}, {reason}: {named}",
            len(entries),
            reason=words,
            named=named,
        )
        told.append(plain(line, "yellow"))
    return told


def confirm(count: int, voice: Voice) -> None:
    """Asks for the number of recipients, typed.

    Raises:
        UsageError: nobody is there to ask.
        Declined: another answer, the end of the input, or Ctrl-C.
    """
    require_typed(
        str(count),
        voice.mark + _ask(count),
        nobody=say("Nobody is here to confirm, so nothing was sent."),
        remedy=say("Look at it with --dry-run, then run the command again with --yes."),
        declined=say("Nothing was sent."),
    )


def _ask(count: int) -> str:
    return _n(
        "Type {count} to send to that one recipient, anything else to stop:",
        "Type {count} to send to those {count} recipients, anything else to stop:",
        count,
    )


def warn_of_past(life: Life, now: dt.datetime, voice: Voice) -> None:
    """Whoever was there would read that it never was, or was to be otherwise."""
    if life.start is not None and life.start <= now:
        voice.say(
            _(
                "It began {moment}: those who were there are mailed as well.",
                moment=tell_moment(life.start),
            ),
            "yellow",
        )


def nothing_to_send(sending: Sending, voice: Voice) -> Sentence:
    """Says why nobody is left to mail."""
    plan = sending.plan
    show_skips(plan.skipped, voice)
    if plan.has_unknown:
        return say(
            "0 messages: everybody else has an outcome, but for some it is unknown. Decide with: "
            "{command}",
            command=voice.log_command(str(sending.order.key), "resolve"),
        )
    away = plan.not_chosen
    if not away:
        return say("0 messages: nobody is left who should get it.")
    return say_many(
        "0 messages: nobody is left of those chosen; {count} was not chosen.",
        "0 messages: nobody is left of those chosen; {count} were not chosen.",
        away,
    )


def _tell_outlets(counts: Counter[str | None]) -> str:
    """How many, and of which outlets: the largest by name."""
    recipients = _n("{count} recipient", "{count} recipients", counts.total())
    named = [(outlet, count) for outlet, count in counts.most_common() if outlet]
    if not named:
        return recipients
    told = [f"{outlet} {count}" for outlet, count in named[:_OUTLETS]]
    if rest := counts.total() - sum(count for _outlet, count in named[:_OUTLETS]):
        told.append(_n("{count} more", "{count} more", rest))
    return _n(
        "{recipients} at {count} outlet: {named}",
        "{recipients} at {count} outlets: {named}",
        len(named),
        recipients=recipients,
        named=", ".join(told),
    )


def _estimate(sending: Sending) -> str:
    count, options = len(sending.plan.ready), sending.options
    seconds = count * _SECONDS_EACH / options.connections
    if options.rate is None:
        return tell_duration(seconds)
    return _(
        "{duration} at {rate} a minute",
        duration=tell_duration(max(seconds, (count - 1) * 60 / options.rate)),
        rate=f"{options.rate:g}",
    )


def _quote_sample(content: bytes, room: Room, key: DispatchKey, limit: int | None) -> Marked:
    """The text part, read back from the very bytes that would be sent; as much as there is room."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    body = message.get_body(("plain",))
    lines = str(body.get_content()).rstrip().splitlines() if body else []
    most = len(lines) if limit is None else limit
    if not room.fits(_quote(lines, min(len(lines), most), "")):
        # Where there is little room, none of it is for blank lines.
        lines = [line for line in lines if line.strip()]
    count = min(len(lines), most)
    all_of_it = _("... (pressutskick preview shows all of it)")
    if key.purpose is not Purpose.ANNOUNCE:
        command = f"pressutskick preview FILE --as {key.purpose}"
        all_of_it = _("... ({command} shows all of it)", command=command)
    while count > 1 and not room.fits(_quote(lines, count, all_of_it)):
        count -= 1
    return _quote(lines, count, all_of_it)


def _quote(lines: Sequence[str], count: int, all_of_it: str) -> Marked:
    rest = [all_of_it] if count < len(lines) else []
    return Marked(plain("  | ", "dim"), plain("\n".join([*lines[:count], *rest]), "dim"))
