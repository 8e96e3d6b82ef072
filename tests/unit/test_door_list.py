"""Who comes through the door, by outlet: invited, answered, arrived, walked in."""

import datetime as dt

from pressutskick.dispatch.correspondence import Answer, Correspondent, Mail
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.door import (
    AnswerDetails,
    Arrival,
    DoorList,
    KeptAnswer,
    find_invited,
    list_door,
)
from pressutskick.mail import Mailbox
from pressutskick.message.model import Purpose
from pressutskick.recipients.model import Recipient

NOON = dt.datetime(2026, 12, 2, 11, tzinfo=dt.UTC)


def person(address: str, *, is_informed: bool = True, **more: str) -> Correspondent:
    recipient = Recipient(mailbox=Mailbox(address=address), **more)  # type: ignore[arg-type]
    mail = Mail(
        dispatch_id=1,
        purpose=Purpose.ANNOUNCE,
        recipient=recipient,
        status=DeliveryStatus.ACCEPTED if is_informed else DeliveryStatus.REJECTED,
        moment=NOON,
        message_id="<a@astad.example>",
    )
    return Correspondent(recipient=recipient, mails=(mail,))


ANNA = person("anna@posten.example", name="Anna Berg", outlet="Posten")
ANNIKA = person("annika@posten.example", name="Annika Bergman", outlet="Posten")
DESK = person("tips@radion.example", desk="Tipsredaktionen", outlet="Radion")
LOOSE = person("bo@frilans.example", name="Bo Ek")
REFUSED = person("nej@borta.example", is_informed=False, outlet="Borta")
INVITED = {each.recipient.mailbox.key: each for each in (DESK, LOOSE, ANNIKA, ANNA, REFUSED)}


def coming(guests: int = 0) -> KeptAnswer:
    details = AnswerDetails(guests=guests, has_photographer=bool(guests))
    return KeptAnswer(answer=Answer.COMING, source="telefon", answered_at=NOON, details=details)


def door() -> DoorList:
    return list_door(
        INVITED,
        {"anna@posten.example": coming(2), "tips@radion.example": coming()},
        [
            Arrival(came_at=NOON, key="anna@posten.example"),
            Arrival(came_at=NOON, key="bo@frilans.example"),
            Arrival(came_at=NOON, name="Eva Lind", outlet="Bladet"),
        ],
    )


def test_everybody_stands_with_their_outlet_and_those_without_one_last() -> None:
    assert [(row.outlet, row.name) for row in door().rows] == [
        ("Bladet", "Eva Lind"),
        ("Posten", "Anna Berg"),
        ("Posten", "Annika Bergman"),
        ("Radion", "Tipsredaktionen"),
        ("", "Bo Ek"),
    ]


def test_who_never_got_it_stands_there_only_once_they_answered() -> None:
    assert "Borta" not in {row.outlet for row in door().rows}
    answered = list_door(INVITED, {"nej@borta.example": coming()}, [])
    assert "Borta" in {row.outlet for row in answered.rows}


def test_heads_are_counted_with_their_guests() -> None:
    seen = door()
    assert (seen.expected, seen.came) == (4, 5)
    assert [row.name for row in seen.walk_ins] == ["Eva Lind"]
    assert [row.name for row in seen.of(None)] == ["Annika Bergman", "Bo Ek"]


def test_a_name_at_the_door_means_the_whole_name_before_a_part_of_one() -> None:
    assert find_invited(INVITED, "ANNA BERG") == (ANNA.recipient,)
    assert find_invited(INVITED, "tips@radion.example") == (DESK.recipient,)
    found = find_invited(INVITED, "berg")
    assert {each.name for each in found} == {"Anna Berg", "Annika Bergman"}
    assert find_invited(INVITED, "Karin") == ()
