"""What differs between the release that was sent and the one at hand, fact by fact.

Pure. Values are told in the release's own language, because they go into the correction itself.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from pressutskick.dispatch.changes.news import judge_news
from pressutskick.dispatch.changes.programme import find_session_changes
from pressutskick.dispatch.texts import Text
from pressutskick.message.dates import format_moment, format_when
from pressutskick.message.headline import strip_labels
from pressutskick.message.markdown import render_text
from pressutskick.message.model import LISTED, Change, ChangedField, News
from pressutskick.release.model import Contact, Event, Release, Rsvp
from pressutskick.sentences import Sentence, say

#: Facts on which somebody acts: who was told otherwise must be told again.
WEIGHTY = frozenset(ChangedField) - {ChangedField.TEXT, ChangedField.TITLE}
#: Characters of a changed passage that a correction repeats.
_LONGEST = 400

_Fact = Callable[[Release], str]


def find_changes(before: Release, after: Release) -> tuple[Change, ...]:
    """Every fact that differs, in the order of an invitation; then the passages of the text."""
    # The language in which the text goes on; that a day is written in another one is no news.
    before = replace(before, language=after.language)
    facts = {name: tuple(_find_fact(name, before, after)) for name in _FACTS}
    facts[ChangedField.WHEN] += tuple(find_session_changes(before, after))
    told = tuple(change for found in facts.values() for change in found)
    return (*told, *_find_passages(_passages(before), _passages(after)))


def compare(before: Text, after: Text) -> tuple[Change, ...]:
    """The same for texts with their files; those come before the passages."""
    found = (*find_changes(before.release, after.release), *_find_file_changes(before, after))
    return tuple(sorted(found, key=lambda change: change.field is ChangedField.TEXT))


def compare_with_all(held: Sequence[Text], after: Text) -> tuple[Change, ...]:
    """What somebody must be told who has the text `held[0]`, and perhaps those that follow it.

    Against a text that may never have arrived only those facts are told of which the sure one says
    nothing: told in vain does less harm than not told.
    """
    found: tuple[Change, ...] = ()
    for before in held:
        told = set(map(_subject_of, found))
        found += tuple(each for each in compare(before, after) if _subject_of(each) not in told)
    return found


def _subject_of(change: Change) -> tuple[str | None, ...]:
    """What the change is about: of several sessions or files, which one."""
    which = (change.before, change.after) if change.field in LISTED else ()
    return (change.field, *which)


def is_same_release(before: Release, after: Release) -> bool:
    """Whether both say the same: what only steers us (reminders, silenced checks) is free."""
    return _without_steering(before) == _without_steering(after)


def is_same_message(before: Text, after: Text) -> bool:
    """Whether both make the same mail, with the same files."""
    return is_same_release(before.release, after.release) and before.has_files(after.files or ())


def _without_steering(release: Release) -> Release:
    return replace(
        release, reminders=None, reminders_on_holidays=False, quiet_hours=None, silenced=()
    )


def is_harmless(changes: Iterable[Change]) -> bool:
    """Whether nobody who got the earlier text acts wrongly on it: no fact differs."""
    return not any(change.field in WEIGHTY for change in changes)


def name_field(field: ChangedField) -> Sentence:
    """The fact's name, for the person at the terminal."""
    return {
        ChangedField.TITLE: say("title"),
        ChangedField.WHEN: say("time"),
        ChangedField.SESSION: say("programme"),
        ChangedField.PLACE: say("place"),
        ChangedField.GATHERING: say("gathering place"),
        ChangedField.ONLINE: say("link"),
        ChangedField.RSVP: say("registration"),
        ChangedField.DEADLINE: say("deadline"),
        ChangedField.SPEAKERS: say("speakers"),
        ChangedField.CONTACTS: say("contacts"),
        ChangedField.TEXT: say("text"),
        ChangedField.PHOTO: say("photo"),
        ChangedField.ACCREDITATION: say("accreditation"),
        ChangedField.EMBARGO: say("embargo"),
        ChangedField.ATTACHMENTS: say("attachments"),
    }[field]


def _find_fact(name: ChangedField, before: Release, after: Release) -> Iterator[Change]:
    was, now = (_FACTS[name](each) or None for each in (before, after))
    if was != now:
        yield Change(field=name, before=was, after=now, news=judge_news(name, before, after))


def _find_file_changes(before: Text, after: Text) -> Iterator[Change]:
    """By their octets: a file that is only called something else is no news."""
    new = {file.name: file.sha256 for file in after.files or ()}
    if before.has_files(after.files or ()):
        return
    # Of files of which nothing is known each may be another one.
    old = (
        dict.fromkeys(new, "")
        if before.files is None
        else {file.name: file.sha256 for file in before.files}
    )
    came = [name for name in new if name not in old and new[name] not in old.values()]
    gone = [name for name in old if name not in new and old[name] not in new.values()]
    other = [name for name in new if name in old and old[name] != new[name]]
    for name in gone:
        yield Change(field=ChangedField.ATTACHMENTS, before=name, after=None)
    for name in other:
        yield Change(field=ChangedField.ATTACHMENTS, before=name, after=name)
    for name in came:
        news = News.CLARIFICATION
        yield Change(field=ChangedField.ATTACHMENTS, before=None, after=name, news=news)


def _tell_when(release: Release) -> str:
    event = release.event or Event()
    zone = f"({event.timezone})" if event.timezone != Event().timezone else ""
    return " ".join(filter(None, (format_when(event, release.language), zone)))


def _tell_rsvp(release: Release) -> str:
    rsvp = release.rsvp or Rsvp()
    return _join(rsvp.name, rsvp.title, *rsvp.phones, rsvp.email, rsvp.url)


def _tell_deadline(release: Release) -> str:
    deadline = release.rsvp.deadline if release.rsvp is not None else None
    return format_moment(deadline, release.language) if deadline is not None else ""


def _tell_speakers(release: Release) -> str:
    return "; ".join(_join(speaker.name, speaker.title) for speaker in release.speakers)


def _tell_contacts(release: Release) -> str:
    return "; ".join(map(_tell_contact, release.contacts))


def _tell_contact(contact: Contact) -> str:
    return _join(
        contact.name, contact.title, contact.organisation, *contact.phones, *contact.emails
    )


def _tell_embargo(release: Release) -> str:
    if release.embargo is None:
        return ""
    zone = ZoneInfo((release.event or Event()).timezone)
    return format_moment(release.embargo.astimezone(zone), release.language)


def _join(*words: str | None) -> str:
    return ", ".join(word for word in words if word)


def _event_part(name: str) -> _Fact:
    return lambda release: (getattr(release.event, name) or "") if release.event else ""


_FACTS: dict[ChangedField, _Fact] = {
    ChangedField.TITLE: lambda release: strip_labels(release.title),
    ChangedField.WHEN: _tell_when,
    ChangedField.PLACE: _event_part("place"),
    ChangedField.GATHERING: _event_part("gathering"),
    ChangedField.ONLINE: _event_part("online"),
    ChangedField.RSVP: _tell_rsvp,
    ChangedField.DEADLINE: _tell_deadline,
    ChangedField.SPEAKERS: _tell_speakers,
    ChangedField.CONTACTS: _tell_contacts,
    ChangedField.PHOTO: lambda release: release.photo_note or "",
    ChangedField.ACCREDITATION: lambda release: release.accreditation or "",
    ChangedField.EMBARGO: _tell_embargo,
}


def _passages(release: Release) -> list[str]:
    """Lead and paragraphs of the body as plain text, one line each."""
    text = f"{release.lead or ''}\n\n{render_text(release.body)}"
    return [" ".join(each.split()) for each in re.split(r"\n\s*\n", text) if each.strip()]


def _find_passages(before: list[str], after: list[str]) -> Iterator[Change]:
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, start, stop, new_start, new_stop in matcher.get_opcodes():
        if kind == "equal":
            continue
        old, new = before[start:stop], after[new_start:new_stop]
        for index in range(max(len(old), len(new))):
            yield Change(
                field=ChangedField.TEXT,
                before=_shorten(old[index]) if index < len(old) else None,
                after=_shorten(new[index]) if index < len(new) else None,
            )


def _shorten(passage: str) -> str:
    if len(passage) <= _LONGEST:
        return passage
    return passage[:_LONGEST].rsplit(" ", 1)[0] + " …"
