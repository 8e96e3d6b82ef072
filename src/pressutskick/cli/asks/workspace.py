"""What `init` asks: who sends, over which server, with which login. Old answers stand in brackets."""

import sys
from dataclasses import dataclass, replace

from pressutskick.assembly.servers import find_server
from pressutskick.cli.language import _
from pressutskick.cli.shows.screen.console import plain, show_error, talk
from pressutskick.dispatch.relays import Relay, find_relay
from pressutskick.errors import Declined, UsageError
from pressutskick.sentences import say
from pressutskick.settings.parsing import parse_mailbox

#: Services whose server need not be known by its name.
_SERVICES = frozenset(relay for relay in Relay if relay is not Relay.PLAIN)
#: Who signs people in at them.
_LOGINS = {Relay.MICROSOFT365: "microsoft365", Relay.GMAIL: "google"}
#: What an answer is that takes an old one away.
_NONE = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceAnswers:
    """The answers as texts, in the form that `.env` has them; empty where there is none."""

    sender: str = ""
    organisation: str = ""
    reply_to: str = ""
    relay: str = ""
    host: str = ""
    port: str = ""
    security: str = ""
    username: str = ""
    password: str = ""
    login: str = ""
    client_id: str = ""
    client_secret: str = ""
    tenant: str = ""

    @property
    def domain(self) -> str:
        """The sender's domain."""
        return parse_mailbox(self.sender).domain

    @property
    def sender_address(self) -> str:
        """The sender without the name."""
        return parse_mailbox(self.sender).address

    @property
    def service(self) -> Relay:
        """The known service that the server belongs to."""
        return Relay(self.relay) if self.relay else find_relay(self.host)


def is_somebody_there() -> bool:
    """Whether there is anybody to ask."""
    return sys.stdin.isatty()


def ask_sender(given: WorkspaceAnswers, old: WorkspaceAnswers) -> WorkspaceAnswers:
    """Sender and organisation, asked for where they are not given; the sender until it is one."""
    sender = given.sender
    while not sender:
        text = _ask(_("Who sends (Name <address>)?"), old.sender, "--from")
        try:
            parse_or_refuse(text)
            sender = text
        except UsageError as error:
            show_error(error)
    parse_or_refuse(sender)
    organisation = given.organisation or _ask(
        _("The organisation's name?"), old.organisation, "--organisation"
    )
    return replace(
        given, sender=sender, organisation=organisation, reply_to=given.reply_to or old.reply_to
    )


def ask_server(
    given: WorkspaceAnswers, old: WorkspaceAnswers, *, is_online: bool
) -> WorkspaceAnswers:
    """The server: given, else asked for, with what the sender's domain points at as a proposal."""
    if given.relay or given.host:
        return _take_apart(given, given.host)
    question = _("The mail server's name (or microsoft365, or gmail)?")
    proposal = old.relay or old.host
    if not proposal and is_online and is_somebody_there():
        found = find_server(given.domain)
        if found is not None:
            proposal = _propose(found.relay, found.host, found.port)
            talk().print(
                plain(_("{domain} points at {host}.", domain=given.domain, host=found.host))
            )
    answer = _ask(question, proposal, "--host")
    if answer == old.host:
        return replace(given, host=old.host, port=old.port, security=old.security)
    return _take_apart(given, answer)


def _propose(relay: Relay, host: str, port: int) -> str:
    return f"{host}:{port}" if relay is Relay.PLAIN else str(relay)


def _take_apart(given: WorkspaceAnswers, text: str) -> WorkspaceAnswers:
    """`smtp.example.org:587` as people copy it -> the name and the port; a service -> its preset."""
    if text.casefold() in _SERVICES:
        return replace(given, relay=text.casefold(), host="")
    name, colon, port = text.strip().rpartition(":")
    is_port = bool(colon) and ":" not in name and port.isdecimal()
    host = name if is_port else text.strip()
    return replace(given, host=host, port=given.port or (port if is_port else ""))


def ask_login(given: WorkspaceAnswers, old: WorkspaceAnswers) -> WorkspaceAnswers:
    """Who logs in, and how: signed in where the service wants that, else by a password."""
    if not is_somebody_there():
        return given
    service = given.service
    usual = old.username or (given.sender_address if service in _LOGINS else "")
    question = _("Login name (empty for none)?") if not usual else _("Login name (- for none)?")
    username = given.username or _answer(question, usual)
    if username in ("", _NONE):
        return replace(given, username="")
    given = replace(given, username=username)
    if service in _LOGINS:
        given = _ask_application(given, old, _LOGINS[service])
        if given.login:
            return given
    secret = _("Password (empty to set PRESSUTSKICK_SMTP_PASSWORD_COMMAND yourself)?")
    if old.password and old.username == username:
        secret = _("Password (Enter keeps the one that is there)?")
    password = _answer(secret, is_secret=True)
    return replace(given, password=password or (old.password if old.username == username else ""))


def _ask_application(
    given: WorkspaceAnswers, old: WorkspaceAnswers, login: str
) -> WorkspaceAnswers:
    question = _(
        "To sign in without a password: the application's client id, from IT (empty: none)?"
    )
    client_id = _answer(question, old.client_id)
    if client_id in ("", _NONE):
        return given
    given = replace(given, login=login, client_id=client_id)
    if login == "google":
        secret = _answer(_("The application's client secret, from IT?"), is_secret=True)
        return replace(given, client_secret=secret or old.client_secret)
    tenant = _answer(_("Microsoft's tenant: an id or a domain?"), old.tenant or given.domain)
    return replace(given, tenant=tenant)


def parse_or_refuse(text: str) -> None:
    """Refuses a sender that is no address, in the words of the flag."""
    try:
        parse_mailbox(text)
    except ValueError:
        raise UsageError(
            say("{text} is not an address.", text=text),
            remedy=say("Write it as press@example.org or Name <press@example.org>."),
        ) from None


def wants_to_write_anyway() -> bool:
    """What to do about a server that did not let us in: True writes, False asks once more."""
    answer = _answer(
        _("Enter to change your answers, w to write them as they are, Ctrl-C to stop:")
    )
    return answer.casefold() in ("w", "s")


def _ask(question: str, default: str, flag: str) -> str:
    """Asks until there is an answer; without a terminal the flag must be there."""
    if not is_somebody_there():
        raise UsageError(say("Nobody is there to ask; give {flag}.", flag=flag))
    return _answer(question, default) or _ask(question, default, flag)


def _answer(question: str, default: str = "", *, is_secret: bool = False) -> str:
    """What the person types, or the default; a secret is not echoed."""
    asked = f"{question} [{default}] " if default else f"{question} "
    try:
        return talk().input(asked, markup=False, password=is_secret).strip() or default
    except EOFError:
        raise Declined(say("No answer; nothing was written.")) from None
