"""Making people unrecognisable in the log: one who asked for it, or all whose time is over.

Rows stay, so that counts stay; address, name and everything a server said about the person go. What
is deleted is overwritten by the adapter, as far as its database can.
"""

import datetime as dt

from pressutskick.deliverylog.relational.rows import moment_text
from pressutskick.deliverylog.relational.session import Session
from pressutskick.deliverylog.relational.suppressions import put_suppression
from pressutskick.deliverylog.scrubbing import Scrubber
from pressutskick.dispatch.persons import OldDispatch
from pressutskick.mail import comparison_key
from pressutskick.recipients.snapshot import read_recipient
from pressutskick.recipients.suppression import Suppression, SuppressionReason, erasure_key

#: Columns in which a name that others may share must stay: invitations, other people's rows, colleagues.
_NAME_STAYS = frozenset(
    {
        ("snapshot", "release"),
        ("snapshot", "files"),
        ("delivery", "recipient"),
        ("dispatch", "title"),
        ("approval", "approver"),
        ("approval", "person"),
        ("dispatch", "person"),
        ("resolution", "person"),
    }
)
_UNTOUCHED = frozenset({"meta", "transition", "link"})


def find_person(session: Session, key: str, address: str) -> Scrubber:
    """What recognises the person in the log's texts."""
    rows = session.run("recipients_of_person", {"key": key}).fetchall()
    return Scrubber(key, address, (read_recipient(text) for (text,) in rows))


def blank(session: Session, key: str, now: dt.datetime, secret: bytes) -> tuple[int, int]:
    """Empties what is the person's own, and bars mail to them; how many deliveries and others."""
    values = {"key": key, "now": moment_text(now)}
    session.run("skip_waiting_of_person", values)
    session.run("blank_attempts_of_person", {"key": key})
    deliveries = session.run("blank_deliveries_of_person", {"key": key}).rowcount
    others = session.run("blank_answers_of_person", {"key": key}).rowcount
    others += session.run("blank_arrivals_of_person", {"key": key}).rowcount
    others += session.run("blank_incoming_of_person", {"key": key}).rowcount
    others += session.run("delete_suppressions_of_person", {"key": key}).rowcount
    for id_, address, *_rest in session.run("test_messages").fetchall():
        if comparison_key(address) == key:
            others += session.run("blank_test_message", {"id": id_}).rowcount
    mark = Suppression(key=erasure_key(key, secret), reason=SuppressionReason.ERASED, created=now)
    put_suppression(session, mark)
    return deliveries, others


def sweep(session: Session, person: Scrubber) -> int:
    """Every text of every table: tables that came later are cleaned too. How many rows changed."""
    changed = 0
    for table, column in session.run("text_columns").fetchall():
        if table in _UNTOUCHED:
            continue
        with_names = (table, column) not in _NAME_STAYS
        texts = session.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL')  # noqa: S608 - our own schema
        found = {text for (text,) in texts if person.scrub(text, with_names=with_names) != text}
        for text in found:
            changed += session.execute(
                f'UPDATE "{table}" SET "{column}" = :cleaned WHERE "{column}" = :text',  # noqa: S608 - our own schema
                {"cleaned": person.scrub(text, with_names=with_names), "text": text},
            ).rowcount
    return changed


def strip(session: Session, dispatch: OldDispatch, now: str) -> int:
    """Makes everybody in the dispatch unrecognisable; how many deliveries that were."""
    values = {"dispatch": dispatch.id}
    session.run("strip_waiting", values)
    session.run("strip_attempts", values)
    session.run("strip_incoming", values)
    stripped = session.run("strip_deliveries", values).rowcount
    session.run("mark_stripped", {**values, "now": now})
    session.run("strip_answers", {"release_id": dispatch.key.release_id})
    session.run("strip_arrivals", {"release_id": dispatch.key.release_id})
    return stripped
