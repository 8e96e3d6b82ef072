"""What makes a machine call `remind --all`: a crontab line, systemd units, a Windows task.

Pure text. Workspace and environment are spelled out, because such a call has neither the folder nor
the variables of the person who set it up; each value is quoted for its reader. Secrets are not
among them: a crontab and a task list can be read by others.
"""

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from pressutskick.cli.language import _
from pressutskick.errors import UsageError
from pressutskick.sentences import say
from pressutskick.settings.workspace import PREFIX

#: Minutes between two calls; a reminder is due for at least half an hour.
EVERY = 10
SECRETS = frozenset({f"{PREFIX}SMTP_PASSWORD"})
#: Longest command that Windows' task list takes.
LONGEST_TASK = 261


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


def crontab_line(call: Call) -> str:
    """One line for `crontab -e` (Debian's cron, cronie, busybox): the shell is /bin/sh.

    `%` ends the command in a crontab and must be escaped, inside quotes too.
    """
    _check("workspace", str(call.workspace))
    settings = [f"{key}={shlex.quote(value)}" for key, value in call.environment.items()]
    command = " ".join([*settings, shlex.join(call.words)])
    line = f"cd {shlex.quote(str(call.workspace))} && {command}"
    return f"*/{EVERY} * * * * " + line.replace("%", r"\%")


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


def windows_task(call: Call) -> str:
    """The `schtasks` command, for cmd.exe.

    Raises:
        UsageError: a value holds a character that cannot be kept from cmd.exe, or all is too long.
    """
    parts = [f"cd /d {_quote_windows('workspace', str(call.workspace))}"]
    for key, value in call.environment.items():
        parts.append(f"set {_quote_windows(key, f'{key}={value}')}")
    words = (
        _quote_windows("command", word) if re.search(r"[^\w.:\\/-]", word) else word
        for word in call.words
    )
    parts.append(" ".join(words))
    task = "cmd /c " + " && ".join(parts)
    if len(task) > LONGEST_TASK:
        raise UsageError(
            say(
                "A scheduled task of Windows holds at most {limit} characters; this one has {length}.",
                limit=LONGEST_TASK,
                length=len(task),
            ),
            remedy=say("Put the settings into .env and the workspace into a folder near the root."),
        )
    command = (
        "schtasks",
        "/Create",
        "/TN",
        "pressutskick",
        "/SC",
        "MINUTE",
        "/MO",
        str(EVERY),
        "/TR",
    )
    return f'{" ".join(command)} "{_escape_task(task)}"'


def _escape_task(task: str) -> str:
    """The task as one quoted word, for schtasks and for the cmd.exe that hands it over.

    schtasks takes `\\"` for a quotation mark within the word; to cmd.exe, which knows no such thing,
    every mark opens or closes, so that what stands between our marks stands outside of its own and
    needs a caret.
    """
    pieces = task.split('"')
    pieces[1::2] = [re.sub(r"[&|<>^]", r"^\g<0>", piece) for piece in pieces[1::2]]
    # Backslashes before a mark count double.
    return re.sub(r'(\\*)"', r'\1\1\\"', '"'.join(pieces))


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
