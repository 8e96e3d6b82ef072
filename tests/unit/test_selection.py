"""Who is meant: nobody drops out without a row, nobody gets two, nobody is first by alphabet."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kit.spellings import KEY, SPELLINGS

from pressutskick.mail import Mailbox
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.selection import (
    EVERYBODY,
    Selection,
    SkipReason,
    find_unmatched,
    list_keys,
    select,
)
from pressutskick.recipients.suppression import (
    Suppression,
    SuppressionReason,
    Suppressions,
    SuppressionScope,
    erasure_key,
)
from pressutskick.recipients.table import read_recipients
from pressutskick.recipients.unwrapping import split_named_address
from pressutskick.sources.lists.tables import open_table

TODAY = date(2026, 11, 22)


def person(address: str, outlet: str | None = None, *tags: str) -> Recipient:
    return Recipient(mailbox=Mailbox(address=address), outlet=outlet, tags=frozenset(tags))


ANNA = person("anna@a.example", "A", "lokalt")
BO = person("bo@a.example", "A", "sport")
CIA = person("cia@b.example", "B", "lokalt", "sport")
DAN = person("dan@c.example")
ALL = (ANNA, BO, CIA, DAN)


@pytest.mark.parametrize(
    ("selection", "skipped"),
    [
        (Selection(), {}),
        (Selection(tags=("Lokalt",)), {"bo": SkipReason.LACKS_TAG, "dan": SkipReason.LACKS_TAG}),
        (Selection(not_tags=("sport",)), {"bo": SkipReason.HAS_TAG, "cia": SkipReason.HAS_TAG}),
        (Selection(outlets=("a",)), {"cia": SkipReason.OTHER_OUTLET, "dan": SkipReason.OTHER_OUTLET}),
        (Selection(only=("BO@a.example", "@b.example")), {
            "anna": SkipReason.NOT_NAMED, "dan": SkipReason.NOT_NAMED}),
        (Selection(exclude=("@a.example",)), {"anna": SkipReason.EXCLUDED, "bo": SkipReason.EXCLUDED}),
        (Selection(per_outlet=1), {"bo": SkipReason.OUTLET_IS_FULL}),
    ],
)  # fmt: skip
def test_each_flag_leaves_out_whom_it_should(
    selection: Selection, skipped: dict[str, SkipReason]
) -> None:
    choices = select(ALL, selection, today=TODAY)
    reasons = {
        choice.recipient.mailbox.address.partition("@")[0]: choice.reason
        for choice in choices
        if choice.reason
    }
    assert reasons == skipped


def test_a_limit_counts_the_selected_in_the_order_of_sending() -> None:
    choices = select(ALL, Selection(limit=2), today=TODAY)
    assert [choice.reason for choice in choices] == [None, None, *[SkipReason.OVER_LIMIT] * 2]


def test_one_mail_per_mailbox_over_all_lists() -> None:
    again = person("ANNA@A.example", "Other", "sport")
    choices = select([ANNA, again], today=TODAY)
    assert [choice.reason for choice in choices] == [None, SkipReason.DUPLICATE]


def test_a_tag_to_leave_out_counts_in_whichever_list_it_stands() -> None:
    again = person("anna@a.example", "A", "sport")
    choices = select([ANNA, again], Selection(not_tags=("sport",)), today=TODAY)
    assert {choice.reason for choice in choices} == {SkipReason.HAS_TAG}


def test_the_row_that_has_the_tag_is_the_one_that_is_mailed() -> None:
    again = person("anna@a.example", "A", "kultur")
    choices = select([ANNA, again], Selection(tags=("kultur",)), today=TODAY)
    assert [choice.recipient for choice in choices if choice.is_selected] == [again]


def entry(key: str, reason: SuppressionReason, **more: object) -> Suppressions:
    found = Suppression(key=key, reason=reason, created=datetime(2026, 1, 1, tzinfo=UTC), **more)  # type: ignore[arg-type]
    return Suppressions(entries={key: (found,)}, secret=b"k")


@pytest.mark.parametrize(
    ("suppressions", "is_reminder", "reason"),
    [
        (entry("anna@a.example", SuppressionReason.OPT_OUT), False, SkipReason.OPTED_OUT),
        (entry("anna@a.example", SuppressionReason.BOUNCED), False, SkipReason.BOUNCED),
        (entry("anna@a.example", SuppressionReason.MUTED, until=TODAY), False, SkipReason.MUTED),
        (entry("anna@a.example", SuppressionReason.MUTED, until=date(2026, 11, 21)), False, None),
        (entry("anna@a.example", SuppressionReason.OPT_OUT, scope=SuppressionScope.REMINDERS),
         False, None),
        (entry("anna@a.example", SuppressionReason.OPT_OUT, scope=SuppressionScope.REMINDERS),
         True, SkipReason.OPTED_OUT),
        (entry(erasure_key("anna@a.example", b"k"), SuppressionReason.ERASED), False,
         SkipReason.ERASED),
        (entry(erasure_key("anna@a.example", b"other"), SuppressionReason.ERASED), False, None),
    ],
)  # fmt: skip
def test_a_suppression_is_honoured_even_for_those_named_by_only(
    suppressions: Suppressions, is_reminder: bool, reason: SkipReason | None
) -> None:
    only = Selection(only=("anna@a.example",))
    (choice,) = select([ANNA], only, suppressions, today=TODAY, is_reminder=is_reminder)
    assert choice.reason is reason


people = st.lists(
    st.builds(
        person,
        st.sampled_from([f"{name}@{domain}.example" for name in "abcd" for domain in "xyz"]),
        st.sampled_from([None, "X", "Y", "Z"]),
        st.sampled_from(["lokalt", "sport"]),
    )
)


@given(people, st.integers(1, 4), st.integers(1, 9), st.text(max_size=3))
def test_everybody_has_a_row_and_no_mailbox_two_mails(
    rows: list[Recipient], per_outlet: int, limit: int, seed: str
) -> None:
    selection = Selection(not_tags=("sport",), per_outlet=per_outlet, limit=limit)
    choices = select(rows, selection, today=TODAY, seed=seed)
    assert sorted(map(id, rows)) == sorted(id(choice.recipient) for choice in choices)
    keys = [choice.recipient.mailbox.key for choice in choices if choice.is_selected]
    assert len(keys) == len(set(keys)) <= limit
    assert list(choices) == list(select(rows, selection, today=TODAY, seed=seed))
    assert all(choice.sentence for choice in choices if not choice.is_selected)


@given(people, st.text(max_size=3))
def test_no_outlet_gets_its_second_before_every_outlet_has_its_first(
    rows: list[Recipient], seed: str
) -> None:
    turns: dict[str, int] = {}
    seen: list[int] = []
    for choice in select(rows, today=TODAY, seed=seed):
        if not choice.is_selected:
            continue
        recipient = choice.recipient
        outlet = (recipient.outlet or recipient.mailbox.domain).casefold()
        turns[outlet] = turns.get(outlet, 0) + 1
        seen.append(turns[outlet])
    assert seen == sorted(seen)


def test_a_word_that_matches_nobody_is_told_with_the_nearest() -> None:
    selection = Selection(
        exclude=("ana@a.example", "@b.example"),
        tags=("LOKALT",),
        outlets=("Ö",),
        only=("x@y.example",),
    )
    assert [str(problem.sentence) for problem in find_unmatched(ALL, selection)] == [
        "--only x@y.example matches nobody",
        "--exclude ana@a.example matches nobody; did you mean anna@a.example?",
        "--outlet Ö matches nobody",
    ]


def test_the_order_of_rows_does_not_change_which_keys_are_meant() -> None:
    rows = [Recipient(mailbox=Mailbox(address=f"{name}@x.example")) for name in "bca"]
    again = [rows[1], *rows]
    keys = list_keys(select(again, today=TODAY), unless={SkipReason.DUPLICATE})
    assert keys == ["a@x.example", "b@x.example", "c@x.example"]
    assert keys == list_keys(select(list(reversed(again)), today=TODAY), {SkipReason.DUPLICATE})


def test_however_a_barred_address_is_spelt_nobody_is_mailed() -> None:
    """Each spelling is read from a list of its own, as a table and as a pasted line."""
    entry = Suppression(
        key=KEY, reason=SuppressionReason.OPT_OUT, created=datetime(2026, 11, 1, tzinfo=UTC)
    )
    suppressions = Suppressions(entries={KEY: (entry,)})
    assert len(SPELLINGS) >= 40
    for spelling in SPELLINGS:
        rows = json.dumps([{"e-post": spelling}, {"e-post": "bo@sundradion.example"}])
        for text in (rows, f"{spelling}; Bo Ek <bo@sundradion.example>"):
            found = read_recipients(open_table(text.encode(), file="lista"))
            choices = select(found.recipients, EVERYBODY, suppressions, today=TODAY)
            mailed = {each.recipient.mailbox.key for each in choices if each.is_selected}
            assert mailed == {"bo@sundradion.example"}, ascii(text)


@pytest.mark.parametrize("spelling", SPELLINGS, ids=ascii)
def test_however_an_address_is_excluded_it_is(spelling: str) -> None:
    _name, address = split_named_address(spelling)
    person = Recipient(mailbox=Mailbox(address=KEY))
    (choice,) = select([person], Selection(exclude=(address,)), today=TODAY)
    assert choice.reason is SkipReason.EXCLUDED
