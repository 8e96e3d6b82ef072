"""Owns the truth of a written text: what its marks say, in the shape of the labelled sets."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from training.marks import Mention, Span
from training.scene import Scene

#: As it goes into the file of a truth.
Json = dict[str, Any]
#: Marks that only steer the truth and are no mentions of anything.
NOTES = "note"


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _first(spans: Iterable[Span], kind: str, *roles: str) -> str | None:
    return next(
        (s.mention.value for s in spans if s.mention.kind == kind and s.mention.role in roles), None
    )


def tell_mentions(spans: list[Span]) -> list[Json]:
    """Every mention with its exact text, its offset, its kind and its role."""
    return [
        {
            "text": span.text,
            "offset": span.offset,
            "kind": span.mention.kind,
            "role": span.mention.role,
            "also": list(span.mention.also),
            "value": span.mention.value,
            "owner": span.mention.owner,
            "session": span.mention.session,
        }
        for span in spans
        if span.mention.kind != NOTES and span.text
    ]


def settle(spans: list[Span]) -> list[Span]:
    """Roles that only the whole text decides: who is quoted, which host is a contact too."""
    speakers = {s.mention.value for s in spans if s.mention.role == "speaker"}
    asked = {
        s.mention.owner
        for s in spans
        if (s.mention.kind, s.mention.role) == ("phone", "registration") and s.mention.owner
    }
    return [replace(span, mention=_settled(span.mention, speakers, asked)) for span in spans]


def _settled(mention: Mention, speakers: set[str], asked: set[str | None]) -> Mention:
    if mention.role == "quoted":
        return replace(mention, role="speaker" if mention.value in speakers else "other")
    name = mention.value if mention.kind in ("person", "desk") else mention.owner
    if mention.role in ("host", "registration") and name in asked:
        return replace(mention, also=("contact",))
    return mention


def tell_truth(scene: Scene, text: str, spans: list[Span]) -> Json:
    """The truth of `text`, in which `spans` stand."""
    spans = settle(spans)
    notes = {s.mention.role for s in spans if s.mention.kind == NOTES}
    sessions = _sessions(scene, spans)
    place = _place(spans)
    date = _first(spans, "date", "event")
    start, end = (
        _first(spans, "clock", "start"),
        _first(spans, "clock", "end") or _first(spans, "duration", "end"),
    )
    first, _, last = (date or "").partition("/")
    must_ask, candidates = _doubts(scene, spans, first)
    shown = next(
        (s.text for s in spans if (s.mention.kind, s.mention.role) == ("date", "event")), ""
    )
    return {
        "language": scene.language,
        "title": _clean(_first(spans, "title", "title") or "") or None,
        "kind": "pressinbjudan",
        "status": "invitation",
        "published": _first(spans, "date", "published"),
        "event_date": None if must_ask else first or None,
        "event_date_end": last or _last_day(sessions, first),
        "event_month_day": None,
        "date_candidates": candidates,
        "year_basis": _year_basis(scene, spans, shown),
        "weekday": weekday[0] if (weekday := re.search(r"\w+d[ae][gy](?:en)?\b", shown)) else None,
        "start": start,
        "end": end,
        "place": place,
        "sessions": sessions,
        "rsvp": _rsvp(spans) if "rsvp" in notes else None,
        "rsvp_deadline": _deadline(spans),
        "speakers": _speakers(text, spans),
        "contacts": _contacts(spans),
        "embargo": None,
        "photo_or_interview": "photo" in notes,
        "mistakes": [],
        "notes": [],
        "as_of": scene.as_of.isoformat(),
        **({"must_ask": must_ask} if must_ask else {}),
        "mentions": tell_mentions(spans),
    }


def _last_day(sessions: list[Json], first: str) -> str | None:
    last = max((session["date"] for session in sessions), default="")
    return last if last > first else None


def _year_basis(scene: Scene, spans: list[Span], shown: str) -> str:
    if re.search(r"\d{4}", shown):
        return "text"
    return "pub" if _first(spans, "date", "published") else "infer"


def _doubts(scene: Scene, spans: list[Span], date: str) -> tuple[list[str], list[str] | None]:
    rival = _first(spans, "date", "rival")
    if rival and date:
        return ["date"], [date, rival]
    if scene.slip and any("slip" in s.mention.also for s in spans):
        return ["date"], [date]
    return [], None


def _place(spans: list[Span]) -> str | None:
    """The fullest of the places that are told."""
    places = [
        s.mention.value for s in spans if s.mention.kind == "place" and s.mention.role == "place"
    ]
    return max(places, key=len, default=None)


def _sessions(scene: Scene, spans: list[Span]) -> list[Json]:
    if len(scene.sessions) == 1:
        return []
    told = []
    for session in scene.sessions:
        mine = [s for s in spans if s.mention.session == session.number]
        if start := _first(mine, "clock", "start", "session"):
            told.append(
                {
                    "date": session.date.isoformat(),
                    "start": start,
                    "end": _first(mine, "clock", "end", "session end"),
                    "place": _first(mine, "place", "place", "session"),
                }
            )
    return told if len(told) > 1 else []


def _deadline(spans: list[Span]) -> str | None:
    date, clock = _first(spans, "date", "deadline"), _first(spans, "clock", "deadline")
    if clock and not date:
        date = (_first(spans, "date", "event") or "")[:10] or None
    return f"{date}T{clock}" if date and clock else date


def _rsvp(spans: list[Span]) -> Json:
    def of(kind: str) -> str | None:
        return next(
            (s.mention.value for s in spans if s.mention.kind == kind
             and (s.mention.role == "registration" or "registration" in s.mention.also)), None
        )  # fmt: skip

    return {"email": of("email"), "phone": of("phone"), "name": _first(spans, "person", "host"),
            "url": of("url")}  # fmt: skip


def _speakers(text: str, spans: list[Span]) -> list[Json]:
    found: dict[str, str | None] = {}
    for span in spans:
        mention = span.mention
        if mention.kind == "person" and mention.role in ("speaker", "moderator"):
            found[mention.value] = found.get(mention.value) or mention.title
    plain = _clean(text).casefold()
    return [
        {"name": name, "title": title if title and title.casefold() in plain else None}
        for name, title in found.items()
    ]


def _contacts(spans: list[Span]) -> list[Json]:
    found: dict[str, Json] = {}
    for span in spans:
        mention = span.mention
        is_contact = mention.role == "contact" or "contact" in mention.also
        if not is_contact:
            continue
        name = mention.value if mention.kind in ("person", "desk") else mention.owner or ""
        entry = found.setdefault(name, {"name": name or None, "phones": [], "emails": []})
        if mention.kind in ("phone", "email") and mention.value not in entry[f"{mention.kind}s"]:
            entry[f"{mention.kind}s"].append(mention.value)
    return list(found.values())
