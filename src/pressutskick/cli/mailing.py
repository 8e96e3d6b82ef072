"""One dispatch before a person's eyes: shown, asked about, sent, told.

Everything is known and nothing is sent before the person has said yes.
"""

from collections.abc import Callable
from dataclasses import replace

from pressutskick.actions.announcing import record_for_later
from pressutskick.actions.sending import (
    Sending,
    Watch,
    exit_status,
    render_all,
    run_sending,
)
from pressutskick.actions.workspace import Workspace
from pressutskick.assembly.examining import free_problems
from pressutskick.cli.beside import show_beside
from pressutskick.cli.flags.run import RunMode
from pressutskick.cli.language import _, tell
from pressutskick.cli.shows.outcome import show_result, write_json
from pressutskick.cli.shows.plan import confirm, nothing_to_send, show_plan
from pressutskick.cli.shows.screen.progress import observe
from pressutskick.cli.shows.voice import Voice
from pressutskick.cli.signals import stop_on_signals
from pressutskick.errors import ExitStatus
from pressutskick.release.zone import ZONE, tell_moment
from pressutskick.settings.model import Settings, SmtpSecurity


def mail(
    sending: Sending,
    workspace: Workspace,
    mode: RunMode,
    *,
    before_sending: Callable[[], None] | None = None,
) -> ExitStatus:
    """Shows, asks, sends, tells. `before_sending` is called once the person has said yes."""
    if not sending.plan.ready:
        return _tell_nothing(sending, mode)
    largest = render_all(sending)
    if not mode.is_dry:
        workspace.require_relay()
    if not mode.is_sandbox:
        _warn_of_readers(workspace.settings, mode.voice)
    show_plan(
        sending,
        mode.voice,
        through=_tell_relay(workspace),
        largest=largest,
        is_decided=mode.is_confirmed and not mode.is_dry,
    )
    mode.voice.show_problems(sending.cautions)
    if not mode.is_sandbox:
        mode.voice.show_problems(free_problems(workspace.settings, workspace.now(), ZONE))
    if mode.is_dry:
        show_beside(sending, mode)
        mode.voice.say(_("A dry run: no connection was opened, nobody was mailed."), "bold")
        mode.voice.end()
        write_json(sending, None, is_wanted=mode.is_json, is_sandbox=mode.is_sandbox)
        return ExitStatus.OK
    if not mode.is_confirmed:
        confirm(len(sending.plan.ready), mode.voice)
    if before_sending is not None:
        before_sending()
    with observe(
        len(sending.plan.ready), is_quiet=mode.voice.is_quiet, is_verbose=mode.is_verbose
    ) as observer:
        result = run_sending(sending, workspace, Watch(observer=observer, stopping=stop_on_signals))
    show_result(sending, result, mode.voice)
    write_json(sending, result, is_wanted=mode.is_json, is_sandbox=mode.is_sandbox)
    return exit_status(sending, result)


def mail_later(sending: Sending, mode: RunMode) -> ExitStatus:
    """Shows, asks, and writes the dispatch into the log; `remind --all` sends it when it is due."""
    at = sending.order.send_at
    if at is None or not sending.plan.ready:
        return _tell_nothing(sending, mode)
    largest = render_all(sending)
    clock, remind = tell_moment(at), mode.voice.command("remind", "--all")
    through = _("{remind}, at {clock}", remind=remind, clock=clock)
    show_plan(sending, mode.voice, through=through, largest=largest)
    mode.voice.show_problems(sending.cautions)
    if mode.is_dry:
        show_beside(sending, mode)
        mode.voice.say(_("A dry run: nothing was recorded."), "bold")
    else:
        if not mode.is_confirmed:
            confirm(len(sending.plan.ready), mode.voice)
        record_for_later(sending)
        told = _(
            "Recorded for {clock}. It goes out then if this machine calls {remind}. What goes out "
            "when: {schedule}",
            clock=clock,
            remind=remind,
            schedule=mode.voice.command("schedule"),
        )
        mode.voice.say(told, "bold")
    mode.voice.end()
    write_json(sending, None, is_wanted=mode.is_json, is_sandbox=mode.is_sandbox)
    return ExitStatus.OK


def _warn_of_readers(settings: Settings, voice: Voice) -> None:
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


def _tell_relay(workspace: Workspace) -> str:
    """Which way the messages go; a rehearsal has told that before."""
    settings = workspace.settings
    if workspace.is_rehearsal:
        return ""
    if settings.smtp_host is None:
        return _("no mail server is configured yet")
    is_clear = settings.smtp_security is SmtpSecurity.NONE
    encryption = _("unencrypted") if is_clear else settings.smtp_security.value
    return f"{settings.smtp_host}:{settings.smtp_port} ({encryption})"


def _tell_nothing(sending: Sending, mode: RunMode) -> ExitStatus:
    status = exit_status(sending, None)
    # What a person must look at is told with `--quiet` too.
    voice = replace(mode.voice, is_quiet=mode.voice.is_quiet and status is ExitStatus.OK)
    voice.say(tell(nothing_to_send(sending, voice)), "bold")
    voice.end()
    write_json(sending, None, is_wanted=mode.is_json, is_sandbox=mode.is_sandbox)
    return status
