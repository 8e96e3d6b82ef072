"""What a mail is that came back, and what follows from its words."""

import datetime as dt
from pathlib import Path

import pytest
from tests.kit import incoming

from pressutskick.replies.reading import read_reply
from pressutskick.replies.verdict import Absence, Attendance

OUR_ID = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize("path", incoming.files(), ids=incoming.name_of)
def test_each_mail_is_taken_for_what_it_is(path: Path) -> None:
    assert read_reply(path.read_bytes()).kind == path.parent.name


def test_there_are_enough_ordinary_mails_to_mean_something() -> None:
    assert len(incoming.files(*incoming.ORDINARY)) >= 60


@pytest.mark.parametrize("path", incoming.files("bounce", "delay", "success"), ids=incoming.name_of)
def test_a_report_names_who_was_not_reached(path: Path) -> None:
    (address,) = read_reply(path.read_bytes()).addresses
    assert address in ("bo@radion.example", "tips@radion.example")


@pytest.mark.parametrize(
    ("name", "status", "is_permanent"),
    [
        ("postfix-unknown-user", "5.1.1", True),
        ("microsoft-no-such-recipient", "5.1.10", True),
        ("exim-plain-text", None, True),
        ("opensmtpd-plain-text", "5.1.1", True),
        ("qmail-plain-text", "5.1.1", True),
        ("swedish-words", "5.1.1", True),
        ("broken-boundary", "5.1.1", True),
        ("postfix-full-mailbox", "5.2.2", False),
        ("postfix-gave-up-after-days", "4.4.1", False),
        ("google-blocked-as-spam", "5.7.1", False),
        ("microsoft-not-allowed", "5.7.133", False),
        ("exchange-online-sv-no-such-user", "5.1.10", True),
        ("exchange-2003-sv", "5.1.1", True),
        ("exchange-onprem-sv-full", "5.2.2", False),
        ("exchange-online-tls-expired", "4.4.7", False),
        ("exchange-online-spf-refused", "5.7.23", False),
        ("postfix-domain-not-found", "5.4.4", True),
        ("postfix-greylist-expired", "4.2.0", False),
        ("exim-spam-refused", "5.7.1", False),
        ("qmail-timeout", "4.4.1", False),
        ("gmail-over-quota", "4.2.2", False),
        ("icloud-full", "5.2.2", False),
        ("yahoo-deferred-out", None, False),
        ("domino-sv-no-route", "5.0.0", False),
        ("barracuda-blocked", "5.7.1", False),
        ("mimecast-rejected", None, False),
        ("zimbra-over-quota", "5.2.2", False),
        ("dovecot-sieve-refuses", None, False),
        ("gateway-in-its-own-name", "5.1.1", True),
    ],
)
def test_an_address_is_gone_for_good_only_where_nobody_is_there(
    name: str, status: str | None, is_permanent: bool
) -> None:
    verdict = read_reply(incoming.read_file("bounce", name))
    assert (verdict.status and str(verdict.status)) == status
    assert verdict.is_permanent is is_permanent


@pytest.mark.parametrize(
    "name", ["postfix-unknown-user", "exim-plain-text", "opensmtpd-plain-text", "qmail-plain-text"]
)
def test_a_report_refers_to_our_mail_wherever_it_quotes_it(name: str) -> None:
    clues = read_reply(incoming.read_file("bounce", name)).clues
    assert clues.message_ids == (f"{OUR_ID}@astad.example",)
    assert clues.delivery_ids == (OUR_ID,)


@pytest.mark.parametrize(
    ("name", "attendance", "has_photographer"),
    [
        ("kommer", Attendance.COMING, False),
        ("kommer-garna", Attendance.COMING, True),
        ("skickar-fotograf", Attendance.COMING, True),
        ("kan-inte-men-fotograf", Attendance.COMING, True),
        ("kommer-kanske", Attendance.OTHER, False),
        ("tackar-nej", Attendance.DECLINED, False),
        ("kan-inte", Attendance.DECLINED, False),
        ("hinner-inte", Attendance.DECLINED, False),
        ("norsk-ja", Attendance.COMING, False),
        ("norsk-nei", Attendance.DECLINED, False),
        ("dansk-ja", Attendance.COMING, False),
        ("dansk-nej", Attendance.DECLINED, False),
        ("english-yes", Attendance.COMING, False),
        ("english-no", Attendance.DECLINED, False),
        ("html-only", Attendance.COMING, False),
        ("outlook-english", Attendance.COMING, False),
    ],
)
def test_an_answer_is_read_in_four_languages_and_never_certain(
    name: str, attendance: Attendance, has_photographer: bool
) -> None:
    verdict = read_reply(incoming.read_file("answer", name))
    assert verdict.attendance is attendance
    assert verdict.has_photographer is has_photographer
    assert not verdict.is_certain


def test_the_words_of_an_answer_are_the_person_s_own() -> None:
    assert read_reply(incoming.read_file("answer", "kommer")).words == "Kommer!"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("exchange-sv", Absence(back=dt.date(2026, 12, 7), deputy="desken@posten.example")),
        ("gmail-vacation", Absence(back=dt.date(2026, 12, 5))),
        ("foraldraledig", Absence(back=dt.date(2027, 4, 1), deputy="lisa@posten.example")),
        ("slutat", Absence(deputy="kim@posten.example", has_left=True)),
        ("no-longer-with", Absence(deputy="desk@gazette.example", has_left=True)),
        ("dansk", Absence(back=dt.date(2026, 12, 7))),
        ("norsk", Absence(back=dt.date(2026, 12, 3))),
        ("suomi", Absence(back=dt.date(2026, 12, 7))),
        ("fi-vuosiloma", Absence(back=dt.date(2026, 12, 8), deputy="toimitus@lehti.example")),
        ("no-ferie-autosvar", Absence(back=dt.date(2026, 12, 7))),
        ("da-fratraadt", Absence(deputy="red@avisen.example", has_left=True)),
        ("de-ausgeschieden", Absence(deputy="redaktion@zeitung.example", has_left=True)),
        ("sv-tjansteresa", Absence(back=dt.date(2026, 12, 7))),
        ("deutsch", Absence(back=dt.date(2026, 12, 5), deputy="redaktion@zeitung.example")),
    ],
)
def test_an_absence_tells_the_day_of_return_and_who_stands_in(name: str, expected: Absence) -> None:
    assert read_reply(incoming.read_file("absence", name)).absence == expected


@pytest.mark.parametrize(
    ("name", "attendance", "is_certain"),
    [
        ("accepted", Attendance.COMING, True),
        ("declined", Attendance.DECLINED, True),
        ("tentative", Attendance.OTHER, False),
    ],
)
def test_a_calendar_s_answer_names_the_release(
    name: str, attendance: Attendance, is_certain: bool
) -> None:
    verdict = read_reply(incoming.read_file("calendar", name))
    assert (verdict.attendance, verdict.is_certain) == (attendance, is_certain)
    assert verdict.addresses == ("anna@posten.example",)
    assert verdict.clues.releases == ("invigning",)


@pytest.mark.parametrize(
    ("name", "is_certain"),
    [
        ("token", True),
        ("apple-follows-list-unsubscribe", True),
        ("alone", True),
        ("unsubscribe-alone", True),
        ("ta-bort-mig", False),
        ("english-sentence", False),
        ("complaint", False),
    ],
)
def test_an_opt_out_is_certain_where_the_mail_says_nothing_else(
    name: str, is_certain: bool
) -> None:
    assert read_reply(incoming.read_file("opt-out", name)).is_certain is is_certain


def test_the_token_of_an_opt_out_is_found() -> None:
    verdict = read_reply(incoming.read_file("opt-out", "token"))
    assert verdict.clues.tokens == ("fedcba9876543210",)


def test_a_complaint_names_whose_it_is() -> None:
    verdict = read_reply(incoming.read_file("opt-out", "complaint"))
    assert verdict.addresses == ("bo@radion.example",)
