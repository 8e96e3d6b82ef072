"""Everything that the log may hold, and the sandbox do, has words for the person."""

from pressutskick.cli.shows.words import (
    fault_word,
    misbehaviour_word,
    phase_word,
    purpose_word,
    skip_word,
    stage_word,
    status_word,
)
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Fault, Phase
from pressutskick.dispatch.plan import LASTING, EndReason
from pressutskick.message.model import Purpose
from pressutskick.recipients.selection import SkipReason
from pressutskick.transports.relay.faults import MISBEHAVIOURS, Stage


def test_every_fault_status_and_purpose_has_its_word() -> None:
    assert all(fault_word(fault) for fault in Fault)
    assert all(status_word(status) for status in DeliveryStatus)
    assert all(purpose_word(purpose) for purpose in Purpose)


def test_every_reason_that_is_kept_is_told_in_words_and_not_by_its_code() -> None:
    for reason in {*SkipReason, *LASTING, *EndReason}:
        assert skip_word(str(reason)) != str(reason)


def test_each_phase_misbehaviour_and_stage_has_words_of_its_own() -> None:
    assert len({phase_word(phase) for phase in Phase}) == len(Phase)
    assert len({misbehaviour_word(name) for name in MISBEHAVIOURS}) == len(MISBEHAVIOURS)
    assert len({stage_word(stage.value) for stage in Stage}) == len(Stage)
