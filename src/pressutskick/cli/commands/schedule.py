"""`schedule`: what goes out when; and the lines that make a machine do it."""

import datetime as dt
import getpass
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

from pressutskick.cli.context import command_settings, global_flags
from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.flags.shared import Json, LogSandbox, Now
from pressutskick.cli.language import _, choose_language, tell
from pressutskick.cli.shows.screen.console import out, plain, print_json, print_table, talk
from pressutskick.cli.tree import App
from pressutskick.release.zone import ZONE

if TYPE_CHECKING:
    from pressutskick.cli import timers
    from pressutskick.dispatch.life import Upcoming
    from pressutskick.settings.model import Settings

app = App(subcommand_metavar="[COMMAND]")


@app.callback(invoke_without_command=True)
def show_schedule(
    ctx: typer.Context,
    sandbox: LogSandbox = False,
    now: Now = "",
    as_json: Json = False,
) -> None:
    """Lists reminders and what was recorded for later, with the local time and its zone."""
    from pressutskick.actions.finding import require_workspace
    from pressutskick.actions.following.reminding import foresee
    from pressutskick.actions.following.upcoming import Rules
    from pressutskick.assembly.workspace import DiskWorkspace
    from pressutskick.dispatch.life import Upcoming, list_upcoming

    if ctx.invoked_subcommand is not None:
        return
    workspace = DiskWorkspace(command_settings(), is_sandbox=sandbox)
    require_workspace(workspace)
    upcoming: tuple[Upcoming, ...] = ()
    if workspace.has_log():
        log = workspace.look_into_log()
        found = list_upcoming(log.lives(), clock_now(now).astimezone(dt.UTC))
        upcoming = tuple(foresee(each, log, Rules()) for each in found)
    if as_json:
        print_json({"upcoming": [_as_json(each) for each in upcoming]})
    elif upcoming:
        _show_table(upcoming)
    else:
        talk().print(plain(_("Nothing is scheduled.")))


def _zone(each: "Upcoming") -> ZoneInfo:
    event = each.life.release.event
    return ZoneInfo(event.timezone) if event is not None else ZONE


def _show_table(upcoming: "tuple[Upcoming, ...]") -> None:
    from rich.table import Table

    from pressutskick.cli.shows.words import purpose_word

    table = Table(box=None, padding=(0, 2))
    for heading in (_("When"), _("What"), _("Invitation"), _("State")):
        table.add_column(heading, overflow="fold")
    for each in upcoming:
        table.add_row(
            _tell_time(each),
            purpose_word(each.key.purpose),
            plain(f"{each.life.release.title} ({each.key.release_id})"),
            plain(_tell_state(each)),
        )
    print_table(table)


def _tell_time(each: "Upcoming") -> str:
    return f"{each.at.astimezone(_zone(each)):%Y-%m-%d %H:%M %Z}"


def _tell_state(each: "Upcoming") -> str:
    from pressutskick.dispatch.reminders.times import ReminderState, explain

    told = tell(explain(each.state))
    if each.time is None or not each.time.is_moved or each.state is ReminderState.NEVER:
        return told
    planned = f"{each.time.planned.astimezone(_zone(each)):%Y-%m-%d %H:%M}"
    return _("{state}; moved from {planned}", state=told, planned=planned)


def _as_json(each: "Upcoming") -> dict[str, str]:
    return {
        "at": each.at.astimezone(_zone(each)).isoformat(),
        "until": each.last.astimezone(_zone(each)).isoformat(),
        "zone": _zone(each).key,
        "dispatch": str(each.key),
        "purpose": str(each.key.purpose),
        "title": each.life.release.title,
        "state": str(each.state),
    }


@app.command(help=_("Print the line for crontab -e."))
def cron() -> None:
    """The crontab line on stdout, what to do with it on stderr; one more reads the mailbox."""
    from pressutskick.cli import timers

    out().print(plain(timers.crontab_line(_make_call())), soft_wrap=True)
    if command_settings().imap_host is not None:
        reading = timers.crontab_line(_make_call("inbox"), timers.BETWEEN)
        out().print(plain(reading), soft_wrap=True)
    talk().print(plain(_("Add this line with: crontab -e"), "dim"))


@app.command(help=_("Print a systemd service and its timer."))
def systemd() -> None:
    """Both unit files on stdout, each below its name."""
    from pressutskick.cli import timers

    folder = "~/.config/systemd/user"
    for name, text in timers.systemd_units(_make_call()).items():
        out().print(plain(f"# {folder}/{name}\n{text}"), soft_wrap=True)
    talk().print(
        plain(_("Put both files there, then: systemctl --user enable --now pressutskick.timer"))
    )


@app.command(help=_("Print an agent for launchd, on a Mac."))
def launchd() -> None:
    """The property list on stdout, what to do with it on stderr."""
    from pressutskick.cli import timers

    out().print(plain(timers.launchd_agent(_make_call())), soft_wrap=True, end="")
    told = _(
        "Save it as ~/Library/LaunchAgents/pressutskick.plist; then: launchctl bootstrap "
        "gui/$(id -u) ~/Library/LaunchAgents/pressutskick.plist. A workspace in Documents or on "
        "the desktop needs Full Disk Access for the program, in the privacy settings."
    )
    talk().print(plain(told, "dim"))


@app.command(help=_("Print a task for Windows' Task Scheduler (XML)."))
def windows() -> None:
    """The task on stdout, what to do with it on stderr."""
    from pressutskick.cli import timers

    user = "\\".join(filter(None, (os.environ.get("USERDOMAIN"), getpass.getuser())))
    out().print(plain(timers.windows_task(_make_call(), user=user)), soft_wrap=True, end="")
    told = _(
        "Save it as pressutskick.xml; then, in a command prompt that was opened as administrator: "
        "schtasks /Create /TN pressutskick /XML pressutskick.xml"
    )
    talk().print(plain(told, "dim"))


def _make_call(*command: str) -> "timers.Call":
    from pressutskick.cli import timers

    flags = global_flags()
    settings = command_settings()
    _warn_of_secret(settings)
    words = [
        *timers.find_program(shutil.which("pressutskick"), sys.executable),
        *(command or ("remind", "--all")),
    ]
    if flags.env_file:
        words += ["--env-file", str(Path(flags.env_file).absolute())]
    language = choose_language(flags.language, os.environ)
    return timers.Call(
        words=tuple(words),
        workspace=settings.workspace.absolute(),
        environment=timers.gather_environment(os.environ, language),
    )


def _warn_of_secret(settings: "Settings") -> None:
    """A password that only this shell knows would be missing at night."""
    from pressutskick.settings.workspace import PREFIX

    if any(f"{PREFIX}SMTP_PASSWORD" == key for key in os.environ) and settings.smtp_password:
        talk().print(
            plain(
                _("PRESSUTSKICK_SMTP_PASSWORD is not written down here; put it into .env."), "bold"
            )
        )
