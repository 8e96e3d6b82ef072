"""Making people unrecognisable in rows: one who asked for it, or all whose time is over."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from pressutskick.deliverylog.memory.rows import MemoryDelivery, MemoryDispatch
from pressutskick.deliverylog.memory.store import MemoryStore
from pressutskick.deliverylog.scrubbing import Scrubber
from pressutskick.dispatch.door import Arrival
from pressutskick.dispatch.incoming import IncomingRecord, IncomingState
from pressutskick.dispatch.persons import PersonSample
from pressutskick.dispatch.records import AttemptRecord
from pressutskick.mail import Mailbox, Reply
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.snapshot import read_recipient, recipient_text
from pressutskick.recipients.suppression import ERASED_DOMAIN


def hide(dispatch: MemoryDispatch, row: MemoryDelivery, word: str) -> None:
    """The row stays, so that counts stay; nothing in it tells whose it was.

    Servers repeat addresses in their replies; code and enhanced status of those stay.
    """
    row.key, row.is_hidden = f"{word}:{row.id}", True
    row.recipient = Recipient(mailbox=Mailbox(address=f"{row.id}{ERASED_DOMAIN}"))
    row.message_id = row.server_id = row.returned = None
    row.closed = [
        replace(each, reply=replace(each.reply, text="") if each.reply else None, detail="")
        for each in row.closed
    ]
    dispatch.deliveries = {each.key: each for each in dispatch.deliveries.values()}


def strip(dispatch: MemoryDispatch) -> None:
    """Makes everybody in the dispatch unrecognisable; what is no personal data stays."""
    dispatch.is_stripped = True
    for row in tuple(dispatch.deliveries.values()):
        known = row.recipient
        row.end_waiting("stripped", row.updated_at)
        hide(dispatch, row, "stripped")
        row.recipient = replace(
            row.recipient,
            outlet=known.outlet,
            media_type=known.media_type,
            language=known.language,
        )


def sweep(store: MemoryStore, person: Scrubber) -> int:
    """Takes the person out of every text; how many rows changed.

    A name that others may share stays where it may be theirs: invitations, other people's rows,
    colleagues.
    """
    changed = 0
    for dispatch in store.dispatches.values():
        changed += _sweep_dispatch(dispatch, person)
    for row in store.deliveries.values():
        changed += _sweep_delivery(row, person)
    for place, answer in store.answers.items():
        details = replace(answer.details, note=person.scrub(answer.details.note))
        clean = replace(answer, source=person.scrub(answer.source), details=details)
        changed += clean != answer
        store.answers[place] = clean
    for place, arrival in store.arrivals.items():
        store.arrivals[place] = replace(arrival, name=person.scrub(arrival.name))
        changed += store.arrivals[place] != arrival
    for identity, entry in store.suppressions.items():
        bar = replace(entry, source=person.scrub(entry.source))
        changed += bar != entry
        store.suppressions[identity] = bar
    for digest, record in store.incoming.items():
        told = replace(record, name=person.scrub(record.name), words=person.scrub(record.words))
        changed += told != record
        store.incoming[digest] = told
    before = tuple(store.approvals)
    store.approvals[:] = [
        replace(each, approver=person.scrub(each.approver, with_names=False)) for each in before
    ]
    return changed + sum(one != other for one, other in zip(before, store.approvals, strict=True))


def _sweep_dispatch(dispatch: MemoryDispatch, person: Scrubber) -> int:
    before = (dispatch.title, dispatch.snapshots)
    dispatch.title = person.scrub(dispatch.title, with_names=False)
    dispatch.snapshots = {
        number: replace(each, release=person.scrub(each.release, with_names=False))
        for number, each in dispatch.snapshots.items()
    }
    return int(before != (dispatch.title, dispatch.snapshots))


def _sweep_delivery(row: MemoryDelivery, person: Scrubber) -> int:
    before = (row.recipient, row.closed)
    text = recipient_text(row.recipient)
    if (clean := person.scrub(text, with_names=False)) != text:
        row.recipient = read_recipient(clean)
    row.closed = [_sweep_attempt(each, person) for each in row.closed]
    return int(before != (row.recipient, row.closed))


def _sweep_attempt(attempt: AttemptRecord, person: Scrubber) -> AttemptRecord:
    reply: Reply | None = attempt.reply
    if reply is not None:
        reply = replace(reply, text=person.scrub(reply.text))
    return replace(attempt, reply=reply, detail=person.scrub(attempt.detail))


def hide_answers(store: MemoryStore, places: Iterable[tuple[str, str]], word: str) -> int:
    """The answers count on; nobody knows whose they are, or how they came. How many there were."""
    found = tuple(places)
    for release_id, key in found:
        answer = store.answers.pop((release_id, key))
        nobody = f"{word}:{next(store.nobodies)}"
        details = replace(answer.details, note="")
        store.answers[release_id, nobody] = replace(answer, source="", details=details)
    return len(found)


def hide_arrivals(store: MemoryStore, is_meant: Callable[[str, Arrival], bool], word: str) -> int:
    """Somebody came, and nobody knows any more who; how many."""
    count = 0
    for (release_id, key), arrival in tuple(store.arrivals.items()):
        if is_meant(release_id, arrival):
            del store.arrivals[release_id, key]
            nobody = f"{word}:{next(store.nobodies)}"
            store.arrivals[release_id, nobody] = replace(arrival, key=nobody, name="")
            count += 1
    return count


def hide_incoming(store: MemoryStore, is_meant: Callable[[IncomingRecord], bool], word: str) -> int:
    """What came back is known by its digest, so that it comes in no second time; how many."""
    count = 0
    for digest, record in store.incoming.items():
        if is_meant(record):
            store.incoming[digest] = _blank(record, word)
            count += 1
    return count


def _blank(record: IncomingRecord, word: str) -> IncomingRecord:
    is_open = record.state is IncomingState.PROPOSED
    return replace(
        record,
        key=f"{word}:{record.id}",
        name="",
        words="",
        state=IncomingState.DISMISSED if is_open else record.state,
        reply=replace(record.reply, text="") if record.reply else None,
        absence=replace(record.absence, deputy=None) if record.absence else None,
    )


def hide_samples(store: MemoryStore, is_meant: Callable[[str, PersonSample], bool]) -> int:
    """Nobody knows to whom those samples went; how many there were."""
    count = 0
    for index, (address, sample) in enumerate(store.samples):
        if is_meant(address, sample):
            store.samples[index] = (f"erased{ERASED_DOMAIN}", sample)
            count += 1
    return count
