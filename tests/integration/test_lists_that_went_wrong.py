"""Lists that were reported to lose somebody, or to greet somebody by a wrong name.

Each file of `tests/data/lists` is small, of invented people, and read from the disk as `send` reads it.
"""

import shutil
from pathlib import Path

import pytest

from pressutskick.assembly.lists import load_recipients
from pressutskick.errors import InputError, Severity
from pressutskick.omissions import count_omissions
from pressutskick.recipients.table import RecipientList

FOLDER = Path(__file__).parents[1] / "data" / "lists"
ANNA = ("anna.berg@hamnposten.example", "Anna Berg", "Anna")
BO = ("bo.ek@sundradion.example", "Bo Ek", "Bo")
CIA = ("cia.dal@kanalvast.example", "Cia Dal", "Cia")

Person = tuple[str, str | None, str | None]

#: Who is mailed, as whom, and by which name; and every remark by its code.
RIGHT: dict[str, tuple[list[Person], list[str]]] = {
    "apostrophe.csv": ([ANNA, BO], []),
    "card-agent.vcf": ([ANNA], ["list.nested_card"]),
    "card-home-first.vcf": ([ANNA], ["list.further_addresses"]),
    "card-note-line-separator.vcf": ([ANNA], ["list.noted_addresses"]),
    "cards-glued.vcf": ([ANNA, BO, CIA], []),
    "cards-some-without-mail.vcf": ([BO], ["list.no_address"]),
    "chart-first.xlsx": ([ANNA, BO, CIA], []),
    "do-not-contact.csv": ([ANNA, BO], ["list.refusal"]),
    "home-and-work.csv": ([ANNA, BO], ["list.rival_column", "list.further_addresses"]),
    "inline-and-value.xlsx": ([ANNA], []),
    "mixed-encodings.csv": (
        [
            ("asa.oberg@hamnposten.example", "Åsa Öberg", "Åsa"),
            ("orjan@sundradion.example", "Örjan Ärlig", "Örjan"),
            ("cia@kanalvast.example", "Cia Dal", "Cia"),
        ],
        ["list.encoding"],
    ),
    "name-is-the-address.csv": ([(ANNA[0], None, None), (BO[0], None, None)], []),
    "no-header.csv": ([ANNA, BO, CIA], ["list.guessed_column", "list.guessed_column"]),
    "nul-padded-cells.csv": ([ANNA, BO, ("cia@kanalvast.example", "Cia", "Cia")], []),
    "null-names.csv": (
        [
            (ANNA[0], None, None),
            (BO[0], None, None),
            (CIA[0], None, None),
            ("dan.falk@kanalvast.example", None, None),
            ("eva.gran@kanalvast.example", "Eva Gran", "Eva"),
        ],
        [],
    ),
    "paste-group.txt": ([ANNA, BO], []),
    "paste-mailto-brackets.txt": ([ANNA, BO], []),
    "quoted-tags.csv": ([ANNA, BO], []),
    "refusal-beside-tags.csv": ([ANNA, BO, CIA], ["list.refusal"]),
    "sections.xlsx": ([ANNA, BO, CIA], ["list.heading"]),
    "smart-quotes.csv": ([ANNA, BO, ("cia@kanalvast.example", "Cia", "Cia")], []),
    "smtp-prefix.csv": ([ANNA, BO], []),
    "status-column.csv": (
        [
            ANNA,
            BO,
            ("cia@kanalvast.example", "Cia Dal", "Cia"),
            ("dan@kanalvast.example", "Dan Falk", "Dan"),
        ],
        ["list.refusal"],
    ),
    "strings-other-case.xlsx": ([ANNA], []),
    "surname-first-exchange.csv": ([ANNA, BO], ["list.further_addresses"]),
    "two-addresses-google.csv": (
        [ANNA, BO],
        ["list.same_cell", "list.further_addresses"],
    ),
    "two-tables-beside.xlsx": (
        [ANNA, BO, CIA, ("dan.falk@kanalvast.example", "Dan Falk", "Dan")],
        ["list.tables_beside"],
    ),
    "zip-backslashes.xlsx": ([ANNA, BO], []),
}
#: What is no list, or has errors.
WRONG = {"error-words.csv", "page-as-list.csv", "slow-paste.txt"}


def load(name: str, folder: Path = FOLDER) -> RecipientList:
    return load_recipients([str(folder / name)], folder)


def test_every_file_has_its_right_answer() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*RIGHT, *WRONG}


@pytest.mark.parametrize("name", RIGHT)
def test_everybody_is_mailed_and_greeted_by_the_right_name(name: str) -> None:
    people, codes = RIGHT[name]
    found = load(name)
    assert [(r.mailbox.address, r.name, r.first_name) for r in found.recipients] == people
    assert [problem.code for problem in found.problems] == codes
    assert not found.has_errors


def test_an_error_word_is_an_error_as_in_a_workbook() -> None:
    found = load("error-words.csv")
    assert [(p.code, p.severity, p.origin.line) for p in found.problems] == [
        ("list.cell_error", Severity.ERROR, line) for line in (2, 3, 4)
    ]


def test_a_web_page_is_called_one() -> None:
    with pytest.raises(InputError, match="web page"):
        load("page-as-list.csv")


def test_a_line_of_blanks_is_answered() -> None:
    assert [problem.code for problem in load("slow-paste.txt").problems] == ["list.too_long"]


def test_outlet_and_tags_are_those_that_were_meant() -> None:
    assert [r.outlet for r in load("null-names.csv").recipients][-1] is None
    tags = [r.tags for r in load("quoted-tags.csv").recipients]
    assert tags == [{"press", "lokalt"}, frozenset()]


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("two-addresses-google.csv", {"list.same_cell": 1, "list.further_addresses": 1}),
        ("home-and-work.csv", {"list.further_addresses": 1}),
        ("card-home-first.vcf", {"list.further_addresses": 1}),
    ],
)
def test_an_address_that_nobody_mails_is_counted(name: str, counts: dict[str, int]) -> None:
    assert count_omissions(load(name).problems) == counts


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("status-column.csv", "3, 4, 5"),
        ("do-not-contact.csv", "3"),
        ("refusal-beside-tags.csv", "3"),
    ],
)
def test_who_says_no_is_named_by_row(name: str, lines: str) -> None:
    (problem,) = load(name).problems
    assert problem.severity is Severity.WARNING
    assert f"all the same: {lines}. To leave" in str(problem.sentence)


def test_what_was_called_a_mail_to_a_second_column_is_mailed(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "two-addresses-google.csv", tmp_path / "lista.csv")
    (tmp_path / "lista.csv.columns.toml").write_text(
        '[columns]\n"E-mail 1 - Value" = "address"\n"E-mail 2 - Value" = "address"\n', "utf-8"
    )
    found = load("lista.csv", tmp_path)
    assert [(r.mailbox.address, r.name) for r in found.recipients] == [
        (ANNA[0], "Anna Berg"),
        (BO[0], "Bo Ek"),
        ("bo@privat.example", "Bo Ek"),
    ]
