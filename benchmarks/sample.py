"""The message that all contestants send: a press invitation of about 12 KB, personal in each part."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pressutskick.dispatch.approval import Digests
from pressutskick.dispatch.interfaces import Delivery, OutboundMessage
from pressutskick.dispatch.plan import PlanEntry
from pressutskick.dispatch.records import DispatchKey, DispatchOrder, Snapshot
from pressutskick.mail import Language, Mailbox
from pressutskick.message.compose import Composition, MessagePlan
from pressutskick.message.model import AttachedFile
from pressutskick.recipients.model import Recipient
from pressutskick.release.document import format_document
from pressutskick.release.model import Contact, Event, Kind, Release, Rsvp, Speaker
from pressutskick.sources.templates import read_templates

MOMENT = dt.datetime(2026, 8, 27, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))

PARAGRAPH = (
    "Välkommen till invigningen av det nya hamnbadet. Kommunalrådet och byggledaren tar emot på "
    "kajen, berättar om åren av arbete och svarar på frågor. Det finns tid för enskilda "
    "intervjuer och för bilder från piren."
)

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//pressutskick//benchmark//SV\r\n"
    "METHOD:PUBLISH\r\nBEGIN:VEVENT\r\nUID:bench@astad.example\r\nDTSTAMP:20260827T070000Z\r\n"
    "DTSTART:20260904T080000Z\r\nDTEND:20260904T093000Z\r\nSUMMARY:Invigning av hamnbadet\r\n"
    "LOCATION:Hamnbadet\\, Kajgatan 1\\, Åstad\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def release() -> Release:
    return Release(
        id="benchmark",
        title="Invigning av hamnbadet",
        kind=Kind.INVITATION,
        language=Language.SWEDISH,
        published=MOMENT,
        lead=PARAGRAPH,
        body="\n\n".join([PARAGRAPH] * 3),
        event=Event(
            date=dt.date(2026, 9, 4),
            start=dt.time(10),
            end=dt.time(11, 30),
            place="Hamnbadet, Kajgatan 1, Åstad",
        ),
        rsvp=Rsvp(email="press@astad.example", deadline=dt.date(2026, 9, 2)),
        speakers=(Speaker(name="Åsa Öberg", title="kommunalråd"),),
        contacts=(
            Contact(name="Örjan Ek", phones=("031-390 06 11",), emails=("press@astad.example",)),
        ),
    )


def message_plan(key: bytes = b"benchmark-benchmark") -> MessagePlan:
    return MessagePlan(
        Composition(
            release=release(),
            sender=Mailbox(address="press@astad.example", name="Pressen i Åstad"),
            templates=read_templates(),
            key=key,
            date=MOMENT,
            organisation="Åstads kommun",
            files=(
                AttachedFile(
                    filename="inbjudan.ics",
                    media_type="text/calendar; method=PUBLISH; charset=utf-8",
                    content=CALENDAR.encode(),
                ),
            ),
        )
    )


def composer() -> Callable[[Delivery], OutboundMessage]:
    """What the engine asks for a delivery's message."""
    plan = message_plan()

    def compose(delivery: Delivery) -> OutboundMessage:
        return OutboundMessage.of(plan.message(delivery.recipient))

    return compose


def recipient(number: int) -> Recipient:
    return Recipient(
        mailbox=Mailbox(
            address=f"desk{number}@newsdesk{number % 40}.example", name=f"Åsa {number} Lind"
        ),
        name=f"Åsa {number} Lind",
        first_name=f"Åsa {number}",
        outlet=f"Tidning {number % 40}",
    )


def entries(count: int, start: int = 0):
    return (PlanEntry(recipient=recipient(number)) for number in range(start, start + count))


def order() -> DispatchOrder:
    digests = Digests(release="a", templates="b", selection="c", settings="d")
    return DispatchOrder(
        key=DispatchKey(release_id="benchmark"),
        title="Invigning av hamnbadet",
        snapshot=Snapshot(release="benchmark", digests=digests),
        created_at=MOMENT,
    )


def write_workspace(folder: Path, count: int) -> None:
    """A workspace as a person has one: settings, the release some days ahead, and a list."""
    day = dt.datetime.now(MOMENT.tzinfo).date() + dt.timedelta(days=14)
    whole = release()
    assert whole.event is not None
    assert whole.rsvp is not None
    ahead = replace(
        whole,
        published=dt.datetime.now(MOMENT.tzinfo).replace(second=0, microsecond=0),
        event=replace(whole.event, date=day),
        rsvp=replace(whole.rsvp, deadline=day - dt.timedelta(days=2)),
    )
    Path(folder, "release.md").write_text(format_document(ahead), "utf-8")
    Path(folder, ".env").write_text("PRESSUTSKICK_FROM=Pressen <press@astad.example>\n", "utf-8")
    with Path(folder, "list.csv").open("w", encoding="utf-8") as stream:
        stream.write("e-post;namn;redaktion;språk;taggar\n")
        for each in map(recipient, range(count)):
            words = (each.mailbox.address, each.name, each.outlet, "sv", "lokalt, kultur")
            stream.write(";".join(map(str, words)) + "\n")
