"""Rows become recipients; every fault is named by its row."""

import shlex
from datetime import date

import pytest

from pressutskick.errors import Severity
from pressutskick.mail import Language
from pressutskick.recipients.columns.model import Guide
from pressutskick.recipients.fields import Field, fold_header
from pressutskick.recipients.selection import SkipReason, select
from pressutskick.recipients.table import RecipientList, read_recipients
from pressutskick.sources.lists.tables import open_table

TODAY = date(2026, 11, 22)


def read(text: str | bytes) -> RecipientList:
    data = text.encode() if isinstance(text, str) else text
    return read_recipients(open_table(data, file="list.csv"))


def codes(found: RecipientList) -> list[tuple[int | None, str]]:
    return [(problem.origin.line, problem.code) for problem in found.problems]


def test_a_swedish_header_is_understood() -> None:
    found = read(
        "E-post;Namn;Redaktion;Språk;Taggar;Anteckning\n"
        "asa@hamnposten.example;Åsa Lindström;Hamnposten;sv;lokalt, kultur;ringer alltid\n"
    )
    (recipient,) = found.recipients
    assert found.problems == ()
    assert recipient.mailbox.address == "asa@hamnposten.example"
    assert (recipient.name, recipient.first_name) == ("Åsa Lindström", "Åsa")
    assert (recipient.outlet, recipient.language) == ("Hamnposten", Language.SWEDISH)
    assert recipient.tags == {"lokalt", "kultur"}
    assert recipient.extra == {"Anteckning": "ringer alltid"}
    assert str(recipient.origin) == "list.csv:2"


def test_headers_of_several_words_that_mean_one_field_are_understood() -> None:
    found = read(
        "E-post adress;För- och efternamn;Bevakning / ämne;Telefon och mobil;Namn/redaktion\n"
        "asa@hamnposten.example;Åsa Lindström;kommun;031-390 06 31;x\n"
    )
    (recipient,) = found.recipients
    assert (recipient.name, recipient.first_name) == ("Åsa Lindström", "Åsa")
    assert (recipient.beat, recipient.phone) == ("kommun", "031-390 06 31")
    assert recipient.extra == {"Namn/redaktion": "x"}
    assert found.problems == ()


def test_a_list_whose_name_column_is_not_known_says_so() -> None:
    found = read("E-post;Vem det är\nasa@hamnposten.example;Åsa Lindström\n")
    (problem,) = found.problems
    assert (problem.code, problem.severity) == ("list.no_name_column", Severity.WARNING)
    assert "Vem det är" in str(problem.sentence)
    assert read("E-post;Notis\nasa@hamnposten.example;Ring först\n").problems == ()


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [("Vill ha pressinbj.?", "Ja", "Nej"), ("Nej", "", "x"), ("Spärr", "-", "ringde 3/11")],
)
def test_a_row_that_says_no_is_told_and_the_told_way_out_works(
    header: str, yes: str, no: str
) -> None:
    """Whoever does not want mail must not get it because nobody read the column."""
    text = f"epost,{header}\na@hamnposten.example,{yes}\nb@hamnposten.example,{no}\n"
    (problem,) = read(text).problems
    assert (problem.code, problem.origin.line, problem.severity) == (
        "list.refusal",
        3,
        Severity.WARNING,
    )
    command = f"pressutskick recipients map list.csv --set {shlex.quote(f'{header}=wants')}"
    assert str(problem.sentence).endswith(command)
    guide = Guide(columns={fold_header(header): Field.WANTS})
    told = read_recipients(open_table(text.encode(), file="list.csv"), guide)
    assert told.problems == ()
    assert [choice.reason for choice in select(told.recipients, today=TODAY)] == [
        None,
        SkipReason.WANTS_NONE,
    ]


def test_every_faulty_row_is_named_in_one_pass() -> None:
    found = read(
        "epost,namn,språk\n"
        ",Åsa Lindström,sv\n"
        "bjorn.ohman,Björn Öhman,sv\n"
        "a@hamnposten.example;b@hamnposten.example,Två,sv\n"
        "c@hamnposten.example,Carl,klingonska\n"
        '"d@hamnposten.example","X\r\nBcc: y@example.org",sv\n'
        "e@hamnposten.example,Öhman,Eva,sv\n"
        "f@hamnposten.example,=?utf-8?q?a=0D=0ABcc:_y@example.org?=,sv\n"
        "ok@hamnposten.example,Ola,sv\n"
    )
    assert codes(found) == [
        (2, "list.no_address"),
        (3, "list.bad_address"),
        (4, "list.bad_address"),
        (5, "list.unknown_language"),
        (6, "list.unsafe_text"),
        (6, "list.further_addresses"),
        (8, "list.too_many_cells"),
        (9, "list.unsafe_text"),
    ]
    assert [recipient.name for recipient in found.recipients] == ["Ola"]
    assert found.has_errors


def test_rows_of_one_mailbox_become_one_recipient_with_a_notice() -> None:
    found = read(
        "email,name,tags\nA@Hamnposten.example,,x\na@hamnposten.example,Anna Berg,y\n"
        "a@hamnposten.example,Bo Ek,z\n"
    )
    (recipient,) = found.recipients
    assert (recipient.name, recipient.tags) == ("Anna Berg", {"x", "y", "z"})
    assert codes(found) == [(3, "list.duplicate"), (4, "list.two_names")]
    assert not found.has_errors


@pytest.mark.parametrize("text", ["-", " – ", "?", "N/A"])
def test_a_dash_is_an_empty_cell(text: str) -> None:
    """Nobody is greeted as "Hej -", and no list is refused for a dash under its language."""
    found = read(f"e-post;namn;språk;telefon\na@a.example;{text};{text};{text}\n")
    (recipient,) = found.recipients
    assert (recipient.name, recipient.language, recipient.phone) == (None, None, None)
    assert found.problems == ()


def test_streets_are_not_taken_for_addresses() -> None:
    found = read("Namn;Adress;Nås på\nAnna Berg;Storgatan 1;a@a.example\n")
    (recipient,) = found.recipients
    assert (recipient.mailbox.address, recipient.extra) == (
        "a@a.example", {"Adress": "Storgatan 1"},
    )  # fmt: skip
    assert codes(found) == [(1, "list.guessed_column")]


def test_an_address_in_a_note_is_named_where_one_is_missing() -> None:
    found = read("e-post;notis\na@a.example;\n;fråga b@a.example\n")
    assert codes(found) == [(3, "list.misplaced_address")]
    assert str(found.problems[0].sentence).endswith("in this row stands fråga b@a.example")
    assert found.has_errors


def test_where_the_address_is_missing_the_next_column_of_addresses_is_used() -> None:
    found = read("e-post;e-post 2\na@a.example;\n;b@a.example\n")
    assert [recipient.mailbox.address for recipient in found.recipients] == [
        "a@a.example",
        "b@a.example",
    ]
    assert codes(found) == [(3, "list.next_address")]
    assert not found.has_errors


def test_a_line_break_in_a_name_is_called_by_its_name() -> None:
    (problem,) = read('e-post;namn\na@a.example;"Anna\r\nBerg"\n').problems
    assert "line break" in str(problem.sentence)


def test_addresses_to_the_right_of_the_header_are_found() -> None:
    found = read("namn;medium\nAnna Berg;A;anna@a.example\nBo Ek;B;bo@a.example\n")
    assert [recipient.mailbox.address for recipient in found.recipients] == [
        "anna@a.example",
        "bo@a.example",
    ]
    assert codes(found) == [(1, "list.guessed_column")]


@pytest.mark.parametrize("text", ["", "\n\n", "e-post;namn\n", "hej\nhopp\n"])
def test_a_list_without_rows_or_addresses_is_an_error(text: str) -> None:
    found = read(text)
    assert not found.recipients
    assert [problem.severity for problem in found.problems] == [Severity.ERROR]


@pytest.mark.parametrize("name", ["Anna\x01Berg", "=?utf-8?q?Anna?=", "Anna\u202eBerg"], ids=ascii)
def test_an_unsafe_name_before_an_address_is_refused(name: str) -> None:
    found = read(f"e-post;medium\n{name} <a@a.example>;A\n")
    assert codes(found) == [(2, "list.unsafe_text")]
