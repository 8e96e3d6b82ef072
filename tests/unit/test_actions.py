"""What a communicator does, driven over memory: no file, no database, no connection."""

import email
import email.policy
from dataclasses import replace

import pytest
from tests.kit.deliveries import LOST_AFTER_DOT, NO_SUCH_USER
from tests.kit.office import ANNA, BO, FILE, TIPS, Office

from pressutskick.actions.finding import find_dispatch, find_life
from pressutskick.actions.sending import gravest
from pressutskick.actions.workbench import Pace
from pressutskick.assembly.memory import MemoryWorkspace
from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.errors import (
    ExitStatus,
    InputError,
    InputNotFound,
    SettingsError,
)
from pressutskick.sentences import say


@pytest.fixture
def office() -> Office:
    return Office()


def test_everybody_is_invited_once_however_often_it_is_asked(office: Office) -> None:
    assert office.announce().status is ExitStatus.OK
    assert office.announce().accepted == 0
    assert office.mails() == {ANNA: 1, BO: 1, TIPS: 1}


def test_who_joins_the_list_gets_what_the_others_have(office: Office) -> None:
    office.announce()
    office.invite(ANNA, BO, TIPS, "sen@kanalen.example")
    assert office.announce().accepted == 1


def test_an_edit_is_not_sent_to_some_and_not_to_others(office: Office) -> None:
    office.announce()
    office.write(start="14:00", end="15:00")
    with pytest.raises(InputError) as caught:
        office.announce()
    assert [each.code for each in caught.value.problems] == ["changed-when"]
    assert office.mails().total() == 3


def test_a_correction_tells_those_who_got_it_once(office: Office) -> None:
    office.announce()
    office.write(start="14:00", end="15:00")
    (result,) = office.correct()
    assert result.accepted == 3
    (again,) = office.correct()
    assert again.accepted == 0
    mails = [
        email.message_from_bytes(each.wire, policy=email.policy.default)
        for each in office.sent()[3:]
    ]
    assert all(str(mail["Subject"]).startswith("Ny tid") for mail in mails)


def test_nothing_changed_is_no_correction(office: Office) -> None:
    office.announce()
    assert office.correct() == []


def test_a_cancellation_is_the_last_that_anybody_gets(office: Office) -> None:
    office.announce()
    assert office.cancel("Sjukdom").accepted == 3
    assert office.at("2026-12-01T08:00").remind() == []
    with pytest.raises(InputError):
        office.announce()
    assert office.mails() == {ANNA: 2, BO: 2, TIPS: 2}


def test_a_reminder_goes_to_who_has_not_answered(office: Office) -> None:
    office.announce()
    office.bench().log.note_answer("invigning", BO, Answer.DECLINED, source="telefon")
    assert office.at("2026-12-01T07:59").remind() == []
    (reminded,) = office.at("2026-12-01T08:00").remind()
    assert reminded.status is ExitStatus.OK
    assert office.remind() == []
    assert office.mails() == {ANNA: 2, BO: 1, TIPS: 2}


def test_who_was_refused_in_an_earlier_run_is_not_forgotten(office: Office) -> None:
    office.post.planned = {BO: [NO_SUCH_USER]}
    assert office.announce().status is ExitStatus.REFUSED
    bench = office.bench()
    (record,) = bench.log.dispatches()
    assert record.counts[DeliveryStatus.REJECTED] == 1


def test_an_unknown_outcome_is_not_sent_again(office: Office) -> None:
    office.post.planned = {BO: [LOST_AFTER_DOT]}
    assert office.announce().status is ExitStatus.UNKNOWN
    office.announce()
    assert office.mails() == {ANNA: 1, TIPS: 1}


def test_who_perhaps_got_it_is_told_what_no_longer_holds(office: Office) -> None:
    office.post.planned = {BO: [LOST_AFTER_DOT]}
    office.announce()
    office.write(start="14:00", end="15:00")
    office.correct()
    assert office.mails() == {ANNA: 2, BO: 1, TIPS: 2}
    assert office.cancel().accepted == 3


class Unserved(MemoryWorkspace):
    """A workspace from which nothing could be sent."""

    def require_relay(self) -> None:
        raise SettingsError(say("No mail server is configured."))


def test_without_a_sender_no_log_begins(office: Office) -> None:
    office.workspace.settings = replace(office.workspace.settings, sender=None)
    with pytest.raises(SettingsError):
        office.announce()
    assert not office.workspace.has_log()


def test_without_a_relay_no_log_begins(office: Office) -> None:
    known = office.workspace
    office.seen = unserved = Unserved(
        settings=known.settings,
        templates=known.templates,
        clock=known.clock,
        moment=known.moment,
        documents=known.documents,
        lists=known.lists,
    )
    with pytest.raises(SettingsError):
        office.announce()
    assert not unserved.has_log()


def test_a_dry_run_leaves_nothing_behind(office: Office) -> None:
    office.announce(is_dry=True)
    assert not office.workspace.has_log()


def test_what_is_not_known_is_told_with_what_is_near(office: Office) -> None:
    office.announce()
    bench = office.bench()
    for find in (
        lambda: find_life(bench.log, "invigninx", office.seen, now=bench.now),
        lambda: find_dispatch(bench.log, "7", office.seen, now=bench.now),
        lambda: find_dispatch(bench.log, "borta/reminder/1", office.seen, now=bench.now),
    ):
        with pytest.raises(InputNotFound):
            find()
    assert find_life(bench.log, FILE, office.seen, now=bench.now).release.id == "invigning"


def test_a_dispatch_is_found_by_whatever_names_it(office: Office) -> None:
    office.announce()
    bench = office.bench()
    for name in ("1", "invigning", "invig", "newest", "Senaste", FILE):
        assert find_dispatch(bench.log, name, office.seen, now=bench.now).id == 1
    assert find_life(bench.log, "inv", office.seen, now=bench.now).release.id == "invigning"


def test_of_several_statuses_the_gravest_is_told() -> None:
    assert gravest([]) is ExitStatus.OK
    assert gravest([ExitStatus.REFUSED, ExitStatus.UNKNOWN, ExitStatus.OK]) is ExitStatus.UNKNOWN
    assert gravest([ExitStatus.TEMPORARY, ExitStatus.REFUSED]) is ExitStatus.TEMPORARY


def test_a_pace_takes_its_limits_from_the_settings(office: Office) -> None:
    options = Pace().options(office.workspace.settings)
    assert options.connections == office.workspace.settings.connections
