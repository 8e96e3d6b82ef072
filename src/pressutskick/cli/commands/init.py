"""`init`: set up a workspace by questions or flags; what is answered is tried before it is written."""

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli.flags.shared import Force
from pressutskick.cli.language import _
from pressutskick.cli.shows.screen.console import out, plain, show_error, talk
from pressutskick.dispatch.relays import Relay
from pressutskick.errors import AuthenticationError, PressutskickError, UsageError
from pressutskick.sentences import say
from pressutskick.settings.model import SmtpSecurity

if TYPE_CHECKING:
    from pressutskick.cli.asks.workspace import WorkspaceAnswers

_GITIGNORE = ".env*\n*.db*\n*.bak\noutbox/\nrecipients/\n"
#: The settings that `init` asks for, by the answer's name; it keeps all others as they are.
_KEYS = {
    "sender": "FROM",
    "organisation": "ORGANISATION",
    "reply_to": "REPLY_TO",
    "relay": "RELAY",
    "host": "SMTP_HOST",
    "port": "SMTP_PORT",
    "security": "SMTP_SECURITY",
    "username": "SMTP_USERNAME",
    "password": "SMTP_PASSWORD",
    "login": "LOGIN",
    "client_id": "LOGIN_CLIENT_ID",
    "client_secret": "LOGIN_CLIENT_SECRET",
    "tenant": "LOGIN_TENANT",
}
#: What `--example` lays out.
_EXAMPLES = (("invitations", "exempel.md"), ("recipients", "exempel.csv"))


def init(
    folder: Annotated[Path, typer.Argument(help=_("The folder of the workspace."))] = Path(),
    sender: Annotated[
        str, typer.Option("--from", help=_("Who sends: an address or Name <address>."))
    ] = "",
    organisation: Annotated[str, typer.Option(help=_("The organisation's name."))] = "",
    reply_to: Annotated[str, typer.Option(help=_("Where answers go, if not to the sender."))] = "",
    host: Annotated[str, typer.Option(help=_("The mail server's name."))] = "",
    port: Annotated[int, typer.Option(help=_("Its port; 0 for the usual one."), min=0)] = 0,
    security: Annotated[
        SmtpSecurity | None, typer.Option(help=_("How the connection is encrypted."))
    ] = None,
    username: Annotated[str, typer.Option(help=_("The login's name, if there is one."))] = "",
    relay: Annotated[Relay, typer.Option(help=_("A known service and its limits."))] = Relay.PLAIN,
    *,
    offline: Annotated[
        bool, typer.Option("--offline", help=_("Write the answers without trying them."))
    ] = False,
    example: Annotated[
        bool, typer.Option("--example", help=_("Lay out an example invitation and list too."))
    ] = False,
    force: Force = False,
) -> None:
    """Writes `.env` (mode 0600), the folders, and a .gitignore that keeps lists and log private."""
    from pressutskick.cli.asks.workspace import WorkspaceAnswers, is_somebody_there

    target = folder / ".env"
    if target.exists() and not (force or is_somebody_there()):
        raise UsageError(
            say("{file} is there already.", file=target),
            remedy=say("Edit it, or run init --force, which keeps the old one as .env.old."),
        )
    kept = _read_old(target) if is_somebody_there() else {}
    old = WorkspaceAnswers(**{name: kept.get(key, "") for name, key in _KEYS.items()})
    given = WorkspaceAnswers(
        sender=sender,
        organisation=organisation,
        reply_to=reply_to,
        relay="" if relay is Relay.PLAIN else str(relay),
        host=host,
        port=str(port or ""),
        security=str(security or ""),
        username=username,
    )
    answers = _settle(given, old, folder, is_online=not offline)
    others = {key: text for key, text in kept.items() if key not in _KEYS.values()}
    _write_workspace(folder, target, {**_texts(answers), **others})
    if example:
        _lay_out_examples(folder)
    _tell_next(folder, answers, has_example=example)


def _read_old(target: Path) -> dict[str, str]:
    """The settings that are there, without their prefix."""
    from pressutskick.settings.envfile import read_env_file
    from pressutskick.settings.workspace import PREFIX

    found = read_env_file(target) if target.exists() else {}
    return {
        key.removeprefix(PREFIX): text
        for key, text in found.items()
        if text and key.startswith(PREFIX)
    }


def _settle(
    given: "WorkspaceAnswers", old: "WorkspaceAnswers", folder: Path, *, is_online: bool
) -> "WorkspaceAnswers":
    """Asks until the server lets us in, or the person wants the answers written as they are.

    Raises:
        PressutskickError: nobody is there to ask, and the server does not let us in.
    """
    from pressutskick.cli.asks.workspace import (
        ask_login,
        ask_sender,
        ask_server,
        is_somebody_there,
        wants_to_write_anyway,
    )

    while True:
        given = ask_sender(given, old)
        answers = ask_login(ask_server(given, old, is_online=is_online), old)
        error = _try(answers, folder, is_online=is_online)
        if error is None:
            return answers
        if not is_somebody_there():
            talk().print(
                plain(_("Nothing was written. To write it without trying, add --offline."))
            )
            raise error
        show_error(error)
        if wants_to_write_anyway():
            return answers
        # What was answered now is what stands in brackets next.
        old, given = answers, replace(given, relay="", host="", port="", security="", username="")
        if error.answer and not isinstance(error, AuthenticationError):
            # Perhaps it is the sender whom the server does not take.
            given = replace(given, sender="")


def _try(answers: "WorkspaceAnswers", folder: Path, *, is_online: bool) -> PressutskickError | None:
    """Reads the answers as `send` would, and opens a connection; what went wrong, or None."""
    from pressutskick.assembly.examining import try_relay, try_sender
    from pressutskick.settings.reading import read_settings
    from pressutskick.settings.workspace import PREFIX

    try:
        settings = read_settings(
            workspace=folder,
            environ=os.environ | {PREFIX + key: text for key, text in _texts(answers).items()},
        )
    except PressutskickError as error:
        return error
    if not is_online:
        return None
    talk().print(plain(_("Trying {server} ...", server=settings.smtp_host)))
    has_secret = settings.smtp_password or settings.smtp_password_command
    # Without a secret at hand the way to the server is tried, and not the login.
    is_whole = settings.login is None and (has_secret or settings.smtp_username is None)
    if not is_whole:
        settings = replace(settings, login=None, smtp_username=None)
    if (refusal := try_relay(settings)) is not None:
        return refusal
    talk().print(plain(_("The mail server answers, and its certificate is good."), "green"))
    if settings.smtp_username is not None:
        talk().print(plain(_("The login works."), "green"))
    if not is_whole:
        return None
    if (refusal := try_sender(settings)) is None:
        talk().print(plain(_("It takes mail from {sender}.", sender=settings.sender), "green"))
    return refusal


def _texts(answers: "WorkspaceAnswers") -> dict[str, str]:
    return {key: getattr(answers, name) for name, key in _KEYS.items()}


def _write_workspace(folder: Path, target: Path, given: dict[str, str]) -> None:
    from pressutskick.assembly.envfile import env_lines
    from pressutskick.exports.private import create_private

    for name in ("invitations", "recipients"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.replace(target.with_suffix(".old"))
    create_private(target, env_lines(given).encode("utf-8"))
    with suppress(FileExistsError), (folder / ".gitignore").open("x", encoding="utf-8") as file:
        file.write(_GITIGNORE)


def _lay_out_examples(folder: Path) -> None:
    """Copies what is shipped; a file that is there stays."""
    from pressutskick.sources.shipped import shipped_folder

    for place, name in _EXAMPLES:
        target = folder / place / name
        if not target.exists():
            shutil.copyfile(shipped_folder(place) / name, target)


def _tell_next(folder: Path, answers: "WorkspaceAnswers", *, has_example: bool) -> None:
    from pressutskick.settings.envfile import HAS_RIGHTS, find_exposure

    file = folder / ".env"
    if HAS_RIGHTS and not find_exposure(file).is_readable:
        told = _("The workspace is ready: {file} (only you can read it).", file=file)
    else:
        told = _(
            "The workspace is ready: {file}. Whoever can read this folder can read the file too: "
            "keep the password out of it, in a command, or the folder to yourself.",
            file=file,
        )
    out().print(plain(told))
    if answers.login:
        out().print(plain(_("Now sign in: pressutskick login")))
    elif answers.username and not answers.password:
        out().print(
            plain(_("Put PRESSUTSKICK_SMTP_PASSWORD or _PASSWORD_COMMAND into it before you send."))
        )
    if has_example:
        out().print(plain(_("Look at the example:")))
        out().print(plain("  pressutskick preview invitations/exempel.md --to exempel"))
        return
    out().print(plain(_("Put your media list into recipients/, then:")))
    release, recipients = _("FILE"), _("LIST")
    for command in (
        f"pressutskick read {release}.docx -o invitations/{release}.md",
        f"pressutskick preview invitations/{release}.md --to {recipients}",
    ):
        out().print(plain(f"  {command}"))
