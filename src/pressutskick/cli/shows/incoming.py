"""What came back: as a table, as one line, as JSON, and the questions about it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.table import Table

from pressutskick.actions.collecting import Collected
from pressutskick.cli.language import _, _n, tell
from pressutskick.cli.shows.screen.console import out, plain, print_table, talk
from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.incoming import IncomingRecord
from pressutskick.replies.reading import OUTLOOK_FILE
from pressutskick.replies.verdict import Attendance, ReplyKind, Verdict

_STYLES = {ReplyKind.BOUNCE: "red", ReplyKind.OPT_OUT: "yellow", ReplyKind.ABSENCE: "yellow"}


def kind_word(kind: ReplyKind) -> str:
    """What such a mail is called."""
    words = {
        ReplyKind.BOUNCE: _("came back"),
        ReplyKind.DELAY: _("delayed"),
        ReplyKind.SUCCESS: _("delivered"),
        ReplyKind.RECEIPT: _("read receipt"),
        ReplyKind.ABSENCE: _("absent"),
        ReplyKind.ANSWER: _("answer"),
        ReplyKind.CALENDAR: _("calendar's answer"),
        ReplyKind.OPT_OUT: _("wants no more"),
        ReplyKind.QUESTION: _("to be read"),
        ReplyKind.OTHER: _("nothing of ours"),
    }
    return words[kind]


def show_collected(collected: Sequence[Collected]) -> None:
    """A line for each that is new, then what they are together; nothing where nothing came."""
    told = [each for each in collected if each.is_new and each.verdict.reason is not OUTLOOK_FILE]
    if told:
        print_table(_table(told))
    summary = summarise([each for each in collected if each.reply is not None and each.is_new])
    if summary:
        out().print(plain(f"inbox: {summary}", "bold"))
    elif out().is_terminal:
        talk().print(plain(_("Nothing new about any mail of ours.")))
    unread = sum(each.verdict.reason is OUTLOOK_FILE for each in collected)
    if unread:
        talk().print(
            plain(
                _n(
                    "{count} Outlook file (.msg) could not be read; save the mail as .eml.",
                    "{count} Outlook files (.msg) could not be read; save the mails as .eml.",
                    unread,
                )
            )
        )


def _table(told: Sequence[Collected]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in (_("What"), _("Who"), _("Words")):
        table.add_column(plain(heading), overflow="fold")
    for each in told:
        verdict = each.verdict
        kind = verdict.kind if each.mail is not None else ReplyKind.OTHER
        who = each.mail.key if each.mail is not None else ", ".join(verdict.addresses)
        table.add_row(
            plain(kind_word(kind), _STYLES.get(kind, "")),
            plain(who or each.name),
            plain(tell_verdict(verdict), "dim"),
        )
    return table


def tell_verdict(verdict: Verdict) -> str:
    """The words, and what of them matters most."""
    absence = verdict.absence
    if absence is None:
        return verdict.words[:200] or tell(verdict.reason)
    facts = [
        _("has left") if absence.has_left else "",
        _("back {day}", day=absence.back.isoformat()) if absence.back else "",
        _("instead: {address}", address=absence.deputy) if absence.deputy else "",
    ]
    return "; ".join(filter(None, (*facts, verdict.words[:120])))


def summarise(collected: Sequence[Collected]) -> str:
    """`3 came back, 2 absent, 4 answers (3 coming), 1 wants no more`; empty for none."""
    counts = Counter(each.verdict.kind for each in collected)
    answers = counts[ReplyKind.ANSWER] + counts[ReplyKind.CALENDAR]
    coming = sum(each.verdict.attendance is Attendance.COMING for each in collected)
    parts = [
        _n("{count} came back", "{count} came back", counts[ReplyKind.BOUNCE]),
        _n("{count} delayed", "{count} delayed", counts[ReplyKind.DELAY]),
        _n("{count} absent", "{count} absent", counts[ReplyKind.ABSENCE]),
        _n(
            "{count} answer ({coming} coming)",
            "{count} answers ({coming} coming)",
            answers,
            coming=coming,
        ),
        _n("{count} wants no more", "{count} want no more", counts[ReplyKind.OPT_OUT]),
        _n("{count} to be read", "{count} to be read", counts[ReplyKind.QUESTION]),
        _n("{count} receipt", "{count} receipts", counts[ReplyKind.RECEIPT]),
        _n("{count} delivered", "{count} delivered", counts[ReplyKind.SUCCESS]),
    ]
    numbers = (
        *(counts[ReplyKind.BOUNCE], counts[ReplyKind.DELAY], counts[ReplyKind.ABSENCE], answers),
        *(counts[ReplyKind.OPT_OUT], counts[ReplyKind.QUESTION]),
        *(counts[ReplyKind.RECEIPT], counts[ReplyKind.SUCCESS]),
    )
    return ", ".join(part for part, number in zip(parts, numbers, strict=True) if number)


def show_left(proposals: Sequence[IncomingRecord]) -> None:
    """How many decisions wait for a person."""
    if proposals:
        told = _n(
            "{count} to be decided: run pressutskick inbox in a terminal.",
            "{count} to be decided: run pressutskick inbox in a terminal.",
            len(proposals),
        )
        talk().print(plain(told))


def proposal_lines(record: IncomingRecord) -> Iterator[str]:
    """Who, from where, in which words; and where the address stands."""
    recipient = record.recipient
    name = recipient.name if recipient else None
    outlet = recipient.outlet if recipient else None
    yield "  ".join(filter(None, (kind_word(record.kind), record.key, name, outlet)))
    said = str(record.reply) if record.reply is not None else record.words
    if said:
        yield f"“{said}”"
    if record.absence is not None and record.absence.deputy:
        yield _("instead: {address}", address=record.absence.deputy)
    place = str(recipient.origin) if recipient else ""
    if place and record.attendance is None:
        yield _("in the list: {place}", place=place)


def question_of(record: IncomingRecord) -> str:
    """What a yes lets happen."""
    if record.attendance is Answer.COMING:
        return _("Note that they come?")
    if record.attendance is Answer.DECLINED:
        return _("Note that they do not come?")
    if record.attendance is Answer.OTHER:
        return _("Note that they have answered, so that no reminder goes there?")
    return _("Mail nothing more to {address}?", address=record.key)


def collected_json(each: Collected) -> dict[str, object]:
    """A mail for programs; the same in every language."""
    verdict, mail = each.verdict, each.mail
    reason = str(verdict.reason)
    return {
        "file": each.name,
        "kind": verdict.kind.value,
        "addresses": list(verdict.addresses),
        "status": str(verdict.status) if verdict.status else None,
        "is_permanent": verdict.is_permanent,
        "delivery": f"{mail.dispatch}/{mail.key}" if mail else None,
        "is_ours": mail is not None,
        "reason": f"{reason}: {verdict.words}" if verdict.words else reason,
    }
