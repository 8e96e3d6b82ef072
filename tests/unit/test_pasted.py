"""What people paste from a mail's head becomes everybody in it, each by their own name."""

import pytest

from pressutskick.errors import InputError
from pressutskick.recipients.table import RecipientList, read_recipients
from pressutskick.sources.lists.tables import open_table

HEAD = (
    "Från: Karin <k@a.example>\nSkickat: den 3 november 2026\nTill: Anna Berg <a@a.example>\n"
    "Kopia: Bo Ek <b@a.example>\nÄmne: Hej: där"
)
BOTH = [("a@a.example", "Anna Berg"), ("b@a.example", "Bo Ek")]


def read(text: str) -> RecipientList:
    return read_recipients(open_table(text.encode(), file="-"))


@pytest.mark.parametrize(
    "text",
    [
        "Presslista: Anna Berg <a@a.example>, Bo Ek <b@a.example>;",
        "Dagspress: Anna Berg <a@a.example>;\nRadio: Bo Ek <b@a.example>;",
        "Till: Presslista: Anna Berg <a@a.example>, Bo Ek <b@a.example>;",
        "Från: Anna Berg <a@a.example>\nFrån: Bo Ek <b@a.example>",
        "Till: Anna Berg <a@a.example>;\nKopia: Bo Ek <b@a.example>",
        "Anna Berg [mailto:a@a.example]; Bo Ek [mailto:b@a.example]",
        "Anna Berg <mailto:a@a.example>; Bo Ek <mailto:b@a.example>",
        "Anna Berg (a@a.example), Bo Ek (b@a.example)",
        "Anna Berg <a@a.example<mailto:a@a.example>>; Bo Ek <b@a.example<mailto:b@a.example>>",
        '"Berg, Anna" <a@a.example>; "Ek, Bo" <b@a.example>',
        HEAD,
    ],
)
def test_both_are_read_by_their_names(text: str) -> None:
    found = read(text)
    assert [(each.mailbox.address, each.name) for each in found.recipients] == BOTH
    assert not found.has_errors


def test_bare_addresses_may_stand_on_one_line() -> None:
    assert [each.mailbox.address for each in read("a@a.example b@a.example").recipients] == [
        "a@a.example",
        "b@a.example",
    ]


MANY = 100_000


@pytest.mark.parametrize("char", list(" \t()[]<>\"',;@:=-/\\å\u00a0"), ids=ascii)
@pytest.mark.parametrize("before", ["x", "namn;e-post\nx;", "BEGIN:VCARD\nFN:x", '[{"e-post": "'])
def test_a_hundred_thousand_of_one_sign_are_answered(char: str, before: str) -> None:
    """The whole run of the tests would stand still if a pattern went back over the line."""
    for after in ("", "(anna@a.example)"):
        try:
            read(before + char * MANY + after)
        except InputError:
            continue
