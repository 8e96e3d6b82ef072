"""Approvals in the log: written once, never changed."""

import datetime as dt

from pressutskick.deliverylog.sqlite.reading import DeliveryReader
from pressutskick.deliverylog.sqlite.rows import moment_text
from pressutskick.deliverylog.sqlite.statements import statements
from pressutskick.dispatch.approval import Approval, Digests


def read_approvals(log: DeliveryReader, release_id: str) -> tuple[Approval, ...]:
    """Every approval of the release, oldest first."""
    with log.connection() as connection:
        rows = connection.execute(statements()["approvals"], {"release_id": release_id}).fetchall()
    return tuple(
        Approval(
            release_id=row[0],
            digests=Digests(release=row[1], templates=row[2], selection=row[3], settings=row[4]),
            approver=row[5],
            approved_at=dt.datetime.fromisoformat(row[6]),
        )
        for row in rows
    )


def write_approval(log: DeliveryReader, approval: Approval) -> None:
    """Keeps somebody's yes."""
    digests = approval.digests
    with log.connection() as connection:
        connection.execute(
            statements()["insert_approval"],
            {
                "release_id": approval.release_id,
                "release": digests.release,
                "templates": digests.templates,
                "selection": digests.selection,
                "settings": digests.settings,
                "approver": approval.approver,
                "approved_at": moment_text(approval.approved_at),
            },
        )
