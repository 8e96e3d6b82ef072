"""The settings of a run as values.

Secrets are never printed: they live in `Secret`, whose text form is stars.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pressutskick.dispatch.relays import Relay
from pressutskick.mail import Mailbox
from pressutskick.settings.envfile import Exposure


class SmtpSecurity(StrEnum):
    """How the connection to the relay is encrypted; never opportunistic."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class ImapSecurity(StrEnum):
    """How the connection to the mailbox is encrypted; without, nobody could log in."""

    TLS = "tls"
    STARTTLS = "starttls"


@dataclass(frozen=True, slots=True)
class Secret:
    """A password or the like; shows itself only through `reveal`."""

    _value: str

    def reveal(self) -> str:
        """The secret itself, for the one place that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run is told, complete and checked.

    `is_workspace` is False where nobody set one up: `workspace` is then where the command was typed.
    `is_placed` is False where that decides which log is used.
    `workspace` is the folder that holds `.env`, lists and log. `env_keys` are the keys, without
    their prefix, that come from `env_file`, and `exposure` is who else can reach that file. `rate` is messages per minute, None
    for as fast as the relay takes them. `connections` 1 to 50. Timeouts are seconds, per phase of
    RFC 5321 section 4.5.3.2, shorter than there by default. `database` is the log's file;
    `person` is who works here, the system's user and host where nobody is named.
    `database_server`, where set, the server that has it instead: then only rehearsals are in files. `login` is `microsoft365`, `google` or the
    https address of an OpenID issuer.
    """

    workspace: Path
    is_workspace: bool
    is_placed: bool
    env_file: Path | None
    env_keys: frozenset[str]
    exposure: Exposure
    smtp_host: str | None
    smtp_port: int
    smtp_security: SmtpSecurity
    smtp_username: str | None
    smtp_password: Secret | None
    smtp_password_command: str | None
    smtp_token_command: str | None
    smtp_ca_file: Path | None
    smtp_ehlo_name: str | None
    login: str | None
    login_client_id: str | None
    login_client_secret: Secret | None
    login_tenant: str | None
    relay: Relay
    sender: Mailbox | None
    reply_to: Mailbox | None
    organisation: str | None
    database: Path
    database_server: Secret | None
    database_password_command: str | None
    person: str
    is_person_named: bool
    language: str | None
    rate: float | None
    connections: int
    imap_host: str | None
    imap_port: int
    imap_security: ImapSecurity
    imap_username: str | None
    imap_password: Secret | None
    imap_password_command: str | None
    imap_folder: str
    timeout_connect: float
    timeout_command: float
    timeout_data: float
    timeout_reply: float
    require_approval: bool
    retention_months: int | None
    weekly: int | None
