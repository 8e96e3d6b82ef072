"""Quotation marks in delimited text, whichever way its writer has written them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.errors import Problem
from pressutskick.sources.lists.delimited import read_delimited

HEADER = "e-post;namn;anteckning\n"


def cells(text: str) -> list[tuple[str, ...]]:
    rows = list(read_delimited(text, file="list.csv"))
    assert not any(isinstance(row, Problem) for row in rows)
    return [row.cells for row in rows if not isinstance(row, Problem)][1:]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r'a@a.example;Anna;"C:\Bilder\"', "C:\\Bilder\\"),
        (r'a@a.example;"Anna";"säg ""hej"" \ gå"', r'säg "hej" \ gå'),
        (r'a@a.example;Anna;"mappen ""C:\Bilder\"""', r'mappen "C:\Bilder\"'),
        (r'a@a.example;Anna;"säg \"hej\" nu"', 'säg "hej" nu'),
        (r"a@a.example;Anna;säg \"hej\" nu", 'säg "hej" nu'),
    ],
)
def test_a_backslash_escapes_only_where_doubled_marks_do_not_fit(written: str, read: str) -> None:
    """`C:\\Bilder\\"` ends a cell; taken for an escape it would swallow the next row."""
    text = f'{HEADER}{written}\nb@a.example;"Bo";"x"\n'
    assert cells(text) == [("a@a.example", "Anna", read), ("b@a.example", "Bo", "x")]


def test_an_escape_far_down_counts_too() -> None:
    plain = "".join(f"a{number}@a.example;Anna;hej\n" for number in range(5000))
    assert cells(f'{HEADER}{plain}b@a.example;"Bo \\"Bosse\\" Ek";x\n')[-1][1] == 'Bo "Bosse" Ek'


def test_an_escaped_mark_in_a_cell_of_two_lines_is_no_open_one() -> None:
    (row,) = cells(f'{HEADER}a@a.example;"Bo \\"B\\" Ek";"mått: 5\\"\nhögt"\n')
    assert row == ("a@a.example", 'Bo "B" Ek', 'mått: 5"\nhögt')


texts = st.text(alphabet='ab ;\\"\n', max_size=6)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_is_read_as_it_was(rows: list[tuple[str, str]]) -> None:
    """With every cell in quotation marks and marks doubled, nothing can be taken otherwise."""
    stream = io.StringIO()
    stream.write(HEADER)
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([("a@a.example", *row) for row in rows])
    assert cells(stream.getvalue()) == [("a@a.example", *row) for row in rows]
