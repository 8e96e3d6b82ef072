"""A composition for tests that care how a message travels, not what it says."""

import datetime as dt
from zoneinfo import ZoneInfo

from pressutskick.mail import Mailbox
from pressutskick.message.compose import Composition
from pressutskick.message.model import AttachedFile
from pressutskick.release.model import Event, Release
from pressutskick.sources.templates import read_templates


def make_composition() -> Composition:
    return Composition(
        release=Release(
            id="invigning",
            title="Invigning av bron",
            body="Nu öppnar bron – för alla.",
            event=Event(date=dt.date(2026, 12, 1), start=dt.time(10), place="Bron, Åstad"),
        ),
        sender=Mailbox(address="press@astad.example", name="Pressen i Åstad"),
        templates=read_templates(),
        key=b"k" * 32,
        date=dt.datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm")),
        files=(AttachedFile(filename="å.txt", media_type="text/plain", content=b"x" * 100),),
    )
