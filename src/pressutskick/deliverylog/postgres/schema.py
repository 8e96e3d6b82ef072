"""The tables: made and brought up by numbered migrations, one machine at a time, refused when newer."""

import secrets

from pressutskick.deliverylog.postgres.locks import number_of
from pressutskick.deliverylog.postgres.server import Connection
from pressutskick.deliverylog.postgres.statements import migrations
from pressutskick.errors import DeliveryLogError
from pressutskick.sentences import say

#: Advisory locks, `->>` on JSON by number and the session's idle timeout are older; 14 has all.
OLDEST_SERVER = 140000

_FORMAT = "format"


def prepare(connection: Connection, name: str) -> None:
    """Makes or brings up the log where needed.

    Raises:
        DeliveryLogError: the server is too old, or a newer version wrote the log.
        psycopg.Error: the tables cannot be made or written.
    """
    if connection.info.server_version < OLDEST_SERVER:
        raise DeliveryLogError(
            say("The server {server} is older than PostgreSQL 14.", server=name),
            remedy=say("Nothing was sent. Upgrade the server, or use another one."),
        )
    latest = migrations()[-1][0]
    found = _format(connection)
    if found > latest:
        raise DeliveryLogError(
            say(
                "{file}: this delivery log was written by a newer version (format {found}, this "
                "version knows {known}).",
                file=name,
                found=found,
                known=latest,
            ),
            remedy=say("Upgrade pressutskick on this machine. Nothing was sent."),
        )
    if found < latest:
        _upgrade(connection)


def _format(connection: Connection) -> int:
    """The number of the last migration; 0 where there is no log."""
    row = connection.execute("SELECT to_regclass('meta') IS NOT NULL").fetchone()
    if row is None or not row[0]:
        return 0
    row = connection.execute("SELECT value FROM meta WHERE key = %s", (_FORMAT,)).fetchone()
    return int(bytes(row[0])) if row else 0


def _upgrade(connection: Connection) -> None:
    """Applies what is missing in one transaction, while no other machine does."""
    with connection.patient(), connection.transaction():
        (schema,) = connection.execute("SELECT current_schema()").fetchone() or ("",)
        connection.execute(
            "SELECT pg_advisory_xact_lock(%s::bigint)", (number_of(str(schema), "schema"),)
        )
        found = _format(connection)
        for number, script in migrations():
            if number > found:
                connection.execute(script.encode())
        _note(connection)


def _note(connection: Connection) -> None:
    facts = (("instance", secrets.token_bytes(16)), ("key", secrets.token_bytes(32)))
    for key, value in facts:
        connection.execute(
            "INSERT INTO meta (key, value) VALUES (%s, %s) ON CONFLICT (key) DO NOTHING",
            (key, value),
        )
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (%s, %s) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_FORMAT, str(migrations()[-1][0]).encode()),
    )
