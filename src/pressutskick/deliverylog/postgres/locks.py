"""Locks that end with their session: one run per dispatch, one that follows up, one migration.

The server holds them (advisory locks of a session), so that nobody has to guess whether a machine that
is named in the log still lives. Hence no pooler between that gives a session to several.
"""

import hashlib
import time

from pressutskick.deliverylog.postgres.server import Connection

#: Between two tries, seconds.
_AGAIN = 0.05


def number_of(log: str, name: str) -> int:
    """The lock `name` of one log, as the 64 bits that the server knows it by."""
    digest = hashlib.sha256(f"{log} {name}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def try_lock(connection: Connection, number: int, *, wait: float) -> bool:
    """Whether the session has the lock within `wait` seconds."""
    until = time.monotonic() + wait
    while True:
        row = connection.execute("SELECT pg_try_advisory_lock(%s::bigint)", (number,)).fetchone()
        if row is not None and row[0]:
            return True
        if time.monotonic() >= until:
            return False
        time.sleep(_AGAIN)
