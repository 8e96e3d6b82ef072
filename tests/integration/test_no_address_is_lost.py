"""Every reader of lists: an address in a file is mailed, or a remark names it.

Each file holds an address in every place that its format has for one. Nothing may be passed over in
silence, whatever reader is added.
"""

import ast
import inspect
import io
import json
import re
from collections.abc import Callable

import openpyxl
import pytest
from odf import office, opendocument, table, text
from openpyxl.comments import Comment

from pressutskick.recipients.table import read_recipients
from pressutskick.sources.lists import tables
from pressutskick.sources.lists.tables import open_table

MADE = re.compile(r"p\d+@a\.example")


def address(number: int) -> str:
    return f"p{number}@a.example"


def delimited() -> bytes:
    return (
        f"Kontakt {address(1)}\n"
        "Namn;E-post;E-post 2;Notis\n"
        f"Anna Berg;{address(2)};{address(3)};ring {address(4)} först\n"
        f"Bo Ek;{address(5)} ::: {address(6)};;\n"
        f"Cia Dal;;{address(7)};\n"
    ).encode()


def pasted() -> bytes:
    return (
        f"Från: Karin <{address(1)}>\nTill: Presslista: Anna Berg <{address(2)}>,\n"
        f"Bo Ek [mailto:{address(3)}]\nKopia: {address(4)}\nÄmne: Hej\n"
    ).encode()


def cards() -> bytes:
    return (
        f"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Anna Berg\r\nEMAIL;HOME:{address(1)}\r\n"
        f"EMAIL;WORK:{address(2)}\r\nNOTE:inte {address(3)}\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Bo Ek\r\n"
        f"EMAIL:{address(4)}\r\nEND:VCARD\r\nX-ANNAT:{address(5)}\r\nEND:VCARD\r\n"
        f"EMAIL:{address(6)}\r\n"
        f"BEGIN:VCARD\r\nKIND:group\r\nFN:Gruppen\r\nMEMBER:mailto:{address(7)}\r\nEND:VCARD\r\n"
    ).encode()


def objects() -> bytes:
    people = [{"namn": "Anna Berg", "e-post": address(1), "e-post 2": address(2)}]
    return json.dumps({"ansvarig": {"e-post": address(3)}, "lista": people}).encode()


def excel() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([f"Frågor till {address(1)}"])
    sheet.append(["Namn", "E-post", "E-post 2"])
    sheet.append(["Anna Berg", address(2), address(3)])
    sheet["A3"].comment = Comment(f"eller {address(4)}", "Karin")
    sheet.append(["Bo Ek"])
    sheet["A4"].hyperlink = f"mailto:{address(5)}"
    sheet["H3"] = address(6)
    for row in range(5, 60):
        sheet.append([f"Desk {row}", f"desk{row}@a.example"])
    sheet["K59"] = address(7)
    book.create_sheet("Radio").append(["x", address(8)])
    book.create_sheet("Dold").append([address(9)])
    book["Dold"].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def opened() -> bytes:
    document = opendocument.OpenDocumentSpreadsheet()
    for name, rows in (
        ("Media", [["Namn", "E-post", "E-post 2"], ["Anna Berg", address(1), address(2)]]),
        ("Radio", [[address(3)]]),
    ):
        sheet = table.Table(name=name)
        for cells in rows:
            row = table.TableRow()
            for cell in cells:
                element = table.TableCell(valuetype="string")
                element.addElement(text.P(text=cell))
                if cell == "Anna Berg":
                    note = office.Annotation()
                    note.addElement(text.P(text=f"eller {address(4)}"))
                    element.addElement(note)
                row.addElement(element)
            sheet.addElement(row)
        document.spreadsheet.addElement(sheet)
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


#: By the name of the reader; how many addresses its file holds.
FILES: dict[str, tuple[Callable[[], bytes], int]] = {
    "read_delimited": (delimited, 7),
    "read_pasted": (pasted, 4),
    "read_vcards": (cards, 7),
    "read_json": (objects, 3),
    "read_xlsx": (excel, 9),
    "read_ods": (opened, 4),
}


def test_every_reader_has_such_a_file() -> None:
    """Whoever adds a reader must make one, with an address in each of its places."""
    imported = {
        name.name
        for node in ast.walk(ast.parse(inspect.getsource(tables)))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(tables.__package__)
        for name in node.names
        if name.name.startswith("read_")
    }
    assert imported == set(FILES)


@pytest.mark.parametrize("reader", FILES)
def test_an_address_is_mailed_or_named(reader: str) -> None:
    make, count = FILES[reader]
    found = read_recipients(open_table(make(), file="lista"))
    mailed = {recipient.mailbox.address for recipient in found.recipients}
    told = {word for problem in found.problems for word in MADE.findall(str(problem.sentence))}
    everybody = {address(number) for number in range(1, count + 1)}
    assert mailed | told >= everybody
    assert mailed & everybody, "the file is a list"
