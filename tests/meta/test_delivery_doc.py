"""docs/delivery.md tells the transitions that the code allows."""

import re
from pathlib import Path

from pressutskick.dispatch.delivery import RESOLUTIONS, TRANSITIONS, DeliveryStatus

TEXT = (Path(__file__).parents[2] / "docs" / "delivery.md").read_text("utf-8")


def test_the_page_has_every_status_with_what_may_follow() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]* \| ([^|]*) \|$", TEXT, re.MULTILINE)
    told = {
        status: {word for word in re.findall(r"\w+", follow) if word in set(DeliveryStatus)}
        for status, follow in rows
    }
    allowed = {
        status.value: {
            after.value for after in (*TRANSITIONS[status], *RESOLUTIONS.get(status, ()))
        }
        for status in DeliveryStatus
    }
    assert told == allowed
