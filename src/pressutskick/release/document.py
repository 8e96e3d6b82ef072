"""The canonical document (YAML front matter and a Markdown body) <-> Release.

Reading and printing are each other's inverse; every problem is told at once, with its line.
`docs/release-format.md` describes the keys, and a test compares it with `KEYS`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields

from pressutskick.errors import InputError
from pressutskick.mail import Language
from pressutskick.release import frontmatter, values
from pressutskick.release.identity import make_id
from pressutskick.release.keys import KeyReader, ProblemCollector
from pressutskick.release.model import (
    Attachment,
    CalendarMode,
    Contact,
    Event,
    Kind,
    Release,
    ReleaseStatus,
    Rsvp,
    Session,
    Speaker,
)
from pressutskick.release.zone import ZONE
from pressutskick.sentences import say

#: Keys whose name in the file differs from the model's.
_RENAMED = {"silenced": "silence"}
_PARTS = {
    "event": Event,
    "event.sessions": Session,
    "rsvp": Rsvp,
    "speakers": Speaker,
    "contacts": Contact,
    "attachments": Attachment,
}


def _names(kind: type, prefix: str = "") -> tuple[str, ...]:
    found: list[str] = []
    for each in fields(kind):
        name = prefix + _RENAMED.get(each.name, each.name)
        if name in ("body", "extra"):
            continue
        found.append(name)
        if name in _PARTS:
            found.extend(_names(_PARTS[name], f"{name}."))
    return tuple(found)


#: Every key of the format by its dotted name, in the order in which it is written.
KEYS = _names(Release)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A release with the lines (from 1) of its keys, and where its body begins."""

    release: Release
    lines: dict[str, int]
    body_line: int


def parse_document(text: str, *, file: str | None = None) -> Document:
    """The release in `text`; `file` is named in problems, and names a release without `id`.

    Raises:
        InputError: one or more problems, each with its line.
    """
    front = frontmatter.split_front_matter(text, file=file)
    collector = ProblemCollector(file=file, problems=list(front.problems))
    if front.problems and not front.mapping.entries:
        raise InputError(problems=front.problems)
    release = _read_release(KeyReader(front.mapping, "", collector), front, file)
    if collector.problems:
        problems = sorted(collector.problems, key=lambda problem: problem.origin.line or 0)
        raise InputError(problems=problems)
    lines = dict(frontmatter.node_lines(front.mapping))
    return Document(release=release, lines=lines, body_line=front.body_line)


def format_document(release: Release) -> str:
    """The canonical document of `release`: what differs from the defaults, in a fixed order."""
    keys: dict[str, object] = {"id": release.id, "kind": release.kind.value}
    keys |= _print_fields(release, skip=("id", "kind", "body", "extra"))
    for key, value in release.extra.items():
        keys.setdefault(key, value)
    return frontmatter.print_front_matter(keys, release.body)


#: What people call a key of the format, in small letters.
_ALSO_CALLED = dict.fromkeys(
    ("attachment", "bilaga", "bilagor", "bifogat", "bifogas", "bilag", "vedlegg", "files", "filer"),
    "attachments",
)
#: What a key of one's own most likely means, where the one that is meant is not there.
_MEANT = {
    "datum": "event.date",
    "dato": "event.date",
    "tid": "event.start",
    "plats": "event.place",
    "sted": "event.place",
    "rubrik": "title",
    "ingress": "lead",
    "ämne": "subject",
    "osa": "rsvp",
    "anmälan": "rsvp",
    "kontakt": "contacts",
    "presskontakt": "contacts",
    "medverkande": "speakers",
}


def _adopt_names(keys: KeyReader) -> None:
    """`bilaga:` is `attachments:`; where both stand, the other is left and told."""
    entries, lines = keys.mapping.entries, keys.mapping.lines
    for key in [each for each in entries if each.lower() in _ALSO_CALLED]:
        name = _ALSO_CALLED[key.lower()]
        if name in entries:
            sentence = say("{key} says the same as {name}; keep one.", key=key, name=name)
            keys.collector.add("key-unknown", sentence, lines[key])
        entries.setdefault(name, entries[key])
        lines.setdefault(name, lines[key])
        del entries[key]


def _tell_meant(keys: KeyReader, extra: Iterable[str]) -> None:
    """`plats:` where the event has no place: kept for a template, it would be lost for the mail."""
    for key in extra:
        meant = _MEANT.get(key.lower(), "")
        if meant and meant.partition(".")[0] not in keys.mapping.entries:
            sentence = say("{key} is not a known key; did you mean {near}?", key=key, near=meant)
            keys.collector.add("key-unknown", sentence, keys.mapping.lines[key])


def _read_release(keys: KeyReader, front: frontmatter.FrontMatter, file: str | None) -> Release:
    _adopt_names(keys)
    title = keys.require("title", keys.take("title", values.LINE), "")
    body = front.body
    try:
        values.parse_passage(body)
    except ValueError:
        sentence = say("The body must be {wanted}.", wanted=values.PASSAGE.wanted)
        keys.collector.add("value-invalid", sentence, front.body_line)
    return Release(
        id=keys.take("id", values.ID) or make_id(_stem(file) or title),
        title=title,
        kind=keys.take("kind", values.KIND) or Kind.INVITATION,
        status=keys.take("status", values.STATUS) or ReleaseStatus.ORIGINAL,
        language=keys.take("language", values.LANGUAGE) or Language.SWEDISH,
        published=keys.take("published", values.PUBLISHED),
        embargo=keys.take("embargo", values.MOMENT),
        lead=keys.take("lead", values.PASSAGE),
        body=body,
        subject=keys.take("subject", values.LINE),
        event=keys.take_part("event", _read_event),
        rsvp=keys.take_part("rsvp", _read_rsvp),
        speakers=keys.take_parts("speakers", _read_speaker, _read_short_speaker),
        contacts=keys.take_parts("contacts", _read_contact),
        attachments=keys.take_parts("attachments", _read_attachment, _read_short_attachment),
        photo_note=keys.take("photo_note", values.PASSAGE),
        accreditation=keys.take("accreditation", values.PASSAGE),
        calendar=keys.take("calendar", values.CALENDAR) or CalendarMode.ATTACHMENT,
        reminders=keys.take_list("reminders", values.LINE),
        reminders_on_holidays=keys.take("reminders_on_holidays", values.FLAG) or False,
        quiet_hours=keys.take("quiet_hours", values.LINE),
        silenced=keys.take_list("silence", values.LINE) or (),
        extra=_take_rest(keys),
    )


def _take_rest(keys: KeyReader) -> dict[str, object]:
    rest = keys.tell_unknown()
    _tell_meant(keys, rest)
    return rest


def _read_event(keys: KeyReader) -> Event:
    return Event(
        date=keys.take("date", values.DATE),
        end_date=keys.take("end_date", values.DATE),
        start=keys.take("start", values.CLOCK),
        end=keys.take("end", values.CLOCK),
        weekday=keys.take("weekday", values.LINE),
        place=keys.take("place", values.LINE),
        gathering=keys.take("gathering", values.LINE),
        online=keys.take("online", values.LINE),
        sessions=keys.take_parts("sessions", _read_session),
        timezone=keys.take("timezone", values.TIMEZONE) or ZONE.key,
    )


def _read_session(keys: KeyReader) -> Session:
    return Session(
        date=keys.take("date", values.DATE),
        start=keys.take("start", values.CLOCK),
        end=keys.take("end", values.CLOCK),
        place=keys.take("place", values.LINE),
        title=keys.take("title", values.LINE),
    )


def _read_rsvp(keys: KeyReader) -> Rsvp:
    return Rsvp(
        name=keys.take("name", values.LINE),
        title=keys.take("title", values.LINE),
        email=keys.take("email", values.ADDRESS),
        phones=keys.take_list("phones", values.LINE) or (),
        url=keys.take("url", values.LINE),
        deadline=keys.take("deadline", values.DEADLINE),
    )


def _read_speaker(keys: KeyReader) -> Speaker:
    name = keys.require("name", keys.take("name", values.LINE), "")
    return Speaker(name=name, title=keys.take("title", values.LINE))


def _read_short_speaker(text: str) -> Speaker:
    """`Anna Berg, kommunalråd`."""
    name, _, title = text.partition(",")
    return Speaker(name=name.strip(), title=title.strip() or None)


def _read_contact(keys: KeyReader) -> Contact:
    return Contact(
        name=keys.take("name", values.LINE),
        title=keys.take("title", values.LINE),
        organisation=keys.take("organisation", values.LINE),
        phones=keys.take_list("phones", values.LINE) or (),
        emails=keys.take_list("emails", values.ADDRESS) or (),
    )


def _read_attachment(keys: KeyReader) -> Attachment:
    path = keys.require("path", keys.take("path", values.LINE), "")
    return Attachment(path=path, title=keys.take("title", values.LINE))


def _read_short_attachment(text: str) -> Attachment:
    return Attachment(path=text)


def _stem(file: str | None) -> str:
    """A file's name without folder and ending; nothing for stdin."""
    name = re.split(r"[/\\]", file or "")[-1]
    return "" if name == "-" else name.rpartition(".")[0] or name


def _print_fields(value: object, skip: Iterable[str] = ()) -> dict[str, object]:
    """The fields of one part that differ from their defaults."""
    printed: dict[str, object] = {}
    for each in fields(value):  # type: ignore[arg-type] # only the model's dataclasses come here
        found = getattr(value, each.name)
        # Language is written although it has a default: a file should say what it is in.
        if each.name in skip or (found == each.default and each.name != "language"):
            continue
        if found in (None, "") or (found == () and each.name != "reminders"):
            continue
        printed[_RENAMED.get(each.name, each.name)] = _print_node(found)
    return printed


def _print_node(value: object) -> object:
    if isinstance(value, tuple):
        return [_print_node(part) for part in value]
    if isinstance(value, tuple(_PARTS.values())):
        return _print_fields(value)
    return values.print_value(value)
