"""One row for each recipient of a release, as they pass by: for a spreadsheet."""

from collections.abc import Iterable, Iterator

from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.records import DeliveryRecord
from pressutskick.message.model import Purpose
from pressutskick.report.account import Account
from pressutskick.report.aftermath import tell_words
from pressutskick.report.page import Coded, Column, Row
from pressutskick.report.words import name_answer, name_status
from pressutskick.sentences import say

COLUMNS = (
    Column.of("address", say("Recipient")),
    Column.of("name", say("Name")),
    Column.of("outlet", say("Outlet")),
    Column.of("media_type", say("Medium")),
    Column.of("language", say("Language")),
    Column.of("state", say("State")),
    Column.of("when", say("When")),
    Column.of("words", say("In the server's words")),
    Column.of("reminders", say("Reminders")),
    Column.of("corrections", say("Corrections")),
    Column.of("cancellations", say("Cancellations")),
    Column.of("answer", say("Answer")),
    Column.of("guests", say("Guests")),
    Column.of("came", say("Came")),
)


def list_people(account: Account, deliveries: Iterable[DeliveryRecord]) -> Iterator[Row]:
    """Everybody; `deliveries` are those of the invitation, those left out too."""
    masks = [
        sum(
            1 << number
            for number, figures in enumerate(account.ledger.dispatches)
            if figures.record.key.purpose is wanted
        )
        for wanted in (Purpose.REMINDER, Purpose.CORRECTION, Purpose.CANCELLATION)
    ]
    states = {each: Coded(code=each.value, words=name_status(each)) for each in DeliveryStatus}
    for delivery in deliveries:
        recipient, status = delivery.recipient, delivery.status
        key = recipient.mailbox.key
        person = account.ledger.people.get(key)
        taken = person.taken if person is not None else 0
        followed = [(taken & mask).bit_count() for mask in masks]
        kept = account.answers.get(key)
        answer = kept.answer if kept is not None else None
        # What a server says to a mail that it takes is of no use to anybody.
        words = None if status is DeliveryStatus.ACCEPTED else tell_words(delivery)
        yield (
            recipient.mailbox.address,
            recipient.name,
            recipient.outlet,
            recipient.media_type,
            recipient.language.value if recipient.language else None,
            states[status],
            delivery.updated_at,
            words,
            *followed,
            Coded(code=answer.value, words=name_answer(answer)) if answer else None,
            kept.details.guests if kept is not None and answer is Answer.COMING else None,
            1 if person is not None and person.has_come else None,
        )
