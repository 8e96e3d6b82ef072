"""The names of the dispatches in a log's file, for who completes a word: a look that leaves no trace.

Opens read-only, waits for nobody and loads nothing of the log's machinery.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

#: Seconds that a look may wait for who writes.
_PATIENCE = 0.1


def list_dispatch_names(file: Path) -> list[tuple[str, str]]:
    """What a person types for each dispatch (`DispatchKey`), and its title; the newest first.

    Raises:
        sqlite3.Error: there is no log, or it cannot be read now.
    """
    address = f"{file.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as log:
        rows = log.execute(
            "SELECT release_id, purpose, number, title FROM dispatch ORDER BY id DESC"
        ).fetchall()
    return [
        (name if (purpose, number) == ("announce", 1) else f"{name}/{purpose}/{number}", title)
        for name, purpose, number, title in rows
    ]
