"""Workbooks whose parts are not where, or not what, most programs write; Excel opens them all."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from pressutskick.errors import InputError
from pressutskick.recipients.table import RecipientList, read_recipients
from pressutskick.sources.lists.tables import open_table

Edit = Callable[[str, bytes], tuple[str, bytes]]
ANNA = ("anna@a.example", "Anna Berg")
SHEET = "xl/worksheets/sheet1.xml"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Namn", "E-post"])
    sheet.append(["Anna Berg", "anna@a.example"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def edited(edit: Edit) -> bytes:
    """The workbook with each part's name and content as `edit` makes them."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(*edit(name, old.read(name)))
    return stream.getvalue()


def replaced(part: str, old: str, new: str) -> bytes:
    """The workbook with something of one part written otherwise; it must stand there."""

    def edit(name: str, content: bytes) -> tuple[str, bytes]:
        if name != part:
            return name, content
        changed = re.sub(old, lambda _match: new, content.decode())
        assert changed != content.decode()
        return name, changed.encode()

    return edited(edit)


def at_the_root(name: str, content: bytes) -> tuple[str, bytes]:
    """All parts of `xl/` moved up, as some reports write them."""
    content = content.replace(b"/xl/", b"/").replace(b'"xl/', b'"')
    return name.removeprefix("xl/"), content


def read(data: bytes) -> RecipientList:
    return read_recipients(open_table(data, file="lista.xlsx"))


def people(found: RecipientList) -> list[tuple[str, str | None]]:
    return [(each.mailbox.address, each.name) for each in found.recipients]


@pytest.mark.parametrize(
    "edit",
    [
        lambda name, content: (name.replace("/", "\\"), content),
        lambda name, content: (name.upper() if name.startswith("xl/") else name, content),
        lambda name, content: (f"/{name}", content),
        lambda name, content: (f"./{name}", content),
        lambda name, content: (name, content.replace(b"/xl/worksheets/", b"\\xl\\worksheets\\")),
        at_the_root,
    ],
    ids=["backslashes", "capitals", "slash", "dot", "backslash in relation", "root"],
)
def test_parts_are_found_as_excel_finds_them(edit: Edit) -> None:
    found = read(edited(edit))
    assert people(found) == [ANNA]
    assert found.problems == ()


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A2" t="inlineStr"><v>gammal</v><is><t>Anna Berg</t></is></c>',
        '<c r="A2" t="inlineStr"><is><t>Anna Berg</t></is><v>gammal</v></c>',
        '<c r="A2" t="inlineStr"><is><r><t>Anna </t></r><r><t>Berg</t></r></is></c>',
        '<c r="A2" t="inlineStr"><is><t>Anna Berg</t><rPh sb="0" eb="1"><t>x</t></rPh></is></c>',
        '<c r="A2" t="str"><v>Anna Berg</v></c>',
        '<c r="A2" t="inlineStr"><v>Anna Berg</v></c>',
    ],
)
def test_a_text_of_the_cell_itself_is_read_once(cell: str) -> None:
    assert people(read(replaced(SHEET, r'<c r="A2".*?</c>', cell))) == [ANNA]


def test_a_shared_string_that_is_missing_is_an_error_and_no_empty_cell() -> None:
    cell = '<c r="A2" t="s"><v>99</v></c>'
    with pytest.raises(InputError, match=r"lista\.xlsx:2: .* text of a cell is missing"):
        read(replaced(SHEET, r'<c r="A2".*?</c>', cell))


def test_other_sheets_are_counted_unless_the_sheet_was_named() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book.create_sheet("Radio").append(["Bo Ek", "bo@a.example"])
    book.create_sheet("Samma").append(["Anna Berg", "Anna@a.example"])
    stream = io.BytesIO()
    book.save(stream)
    found = read(stream.getvalue())
    assert {p.code: p.left_out.count for p in found.problems if p.left_out} == {
        "list.other_sheet": 1
    }
    (told,) = [str(problem.sentence) for problem in found.problems if problem.left_out]
    assert told.endswith("bo@a.example. To mail it too: --to 'lista.xlsx#Radio'")
    named = open_table(stream.getvalue(), file="lista.xlsx", sheet="Sheet")
    assert read_recipients(named).problems == ()


def test_the_told_command_names_the_sheet_that_was_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    sheet = book.create_sheet("Radio")
    sheet.append(["Namn", "E-post", "Utskick"])
    sheet.append(["Bo Ek", "bo@a.example", "Nej"])
    stream = io.BytesIO()
    book.save(stream)
    table = open_table(stream.getvalue(), file="lista.xlsx", sheet="radio")
    (problem,) = read_recipients(table).problems
    command = "pressutskick recipients map 'lista.xlsx#Radio' --set Utskick=wants"
    assert str(problem.sentence).endswith(command)


def test_a_part_in_an_encoding_that_nobody_knows_is_damaged() -> None:
    with pytest.raises(InputError, match="damaged"):
        read(replaced("xl/workbook.xml", r"^", '<?xml version="1.0" encoding="utw-8"?>'))
