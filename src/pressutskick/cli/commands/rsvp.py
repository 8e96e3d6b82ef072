"""`rsvp`: who has answered, who comes, who came. A decline on the phone counts too."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli import completing
from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.flags.shared import Csv, Force, Json, LogSandbox
from pressutskick.cli.language import _
from pressutskick.cli.shows.screen.console import plain, print_json, talk
from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.door import AnswerDetails
from pressutskick.errors import UsageError
from pressutskick.mail import comparison_key
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.dispatch.door import DoorList
    from pressutskick.dispatch.life import Life
    from pressutskick.dispatch.log import DeliveryLog


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """An answer as it was typed."""

    answer: Answer
    source: str
    details: AnswerDetails


def rsvp(
    file: Annotated[
        str,
        typer.Argument(
            help=_("The invitation, or its id in the log."),
            autocompletion=completing.offer_releases,
        ),
    ],
    address: Annotated[str, typer.Argument(help=_("Who has answered; none lists all."))] = "",
    coming: Annotated[bool, typer.Option("--coming", help=_("They come."))] = False,
    declined: Annotated[bool, typer.Option("--declined", help=_("They do not come."))] = False,
    guests: Annotated[
        int, typer.Option("--guests", metavar="N", min=0, help=_("So many come along."))
    ] = 0,
    photographer: Annotated[
        bool, typer.Option("--photographer", help=_("One of them takes pictures."))
    ] = False,
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help=_("What else to know, for the door."))
    ] = "",
    source: Annotated[
        str, typer.Option(metavar="TEXT", help=_("How the answer came, such as telephone."))
    ] = "",
    came: Annotated[
        str,
        typer.Option(
            "--came", metavar="WHO", help=_("Tick off who came: an address, a name, a part of one.")
        ),
    ] = "",
    outlet: Annotated[
        str, typer.Option("--outlet", metavar="TEXT", help=_("Where somebody uninvited works."))
    ] = "",
    page: Annotated[
        bool, typer.Option("--print", help=_("Write a page for the door, to be printed."))
    ] = False,
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="FILE", help=_("Where the page or workbook goes.")),
    ] = "",
    as_csv: Csv = False,
    as_workbook: Annotated[
        bool, typer.Option("--xlsx", help=_("Write an Excel workbook instead of the page."))
    ] = False,
    force: Force = False,
    sandbox: LogSandbox = False,
    as_json: Json = False,
) -> None:
    """Records an answer or an arrival, or shows who comes, by outlet."""
    from pressutskick.actions.finding import find_life, require_log
    from pressutskick.assembly.workspace import DiskWorkspace
    from pressutskick.cli.shows import door as shown

    if coming and declined:
        raise UsageError(say("--coming and --declined do not go together."))
    workspace = DiskWorkspace(command_settings(), is_sandbox=sandbox)
    log = require_log(workspace)
    now = clock_now("").astimezone(dt.UTC)
    life = find_life(log, file, workspace, now=now)
    if address:
        details = AnswerDetails(guests=guests, has_photographer=photographer, note=note)
        answer = Answer.COMING if coming else Answer.DECLINED if declined else Answer.OTHER
        _note(log, life, address, _Said(answer=answer, source=source, details=details))
    if came:
        _tick(log, life, came, outlet, now)
    if not (address or came):
        door = _read(log, life)
        if as_workbook:
            content = shown.make_door_workbook(door, made_at=now)
            _write(content, output or f"door-{life.release.id}.xlsx", force=force)
        elif page or output:
            _write_page(door, life, output or f"door-{life.release.id}.html", force=force)
        elif as_json:
            print_json({"answers": _answers(door), "door": shown.door_json(door)})
        elif as_csv:
            shown.write_door_csv(door)
        else:
            shown.show_door(door)


def _read(log: "DeliveryLog", life: "Life") -> "DoorList":
    from pressutskick.dispatch.door import list_door

    release_id = life.release.id
    return list_door(
        log.correspondence(release_id), log.kept_answers(release_id), log.arrivals(release_id)
    )


def _note(log: "DeliveryLog", life: "Life", address: str, said: _Said) -> None:
    from pressutskick.cli.shows import door as shown

    release_id, key = life.release.id, comparison_key(address)
    if key not in log.correspondence(release_id):
        raise UsageError(
            say("{address} was not invited to {release}.", address=address, release=release_id),
            remedy=say("Who was: pressutskick log {release}", release=release_id),
        )
    log.note_answer(release_id, key, said.answer, source=said.source, details=said.details)
    word = shown.answer_word(said.answer)
    if said.answer is Answer.COMING:
        told = _(
            "{address}: {answer}. The reminder says that you meet.", address=address, answer=word
        )
    else:
        told = _("{address}: {answer}. No reminder goes there.", address=address, answer=word)
    talk().print(plain(told))


def _tick(log: "DeliveryLog", life: "Life", who: str, outlet: str, now: dt.datetime) -> None:
    """Whoever was invited is found by name; others are walk-ins with an outlet."""
    from pressutskick.dispatch.door import Arrival, find_invited

    found = () if outlet else find_invited(log.correspondence(life.release.id), who)
    if len(found) > 1:
        names = ", ".join(
            f"{each.name or each.desk or ''} <{each.mailbox.address}>" for each in found
        )
        raise UsageError(
            say("{who} may be several: {names}.", who=who, names=names),
            remedy=say("Name the address."),
        )
    if not found and not outlet:
        raise UsageError(
            say("Nobody of that name was invited: {who}.", who=who),
            remedy=say(
                "Whoever came all the same, run: pressutskick rsvp {release} --came NAME --outlet OUTLET",
                release=life.release.id,
            ),
        )
    arrival = Arrival(
        key=found[0].mailbox.key if found else None,
        name="" if found else who,
        outlet=outlet,
        came_at=now,
    )
    is_new = log.note_arrival(life.release.id, arrival)
    name = (found[0].name or found[0].mailbox.address) if found else f"{who}, {outlet}"
    told = _("{who} came.", who=name) if is_new else _("{who} was ticked off before.", who=name)
    talk().print(plain(told))


def _write_page(door: "DoorList", life: "Life", output: str, *, force: bool) -> None:
    from pressutskick.cli.shows import door as shown
    from pressutskick.exports.door import write_door_page
    from pressutskick.message.dates import format_when

    release = life.release
    when = format_when(release.event, release.language) if release.event else ""
    place = release.event.place if release.event else None
    text = write_door_page(
        door,
        title=release.title,
        when=", ".join(filter(None, (when, place))),
        summary=shown.summarise_door(door),
        language=release.language,
        words=shown.page_words(),
    )
    _write(text, output, force=force)


def _write(content: str | bytes, output: str, *, force: bool) -> None:
    from pressutskick.exports.private import write_private

    write_private(Path(output), content, force=force)
    if output != "-":
        talk().print(plain(_("Written: {file}", file=output)))


def _answers(door: "DoorList") -> dict[str, str]:
    return {
        row.recipient.mailbox.key: str(row.answer)
        for row in door.rows
        if row.recipient is not None and row.answer is not None
    }
