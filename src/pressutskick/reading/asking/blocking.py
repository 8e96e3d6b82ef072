"""Which open questions stand in the way of sending."""

from pressutskick.reading.model import Question, Reading

#: A wrong one of these sends a newsroom to the wrong place, or its answer into nothing; without a
#: title the subject is empty.
BLOCKING_FIELDS = ("title", "event.date", "event.start", "event.place", "event.sessions", "rsvp")


def blocking_questions(reading: Reading) -> tuple[Question, ...]:
    """The questions that must be answered before the release may be sent.

    A question about a whole (`event`) or a part (`rsvp.email`) blocks like the field itself.
    """
    return tuple(question for question in reading.questions if _is_blocking(question.field))


def _is_blocking(field: str) -> bool:
    return any(
        field == blocking or field.startswith(f"{blocking}.") or blocking.startswith(f"{field}.")
        for blocking in BLOCKING_FIELDS
    )
