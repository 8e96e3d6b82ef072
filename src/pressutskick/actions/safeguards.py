"""What stands in the way of sending: an edit, a cancellation, an embargo, a missing approval."""

import datetime as dt
from collections.abc import Iterable
from shlex import quote

from pressutskick.dispatch.approval import Digests, name_part
from pressutskick.dispatch.changes.facts import compare, is_harmless, is_same_message, name_field
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.log import History
from pressutskick.dispatch.records import DispatchKey, DispatchState
from pressutskick.dispatch.texts import Text
from pressutskick.errors import InputError, Origin, Problem, Severity
from pressutskick.message.model import Change, Purpose
from pressutskick.reading.heading.statuswords import split_status
from pressutskick.reading.when.withdrawn import is_put_off
from pressutskick.release.model import Release, ReleaseStatus
from pressutskick.release.zone import ZONE
from pressutskick.sentences import Sentence, say
from pressutskick.settings.model import Settings

POSTPONED_WITH_DAY = "postponed-with-day"
_OUT = (
    DeliveryStatus.ACCEPTED,
    DeliveryStatus.UNKNOWN,
    DeliveryStatus.COMMITTING,
    DeliveryStatus.BOUNCED,
)
_SEPARATOR = ", "


def refuse_called_off(life: Life | None) -> None:
    """What was cancelled is not sent to anybody any more.

    Raises:
        InputError: it was.
    """
    if life is not None and life.is_called_off:
        raise InputError(
            say("{release} was cancelled; nothing more of it is sent.", release=life.release.id),
            remedy=say("Give the text a new id: in its front matter to invite anew."),
        )


def refuse_edit(
    life: Life | None,
    text: Text,
    file: str,
    *,
    accepts_edit: bool,
    has_own_id: bool = True,
) -> None:
    """An edited text must not reach some as another than others got, unless a person says so.

    Raises:
        InputError: somebody has, or may have, the earlier text; tells every difference.
    """
    if life is None or is_same_message(life.text, text):
        return
    if not any(record.counts.get(status) for record in life.dispatches for status in _OUT):
        return
    changes = compare(life.text, text)
    if accepts_edit and is_harmless(changes):
        return
    remedy = say("Tell those who got it what has changed: pressutskick correct {file}", file=file)
    if accepts_edit:
        raise InputError(
            say("{file}: this edit is not harmless: facts differ from what was sent.", file=file),
            problems=_as_problems(changes),
            remedy=remedy,
        )
    raise InputError(
        say("{file} is not the text that was sent before under the same id.", file=file),
        problems=_as_problems(changes),
        remedy=_tell_ways(remedy, is_harmless=is_harmless(changes), has_own_id=has_own_id),
    )


def _tell_ways(correct: Sentence, *, is_harmless: bool, has_own_id: bool) -> Sentence:
    """What a person may do with an edited text."""
    if is_harmless:
        ways = say(
            "{correct}\nThe edit changes no fact; to send it to the rest: send --accept-edit",
            correct=correct,
        )
    else:
        ways = say(
            "{correct}\nFacts differ, so send --accept-edit, for harmless edits, will not do.",
            correct=correct,
        )
    if not has_own_id:
        return say("{ways}\nIf it is another event: send --new", ways=ways)
    return say(
        "{ways}\nIf it is another invitation, written over an old file: give it an id: of its own.",
        ways=ways,
    )


def refuse_recorded(life: Life, file: str, now: dt.datetime) -> None:
    """What waits for its time is not sent before it because its text was mended.

    Raises:
        InputError: nobody has got it yet; tells how to put the mended text in its place.
    """
    first = life.of(Purpose.ANNOUNCE)
    waits = [each.send_at for each in first if each.state is DispatchState.SCHEDULED]
    if not waits or waits[0] is None or waits[0] <= now:
        return
    clock = waits[0].astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
    raise InputError(
        say(
            "Nobody has got {release} yet: it is recorded for {clock}.",
            release=life.release.id,
            clock=clock,
        ),
        remedy=say(
            "Put the text as it is now in its place: pressutskick send {file} --to LIST --at {clock}",
            file=quote(file),
            clock=f'"{clock}"',
        ),
    )


def refuse_words_alone(before: Release, after: Release, file: str) -> None:
    """A text that says that it is off, or put off, but whose facts stand as they were.

    The correction and its calendar would say that everything holds.

    Raises:
        InputError: tells which command, or which change of the facts, says the same.
    """
    if _is_called_off(after) and not _is_called_off(before):
        raise InputError(
            say("{file} says that it is off; a correction tells what holds instead.", file=file),
            remedy=say("To call it off: pressutskick cancel {file}", file=quote(file)),
        )
    day = after.event.date if after.event is not None else None
    is_same_day = day is not None and before.event is not None and day == before.event.date
    if is_same_day and _is_put_off(after) and not _is_put_off(before):
        if POSTPONED_WITH_DAY in after.silenced:
            return
        raise InputError(
            problems=(
                Problem(
                    code=POSTPONED_WITH_DAY,
                    severity=Severity.ERROR,
                    sentence=say(
                        "It says that something is put off, but the day stands: {day}.", day=day
                    ),
                    origin=Origin(file=file),
                ),
            ),
            remedy=say(
                "Take the day out, and everybody is told that it is postponed; or write the new day."
            ),
        )


def _is_called_off(release: Release) -> bool:
    return ReleaseStatus.CANCELLATION in (release.status, split_status(release.title)[0])


def _is_put_off(release: Release) -> bool:
    return is_put_off(f"{release.title}\n{release.lead or ''}\n{release.body}")


def tell_change(change: Change) -> Sentence:
    """What was said and what holds now, in a line."""
    if change.before is not None and change.before == change.after:
        return say(
            "{field}: {name} is another file now",
            field=name_field(change.field),
            name=change.after,
        )
    return say(
        "{field}: {before} → {after}",
        field=name_field(change.field),
        before=change.before or say("(nothing)"),
        after=change.after or say("(nothing)"),
    )


def _as_problems(changes: Iterable[Change]) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            code=f"changed-{change.field}",
            severity=Severity.ERROR,
            sentence=tell_change(change),
        )
        for change in changes
    )


def check_embargo(release: Release, moment: dt.datetime, *, is_allowed: bool) -> None:
    """A text under embargo leaves before its time only when a person says so.

    Raises:
        InputError: nobody has.
    """
    if release.embargo is None or release.embargo <= moment or is_allowed:
        return
    clock = release.embargo.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
    raise InputError(
        say("{release} is under embargo until {clock}.", release=release.id, clock=clock),
        remedy=say(
            "To send it before, marked as such in subject, first line and file names, add "
            "--embargoed. To send it then: --at {clock}",
            clock=f'"{clock}"',
        ),
    )


def knows_persons(settings: Settings) -> bool:
    """Whether two people can be told apart: at one machine's own log both are the system's user."""
    return settings.is_person_named or settings.database_server is not None


def require_approval(log: History, release_id: str, digests: Digests, settings: Settings) -> None:
    """Somebody must have approved exactly this: somebody else, where people can be told apart.

    Raises:
        InputError: nobody has; says what is not as it was approved.
    """
    approvals = log.approvals(release_id)
    own = settings.person if knows_persons(settings) else None
    fitting = [approval for approval in approvals if approval.digests == digests]
    if any(not approval.person or approval.person != own for approval in fitting):
        return
    remedy = say("A second person approves it with: pressutskick approve FILE --to LIST")
    if fitting:
        raise InputError(
            say(
                "Nobody but you ({person}) has approved {release}.", person=own, release=release_id
            ),
            remedy=remedy,
        )
    if not approvals:
        raise InputError(say("Nobody has approved {release}.", release=release_id), remedy=remedy)
    last = approvals[-1]
    changed = digests.changed_since(last.digests)
    raise InputError(
        say(
            "{release} is not what {approver} approved; changed since: {parts}.",
            release=release_id,
            approver=last.approver,
            parts=list_sentences(tuple(name_part(part) for part in changed)),
        ),
        remedy=remedy,
    )


def refuse_own_approval(log: History, key: DispatchKey, settings: Settings) -> None:
    """Whoever sends something does not approve it.

    Raises:
        InputError: the dispatch is the person's own.
    """
    record = log.find(key)
    if record is not None and knows_persons(settings) and record.person == settings.person:
        raise InputError(
            say("{dispatch} is your own dispatch ({person}).", dispatch=key, person=record.person),
            remedy=say("A second person approves it, with their own PRESSUTSKICK_PERSON."),
        )


def list_sentences(parts: tuple[Sentence, ...]) -> Sentence:
    """The parts one after another; each is translated on its own."""
    names = [f"part{index}" for index in range(len(parts))]
    pattern = _SEPARATOR.join(f"{{{name}}}" for name in names)
    return Sentence(pattern=pattern, values=dict(zip(names, parts, strict=True)))
