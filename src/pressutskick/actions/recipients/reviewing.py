"""What of a media list no longer holds, by the list itself and by what the log knows. Pure.

One finding for each row, the gravest. What a person has looked at since (the row's day of checking)
is not told again.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pressutskick.actions.recipients.traces import Trace
from pressutskick.dispatch.incoming import IncomingRecord, IncomingState
from pressutskick.recipients.model import Recipient
from pressutskick.release.zone import ZONE
from pressutskick.replies.verdict import Absence, ReplyKind

#: A row that was checked longer ago is asked about.
MAX_AGE = dt.timedelta(days=365)
#: Notices of absence so far apart are no holiday any more.
_LONG_ABSENCE = dt.timedelta(days=30)
#: Mails in a row that came back.
_TWICE = 2
#: So many invitations without a word are silence.
_SILENCE = 5


class FindingKind(StrEnum):
    """What is the matter with a row, the gravest first."""

    GONE = "gone"
    LEFT = "left"
    BOUNCED_TWICE = "bounced_twice"
    ABSENT = "absent"
    TWO_ADDRESSES = "two_addresses"
    SILENT = "silent"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A row that somebody should look at.

    `since` is the day that it is so; `words` are a server's or the person's; `instead` is an address
    that was named in place of this one. `other` is the row with the same person's other address.
    `count` tells mails that came back or were not answered. `replies` are what inbox asks about.
    """

    kind: FindingKind
    recipient: Recipient
    since: dt.date | None = None
    words: str = ""
    instead: str | None = None
    other: Recipient | None = None
    count: int = 0
    replies: tuple[IncomingRecord, ...] = ()


_NO_TRACE = Trace()


def review(
    rows: Sequence[Recipient], traces: Mapping[str, Trace], *, today: dt.date
) -> tuple[Finding, ...]:
    """What to look at, the gravest first and then in the order of the rows."""
    undated = undated_tables(rows)
    others = _find_others(rows)
    found: list[Finding] = []
    for row in rows:
        trace = _since(traces.get(row.mailbox.key, _NO_TRACE), row.checked)
        kinds = (
            _gone(row, trace),
            _left(row, trace),
            _bounced(row, trace),
            _absent(row, trace, today),
            _two_addresses(row, others, today),
            _silent(row, trace),
            _unchecked(row, today) if row.checked or _table(row) not in undated else None,
        )
        found += [finding for finding in kinds if finding is not None][:1]
    order = list(FindingKind)
    return tuple(sorted(found, key=lambda finding: order.index(finding.kind)))


def undated_tables(rows: Sequence[Recipient]) -> tuple[str, ...]:
    """Lists in which few rows say when they were checked: that is said once, not of each row."""
    counts = Counter(map(_table, rows))
    dated = Counter(_table(row) for row in rows if row.checked is not None)
    return tuple(table for table, count in counts.items() if dated[table] * 2 <= count)


def _table(row: Recipient) -> str:
    return row.origin.file or ""


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(ZONE).date()


def _since(trace: Trace, checked: dt.date | None) -> Trace:
    """What came after somebody has looked at the row."""
    if checked is None:
        return trace
    return Trace(
        outcomes=[each for each in trace.outcomes if _day(each.moment) > checked],
        replies=[each for each in trace.replies if _day(_moment(each)) > checked],
        answers=trace.answers,
    )


def _moment(reply: IncomingRecord) -> dt.datetime:
    return reply.mailed_at or reply.taken_at


def _open(trace: Trace, *kinds: ReplyKind) -> tuple[IncomingRecord, ...]:
    """The replies about which inbox asks too."""
    return tuple(
        each
        for each in trace.replies
        if each.kind in kinds and each.state is IncomingState.PROPOSED
    )


def _gone(row: Recipient, trace: Trace) -> Finding | None:
    """A server has said that nobody is there, and nothing has arrived since."""
    arrived = max((each.moment for each in trace.outcomes if not each.has_come_back), default=None)
    told = [
        (_moment(each), str(each.reply or each.words))
        for each in trace.replies
        if each.kind is ReplyKind.BOUNCE and each.is_permanent
    ]
    told += [(each.moment, each.words) for each in trace.outcomes if each.is_gone]
    last = max(told, default=None)
    if last is None or (arrived is not None and arrived > last[0]):
        return None
    return Finding(
        kind=FindingKind.GONE,
        recipient=row,
        since=_day(last[0]),
        words=last[1],
        replies=_open(trace, ReplyKind.BOUNCE),
    )


def _absences(trace: Trace) -> Iterator[tuple[IncomingRecord, Absence]]:
    """The notices since anybody there last wrote in person."""
    found: list[tuple[IncomingRecord, Absence]] = []
    for reply in trace.replies:
        if reply.kind is ReplyKind.ABSENCE and reply.absence is not None:
            found.append((reply, reply.absence))
        elif reply.kind in (ReplyKind.ANSWER, ReplyKind.QUESTION):
            found = []
    yield from found


def _left(row: Recipient, trace: Trace) -> Finding | None:
    for reply, absence in _absences(trace):
        if absence.has_left:
            return Finding(
                kind=FindingKind.LEFT,
                recipient=row,
                since=_day(_moment(reply)),
                words=reply.words,
                instead=absence.deputy,
                replies=_open(trace, ReplyKind.ABSENCE),
            )
    return None


def _bounced(row: Recipient, trace: Trace) -> Finding | None:
    """The last two mails, or more, came back."""
    count = 0
    for outcome in reversed(trace.outcomes):
        if not outcome.has_come_back:
            break
        count += 1
    if count < _TWICE:
        return None
    words = [str(each.reply) for each in trace.replies if each.kind is ReplyKind.BOUNCE]
    return Finding(
        kind=FindingKind.BOUNCED_TWICE,
        recipient=row,
        since=_day(trace.outcomes[-count].moment),
        words=trace.outcomes[-1].words or next(reversed(words), ""),
        count=count,
        replies=_open(trace, ReplyKind.BOUNCE),
    )


def _absent(row: Recipient, trace: Trace, today: dt.date) -> Finding | None:
    """Notices for more than a month, and none says that the person will be back."""
    found = list(_absences(trace))
    if len(found) < _TWICE:
        return None
    first, (last, absence) = _moment(found[0][0]), found[-1]
    is_back_soon = absence.back is not None and absence.back > today
    if _moment(last) - first < _LONG_ABSENCE or is_back_soon:
        return None
    return Finding(
        kind=FindingKind.ABSENT,
        recipient=row,
        since=_day(first),
        words=last.words,
        instead=absence.deputy,
        count=len(found),
    )


def _silent(row: Recipient, trace: Trace) -> Finding | None:
    mails = {each.release_id: each.moment for each in trace.outcomes if not each.has_come_back}
    if trace.answers or len(mails) < _SILENCE:
        return None
    since = _day(min(mails.values()))
    return Finding(kind=FindingKind.SILENT, recipient=row, since=since, count=len(mails))


def _unchecked(row: Recipient, today: dt.date) -> Finding | None:
    if row.checked is not None and row.checked >= today - MAX_AGE:
        return None
    return Finding(kind=FindingKind.UNCHECKED, recipient=row, since=row.checked)


def _find_others(rows: Sequence[Recipient]) -> Mapping[int, Recipient]:
    """By the place of a row in `rows`: an earlier row of the same person with another address."""
    first: dict[tuple[str, str], Recipient] = {}
    others: dict[int, Recipient] = {}
    for row in rows:
        if row.name and row.outlet:
            other = first.setdefault((row.name.casefold(), row.outlet.casefold()), row)
            if other.mailbox.key != row.mailbox.key:
                others[id(row)] = other
    return others


def _two_addresses(
    row: Recipient, others: Mapping[int, Recipient], today: dt.date
) -> Finding | None:
    other = others.get(id(row))
    if other is None or (row.checked is not None and row.checked >= today - MAX_AGE):
        return None
    return Finding(kind=FindingKind.TWO_ADDRESSES, recipient=row, other=other)
