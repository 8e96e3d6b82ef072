"""The file of corrections beside a list is read as it was written; its faults are told at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.errors import InputError
from pressutskick.recipients.columns.maps import format_guide, parse_guide
from pressutskick.recipients.columns.model import NO_GUIDE, Understanding
from pressutskick.recipients.columns.understanding import understand
from pressutskick.recipients.fields import Field, fold_header
from pressutskick.recipients.rows import Row


def test_columns_defaults_and_ignored_columns_are_read() -> None:
    guide = parse_guide(
        '[columns]\n"Vem" = "name"\nInternt = "ignore"\n"Anm." = "extra"\n'
        '[defaults]\nsource = "webben"\n',
        file="l.toml",
    )
    assert guide.columns == {"vem": Field.NAME, "anm": None}
    assert guide.ignored == {"internt"}
    assert guide.defaults == {Field.SOURCE: "webben"}


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(InputError) as raised:
        parse_guide(
            '[columns]\nVem = "nmae"\n"När" = 3\n[defaults]\naddress = "x"\n[other]\n',
            file="l.toml",
        )
    told = "\n".join(str(problem) for problem in raised.value.problems)
    assert "nmae is no field. Did you mean name?" in told
    assert "När must be a text" in told
    assert "address is no field that can have a default" in told
    assert "other is neither columns nor defaults" in told


@pytest.mark.parametrize("text", ["[columns", "a = \0", "columns = 1"])
def test_what_is_no_toml_is_an_error(text: str) -> None:
    with pytest.raises(InputError):
        parse_guide(text, file="l.toml")


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=5))
def test_a_guide_that_we_write_keeps_the_understanding(headers: list[str]) -> None:
    """Whatever the headers hold: quotes, backslashes, control characters."""
    rows = [
        Row(1, ("E-post", *headers)),
        Row(2, ("anna@a.example", *("x" for _header in headers))),
    ]
    before = understand(rows, NO_GUIDE)
    guide = parse_guide(format_guide(before, {}, NO_GUIDE), file="l.toml")
    after = understand(rows, guide)
    # Headers that differ in signs only share one entry of the guide.
    folded = [fold_header(column.header) for column in before.columns]
    if len(set(folded)) == len(folded) and all(folded):
        assert [column.field for column in after.columns] == [
            column.field for column in before.columns
        ]


def columns_of(*rows: tuple[str, ...]) -> dict[str, tuple[Field | None, Understanding]]:
    found = understand([Row(line, cells) for line, cells in enumerate(rows, start=1)])
    return {column.header: (column.field, column.understanding) for column in found.columns}


def test_redaktion_is_the_outlet_unless_another_column_is() -> None:
    person = ("a@a.example", "x", "y")
    assert columns_of(("e-post", "redaktion"), person)["redaktion"][0] is Field.OUTLET
    both = columns_of(("e-post", "tidning", "redaktion"), person)
    assert both["tidning"][0] is Field.OUTLET
    assert both["redaktion"][0] is Field.DESK


def test_the_stronger_name_wins_and_the_other_is_kept() -> None:
    found = columns_of(("telefon", "mobil", "e-post"), ("031-390 06 01", "", "a@a.example"))
    assert found["telefon"] == (Field.PHONE, Understanding.NAME)
    assert found["mobil"] == (None, Understanding.RIVAL)


def test_a_column_of_streets_claims_nothing() -> None:
    found = columns_of(("adress", "e-post"), ("Storgatan 1", "a@a.example"))
    assert found["e-post"] == (Field.ADDRESS, Understanding.NAME)
    assert found["adress"] == (None, Understanding.EXTRA)


def test_an_address_column_is_known_by_what_it_holds() -> None:
    found = columns_of(("Vem", "Når vi på"), ("Anna", "a@a.example"), ("Bo", "b@a.example"))
    assert found["Når vi på"] == (Field.ADDRESS, Understanding.CONTENT)
    assert found["Vem"] == (None, Understanding.EXTRA)


def test_a_list_without_header_has_letters_for_names() -> None:
    found = columns_of(("Anna", "a@a.example"), ("Bo", "b@a.example"))
    assert found == {
        "A": (None, Understanding.EXTRA),
        "B": (Field.ADDRESS, Understanding.CONTENT),
    }


def test_what_is_said_of_one_column_is_not_said_of_its_neighbour() -> None:
    """Brackets may be all that tells two columns apart."""
    header = ("E-post", "E-post (jour)", "E-post 2", "Namn *")
    rows = (header, ("a@a.example", "b@a.example", "c@a.example", "Anna Berg"))
    columns = understand([Row(line, cells) for line, cells in enumerate(rows, start=1)])
    guide = parse_guide(format_guide(columns, {"E-post 2": "address"}, NO_GUIDE), file="x.toml")
    again = understand([Row(line, cells) for line, cells in enumerate(rows, start=1)], guide)
    assert [column.header for column in again.having(Field.ADDRESS)] == ["E-post", "E-post 2"]
    assert [column.header for column in again.next_addresses] == ["E-post (jour)"]
    assert [column.understanding for column in again.columns] == [
        Understanding.NAME,
        Understanding.RIVAL,
        Understanding.NAME,
        Understanding.NAME,
    ]
