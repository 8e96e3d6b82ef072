"""Lists for people: selections, columns, differences, suppressions as tables."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rich.table import Table

from pressutskick.cli.language import _, _n, tell
from pressutskick.cli.shows.screen.console import out, plain, print_table, talk
from pressutskick.cli.shows.words import reason_word, scope_word, skip_word, understanding_word
from pressutskick.recipients.columns.model import Column, letter_of
from pressutskick.recipients.difference import Difference
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.selection import Choice
from pressutskick.recipients.suppression import Suppression, SuppressionReason

#: Columns of a terminal on which language and tags have room too.
_WIDE = 110


def make_table(*headings: str) -> Table:
    """A table without frame."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for heading in headings:
        table.add_column(heading)
    return table


def show_choices(choices: Sequence[Choice]) -> None:
    """Who is in, in the order of sending, and who is out and why."""
    is_wide = not out().is_terminal or out().width >= _WIDE
    headings = [_("Outlet"), _("Language"), _("Tags")] if is_wide else []
    table = make_table("", _("Address"), _("Who"), *headings, _("Why"))
    table.columns[1].no_wrap = True
    number = 0
    for choice in choices:
        recipient = choice.recipient
        number += choice.is_selected
        style = "" if choice.is_selected else "dim"
        who, outlet = recipient.name or recipient.desk or "", recipient.outlet or ""
        if is_wide:
            tags = ", ".join(sorted(recipient.tags))
            cells = [who, outlet, recipient.language or "", tags]
        else:
            cells = [", ".join(part for part in (who, outlet) if part)]
        reason = _("selected") if choice.sentence is None else tell(choice.sentence)
        table.add_row(
            str(number) if choice.is_selected else "–",
            *(plain(cell, style) for cell in [recipient.mailbox.address, *cells]),
            plain(reason, "green" if choice.is_selected else "yellow"),
        )
    if choices:
        print_table(table)
    talk().print(plain(_tally(choices), "bold"))


def _tally(choices: Sequence[Choice]) -> str:
    selected = sum(choice.is_selected for choice in choices)
    told = _n("{count} is selected", "{count} are selected", selected)
    reasons = Counter(choice.reason for choice in choices if choice.reason is not None)
    skips = [
        _("{count} × {reason}", count=count, reason=skip_word(reason))
        for reason, count in reasons.most_common()
    ]
    if not skips:
        return _("{selected}.", selected=told)
    skipped = sum(reasons.values())
    return _n(
        "{selected}, {count} is skipped ({reasons}).",
        "{selected}, {count} are skipped ({reasons}).",
        skipped,
        selected=told,
        reasons=", ".join(skips),
    )


def show_columns(columns: Sequence[Column], examples: Mapping[int, str]) -> None:
    """How each column of a list was understood, with a cell of each."""
    table = make_table("", _("Column"), _("Means"), _("How it is known"), _("Example"))
    for column in columns:
        table.add_row(
            letter_of(column.index),
            plain(column.header),
            plain(column.field or "–", "green" if column.field else "dim"),
            understanding_word(column.understanding),
            plain(examples.get(column.index, ""), "dim"),
        )
    print_table(table)


def show_difference(difference: Difference) -> None:
    """Who came, who went, who is described otherwise."""
    for mark, style, recipients in (
        ("+", "green", difference.added),
        ("-", "red", difference.removed),
    ):
        for recipient in recipients:
            out().print(plain(f"{mark} {_line(recipient)}", style))
    for change in difference.changed:
        out().print(plain(f"~ {_line(change.new)}", "yellow"))
        for name, old, new in change.fields:
            out().print(plain(f"    {name}: {_value(old)} → {_value(new)}"))
    talk().print(
        plain(
            _(
                "{added} new, {removed} gone, {changed} changed.",
                added=len(difference.added),
                removed=len(difference.removed),
                changed=len(difference.changed),
            ),
            "bold",
        )
    )


def _line(recipient: Recipient) -> str:
    parts = (str(recipient.mailbox), recipient.outlet)
    return ", ".join(part for part in parts if part)


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return "–" if value in (None, "", {}) else str(value)


def show_suppressions(entries: Iterable[Suppression]) -> None:
    """The suppression list."""
    table = make_table(_("Address"), _("Reason"), _("For"), _("Until"), _("Since"), _("Source"))
    count = 0
    for entry in entries:
        count += 1
        erased = entry.reason is SuppressionReason.ERASED
        table.add_row(
            plain(_("(an erased person)") if erased else entry.key),
            reason_word(entry.reason),
            scope_word(entry.scope),
            str(entry.until or ""),
            _day(entry.created),
            plain(entry.source),
        )
    if count:
        print_table(table)
    else:
        talk().print(plain(_("Nobody is barred.")))


def _day(moment: dt.datetime) -> str:
    return moment.date().isoformat()
