"""What we write as CSV does nothing in a spreadsheet."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.exports.csv import safe_cell, write_csv


@pytest.mark.parametrize(
    "text", ["=HYPERLINK(1)", "+46*2", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "+46 70;=1"]
)
def test_a_formula_is_kept_a_text(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["+46 70-174 06 00", "+46701740600", "+4631-390 06 10", "Anna", ""]
)
def test_phones_and_words_are_left_alone(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text(st.characters(exclude_categories=["C"]) | st.sampled_from("=+-@\t\r")))
def test_no_cell_begins_as_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert cell[:1] not in ("=", "-", "@", "\t", "\r")
    assert cell.removeprefix("'") == text or cell == text


def test_rows_are_written_as_rfc_4180_has_it() -> None:
    stream = io.StringIO()
    write_csv(stream, ["name", "n"], [["Berg, Anna", None], ["=1", 2]])
    assert stream.getvalue() == 'name,n\r\n"Berg, Anna",\r\n\'=1,2\r\n'


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\x00", "\x7f", "\x9b", "\u202e", "\u2066"])
def test_no_control_character_or_bidi_mark_gets_through(sign: str) -> None:
    out = io.StringIO()
    write_csv(out, ["svar"], [[f"250 {sign}[31mqueued"]])
    assert sign not in out.getvalue()
    assert "[31mqueued" in out.getvalue()
