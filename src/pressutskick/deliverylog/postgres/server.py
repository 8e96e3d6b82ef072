"""Which server, and how it is spoken to: encrypted unless it is this machine, and never for ever."""

import ipaddress
import math
import os
import re
import select
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo

from pressutskick.errors import SettingsError
from pressutskick.sentences import say

#: Seconds that a statement may take before the server counts as gone.
PATIENCE = 30.0
LONG_PATIENCE = 900.0

#: A server that hears nothing from a run's session for so long ends it, seconds: the run is cut off,
#: and what it held is free. A run that lives says something every second.
SILENCE = 60

_VERIFYING = ("verify-full", "verify-ca")

#: What each session asks of the server: to be told soon when a machine is gone.
_OPTIONS = (
    "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 "
    "-c synchronous_commit=on -c default_transaction_isolation=read\\ committed "
    "-c idle_in_transaction_session_timeout=120s -c client_min_messages=warning -c jit=off"
)


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that gives up on a server that has fallen silent.

    A network that swallows what is sent tells nobody, and the operating system waits for hours.
    """

    def __init__(self, *arguments: Any, **more: Any) -> None:
        """See psycopg.Connection."""
        super().__init__(*arguments, **more)
        self.patience = PATIENCE

    @contextmanager
    def patient(self) -> Iterator[None]:
        """What may take minutes: to begin a list of a million."""
        self.patience = LONG_PATIENCE
        try:
            yield
        finally:
            self.patience = PATIENCE

    def is_spoken_to(self) -> bool:
        """Whether the server has said something that nobody has read."""
        readable, _, _ = select.select([self.fileno()], [], [], 0)
        return bool(readable)

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """See psycopg.Connection."""
        limit = self.patience if timeout is None else timeout
        try:
            return super().wait(gen, interval, limit)
        except psycopg.errors._WaitTimeout as error:  # noqa: SLF001 - what `wait` is documented to raise
            self.close()
            raise psycopg.OperationalError("the server does not answer") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A database and how to reach it. `conninfo` is a URL or a libpq text, never shown.

    `password` gives what neither the text nor `.pgpass` has; None where nothing else is known.
    """

    conninfo: str
    password: Callable[[], str | None] = lambda: None

    @property
    def name(self) -> str:
        """Server and database in words, without user and password."""
        told = _look_up(self.conninfo)
        host = told.get("host") or told.get("hostaddr") or "localhost"
        port = f":{told['port']}" if told.get("port") not in (None, "", "5432") else ""
        return f"{host}{port}/{told.get('dbname') or told.get('user') or ''}"

    def require_sense(self) -> None:
        """Nothing, where the text says where to go.

        Raises:
            SettingsError: it does not; what it says is not repeated, since a password may be in it.
        """
        try:
            told = _look_up(self.conninfo)
        except psycopg.Error as error:
            raise _no_address() from error
        # A password with signs that the address should have written otherwise ends up in these.
        if not re.fullmatch(r"[\d,]*", told.get("port", "")) or "@" in told.get("host", "")[1:]:
            raise _no_address()
        _encryption(told)

    def connect(self, *, patience: float = 10.0) -> Connection:
        """A new session, within `patience` seconds.

        Raises:
            psycopg.Error: the server cannot be reached, or does not let us in.
            SettingsError: it is another machine, and its certificate would not be verified.
        """
        told = _look_up(self.conninfo)
        more: dict[str, Any] = {"options": f"{told.get('options') or ''} {_OPTIONS}".strip()}
        more |= _encryption(told)
        if not told.get("password") and (password := self.password()):
            more["password"] = password
        return Connection.connect(
            self.conninfo,
            autocommit=True,
            connect_timeout=math.ceil(patience),
            client_encoding="utf8",
            application_name="pressutskick",
            **more,
        )


def _no_address() -> SettingsError:
    return SettingsError(
        say("PRESSUTSKICK_DATABASE is no address that PostgreSQL understands."),
        remedy=say(
            "Write it as postgresql://USER@SERVER/DATABASE or service=NAME, and leave the password "
            "to ~/.pgpass or PRESSUTSKICK_DATABASE_PASSWORD_COMMAND."
        ),
    )


def _look_up(conninfo: str) -> Mapping[str, str]:
    """All that the text says, with what its service and the environment add."""
    told = {key: str(value) for key, value in conninfo_to_dict(conninfo).items()}
    service = told.get("service")
    kept = os.environ.get("PGSERVICE")
    try:
        if service:
            # libpq tells what a service says only of the one that the environment names.
            os.environ["PGSERVICE"] = service
        defaults = {
            option.keyword.decode(): option.val.decode()
            for option in Conninfo.get_defaults()
            if option.val is not None
        }
    finally:
        if service:
            os.environ.pop("PGSERVICE")
            if kept is not None:
                os.environ["PGSERVICE"] = kept
    return {**defaults, **told}


def _encryption(told: Mapping[str, str]) -> dict[str, str]:
    """What is asked besides, so that another machine proves who it is.

    Raises:
        SettingsError: the text itself asks for less.
    """
    hosts = (told.get("hostaddr") or told.get("host") or "").split(",")
    if all(map(_is_here, hosts)):
        return {}
    mode = told.get("sslmode")
    if mode not in (None, "", "prefer", *_VERIFYING):
        raise SettingsError(
            say(
                "PRESSUTSKICK_DATABASE asks for sslmode={mode}: the server would not have to prove "
                "who it is.",
                mode=mode,
            ),
            remedy=say("Take it out, or write sslmode=verify-full."),
        )
    asked = {"sslmode": mode if mode in _VERIFYING else "verify-full"}
    own = Path("~/.postgresql/root.crt").expanduser()
    if not told.get("sslrootcert") and not own.exists():
        asked["sslrootcert"] = "system"
        asked["sslmode"] = "verify-full"
    return asked


def _is_here(host: str) -> bool:
    """Whether it is this machine: a socket, or a loopback address."""
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
