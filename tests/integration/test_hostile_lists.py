"""Files that mean harm, or are no lists at all, end in a clear error with bounded memory."""

import io
import os
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pressutskick
from pressutskick.errors import InputError, InputNotFound, PressutskickError
from pressutskick.recipients.table import RecipientList, read_recipients
from pressutskick.sources.lists.limits import MAX_LIST_BYTES
from pressutskick.sources.lists.named import find_list
from pressutskick.sources.lists.tables import open_table, read_list_bytes


def read(data: bytes, sheet: str | None = None) -> RecipientList:
    return read_recipients(open_table(data, file="list", sheet=sheet))


def plain_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["e-post", "namn"])
    sheet.append(["anna@a.example", "Anna Berg"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


WORKBOOK = plain_workbook()
SHEET = "xl/worksheets/sheet1.xml"
OPEN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def with_sheet(xml: str | bytes) -> bytes:
    """The workbook with its sheet replaced."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, xml if name == SHEET else old.read(name))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "xml"),
    [
        ("entities", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + OPEN + "&b;"),
        ("external", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'),
        ("nested", OPEN + "<a>" * 100_000),
        ("endless tag", OPEN + "<c " + "a" * (9 << 20)),
        ("cut off", OPEN + '<row r="1"><c r="A1"><v>1'),
        ("no xml", "hello"),
        ("endless cell", OPEN + '<row><c t="inlineStr"><is><t>' + "ab " * (1 << 20)),
        ("nothing", ""),
    ],
)
def test_a_hostile_sheet_is_refused(name: str, xml: str) -> None:
    with pytest.raises(InputError, match=r"damaged|more than"):
        read(with_sheet(xml))


def test_a_sheet_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(InputError, match="would unpack to"):
        read(with_sheet(b"0" * (200 << 20)))


def test_an_archive_that_lies_about_its_size_is_damaged_not_a_flood() -> None:
    data = with_sheet(OPEN + '<row r="1"><c r="A1"><v>1</v></c></row>' * 100_000)
    size = len(OPEN) + 39 * 100_000
    small = (60).to_bytes(4, "little")
    with pytest.raises(InputError, match="damaged"):
        read(data.replace(size.to_bytes(4, "little"), small))


def test_two_cells_far_apart_cost_nothing() -> None:
    """A dense reader would ask for 17 billion cells."""
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>e-post</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>anna@a.example</t></is></c></row>'
        '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>bo@a.example</t></is></c>'
        '<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    )
    found = read(with_sheet(f"{OPEN}{rows}</sheetData></worksheet>"))
    assert [recipient.origin.line for recipient in found.recipients] == [2, 1_048_576]
    assert [problem.code for problem in found.problems] == ["list.far_cells"]


TWO_ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>e-post</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>anna@a.example</t></is></c></row>'
)


@pytest.mark.parametrize(
    "tail",
    [
        '<mergeCells><mergeCell ref="A2:XFD1048576"/><mergeCell ref="$B$1:Z"/><mergeCell/></mergeCells>',
        '<hyperlinks><hyperlink ref="A1:XFD1048576" r:id="rId1"/></hyperlinks>',
    ],
)
def test_a_huge_range_costs_nothing(tail: str) -> None:
    found = read(with_sheet(f"{OPEN}{TWO_ROWS}</sheetData>{tail}</worksheet>"))
    assert [recipient.origin.line for recipient in found.recipients] == [2]
    assert not found.problems


@pytest.mark.parametrize(
    "tail", ['<mergeCell ref="A1:A2"/>' * 250_002, "<a>" * 100, f"<!--{'x' * (1 << 26)}-->"]
)
def test_an_endless_or_broken_tail_is_refused(tail: str) -> None:
    with pytest.raises(InputError, match=r"damaged|at most"):
        read(with_sheet(f"{OPEN}{TWO_ROWS}</sheetData>{tail}</worksheet>"))


def test_an_index_of_endless_parts_is_refused() -> None:
    stream = io.BytesIO(WORKBOOK)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/_rels/sheet1.xml.rels", "<R>" + "<Relationship/>" * (3 << 20))
    with pytest.raises(InputError, match="too much text"):
        read(stream.getvalue())


def test_many_empty_rows_are_passed_over() -> None:
    found = read(with_sheet(f"{OPEN}{'<row/>' * 300_000}</sheetData></worksheet>"))
    assert [problem.code for problem in found.problems] == ["list.empty"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "save it as .xlsx"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"\0\1\2\3" * 100, "no list"),
        (b"PK\x03\x04 but not really", "damaged"),
        (b'{"a": [', "not JSON"),
        (b"[" * 200_000, "not JSON"),
        (b'[1, 2, {"a": 1}]', "array of objects"),
        (b"a" * 2_000_000, "2000000 characters long"),
        (("x;" * 500 + "\n").encode(), "at most 400 columns"),
    ],
)
def test_what_is_no_list_gets_a_clear_error(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read(data)


def test_a_quotation_mark_that_is_never_closed_is_named_by_its_row() -> None:
    rows = "".join(f"a{number}@a.example;Anna\n" for number in range(50))
    found = read(f'e-post;namn\nx@a.example;"Anna\n{rows}'.encode())
    assert [(p.origin.line, p.code) for p in found.problems if p.code == "list.open_quote"] == [
        (2, "list.open_quote")
    ]


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "recipients").mkdir()
    (tmp_path / "recipients" / "kommun.csv").touch()
    with pytest.raises(InputError, match="cannot be read"):
        read_list_bytes(tmp_path)
    with pytest.raises(InputNotFound, match=r"Did you mean kommun.csv\?"):
        find_list("komun", tmp_path)
    with pytest.raises(InputNotFound, match=r"There are: kommun\.csv"):
        find_list("helt annat", tmp_path)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc to read the peak from")
def test_a_line_of_200_megabytes_is_refused_with_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("wb") as stream:
        stream.write(b"e-post;namn\n")
        for _piece in range(200):
            stream.write(b"a" * (1 << 20))
    script = (
        "import pathlib, re, sys\n"
        "from pressutskick.cli import main\n"
        "status = main(['recipients', 'check', sys.argv[1]])\n"
        "peak = re.search(r'VmHWM:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())\n"
        "print(status, int(peak[1]) // 1024)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(pressutskick.__file__).parent.parent)},
    )
    status, megabytes = map(int, run.stdout.split())
    assert status == 65
    assert "48 MB" in run.stderr
    assert megabytes < 250


def test_a_single_line_within_the_limit_is_refused_too() -> None:
    with pytest.raises(InputError, match="characters long"):
        read(b"a" * (MAX_LIST_BYTES // 8))


@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    with suppress(PressutskickError):
        read(data)


PIECES = [*"ab@.;,\"'\t|<>=:{}[]\\\r\n åä\u00a0\ufeff\0\x1b", "e-post", "namn", "@a.example"]
LETTERS = st.lists(st.sampled_from(PIECES), max_size=120).map("".join)


@given(LETTERS, st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_no_text_crashes_the_reader(text: str, encoding: str) -> None:
    for data in (f"e-post;namn\n{text}", text, f"BEGIN:VCARD\nEMAIL:{text}\nEND:VCARD"):
        with suppress(PressutskickError):
            read(data.encode(encoding, "replace"))


@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=8))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_no_damaged_workbook_crashes_the_reader(place: int, junk: bytes) -> None:
    with suppress(PressutskickError):
        read(WORKBOOK[:place] + junk + WORKBOOK[place + len(junk) :])
