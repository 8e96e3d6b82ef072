"""What a person sees before anything is sent, and the number that must be typed."""

import email
import email.policy
from collections import Counter
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from pressutskick.actions.sending import Sending
from pressutskick.cli.flags.durations import tell_duration
from pressutskick.cli.language import _, _n, decimal, tell
from pressutskick.cli.shows.console import plain
from pressutskick.cli.shows.height import Room
from pressutskick.cli.shows.voice import Marked, Voice
from pressutskick.cli.typed import require_typed
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.records import DispatchKey
from pressutskick.message.model import Purpose
from pressutskick.sentences import Sentence, say, say_many

#: Outlets, addresses of a reason, and lines of the sample that are shown.
_OUTLETS = 12
_ADDRESSES = 5
_SAMPLE_LINES = 16

_MEGA = 1_000_000
#: Octets of a mail beyond which newsrooms' servers begin to refuse it.
_LARGE = 10 * _MEGA

#: Seconds that one message takes on one connection, where no rate says more.
_SECONDS_EACH = 0.3


def show_plan(sending: Sending, voice: Voice, *, through: str, largest: int = 0) -> None:
    """Subject, sender, relay, counts by outlet, files, skips with reasons, duration, one sample.

    `largest` is the largest message in octets.
    """
    ready = sending.plan.ready
    first = sending.write(ready[0])
    outlets = Counter(recipient.outlet for recipient in ready)
    facts = Table.grid(padding=(0, 2))
    for name, value in (
        (_("Subject"), first.subject),
        (_("From"), str(sending.messages.composition.sender)),
        (_("Through"), through),
        (_("To"), _count_recipients(outlets)),
        (_("Takes"), _estimate(sending)),
        *_attached(sending),
    ):
        facts.add_row(plain(name, "bold"), plain(value))
    heading = plain(_("This is what {address} gets:", address=ready[0].mailbox.address), "bold")
    room = Room(voice)
    room.show(plain(sending.order.title, "bold"))
    room.show(facts)
    room.reserve(heading, plain(f"{_ask(len(ready))} {len(ready)}"))
    skips = _tell_skips(sending.plan.skipped, _ADDRESSES)
    if not room.fits(*skips, share=1 / 3):
        skips = _tell_skips(sending.plan.skipped, 1)
    warnings = _warn_of_size(largest)
    room.reserve(*skips, *warnings)
    room.show(_outlet_table(outlets, room.count(_OUTLETS, share=1 / 2)))
    for line in (*skips, *warnings):
        voice.show(line)
    voice.show(heading)
    voice.show(_quote_sample(first.content, room, sending.order.key))


def _attached(sending: Sending) -> list[tuple[str, str]]:
    """A row for each file that goes with every message: its name and its size."""
    files = sending.messages.composition.files
    names = [_("Attached"), *[""] * len(files)]
    return [
        (name, f"{file.filename} ({tell_size(len(file.content))})")
        for name, file in zip(names, files, strict=False)
    ]


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
    for skip in _tell_skips(skipped, _ADDRESSES):
        voice.show(skip)


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
            "{count} skipped, {reason}: {named}",
            "{count} skipped, {reason}: {named}",
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


def _count_recipients(counts: Counter[str | None]) -> str:
    outlets = sum(1 for outlet in counts if outlet)
    recipients = _n("{count} recipient", "{count} recipients", counts.total())
    if not outlets:
        return recipients
    return _n(
        "{recipients} at {count} outlet",
        "{recipients} at {count} outlets",
        outlets,
        recipients=recipients,
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


def _outlet_table(counts: Counter[str | None], most: int) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2))
    table.add_column(justify="right")
    table.add_column()
    for outlet, count in counts.most_common(most):
        table.add_row(str(count), plain(outlet or _("(no outlet)")))
    if len(counts) > most:
        rest = counts.total() - sum(count for _o, count in counts.most_common(most))
        table.add_row(str(rest), plain(_("at other outlets"), "dim"))
    return table


def _quote_sample(content: bytes, room: Room, key: DispatchKey) -> Marked:
    """The text part, read back from the very bytes that would be sent; as much as there is room."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    body = message.get_body(("plain",))
    lines = str(body.get_content()).rstrip().splitlines() if body else []
    if not room.fits(_quote(lines, min(len(lines), _SAMPLE_LINES), "")):
        # Where there is little room, none of it is for blank lines.
        lines = [line for line in lines if line.strip()]
    count = min(len(lines), _SAMPLE_LINES)
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
