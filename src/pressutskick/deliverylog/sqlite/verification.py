"""`log verify`: is the file whole, and does it keep its own rules?

Works on a file that nothing else will open any more; changes nothing.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pressutskick.deliverylog.relational.verification import verify_age, verify_rows
from pressutskick.deliverylog.relational.watermark import Watermark
from pressutskick.deliverylog.sqlite.schema import APPLICATION_ID
from pressutskick.deliverylog.sqlite.session import SqliteSession
from pressutskick.deliverylog.sqlite.statements import migrations
from pressutskick.sentences import Sentence, say


def verify_log(path: Path, *, marks: Path | None = None) -> Iterator[Sentence]:
    """Everything that is wrong with the log at `path`; nothing where it is whole.

    `marks` is the folder that tells an old copy, as in SqliteDeliveryLog.
    """
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            yield from _verify_file(connection)
            session = SqliteSession(connection)
            yield from verify_rows(session)
            instance = session.run("instance").fetchone()[0].hex()
            yield from verify_age(session, Watermark(marks, instance))
    except sqlite3.Error as error:
        yield say("The file cannot be read as a delivery log: {reason}.", reason=error)


def _verify_file(connection: sqlite3.Connection) -> Iterator[Sentence]:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        yield say("The file does not bear our mark: another program wrote it.")
    latest = migrations()[-1][0]
    if version != latest:
        yield say("The format is {found}, this version knows {known}.", found=version, known=latest)
    for (verdict,) in connection.execute("PRAGMA integrity_check(20)"):
        if verdict != "ok":
            yield say("The file is damaged: {reason}.", reason=verdict)
    for row in connection.execute("PRAGMA foreign_key_check").fetchmany(20):
        yield say("A row of {table} belongs to nothing.", table=row[0])
