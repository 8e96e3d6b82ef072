"""What a careful colleague would ask about a list."""

import string
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pressutskick.errors import Origin, Severity
from pressutskick.mail import Mailbox
from pressutskick.recipients.audit import DomainHealth, audit, audit_domains
from pressutskick.recipients.difference import compare
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.naming.spelling import is_one_slip, near_pairs

TODAY = date(2026, 11, 22)


def row(address: str, line: int = 2, **more: object) -> Recipient:
    known = {"checked": TODAY, "source": "x", "legal_ground": "e", "informed": TODAY}
    return Recipient(
        mailbox=Mailbox(address=address),
        origin=Origin(file="l.csv", line=line),
        **{**known, **more},  # type: ignore[arg-type]
    )


def codes(*recipients: Recipient) -> list[str]:
    found = audit(recipients, today=TODAY, max_age=timedelta(days=365))
    assert all(problem.severity is not Severity.ERROR for problem in found)
    return [problem.code for problem in found]


def test_a_list_in_order_raises_nothing() -> None:
    assert codes(row("anna.berg@a.example", name="Anna Berg"), row("redaktionen@a.example")) == []


def test_addresses_that_nobody_reads_are_told() -> None:
    assert codes(row("no-reply@a.example")) == ["list.unread_address"]


def test_a_person_behind_a_desk_s_address_is_asked_about() -> None:
    assert codes(row("redaktionen@a.example", name="Anna Berg")) == ["list.role_address"]


def test_addresses_one_slip_apart_are_told() -> None:
    assert codes(row("anna.berg@a.example"), row("ana.berg@a.example")) == ["list.near_address"]
    assert codes(row("nyheter1@a.example"), row("nyheter2@a.example")) == []
    assert codes(row("anna.berg@a.example"), row("ana.berg@b.example")) == []


def test_a_rare_domain_beside_a_frequent_one_is_told() -> None:
    known = [row(f"{name}@hamnposten.example") for name in ("anna", "bo", "cia", "dan")]
    assert codes(*known, row("eva@hamnpsten.example", 9)) == ["list.near_domain"]
    assert codes(*known[:2], row("eva@hamnpsten.example", 9)) == []


def test_two_persons_with_one_mailbox_are_told_across_lists() -> None:
    found = codes(row("a@a.example", name="Anna Berg"), row("A@a.example", name="Bo Ek"))
    assert found == ["list.two_names"]


def test_one_person_with_two_addresses_is_told() -> None:
    found = codes(
        row("anna@a.example", name="Anna Berg", outlet="A"),
        row("anna.berg@frilans.example", name="anna berg", outlet="a"),
    )
    assert found == ["list.second_address"]


def test_rows_not_checked_for_a_year_are_told() -> None:
    assert codes(row("anna@a.example", checked=date(2025, 11, 21))) == ["list.old_row"]
    assert codes(row("anna@a.example", checked=date(2025, 11, 22))) == []
    assert codes(row("anna@a.example", checked=None)) == ["list.never_checked"]


def test_missing_bookkeeping_is_counted_for_persons_not_for_desks() -> None:
    gaps = {"source": None, "legal_ground": None, "informed": None}
    assert codes(row("anna@a.example", name="Anna", **gaps), row("tips@a.example", **gaps)) == [
        "list.no_source",
        "list.no_legal_ground",
        "list.no_informed",
    ]


def test_domains_that_cannot_take_mail_are_told_and_the_unknown_left_alone() -> None:
    people = [row("a@gone.example"), row("a@null.example"), row("a@slow.example")]
    health = {
        "gone.example": DomainHealth.MISSING,
        "null.example": DomainHealth.TAKES_NO_MAIL,
        "slow.example": DomainHealth.UNKNOWN,
    }
    found = audit_domains(people, health)
    assert [str(problem.sentence) for problem in found] == [
        "gone.example does not exist (any more)",
        "null.example takes no mail",
    ]


WORD = st.text(alphabet=string.ascii_lowercase[:3] + "12", min_size=3, max_size=6)


@given(st.lists(WORD, max_size=25))
def test_near_pairs_are_those_that_comparing_all_with_all_finds(words: list[str]) -> None:
    unique = list(dict.fromkeys(words))
    expected = {
        frozenset((one, other))
        for one in unique
        for other in unique
        if is_one_slip(one, other) and min(len(one), len(other)) >= 3
    }
    found = [frozenset(pair) for pair in near_pairs(words, shortest=3)]
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_a_difference_names_who_came_who_went_and_what_changed() -> None:
    old = [row("anna@a.example", name="Anna"), row("bo@a.example", name="Bo")]
    new = [row("BO@a.example", 9, name="Bo Ek"), row("cia@a.example")]
    difference = compare(old, new)
    assert [recipient.mailbox.key for recipient in difference.added] == ["cia@a.example"]
    assert [recipient.mailbox.key for recipient in difference.removed] == ["anna@a.example"]
    (change,) = difference.changed
    assert change.fields == (
        ("address", "bo@a.example", "BO@a.example"),
        ("name", "Bo", "Bo Ek"),
    )
