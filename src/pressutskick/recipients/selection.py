"""Who of the lists is meant: every recipient selected, or skipped with a reason. Pure.

One mail per mailbox over all lists, in a fair order (`recipients.round_robin`), so that no newsroom
is first each time because of its name.
"""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from pressutskick.errors import Origin, Problem, Severity
from pressutskick.recipients.address import address_key
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.round_robin import take_turns
from pressutskick.recipients.suppression import (
    NO_SUPPRESSIONS,
    Suppression,
    SuppressionReason,
    Suppressions,
)
from pressutskick.sentences import Sentence, say


class SkipReason(StrEnum):
    """Why a recipient of the lists gets no mail."""

    OPTED_OUT = "opted_out"
    BOUNCED = "bounced"
    ERASED = "erased"
    MUTED = "muted"
    WANTS_NONE = "wants_none"
    NOT_NAMED = "not_named"
    EXCLUDED = "excluded"
    LACKS_TAG = "lacks_tag"
    HAS_TAG = "has_tag"
    OTHER_OUTLET = "other_outlet"
    DUPLICATE = "duplicate"
    OUTLET_IS_FULL = "outlet_is_full"
    OVER_LIMIT = "over_limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What the flags ask for; an empty value asks for everybody.

    A recipient needs one of `tags` and none of `not_tags`; `outlets` match without regard to case;
    `only` and `exclude` hold addresses or `@domain`. `per_outlet` and `limit` are at least 1.
    """

    tags: tuple[str, ...] = ()
    not_tags: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    per_outlet: int | None = None
    limit: int | None = None


EVERYBODY = Selection()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One row of the lists: who, and why not where `reason` is set."""

    recipient: Recipient
    reason: SkipReason | None = None
    sentence: Sentence | None = None

    @property
    def is_selected(self) -> bool:
        """Whether the recipient gets the mail."""
        return self.reason is None


def select(
    recipients: Sequence[Recipient],
    selection: Selection = EVERYBODY,
    suppressions: Suppressions = NO_SUPPRESSIONS,
    *,
    today: date,
    is_reminder: bool = False,
    seed: str = "",
) -> tuple[Choice, ...]:
    """Decides for everybody: the selected first, in the order of sending, then the skipped.

    Args:
        recipients: of all lists, one after another.
        selection: what the flags ask for.
        suppressions: who must not be mailed; no flag lifts them.
        today: the day on which mutings are judged.
        is_reminder: whether suppressions of reminders count too.
        seed: gives the outlets' turns; the release's id, so that it is the same each time.
    """
    sieve = _Sieve(recipients, selection, suppressions, today=today, is_reminder=is_reminder)
    meant: list[Recipient] = []
    skipped: list[Choice] = []
    for recipient in recipients:
        skip = sieve.judge(recipient)
        if skip is None:
            meant.append(recipient)
        else:
            skipped.append(Choice(recipient=recipient, reason=skip[0], sentence=skip[1]))
    order = take_turns(meant, seed)
    limit = len(order) if selection.limit is None else selection.limit
    why = say("only {limit} were asked for", limit=limit)
    return (
        *(Choice(recipient=recipient) for recipient in order[:limit]),
        *(
            Choice(recipient=recipient, reason=SkipReason.OVER_LIMIT, sentence=why)
            for recipient in order[limit:]
        ),
        *skipped,
    )


def list_keys(choices: Iterable[Choice], unless: Container[SkipReason]) -> list[str]:
    """Comparison keys in ascending order, of all that are not skipped for these reasons."""
    return sorted(
        choice.recipient.mailbox.key
        for choice in choices
        if choice.reason is None or choice.reason not in unless
    )


def find_unmatched(recipients: Sequence[Recipient], selection: Selection) -> tuple[Problem, ...]:
    """A warning for each word of the selection that matches nobody: a slip in `--exclude` would
    mail somebody who was to be left out.
    """  # noqa: D205
    if selection == EVERYBODY:
        return ()
    keys = {recipient.mailbox.key for recipient in recipients}
    targets = keys | {f"@{key.rpartition('@')[2]}" for key in keys}
    tags = {tag for recipient in recipients for tag in recipient.tags}
    outlets = {(recipient.outlet or "").casefold() for recipient in recipients}
    asked = (
        ("--only", selection.only, targets, address_key),
        ("--exclude", selection.exclude, targets, address_key),
        ("--tag", selection.tags, tags, str.casefold),
        ("--not-tag", selection.not_tags, tags, str.casefold),
        ("--outlet", selection.outlets, outlets, str.casefold),
    )
    return tuple(
        _unmatched(flag, word, known, fold(word))
        for flag, words, known, fold in asked
        for word in words
        if fold(word) not in known
    )


def _unmatched(flag: str, word: str, known: Iterable[str], folded: str) -> Problem:
    alike = [other for other in known if other[:1] == folded[:1] or "@" not in folded]
    near = get_close_matches(folded, alike, 1, cutoff=0.8)
    sentence = (
        say(
            "{flag} {word} matches nobody; did you mean {near}?", flag=flag, word=word, near=near[0]
        )
        if near
        else say("{flag} {word} matches nobody", flag=flag, word=word)
    )
    return Problem(code="selection.unmatched", severity=Severity.WARNING, sentence=sentence)


_SUPPRESSED = {
    SuppressionReason.OPT_OUT: SkipReason.OPTED_OUT,
    SuppressionReason.BOUNCED: SkipReason.BOUNCED,
    SuppressionReason.ERASED: SkipReason.ERASED,
    SuppressionReason.MUTED: SkipReason.MUTED,
}


class _Sieve:
    """Judges recipients one after another; remembers mailboxes and outlets that were taken."""

    def __init__(
        self,
        recipients: Sequence[Recipient],
        selection: Selection,
        suppressions: Suppressions,
        *,
        today: date,
        is_reminder: bool,
    ) -> None:
        self._suppressions = suppressions
        self._today = today
        self._is_reminder = is_reminder
        self._per_outlet = selection.per_outlet
        self._tags = frozenset(tag.casefold() for tag in selection.tags)
        self._not_tags = frozenset(tag.casefold() for tag in selection.not_tags)
        self._outlets = frozenset(outlet.casefold() for outlet in selection.outlets)
        self._only = _targets(selection.only)
        self._exclude = _targets(selection.exclude)
        keys = Counter(recipient.mailbox.key for recipient in recipients)
        self._repeated = frozenset(key for key, count in keys.items() if count > 1)
        self._taken: dict[str, Origin] = {}
        self._members: Counter[str] = Counter()
        # A no counts for the mailbox in whichever list it stands.
        self._declined = {each.mailbox.key for each in recipients if not each.wants}
        # A tag to leave out counts for the mailbox in whichever list it stands.
        self._barred = {
            recipient.mailbox.key: tag
            for recipient in (recipients if self._not_tags else ())
            for tag in sorted(recipient.tags & self._not_tags)
        }

    def judge(self, recipient: Recipient) -> tuple[SkipReason, Sentence] | None:
        """Why the recipient is skipped; None where it is meant."""
        key = recipient.mailbox.key
        return (
            self._suppressed(key)
            or self._wanting(key)
            or self._named(key)
            or self._tagged(recipient, key)
            or self._taken_before(recipient, key)
        )

    def _suppressed(self, key: str) -> tuple[SkipReason, Sentence] | None:
        found = self._suppressions.find(key, today=self._today, is_reminder=self._is_reminder)
        return None if found is None else (_SUPPRESSED[found.reason], suppression_sentence(found))

    def _wanting(self, key: str) -> tuple[SkipReason, Sentence] | None:
        if key in self._declined:
            return SkipReason.WANTS_NONE, say("the list says that they want no mail")
        return None

    def _named(self, key: str) -> tuple[SkipReason, Sentence] | None:
        domain = "@" + key.rpartition("@")[2]
        if self._only and not {key, domain} & self._only:
            return SkipReason.NOT_NAMED, say("not among those named by --only")
        if {key, domain} & self._exclude:
            return SkipReason.EXCLUDED, say("left out by --exclude")
        return None

    def _tagged(self, recipient: Recipient, key: str) -> tuple[SkipReason, Sentence] | None:
        if self._tags and not recipient.tags & self._tags:
            return SkipReason.LACKS_TAG, say("has none of the tags asked for")
        if key in self._barred:
            return SkipReason.HAS_TAG, say("has the tag {tag}", tag=self._barred[key])
        if self._outlets and (recipient.outlet or "").casefold() not in self._outlets:
            return SkipReason.OTHER_OUTLET, say("is of another outlet")
        return None

    def _taken_before(self, recipient: Recipient, key: str) -> tuple[SkipReason, Sentence] | None:
        if key in self._taken:
            place = str(self._taken[key]) or recipient.mailbox.address
            return SkipReason.DUPLICATE, say("gets one mail already: {place}", place=place)
        outlet = (recipient.outlet or "").casefold()
        if self._per_outlet and outlet and self._members[outlet] >= self._per_outlet:
            return (
                SkipReason.OUTLET_IS_FULL,
                say("{outlet} has its {count}", outlet=recipient.outlet, count=self._per_outlet),
            )
        if key in self._repeated:
            self._taken[key] = recipient.origin
        self._members[outlet] += 1
        return None


def _targets(words: Iterable[str]) -> frozenset[str]:
    """Addresses as comparison keys; `@domain` stands for everybody there."""
    return frozenset(address_key(word) for word in words if word.strip())


def suppression_sentence(found: Suppression) -> Sentence:
    """Why somebody must not be mailed, in words."""
    if found.reason is SuppressionReason.MUTED and found.until is not None:
        return say("is muted until {day}", day=found.until)
    sentences = {
        SuppressionReason.OPT_OUT: say("has asked for no mail"),
        SuppressionReason.BOUNCED: say("mail to this address has bounced"),
        SuppressionReason.ERASED: say("was erased at their own wish and must not be mailed"),
        SuppressionReason.MUTED: say("is muted"),
    }
    return sentences[found.reason]
