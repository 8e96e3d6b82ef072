"""Editions of one mail: who was last told something else is told something else now.

A correction says to each what that very person was last sent, and takes out of that very
calendar what is gone. Few texts are ever out at a time, so that messages are prepared for each
edition, not for each recipient.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pressutskick.actions.composing import Edition
from pressutskick.dispatch.changes.facts import compare_with_all
from pressutskick.dispatch.texts import Text
from pressutskick.message.compose import MessagePlan
from pressutskick.message.model import Change
from pressutskick.recipients.model import Recipient

#: Snapshots of the texts that somebody has; see `Correspondent.held`.
Held = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What decides which edition somebody gets: the texts that they have, and whether they come.

    `saved` are those whose calendar entries they have.
    """

    held: Held = ()
    saved: Held = ()
    is_expected: bool = False


class Differences:
    """What each must be told when `after` holds, worked out once for each text that is out."""

    def __init__(self, texts: Mapping[int, Text], after: Text) -> None:
        """`texts` are all that went out, by snapshot."""
        self._texts = texts
        self._after = after
        self._found: dict[Held, tuple[Change, ...]] = {}

    def since(self, held: Held) -> tuple[Change, ...]:
        """What whoever has the texts `held` has not been told."""
        if held not in self._found:
            texts = [self._texts[number] for number in held if number in self._texts]
            self._found[held] = compare_with_all(texts, self._after)
        return self._found[held]


def make_editions(
    recipients: Sequence[Recipient],
    stand: Callable[[Recipient], Standing],
    edit: Callable[[Standing], Edition],
    compose: Callable[[Edition], MessagePlan],
) -> tuple[MessagePlan, Mapping[str, MessagePlan]]:
    """The edition that most recipients get, and those of the others by comparison key."""
    counts: Counter[Standing] = Counter(map(stand, recipients)) or Counter([Standing()])
    made = {standing: edit(standing) for standing in counts}
    totals: Counter[Edition] = Counter()
    for standing, count in counts.items():
        totals[made[standing]] += count
    plans = {edition: compose(edition) for edition in totals}
    ((main, _),) = totals.most_common(1)
    others = {
        recipient.mailbox.key: plans[edition]
        for recipient in recipients
        if (edition := made[stand(recipient)]) != main
    }
    return plans[main], others
