"""Whoever carries a recipient elsewhere carries all of it."""

from dataclasses import fields, replace
from datetime import date

import pytest

from pressutskick.errors import Origin
from pressutskick.mail import Language, Mailbox
from pressutskick.recipients.merging import merge
from pressutskick.recipients.model import DATE_FIELDS, TEXT_FIELDS, Recipient
from pressutskick.recipients.snapshot import read_recipient, recipient_text
from pressutskick.recipients.transcript import describe_recipient

TODAY = date(2026, 11, 22)
WHOLE = Recipient(
    mailbox=Mailbox(address="asa@astad.example", name="Åsa Ek"),
    name="Åsa Ek",
    first_name="Åsa",
    role="reporter",
    outlet="Åstads Nyheter",
    desk="nyheter",
    beat="kommun",
    region="Väst",
    media_type="dagspress",
    language=Language.DANISH,
    tags=frozenset({"lokalt", "kultur"}),
    phone="031-390 06 01",
    source="egen lista",
    legal_ground="berättigat intresse",
    informed=TODAY,
    checked=date(2026, 1, 2),
    wants=False,
    extra={"Ö": "ä"},
    origin=Origin(file="lista.xlsx", sheet="Blad1", line=7, column="C"),
)
BARE = Recipient(mailbox=Mailbox(address="bare@astad.example"))
NAMES = [field.name for field in fields(Recipient)]


def test_the_whole_recipient_is_whole() -> None:
    """Whoever adds a field must fill it in above; the tests below then ask for it."""
    assert [
        field.name
        for field in fields(Recipient)
        if getattr(WHOLE, field.name) == getattr(BARE, field.name)
    ] == []


def test_every_field_is_a_text_a_day_or_has_a_shape_of_its_own() -> None:
    own = {"mailbox", "language", "tags", "wants", "extra", "origin"}
    assert {*TEXT_FIELDS, *DATE_FIELDS} == set(NAMES) - own
    assert DATE_FIELDS == ("informed", "checked")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_recipient_is_lost_in_the_log(name: str) -> None:
    for recipient in (WHOLE, replace(BARE, **{name: getattr(WHOLE, name)})):
        assert read_recipient(recipient_text(recipient)) == recipient


@pytest.mark.parametrize("name", sorted({*NAMES} - {"mailbox", "origin"}))
def test_a_gap_of_the_first_row_is_filled_from_a_later_one(name: str) -> None:
    assert getattr(merge(BARE, WHOLE), name) == getattr(WHOLE, name)


def test_a_program_gets_every_field() -> None:
    described = describe_recipient(WHOLE)
    assert set(described) == {*NAMES, "address"} - {"mailbox"}
    assert all(described[name] for name in {*described} - {"wants"})
