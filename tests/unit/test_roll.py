"""The roll in memory and the one on the disk are one thing to whoever works with them."""

import sys
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.errors import Origin
from pressutskick.mail import Language, Mailbox
from pressutskick.recipients.merging import enrol
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.roll import ListRoll, Roll
from pressutskick.recipients.selection import Selection, SkipReason, select
from pressutskick.recipients.snapshot import read_recipient, recipient_text
from pressutskick.sources.lists.roll import DiskRoll

TODAY = date(2026, 11, 22)

people = st.builds(
    lambda address, outlet, name, tags: Recipient(
        mailbox=Mailbox(address=address, name=name or ""),
        name=name,
        outlet=outlet,
        tags=frozenset(tags),
        extra={"Ö": outlet} if outlet else {},
    ),
    st.sampled_from([f"{name}@{domain}.example" for name in "aAbc" for domain in "xy"]),
    st.sampled_from([None, "Åstad", "Y"]),
    st.sampled_from([None, "Åsa", "Bo"]),
    st.sets(st.sampled_from(["lokalt", "sport"])),
)
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
    extra={"Ö": "ä"},
    origin=Origin(file="lista.xlsx", sheet="Blad1", line=7, column="C"),
)
lists = st.lists(st.lists(people, max_size=8), max_size=4)


def filled(roll: Roll, rows: list[list[Recipient]]) -> Roll:
    for each in rows:
        list(enrol(each, roll))
    return roll


def test_the_whole_recipient_is_whole() -> None:
    """Whoever adds a field must fill it in above; the two tests below then ask for it."""
    bare = Recipient(mailbox=Mailbox(address="bare@astad.example"))
    assert [
        field.name
        for field in fields(Recipient)
        if getattr(WHOLE, field.name) == getattr(bare, field.name)
    ] == []


@pytest.mark.parametrize("name", [field.name for field in fields(Recipient)])
def test_nothing_of_a_recipient_is_lost_on_the_disk(name: str) -> None:
    bare = Recipient(mailbox=Mailbox(address="bare@astad.example"))
    alone = replace(bare, **{name: getattr(WHOLE, name)})
    for recipient in (WHOLE, alone):
        (kept,) = filled(DiskRoll(), [[recipient]])
        assert kept == recipient
        assert read_recipient(recipient_text(recipient)) == recipient


@given(lists)
def test_both_rolls_hold_the_same(rows: list[list[Recipient]]) -> None:
    memory, disk = filled(ListRoll(), rows), filled(DiskRoll(), rows)
    assert list(disk) == list(memory)
    assert len(disk) == len(memory)
    assert [disk[place] for place in range(len(disk))] == list(memory)
    assert disk.repeated() == memory.repeated()
    assert list(disk.by_key()) == list(memory.by_key())


@given(lists, st.booleans())
def test_both_rolls_give_the_same_choices(rows: list[list[Recipient]], is_limited: bool) -> None:
    selection = Selection(limit=2, not_tags=("sport",)) if is_limited else Selection()
    chosen = [
        select(filled(roll, rows), selection, today=TODAY, seed="x")
        for roll in (ListRoll(), DiskRoll())
    ]
    assert list(chosen[0]) == list(chosen[1])
    keys = [list(choices.keys(unless={SkipReason.DUPLICATE})) for choices in chosen]
    assert keys[0] == keys[1] == sorted(keys[0])


@pytest.mark.parametrize("make", [ListRoll, DiskRoll])
def test_places_count_from_the_end_too_and_slices_are_sequences(make: Callable[[], Roll]) -> None:
    rows = [Recipient(mailbox=Mailbox(address=f"{name}@x.example")) for name in "abc"]
    roll = filled(make(), [rows])
    assert roll[-1] == rows[-1]
    assert list(roll[1:]) == rows[1:]
    assert roll[1:][0] == rows[1]
    with pytest.raises(IndexError):
        roll[3]


def test_the_order_of_rows_does_not_change_who_is_meant() -> None:
    rows = [Recipient(mailbox=Mailbox(address=f"{name}@x.example")) for name in "abc"]
    keys = [
        list(select(people, today=TODAY).keys(unless=())) for people in (rows, list(reversed(rows)))
    ]
    assert keys[0] == keys[1]


def test_a_roll_may_be_dropped_in_whatever_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    faults: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", faults.append)
    held = [DiskRoll()]
    thread = Thread(target=held.clear)
    thread.start()
    thread.join()
    assert not faults
