"""Contact cards as address books write them; one that is odd costs nobody else their mail."""

import pytest

from pressutskick.errors import Severity
from pressutskick.recipients.table import RecipientList, read_recipients
from pressutskick.sources.lists.tables import open_table


def card(name: str, *lines: str, end: str = "\r\n") -> str:
    return end.join(["BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", *lines, "END:VCARD", ""])


def read(text: str) -> RecipientList:
    return read_recipients(open_table(text.encode(), file="kort.vcf"))


def addresses(found: RecipientList) -> list[str]:
    return [recipient.mailbox.address for recipient in found.recipients]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_each_of_the_three_line_ends_is_one(end: str) -> None:
    text = card("Anna Berg", "EMAIL:a@a.example", end=end) * 2
    assert [problem.origin.line for problem in read(text).problems] == [6]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\x1e"])
def test_no_other_mark_ends_a_line(mark: str) -> None:
    found = read(card("Anna Berg", f"NOTE:rad{mark}EMAIL:fel@a.example", "EMAIL:a@a.example"))
    assert addresses(found) == ["a@a.example"]
    assert [(p.code, p.severity) for p in found.problems] == [
        ("list.noted_addresses", Severity.HINT)
    ]


@pytest.mark.parametrize("between", ["", " ", "\ufeff", "\r\n\ufeff"])
def test_cards_that_were_put_together_are_told_apart(between: str) -> None:
    cards = [card(name, f"EMAIL:{name}@a.example").rstrip() for name in ("anna", "bo", "cia")]
    assert addresses(read(between.join(cards))) == [
        "anna@a.example",
        "bo@a.example",
        "cia@a.example",
    ]


def test_what_is_glued_to_the_first_line_of_a_card_is_read() -> None:
    glued = card("Anna Berg", "EMAIL:a@a.example").replace("VCARD\r\nVERSION", "VCARDVERSION")
    assert addresses(read(glued)) == ["a@a.example"]


def test_a_card_that_does_not_end_is_an_error_at_its_line() -> None:
    cut = "BEGIN:VCARD\r\nFN:Anna Berg\r\nEMAIL:a@a.example\r\n"
    for text, line in ((cut + card("Bo Ek", "EMAIL:b@a.example"), 1), (card("Bo", "X:1") + cut, 6)):
        found = read(text)
        assert [(p.origin.line, p.code) for p in found.problems if p.code == "list.open_card"] == [
            (line, "list.open_card")
        ]
        assert found.has_errors


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        (("EMAIL;TYPE=HOME:h@a.example", "EMAIL;TYPE=WORK:w@a.example"), "w"),
        (("EMAIL;HOME;INTERNET:h@a.example", "EMAIL;INTERNET;WORK:w@a.example"), "w"),
        (("EMAIL:x@a.example", "EMAIL;TYPE=work:w@a.example"), "w"),
        (("EMAIL;TYPE=home:h@a.example", "EMAIL:x@a.example"), "x"),
        (('EMAIL;TYPE="home,pref":h@a.example', "EMAIL;TYPE=work:w@a.example"), "h"),
        (("EMAIL;TYPE=work:w@a.example", "EMAIL;PREF=1;TYPE=home:h@a.example"), "h"),
    ],
)
def test_of_several_addresses_the_wanted_one_is_mailed(lines: tuple[str, ...], first: str) -> None:
    assert addresses(read(card("Anna Berg", *lines))) == [f"{first}@a.example"]
