"""The delivery log moved from a file to a server, or back; and who may do what on a server."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pressutskick.assembly.log import open_kept_log
from pressutskick.assembly.server import open_server_log, require_driver
from pressutskick.settings.model import Secret
from pressutskick.settings.parsing import names_server, parse_database

if TYPE_CHECKING:
    from pressutskick.deliverylog.relational.log import RelationalDeliveryLog
    from pressutskick.settings.model import Settings


def move_delivery_log(settings: Settings, place: str) -> tuple[int, str]:
    """Moves the workspace's log to `place`, a file or a server; how many rows, and its name there.

    Raises:
        DeliveryLogError: it cannot be read, or not be written there; nothing has changed then.
        DispatchInProgress: somebody sends something.
        SettingsError: the address of the server is none, or the extra `postgres` is not installed.
    """
    from pressutskick.deliverylog.relational.copying import move_log

    source, target = open_kept_log(settings), _open_at(settings, place)
    return move_log(source, target), target.name


def write_server_roles(*, database: str, sender: str, reader: str) -> str:
    """SQL for whoever runs the server: a role that sends, one that only looks, and the database.

    Raises:
        SettingsError: the extra `postgres` is not installed.
    """
    require_driver()
    from pressutskick.deliverylog.postgres.roles import write_roles

    return write_roles(database=database, sender=sender, reader=reader)


def _open_at(settings: Settings, place: str) -> RelationalDeliveryLog:
    if names_server(place):
        return open_server_log(replace(settings, database_server=Secret(place)))
    from pressutskick.assembly.known import note_log
    from pressutskick.assembly.state import state_folder
    from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog

    file = Path.cwd() / parse_database(place)
    log = SqliteDeliveryLog(file, marks=state_folder())
    note_log(file, settings.workspace)
    return log
