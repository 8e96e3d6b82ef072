"""The plan: everybody has an entry, and what the log knows decides."""

import pytest
from tests.kit.deliveries import recipient

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.plan import PlanReason, make_plan
from pressutskick.recipients.selection import Choice, SkipReason


def test_everybody_on_the_lists_has_an_entry_in_the_same_order() -> None:
    choices = [
        Choice(recipient=recipient(1)),
        Choice(recipient=recipient(2), reason=SkipReason.EXCLUDED),
        Choice(recipient=recipient(1), reason=SkipReason.DUPLICATE),
    ]
    plan = make_plan(choices, {})
    assert [entry.recipient for entry in plan.entries] == [each.recipient for each in choices]
    assert list(plan.ready) == [recipient(1)]
    assert plan.by_reason == {SkipReason.EXCLUDED: 1, SkipReason.DUPLICATE: 1}


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (DeliveryStatus.PENDING, None),
        (DeliveryStatus.SENDING, None),
        (DeliveryStatus.DEFERRED, None),
        (DeliveryStatus.SKIPPED, None),
        (DeliveryStatus.COMMITTING, PlanReason.OUTCOME_UNKNOWN),
        (DeliveryStatus.UNKNOWN, PlanReason.OUTCOME_UNKNOWN),
        (DeliveryStatus.ACCEPTED, PlanReason.ALREADY_ACCEPTED),
        (DeliveryStatus.REJECTED, PlanReason.ALREADY_REJECTED),
        (DeliveryStatus.BOUNCED, PlanReason.ALREADY_BOUNCED),
    ],
)
def test_only_who_has_no_outcome_is_mailed(
    status: DeliveryStatus, reason: PlanReason | None
) -> None:
    plan = make_plan([Choice(recipient=recipient(1))], {recipient(1).mailbox.key: status})
    assert plan.entries[0].reason == reason
    assert plan.has_unknown is (reason is PlanReason.OUTCOME_UNKNOWN)


def test_the_selections_own_reason_comes_first() -> None:
    choice = Choice(recipient=recipient(1), reason=SkipReason.OPTED_OUT)
    plan = make_plan([choice], {recipient(1).mailbox.key: DeliveryStatus.ACCEPTED})
    assert plan.entries[0].reason is SkipReason.OPTED_OUT


def test_nothing_is_recorded_of_an_erased_person_or_twice_of_one_mailbox() -> None:
    reasons = (SkipReason.ERASED, SkipReason.DUPLICATE, SkipReason.OPTED_OUT)
    plan = make_plan([Choice(recipient=recipient(1), reason=each) for each in reasons], {})
    assert [entry.is_recorded for entry in plan.entries] == [False, False, True]
