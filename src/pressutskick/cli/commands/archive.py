"""`archive`: the public record of a release as a sealed bag, and whether a bag is as it was sealed."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick import __version__
from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.flags.shared import Force, LogSandbox
from pressutskick.cli.language import _, _n, language_in_use, speaking, tell
from pressutskick.cli.shows.screen.console import out, plain, talk
from pressutskick.errors import ExitStatus, UsageError
from pressutskick.sentences import Sentence, say

if TYPE_CHECKING:
    from pressutskick.report.bag import Bag
    from pressutskick.report.record import Record
    from pressutskick.settings.model import Settings

#: Faults of a bag that are named.
_NAMED = 10


def archive(
    release: Annotated[
        str | None,
        typer.Argument(
            metavar="[RELEASE]", help=_("The release's file, which goes into the bag, or its id.")
        ),
    ] = None,
    output: Annotated[
        str,
        typer.Option(
            "-o", "--output", metavar="FOLDER|FILE.zip", help=_("Where the bag is written.")
        ),
    ] = "",
    reference: Annotated[
        str,
        typer.Option("--diarienummer", metavar="NUMBER", help=_("Its number in the diary.")),
    ] = "",
    without_recipients: Annotated[
        bool,
        typer.Option(
            "--without-recipients",
            help=_("A copy to hand out: nothing in it tells who the recipients are."),
        ),
    ] = False,
    verify: Annotated[
        str,
        typer.Option(
            "--verify", metavar="BAG", help=_("Check a bag: is every octet as it was sealed?")
        ),
    ] = "",
    seal: Annotated[
        str, typer.Option("--seal", metavar="SEAL", help=_("The seal that stands in the diary."))
    ] = "",
    force: Force = False,
    sandbox: LogSandbox = False,
) -> None:
    """Writes the record of a release, or checks one."""
    from pressutskick.actions.accounts.archiving import RecordRequest, gather_record
    from pressutskick.actions.accounts.reporting import find_reported
    from pressutskick.actions.finding import require_log
    from pressutskick.assembly.log import verify_delivery_log
    from pressutskick.assembly.workspace import DiskWorkspace
    from pressutskick.exports.bag import write_bag
    from pressutskick.settings.standin import with_stand_in

    if verify:
        _verify(Path(verify), seal or None)
        return
    if not (release and output and reference):
        raise UsageError(
            say("Name the release, where the bag goes, and its number in the diary."),
            remedy=say(
                "Such as: pressutskick archive RELEASE -o FILE.zip --diarienummer KS2026/00123"
            ),
        )
    settings = with_stand_in(command_settings()) if sandbox else command_settings()
    workspace = DiskWorkspace(settings, is_sandbox=sandbox)
    log = require_log(workspace, only_looks=True)
    life = find_reported(log, release, workspace, now=clock_now("").astimezone(dt.UTC))
    is_file = release != "-" and Path(release).is_file()
    request = RecordRequest(
        reference=reference,
        document=release if is_file else None,
        original=Path(release).read_bytes() if is_file else None,
        has_recipients=not without_recipients,
    )
    record = gather_record(request, life, log, workspace)
    faults = list(verify_delivery_log(settings, is_sandbox=sandbox))
    bag = pack_record(record, settings, faults)
    write_bag(bag, Path(output), force=force)
    _tell_written(bag, record, output, faults)


def pack_record(record: "Record", settings: "Settings", faults: list[Sentence]) -> "Bag":
    """The bag; its report is in the person's language, LÄSMIG.txt in both."""
    from pressutskick.exports.bag import sheet_bytes
    from pressutskick.report.bag import pack_bag
    from pressutskick.report.html import write_html
    from pressutskick.report.readme import NAME, write_readme
    from pressutskick.report.record import list_facts, name_bag

    record = replace(record, notes=(*record.notes, _judge_log(faults)))
    with speaking("sv"):
        swedish = write_readme(record, version=__version__, tell=tell)
    with speaking("en"):
        english = write_readme(record, version=__version__, tell=tell)
    payload = {
        NAME: f"{swedish}\r\n{english}".encode(),
        **record.files,
        **{sheet.path: sheet_bytes(sheet) for sheet in record.sheets},
        "report.html": write_html(record.page, language=language_in_use(), tell=tell).encode(),
    }
    return pack_bag(
        name_bag(record), payload, list_facts(record, settings.organisation, __version__)
    )


def _judge_log(faults: list[Sentence]) -> Sentence:
    """Whether the log that the record was made from was whole."""
    if not faults:
        return say("The delivery log was checked when this was made: it was whole.")
    return say("The delivery log was checked when this was made: {fault}", fault=faults[0])


def _tell_written(bag: "Bag", record: "Record", output: str, faults: list[Sentence]) -> None:
    for sentence in (*faults, *record.notes):
        talk().print(plain(tell(sentence), "yellow"))
    count = len(bag.files)
    told = _n("{count} file in {bag}.", "{count} files in {bag}.", count, bag=output)
    talk().print(plain(told))
    talk().print(plain(_("Put the seal into the diary, beside {number}:", number=record.reference)))
    out().print(plain(bag.seal))


def _verify(path: Path, seal: str | None) -> None:
    """Exit status 65 where anything is not as it was sealed."""
    from pressutskick.exports.bag import judge_standard, opened_bag, read_bag
    from pressutskick.report.bag import judge_bag

    with opened_bag(path) as folder:
        bag = read_bag(folder)
        faults = list(judge_bag(bag, seal)) or list(judge_standard(folder))
    for fault in faults[:_NAMED]:
        out().print(plain(tell(fault), "red"))
    if len(faults) > _NAMED:
        more = len(faults) - _NAMED
        out().print(plain(_n("and {count} more fault", "and {count} more faults", more), "red"))
    if faults:
        raise typer.Exit(ExitStatus.DATA)
    if seal is None:
        out().print(
            plain(_("Every octet is as the bag says. Its seal, to be compared with the diary:"))
        )
        out().print(plain(bag.seal))
    else:
        out().print(plain(_("Every octet is as it was sealed."), "green"))
