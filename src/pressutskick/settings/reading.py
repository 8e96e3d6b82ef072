"""Environment, `.env` and flags -> one frozen Settings.

Precedence: flag > environment > `.env` in the workspace > default. Secrets are never flags. All
faults are told at once.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from pressutskick.dispatch.relays import Relay, find_relay, preset_connections, preset_rate
from pressutskick.errors import SettingsError
from pressutskick.mail import Mailbox
from pressutskick.sentences import Sentence, say
from pressutskick.settings.envfile import Exposure, find_exposure, read_env_file
from pressutskick.settings.model import ImapSecurity, Secret, Settings, SmtpSecurity
from pressutskick.settings.parsing import (
    names_server,
    parse_bool,
    parse_database,
    parse_ehlo_name,
    parse_host,
    parse_login,
    parse_mailbox,
    parse_rate,
    parse_seconds,
    whole_number,
    without_password,
)
from pressutskick.settings.user import find_user
from pressutskick.settings.workspace import PREFIX, Place

_PORT_KEY = f"{PREFIX}SMTP_PORT"
_TLS_PORT = 465

#: Keys whose values are told to nobody; a command may hold a secret too.
_SECRET = re.compile("PASSWORD|SECRET|COMMAND")

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSetting:
    """A setting as a person may see it, and where it came from."""

    key: str
    text: str
    origin: str | Sentence


class _Reader:
    """Takes keys one by one from what was given and collects what is wrong with them."""

    def __init__(self, given: Mapping[str, tuple[str, str | Sentence]]) -> None:
        """`given` maps a key without prefix to its text and where that came from."""
        self.given = given
        self.known: set[str] = set()
        self.faults: list[Sentence] = []

    def take(self, key: str, parse: Callable[[str], T], wanted: Sentence, default: T) -> T:
        """The parsed value, or `default` where the key is absent, empty or at fault."""
        self.known.add(key)
        text, origin = self.given.get(key, ("", ""))
        if not text:
            return default
        try:
            return parse(text)
        except ValueError:
            self.faults.append(
                say(
                    "{key} ({origin}) must be {wanted}.",
                    key=PREFIX + key,
                    origin=origin,
                    wanted=wanted,
                )
            )
            return default

    def text(self, key: str) -> str | None:
        """The value as it is, None where absent or empty."""
        self.known.add(key)
        return self.given.get(key, ("", ""))[0] or None

    def tell_unknown(self) -> None:
        """A misspelt key would silently do nothing, so it is a fault."""
        for key in sorted(set(self.given) - self.known):
            near = get_close_matches(key, self.known, 1)
            hint = say("Did you mean {key}?", key=PREFIX + near[0]) if near else say("Remove it.")
            self.faults.append(
                say(
                    "{key} ({origin}) is not a setting. {hint}",
                    key=PREFIX + key,
                    origin=self.given[key][1],
                    hint=hint,
                )
            )


def _gather(
    environ: Mapping[str, str], env_file: Path | None, flags: Mapping[str, str]
) -> dict[str, tuple[str, str | Sentence]]:
    """Key without prefix -> (text, origin), the strongest source last."""
    given: dict[str, tuple[str, str | Sentence]] = {}
    if env_file is not None:
        for key, value in read_env_file(env_file).items():
            if key.startswith(PREFIX) and value is not None:
                given[key.removeprefix(PREFIX)] = (value, str(env_file))
    for key, value in environ.items():
        if key.startswith(PREFIX):
            given[key.removeprefix(PREFIX)] = (value, say("environment"))
    for key, value in flags.items():
        given[key] = (value, f"--{key.lower().replace('_', '-')}")
    return given


def read_settings(
    *,
    place: Place | None = None,
    workspace: Path | None = None,
    environ: Mapping[str, str] | None = None,
    flags: Mapping[str, str] | None = None,
) -> Settings:
    """All settings of a run in a workspace: its `place`, or its folder, which need not be there yet.

    `flags` maps keys without prefix (`CONNECTIONS`) to their text.

    Raises:
        SettingsError: one or more values are wrong or unknown; tells all of them.
    """
    place = place or Place.at(workspace or Path.cwd())
    given = _gather(os.environ if environ is None else environ, place.env_file, flags or {})
    reader = _Reader(given)
    settings = _read_all(reader, place)
    reader.tell_unknown()
    if reader.faults:
        pattern = " ".join(f"{{fault{index}}}" for index in range(len(reader.faults)))
        faults = {f"fault{index}": fault for index, fault in enumerate(reader.faults)}
        raise SettingsError(Sentence(pattern=pattern, values=dict(faults)))
    return settings


def tell_settings(place: Place) -> tuple[ToldSetting, ...]:
    """What environment and `.env` set, with where each value came from; secrets are stars.

    Raises:
        SettingsError: the file cannot be read.
    """
    given = _gather(os.environ, place.env_file, {})
    return tuple(
        ToldSetting(
            key=PREFIX + key,
            text=repr(Secret(text)) if _SECRET.search(key) else without_password(text),
            origin=origin,
        )
        for key, (text, origin) in given.items()
        if text
    )


def known_keys() -> set[str]:
    """Every key that may be set, without its prefix."""
    reader = _Reader({})
    _read_all(reader, Place(folder=Path()))
    return reader.known


def _read_all(reader: _Reader, place: Place) -> Settings:
    folder, file = place.folder, place.env_file
    host = say("a server's name such as smtp.example.org; its port is {key}", key=_PORT_KEY)
    optional_host: Callable[[str], str | None] = parse_host
    named_host = reader.take("SMTP_HOST", optional_host, host, None)
    known = find_relay(named_host or "")
    relay = reader.take("RELAY", Relay, say("plain, microsoft365 or gmail"), known)
    optional_port: Callable[[str], int | None] = whole_number(1, 65535)
    port = reader.take("SMTP_PORT", optional_port, say("a port, 1 to 65535"), None)
    # RFC 8314: whoever names that port means encryption from the first octet.
    usual = SmtpSecurity.TLS if port == _TLS_PORT else SmtpSecurity.STARTTLS
    security = reader.take("SMTP_SECURITY", SmtpSecurity, say("starttls, tls or none"), usual)
    ports = {SmtpSecurity.STARTTLS: 587, SmtpSecurity.TLS: _TLS_PORT, SmtpSecurity.NONE: 25}
    imap_security = reader.take(
        "IMAP_SECURITY", ImapSecurity, say("tls or starttls"), ImapSecurity.TLS
    )
    imap_ports = {ImapSecurity.TLS: 993, ImapSecurity.STARTTLS: 143}
    imap_hosts = {Relay.MICROSOFT365: "outlook.office365.com", Relay.GMAIL: "imap.gmail.com"}
    imap_password = reader.text("IMAP_PASSWORD")
    hosts = {Relay.MICROSOFT365: "smtp.office365.com", Relay.GMAIL: "smtp.gmail.com"}
    password = reader.text("SMTP_PASSWORD")
    mailbox = say("an address or Name <address>")
    seconds = say("seconds, above 0 and at most 3600")
    optional_mailbox: Callable[[str], Mailbox | None] = parse_mailbox
    optional_name: Callable[[str], str | None] = parse_ehlo_name
    optional_rate: Callable[[str], float | None] = parse_rate
    optional_months: Callable[[str], int | None] = whole_number(1)
    optional_login: Callable[[str], str | None] = parse_login
    login = say("microsoft365, google or the https address of an OpenID issuer")
    client_secret = reader.text("LOGIN_CLIENT_SECRET")
    ca_file = reader.text("SMTP_CA_FILE")
    log = say("the name of a file, or the address of a server: postgresql://SERVER/DATABASE")
    server = reader.text("DATABASE")
    server = server if server is not None and names_server(server) else None
    file_of_log = Path("pressutskick.db")
    database = file_of_log if server else reader.take("DATABASE", parse_database, log, file_of_log)
    return Settings(
        workspace=folder,
        is_workspace=place.is_found,
        is_placed=place.is_placed or database.is_absolute() or server is not None,
        env_file=file,
        env_keys=frozenset(key for key, (_, origin) in reader.given.items() if origin == str(file)),
        exposure=find_exposure(file) if file is not None else Exposure(),
        smtp_host=named_host or hosts.get(relay),
        smtp_port=port or ports[security],
        smtp_security=security,
        smtp_username=reader.text("SMTP_USERNAME"),
        smtp_password=Secret(password) if password else None,
        smtp_password_command=reader.text("SMTP_PASSWORD_COMMAND"),
        smtp_token_command=reader.text("SMTP_TOKEN_COMMAND"),
        smtp_ca_file=folder / Path(ca_file).expanduser() if ca_file else None,
        smtp_ehlo_name=reader.take(
            "SMTP_EHLO_NAME", optional_name, say("a name such as press.kommun.example"), None
        ),
        login=reader.take("LOGIN", optional_login, login, None),
        login_client_id=reader.text("LOGIN_CLIENT_ID"),
        login_client_secret=Secret(client_secret) if client_secret else None,
        login_tenant=reader.text("LOGIN_TENANT"),
        relay=relay,
        sender=reader.take("FROM", optional_mailbox, mailbox, None),
        reply_to=reader.take("REPLY_TO", optional_mailbox, mailbox, None),
        organisation=reader.text("ORGANISATION"),
        database=folder / database,
        database_server=Secret(server) if server else None,
        database_password_command=reader.text("DATABASE_PASSWORD_COMMAND"),
        person=reader.text("PERSON") or find_user(),
        is_person_named=reader.text("PERSON") is not None,
        language=reader.text("LANGUAGE"),
        rate=reader.take("RATE", optional_rate, say("a rate such as 20/min"), preset_rate(relay)),
        connections=reader.take(
            "CONNECTIONS", whole_number(1, 50), say("a number, 1 to 50"), preset_connections(relay)
        ),
        imap_host=reader.take("IMAP_HOST", optional_host, host, imap_hosts.get(relay)),
        imap_port=reader.take(
            "IMAP_PORT",
            whole_number(1, 65535),
            say("a port, 1 to 65535"),
            imap_ports[imap_security],
        ),
        imap_security=imap_security,
        imap_username=reader.text("IMAP_USERNAME"),
        imap_password=Secret(imap_password) if imap_password else None,
        imap_password_command=reader.text("IMAP_PASSWORD_COMMAND"),
        imap_folder=reader.text("IMAP_FOLDER") or "INBOX",
        timeout_connect=reader.take("TIMEOUT_CONNECT", parse_seconds, seconds, 30.0),
        timeout_command=reader.take("TIMEOUT_COMMAND", parse_seconds, seconds, 60.0),
        timeout_data=reader.take("TIMEOUT_DATA", parse_seconds, seconds, 120.0),
        timeout_reply=reader.take("TIMEOUT_REPLY", parse_seconds, seconds, 600.0),
        require_approval=reader.take(
            "REQUIRE_APPROVAL", parse_bool, say("true or false"), default=False
        ),
        retention_months=reader.take(
            "RETENTION_MONTHS", optional_months, say("a number of months, at least 1"), None
        ),
        weekly=reader.take("WEEKLY", whole_number(0), say("a number of mails, 0 for any"), 3)
        or None,
    )
