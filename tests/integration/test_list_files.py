"""Lists as the real writers make them are read without a wrong cell.

Each file holds the same people; whatever the writer, delimiter, encoding or dialect, the recipients
that come out are the same.
"""

import csv
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from pressutskick.errors import InputError
from pressutskick.recipients.columns.model import Guide
from pressutskick.recipients.table import RecipientList, read_recipients
from pressutskick.sources.lists.named import find_list, list_names, read_table
from pressutskick.sources.lists.tables import open_table

HEADER = ["E-post", "Namn", "Medium", "Språk", "Taggar", "Telefon", "Anteckning"]
PEOPLE = [
    ["asa@hamnposten.example", "Åsa Lindström", "Hamnposten", "sv", "lokalt, kultur",
     "070-1740 601", "säg ”hej”, inte hallå; ring först"],
    ["bjorn@sundradion.example", "Björn Öhman", "Sundradion", "sv", "radio", "+46 31-390 06 10",
     "två\nrader"],
    ["newsdesk@times.example", "", "The Harbour Times", "en", "", "", ""],
    ["søren@kystavisen.example", "Søren Ærø", "Kystavisen", "da", "lokalt", "", "50 % tjänst"],
    ["ola@blekke.example", 'Ola "Ole" Nordmann', "Blekke", "no", "", "", ""],
]  # fmt: skip

Rows = list[list[str]]


def values(found: RecipientList) -> Rows:
    """The recipients in the form of `PEOPLE`."""
    return [
        [
            recipient.mailbox.address,
            recipient.name or "",
            recipient.outlet or "",
            recipient.language or "",
            ", ".join(sorted(recipient.tags, reverse=True)),
            recipient.phone or "",
            recipient.extra.get("Anteckning", ""),
        ]
        for recipient in found.recipients
    ]


def read(data: bytes, sheet: str | None = None) -> RecipientList:
    return read_recipients(open_table(data, file="list", sheet=sheet))


def as_csv(
    rows: Rows, encoding: str = "utf-8", before: str = "", end: str = "\r\n", **dialect: object
) -> bytes:
    stream = io.StringIO()
    dialect.setdefault("delimiter", ";")
    csv.writer(stream, lineterminator=end, **dialect).writerows(rows)  # type: ignore[arg-type]
    return (before + stream.getvalue()).encode(encoding)


def widened(rows: Rows, *, blanks: str = "", columns: int = 0) -> Rows:
    """Cells with blanks around, and empty columns before, between and after."""
    gap = [""] * columns
    return [
        [*gap, *(cell for value in row for cell in [blanks + value + blanks, *gap]), *gap]
        for row in rows
    ]


ALL = [HEADER, *PEOPLE]
#: Letters that cp850 and Mac Roman have.
OLD = [[cell.replace("”", "'") for cell in row] for row in ALL]
LETTER_HEAD = [["Medielista, Malmö stad"], ["uppdaterad 2026-11-02"], [], [""], *ALL]

TEXT_FILES: dict[str, bytes] = {
    "semicolon": as_csv(ALL),
    "comma": as_csv(ALL, delimiter=","),
    "tab": as_csv(ALL, delimiter="\t"),
    "bar": as_csv(ALL, delimiter="|"),
    "caret": as_csv(ALL, delimiter="^"),
    "all-quoted": as_csv(ALL, quoting=csv.QUOTE_ALL),
    "all-quoted-comma": as_csv(ALL, delimiter=",", quoting=csv.QUOTE_ALL),
    "escaped": as_csv(ALL, doublequote=False, escapechar="\\"),
    "unix": as_csv(ALL, end="\n"),
    "old-mac": as_csv([[cell.replace("\n", " / ") for cell in row] for row in ALL], end="\r"),
    "bom": as_csv(ALL, "utf-8-sig"),
    "excel-bom-sep": as_csv(ALL, "utf-8-sig", "sep=;\r\n"),
    "sep-comma": as_csv(ALL, before='"sep=,"\r\n', delimiter=","),
    "windows": as_csv(ALL, "cp1252"),
    "windows-tab": as_csv(ALL, "cp1252", delimiter="\t"),
    "utf-16": as_csv(ALL, "utf-16", delimiter="\t"),
    "utf-16-be": b"\xfe\xff" + as_csv(ALL, "utf-16-be"),
    "utf-16-le-bare": as_csv(ALL, "utf-16-le"),
    "mac-roman": as_csv(OLD, "mac_roman"),
    "header-below": as_csv(LETTER_HEAD),
    "header-tenth": as_csv([*[["Lista"]] * 9, *ALL]),
    "blanks": as_csv(widened(ALL, blanks="  ")),
    "no-break-spaces": as_csv(widened(ALL, blanks="\u00a0\u2009\ufeff")),
    "empty-columns": as_csv(widened(ALL, columns=2)),
    "empty-rows": as_csv([row for full in ALL for row in ([], full, ["", "", ""])]),
    "json": json.dumps([dict(zip(HEADER, row, strict=True)) for row in PEOPLE]).encode(),
    "json-wrapped": json.dumps(
        {"version": 1, "lista": [dict(zip(HEADER, row, strict=True)) for row in PEOPLE]},
        ensure_ascii=False,
    ).encode(),
}


@pytest.mark.parametrize("name", TEXT_FILES)
def test_a_text_file_is_read_without_a_wrong_cell(name: str) -> None:
    found = read(TEXT_FILES[name])
    expected = PEOPLE
    if name == "old-mac":
        expected = [[cell.replace("\n", " / ") for cell in row] for row in PEOPLE]
    if name == "mac-roman":
        expected = OLD[1:]
    assert values(found) == expected
    assert not found.has_errors


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (["E-postadress", "Namn", "Tidning", "Språk", "Etiketter", "Mobil", "Anteckning"], "sv"),
        (["E-post", "Navn", "Avis", "Språk", "Merkelapper", "Mobil", "Anteckning"], "no"),
        (["E-mail", "Navn", "Medie", "Sprog", "Etiketter", "Telefon", "Anteckning"], "da"),
        (["Email Address", "Full name", "Outlet", "Language", "Tags", "Phone", "Anteckning"], "en"),
        (["email", "NAME:", "organisation", "lang", "tag", "tel", "Anteckning"], "en"),
        (["E-POST *", "namn (för- och efternamn)", "redaktion", "språk", "tagg", "tlf", "Anteckning"],
         "sv"),
    ],
)  # fmt: skip
def test_headers_of_four_languages_mean_the_same(header: list[str], language: str) -> None:
    assert values(read(as_csv([header, *PEOPLE]))) == PEOPLE, language


def workbook(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def plain_book(book: openpyxl.Workbook) -> None:
    sheet = book.active
    assert sheet is not None
    sheet.title = "Lokalt"
    for row in ALL:
        sheet.append(row)


def second_sheet(book: openpyxl.Workbook) -> None:
    sheet = book.active
    assert sheet is not None
    sheet.append(["Läs mig"])
    other = book.create_sheet("Lista två")
    for row in LETTER_HEAD:
        other.append(row)


def first_sheet_hidden(book: openpyxl.Workbook) -> None:
    plain_book(book)
    hidden = book.create_sheet("Gammalt", 0)
    hidden.append(["e-post"])
    hidden.append(["gammal@hamnposten.example"])
    hidden.sheet_state = "hidden"
    book.active = 1  # type: ignore[assignment]


def styled_and_merged(book: openpyxl.Workbook) -> None:
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Medielista"
    sheet.merge_cells("A1:G1")
    for row in ALL:
        sheet.append(row)
    for cell in sheet[2]:
        cell.font = openpyxl.styles.Font(bold=True)
    sheet.auto_filter.ref = "A2:G7"
    sheet["A3"].hyperlink = "mailto:asa@hamnposten.example"
    sheet["A4"].comment = openpyxl.comments.Comment("ring honom inte", "någon")
    sheet["XFC2000"].font = openpyxl.styles.Font(bold=True)


def rich_text(book: openpyxl.Workbook) -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    plain_book(book)
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = CellRichText("Åsa ", TextBlock(InlineFont(b=True), "Lindström"))


@pytest.mark.parametrize(
    ("fill", "sheet"),
    [
        (plain_book, None),
        (plain_book, "lokalt"),
        (second_sheet, "Lista två"),
        (first_sheet_hidden, None),
        (styled_and_merged, None),
        (rich_text, None),
    ],
)
def test_an_excel_file_is_read_without_a_wrong_cell(
    fill: Callable[[openpyxl.Workbook], None], sheet: str | None
) -> None:
    found = read(workbook(fill), sheet)
    assert values(found) == PEOPLE
    assert not found.has_errors


def test_a_write_only_workbook_with_inline_strings_is_read() -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in ALL:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    assert values(read(stream.getvalue())) == PEOPLE


def codes(found: RecipientList) -> list[tuple[int | None, str]]:
    return [(problem.origin.line, problem.code) for problem in found.problems]


def test_what_excel_ate_is_repaired_or_named() -> None:
    from datetime import date

    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.append(["E-post", "Medium", "Telefon", "Kontrollerad"])
        sheet.append(["a@a.example", "A", 701740600, date(2026, 9, 14)])
        sheet.append(["b@a.example", "B", 46313900610, 46279])
        sheet.append(["c@a.example", "C", 313900610, "14/9 2026"])
        sheet.append(["d@a.example", date(2026, 3, 2), 1.23456789012345e21, None])
        sheet["D3"].number_format = "yyyy-mm-dd"

    found = read(workbook(fill))
    assert [recipient.phone for recipient in found.recipients] == [
        "0701740600",
        "+46313900610",
        "0313900610",
        None,
    ]
    assert [str(recipient.checked) for recipient in found.recipients] == [
        *["2026-09-14"] * 3,
        "None",
    ]
    assert codes(found) == [
        (2, "list.repaired_phone"),
        (3, "list.repaired_phone"),
        (4, "list.repaired_phone"),
        (5, "list.became_date"),
        (5, "list.lost_digits"),
    ]


def test_formulas_do_nothing_and_are_named_in_the_address_column() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.append(["E-post", "Namn", "Anteckning"])
        sheet.append(['=HYPERLINK("mailto:a@a.example","a@a.example")', "Anna", ""])
        sheet.append(["b@a.example", '=HYPERLINK("https://example.org","Bo")', ""])
        sheet.append(["c@a.example", "Cia", "=1+1"])

    found = read(workbook(fill))
    assert codes(found) == [(2, "list.formula"), (3, "list.formula")]
    assert [recipient.extra for recipient in found.recipients] == [{"Anteckning": "=1+1"}]


def test_hidden_rows_are_read_and_said_so() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        plain_book(book)
        sheet = book.active
        assert sheet is not None
        for row in (3, 4, 6, 500):
            sheet.row_dimensions[row].hidden = True

    found = read(workbook(fill))
    assert values(found) == PEOPLE
    (problem,) = found.problems
    assert problem.code == "list.hidden_rows"
    assert str(problem.sentence) == "3 hidden rows are read like the others: 3–4, 6"


def test_hidden_columns_that_hold_something_are_told() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        plain_book(book)
        sheet = book.active
        assert sheet is not None
        for column in ("C", "G", "K"):
            sheet.column_dimensions[column].hidden = True

    found = read(workbook(fill))
    assert values(found) == PEOPLE
    (problem,) = found.problems
    assert problem.code == "list.hidden_columns"
    assert str(problem.sentence) == "2 hidden columns are read like the others: C, G"


def test_a_missing_sheet_is_an_error_that_names_those_there_are() -> None:
    from pressutskick.errors import InputError

    with pytest.raises(InputError, match="has no sheet Blad9; it has: Sheet, Lista två"):
        read(workbook(second_sheet), "Blad9")


def test_contact_cards_of_another_program_are_read() -> None:
    vobject = pytest.importorskip("vobject")
    cards = ""
    for address, name, outlet, *_rest in PEOPLE:
        card = vobject.vCard()
        card.add("fn").value = name or outlet
        first, _, last = name.partition(" ")
        card.add("n").value = vobject.vcard.Name(family=last, given=first)
        card.add("email").value = address
        card.add("org").value = [outlet]
        card.add("note").value = "lång " * 40
        cards += card.serialize()
    found = read(cards.encode())
    assert [(r.mailbox.address, r.outlet) for r in found.recipients] == [
        (person[0], person[2]) for person in PEOPLE
    ]
    assert found.recipients[0].name == "Åsa Lindström"
    assert found.recipients[0].first_name == "Åsa"


def test_an_old_phone_s_cards_are_read() -> None:
    card = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:"
        "Lindstr=C3=B6m;=C3=85sa\r\nORG;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Hamn=\r\nposten\r\n"
        "EMAIL;INTERNET;PREF:asa@hamnposten.example\r\nTEL;CELL:0701740601\r\nEND:VCARD\r\n"
    )
    (recipient,) = read(card.encode()).recipients
    assert (recipient.name, recipient.outlet) == ("Åsa Lindström", "Hamnposten")
    assert (recipient.mailbox.address, recipient.phone) == ("asa@hamnposten.example", "0701740601")


def test_of_several_addresses_of_a_card_none_is_lost() -> None:
    card = (
        "BEGIN:VCARD\nVERSION:4.0\nFN:Anna Berg\nTITLE:Nyhetschef\nEMAIL:anna@privat.example\n"
        "EMAIL;PREF=1:anna@a.example\nEND:VCARD\n"
    )
    found = read(card.encode())
    (recipient,) = found.recipients
    assert (recipient.mailbox.address, recipient.role) == ("anna@a.example", "Nyhetschef")
    assert recipient.extra == {"other_addresses": "anna@privat.example"}
    assert codes(found) == [(1, "list.further_addresses")]
    assert "anna@privat.example" in str(found.problems[0].sentence)


def test_a_line_from_outlook_is_read() -> None:
    line = (
        '"Lindström, Åsa" <asa@hamnposten.example>; Björn Öhman <bjorn@sundradion.example>;\n'
        "tips@sundradion.example; 'Cia' <cia@a.example>"
    )
    found = read(line.encode())
    assert [(r.mailbox.address, r.name) for r in found.recipients] == [
        ("asa@hamnposten.example", "Åsa Lindström"),
        ("bjorn@sundradion.example", "Björn Öhman"),
        ("tips@sundradion.example", None),
        ("cia@a.example", "Cia"),
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("To: Anna Berg <anna@a.example>, Bo Ek <bo@a.example>; c@a.example",
         [("anna@a.example", "Anna Berg"), ("bo@a.example", "Bo Ek"), ("c@a.example", None)]),
        ("Anna Berg (anna@a.example); 'Bo Ek' (bo@a.example)",
         [("anna@a.example", "Anna Berg"), ("bo@a.example", "Bo Ek")]),
    ],
)  # fmt: skip
def test_a_line_of_another_mail_program_is_read(
    line: str, people: list[tuple[str, str | None]]
) -> None:
    found = read(line.encode())
    assert [(r.mailbox.address, r.name) for r in found.recipients] == people
    assert found.problems == ()


def test_a_pasted_name_without_an_address_is_told() -> None:
    """The line was taken for a table, and all but the first address were left out."""
    found = read(b"Anna Berg <anna@a.example>; Bo Ek; cia@a.example\n")
    assert [r.mailbox.address for r in found.recipients] == ["anna@a.example", "cia@a.example"]
    assert codes(found) == [(1, "list.no_address")]
    assert "(Bo Ek)" in str(found.problems[0].sentence)


def test_bare_addresses_one_a_line_are_read() -> None:
    found = read(b"anna@a.example\nbo@a.example\n")
    assert [r.mailbox.address for r in found.recipients] == ["anna@a.example", "bo@a.example"]


def test_a_table_without_a_header_is_not_taken_for_a_pasted_line() -> None:
    found = read(b"Hamnposten;Anna Berg;anna@a.example;070-1740 601\nSundet;Bo Ek;bo@a.example;\n")
    assert [r.mailbox.address for r in found.recipients] == ["anna@a.example", "bo@a.example"]
    assert found.recipients[0].extra == {"A": "Hamnposten", "D": "070-1740 601"}
    assert [r.name for r in found.recipients] == ["Anna Berg", "Bo Ek"]
    assert codes(found) == [(None, "list.guessed_column"), (None, "list.guessed_column")]


EXPORTS = {
    "Outlook": "First Name,Last Name,Title,Company,Department,Job Title,Business Phone,E-mail Address\n"
    "Anna,Berg,,Hamnposten,Nyheter,Reporter,031-390 06 01,anna@a.example\n",
    "Outlook på svenska": "Förnamn;Efternamn;Titel;Företag;Avdelning;Befattning;Telefon, arbete;"
    "E-postadress\nAnna;Berg;;Hamnposten;Nyheter;Reporter;031-390 06 01;anna@a.example\n",
    "Google": "First Name,Last Name,Organization Name,Organization Title,Organization Department,"
    "E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n"
    "Anna,Berg,Hamnposten,Reporter,Nyheter,* Work,anna@a.example,Work,031-390 06 01\n",
    "a media database": "Outlet Name;Outlet Email;Department;Contact Name;Contact Title;"
    "Contact Email;Contact Phone\n"
    "Hamnposten;red@a.example;Nyheter;Anna Berg;Reporter;anna@a.example;031-390 06 01\n",
    "one in Swedish": "Medienamn;Avdelning;Kontaktnamn;Roll;Epost;Telefonnr\n"
    "Hamnposten;Nyheter;Anna Berg;Reporter;anna@a.example;031-390 06 01\n",
}


@pytest.mark.parametrize("program", EXPORTS)
def test_what_other_programs_export_is_understood(program: str) -> None:
    (recipient,) = read(EXPORTS[program].encode()).recipients
    assert (recipient.mailbox.address, recipient.name) == ("anna@a.example", "Anna Berg")
    assert (recipient.role, recipient.outlet, recipient.desk) == (
        "Reporter", "Hamnposten", "Nyheter",
    )  # fmt: skip
    assert recipient.phone == "031-390 06 01"


def test_a_guide_corrects_what_a_header_means() -> None:
    from pressutskick.recipients.fields import Field

    data = as_csv([["Vem", "Var", "Hemligt", "E-post"], ["Anna Berg", "A", "x", "a@a.example"]])
    guide = Guide(
        columns={"vem": Field.NAME, "var": Field.OUTLET},
        ignored=frozenset({"hemligt"}),
        defaults={Field.LANGUAGE: "en", Field.SOURCE: "webben"},
    )
    (recipient,) = read_recipients(open_table(data, file="list"), guide).recipients
    assert (recipient.name, recipient.outlet, recipient.extra) == ("Anna Berg", "A", {})
    assert (recipient.language, recipient.source) == ("en", "webben")


@pytest.fixture(scope="module")
def office_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The workbook as LibreOffice saves it: .ods, and Swedish .csv in Windows-1252."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder: Path = tmp_path_factory.mktemp("office")
    (folder / "lista.xlsx").write_bytes(workbook(_office_book))
    filters = {"ods": "ods", "csv": "csv:Text - txt - csv (StarCalc):59,34,1,1,,1053"}
    for wanted in filters.values():
        run = subprocess.run(
            [program, "--headless", f"-env:UserInstallation=file://{folder}/profile",
             "--convert-to", wanted, "--outdir", str(folder), str(folder / "lista.xlsx")],
            capture_output=True, timeout=120,
        )  # fmt: skip
        if run.returncode:
            pytest.skip(f"LibreOffice does not run here: {run.stderr.decode()[-200:]}")
    return {ending: (folder / f"lista.{ending}").read_bytes() for ending in filters}


def _office_book(book: openpyxl.Workbook) -> None:
    plain_book(book)
    sheet = book.active
    assert sheet is not None
    sheet.append(["per@a.example", "Per", "A", "sv", "", 701740602, "=A2"])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    other = book.create_sheet("Annat")
    other.append(["e-post"])


def _check_office(found: RecipientList) -> None:
    assert values(found)[:-1] == PEOPLE
    assert values(found)[-1][:6] == ["per@a.example", "Per", "A", "sv", "", "0701740602"]
    assert found.recipients[-1].extra == {"Anteckning": "asa@hamnposten.example"}
    assert not found.has_errors


def test_libreoffice_s_ods_is_read_without_a_wrong_cell(office_files: dict[str, bytes]) -> None:
    found = read(office_files["ods"])
    _check_office(found)
    assert [code for _line, code in codes(found)] == [
        "list.other_sheets",
        "list.hidden_columns",
        "list.hidden_rows",
        "list.repaired_phone",
    ]


def test_libreoffice_s_csv_is_read_without_a_wrong_cell(office_files: dict[str, bytes]) -> None:
    _check_office(read(office_files["csv"]))


def test_odfpy_s_ods_is_read_with_repeated_cells_and_rows() -> None:
    from pressutskick.sources.lists.ods import read_ods

    opendocument = pytest.importorskip("odf.opendocument")
    from odf.table import Table, TableCell, TableRow
    from odf.text import P, S

    document = opendocument.OpenDocumentSpreadsheet()
    table = Table(name="Lista")
    for line in [["e-post", "namn"], ["anna@a.example", "Anna Berg"]]:
        row = TableRow()
        for text in line:
            cell = TableCell()
            paragraph = P(text=text)
            paragraph.addElement(S(c=2))
            cell.addElement(paragraph)
            row.addElement(cell)
        row.addElement(TableCell(numbercolumnsrepeated=1000))
        table.addElement(row)
    table.addElement(TableRow(numberrowsrepeated=1_048_574))
    row = TableRow(numberrowsrepeated=2)
    cell = TableCell(numbercolumnsrepeated=2)
    cell.addElement(P(text="sist"))
    row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    stream = io.BytesIO()
    document.save(stream)
    name, rows = read_ods(stream.getvalue(), file="x.ods", sheet=None)
    read_rows = [(row.line, [cell.strip() for cell in row.cells]) for row in rows]  # type: ignore[union-attr]
    assert name == "Lista"
    assert read_rows == [
        (1, ["e-post", "namn"]),
        (2, ["anna@a.example", "Anna Berg"]),
        (1_048_577, ["sist", "sist"]),
        (1_048_578, ["sist", "sist"]),
    ]


def test_the_workbook_s_parts_may_have_other_names() -> None:
    """Some programs use prefixes and paths that Excel does not."""
    data = workbook(plain_book)
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["data/one.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    relations = parts["xl/_rels/workbook.xml.rels"].decode()
    parts["xl/_rels/workbook.xml.rels"] = relations.replace(
        "/xl/worksheets/sheet1.xml", "/data/one.xml"
    ).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    assert values(read(stream.getvalue())) == PEOPLE


def test_the_example_of_another_sheet_is_the_next_one_that_is_seen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("Läs mig", "Gömd", "Redaktioner", "Gamla"):
        book.create_sheet(name).append(["Att läsa", name])
    book.remove(book.worksheets[0])
    book["Gömd"].sheet_state = "hidden"
    book.save(tmp_path / "press.xlsx")
    found = read((tmp_path / "press.xlsx").read_bytes())
    assert "list#Redaktioner" in next(
        str(problem.sentence) for problem in found.problems if problem.code == "list.other_sheets"
    )


@pytest.mark.parametrize("mark", ["~$press.csv", ".~lock.press.csv#"])
def test_a_list_that_is_open_in_another_program_says_so(tmp_path: Path, mark: str) -> None:
    (tmp_path / "recipients").mkdir()
    (tmp_path / "recipients/press.csv").write_text("E-post\na@hamnposten.example\n")
    (tmp_path / "recipients" / mark).write_bytes(b"\x05Pia" + bytes(40))
    found = read_recipients(read_table(find_list("press", tmp_path)))
    assert [(each.code, str(each.severity)) for each in found.problems] == [
        ("list.open", "warning")
    ]
    assert list_names(tmp_path) == ["press.csv"]


def test_the_mark_of_an_open_list_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        find_list("recipients/~$press.xlsx", tmp_path)
    assert "recipients/press.xlsx" in str(caught.value.remedy)


def test_a_document_where_the_list_should_stand_is_told() -> None:
    document = pytest.importorskip("docx").Document()
    document.add_paragraph("Pressinbjudan")
    stream = io.BytesIO()
    document.save(stream)
    with pytest.raises(InputError, match="is a document, not a list"):
        read(stream.getvalue())


def test_an_old_excel_file_is_found_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "recipients").mkdir()
    (tmp_path / "recipients/press.xls").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100))
    with pytest.raises(InputError, match="old or protected Excel file"):
        read_table(find_list("press", tmp_path))
