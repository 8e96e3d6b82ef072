"""`preview`: exactly what each newsdesk will get, read back from the bytes that are sent."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.clock import clock_now, moment_of
from pressutskick.cli.flags.groups import spread
from pressutskick.cli.flags.meant import AlsoTo, SelectionFlags
from pressutskick.cli.flags.shared import Json, LogSandbox, Now
from pressutskick.cli.language import _, tell
from pressutskick.cli.shows.remarks import count_line, left_out_line
from pressutskick.cli.shows.screen.console import out, plain, print_json, show_problems, talk
from pressutskick.cli.shows.screen.pager import paged
from pressutskick.cli.shows.screen.waiting import tell_waiting
from pressutskick.cli.shows.voice import Voice, rehearse
from pressutskick.errors import InputNotFound, UsageError
from pressutskick.mail import is_safe_for_header
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.actions.previewing import Preview, PreviewedMessage
    from pressutskick.errors import Problem
    from pressutskick.recipients.model import Recipient
    from pressutskick.recipients.selection import Selection


class Later(StrEnum):
    """What may follow an invitation."""

    REMINDER = "reminder"
    CORRECTION = "correction"
    CANCELLATION = "cancellation"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """Which mail is meant, and when; a rehearsal has a log of its own."""

    later: Later | None
    reason: str
    now: str
    is_sandbox: bool


class PreviewPart(StrEnum):
    """What of a message is shown alone."""

    TEXT = "text"
    HTML = "html"
    SOURCE = "source"


@spread
def preview(
    file: Annotated[str, typer.Argument(help=_("The invitation: any document, or - for stdin."))],
    to: AlsoTo = None,
    as_: Annotated[
        Later | None,
        typer.Option(
            "--as",
            help=_("The mail that would follow it."),
        ),
    ] = None,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help=_("Why it is cancelled, in the mail's words."))
    ] = "",
    recipient: Annotated[
        str, typer.Option("--recipient", metavar="ADDRESS", help=_("Show this one's message."))
    ] = "",
    part: Annotated[
        PreviewPart | None,
        typer.Option("--part", help=_("Show this part alone.")),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="FOLDER", help=_("Write every message there as .eml.")),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser", help=_("Open the HTML part in the browser too."))
    ] = False,
    live: Annotated[
        bool, typer.Option("--live", help=_("On a page of the browser that follows the file."))
    ] = False,
    *,
    meant: SelectionFlags,
    sandbox: LogSandbox = False,
    now: Now = "",
    as_json: Json = False,
) -> None:
    """Shows messages; opens no connection and mails nobody."""
    from pressutskick.cli.beside import open_page, save_all

    lists = to or []
    wish = _Wish(later=as_, reason=reason, now=now, is_sandbox=sandbox)
    if live:
        if save or browser or part or as_json or file == "-":
            raise UsageError(say("--live follows a file, and goes with no other way of showing."))
        _show_live(file, lists, meant.selection, wish, recipient)
        return
    prepared = _prepare(file, lists, meant.selection, wish)
    chosen = prepared.find(recipient) if recipient else prepared.selected[0]
    sample = prepared.show(chosen)
    if save is not None:
        messages = [sample] if recipient else prepared.show_all()
        save_all((each.message for each in messages), save)
    if as_json:
        shown = [sample] if recipient else prepared.show_all()
        print_json(_as_json(prepared, sample, shown))
    elif part is not None:
        _print_part(sample, part)
    elif save is None:
        _print_all(prepared, sample, (file, lists), is_alone=bool(recipient))
    if browser:
        open_page(sample.read.page)


def _prepare(file: str, lists: list[str], selection: "Selection", wish: _Wish) -> "Preview":
    """Of a dispatch that has gone out what follows; else what would, to the lists."""
    from pressutskick.actions.following.foreseeing import preview_followup
    from pressutskick.actions.previewing import make_preview
    from pressutskick.assembly.workspace import DiskWorkspace
    from pressutskick.message.model import Purpose

    if not is_safe_for_header(wish.reason):
        raise UsageError(say("--reason takes one line of plain text."))
    settings = rehearse(command_settings(), Voice())
    workspace = DiskWorkspace(
        settings, on_wait=tell_waiting, is_sandbox=wish.is_sandbox, moment=moment_of(wish.now)
    )
    purpose = Purpose(wish.later) if wish.later else Purpose.ANNOUNCE
    if wish.later and not lists:
        return preview_followup(file, purpose, workspace, reason=wish.reason or None)
    if not lists:
        raise _ask_for_list(workspace.settings.workspace)
    if purpose is Purpose.CORRECTION:
        raise UsageError(say("A correction goes to those who got the text: leave out --to."))
    return make_preview(
        file,
        lists,
        selection,
        workspace,
        now=clock_now(wish.now),
        purpose=purpose,
        reason=wish.reason or None,
    )


def _show_live(
    file: str,
    lists: list[str],
    selection: "Selection",
    wish: _Wish,
    recipient: str,
) -> None:
    """Where the file is, what it hangs on, and how it is read anew."""
    from pressutskick.actions.opening import check_opened, open_release
    from pressutskick.cli.live import show_live
    from pressutskick.sources.documents.document import read_document
    from pressutskick.sources.lists.named import find_list

    path = Path(file)
    if not path.is_file():
        raise InputNotFound.file(file)
    workspace = command_settings().workspace

    def prepare() -> "tuple[Preview, Sequence[Problem]]":
        prepared = _prepare(file, lists, selection, wish)
        opened = open_release(read_document(file), now=clock_now(wish.now))
        found = check_opened(opened, now=clock_now(wish.now))
        return prepared, [*found, *(each for each in prepared.problems if each not in found)]

    show_live(
        prepare,
        path,
        recipient=recipient,
        beside=[find_list(name, workspace).path for name in lists],
        folders=[workspace / "templates"],
    )


def _ask_for_list(folder: Path) -> UsageError:
    """As where a flag that must stand does not."""
    from pressutskick.sources.lists.named import list_names

    names = ", ".join(list_names(folder))
    return UsageError(
        say("{name} is missing.", name="--to"),
        remedy=say("Lists in recipients/: {names}.", names=names)
        if names
        else say("For example: --to recipients/list.csv"),
    )


def _where_to_see(file: str, to: Sequence[str]) -> tuple[str, str]:
    """What was read, and the commands that tell where something was left out."""
    commands = (
        f"pressutskick read {quote(file)}",
        f"pressutskick recipients check {' '.join(map(quote, to))}",
    )
    return ", ".join([file, *to]), ", ".join(commands)


def _print_all(
    prepared: "Preview",
    sample: "PreviewedMessage",
    read: tuple[str, Sequence[str]],
    *,
    is_alone: bool,
) -> None:
    from pressutskick.cli.shows import message as messageviews
    from pressutskick.cli.shows.facts import name_field

    console = out()
    file, to = read
    # What a flag of this command does is told at once, what is in the files where they are checked.
    show_problems(each for each in prepared.problems if each.origin.file is None)
    remarks = [each for each in prepared.problems if each.origin.file and each.left_out is None]
    if (line := count_line(remarks, _where_to_see(file, to)[1])) is not None:
        talk().print(line)
    if (line := left_out_line(prepared.problems, *_where_to_see(file, to))) is not None:
        talk().print(line)
    with paged(console):
        messageviews.show_message(console, prepared, sample)
        if not is_alone:
            messageviews.show_differences(console, prepared, sample)
            messageviews.show_skipped(console, prepared)
    talk().print(plain(_("The HTML part: --browser, or --part html. All headers: --part source.")))
    for question in prepared.questions:
        asked = _("{field}: {why}", field=name_field(question.field), why=tell(question.why))
        talk().print(plain(_("To be answered before it can be sent: {what}", what=asked), "yellow"))
    if prepared.news is not None:
        talk().print(plain(tell(prepared.news), "yellow"))
    if prepared.caveat is not None:
        talk().print(plain(tell(prepared.caveat)))
    talk().print(plain(_("A preview: nobody was mailed."), "bold"))


def _print_part(sample: "PreviewedMessage", part: PreviewPart) -> None:
    """One part alone, as it is; made safe where it could steer a terminal."""
    from pressutskick.cli.shows.html import draw_html

    if part is PreviewPart.HTML:
        out().print(draw_html(sample.read.html), soft_wrap=False)
        return
    source = sample.message.content.decode("utf-8", "replace").replace("\r\n", "\n")
    text = sample.read.text if part is PreviewPart.TEXT else source
    if part is PreviewPart.TEXT and out().is_terminal:
        # A paragraph is one line of the mail; a mail program breaks it between words, and so here.
        out().print(plain(text.rstrip("\n")))
        return
    sys.stdout.write(plain(text).plain.rstrip("\n") + "\n")


def _as_json(
    prepared: "Preview", sample: "PreviewedMessage", shown: "Iterable[PreviewedMessage]"
) -> dict[str, object]:
    """The same in every language; keys are documented in docs/preview.md."""
    from pressutskick.omissions import count_omissions

    differs = prepared.differing(sample.recipient)
    return {
        "release": prepared.release.id,
        "recipients": len(prepared.selected),
        "left_out": dict(count_omissions(prepared.problems)),
        "messages": [_message_as_json(each, differs) for each in shown],
        "skipped": [
            {
                "recipient": choice.recipient.mailbox.address,
                "reason": choice.reason,
                "sentence": str(choice.sentence),
            }
            for choice in prepared.skipped
        ],
        "questions": [
            {"field": each.field, "why": str(each.why), "choices": list(each.choices)}
            for each in prepared.questions
        ],
    }


def _message_as_json(
    each: "PreviewedMessage", differs: "Callable[[Recipient], tuple[str, ...]]"
) -> dict[str, object]:
    return {
        "recipient": each.recipient.mailbox.address,
        "envelope": {
            "from": each.message.envelope.reverse_path,
            "to": each.message.envelope.forward_path,
        },
        "headers": [list(header) for header in each.read.headers],
        "text": each.read.text,
        "html": each.read.html,
        "attachments": [
            {"filename": file.filename, "media_type": file.media_type, "size": file.size}
            for file in each.read.files
        ],
        "size": each.read.size,
        "differs": list(differs(each.recipient)),
    }
