"""All that a log holds about one person, as JSON: the same in every language."""

import datetime as dt

from pressutskick.actions.rights import Held
from pressutskick.dispatch.incoming import IncomingRecord
from pressutskick.dispatch.persons import PersonDelivery, PersonRecord
from pressutskick.recipients.transcript import describe_recipient, describe_suppression


def person_json(record: PersonRecord) -> dict[str, object]:
    """Deliveries with every attempt, answers, samples, replies and suppressions."""
    return {
        "deliveries": list(map(_delivery_json, record.deliveries)),
        "answers": [
            {
                "release": each.release_id,
                "answer": each.answer.value,
                "source": each.source,
                "at": _moment(each.answered_at),
            }
            for each in record.answers
        ],
        "samples": [
            {
                "release": each.release_id,
                "at": _moment(each.sent_at),
                "status": each.status.value,
            }
            for each in record.samples
        ],
        "replies": list(map(_reply_json, record.replies)),
        "suppressions": list(map(describe_suppression, record.suppressions)),
    }


def _delivery_json(each: PersonDelivery) -> dict[str, object]:
    delivery = each.delivery
    return {
        "release": each.key.release_id,
        "title": each.title,
        "purpose": each.key.purpose.value,
        "number": each.key.number,
        "status": delivery.status.value,
        "reason": delivery.reason,
        "updated": _moment(delivery.updated_at),
        "message_id": delivery.message_id,
        "recipient": describe_recipient(delivery.recipient),
        "attempts": [
            {
                "number": attempt.number,
                "ended": attempt.ended_at.isoformat(),
                "status": attempt.status.value,
                "reply": str(attempt.reply) if attempt.reply else None,
            }
            for attempt in each.attempts
        ],
    }


def _reply_json(each: IncomingRecord) -> dict[str, object]:
    absence = each.absence
    return {
        "release": each.release_id,
        "kind": each.kind.value,
        "state": each.state.value,
        "file": each.name,
        "words": each.words,
        "reply": str(each.reply) if each.reply else None,
        "back": absence.back.isoformat() if absence and absence.back else None,
        "deputy": absence.deputy if absence else None,
        "at": _moment(each.taken_at),
    }


def _moment(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="microseconds")


def held_json(held: Held) -> dict[str, object]:
    """All that is held about one person, in lists and logs."""
    return {
        "address": held.key,
        "lists": [describe_recipient(row.recipient) for row in held.lists.rows if row.recipient],
        "other_rows": [
            {"origin": str(row.origin), "cells": list(row.cells)}
            for row in held.lists.rows
            if not row.recipient
        ],
        "lists_gone": list(held.lists.gone),
        "lists_unread": list(held.lists.unread),
        **{name: person_json(record) if record else None for name, record in held.records.items()},
    }
