"""Tables side by side, further columns, notes: nobody in them is lost in silence."""

import pytest

from pressutskick.errors import Severity
from pressutskick.recipients.columns.model import Guide
from pressutskick.recipients.fields import Field
from pressutskick.recipients.table import RecipientList, read_recipients
from pressutskick.sources.lists.tables import open_table


def read(text: str, **columns: Field) -> RecipientList:
    guide = Guide(columns=dict(columns))
    return read_recipients(open_table(text.encode(), file="lista.csv"), guide)


def people(found: RecipientList) -> list[tuple[str, str | None]]:
    return [(each.mailbox.address, each.name) for each in found.recipients]


@pytest.mark.parametrize(
    "header",
    [
        "Namn;E-post;;Namn;E-post",
        "Namn 1;E-post 1;;Namn 2;E-post 2",
        "Namn;E-post;;Namn 2;E-post 2",
    ],
)
def test_tables_under_the_same_headers_are_both_read(header: str) -> None:
    found = read(f"{header}\nAnna Berg;a@a.example;;Bo Ek;b@a.example\nCia Dal;c@a.example;;;\n")
    assert people(found) == [
        ("a@a.example", "Anna Berg"),
        ("b@a.example", "Bo Ek"),
        ("c@a.example", "Cia Dal"),
    ]
    assert [(p.code, p.severity) for p in found.problems] == [("list.tables_beside", Severity.HINT)]


def test_a_second_column_of_addresses_is_no_second_table() -> None:
    found = read("E-post;E-post 2;Namn\na@a.example;b@a.example;Anna Berg\n")
    assert people(found) == [("a@a.example", "Anna Berg")]
    (problem,) = found.problems
    assert (problem.code, problem.severity) == ("list.further_addresses", Severity.WARNING)
    assert "b@a.example. To mail it too: pressutskick recipients map" in str(problem.sentence)


def test_what_a_person_called_addresses_is_mailed_too() -> None:
    text = "Namn;E-post;E-post 2\nAnna Berg;a@a.example;b@a.example, c@a.example\nBo;;d@a.example\n"
    found = read(text, epost=Field.ADDRESS, epost2=Field.ADDRESS)
    assert [address for address, _name in people(found)] == [
        *("a@a.example", "b@a.example", "c@a.example", "d@a.example")
    ]
    assert found.problems == ()


def test_a_column_that_is_not_to_be_read_is_silent() -> None:
    guide = Guide(ignored=frozenset({"epost2"}))
    text = "Namn;E-post;E-post 2\nAnna Berg;a@a.example;b@a.example\n"
    assert read_recipients(open_table(text.encode(), file="lista.csv"), guide).problems == ()


def test_an_address_in_a_note_is_only_a_hint_and_one_that_is_mailed_is_none() -> None:
    found = read("E-post;Notis\na@a.example;chef är b@a.example sedan 2024\nb@a.example;\n")
    assert found.problems == ()
    found = read("E-post;Notis\na@a.example;chef är c@a.example sedan 2024\nb@a.example;\n")
    assert [(p.code, p.severity) for p in found.problems] == [
        ("list.further_addresses", Severity.HINT)
    ]


def test_tags_of_a_second_column_are_put_together() -> None:
    found = read("namn;e-post;taggar;Utskick\nBo Ek;b@a.example;spärr;Nej\n", utskick=Field.TAGS)
    assert found.recipients[0].tags == {"spärr", "nej"}


def test_headings_totals_and_further_headers_stop_nobody() -> None:
    found = read(
        "Namn;E-post\nDAGSPRESS;\nAnna Berg;a@a.example\nNamn;E-post\nBo Ek;b@a.example\n"
        "Växeln;ring 031-390 06 00\nSumma;3\n"
    )
    assert [address for address, _name in people(found)] == ["a@a.example", "b@a.example"]
    assert {p.code: p.left_out and p.left_out.count for p in found.problems} == {
        "list.heading": 3,
        "list.no_address": 1,
    }


def test_an_address_gone_wrong_is_still_an_error() -> None:
    found = read("Namn;E-post\nAnna;anna.a.example\nBo;bo(at)a.example\nCia;c@a.example\nDan;x\n")
    assert [problem.origin.line for problem in found.problems] == [2, 3, 5]
    assert {problem.code for problem in found.problems} == {"list.bad_address"}


@pytest.mark.parametrize(
    "cell",
    [
        "smtp:b@a.example SMTP:a@a.example X500:/o=Org/cn=anna",
        "{SMTP:a@a.example, smtp:b@a.example}",
        "a@a.example ::: b@a.example",
    ],
)
def test_of_several_addresses_in_a_cell_the_one_put_first_is_mailed(cell: str) -> None:
    found = read(f'Namn;E-post\nAnna Berg;"{cell}"\n')
    assert people(found) == [("a@a.example", "Anna Berg")]
    (problem,) = found.problems
    assert str(problem.sentence) == "left out: 1 second address in a cell: b@a.example"


def test_several_addresses_that_nobody_put_in_order_are_an_error() -> None:
    found = read('Namn;E-post\nAnna Berg;"a@a.example, b@a.example"\n')
    assert [problem.code for problem in found.problems] == ["list.bad_address"]


@pytest.mark.parametrize(
    ("first", "second", "mailed"),
    [("Home", "Work", "b"), ("Work", "Home", "a"), ("* Home", "Work", "a"), ("", "* Work", "b")],
)
def test_a_column_of_labels_tells_which_address_is_at_work(
    first: str, second: str, mailed: str
) -> None:
    header = "Name,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value"
    found = read(f"{header}\nAnna Berg,{first},a@a.example,{second},b@a.example\n")
    assert people(found) == [(f"{mailed}@a.example", "Anna Berg")]
    assert [problem.code for problem in found.problems] == ["list.further_addresses"]
