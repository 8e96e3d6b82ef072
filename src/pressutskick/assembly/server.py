"""The delivery log on a server: who it is, with which password, opened."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING

from pressutskick.assembly.state import state_folder
from pressutskick.errors import DeliveryLogError, SettingsError
from pressutskick.sentences import say
from pressutskick.settings.workspace import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressutskick.deliverylog.postgres.log import PostgresDeliveryLog
    from pressutskick.deliverylog.postgres.server import Server
    from pressutskick.sentences import Sentence
    from pressutskick.settings.model import Settings


def find_server(settings: Settings) -> Server:
    """The server of the settings.

    Raises:
        SettingsError: the extra `postgres` is not installed, or the address is none.
    """
    require_driver()
    from pressutskick.deliverylog.postgres.server import Server

    address = settings.database_server
    server = Server(
        conninfo=address.reveal() if address else "",
        # Asked once: a command may want the person's finger.
        password=cache(lambda: _ask_password(settings)),
    )
    server.require_sense()
    return server


def require_driver() -> None:
    """Nothing, where the extra `postgres` is installed.

    Raises:
        SettingsError: it is not.
    """
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise SettingsError(
            say("A delivery log on a server needs packages that are not installed."),
            remedy=say('Install them: pip install "pressutskick[{extra}]"', extra="postgres"),
        ) from error


def _ask_password(settings: Settings) -> str | None:
    """What the command says; None where there is none."""
    from concurrent.futures import ThreadPoolExecutor

    from pressutskick.assembly.login import require_trust
    from pressutskick.identity.command import ask_command

    command = settings.database_password_command
    if command is None:
        return None
    require_trust(settings, "DATABASE_PASSWORD_COMMAND")
    # A run that reconnects has an event loop already, which must not wait for this.
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(asyncio.run, ask_command(command, f"{PREFIX}DATABASE_PASSWORD_COMMAND"))
        return asked.result()


def open_server_log(settings: Settings) -> PostgresDeliveryLog:
    """The log on the server, its tables made or brought up where needed.

    Raises:
        SettingsError: as `find_server` tells, or the server would not have to prove who it is.
        DeliveryLogError: the server cannot be reached or used; nothing may be sent.
    """
    server = find_server(settings)
    from pressutskick.deliverylog.postgres.log import PostgresDeliveryLog

    emergency = settings.database.with_name(f"{settings.database.name}.emergency")
    # What a mail server counts is whoever has logged in, else the address that it knows.
    mailbox = settings.smtp_username or (settings.sender.address if settings.sender else "")
    return PostgresDeliveryLog(
        server,
        emergency=emergency,
        marks=state_folder(),
        mailbox=f"{mailbox.casefold()} {settings.smtp_host}",
    )


def verify_server_log(settings: Settings) -> Iterator[Sentence]:
    """Everything that is wrong with the log on the server."""
    try:
        log = open_server_log(settings)
    except DeliveryLogError as error:
        yield error.sentence
        return
    from pressutskick.deliverylog.postgres.verification import verify_server_log as verify

    yield from verify(log)
