"""What every delivery log promises about answers in full and about who came."""

import datetime as dt

from tests.contract.conftest import Clock
from tests.kit.deliveries import NOW, recipient
from tests.kit.logged import order_of, release, send

from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.door import AnswerDetails, Arrival
from pressutskick.dispatch.log import DeliveryLog

ANNA = recipient(1)
KEY = ANNA.mailbox.key
FULL = AnswerDetails(guests=2, has_photographer=True, note="ringde Åsa 1, vill ha bild")


def test_an_answer_keeps_all_that_belongs_to_it(log: DeliveryLog, clock: Clock) -> None:
    log.note_answer("bron", KEY, Answer.COMING, source="telefon", details=FULL)
    log.note_answer("annat", KEY, Answer.OTHER, source="")
    (kept,) = log.kept_answers("bron").values()
    assert (kept.answer, kept.source, kept.details) == (Answer.COMING, "telefon", FULL)
    assert kept.answered_at == clock.now()
    assert log.person(KEY).answers[1].details == FULL


def test_the_last_answer_counts_with_its_own_details(log: DeliveryLog) -> None:
    log.note_answer("bron", KEY, Answer.COMING, source="", details=FULL)
    log.note_answer("bron", KEY, Answer.DECLINED, source="mail")
    assert log.kept_answers("bron")[KEY].details == AnswerDetails()


def test_whoever_was_invited_comes_once_and_walk_ins_as_often_as_they_do(log: DeliveryLog) -> None:
    first = Arrival(key=KEY, came_at=NOW)
    assert log.note_arrival("bron", first)
    assert not log.note_arrival("bron", Arrival(key=KEY, came_at=NOW + dt.timedelta(minutes=1)))
    walk_in = Arrival(name="Kim", outlet="Posten", came_at=NOW)
    assert log.note_arrival("bron", walk_in)
    assert log.note_arrival("bron", walk_in)
    assert log.arrivals("bron") == (first, walk_in, walk_in)
    assert log.arrivals("annat") == ()


def test_an_erased_person_came_as_nobody(log: DeliveryLog) -> None:
    send(log, order_of(release()), [ANNA])
    log.note_answer("bron", KEY, Answer.COMING, source="", details=FULL)
    log.note_arrival("bron", Arrival(key=KEY, came_at=NOW))
    log.note_arrival("bron", Arrival(name="Åsa 1", outlet="Posten", came_at=NOW))
    log.erase(KEY)
    told = repr((log.kept_answers("bron"), log.arrivals("bron")))
    assert "Åsa" not in told
    assert KEY not in told
    assert len(log.arrivals("bron")) == 2


def test_who_came_goes_with_the_release_s_people(log: DeliveryLog, clock: Clock) -> None:
    send(log, order_of(release()), [ANNA])
    log.note_arrival("bron", Arrival(key=KEY, came_at=NOW))
    log.note_arrival("bron", Arrival(name="Kim", outlet="Posten", came_at=NOW))
    log.strip_old(clock.pass_by(days=400))
    told = repr(log.arrivals("bron"))
    assert KEY not in told
    assert "Kim" not in told
