"""Single cells of a list are changed; every other byte and part stays."""

import csv
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from xlsxwriter import Workbook

from pressutskick.errors import InputError, Origin
from pressutskick.recipients.edits import ListEdits, Wish, plan_edits
from pressutskick.recipients.fields import Field
from pressutskick.recipients.rows import Row
from pressutskick.recipients.table import read_rows
from pressutskick.sources.lists.edits.lists import edit_list
from pressutskick.sources.lists.tables import open_table

DAY = dt.date(2026, 11, 29)
HEADERS = {Field.CHECKED: "kontrollerad", Field.INFORMED: "informerad"}


def plan(data: bytes, *wishes: Wish, file: str = "lista") -> ListEdits:
    rows = {row.line: row for row in open_table(data, file=file).rows if isinstance(row, Row)}
    columns = read_rows(open_table(data, file=file)).columns
    assert columns is not None
    return plan_edits(wishes, rows, columns, HEADERS)


def edit(data: bytes, *wishes: Wish) -> bytes:
    edits = plan(data, *wishes)
    assert edits.unwritten == ()
    return edit_list(data, edits, file="lista", sheet=None)


def wish(line: int, address: str, **more: object) -> Wish:
    return Wish(origin=Origin(line=line), address=address, **more)  # type: ignore[arg-type]


CSV = (
    '\ufeff"e-post";namn; "redaktion"\r\n'
    'anna@posten.example;"Berg; Anna";Posten\r\n'
    "\r\n"
    '"Bo <bo@radion.example>" ;Bo;"två\r\nrader"\r\n'
    "cia@kanalen.example;Cia\r\n"
).encode()


def test_a_removed_row_takes_its_line_and_no_other() -> None:
    lines = CSV.splitlines(keepends=True)
    assert edit(CSV, wish(2, "anna@posten.example", removes=True)) == b"".join(
        [lines[0], *lines[2:]]
    )
    assert edit(CSV, wish(4, "BO@radion.example", removes=True)) == b"".join([*lines[:3], lines[5]])


def test_an_address_is_changed_in_its_place() -> None:
    new = edit(CSV, wish(4, "bo@radion.example", new_address="desken@radion.example"))
    assert new == CSV.replace(b'"Bo <bo@radion.example>" ', b'"Bo <desken@radion.example> "')


def test_a_day_is_noted_and_its_column_added_where_there_is_none() -> None:
    new = edit(CSV, wish(6, "cia@kanalen.example", days={Field.CHECKED: DAY}))
    assert new == CSV.replace(b' "redaktion"', b' "redaktion";kontrollerad').replace(
        b"example;Cia\r\n", b"example;Cia;;2026-11-29\r\n"
    )
    again = edit(new, wish(2, "anna@posten.example", days={Field.CHECKED: DAY}))
    assert b"Posten;2026-11-29\r\n" in again


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "utf-16"])
def test_the_encoding_stays(codec: str) -> None:
    text = "e-post;namn\nåsa@posten.example;Åsa Öberg\nbo@radion.example;Bo Ängström Ärlig\n"
    data = text.encode(codec)
    new = edit(data, wish(3, "bo@radion.example", removes=True))
    assert new == text[: text.index("bo@")].encode(codec)


def test_a_row_with_somebody_else_keeps_them() -> None:
    data = b"e-post,e-post 2\na@x.example,b@x.example\n"
    assert edit(data, wish(2, "a@x.example", removes=True)) == b"e-post,e-post 2\n,b@x.example\n"


def test_what_a_spreadsheet_would_compute_is_never_written() -> None:
    edits = plan(CSV, wish(2, "anna@posten.example", new_address="=1+1@x.example"))
    assert not edits
    assert len(edits.unwritten) == 1


def test_a_list_of_another_kind_is_left_alone() -> None:
    data = b'[{"email": "a@x.example", "name": "A B"}]'
    edits = plan(data, wish(1, "a@x.example", removes=True))
    with pytest.raises(InputError, match=r"not written|changing more"):
        edit_list(data, edits, file="lista", sheet=None)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\x1a"), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=6), st.data())
def test_whatever_stands_around_it_stays(rows: list[list[str]], data: st.DataObject) -> None:
    stream = io.StringIO()
    table = [
        ["e-post", "namn", "ort"],
        *([f"p{i}@x.example", *row] for i, row in enumerate(rows)),
    ]
    csv.writer(stream, delimiter=";", lineterminator="\n").writerows(table)
    before = stream.getvalue().encode()
    chosen = data.draw(st.integers(0, len(rows) - 1))
    try:
        found = {
            row.cells[0]: row
            for row in open_table(before, file="lista").rows
            if isinstance(row, Row)
        }
        line = found[f"p{chosen}@x.example"].line
        after = edit(before, wish(line, f"p{chosen}@x.example", new_address="ny@x.example"))
    except (InputError, KeyError, AssertionError):
        return  # odd letters make it another kind of list, or one that is not written
    assert after == before.replace(f"p{chosen}@x.example".encode(), b"ny@x.example")


def workbook() -> bytes:
    """As a city's list is: links, days, a chart, a note, a text box, a formula, merged cells."""
    stream = io.BytesIO()
    book = Workbook(stream)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Media")
    sheet.write_row(0, 0, ["E-post", "Namn", "Kontrollerad", "Antal"])
    for line, name in enumerate(["anna", "bo", "cia"], 1):
        sheet.write_url(line, 0, f"mailto:{name}@x.example", string=f"{name}@x.example")
        sheet.write(line, 1, f"{name.title()} <Berg> & Co")
        sheet.write_datetime(line, 2, dt.datetime(2020, 1, line), day)  # noqa: DTZ001
        sheet.write_formula(line, 3, "=1+1", value=2)
    sheet.write_comment("B2", "ringde")
    sheet.insert_textbox("F2", "glöm inte")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Media!$D$2:$D$4"})
    sheet.insert_chart("F8", chart)
    sheet.conditional_format("D2:D4", {"type": "cell", "criteria": ">", "value": 1, "format": day})
    book.add_worksheet("Annat").write(0, 0, "orört")
    book.close()
    return stream.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def test_a_workbook_keeps_every_other_part_byte_for_byte() -> None:
    before = workbook()
    after = edit(
        before,
        wish(2, "anna@x.example", removes=True),
        wish(3, "bo@x.example", new_address="ny@x.example", days={Field.CHECKED: DAY}),
        wish(4, "cia@x.example", days={Field.INFORMED: DAY}),
    )
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    assert [name for name in old if old[name] != new[name]] == ["xl/worksheets/sheet1.xml"]
    sheet = load_workbook(io.BytesIO(after))["Media"]
    shown = [[cell.value for cell in row[:5]] for row in sheet.iter_rows()]
    assert shown[0] == ["E-post", "Namn", "Kontrollerad", "Antal", "informerad"]
    assert shown[1] == [None, None, None, "=1+1", None]
    assert shown[2][0] == "ny@x.example"
    assert shown[2][2] == dt.datetime(2026, 11, 29)  # noqa: DTZ001
    assert sheet["C3"].number_format == "yyyy-mm-dd"
    assert shown[3][4] == "2026-11-29"
    # The old link would mail the old address.
    assert sheet["B3"].hyperlink is None
    assert sheet["A3"].hyperlink is None
    assert sheet["A4"].hyperlink.target == "mailto:cia@x.example"
    people = read_rows(open_table(after, file="lista")).recipients
    assert [each.mailbox.address for each in people] == ["ny@x.example", "cia@x.example"]
    assert (people[0].checked, people[1].informed) == (DAY, DAY)


def test_a_protected_sheet_and_a_computed_cell_are_left_alone() -> None:
    stream = io.BytesIO()
    book = Workbook(stream)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["e-post", "kontrollerad"])
    sheet.write_row(1, 0, ["a@x.example"])
    sheet.write_formula(1, 1, "=TODAY()", value=46000)
    book.close()
    with pytest.raises(InputError, match="B2"):
        edit(stream.getvalue(), wish(2, "a@x.example", days={Field.CHECKED: DAY}))
    stream = io.BytesIO()
    book = Workbook(stream)
    sheet = book.add_worksheet()
    sheet.write_column(0, 0, ["e-post", "a@x.example"])
    sheet.protect()
    book.close()
    with pytest.raises(InputError, match="protected"):
        edit(stream.getvalue(), wish(2, "a@x.example", removes=True))
