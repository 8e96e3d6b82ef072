"""Eagerness: a few go in turn, one connection tries, and what it learns holds for all."""

from pathlib import Path

import pytest

from pressutskick.dispatch.interfaces import Fault, Outcome, Phase
from pressutskick.mail import Reply
from pressutskick.transports.eagerness import FIRST_IN_TURN, Eagerness, wants_its_turn

LOST = Outcome(phase=Phase.MAIL, fault=Fault.LOST)


def refused(code: int, phase: Phase = Phase.MAIL) -> Outcome:
    return Outcome(phase=phase, reply=Reply(code=code))


def trying(where: str = "relay.example:587", notes: Path | None = None) -> Eagerness:
    """The first few have gone in turn, and one tries now."""
    eagerness = Eagerness(where=where, notes=notes)
    assert [eagerness.allows() for _ in range(FIRST_IN_TURN)] == [False] * FIRST_IN_TURN
    assert eagerness.allows()
    return eagerness


def test_one_tries_and_the_others_wait_until_it_has_worked() -> None:
    eagerness = trying()
    assert not eagerness.allows()
    eagerness.prove()
    assert [eagerness.allows(), eagerness.allows()] == [True, True]


@pytest.mark.parametrize(
    "outcome",
    [
        refused(503),
        refused(550),
        *(Outcome(phase=Phase.MAIL, fault=Fault(name)) for name in ("lost", "cut_off", "timeout")),
    ],
)
def test_the_first_bad_answer_ends_it(outcome: Outcome) -> None:
    eagerness = trying()
    assert eagerness.doubt(outcome)
    assert not eagerness.allows()


@pytest.mark.parametrize(
    "outcome",
    [
        refused(421),
        refused(452),
        refused(503, Phase.RCPT),
        Outcome(phase=Phase.MAIL, fault=Fault.STOPPED),
    ],
)
def test_what_is_not_about_its_place_lets_another_try(outcome: Outcome) -> None:
    eagerness = trying()
    assert not eagerness.doubt(outcome)
    assert eagerness.allows()


def test_once_proven_only_a_bad_sequence_ends_it() -> None:
    eagerness = trying()
    eagerness.prove()
    assert not eagerness.doubt(LOST)
    assert not eagerness.doubt(refused(550))
    assert not eagerness.suspect(refused(554, Phase.FINAL))
    assert eagerness.allows()
    assert eagerness.doubt(refused(503))
    assert not eagerness.allows()


def test_a_content_refused_during_the_trial_is_asked_again_in_turn() -> None:
    eagerness = trying()
    assert not eagerness.suspect(refused(451, Phase.FINAL))
    assert eagerness.suspect(refused(554, Phase.FINAL))
    assert not eagerness.allows()


def test_a_later_run_knows_the_relay_and_no_other(tmp_path: Path) -> None:
    notes = tmp_path / "state" / "relays"
    assert trying(notes=notes).doubt(LOST)
    assert trying(notes=notes, where="other.example:587").doubt(LOST)
    assert notes.read_text("utf-8") == "relay.example:587\nother.example:587\n"
    known = Eagerness(where="relay.example:587", notes=notes)
    assert not any(known.allows() for _ in range(2 * FIRST_IN_TURN))


def test_a_refused_mail_alone_is_no_lasting_mark(tmp_path: Path) -> None:
    notes = tmp_path / "relays"
    assert trying(notes=notes).doubt(refused(550))
    assert not notes.exists()


def test_notes_that_cannot_be_kept_stop_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert trying(notes=tmp_path / "file" / "relays").doubt(LOST)


@pytest.mark.parametrize(
    ("greeting", "keywords", "shy"),
    [
        ("mail.example ESMTP Haraka/3.1.0 ready", (), True),
        ("mail.example Dovecot ready.", ("pipelining",), True),
        ("mail.example ESMTP", ("pipelining", "burl"), True),
        ("mail.example ESMTP Postfix", ("pipelining", "chunking"), False),
    ],
)
def test_relays_that_are_known_to_want_their_turn(
    greeting: str, keywords: tuple[str, ...], shy: bool
) -> None:
    assert wants_its_turn(greeting, keywords) is shy
