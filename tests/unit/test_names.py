"""A name cell gives a person's name in its spoken order, and their role, or says that it is a desk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.recipients.naming.names import PersonName, is_desk_name, read_name


@pytest.mark.parametrize(
    ("text", "full", "first", "role"),
    [
        ("Anna Berg", "Anna Berg", "Anna", None),
        ("Åsa", "Åsa", "Åsa", None),
        ("Berg, Anna", "Anna Berg", "Anna", None),
        ("BERG, ANNA", "ANNA BERG", "ANNA", None),
        ("Berg, Anna-Karin", "Anna-Karin Berg", "Anna-Karin", None),
        ("Berg , Anna K.", "Anna K. Berg", "Anna", None),
        ("von Essen, Carl", "Carl von Essen", "Carl", None),
        ("Jönsson, Bo (sportchef)", "Bo Jönsson", "Bo", "sportchef"),
        ("Bo Jönsson [vik.]", "Bo Jönsson", "Bo", "vik."),
        ("Anna Berg (hon/henne)", "Anna Berg", "Anna", None),
        ("Anna Berg, nyhetschef", "Anna Berg", "Anna", "nyhetschef"),
        ("Anna Berg, Nyhetschef", "Anna Berg", "Anna", "Nyhetschef"),
        ("Anna Berg, Sport", "Anna Berg", "Anna", "Sport"),
        ("Anna Berg, redaktionschef", "Anna Berg", "Anna", "redaktionschef"),
        ("Anna Berg, SVT", "Anna Berg", "Anna", "SVT"),
        ("Berg, Anna, nyhetschef", "Anna Berg", "Anna", "nyhetschef"),
        ("Bo Ek (redaktionssekreterare)", "Bo Ek", "Bo", "redaktionssekreterare"),
        ("Bo Ek (Sportredaktionen)", "Bo Ek", "Bo", "Sportredaktionen"),
        ("Robert (Bob) Berg", "Robert (Bob) Berg", "Robert", None),
        ("Desirée Tipsén", "Desirée Tipsén", "Desirée", None),
        ("Pressler Anders-Bo", "Pressler Anders-Bo", None, None),
        ("Alla Berg", "Alla Berg", "Alla", None),
    ],
)
def test_a_person_is_named_as_one_speaks(
    text: str, full: str, first: str | None, role: str | None
) -> None:
    assert read_name(text) == PersonName(full=full, first=first, role=role)


@pytest.mark.parametrize(
    "text",
    [
        *("A. Berg", "Dr Berg", "Dr. Berg", "Anna Berg / Bo Ek", "Anna & Bo", "Anna och Bo Ek"),
        *("Vakthavande 2", "Berg, reporter"),
    ],
)
def test_who_cannot_be_called_by_a_first_name_has_none(text: str) -> None:
    person = read_name(text)
    assert person is not None
    assert person.first is None


@pytest.mark.parametrize(
    ("text", "address", "full", "first"),
    [
        ("Berg Lund, Anna", "anna.lund@a.example", "Anna Berg Lund", "Anna"),
        ("Berg Lund, Åsa", "asa.lund@a.example", "Åsa Berg Lund", "Åsa"),
        ("Anna Berg, Harbour", "anna.berg@a.example", "Anna Berg", "Anna"),
        ("Berg Lund, Anna", "info@a.example", "Berg Lund, Anna", None),
        ("Anna, reporter", "anna@a.example", "Anna", "Anna"),
        ("Berg Anna", "anna.berg@a.example", "Anna Berg", "Anna"),
        ("Berg Anna", "anna@a.example", "Anna Berg", "Anna"),
        ("Öberg Åsa", "asa.oberg@a.example", "Åsa Öberg", "Åsa"),
        ("von Essen Anna", "anna.von.essen@a.example", "Anna von Essen", "Anna"),
        ("Berg Anna Maria", "anna-maria.berg@a.example", "Anna Maria Berg", "Anna"),
        ("Berg Anna, nyhetschef", "anna.berg@a.example", "Anna Berg", "Anna"),
        ("BERG Anna", "info@a.example", "Anna Berg", "Anna"),
        ("Berg Anna", "info@a.example", "Berg Anna", None),
        ("Anna Berg", "berg.anna@a.example", "Anna Berg", "Anna"),
        ("Anna Berg", "berg@a.example", "Anna Berg", "Anna"),
        ("Erik Anna", "anna.erik@a.example", "Erik Anna", None),
        ("Berg Anna", "berg.anna@a.example", "Berg Anna", None),
        ("Berg A", "a.berg@a.example", "Berg A", None),
        ("Anna B", "anna.b@a.example", "Anna B", "Anna"),
        ("Dal Ciara", "ciara@a.example", "Dal Ciara", None),
        ("Berg", "anna.berg@a.example", "Berg", None),
        ("Anna", "anna.berg@a.example", "Anna", "Anna"),
        ("Bo Erik Ek", "bo.ek@a.example", "Bo Erik Ek", "Bo"),
    ],
)
def test_the_address_tells_which_word_is_the_given_name(
    text: str, address: str, full: str, first: str | None
) -> None:
    """Where nothing tells, the name stays as written and nobody is greeted by a surname."""
    person = read_name(text, address)
    assert person is not None
    assert (person.full, person.first) == (full, first)


@pytest.mark.parametrize(
    "name",
    [
        *("Nyhetsredaktionen", "News desk", "Redaksjonen", "Tips", "Redaktionen, Hamnposten"),
        *("Sportredaktionen (Bo Ek)", "P4 Väst", "Sundets Nyheter", "TV 9 Väst", "Radio Sundet"),
    ],
)
def test_a_desk_is_not_greeted_by_name(name: str) -> None:
    assert is_desk_name(name)
    assert read_name(name) is None


@given(st.text(), st.text())
def test_no_text_is_too_odd_for_a_name(text: str, address: str) -> None:
    person = read_name(" ".join(text.split()), address)
    assert person is None or person.full
