"""What a preview looks like: one message drawn with Rich, and how the others differ from it."""

from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from pressutskick.actions.previewing import Preview, PreviewedMessage
from pressutskick.cli.language import _, _n, decimal, tell
from pressutskick.cli.shows.screen.console import plain
from pressutskick.mail import Language
from pressutskick.message.dates import format_moment, format_when
from pressutskick.message.wire.readback import shorten
from pressutskick.recipients.model import Recipient
from pressutskick.release.model import Release, Session
from pressutskick.release.zone import ZONE

#: Recipients whose differences are listed; the rest are counted.
_LISTED = 200
#: Characters of a subject that a phone shows, more or less.
_PHONE = 40
#: The others are for programs; `--part source` shows them.
_HEADERS = ("Reply-To", "To", "Subject", "Date", "Message-ID", "In-Reply-To")
#: Columns at most: longer lines are hard to read, and no mail program makes them.
_WIDTH = 100


def name_recipient(recipient: Recipient) -> str:
    """`Anna Berg <anna@posten.example>, Posten`."""
    parts = [str(recipient.mailbox), recipient.outlet]
    return ", ".join(part for part in parts if part)


def _print(console: Console, drawing: RenderableType) -> None:
    """Prints with lines folded, also where stdout is a file: a panel would be cut off."""
    console.print(drawing, soft_wrap=False, width=min(console.width, _WIDTH))


def show_message(console: Console, preview: Preview, shown: PreviewedMessage) -> None:
    """What an inbox shows, headers, facts, the text and files of one message; each word once."""
    title = _(
        "Message {number} of {count}: {who}",
        number=preview.selected.index(shown.recipient) + 1,
        count=len(preview.selected),
        who=name_recipient(shown.recipient),
    )
    _print(console, plain(title, "bold"))
    _print(console, Panel(_draw_inbox(shown), title=plain(_("In the inbox")), title_align="left"))
    _print(console, _draw_headers(shown))
    facts = _draw_facts(preview.release)
    if facts.row_count:
        _print(console, Panel(facts, title=plain(_("Facts")), title_align="left"))
    _print(
        console,
        Panel(plain(shown.read.text.strip("\n")), title=plain(_("Text part")), title_align="left"),
    )
    if shown.read.files:
        _print(
            console, Panel(_draw_files(shown), title=plain(_("Attachments")), title_align="left")
        )


def _draw_inbox(shown: PreviewedMessage) -> Group:
    """Sender and date, the subject as a phone cuts it, and the line beside it."""
    sender = shown.read.header("From").rpartition(" <")[0] or shown.read.header("From")
    date = shown.read.header("Date").rpartition(":")[0]
    subject = shown.read.header("Subject")
    seen = shorten(subject, _PHONE)
    return Group(
        plain(f"{sender.strip(chr(34))}, {date}"),
        plain(seen, "bold"),
        plain(shown.read.preview_line, "dim"),
    )


def _grid(rows: Iterable[tuple[str, Text]]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in rows:
        table.add_row(plain(label, "bold"), value)
    return table


def _draw_headers(shown: PreviewedMessage) -> Group:
    envelope = shown.message.envelope
    paths = [
        (_("envelope from"), plain(envelope.reverse_path)),
        (_("envelope to"), plain(envelope.forward_path)),
    ]
    headers = [(name, plain(value)) for name, value in shown.read.headers if name in _HEADERS]
    size = [(_("size"), plain(_("{count} octets", count=shown.read.size)))]
    return Group(_grid([*paths, *headers, *size]), Text())


def _draw_facts(release: Release) -> Table:
    event, rsvp, language = release.event, release.rsvp, release.language
    facts: list[tuple[str, str | None]] = [(_("title"), release.title)]
    embargo = format_moment(release.embargo.astimezone(ZONE), language) if release.embargo else None
    facts.append((_("embargo"), embargo))
    if event is not None:
        facts += [(_("when"), format_when(event, language)), (_("where"), event.place)]
        facts += [(_("gathering place"), event.gathering), (_("link"), event.online)]
        facts += [(_("session"), _tell_session(each, language)) for each in event.sessions]
    if rsvp is not None:
        ways = ", ".join(way for way in (rsvp.name, *rsvp.phones, rsvp.email, rsvp.url) if way)
        deadline = format_moment(rsvp.deadline, language) if rsvp.deadline else None
        facts += [(_("registration"), ways), (_("deadline"), deadline)]
    facts += [(_("speaker"), _join(each.name, each.title)) for each in release.speakers]
    facts += [
        (_("contact"), _join(each.name, *each.phones, *each.emails)) for each in release.contacts
    ]
    return _grid([(label, plain(value)) for label, value in facts if value])


def _tell_session(session: Session, language: Language) -> str:
    return _join(format_when(session, language), session.title, session.place)


def _join(*words: str | None) -> str:
    return ", ".join(word for word in words if word)


def _draw_files(shown: PreviewedMessage) -> Table:
    rows = [
        (file.filename, plain(f"{file.media_type}, {_describe_size(file.size)}"))
        for file in shown.read.files
    ]
    return _grid(rows)


def _describe_size(octets: int) -> str:
    return f"{decimal(octets / 2**20)} MB" if octets >= 2**20 else f"{max(octets // 1024, 1)} kB"


def show_differences(console: Console, preview: Preview, sample: PreviewedMessage) -> None:
    """Who else gets a message, and what stands in it that does not in the one shown."""
    others = [each for each in preview.selected if each != sample.recipient]
    if others:
        title = plain(_("What the others get instead"), "bold")
        table = Table(title=title, title_justify="left", show_edge=False, box=None)
        table.add_column(plain(_("recipient")), overflow="fold")
        table.add_column(plain(_("differs in")), overflow="fold")
        differs = preview.differing(sample.recipient)
        for recipient in others[:_LISTED]:
            told = differs(recipient)
            words = " / ".join(told) or _("nothing but address and opt-out")
            table.add_row(plain(name_recipient(recipient)), plain(words, "" if told else "dim"))
        _print(console, table)
    beyond = len(others) - _LISTED
    if beyond > 0:
        _print(console, plain(_n("and {count} more", "and {count} more", beyond), "dim"))


def show_skipped(console: Console, preview: Preview) -> None:
    """Who gets nothing, and why."""
    if not preview.skipped:
        return
    title = plain(_("Who gets nothing"), "bold")
    table = Table(title=title, title_justify="left", show_edge=False, box=None, show_header=False)
    for choice in preview.skipped:
        reason = tell(choice.sentence) if choice.sentence is not None else ""
        table.add_row(plain(name_recipient(choice.recipient)), plain(reason))
    _print(console, table)
