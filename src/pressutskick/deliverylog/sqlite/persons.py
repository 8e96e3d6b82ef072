"""All that the log holds about one person, for their right of access (GDPR article 15)."""

from pressutskick.deliverylog.sqlite.reading import DeliveryReader
from pressutskick.deliverylog.sqlite.statements import statements
from pressutskick.deliverylog.sqlite.suppressions import read_suppressions
from pressutskick.mail import comparison_key
from pressutskick.recipients.snapshot import read_recipient
from pressutskick.recipients.suppression import erasure_key
from pressutskick.recipients.transcript import describe_recipient, describe_suppression


def describe_person(log: DeliveryReader, address: str) -> dict[str, object]:
    """The person's deliveries with every attempt, answers, samples and suppressions, for JSON."""
    key = comparison_key(address)
    sql = statements()
    with log.connection() as connection:
        deliveries = connection.execute(sql["deliveries_of_person"], {"key": key}).fetchall()
        answers = connection.execute(sql["answers_of_person"], {"key": key}).fetchall()
        samples = connection.execute(sql["test_messages"]).fetchall()
    suppressions = read_suppressions(log)
    keys = (key, erasure_key(key, suppressions.secret))
    return {
        "deliveries": [_delivery(log, row) for row in deliveries],
        "answers": [
            {"release": release, "answer": answer, "source": source, "at": at}
            for release, answer, source, at in answers
        ],
        "samples": [
            {"release": release, "at": at, "status": status}
            for _id, sample, release, at, status in samples
            if comparison_key(sample) == key
        ],
        "suppressions": [
            describe_suppression(entry)
            for found in keys
            for entry in suppressions.entries.get(found, ())
        ],
    }


def find_lists(log: DeliveryReader, key: str) -> dict[str, bool]:
    """The list files that any delivery came from, and whether one to this mailbox did."""
    with log.connection() as connection:
        rows = connection.execute(statements()["lists_of_log"], {"key": key}).fetchall()
    return {file: bool(is_own) for file, is_own in rows}


def _delivery(log: DeliveryReader, row: tuple[object, ...]) -> dict[str, object]:
    id_, release, purpose, number, title, status, reason, updated, message_id, recipient = row
    return {
        "release": release,
        "title": title,
        "purpose": purpose,
        "number": number,
        "status": status,
        "reason": reason,
        "updated": updated,
        "message_id": message_id,
        "recipient": describe_recipient(read_recipient(str(recipient))),
        "attempts": [
            {
                "number": attempt.number,
                "ended": attempt.ended_at.isoformat(),
                "status": attempt.status.value,
                "reply": str(attempt.reply) if attempt.reply else None,
            }
            for attempt in log.attempts(int(str(id_)))
        ],
    }
