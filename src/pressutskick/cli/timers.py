"""What makes a machine call `remind --all`: a crontab line, systemd units, launchd, a Windows task.

Pure text. Workspace and environment are spelled out, because such a call has neither the folder nor
the variables of the person who set it up; each value is quoted for its reader. Secrets are not
among them: a crontab and a task list can be read by others.
"""

import plistlib
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from xml.etree import ElementTree

from pressutskick.cli.language import _
from pressutskick.errors import UsageError
from pressutskick.sentences import say
from pressutskick.settings.workspace import PREFIX

#: Minutes between two calls; a reminder is due for at least half an hour.
EVERY = 10
SECRETS = frozenset({f"{PREFIX}SMTP_PASSWORD", f"{PREFIX}IMAP_PASSWORD"})
#: When the mailbox is read: before the reminders of the next call, which need the answers.
BETWEEN = f"{EVERY // 2}-59/{EVERY}"
_TASK_SCHEMA = "http://schemas.microsoft.com/windows/2004/02/mit/task"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: the program's words, its folder, and the environment that it needs."""

    words: tuple[str, ...]
    workspace: PurePath
    environment: Mapping[str, str]


def gather_environment(environ: Mapping[str, str], language: str) -> dict[str, str]:
    """Our settings that stand in the environment and not in `.env`; never a secret.

    The search path goes along where a command fetches a secret. Control characters in a value
    would become another line or another command.

    Raises:
        UsageError: a value holds one.
    """
    found = {
        key: value
        for key, value in sorted(environ.items())
        if key.startswith(PREFIX) and key not in SECRETS
    }
    found[f"{PREFIX}LANGUAGE"] = language
    if "PATH" in environ and any(key.endswith("_COMMAND") for key in environ):
        found["PATH"] = environ["PATH"]
    for key, value in found.items():
        _check(key, value)
    return found


def _check(name: str, value: str) -> None:
    if re.search(r"[\x00-\x1f\x7f]", value):
        raise UsageError(
            say("{name} holds a control character and cannot be written down.", name=name)
        )


def crontab_line(call: Call, minutes: str = f"*/{EVERY}") -> str:
    """One line for `crontab -e` (Debian's cron, cronie, busybox): the shell is /bin/sh.

    `%` ends the command in a crontab and must be escaped, inside quotes too.
    """
    _check("workspace", str(call.workspace))
    settings = [f"{key}={shlex.quote(value)}" for key, value in call.environment.items()]
    command = " ".join([*settings, shlex.join(call.words)])
    line = f"cd {shlex.quote(str(call.workspace))} && {command}"
    return f"{minutes} * * * * " + line.replace("%", r"\%")


def systemd_units(call: Call) -> Mapping[str, str]:
    """File name -> text of a service and its timer, which catches up after a pause (Persistent)."""
    _check("workspace", str(call.workspace))
    settings = [
        f"Environment={_quote_unit(f'{key}={value}')}" for key, value in call.environment.items()
    ]
    service = [
        "[Unit]",
        "Description=" + _("pressutskick: send what is due"),
        "After=network-online.target",
        "",
        "[Service]",
        "Type=oneshot",
        f"WorkingDirectory={_escape_percent(str(call.workspace))}",
        *settings,
        f"ExecStart={' '.join(_quote_unit(word, is_command=True) for word in call.words)}",
    ]
    timer = [
        "[Unit]",
        "Description=" + _("pressutskick: look every ten minutes what is due"),
        "",
        "[Timer]",
        f"OnCalendar=*:0/{EVERY}",
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]
    return {
        "pressutskick.service": "\n".join(service) + "\n",
        "pressutskick.timer": "\n".join(timer) + "\n",
    }


def _escape_percent(text: str) -> str:
    """`%` begins a specifier in a unit file."""
    return text.replace("%", "%%")


def _quote_unit(text: str, *, is_command: bool = False) -> str:
    """Double quotes as systemd.syntax(7) reads them; `$` only means something in a command."""
    quoted = _escape_percent(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted.replace("$", "$$") if is_command else quoted}"'


def launchd_agent(call: Call) -> str:
    """A property list for `~/Library/LaunchAgents` of macOS (launchd.plist(5)).

    Calendar times and no interval: what was missed in sleep is made up for on waking.

    Raises:
        UsageError: a value holds a control character.
    """
    _check("workspace", str(call.workspace))
    agent = {
        "Label": "pressutskick",
        "ProgramArguments": list(call.words),
        "WorkingDirectory": str(call.workspace),
        "EnvironmentVariables": dict(call.environment),
        "StartCalendarInterval": [{"Minute": minute} for minute in range(0, 60, EVERY)],
    }
    return plistlib.dumps(agent, sort_keys=False).decode("utf-8")


def windows_task(call: Call, *, user: str) -> str:
    """A task for `schtasks /Create /XML` (Microsoft's Task Scheduler Schema, version 1.2).

    It runs for `user` (`DOMAIN\\name`) on battery too, makes up for what was missed, and needs nobody
    to be logged on: without the last a reminder would wait for whoever has the window open. Pure
    ASCII and without a word about its encoding, so that it may be saved in any.

    Raises:
        UsageError: a value holds a character that cannot be kept from cmd.exe.
    """
    task = ElementTree.Element("Task", version="1.2", xmlns=_TASK_SCHEMA)
    for path, text in {
        "RegistrationInfo/Description": _("pressutskick: send what is due"),
        "Triggers/TimeTrigger/Repetition/Interval": f"PT{EVERY}M",
        "Triggers/TimeTrigger/StartBoundary": "2026-01-01T00:00:00",
        "Principals/Principal/UserId": user,
        "Principals/Principal/LogonType": "S4U",
        "Principals/Principal/RunLevel": "LeastPrivilege",
        "Settings/MultipleInstancesPolicy": "IgnoreNew",
        "Settings/DisallowStartIfOnBatteries": "false",
        "Settings/StopIfGoingOnBatteries": "false",
        "Settings/StartWhenAvailable": "true",
        "Settings/ExecutionTimeLimit": "PT2H",
        "Actions/Exec/Command": "cmd.exe",
        "Actions/Exec/Arguments": _cmd_arguments(call),
        "Actions/Exec/WorkingDirectory": str(call.workspace),
    }.items():
        _put(task, path, text)
    ElementTree.indent(task)
    written: str = ElementTree.tostring(task, encoding="us-ascii").decode("ascii")
    return f"{written}\n"


def _put(task: ElementTree.Element, path: str, text: str) -> None:
    """`text` at `path` below the task; what is missing on the way is made, in order."""
    place = task
    for name in path.split("/"):
        found = place.find(name)
        place = ElementTree.SubElement(place, name) if found is None else found
    place.text = text


def _cmd_arguments(call: Call) -> str:
    """Sets the environment, which a task has no place for, and runs the program.

    With /s cmd.exe takes off the outer quotation marks and leaves all others alone.
    """
    _check("workspace", str(call.workspace))
    parts = [
        f"set {_quote_windows(key, f'{key}={value}')}" for key, value in call.environment.items()
    ]
    words = (
        _quote_windows("command", word) if re.search(r"[^\w.:\\/-]", word) else word
        for word in call.words
    )
    parts.append(" ".join(words))
    return f'/d /s /c "{" && ".join(parts)}"'


def _quote_windows(name: str, text: str) -> str:
    if re.search(r'["%!]', text):
        raise UsageError(
            say("{name} holds a character that Windows' command line would interpret.", name=name),
            remedy=say("Put the settings into .env and the workspace into a folder near the root."),
        )
    return f'"{text}"'


def find_program(which: str | None, python: str) -> Sequence[str]:
    """The program as an absolute path, or Python and the module where it is not on the path."""
    return (which,) if which else (python, "-m", "pressutskick")
