"""A warning before the fourth mail in a week, and on a Friday afternoon; it stops nothing."""

import datetime as dt

import pytest
from tests.kit.office import ANNA, BO, Office

from pressutskick.actions.announcing import prepare_announcement
from pressutskick.actions.gathering import Announcement
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.frequency import warn_of_frequency
from pressutskick.dispatch.incoming import SentMail
from pressutskick.dispatch.records import DispatchKey
from pressutskick.mail import Mailbox
from pressutskick.recipients.model import Recipient

WEDNESDAY = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
READY = [Recipient(mailbox=Mailbox(address=address)) for address in (ANNA, BO)]


def sent(
    address: str, *, days: float = 1, status: DeliveryStatus = DeliveryStatus.ACCEPTED
) -> SentMail:
    return SentMail(
        delivery_id=1,
        dispatch=DispatchKey(release_id="bron"),
        key=address,
        status=status,
        moment=WEDNESDAY - dt.timedelta(days=days),
    )


def told(*mails: SentMail, limit: int | None = 3, moment: dt.datetime = WEDNESDAY) -> list[str]:
    found = warn_of_frequency(READY, mails, limit=limit, moment=moment)
    return [f"{each.code}: {each.sentence}" for each in found]


def test_the_fourth_mail_within_a_week_is_one_too_many() -> None:
    assert told(*[sent(ANNA)] * 2) == []
    (line,) = told(*[sent(ANNA)] * 3, sent(BO))
    assert line.startswith("too-often: With this one 1 recipient has more than 3 mails")
    assert ANNA in line
    assert BO not in line
    assert told(*[sent(ANNA)] * 9, limit=None) == []


def test_what_is_older_or_came_back_does_not_count() -> None:
    assert told(*[sent(ANNA, days=7.1)] * 9) == []
    assert told(*[sent(ANNA, status=DeliveryStatus.BOUNCED)] * 9) == []


@pytest.mark.parametrize(
    ("moment", "is_late"),
    [
        ("2026-11-27T13:59+01:00", False),
        ("2026-11-27T14:00+01:00", True),
        ("2026-11-27T13:30+00:00", True),
        ("2026-11-28T14:00+01:00", False),
    ],
)
def test_friday_afternoon_begins_at_two(moment: str, is_late: bool) -> None:
    found = told(moment=dt.datetime.fromisoformat(moment))
    assert [each.partition(":")[0] for each in found] == ["friday-afternoon"] * is_late


def test_an_announcement_is_cautioned_by_the_log_of_its_workspace() -> None:
    office = Office()
    for hour in range(3):
        office.at(f"2026-11-25T1{hour}:00")
        office.write(place=f"Hus {hour}", more=f"subject: Nummer {hour}\n")
        text = office.workspace.documents["inbjudan.md"]
        number = text.replace("id: invigning", f"id: nummer-{hour}")
        office.workspace.documents["inbjudan.md"] = number.replace("Invigning av", f"Nr {hour}")
        office.announce(is_new=True)
    office.at("2026-11-27T15:00").write()
    request = Announcement(file="inbjudan.md", lists=("press",))
    sending = prepare_announcement(request, office.seen, office.seen.now(), office.notices)
    assert [each.code for each in sending.cautions] == ["too-often", "friday-afternoon"]
