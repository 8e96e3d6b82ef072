"""Rows and values: what is stored comes back the same, whatever it holds."""

import datetime as dt
import json
import re
import sqlite3
import string
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.deliverylog.relational.rows import (
    moment_text,
    read_moment,
    storable,
)
from pressutskick.deliverylog.sqlite.session import install_seal
from pressutskick.deliverylog.sqlite.statements import group_script, migrations, statements
from pressutskick.dispatch.delivery import RESOLUTIONS, TRANSITIONS
from pressutskick.dispatch.records import DispatchKey
from pressutskick.errors import Origin
from pressutskick.mail import Language, Mailbox
from pressutskick.message.model import Purpose
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.snapshot import read_recipient, recipient_text

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
MAYBE = st.none() | TEXT
RECIPIENTS = st.builds(
    Recipient,
    mailbox=st.builds(
        Mailbox,
        address=st.text(string.ascii_letters + "åäö.+", min_size=1, max_size=10).map(
            lambda local: f"{local}@tidning.example"
        ),
        name=st.text("Åsa Berg'\"\\,", max_size=20),
    ),
    name=MAYBE,
    first_name=MAYBE,
    outlet=MAYBE,
    desk=MAYBE,
    language=st.none() | st.sampled_from(Language),
    tags=st.frozensets(TEXT, max_size=3),
    informed=st.none() | st.dates(),
    extra=st.dictionaries(TEXT, TEXT, max_size=3),
    origin=st.builds(Origin, file=MAYBE, line=st.none() | st.integers(1, 10**6)),
)


@given(RECIPIENTS)
def test_a_recipient_comes_back_as_it_was(recipient: Recipient) -> None:
    text = recipient_text(recipient)
    # Through SQLite and its JSON functions, as the log stores it.
    with closing(sqlite3.connect(":memory:")) as connection:
        (stored,) = connection.execute(
            "SELECT json_extract(?, '$[0]')", (json.dumps([text]),)
        ).fetchone()
    assert read_recipient(stored) == recipient


@given(st.datetimes(timezones=st.just(dt.UTC)), st.datetimes(timezones=st.just(dt.UTC)))
def test_stored_moments_sort_as_time_does(one: dt.datetime, other: dt.datetime) -> None:
    assert read_moment(moment_text(one)) == one
    assert (moment_text(one) < moment_text(other)) == (one < other)


@given(st.text())
def test_any_reply_can_be_stored(text: str) -> None:
    storable(text).encode("utf-8")
    assert "\0" not in storable(text)


@contextmanager
def newest_schema() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        install_seal(connection)
        for _number, script in migrations():
            connection.executescript(script)
        yield connection


def test_the_file_allows_exactly_the_changes_that_the_code_allows() -> None:
    with newest_schema() as connection:
        found = set(connection.execute("SELECT before, after FROM transition"))
    allowed = {
        (before.value, after.value)
        for table in (TRANSITIONS, RESOLUTIONS)
        for before, afters in table.items()
        for after in afters
    }
    assert found == allowed


def test_migrations_are_numbered_from_one_without_a_gap() -> None:
    assert [number for number, _script in migrations()] == list(range(1, len(migrations()) + 1))


def test_every_statement_is_one_that_the_newest_schema_understands() -> None:
    with newest_schema() as connection:
        connection.executescript(group_script())
        for name, text in statements().items():
            try:
                connection.execute(f"EXPLAIN {text}", dict.fromkeys(re.findall(r":(\w+)", text)))
            except sqlite3.Error as error:
                pytest.fail(f"{name}: {error}")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (DispatchKey(release_id="bron"), "bron"),
        (DispatchKey(release_id="bron", purpose=Purpose.REMINDER, number=2), "bron/reminder/2"),
    ],
)
def test_a_dispatch_is_named_by_what_identifies_it(key: DispatchKey, text: str) -> None:
    assert str(key) == text
    assert DispatchKey.parse(text) == key
