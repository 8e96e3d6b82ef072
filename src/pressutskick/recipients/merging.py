"""One mailbox, one recipient: rows of a list that share a mailbox are put together."""

from collections.abc import Iterable
from dataclasses import replace

from pressutskick.errors import Problem, Severity
from pressutskick.recipients.model import DATE_FIELDS, TEXT_FIELDS, Recipient
from pressutskick.sentences import say

_OPEN = (*TEXT_FIELDS, *DATE_FIELDS, "language")


def merge_duplicates(
    recipients: Iterable[Recipient],
) -> tuple[tuple[Recipient, ...], tuple[Problem, ...]]:
    """Each mailbox once, at the place of its first row, with a notice for every further row.

    The first row's words win, later rows fill what it leaves open, tags are put together. Two
    different names are a warning: one of the two persons would be greeted by the other's name.
    """
    merged: dict[str, Recipient] = {}
    notices: list[Problem] = []
    for recipient in recipients:
        key = recipient.mailbox.key
        first = merged.setdefault(key, recipient)
        if first is not recipient:
            merged[key] = merge(first, recipient)
            notices.append(_notice(first, recipient))
    return tuple(merged.values()), tuple(notices)


def merge(first: Recipient, later: Recipient) -> Recipient:
    """`first` with its gaps filled from `later`; it keeps its mailbox and its origin."""
    filled = {name: getattr(first, name) or getattr(later, name) for name in _OPEN}
    return replace(
        first,
        **filled,
        mailbox=replace(first.mailbox, name=filled["name"] or ""),
        tags=first.tags | later.tags,
        wants=first.wants and later.wants,
        extra={**later.extra, **first.extra},
    )


def name_conflict(first: Recipient, second: Recipient) -> tuple[str, str] | None:
    """The names of both rows where they are two different ones."""
    if not first.name or not second.name or first.name.casefold() == second.name.casefold():
        return None
    return first.name, second.name


def _notice(first: Recipient, later: Recipient) -> Problem:
    names = name_conflict(first, later)
    if names:
        sentence = say(
            "{address} stands in row {row} as {first} and here as {later}; one mail goes to {first}",
            address=later.mailbox.address,
            row=first.origin.line,
            first=names[0],
            later=names[1],
        )
    else:
        sentence = say(
            "{address} stands in row {row} already; the two are one recipient",
            address=later.mailbox.address,
            row=first.origin.line,
        )
    return Problem(
        code="list.two_names" if names else "list.duplicate",
        severity=Severity.WARNING if names else Severity.HINT,
        sentence=sentence,
        origin=later.origin,
    )
