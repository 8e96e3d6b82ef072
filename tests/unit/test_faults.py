"""Every fault of the sandbox can be named; what cannot be named is told."""

import pytest

from pressutskick.errors import UsageError
from pressutskick.transports.relay.faults import MISBEHAVIOURS, Stage, parse_fault


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("what", [*MISBEHAVIOURS, "421", "599"])
def test_each_misbehaviour_can_be_asked_for_at_each_stage(what: str, stage: Stage) -> None:
    fault = parse_fault(f"{what}-at-{stage}:0.25")
    assert (fault.stage, fault.rate) == (stage, 0.25)


def test_after_data_is_the_final_reply() -> None:
    fault = parse_fault("451-after-data:0.1")
    assert (fault.stage, fault.rate) == (Stage.FINAL, 0.1)
    assert parse_fault("hang-at-ehlo").rate == 1


@pytest.mark.parametrize(
    "text",
    ["", "451", "250-at-mail", "foo-at-mail", "451-at-lunch", "451-at-mail:2", "451-at-mail:x"],
)
def test_what_is_no_fault_is_told_with_what_would_be(text: str) -> None:
    with pytest.raises(UsageError, match="STAGE"):
        parse_fault(text)
