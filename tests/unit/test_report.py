"""What happened to a release as figures and as a page; for everybody, without single people."""

import datetime as dt
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kit.accounts import OUTLETS, PEOPLE, Clock, fill
from tests.kit.deliveries import NOW

from pressutskick.actions.accounts.reporting import (
    account_for,
    list_recipients,
    report_period,
    report_release,
)
from pressutskick.deliverylog.memory.log import MemoryDeliveryLog
from pressutskick.errors import UsageError
from pressutskick.report.account import Account
from pressutskick.report.cells import cell_text, page_document
from pressutskick.report.html import write_html
from pressutskick.report.page import Column, Page, Section, Table
from pressutskick.report.people import COLUMNS
from pressutskick.report.period import parse_period
from pressutskick.report.public import ENOUGH, make_public
from pressutskick.sentences import say


@pytest.fixture(scope="module")
def log() -> MemoryDeliveryLog:
    clock = Clock()
    log = MemoryDeliveryLog(now=clock.now)
    fill(log, clock)
    return log


@pytest.fixture(scope="module")
def account(log: MemoryDeliveryLog) -> Account:
    life = log.life("bron")
    assert life is not None
    return account_for(life, log)


@pytest.fixture(scope="module")
def page(account: Account) -> Page:
    return report_release(account)


def figures(page: Page, code: str) -> list[dict[str, object]]:
    rows = page_document(page)[code]
    assert isinstance(rows, list)
    return rows


def test_everybody_who_was_mailed_stands_in_one_state(page: Page) -> None:
    states = {row["state"]: row["people"] for row in figures(page, "states")}
    assert states == {"accepted": 28, "rejected": 1, "unknown": 1}
    assert figures(page, "skipped") == [{"reason": "opted_out", "people": 1}]


@pytest.mark.parametrize("code", ["outlets", "media_types"])
def test_groups_add_up_to_everybody(page: Page, code: str) -> None:
    rows = figures(page, code)
    totals = {key: sum(row[key] for row in rows) for key in rows[0] if key != "name"}  # type: ignore[misc]
    people, answers = {"people": 30, "accepted": 28, "failed": 1}, {"answered": 8, "coming": 6}
    assert totals == {**people, **answers, "came": 6}


def test_who_got_which_tells_every_combination(page: Page) -> None:
    found = {row["got"]: row["people"] for row in figures(page, "histories")}
    assert found == {
        "bron bron/correction/1 bron/reminder/1 bron/cancellation/1": 22,
        "bron bron/correction/1 bron/cancellation/1": 5,
        "bron": 1,
        "": 2,
    }


def test_first_and_last_minute_are_those_of_the_mail_server(page: Page) -> None:
    moments = {row["what"]: row["when"] for row in figures(page, "moments")}
    assert moments["first"] == (NOW + dt.timedelta(seconds=10)).isoformat()
    assert moments["last"] == (NOW + dt.timedelta(seconds=30)).isoformat()
    assert sum(int(str(row["mails"])) for row in figures(page, "pace")) == 27


def test_what_came_back_is_counted_by_its_kind(page: Page) -> None:
    found = {row["what"]: row["people"] for row in figures(page, "replies_and_answers")}
    assert found == {
        "bounce": 1,
        "absence": 1,
        "coming": 6,
        "declined": 2,
        "guests": 2,
        "came": 6,
        "walk_ins": 1,
    }


def test_decisions_are_told_in_their_order_with_their_words(page: Page) -> None:
    assert [row["what"] for row in figures(page, "decisions")] == [
        "approved",
        "leave",
        "cancelled",
        "confirmed",
    ]
    (*_, cancelled) = (table for table in page.tables if table.code == "decisions")
    assert "Storm & regn" in str(cancelled.rows[-2][1])


def test_an_outlet_that_is_served_twice_before_others_is_noticed() -> None:
    clock = Clock()
    log = MemoryDeliveryLog(now=clock.now)
    fill(log, clock, sorted(PEOPLE, key=lambda each: each.outlet or ""))
    life = log.life("bron")
    assert life is not None
    assert account_for(life, log).ledger.out_of_turn > 0


def test_each_recipient_has_a_row_the_skipped_too(log: MemoryDeliveryLog, account: Account) -> None:
    rows = list(list_recipients(account, log))
    assert len(rows) == 31
    assert all(len(row) == len(COLUMNS) for row in rows)


def test_a_period_counts_what_began_in_it(log: MemoryDeliveryLog) -> None:
    page = report_period(parse_period("2026-Q4"), log)
    assert [row["accepted"] for row in figures(page, "dispatches")] == [28, 27, 22, 27]
    sunday = figures(page, "weekdays")[6]
    assert sunday == {"weekday": "7", "mails": 28, "answered": 8}
    assert figures(page, "lists") == [
        {"list": "redaktioner.csv", "people": 30, "failed": 1, "left": 1}
    ]
    assert figures(report_period(parse_period("2026-10"), log), "dispatches") == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-q4", "2026-10-01", "2026-12-31"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
    ],
)
def test_a_period_is_a_year_a_quarter_or_a_month(text: str, first: str, last: str) -> None:
    period = parse_period(text)
    assert (str(period.first), str(period.last)) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-00", "2026-Q5", "26", "0000", "9999", "i år"]
)
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(UsageError):
        parse_period(text)


def table_of(rows: list[tuple[str, int, int]]) -> Table:
    columns = tuple(Column.of(code, say("x")) for code in ("name", "people", "answered"))
    return Table(code="t", caption=say("x"), columns=columns, rows=tuple(rows), of_groups=True)


groups = st.lists(
    st.tuples(st.text(max_size=5), st.integers(1, 30), st.integers(0, 30)).map(
        lambda each: (each[0], each[1], min(each[1], each[2]))
    ),
    max_size=12,
)


@given(groups)
def test_no_small_group_or_number_is_told_to_everybody(rows: list[tuple[str, int, int]]) -> None:
    page = Page(title="x", sections=(Section(heading=say("x"), tables=(table_of(rows),)),))
    (table,) = make_public(page).tables
    sizes = [row[1] for row in table.rows]
    assert all(isinstance(size, int) and size >= ENOUGH for size in sizes)
    assert all(
        not isinstance(row[2], int)
        or row[2] == 0
        or (row[2] >= ENOUGH and row[2] + ENOUGH <= size)
        or row[2] == size
        for row, size in zip(table.rows, sizes, strict=True)
        if isinstance(size, int)
    )
    hidden = [row[2] for row in table.rows if not isinstance(row[2], int)]
    told = [row[2] for row in table.rows if isinstance(row[2], int) and row[2]]
    assert len(hidden) != 1 or not told


def test_everybody_reads_no_small_number_anywhere(account: Account) -> None:
    page = report_release(account, is_public=True)
    told = [str(sentence) for sentence in (*page.about, *page.lead)]
    assert not any("not reached" in each or "not known" in each for each in told)
    numbers = [cell for table in page.tables for row in table.rows for cell in row[1:]]
    assert not any(isinstance(cell, int) and 0 < cell < ENOUGH for cell in numbers)
    assert "Eva Ek" not in write_html(page, language="sv", tell=str)


def test_nobody_is_named_to_everybody(account: Account) -> None:
    html = write_html(report_release(account, is_public=True), language="sv", tell=str)
    assert all(person.mailbox.address not in html for person in PEOPLE)
    assert "tidning" not in html.replace("Nordsjötidningen", "").replace("dagstidning", "")


class Reader(HTMLParser):
    """Elements and their attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.seen if name == tag]


def test_the_page_has_no_script_and_loads_nothing(page: Page) -> None:
    html = write_html(page, language="sv", tell=str, colophon=say("Made by hand."))
    read = Reader(html)
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in read.seen}
    addresses = ("href", "src", "action", "data", "srcset")
    assert all(name not in attributes for _, attributes in read.seen for name in addresses)
    assert "url(" not in html
    assert "@import" not in html
    assert "&lt;bron&gt; &amp; parken" in html
    assert read.of("html") == [{"lang": "sv"}]


def test_each_chart_is_named_described_and_has_its_figures_beside_it(page: Page) -> None:
    read = Reader(write_html(page, language="sv", tell=str))
    drawn = [table for table in page.tables if table.drawn is not None]
    charts = read.of("svg")
    ids = [attributes["id"] for _, attributes in read.seen if "id" in attributes]
    assert len(charts) == len(drawn) > 3
    assert len(ids) == len(set(ids))
    for chart, table in zip(charts, drawn, strict=True):
        assert chart["role"] == "img"
        assert str(chart["aria-labelledby"]).split() == [
            f"{table.code}-title",
            f"{table.code}-desc",
        ]
        assert set(str(chart["aria-labelledby"]).split()) <= set(ids)
    bars = [float(bar["width"] or 0) for bar in read.of("rect")]
    assert len(bars) == sum(len(table.rows) for table in drawn)
    rows = sum(len(table.rows) for table in page.tables)
    assert sum(head.get("scope") == "row" for head in read.of("th")) == rows


def test_every_row_has_a_header_that_says_something(page: Page) -> None:
    heads = [row[0] for table in page.tables for row in table.rows]
    assert all(cell_text(head, str) for head in heads)


def test_what_servers_say_does_no_harm(account: Account) -> None:
    page = Page(title="\x1b[31m<script>alert(1)</script>\u202e", sections=())
    html = write_html(page, language="sv", tell=str)
    assert "<script>" not in html
    assert "\x1b" not in html
    assert "\u202e" not in html


def test_outlets_are_all_there(page: Page) -> None:
    assert {row["name"] for row in figures(page, "outlets")} == set(OUTLETS)
