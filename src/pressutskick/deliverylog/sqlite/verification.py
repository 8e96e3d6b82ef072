"""`log verify`: is the file whole, and does it keep its own rules?

Works on a file that nothing else will open any more; changes nothing.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pressutskick.deliverylog.sqlite.chain import Harm, Place, Source, find_harm
from pressutskick.deliverylog.sqlite.schema import APPLICATION_ID
from pressutskick.deliverylog.sqlite.statements import migrations, statements
from pressutskick.deliverylog.sqlite.watermark import Watermark
from pressutskick.sentences import Sentence, say

#: Deliveries that one broken rule names.
_NAMED = 5


def verify_log(path: Path, *, marks: Path | None = None) -> Iterator[Sentence]:
    """Everything that is wrong with the log at `path`; nothing where it is whole.

    `marks` is the folder that tells an old copy, as in SqliteDeliveryLog.
    """
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            yield from _verify_file(connection)
            yield from _verify_rules(connection)
            yield from _verify_chain(connection)
            yield from _verify_age(connection, marks)
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


def _verify_age(connection: sqlite3.Connection, marks: Path | None) -> Iterator[Sentence]:
    (instance,) = connection.execute(
        "SELECT hex(value) FROM meta WHERE key = 'instance'"
    ).fetchone()
    (last,) = connection.execute(statements()["last_run"]).fetchone()
    if last < Watermark(marks, instance.lower()).read():
        yield say(
            "This is an old copy of the delivery log; this machine has sent since. If it is to be "
            "gone on with: pressutskick log verify --restored"
        )


def _verify_rules(connection: sqlite3.Connection) -> Iterator[Sentence]:
    rules = {
        "verify_two_dots": say("may have been mailed twice without anybody's decision"),
        "verify_accepted_without_reply": say("are called accepted, but no reply says so"),
        "verify_unsent_but_accepted": say("were accepted, but are not called so"),
        "verify_attempt_numbers": say("have lost or gained attempts"),
        "verify_skips_have_reasons": say("are skipped without a reason, or have one and are not"),
        "verify_deferred_have_times": say("are put off without a time, or have one and are not"),
    }
    for name, words in rules.items():
        found = [row[0] for row in connection.execute(statements()[name])]
        if found:
            yield say(
                "Deliveries that {rule}: {count} (number {numbers}).",
                count=len(found),
                rule=words,
                numbers=", ".join(map(str, found[:_NAMED])),
            )


def _verify_chain(connection: sqlite3.Connection) -> Iterator[Sentence]:
    """The first row that another program has changed, and how many more there are."""
    found = list(find_harm(connection))
    if not found:
        return
    first = found[0]
    yield say(
        "{place} {harm}. Rows that another program has touched: {count}.",
        place=_name(first.place),
        harm=_HARMS[first.harm],
        count=len(found),
    )


def _name(place: Place) -> Sentence:
    """The row in words."""
    return {
        Source.ATTEMPT: say(
            "Attempt {number} of delivery {row}", number=place.number, row=place.row
        ),
        Source.RESOLUTION: say("Decision {row} about a delivery", row=place.row),
        Source.APPROVAL: say("Approval {row}", row=place.row),
        Source.SUPPRESSION: say("Suppression {row}", row=place.row),
    }[place.source]


_HARMS = {
    Harm.CHANGED: say("was changed after it was written"),
    Harm.REMOVED: say("was taken out"),
    Harm.ADDED: say("was added by hand"),
    Harm.BROKEN: say("is where the chain of rows is broken"),
}
