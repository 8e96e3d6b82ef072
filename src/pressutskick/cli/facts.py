"""The table of facts that `read` and others show: field, value, lines, certainty."""

import re

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pressutskick.cli.language import _
from pressutskick.cli.views import plain
from pressutskick.release.facts.model import Certainty, Fact, Reading

_COLOURS = {Certainty.READ: "", Certainty.DERIVED: "cyan", Certainty.GUESSED: "yellow"}


def show_facts(reading: Reading, console: Console) -> None:
    """Every fact on a row of its own, in the order of the release."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column(_("Fact"), no_wrap=True)
    table.add_column(_("Found"), overflow="fold", ratio=1)
    table.add_column(_("Line"), justify="right", no_wrap=True)
    table.add_column(_("How"), no_wrap=True)
    for fact in reading.facts:
        table.add_row(
            plain(field_word(fact.field)),
            plain(show_value(fact)),
            Text(show_lines(fact)),
            Text(certainty_word(fact.certainty), style=_COLOURS[fact.certainty]),
        )
    console.print(table)


def show_lines(fact: Fact) -> str:
    """`12` or `12–14`."""
    if fact.lines is None:
        return ""
    first, last = fact.lines
    return str(first) if first == last else f"{first}–{last}"


def show_value(fact: Fact) -> str:
    """The value for people: parts after commas, long passages cut."""
    value = fact.value
    if isinstance(value, dict):
        value = ", ".join(_parts(value))
    elif isinstance(value, list):
        value = ", ".join(str(part) for part in value)
    text = " ".join(str(value).split())
    return text if len(text) <= 160 else text[:157].rstrip() + " …"


def _parts(value: dict[str, object]) -> list[str]:
    found: list[str] = []
    for part in value.values():
        if isinstance(part, list):
            found += [str(each) for each in part]
        elif part:
            found.append(str(part))
    return found


def certainty_word(certainty: Certainty) -> str:
    """How a fact was come by, as a word."""
    words = {
        Certainty.READ: _("read"),
        Certainty.DERIVED: _("derived"),
        Certainty.GUESSED: _("guessed"),
    }
    return words[certainty]


def field_word(field: str) -> str:
    """A field's name for people; one that has none is shown as it is."""
    words = {
        "title": _("title"),
        "kind": _("kind"),
        "status": _("status"),
        "language": _("language"),
        "published": _("published"),
        "embargo": _("embargo"),
        "lead": _("lead"),
        "subject": _("subject"),
        "event.date": _("day"),
        "event.end_date": _("last day"),
        "event.start": _("start"),
        "event.end": _("end"),
        "event.weekday": _("weekday"),
        "event.place": _("place"),
        "event.gathering": _("gathering"),
        "event.online": _("online"),
        "event.sessions": _("part"),
        "rsvp.name": _("RSVP to"),
        "rsvp.title": _("RSVP title"),
        "rsvp.email": _("RSVP address"),
        "rsvp.phone": _("RSVP phone"),
        "rsvp.phones": _("RSVP phone"),
        "rsvp.url": _("RSVP link"),
        "rsvp.deadline": _("answer by"),
        "speakers": _("speaker"),
        "contacts": _("contact"),
        "attachments": _("attachment"),
        "photo_note": _("photographers"),
        "accreditation": _("admission"),
    }
    return words.get(re.sub(r"\[\d+\]", "", field), field)
