"""`send`: from file and list to accepted messages, once each (the walk of DESIGN section 3)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

import typer

from pressutskick.assembly.log import (
    database_path,
    look_into_delivery_log,
    open_delivery_log,
)
from pressutskick.assembly.login import require_sign_in
from pressutskick.assembly.relay import open_transport
from pressutskick.cli.flags import sending as flag
from pressutskick.cli.flags.clock import ZONE, clock_now, moment_of, parse_at
from pressutskick.cli.flags.durations import parse_duration
from pressutskick.cli.flags.groups import spread
from pressutskick.cli.flags.meant import SelectionFlags, ToLists
from pressutskick.cli.flags.run import Manner, RunFlags
from pressutskick.cli.language import _, tell
from pressutskick.cli.preparation import Request, prepare
from pressutskick.cli.sending import Sending, render_all, run_sending
from pressutskick.cli.shows.outcome import earlier_status, exit_status, show_result, write_json
from pressutskick.cli.shows.plan import confirm, nothing_to_send, show_plan
from pressutskick.cli.shows.progress import observe
from pressutskick.cli.shows.voice import Voice
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.records import DispatchState
from pressutskick.errors import ExitStatus, SettingsError
from pressutskick.message.model import EMBARGO_MARK
from pressutskick.sentences import say
from pressutskick.settings.model import Settings, SmtpSecurity


@spread
def send(
    file: Annotated[str, typer.Argument(help=_("The invitation: any document, or - for stdin."))],
    to: ToLists,
    *,
    chosen: SelectionFlags,
    test_to: flag.TestTo = None,
    accept_edit: flag.AcceptEdit = False,
    at: flag.At = "",
    embargoed: flag.Embargoed = False,
    approved: flag.Approved = False,
    run: RunFlags,
) -> None:
    """Sends an invitation to each recipient of the lists, once; again, it goes on."""
    settings, manner = run.read_settings(), run.manner

    def open_log() -> DeliveryLog:
        if run.dry_run:
            moment = moment_of(run.now)
            return look_into_delivery_log(settings, is_sandbox=run.sandbox, moment=moment)
        if not (at or database_path(settings, is_sandbox=run.sandbox).exists()):
            # A log begun now would hold nothing: without a mail server nobody can be mailed.
            tell_relay(settings, is_sandbox=run.sandbox)
        return open_delivery_log(settings, is_sandbox=run.sandbox, moment=moment_of(run.now))

    sending = prepare(
        Request(
            file=file,
            lists=tuple(to),
            selection=chosen.selection,
            now=run.now,
            retry_for=parse_duration(run.retry_for, "--retry-for"),
            wait=parse_duration(run.wait, "--wait").total_seconds(),
            accepts_edit=accept_edit,
            at=parse_at(at, clock_now(run.now)) if at else None,
            is_embargoed=embargoed,
            needs_approval=approved,
        ),
        settings,
        open_log,
        manner.voice,
    )
    if test_to is not None and not run.dry_run:
        from pressutskick.cli.sample import send_sample

        tell_relay(settings, is_sandbox=run.sandbox)
        transport = open_transport(settings, is_sandbox=run.sandbox)
        raise typer.Exit(send_sample(sending, test_to, transport, manner.voice))
    if not (run.dry_run or accept_edit or at):
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
    largest = render_all(sending)
    through = tell_relay(settings, is_sandbox=manner.is_sandbox, is_dry=manner.is_dry)
    if not manner.is_sandbox:
        warn_of_readers(settings, manner.voice)
    show_plan(sending, manner.voice, through=through, largest=largest)
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
        result = run_sending(sending, transport, observer)
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
    largest = render_all(sending)
    clock = f"{at.astimezone(ZONE):%Y-%m-%d %H:%M %Z}"
    show_plan(
        sending,
        manner.voice,
        through=_(
            "{remind}, at {clock}", remind=manner.voice.command("remind", "--all"), clock=clock
        ),
        largest=largest,
    )
    if manner.is_dry:
        manner.voice.say(_("A dry run: nothing was recorded."), "bold")
        write_json(sending, None, is_wanted=manner.is_json, is_sandbox=manner.is_sandbox)
        return ExitStatus.OK
    if not manner.is_confirmed:
        confirm(len(sending.plan.ready), manner.voice)
    attached = [
        replace(file, filename=file.filename.removeprefix(EMBARGO_MARK))
        for file in sending.messages.composition.files
        if not file.media_type.startswith("text/calendar")
    ]
    sending.log.schedule(sending.order, sending.plan.entries, attached)
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


def warn_of_readers(settings: Settings, voice: Voice) -> None:
    """Says so where others on this machine can read a password in the `.env`."""
    has_secret = any(
        ("PASSWORD" in key or "SECRET" in key) and not key.endswith("_COMMAND")
        for key in settings.env_keys
    )
    if has_secret and settings.exposure.is_readable:
        told = _(
            "{file} holds a password, and others on this machine can read it. "
            "Make it yours alone: chmod 600 {file}",
            file=settings.env_file,
        )
        voice.say(told, "yellow")


def tell_relay(settings: Settings, *, is_sandbox: bool, is_dry: bool = False) -> str:
    """Which way the messages go.

    Raises:
        SettingsError: no relay is configured, and one is needed.
        AuthenticationError: the settings want a sign-in, and nobody is signed in.
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
    if not is_dry:
        require_sign_in(settings)
    is_clear = settings.smtp_security is SmtpSecurity.NONE
    encryption = _("unencrypted") if is_clear else settings.smtp_security.value
    return f"{settings.smtp_host}:{settings.smtp_port} ({encryption})"


def _tell_nothing(sending: Sending, manner: Manner) -> ExitStatus:
    status = earlier_status(sending)
    # What a person must look at is told with `--quiet` too.
    voice = replace(manner.voice, is_quiet=manner.voice.is_quiet and status is ExitStatus.OK)
    voice.say(tell(nothing_to_send(sending, voice)), "bold")
    write_json(sending, None, is_wanted=manner.is_json, is_sandbox=manner.is_sandbox, status=status)
    return status
