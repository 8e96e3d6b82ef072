"""A text that went out before under another id: newsrooms would take it for a second invitation.

An edited file keeps its id, and is refused (`safeguards.refuse_edit`). A copy of the file, or a raw
text whose day was changed, has a new one; only the log can tell that the heading is not new.
"""

import datetime as dt
from collections.abc import Iterator

from pressutskick.actions.opening import OpenedRelease
from pressutskick.actions.safeguards import list_sentences, tell_change
from pressutskick.dispatch.changes import find_changes
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.log import History
from pressutskick.errors import Problem, Severity
from pressutskick.message.headline import strip_labels
from pressutskick.message.model import ChangedField, Purpose
from pressutskick.release.identity import slugify
from pressutskick.release.model import Release, ReleaseStatus
from pressutskick.release.zone import ZONE
from pressutskick.sentences import Sentence, say

CODE = "reissue-unmarked"
#: How long a text without a date counts as the same matter.
_RECENT = dt.timedelta(days=14)


def find_reissue(log: History, opened: OpenedRelease, now: dt.datetime) -> Iterator[Problem]:
    """A warning where the heading went out under another id and its event is still ahead.

    None where the text says itself that it is a change, or the check is silenced.
    """
    release = opened.reading.release
    if release.status is not ReleaseStatus.ORIGINAL or CODE in release.silenced:
        return
    heading = _heading_of(release.title)
    for record in reversed(log.dispatches()):
        is_other = record.key.release_id != release.id and record.key.purpose is Purpose.ANNOUNCE
        if not heading or not is_other or _heading_of(record.title) != heading:
            continue
        life = log.life(record.key.release_id)
        began = record.send_at or record.created_at
        if life is not None and _is_ahead(life, began, now):
            sentence = _tell(life.release, opened, began.astimezone(ZONE).date())
            yield Problem(code=CODE, severity=Severity.WARNING, sentence=sentence)
            return


def _heading_of(title: str) -> str:
    return slugify(strip_labels(title))


def _is_ahead(life: Life, began: dt.datetime, now: dt.datetime) -> bool:
    """Whether somebody may still act on the earlier text."""
    if life.is_called_off:
        return False
    return now <= (life.start or began + _RECENT)


def _tell(before: Release, opened: OpenedRelease, day: dt.date) -> Sentence:
    moved = (ChangedField.WHEN, ChangedField.PLACE)
    found = find_changes(before, opened.reading.release)
    changes = [each for each in found if each.field in moved]
    way = _tell_way(before.id, opened)
    if not changes:
        return say(
            "The same heading went out on {day} as {id}, for the same time and place: who got it "
            "gets a second invitation. To tell a change: {way}",
            day=day.isoformat(),
            id=before.id,
            way=way,
        )
    return say(
        "The same heading went out on {day} as {id} ({changes}). If it is the same event: {way}",
        day=day.isoformat(),
        id=before.id,
        changes=list_sentences(tuple(map(tell_change, changes))),
        way=way,
    )


def _tell_way(release_id: str, opened: OpenedRelease) -> Sentence:
    """How the text becomes a correction; a raw one has no place for an id."""
    if opened.is_canonical:
        return say(
            "write id: {id}, then pressutskick correct {file}", id=release_id, file=opened.name
        )
    return say(
        "pressutskick read {name} -o {file}, write id: {id} there, then pressutskick correct "
        "{file}",
        name=opened.name,
        file=_name_beside(opened.name),
        id=release_id,
    )


def _name_beside(name: str) -> str:
    """`post/igen.txt` -> `igen.md`: what the person would call the canonical file."""
    file = name.replace("\\", "/").rpartition("/")[2]
    stem = file.rpartition(".")[0] or file
    return f"{stem.strip('-') or 'release'}.md"
