"""`send`: from file and list to accepted messages, once each (the walk of DESIGN section 3)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from pressutskick.assembly import make_relay_address, open_delivery_log, open_transport
from pressutskick.cli import sendflags as flag
from pressutskick.cli.clock import ZONE, clock_now, moment_of, parse_at
from pressutskick.cli.confirmation import confirm, nothing_to_send, show_plan
from pressutskick.cli.context import global_flags
from pressutskick.cli.durations import parse_duration
from pressutskick.cli.flags import (
    Exclude,
    Limit,
    NotTags,
    Only,
    Outlets,
    PerOutlet,
    Tags,
    ToLists,
    selection_of,
)
from pressutskick.cli.language import _, tell
from pressutskick.cli.outcome import exit_status, show_result, write_json
from pressutskick.cli.preparation import Request, prepare
from pressutskick.cli.progress import observe
from pressutskick.cli.sending import Sending, render_all, run_sending
from pressutskick.cli.voice import Voice
from pressutskick.deliverylog.files import store_files
from pressutskick.dispatch.records import DispatchState
from pressutskick.errors import ExitStatus, SettingsError, UsageError
from pressutskick.message.model import EMBARGO_MARK
from pressutskick.sentences import say
from pressutskick.settings import Settings, read_settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How this command goes about it, apart from what is sent to whom."""

    is_dry: bool
    is_sandbox: bool
    is_confirmed: bool
    is_json: bool
    is_verbose: bool
    voice: Voice


def send(
    file: Annotated[str, typer.Argument(help=_("The invitation: any document, or - for stdin."))],
    to: ToLists,
    tag: Tags = None,
    not_tag: NotTags = None,
    outlet: Outlets = None,
    only: Only = None,
    exclude: Exclude = None,
    per_outlet: PerOutlet = None,
    limit: Limit = None,
    dry_run: flag.DryRun = False,
    yes: flag.Yes = False,
    test_to: flag.TestTo = None,
    sandbox: flag.Sandbox = False,
    rate: flag.Rate = None,
    connections: flag.Connections = None,
    workers: flag.Workers = 1,
    retry_for: flag.RetryFor = "30m",
    wait: flag.Wait = "0",
    accept_edit: flag.AcceptEdit = False,
    at: flag.At = "",
    embargoed: flag.Embargoed = False,
    approved: flag.Approved = False,
    now: flag.Now = "",
    as_json: flag.Json = False,
    quiet: flag.Quiet = False,
    verbose: flag.Verbose = False,
) -> None:
    """Sends an invitation to each recipient of the lists, once; again, it goes on."""
    if now and not (dry_run or sandbox):
        raise UsageError(
            say("--now is for rehearsals: use it with --dry-run or --sandbox."),
            remedy=say("A real send always goes by the machine's clock."),
        )
    if workers > 1 and sandbox:
        raise UsageError(
            say("--workers is for a real mail server: the sandbox is one process."),
            remedy=say("Leave one of the two out."),
        )
    settings = read_settings(
        env_file=global_flags().env_file,
        flags={
            key: str(value)
            for key, value in {"RATE": rate, "CONNECTIONS": connections}.items()
            if value is not None
        },
    )
    manner = Manner(
        is_dry=dry_run,
        is_sandbox=sandbox,
        is_confirmed=yes,
        is_json=as_json,
        is_verbose=verbose,
        voice=Voice(is_quiet=quiet, is_sandbox=sandbox),
    )
    sending = prepare(
        Request(
            file=file,
            lists=tuple(to),
            selection=selection_of(
                tag=tag,
                not_tag=not_tag,
                outlet=outlet,
                only=only,
                exclude=exclude,
                per_outlet=per_outlet,
                limit=limit,
            ),
            now=now,
            retry_for=parse_duration(retry_for, "--retry-for"),
            wait=parse_duration(wait, "--wait").total_seconds(),
            accepts_edit=accept_edit,
            at=parse_at(at, clock_now(now)) if at else None,
            is_embargoed=embargoed,
            needs_approval=approved,
            workers=workers,
        ),
        settings,
        open_delivery_log(settings, is_sandbox=sandbox, moment=moment_of(now)),
        manner.voice,
    )
    if test_to is not None and not dry_run:
        from pressutskick.cli.sample import send_sample

        tell_relay(settings, is_sandbox=sandbox)
        transport = open_transport(settings, is_sandbox=sandbox)
        raise typer.Exit(send_sample(sending, test_to, transport, manner.voice))
    if not (dry_run or accept_edit or at):
        note_steering(sending)
    if at:
        raise typer.Exit(record_for_later(sending, manner))
    raise typer.Exit(walk(sending, settings, manner))


def walk(
    sending: Sending,
    settings: Settings,
    manner: Manner,
    *,
    before_sending: Callable[[], None] | None = None,
) -> ExitStatus:
    """Shows, asks, sends, tells; everything is known and nothing is sent before.

    `before_sending` is called once the person has said yes.
    """
    if not sending.plan.ready:
        return _tell_nothing(sending, manner)
    render_all(sending)
    through = tell_relay(settings, is_sandbox=manner.is_sandbox, is_dry=manner.is_dry)
    show_plan(sending, manner.voice, through=through)
    if manner.is_dry:
        manner.voice.say(_("A dry run: no connection was opened, nobody was mailed."), "bold")
        write_json(sending, None, is_wanted=manner.is_json, is_sandbox=manner.is_sandbox)
        return ExitStatus.OK
    if not manner.is_confirmed:
        confirm(len(sending.plan.ready), manner.voice)
    if before_sending is not None:
        before_sending()
    with (
        observe(
            len(sending.plan.ready),
            is_quiet=manner.voice.is_quiet,
            is_verbose=manner.is_verbose,
        ) as observer,
        open_transport(settings, is_sandbox=manner.is_sandbox) as transport,
    ):
        address = make_relay_address(settings) if sending.workers > 1 else None
        result = run_sending(sending, transport, observer, address=address)
    show_result(sending, result, manner.voice)
    write_json(sending, result, is_wanted=manner.is_json, is_sandbox=manner.is_sandbox)
    return exit_status(sending, result)


def note_steering(sending: Sending) -> None:
    """Puts changed reminders on record where nobody is left to mail.

    Only what steers us can differ here: another text was refused before.
    """
    record = sending.log.find(sending.order.key)
    if record is None or record.state is not DispatchState.OPEN or sending.plan.ready:
        return
    known = sending.log.snapshot(record.id)
    if known is not None and known.release != sending.order.snapshot.release:
        with sending.log.begin(sending.order, (), wait=sending.wait):
            """Beginning writes the snapshot; nobody is mailed."""


def record_for_later(sending: Sending, manner: Manner) -> ExitStatus:
    """Shows, asks, and writes the dispatch into the log; `remind --all` sends it when it is due."""
    at = sending.order.send_at
    if at is None or not sending.plan.ready:
        return _tell_nothing(sending, manner)
    render_all(sending)
    clock = f"{at.astimezone(ZONE):%Y-%m-%d %H:%M %Z}"
    show_plan(
        sending,
        manner.voice,
        through=_(
            "{remind}, at {clock}", remind=manner.voice.command("remind", "--all"), clock=clock
        ),
    )
    if manner.is_dry:
        manner.voice.say(_("A dry run: nothing was recorded."), "bold")
        write_json(sending, None, is_wanted=manner.is_json, is_sandbox=manner.is_sandbox)
        return ExitStatus.OK
    if not manner.is_confirmed:
        confirm(len(sending.plan.ready), manner.voice)
    dispatch_id = sending.log.schedule(sending.order, sending.plan.entries)
    attached = [
        replace(file, filename=file.filename.removeprefix(EMBARGO_MARK))
        for file in sending.messages.composition.files
        if not file.media_type.startswith("text/calendar")
    ]
    store_files(sending.log, dispatch_id, attached)
    manner.voice.say(
        _(
            "Recorded for {clock}. It goes out then if this machine calls {remind}. What goes out "
            "when: {schedule}",
            clock=clock,
            remind=manner.voice.command("remind", "--all"),
            schedule=manner.voice.command("schedule"),
        ),
        "bold",
    )
    write_json(sending, None, is_wanted=manner.is_json, is_sandbox=manner.is_sandbox)
    return ExitStatus.OK


def tell_relay(settings: Settings, *, is_sandbox: bool, is_dry: bool = False) -> str:
    """Which way the messages go.

    Raises:
        SettingsError: no relay is configured, and one is needed.
    """
    if is_sandbox:
        return _("the sandbox on this machine; messages are kept in outbox/")
    if settings.smtp_host is None:
        if is_dry:
            return _("no mail server is configured yet")
        raise SettingsError(
            say("No mail server is configured: PRESSUTSKICK_SMTP_HOST is empty."),
            remedy=say(
                "Set it in .env, or run: pressutskick init. To rehearse without one, add --sandbox."
            ),
        )
    return f"{settings.smtp_host}:{settings.smtp_port} ({settings.smtp_security})"


def _tell_nothing(sending: Sending, manner: Manner) -> ExitStatus:
    has_unknown = sending.plan.has_unknown
    # What a person must decide is told with `--quiet` too.
    voice = replace(manner.voice, is_quiet=manner.voice.is_quiet and not has_unknown)
    voice.say(tell(nothing_to_send(sending, voice)), "bold")
    write_json(sending, None, is_wanted=manner.is_json, is_sandbox=manner.is_sandbox)
    return ExitStatus.UNKNOWN if has_unknown else ExitStatus.OK
