"""The table of facts that `read` and others show: field, value, lines, certainty."""

import re
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pressutskick.cli.language import _
from pressutskick.cli.shows.screen.console import plain
from pressutskick.reading.model import Certainty, Fact, Reading, Sureness

_DOUBT = (Certainty.READ, Certainty.DERIVED, Certainty.GUESSED)
_COLOURS = {Certainty.READ: "", Certainty.DERIVED: "cyan", Certainty.GUESSED: "yellow"}
_SURE = (Sureness.CERTAIN, Sureness.LIKELY, Sureness.UNSURE)
_SURE_COLOURS = {Sureness.CERTAIN: "", Sureness.LIKELY: "cyan", Sureness.UNSURE: "yellow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row: a fact, or the parts of one contact."""

    field: str
    parts: tuple[str, ...]
    lines: tuple[int, int] | None
    certainty: Certainty
    #: The doubt of its most doubtful part, where parts were judged.
    sureness: Sureness | None
    reasons: tuple[str, ...] = ()

    @property
    def how(self) -> Text:
        """How it was come by, or how sure it is."""
        is_plain = self.certainty is Certainty.DERIVED and self.sureness is not Sureness.UNSURE
        if self.sureness is None or is_plain:
            return Text(certainty_word(self.certainty), style=_COLOURS[self.certainty])
        return Text(sureness_word(self.sureness), style=_SURE_COLOURS[self.sureness])


def show_facts(reading: Reading, console: Console, *, is_verbose: bool = False) -> None:
    """Every fact on a row, in the order of the release; a contact's parts share one.

    `is_verbose` adds what weighed most where something was judged.
    """
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column(_("Fact"), no_wrap=True)
    table.add_column(_("Found"), overflow="fold", ratio=1)
    table.add_column(_("Line"), justify="right", no_wrap=True)
    table.add_column(_("How"), no_wrap=True)
    for row in _rows(reading.facts):
        table.add_row(
            plain(field_word(row.field)),
            plain(_shorten(", ".join(row.parts)) if len(row.parts) == 1 else ", ".join(row.parts)),
            Text(show_lines(row.lines)),
            row.how,
        )
        if is_verbose and row.reasons:
            table.add_row("", plain("; ".join(row.reasons), "dim"), "", "")
    console.print(table)


def _rows(facts: tuple[Fact, ...]) -> list[_Row]:
    rows: dict[str, _Row] = {}
    for fact in facts:
        # `contacts[0].phones[1]` belongs to `contacts[0]`, `rsvp.phones[1]` to `rsvp.phones`.
        name = re.sub(r"(?<=\])\..*", "", fact.field)
        name = re.sub(r"^rsvp\.phones?(\[\d+\])?$", "rsvp.phones", name)
        before = rows.get(name)
        parts = (*(before.parts if before else ()), show_value(fact))
        rows[name] = _Row(
            field=name,
            parts=parts,
            lines=_span(before.lines if before else None, fact.lines),
            certainty=max(
                fact.certainty, before.certainty if before else fact.certainty, key=_DOUBT.index
            ),
            sureness=_doubtful(before.sureness if before else None, fact.sureness),
            reasons=(before.reasons if before else ()) or fact.reasons,
        )
    return list(rows.values())


def _doubtful(one: Sureness | None, other: Sureness | None) -> Sureness | None:
    return max((each for each in (one, other) if each), key=_SURE.index, default=None)


def _span(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def show_lines(lines: tuple[int, int] | None) -> str:
    """`12` or `12–14`."""
    if lines is None:
        return ""
    first, last = lines
    return str(first) if first == last else f"{first}–{last}"


def show_value(fact: Fact) -> str:
    """The value for people, its parts after commas."""
    value = fact.value
    if isinstance(value, dict):
        value = ", ".join(_parts(value))
    elif isinstance(value, list):
        value = ", ".join(str(part) for part in value)
    return " ".join(str(value).split())


def _shorten(text: str) -> str:
    """A long passage is cut: the table shows what was found, not the text again."""
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


def sureness_word(sureness: Sureness) -> str:
    """How sure a fact is, as a word."""
    words = {
        Sureness.CERTAIN: _("certain"),
        Sureness.LIKELY: _("likely"),
        Sureness.UNSURE: _("unsure"),
    }
    return words[sureness]


def name_field(field: str) -> str:
    """`day (event.date)`: the word, and the key that a person would fill in."""
    word = field_word(field)
    return field if word == field else f"{word} ({field})"


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
    plain_field = re.sub(r"\[\d+\]", "", field)
    return words.get(plain_field) or words.get(plain_field.partition(".")[0], field)
