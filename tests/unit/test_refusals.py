"""A column that says no is known as one, whichever way it says so."""

import pytest

from pressutskick.recipients.columns.refusals import says_no


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("status", "unsubscribed"),
        ("Status", "Bounced"),
        ("Email Status", "Hard-Bounced"),
        ("state", "blocklisted"),
        ("Status", "Slutat 2025"),
        ("Kommentar", "Vill inte ha mejl längre"),
        ("Vill ha pressinbjudan", "Nej"),
        ("Utskick", "nej"),
        ("GDPR", "Nej"),
        ("dnc_email", "1"),
        ("Do not contact", "Yes"),
        ("HasOptedOutOfEmail", "TRUE"),
        ("opt-out", "x"),
        ("Bounced", "true"),
        ("Blocklisted", "ja"),
        ("Spärrad", "x"),
        ("Slutat", "2026-01-02"),
        ("UNSUB_TIME", "2026-01-01 10:00:00"),
        ("Kontaktas ej", "x"),
        ("Ska inte ha utskick", "x"),
        ("Ej press", "x"),
        ("Prenumererar", "FALSE"),
        ("Aktiv", "0"),
        ("is_active", "False"),
        ("Nyhetsbrev", "N"),
        ("Consent", "no"),
    ],
)
def test_this_says_no(header: str, text: str) -> None:
    assert says_no(header, text)


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("status", "subscribed"),
        ("Status", "Aktiv"),
        ("dnc_email", "0"),
        ("bounced", "false"),
        ("opt_out", "Nej"),
        ("Spärr", "-"),
        ("UNSUB_TIME", "0000-00-00 00:00:00"),
        ("UNSUB_TIME", "NULL"),
        ("Prenumererar", "TRUE"),
        ("Aktiv", "1"),
        ("OPTIN_TIME", "2026-01-01"),
        ("Kommentar", "ring först"),
        ("Antal barn", "0"),
        ("Anteckning", "no 4 på listan"),
    ],
)
def test_this_does_not(header: str, text: str) -> None:
    assert not says_no(header, text)


@pytest.mark.parametrize(("text", "is_no"), [("0", True), ("falskt", True), ("1", False)])
def test_a_nought_is_a_no_where_a_person_said_what_the_column_is(text: str, is_no: bool) -> None:
    assert says_no("Kolumn 7", text, is_told=True) is is_no
    assert not says_no("Kolumn 7", text)
