"""`init`: set up a workspace by questions or flags."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from pressutskick.cli.language import _
from pressutskick.cli.shows.console import out, plain, show_error, talk
from pressutskick.dispatch.relays import Relay
from pressutskick.errors import Declined, UsageError
from pressutskick.exports.private import create_private
from pressutskick.sentences import say
from pressutskick.settings.envfile import HAS_RIGHTS, find_exposure
from pressutskick.settings.model import SmtpSecurity
from pressutskick.settings.parsing import parse_mailbox
from pressutskick.settings.reading import read_settings
from pressutskick.settings.workspace import PREFIX

_GITIGNORE = ".env*\n*.db*\noutbox/\nrecipients/\n"
#: Services whose server need not be known by its name.
_SERVICES = frozenset(relay for relay in Relay if relay is not Relay.PLAIN)


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
    force: Annotated[
        bool, typer.Option("--force", help=_("Replace an .env that is there; the old one is kept."))
    ] = False,
) -> None:
    """Writes `.env` (mode 0600), the folders, and a .gitignore that keeps lists and log private."""
    target = folder / ".env"
    if target.exists() and not force:
        raise UsageError(
            say("{file} is there already.", file=target),
            remedy=say("Edit it, or run init --force, which keeps the old one as .env.old."),
        )
    sender = sender or _ask_sender()
    organisation = organisation or _ask(_("The organisation's name?"), "--organisation")
    name, own_port = _split_port(host or _ask_host(relay))
    if not host and name.casefold() in _SERVICES:
        name, relay = "", Relay(name.casefold())
    given = {
        "FROM": sender,
        "ORGANISATION": organisation,
        "REPLY_TO": reply_to,
        "RELAY": "" if relay is Relay.PLAIN else str(relay),
        "SMTP_HOST": name,
        "SMTP_PORT": str(port or own_port),
        "SMTP_SECURITY": str(security or ""),
        "SMTP_USERNAME": username or _ask_optional(_("Login name (empty for none)?")),
    }
    parse_or_refuse(given["FROM"])
    if given["SMTP_USERNAME"]:
        given["SMTP_PASSWORD"] = _ask_password()
    read_settings(workspace=folder, environ={PREFIX + key: text for key, text in given.items()})
    _write_workspace(folder, target, given)
    _tell_next(folder, given)


def parse_or_refuse(text: str) -> None:
    """Refuses a sender that is no address, in the words of the flag."""
    try:
        parse_mailbox(text)
    except ValueError:
        raise UsageError(
            say("{text} is not an address.", text=text),
            remedy=say("Write it as press@example.org or Name <press@example.org>."),
        ) from None


def _answer(question: str, *, is_secret: bool = False) -> str:
    """What the person types; a secret is not echoed."""
    try:
        return talk().input(f"{question} ", markup=False, password=is_secret)
    except EOFError:
        raise Declined(say("No answer; nothing was written.")) from None


def _ask(question: str, flag: str) -> str:
    """Asks until there is an answer; without a terminal the flag must be there."""
    if not sys.stdin.isatty():
        raise UsageError(say("Nobody is there to ask; give {flag}.", flag=flag))
    return _answer(question).strip() or _ask(question, flag)


def _ask_sender() -> str:
    """Asks again until the answer is an address."""
    while True:
        text = _ask(_("Who sends (Name <address>)?"), "--from")
        try:
            parse_or_refuse(text)
        except UsageError as error:
            show_error(error)
        else:
            return text


def _ask_host(relay: Relay) -> str:
    return (
        ""
        if relay is not Relay.PLAIN
        else _ask(_("The mail server's name (or microsoft365, or gmail)?"), "--host")
    )


def _split_port(host: str) -> tuple[str, str]:
    """`smtp.example.org:587` as people copy it -> the name and the port."""
    name, colon, port = host.strip().rpartition(":")
    is_port = bool(colon) and ":" not in name and port.isdecimal()
    return (name, port) if is_port else (host.strip(), "")


def _ask_optional(question: str) -> str:
    return _answer(question).strip() if sys.stdin.isatty() else ""


def _ask_password() -> str:
    """Never a flag; empty where a command or the environment gives it."""
    question = _("Password (empty to set PRESSUTSKICK_SMTP_PASSWORD_COMMAND yourself)?")
    return _answer(question, is_secret=True) if sys.stdin.isatty() else ""


def _write_workspace(folder: Path, target: Path, given: dict[str, str]) -> None:
    for name in ("invitations", "recipients"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.replace(target.with_suffix(".old"))
    lines = [f"{PREFIX}{key}={_quoted(text)}\n" for key, text in given.items() if text]
    create_private(target, "".join(lines).encode("utf-8"))
    with suppress(FileExistsError), (folder / ".gitignore").open("x", encoding="utf-8") as file:
        file.write(_GITIGNORE)


def _quoted(text: str) -> str:
    """A value as python-dotenv reads it back: single quotes keep $ and # as they are."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _tell_next(folder: Path, given: dict[str, str]) -> None:
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
    if given["SMTP_USERNAME"] and not given.get("SMTP_PASSWORD"):
        out().print(
            plain(_("Put PRESSUTSKICK_SMTP_PASSWORD or _PASSWORD_COMMAND into it before you send."))
        )
    out().print(plain(_("Put your media list into recipients/, then:")))
    release, recipients = _("FILE"), _("LIST")
    command = f"pressutskick preview invitations/{release} --to {recipients}"
    out().print(plain(f"  {command}"))
