"""Workbooks that a spreadsheet opens without doing anything."""

import datetime as dt
import io

from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pressutskick.exports.workbook import Sheet, make_workbook

MOMENT = dt.datetime(2026, 11, 29, tzinfo=dt.UTC)
RISKY = st.sampled_from(["=1+1", "@SUM(1)", "+1", "-2", "http://a.example", "007", "\x1b[31m", ""])


@given(st.lists(st.tuples(RISKY | st.text(max_size=20), st.integers(0, 2**40)), max_size=5))
def test_every_text_stays_a_text(rows: list[tuple[str, int]]) -> None:
    content = make_workbook(
        Sheet(name="Lista: 1/2", header=["Vem", "Antal"], rows=rows), made_at=MOMENT
    )
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["Vem", "Antal"]
    for (text, number), row in zip(rows, sheet.iter_rows(min_row=2), strict=True):
        assert row[0].data_type in ("s", "inlineStr") or not text
        assert row[0].hyperlink is None
        assert row[1].value == number
        assert "\x1b" not in str(row[0].value)


def test_the_same_rows_give_the_same_bytes() -> None:
    one, other = (
        make_workbook(Sheet(name="A", header=["B"], rows=[["c"]]), made_at=MOMENT)
        for _again in range(2)
    )
    assert one == other


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
@example(["0" * 22 + "\U00010000" * 5])
@example(["\ufffe", "\uffff"])
def test_every_sheet_has_a_name_of_its_own(names: list[str]) -> None:
    sheets = [Sheet(name=name, header=["A"], rows=[[name]]) for name in names]
    book = load_workbook(io.BytesIO(make_workbook(*sheets, made_at=MOMENT)))
    assert len(book.sheetnames) == len(names)
