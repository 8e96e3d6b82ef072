"""Telling those on a list that they are on it (GDPR article 14): to whom, and who has been told. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.log import History
from pressutskick.dispatch.records import DispatchKey
from pressutskick.errors import InputError, Origin, Problem, Severity
from pressutskick.recipients.edits import Wish
from pressutskick.recipients.fields import Field
from pressutskick.recipients.model import Recipient
from pressutskick.release.model import Kind, Release
from pressutskick.release.zone import ZONE
from pressutskick.sentences import say

#: What a person has to fill in; a link has its address behind it.
_BLANK = re.compile(r"\[([^\[\]\n]{3,400})\](?!\(|:)")


def find_uninformed(rows: Iterable[Recipient], told: Mapping[str, date]) -> tuple[Recipient, ...]:
    """The people of a list whose row has no day of informing and whom the log does not know of."""
    return tuple(
        row for row in rows if row.name and row.informed is None and row.mailbox.key not in told
    )


def find_told(log: History, release_id: str) -> Mapping[str, date]:
    """Who has got the text, by comparison key, and when."""
    record = log.find(DispatchKey(release_id=release_id))
    if record is None:
        return {}
    return {
        delivery.recipient.mailbox.key: delivery.updated_at.astimezone(ZONE).date()
        for delivery in log.deliveries(record.id, status=DeliveryStatus.ACCEPTED)
    }


def wishes_to_note(rows: Sequence[Recipient], told: Mapping[str, date]) -> tuple[Wish, ...]:
    """The day of each who was told and whose row does not say so."""
    return tuple(
        Wish(
            origin=row.origin,
            address=row.mailbox.address,
            days={Field.INFORMED: told[row.mailbox.key]},
        )
        for row in rows
        if row.informed is None and row.mailbox.key in told
    )


def require_finished(release: Release, text: str, file: str) -> None:
    """The text must be an information, and nothing in it left to be filled in.

    Raises:
        InputError: it is not; names every line.
    """
    if release.kind is not Kind.INFORMATION:
        raise InputError(
            say("{file} is no information to those on a list.", file=file),
            remedy=say('Its front matter must say "kind: information".'),
        )
    body = text.partition("\n---")[2]
    above = text[: len(text) - len(body)].count("\n")
    problems = [
        Problem(
            code="information.blank",
            severity=Severity.ERROR,
            sentence=say("this is still to be filled in: [{words}]", words=found[1]),
            origin=Origin(file=file, line=number),
        )
        for number, line in enumerate(body.split("\n"), above + 1)
        for found in _BLANK.finditer(line)
    ]
    if problems:
        raise InputError(problems=problems)
