"""The text of a cell becomes a value, or None."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.exports.csv import safe_cell
from pressutskick.recipients import cells
from pressutskick.recipients.cells import PhoneRepair
from pressutskick.recipients.columns.model import letter_of
from pressutskick.recipients.fields import fold_header


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-05", date(2026, 3, 5)),
        ("2026-03-05T12:30", date(2026, 3, 5)),
        ("5/3 2026", date(2026, 3, 5)),
        ("5.3.2026", date(2026, 3, 5)),
        ("05/03/2026", date(2026, 3, 5)),
        ("2026/03/05", date(2026, 3, 5)),
        ("20260305", date(2026, 3, 5)),
        ("2026-03", date(2026, 3, 1)),
        ("5 mars 2026", date(2026, 3, 5)),
        ("5. okt. 2026", date(2026, 10, 5)),
        ("1 May 2026", date(2026, 5, 1)),
        ("12 desember 2026", date(2026, 12, 12)),
        ("Mars 2026", date(2026, 3, 1)),
        ("31 feb 2026", None),
        ("2026-02-30", None),
        ("våren 2026", None),
        ("46279", date(2026, 9, 14)),
        ("99999", None),
    ],
)
def test_dates_are_read_with_the_day_first(text: str, day: date | None) -> None:
    assert cells.parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "was_number", "phone", "repair"),
    [
        ("701740600", False, "0701740600", PhoneRepair.ZERO),
        ("46701740600", False, "+46701740600", PhoneRepair.PLUS),
        ("7,01741E+08", False, "7,01741E+08", PhoneRepair.LOST),
        ("313900610", False, "313900610", None),
        ("313900610", True, "0313900610", PhoneRepair.ZERO),
        ("070-1740 601", False, "070-1740 601", None),
        ("+46 31-390 06 10", False, "+46 31-390 06 10", None),
        ("112", True, "112", None),
    ],
)
def test_phones_get_back_what_a_spreadsheet_took(
    text: str, was_number: bool, phone: str, repair: PhoneRepair | None
) -> None:
    assert cells.repair_phone(text, was_number=was_number) == (phone, repair)


def test_tags_are_words_without_case() -> None:
    assert cells.parse_tags(" Lokalt,#kultur ; Lokalt\nmat och dryck") == {
        "lokalt",
        "kultur",
        "mat och dryck",
    }


@pytest.mark.parametrize("text", ["E-post:", "e post *", "E_POST (obligatorisk)", "\ufeffEPOST"])
def test_headers_are_compared_without_signs(text: str) -> None:
    assert fold_header(text) == "epost"


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [letter_of(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@given(st.text())
def test_what_we_export_is_read_again_as_it_was(text: str) -> None:
    cell = safe_cell(text)
    if cell == f"'{text}" and cell[1:2] in ("+", "-", "@"):
        assert cells.undo_export(cell) == text


def test_letters_of_two_characters_are_composed() -> None:
    assert cells.tidy("A\u030asa\u00a0Lindstro\u0308m ") == "Åsa Lindström"
