"""Who comes: as a table by outlet, as JSON, as CSV, and the words of the page for the door."""

import datetime as dt
import sys
from collections.abc import Mapping

from rich.table import Table

from pressutskick.cli.language import _, _n, tell
from pressutskick.cli.shows.screen.console import out, plain, print_table
from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.door import DoorList, DoorRow
from pressutskick.exports.csv import write_csv
from pressutskick.release.zone import ZONE
from pressutskick.report.words import name_answer

_ANSWERS = (Answer.COMING, None, Answer.OTHER, Answer.DECLINED)


def answer_word(answer: Answer | None) -> str:
    """What somebody has said, as a word."""
    return tell(name_answer(answer))


def show_door(door: DoorList) -> None:
    """Those who come first, each group by outlet; then who came unannounced, and the count."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in (_("Outlet"), _("Who"), _("Answer"), _("With"), _("Note")):
        table.add_column(plain(heading), overflow="fold")
    groups = [door.of(answer) for answer in _ANSWERS]
    for row in (*(row for group in groups for row in group), *door.walk_ins):
        table.add_row(
            plain(row.outlet),
            plain(row.name),
            plain(_tell_state(row)),
            plain(tell_company(row)),
            plain(row.details.note, "dim"),
        )
    print_table(table)
    out().print(plain(summarise_door(door), "bold"))


def _tell_state(row: DoorRow) -> str:
    if row.came_at is None:
        return answer_word(row.answer)
    clock = row.came_at.astimezone(ZONE).strftime("%H:%M")
    if row.recipient is None:
        return _("came {clock}, not invited", clock=clock)
    return _("came {clock}", clock=clock)


def tell_company(row: DoorRow) -> str:
    """Who comes along."""
    details = row.details
    guests = _n("{count} guest", "{count} guests", details.guests) if details.guests else ""
    photographer = _("photographer") if details.has_photographer else ""
    return ", ".join(filter(None, (photographer, guests)))


def summarise_door(door: DoorList) -> str:
    """How many come, decline, have not answered, and came."""
    coming = _n("{count} comes", "{count} come", door.expected)
    declined = _n("{count} declines", "{count} decline", len(door.of(Answer.DECLINED)))
    silent = _n("{count} has not answered", "{count} have not answered", len(door.of(None)))
    came = _n("{count} came", "{count} came", door.came)
    return ", ".join((coming, declined, silent, *((came,) if door.came else ())))


def door_json(door: DoorList) -> list[dict[str, object]]:
    """Each line for programs."""
    return [
        {
            "name": row.name,
            "outlet": row.outlet or None,
            "address": row.recipient.mailbox.address if row.recipient else None,
            "answer": row.answer.value if row.answer else None,
            "guests": row.details.guests,
            "photographer": row.details.has_photographer,
            "note": row.details.note,
            "came": row.came_at.isoformat() if row.came_at else None,
        }
        for row in door.rows
    ]


def write_door_csv(door: DoorList) -> None:
    """The same as CSV on stdout; no cell is a formula."""
    columns = ("outlet", "name", "address", "answer", "guests", "photographer", "note", "came")
    rows = ([row[column] for column in columns] for row in door_json(door))
    write_csv(sys.stdout, columns, rows)


def make_door_workbook(door: DoorList, *, made_at: dt.datetime) -> bytes:
    """The same as an Excel workbook in the person's language."""
    from pressutskick.exports.workbook import Sheet, make_workbook

    header = (
        *(_("Outlet"), _("Name"), _("Address"), _("Answer"), _("Guests"), _("Photographer")),
        *(_("Note"), _("Came")),
    )
    sheet = Sheet(name=_("Door list"), header=header, rows=map(_cells, door.rows))
    return make_workbook(sheet, made_at=made_at)


def _cells(row: DoorRow) -> tuple[str | int | None, ...]:
    came = row.came_at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") if row.came_at else None
    return (
        row.outlet,
        row.name,
        row.recipient.mailbox.address if row.recipient else None,
        answer_word(row.answer) if row.recipient else None,
        row.details.guests or None,
        _("yes") if row.details.has_photographer else None,
        row.details.note,
        came,
    )


def page_words() -> Mapping[str, str]:
    """What the page for the door says besides names."""
    return {
        "comes": _("comes"),
        "silent": _("has not answered"),
        "declined": _("does not come"),
        "answered": _("has answered"),
        "walk_ins": _("Came without an invitation"),
        "name": _("Name"),
        "outlet": _("Outlet"),
        "note": _("Note"),
        "guests": _("guests"),
        "photographer": _("photographer"),
    }
