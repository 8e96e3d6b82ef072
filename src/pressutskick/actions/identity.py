"""Which release a text is: by the id that a person wrote, or by what the log knows of its heading.

A text without an id of its own is the release whose heading it bears, as long as that is ahead: a
mended day does not make it a second invitation. Where a person has written another id, only they
can say that it is another event.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from shlex import quote

from pressutskick.actions.opening import OpenedRelease
from pressutskick.actions.safeguards import list_sentences, tell_change
from pressutskick.dispatch.changes.facts import find_changes, is_same_release
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.log import History
from pressutskick.errors import InputError, Origin, Problem, Severity
from pressutskick.message.headline import strip_labels
from pressutskick.message.model import Change, ChangedField, Purpose
from pressutskick.reading.heading.statuswords import find_matter
from pressutskick.release.identity import free_id, heading_of
from pressutskick.release.model import Release, ReleaseStatus
from pressutskick.release.zone import ZONE
from pressutskick.sentences import Sentence, say

CODE = "reissue-unmarked"
#: How long a text without a date counts as the same matter.
_RECENT = dt.timedelta(days=14)


def identify(
    opened: OpenedRelease, log: History, now: dt.datetime, *, is_new: bool = False
) -> Release:
    """The release that the text is, under the id that the log knows it by.

    A text that went out as it stands keeps its id; one whose heading is ahead takes that one's. Else,
    or where a person says that it `is_new`, it gets an id that is free.
    """
    release = opened.reading.release
    if opened.is_canonical:
        return release
    known = () if is_new else tuple(_same_heading(log, release.title))
    for life in known:
        found = replace(release, id=life.release.id)
        if is_same_release(life.release, found):
            return found
    for life in known:
        if _is_ahead(life, now) and not _reminds_of(release, life):
            return replace(release, id=life.release.id)
    taken = {record.key.release_id for record in log.dispatches()}
    return replace(release, id=free_id(release.id, taken))


def find_by_heading(opened: OpenedRelease, log: History, now: dt.datetime) -> Life | None:
    """What the log knows under the text's id, else under its heading; what is ahead goes first."""
    release = opened.reading.release
    if opened.is_canonical and (life := log.life(release.id)) is not None:
        return life
    known = list(_same_heading(log, release.title))
    return next((life for life in known if _is_ahead(life, now)), known[0] if known else None)


def refuse_reissue(release: Release, name: str, log: History, now: dt.datetime) -> None:
    """A heading that went out under another id is not sent again unless a person says so.

    Newsrooms would take it for a second invitation. Nothing is said where the text itself tells
    that it is a change, or the check is silenced.

    Raises:
        InputError: the earlier one is still ahead; tells what differs, and both ways.
    """
    if release.status is not ReleaseStatus.ORIGINAL or CODE in release.silenced:
        return
    for life in _same_heading(log, release.title):
        if life.release.id != release.id and _is_ahead(life, now):
            raise InputError(
                problems=(
                    Problem(
                        code=CODE,
                        severity=Severity.ERROR,
                        sentence=_tell(life, release),
                        origin=Origin(file=name),
                    ),
                ),
                remedy=tell_ways(name),
            )


def _reminds_of(release: Release, life: Life) -> bool:
    """Whether it says of itself that it reminds, and tells no other time or place."""
    return release.status is ReleaseStatus.REMINDER and not _find_moves(life, release)


def tell_ways(name: str) -> Sentence:
    """What a person may do with a text whose heading went out before."""
    return say(
        "Tell those who got it what has changed: pressutskick correct {file}\nIf it is another "
        "event: send --new",
        file=quote(name),
    )


def _same_heading(log: History, title: str) -> Iterator[Life]:
    """The lives of that heading, the newest first."""
    heading, seen = _heading_of(title), set[str]()
    for record in reversed(log.dispatches()):
        release_id = record.key.release_id
        is_first = record.key.purpose is Purpose.ANNOUNCE and release_id not in seen
        if is_first and heading and _heading_of(record.title) == heading:
            seen.add(release_id)
            if (life := log.life(release_id)) is not None:
                yield life


def _heading_of(title: str) -> str:
    return heading_of(strip_labels(find_matter(strip_labels(title))))


def _is_ahead(life: Life, now: dt.datetime) -> bool:
    """Whether somebody may still act on the earlier text."""
    return not life.is_called_off and now <= (life.start or _began(life) + _RECENT)


def _began(life: Life) -> dt.datetime:
    first = life.dispatches[0]
    return first.send_at or first.created_at


def _tell(life: Life, release: Release) -> Sentence:
    day = _began(life).astimezone(ZONE).date().isoformat()
    changes = _find_moves(life, release)
    if not changes:
        return say(
            "The same heading went out on {day} as {id}, for the same time and place: who got it "
            "would get a second invitation.",
            day=day,
            id=life.release.id,
        )
    return say(
        "The same heading went out on {day} as {id} ({changes}).",
        day=day,
        id=life.release.id,
        changes=list_sentences(tuple(map(tell_change, changes))),
    )


def _find_moves(life: Life, release: Release) -> list[Change]:
    """By what somebody who has the earlier text would come at the wrong time, or elsewhere."""
    moved = (ChangedField.WHEN, ChangedField.SESSION, ChangedField.PLACE)
    return [each for each in find_changes(life.release, release) if each.field in moved]
