"""Spreadsheets whose addresses stand in links, and whose outlets stand in merged cells."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pressutskick.recipients.columns.model import Understanding
from pressutskick.recipients.table import RecipientList, read_recipients
from pressutskick.sources.lists.tables import open_table


def read(fill: Callable[[Worksheet], None]) -> RecipientList:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    fill(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return read_recipients(open_table(stream.getvalue(), file="list.xlsx"))


def link(sheet: Worksheet, place: str, address: str) -> None:
    text = sheet[place].value
    sheet[place].hyperlink = f"mailto:{address}"
    sheet[place].value = text


def told(found: RecipientList) -> list[tuple[int | None, str, str]]:
    return [(each.origin.line, each.code, str(each.sentence)) for each in found.problems]


def people(found: RecipientList) -> list[tuple[str, str | None]]:
    return [(each.mailbox.address, each.name) for each in found.recipients]


def test_an_address_that_stands_only_in_a_link_is_followed_and_said_so() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Namn", "E-post"])
        for line, name in enumerate(("Anna Berg", "Bo Ek", "Cia Dal"), start=2):
            sheet.append([name, "Mejla" if line < 4 else "cia@a.example"])
        link(sheet, "B2", "anna@a.example?subject=Hej")
        link(sheet, "B3", "bo%2Elokal@a.example")
        link(sheet, "B4", "Cia@A.example")

    found = read(fill)
    assert people(found) == [
        ("anna@a.example", "Anna Berg"),
        ("bo.lokal@a.example", "Bo Ek"),
        ("cia@a.example", "Cia Dal"),
    ]
    assert told(found) == [
        (2, "list.linked_address",
         "2 rows have their address only in the link beneath the text: 2, 3"),
    ]  # fmt: skip


def test_a_link_that_goes_elsewhere_than_the_text_is_told_and_the_text_wins() -> None:
    """Excel keeps the old link where somebody writes a new address over it in a copy of a row."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["E-post", "Namn"])
        sheet.append(["anna@a.example", "Anna Berg"])
        link(sheet, "A2", "bo@a.example")

    found = read(fill)
    assert people(found) == [("anna@a.example", "Anna Berg")]
    ((line, code, sentence),) = told(found)
    assert (line, code) == (2, "list.other_link")
    assert "the link beneath it goes to bo@a.example" in sentence


def test_where_no_column_has_addresses_the_links_beneath_the_names_have() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Medium", "Namn"])
        for line, name in enumerate(("anna", "bo", "cia"), start=2):
            sheet.append(["A", name.title() + " Berg"])
            if name != "cia":
                link(sheet, f"B{line}", f"{name}@a.example")

    found = read(fill)
    assert people(found) == [("anna@a.example", "Anna Berg"), ("bo@a.example", "Bo Berg")]
    assert [code for _line, code, _sentence in told(found)] == [
        "list.linked_address",
        "list.no_address",
    ]
    assert found.columns is not None
    assert found.columns.columns[-1].understanding is Understanding.LINK


def test_names_under_an_unknown_header_are_kept_beside_their_links() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Medium", "Vem"])
        sheet.append(["A", "Anna Berg"])
        sheet.append(["A", "Bo Ek"])
        link(sheet, "B2", "anna@a.example")
        link(sheet, "B3", "bo@a.example")

    assert people(read(fill)) == [("anna@a.example", "Anna Berg"), ("bo@a.example", "Bo Ek")]


def test_a_link_in_another_cell_is_told_not_followed() -> None:
    """An address was perhaps taken out of its column on purpose."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["E-post", "Namn"])
        sheet.append(["anna@a.example", "Anna Berg"])
        sheet.append(["", "Bo Ek"])
        link(sheet, "B3", "bo@a.example")

    found = read(fill)
    assert told(found) == [
        (
            3,
            "list.misplaced_address",
            "the address is missing; elsewhere in this row stands bo@a.example",
        )
    ]


def test_other_links_are_no_addresses() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["E-post", "Namn"])
        sheet.append(["anna@a.example", "Anna Berg"])
        sheet["B2"].hyperlink = "https://example.org/anna@b.example"
        sheet["A2"].hyperlink = "#Sheet!B2"
        sheet["A2"].value = "anna@a.example"

    assert told(read(fill)) == []


def test_a_merged_outlet_holds_for_every_row_that_it_spans() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Medielista"])
        sheet.append(["Medium", "Kontakt", None, "Telefon"])
        sheet.append([None, "Namn", "E-post", None])
        sheet.append(["Hamnposten", "Anna Berg", "anna@a.example", 701740601])
        sheet.append([None, "Bo Ek", "bo@a.example", None])
        sheet.append([None, None, None, None])
        sheet.append(["Sundet", "Cia Dal", "cia@b.example", "070-1740 602"])
        for merged in ("A1:D1", "A2:A3", "B2:C2", "D2:D3", "A4:A6", "D4:D5"):
            sheet.merge_cells(merged)

    found = read(fill)
    assert [(each.name, each.outlet, each.phone) for each in found.recipients] == [
        ("Anna Berg", "Hamnposten", "0701740601"),
        ("Bo Ek", "Hamnposten", "0701740601"),
        ("Cia Dal", "Sundet", "070-1740 602"),
    ]
    assert not found.has_errors


def test_the_same_in_an_opendocument_spreadsheet() -> None:
    opendocument = pytest.importorskip("odf.opendocument")
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import A, P

    def cell(text: str, target: str = "", **attributes: object) -> TableCell:
        made = TableCell(**attributes)
        paragraph = P()
        if target:
            paragraph.addElement(A(href=target, text=text))
        else:
            paragraph.addText(text)
        made.addElement(paragraph)
        return made

    document = opendocument.OpenDocumentSpreadsheet()
    table = Table(name="Lista")
    for cells in (
        [cell("Medium"), cell("Namn"), cell("E-post")],
        [cell("Hamnposten", numberrowsspanned=3), cell("Anna Berg"),
         cell("Mejla", "mailto:anna@a.example")],
        [CoveredTableCell(), cell("Bo Ek"), cell("bo@a.example", "mailto:bo@b.example")],
        [CoveredTableCell(), cell("Cia Dal"), cell("cia@a.example")],
        [TableCell(), cell("Dan Ed"), cell("dan@a.example")],
    ):  # fmt: skip
        row = TableRow()
        for each in cells:
            row.addElement(each)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    stream = io.BytesIO()
    document.save(stream)
    found = read_recipients(open_table(stream.getvalue(), file="list.ods"))
    assert [(each.mailbox.address, each.outlet) for each in found.recipients] == [
        ("anna@a.example", "Hamnposten"),
        ("bo@a.example", "Hamnposten"),
        ("cia@a.example", "Hamnposten"),
        ("dan@a.example", None),
    ]
    assert [code for _line, code, _sentence in told(found)] == [
        "list.linked_address",
        "list.other_link",
    ]
