"""What follows from a reply at once, what is proposed, and what is none of ours."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.kit import incoming
from tests.kit import incoming_made as made
from tests.kit.deliveries import NOW

from pressutskick.actions.collecting import Collected, Collecting, decide, list_proposals
from pressutskick.deliverylog.memory.log import MemoryDeliveryLog
from pressutskick.dispatch.approval import Digests
from pressutskick.dispatch.correspondence import Answer
from pressutskick.dispatch.delivery import DeliveryStatus as S
from pressutskick.dispatch.incoming import IncomingState
from pressutskick.dispatch.interfaces import Decision, Outcome, Phase
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.records import DispatchKey, DispatchOrder, Snapshot
from pressutskick.mail import Mailbox, Reply
from pressutskick.message.compose import Composition, MessagePlan
from pressutskick.message.model import Purpose
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.suppression import SuppressionReason
from pressutskick.release.model import Release
from pressutskick.replies.mailbox import Progress, RawMail
from pressutskick.replies.verdict import ReplyKind
from pressutskick.sources.templates import read_templates

RELEASE = Release(id="bron", title="Invigning av bron", body="Nu öppnar bron.")
SENDER = Mailbox(address="press@astad.example", name="Pressen")
ANNA, BO = (
    Recipient(mailbox=Mailbox(address=f"{name}@posten.example"), name=name.title())
    for name in ("anna", "bo")
)
AFTERWARDS = NOW + dt.timedelta(hours=2)


class Box:
    """A mailbox in memory."""

    account = "box"

    def __init__(self, *mails: bytes) -> None:
        self._mails = mails

    def mails(self, progress: Progress) -> Iterator[RawMail]:
        for number, content in enumerate(self._mails, 1):
            place = f"{number}"
            if place not in progress.places:
                yield RawMail(name=f"{number}.eml", content=content, place=place)


class Sent:
    """A log, and the mails that it knows of, as their readers have them."""

    def __init__(self) -> None:
        self.log = MemoryDeliveryLog(now=lambda: NOW, key=b"k" * 32)
        self.mails: dict[str, EmailMessage] = {}
        self.send()

    def send(self, purpose: Purpose = Purpose.ANNOUNCE, *, server_id: str = "4F2") -> None:
        plan = MessagePlan(
            Composition(
                release=RELEASE,
                sender=SENDER,
                templates=read_templates(),
                key=self.log.key,
                date=NOW,
                purpose=purpose,
            )
        )
        digests = Digests(release="r", templates="t", selection="u", settings="v")
        order = DispatchOrder(
            key=DispatchKey(release_id="bron", purpose=purpose),
            title="Invigning av bron",
            snapshot=Snapshot(release="", digests=digests),
            created_at=NOW,
        )
        taken = Outcome(phase=Phase.FINAL, reply=Reply.parse(250, "ok"), server_id=server_id)

        async def act() -> None:
            for delivery in await opened.claim(9, NOW):
                message = plan.message(delivery.recipient)
                await opened.commit(delivery.id, message.message_id)
                await opened.record(delivery.id, taken, Decision(status=S.ACCEPTED))
                parsed = message_from_bytes(message.content, policy=policy.default)
                self.mails[delivery.recipient.mailbox.key] = parsed

        with self.log.begin(order, [PlanEntry(recipient=each) for each in (ANNA, BO)]) as opened:
            asyncio.run(act())

    def read(self, *mails: bytes, **more: bool) -> list[Collected]:
        return list(Collecting(self.log, AFTERWARDS, **more).read(Box(*mails)))

    def statuses(self, dispatch: int = 1) -> list[S]:
        return [each.status for each in self.log.deliveries(dispatch)]


@pytest.fixture
def sent() -> Sent:
    return Sent()


def annas(sent: Sent) -> EmailMessage:
    return sent.mails[ANNA.mailbox.key]


def test_a_bounce_lands_on_the_right_delivery_with_the_server_s_words(sent: Sent) -> None:
    (found,) = sent.read(made.bounce(annas(sent)))
    assert found.mail is not None
    assert found.mail.key == ANNA.mailbox.key
    assert sent.statuses() == [S.BOUNCED, S.ACCEPTED]
    (first, _) = sent.log.deliveries(1)
    assert str(first.reply) == "550 5.1.1 no such user"


def test_an_address_that_is_gone_is_proposed_and_barred_by_a_yes(sent: Sent) -> None:
    sent.read(made.bounce(annas(sent)))
    assert sent.log.suppressions().entries == {}
    (proposal,) = list_proposals(sent.log)
    assert decide(sent.log, proposal, is_right=True, now=AFTERWARDS)
    (entry,) = sent.log.suppressions().entries[ANNA.mailbox.key]
    assert entry.reason is SuppressionReason.BOUNCED
    assert list_proposals(sent.log) == ()


def test_a_no_leaves_the_address_and_is_asked_no_second_time(sent: Sent) -> None:
    sent.read(made.bounce(annas(sent)))
    (proposal,) = list_proposals(sent.log)
    assert decide(sent.log, proposal, is_right=False, now=AFTERWARDS)
    assert sent.log.suppressions().entries == {}
    sent.read(made.bounce(annas(sent)))
    assert len(list_proposals(sent.log)) <= 1


def test_a_full_mailbox_is_proposed_only_when_it_fails_twice_in_a_row(sent: Sent) -> None:
    sent.read(made.bounce(annas(sent), "552 5.2.2 mailbox full"))
    assert list_proposals(sent.log) == ()
    sent.send(Purpose.REMINDER)
    sent.read(b"", made.bounce(annas(sent), "552 5.2.2 mailbox full"))
    (proposal,) = list_proposals(sent.log)
    assert not proposal.is_permanent


def test_a_delay_changes_nothing(sent: Sent) -> None:
    sent.read(made.bounce(annas(sent), "451 4.4.1 no answer", action="delayed"))
    assert sent.statuses() == [S.ACCEPTED, S.ACCEPTED]
    assert [each.kind for each in sent.log.incoming()] == [ReplyKind.DELAY]


def test_a_bounce_of_somebody_else_s_mail_is_left_alone(sent: Sent) -> None:
    foreign = made.bounce(annas(sent)).decode()
    for ours in (str(annas(sent)["Message-ID"]), str(annas(sent)["X-Pressutskick-Id"])):
        foreign = foreign.replace(ours, ours.replace(ours[1:9], "deadbeef"))
    assert sent.read(foreign.encode()) == []
    assert sent.statuses() == [S.ACCEPTED, S.ACCEPTED]


def test_a_bounce_that_shows_no_ids_is_told_by_address_and_time(sent: Sent) -> None:
    text = incoming.read_file("bounce", "swedish-words").decode()
    text = text.replace("bo@radion.example", ANNA.mailbox.address)
    near = text.replace("30 Nov 2026", "23 Nov 2026")
    late = text.replace("30 Nov 2026", "30 Dec 2026")
    found = sent.read(near.encode(), late.encode(), with_others=True)
    assert [each.mail is not None for each in found] == [True, False]


def test_the_relay_s_own_id_is_known(sent: Sent) -> None:
    sent.send(Purpose.REMINDER, server_id="<XYZ@relay.example>")
    text = made.answer(annas(sent), "Kommer!").decode()
    ours = str(annas(sent)["Message-ID"])
    (found,) = sent.read(text.replace(ours, "<XYZ@relay.example>").encode())
    assert found.mail is not None
    assert found.mail.dispatch.purpose is Purpose.REMINDER


def test_an_answer_is_proposed_with_its_words_and_set_by_a_yes(sent: Sent) -> None:
    sent.read(made.answer(annas(sent), "Vi tackar nej den här gången."))
    assert sent.log.answers("bron") == {}
    (proposal,) = list_proposals(sent.log)
    assert proposal.words == "Vi tackar nej den här gången."
    decide(sent.log, proposal, is_right=True, now=AFTERWARDS)
    assert sent.log.answers("bron") == {ANNA.mailbox.key: Answer.DECLINED}


def test_an_answer_from_another_mailbox_belongs_to_whoever_was_invited(sent: Sent) -> None:
    sent.read(made.answer(annas(sent), "Vi kommer!", sender="lisa@posten.example"))
    (proposal,) = list_proposals(sent.log)
    assert proposal.key == ANNA.mailbox.key
    assert proposal.words == "lisa@posten.example: Vi kommer!"


def test_a_calendar_s_answer_is_set_at_once(sent: Sent) -> None:
    sent.read(made.calendar_reply(annas(sent), uid="bron@astad.example"))
    assert sent.log.answers("bron") == {ANNA.mailbox.key: Answer.COMING}
    assert list_proposals(sent.log) == ()


def test_a_calendar_never_overrules_what_a_person_has_noted(sent: Sent) -> None:
    sent.log.note_answer("bron", ANNA.mailbox.key, Answer.DECLINED, source="telefon")
    sent.read(made.calendar_reply(annas(sent), uid="bron@astad.example"))
    assert sent.log.answers("bron") == {ANNA.mailbox.key: Answer.DECLINED}
    assert [each.attendance for each in list_proposals(sent.log)] == [Answer.COMING]


def test_the_token_of_our_mail_ends_all_mail_at_once(sent: Sent) -> None:
    sent.read(made.opt_out(annas(sent)))
    (entry,) = sent.log.suppressions().entries[ANNA.mailbox.key]
    assert entry.reason is SuppressionReason.OPT_OUT


def test_the_token_counts_whoever_sends_it(sent: Sent) -> None:
    text = made.opt_out(annas(sent)).replace(b"From: anna@", b"From: other@")
    sent.read(text)
    assert set(sent.log.suppressions().entries) == {ANNA.mailbox.key}


def test_a_token_that_is_nobody_s_ends_nothing(sent: Sent) -> None:
    stranger = incoming.read_file("opt-out", "token").replace(b"anna@posten", b"kim@annat")
    assert sent.read(stranger) == []
    assert sent.log.suppressions().entries == {}


def test_a_wish_among_other_words_is_proposed(sent: Sent) -> None:
    sent.read(made.answer(annas(sent), "Ta bort mig från listan, tack."))
    assert sent.log.suppressions().entries == {}
    (proposal,) = list_proposals(sent.log)
    decide(sent.log, proposal, is_right=True, now=AFTERWARDS)
    (entry,) = sent.log.suppressions().entries[ANNA.mailbox.key]
    assert entry.reason is SuppressionReason.OPT_OUT


def test_an_absence_is_news_and_who_has_left_is_proposed(sent: Sent) -> None:
    sent.read(
        made.absence(annas(sent), "Jag är ledig och tillbaka den 7 december."),
        made.absence(sent.mails[BO.mailbox.key], "Bo har slutat. Kontakta lisa@posten.example."),
    )
    away, left = sent.log.incoming()
    assert (away.state, left.state) == (IncomingState.NEWS, IncomingState.PROPOSED)
    assert left.absence is not None
    assert left.absence.deputy == "lisa@posten.example"


def test_a_forwarded_bounce_is_no_bounce(sent: Sent) -> None:
    bounce = made.bounce(annas(sent)).decode()
    head = "From: eva@astad.example\nSubject: VB: studs\nDate: Mon, 23 Nov 2026 10:00:00 +0100\n"
    head += 'Content-Type: multipart/mixed; boundary="o"\n\n--o\nContent-Type: text/plain\n\n'
    mail = f"{head}Se bifogat.\n\n--o\nContent-Type: message/rfc822\n\n{bounce}\n--o--\n"
    assert sent.read(mail.encode()) == []
    assert sent.statuses() == [S.ACCEPTED, S.ACCEPTED]


def test_the_gravest_is_asked_first(sent: Sent) -> None:
    sent.read(
        made.answer(annas(sent), "Kommer!"),
        made.answer(annas(sent), "Ta bort mig, tack."),
        made.bounce(sent.mails[BO.mailbox.key]),
    )
    kinds = [each.kind for each in list_proposals(sent.log)]
    assert kinds == [ReplyKind.BOUNCE, ReplyKind.OPT_OUT, ReplyKind.ANSWER]


def test_a_second_reading_finds_nothing_new(sent: Sent) -> None:
    mails = (made.bounce(annas(sent)), made.answer(annas(sent), "Kommer!"))
    assert [each.is_new for each in sent.read(*mails)] == [True, True]
    assert sent.read(*mails) == []
    assert len(sent.log.incoming()) == 2


def test_the_same_mail_in_two_places_counts_once(sent: Sent) -> None:
    mail = made.answer(annas(sent), "Kommer!")
    assert [each.is_new for each in sent.read(mail, mail.replace(b"\n", b"\r\n"))] == [True, False]
    assert len(sent.log.incoming()) == 1


def test_a_dry_reading_keeps_nothing(sent: Sent) -> None:
    (found,) = sent.read(made.bounce(annas(sent)), is_dry=True)
    assert found.reply is not None
    assert sent.log.incoming() == ()
    assert sent.statuses() == [S.ACCEPTED, S.ACCEPTED]


@pytest.mark.parametrize("path", incoming.files(), ids=incoming.name_of)
@pytest.mark.parametrize("stands_in", ["anna@posten.example", "bo@radion.example", ""])
def test_a_glance_passes_nothing_over_that_is_ours(path: Path, stands_in: str, sent: Sent) -> None:
    """Whoever wrote or was not reached is one of ours, or nobody; the thread is ours, or none."""
    ours = str(annas(sent)["Message-ID"])
    text = path.read_bytes().replace(
        b"<0123456789abcdef0123456789abcdef@astad.example>", ours.encode()
    )
    text = text.replace(b"30 Nov 2026", b"23 Nov 2026")
    if stands_in:
        text = text.replace(stands_in.encode(), ANNA.mailbox.address.encode())
    else:
        text = text.replace(ours.encode(), b"<x@y.example>")
    (judged,) = sent.read(text, is_dry=True, with_others=True)
    passed = sent.read(text, is_dry=True)
    assert (judged.mail is None) == (passed == [])
