"""The account of one release: what its page, its sheet of people and its record are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pressutskick.dispatch.approval import Approval
from pressutskick.dispatch.door import KeptAnswer
from pressutskick.dispatch.incoming import IncomingRecord
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.records import ResolutionRecord
from pressutskick.report.decisions import Decided, list_decisions
from pressutskick.report.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All that the log knows of a release. `answers` are by comparison key."""

    life: Life
    ledger: Ledger
    answers: Mapping[str, KeptAnswer] = field(default_factory=dict)
    incoming: tuple[IncomingRecord, ...] = ()
    approvals: tuple[Approval, ...] = ()
    resolutions: tuple[ResolutionRecord, ...] = ()

    @property
    def decisions(self) -> tuple[Decided, ...]:
        """What people decided, oldest first."""
        return list_decisions(self.approvals, self.resolutions, self.life.dispatches, self.incoming)
