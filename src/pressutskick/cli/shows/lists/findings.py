"""What a list's rows are asked about: as a table, line by line, as JSON; and changes of cells."""

from collections.abc import Iterator, Sequence

from pressutskick.actions.recipients.reviewing import Finding, FindingKind
from pressutskick.cli.language import _, _n
from pressutskick.cli.shows.recipients import make_table
from pressutskick.cli.shows.screen.console import out, plain, print_table
from pressutskick.errors import Origin
from pressutskick.recipients.columns.model import letter_of
from pressutskick.recipients.edits import ListEdits, Wish

_GRAVE = (FindingKind.GONE, FindingKind.LEFT, FindingKind.BOUNCED_TWICE)
_MOST_WORDS = 160


def finding_word(kind: FindingKind) -> str:
    """What is the matter."""
    words = {
        FindingKind.GONE: _("gone for good"),
        FindingKind.LEFT: _("has left"),
        FindingKind.BOUNCED_TWICE: _("bounced twice"),
        FindingKind.ABSENT: _("long absent"),
        FindingKind.TWO_ADDRESSES: _("two addresses"),
        FindingKind.SILENT: _("never answered"),
        FindingKind.UNCHECKED: _("not checked for a year"),
    }
    return words[kind]


def tell_finding(finding: Finding) -> str:
    """Since when, in which words, whom to ask instead."""
    day = finding.since.isoformat() if finding.since else ""
    facts = {
        FindingKind.BOUNCED_TWICE: _n(
            "{count} mail in a row came back, since {day}",
            "{count} mails in a row came back, since {day}",
            finding.count,
            day=day,
        ),
        FindingKind.SILENT: _n(
            "{count} invitation since {day}",
            "{count} invitations since {day}",
            finding.count,
            day=day,
        ),
        FindingKind.UNCHECKED: (
            _("last on {day}", day=day) if day else _("the row has no day of checking")
        ),
    }
    other = finding.other
    parts = (
        facts.get(finding.kind, _("since {day}", day=day) if day else ""),
        _("instead: {address}", address=finding.instead) if finding.instead else "",
        _("{other} in {place} too", other=other.mailbox.address, place=str(other.origin))
        if other
        else "",
        f"“{finding.words[:_MOST_WORDS]}”" if finding.words else "",
    )
    return "; ".join(filter(None, parts))


def show_findings(findings: Sequence[Finding], *, rows: int) -> None:
    """One line for each, then how many."""
    table = make_table("", _("What"), _("Who"), _("Why"))
    for column in table.columns[2:]:
        column.overflow = "fold"
    for number, finding in enumerate(findings, 1):
        table.add_row(
            str(number),
            plain(finding_word(finding.kind), "red" if finding.kind in _GRAVE else "yellow"),
            plain(_who(finding)),
            plain("\n".join((tell_finding(finding), str(finding.recipient.origin))), "dim"),
        )
    if findings:
        print_table(table)
    out().print(
        plain(
            _n(
                "{count} of {rows} rows should be looked at.",
                "{count} of {rows} rows should be looked at.",
                len(findings),
                rows=rows,
            ),
            "bold",
        )
    )


def _who(finding: Finding) -> str:
    row = finding.recipient
    return ", ".join(filter(None, (row.name or row.desk, row.outlet, row.mailbox.address)))


def finding_lines(finding: Finding) -> Iterator[str]:
    """Who and what, why, and where it stands."""
    yield f"{finding_word(finding.kind)}: {_who(finding)}"
    yield tell_finding(finding)
    yield _("in the list: {place}", place=str(finding.recipient.origin))


def finding_json(finding: Finding) -> dict[str, object]:
    """A finding for programs."""
    row, other = finding.recipient, finding.other
    return {
        "kind": finding.kind.value,
        "address": row.mailbox.address,
        "name": row.name,
        "outlet": row.outlet,
        "since": finding.since.isoformat() if finding.since else None,
        "count": finding.count,
        "words": finding.words,
        "instead": finding.instead,
        "other": other.mailbox.address if other else None,
        "file": row.origin.file,
        "sheet": row.origin.sheet,
        "line": row.origin.line,
    }


def edit_lines(edits: ListEdits, place: Origin) -> Iterator[str]:
    """Each change as a person can make it by hand."""
    for line, row in sorted(edits.removed.items()):
        shown = " · ".join(filter(None, row.cells))[:_MOST_WORDS]
        yield _("{place}: the row goes: {row}", place=_at(place, line), row=shown)
    for edit in sorted(edits.cells, key=lambda edit: (edit.line, edit.column)):
        cell = letter_of(edit.column)
        yield _(
            "{place}, column {column}: {was} → {new}",
            place=_at(place, edit.line),
            column=cell,
            was=edit.was or "–",
            new=edit.text or "–",
        )


def _at(place: Origin, line: int) -> str:
    return str(Origin(file=place.file, sheet=place.sheet, line=line))


def unwritten_line(wish: Wish) -> str:
    """What a person must do, since no cell could be found for it."""
    if wish.removes:
        return _("{place}: remove {address}", place=str(wish.origin), address=wish.address)
    if wish.new_address:
        return _(
            "{place}: write {new} in place of {address}",
            place=str(wish.origin),
            address=wish.address,
            new=wish.new_address,
        )
    days = ", ".join(day.isoformat() for day in wish.days.values())
    return _(
        "{place}: note {day} for {address}", place=str(wish.origin), address=wish.address, day=days
    )
