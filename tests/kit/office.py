"""A workspace in memory with an invitation and a list, and what a communicator does in it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.kit.dispatch import JumpingClock
from tests.kit.life import INVITATION

from pressutskick.actions.announcing import prepare_announcement
from pressutskick.actions.finding import find_life
from pressutskick.actions.following.cancelling import call_off, prepare_cancellation
from pressutskick.actions.following.correcting import (
    begin_correction,
    open_changed,
    prepare_correction,
)
from pressutskick.actions.following.reminding import Reminded, remind_all
from pressutskick.actions.following.upcoming import Rules
from pressutskick.actions.gathering import Announcement
from pressutskick.actions.sending import render_all, run_sending
from pressutskick.actions.workbench import Pace, Workbench, open_workbench
from pressutskick.actions.workspace import Workspace
from pressutskick.assembly.memory import MemoryWorkspace
from pressutskick.dispatch.interfaces import OutboundMessage
from pressutskick.dispatch.run import RunResult
from pressutskick.errors import Problem
from pressutskick.mail import Mailbox
from pressutskick.message.rendering import TemplateSet
from pressutskick.recipients.model import Recipient
from pressutskick.settings.reading import read_settings
from pressutskick.sources.templates import read_templates
from pressutskick.transports.memory import MemoryTransport

ZONE = ZoneInfo("Europe/Stockholm")
FILE, LIST = "inbjudan.md", "press"
ANNA, BO, TIPS = "anna@posten.example", "bo@posten.example", "tips@radion.example"


@cache
def shipped() -> TemplateSet:
    return read_templates(None)


class Notices(list[Problem]):
    """Everything that an action found worth a look."""

    def show_problems(self, problems: Iterable[Problem]) -> None:
        self += problems

    def show_remarks(
        self, problems: Sequence[Problem], name: str, command: str, *, is_known: bool = False
    ) -> None:
        self += problems


class Office:
    """The communicator, who says yes to everything, and the newsrooms' mail."""

    def __init__(self) -> None:
        settings = read_settings(
            workspace=Path("nowhere"),
            environ={
                "PRESSUTSKICK_FROM": "Pressen i Åstad <press@astad.example>",
                "PRESSUTSKICK_SMTP_HOST": "smtp.astad.example",
            },
        )
        self.post = MemoryTransport()
        self.workspace = MemoryWorkspace(
            transport=self.post,
            settings=settings,
            templates=shipped(),
            clock=JumpingClock(),
            moment=dt.datetime(2026, 11, 25, 9, tzinfo=ZONE),
        )
        # mypy holds that the twin in memory is a workspace.
        self.seen: Workspace = self.workspace
        self.notices = Notices()
        self.write()
        self.invite(ANNA, BO, TIPS)

    def at(self, moment: str) -> "Office":
        self.workspace.moment = dt.datetime.fromisoformat(moment).replace(tzinfo=ZONE)
        return self

    def write(
        self, *, start: str = "12:30", end: str = "13:30", place: str = "Rådhuset", more: str = ""
    ) -> None:
        text = INVITATION.format(start=start, end=end, place=place, more=more)
        self.workspace.documents[FILE] = text

    def invite(self, *addresses: str) -> None:
        people = (Recipient(mailbox=Mailbox(address=address)) for address in addresses)
        self.workspace.lists[LIST] = tuple(people)

    def announce(self, **wishes: bool) -> RunResult:
        request = Announcement(file=FILE, lists=(LIST,), **wishes)  # type: ignore[arg-type]
        sending = prepare_announcement(request, self.seen, self.seen.now(), self.notices)
        render_all(sending)
        return run_sending(sending, self.seen)

    def correct(self) -> list[RunResult]:
        with open_workbench(self.seen, Pace()) as bench:
            life = find_life(bench.log, FILE, self.seen, now=bench.now)
            release, _ = open_changed(life, FILE, bench)
            correction = prepare_correction(life, release, FILE, bench)
            if correction is None:
                return []
            begin_correction(correction, bench)
            return [run_sending(sending, self.seen) for sending in correction.sendings]

    def cancel(self, reason: str | None = None) -> RunResult:
        with open_workbench(self.seen, Pace()) as bench:
            life = find_life(bench.log, FILE, self.seen, now=bench.now)
            sending = prepare_cancellation(life, reason, bench)
            call_off(life, bench)
            return run_sending(sending, self.seen)

    def remind(self) -> list[Reminded]:
        with open_workbench(self.seen, Pace(), is_asked=False) as bench:
            return list(remind_all(bench, Rules()))

    def bench(self) -> Workbench:
        with open_workbench(self.seen, Pace()) as bench:
            return bench

    def sent(self) -> list[OutboundMessage]:
        return self.post.messages

    def mails(self) -> Counter[str]:
        return Counter(each.envelope.forward_path for each in self.sent())
