"""Telling people that they are on a list, and writing to ourselves: driven over memory."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from tests.kit.office import ANNA, BO, LIST, Office

from pressutskick.actions.letter import await_letter, send_letter
from pressutskick.actions.recipients.informing import (
    find_told,
    find_uninformed,
    require_finished,
    wishes_to_note,
)
from pressutskick.errors import ExitStatus, InputError
from pressutskick.message.model import Message
from pressutskick.recipients.fields import Field
from pressutskick.release.document import parse_document
from pressutskick.replies.mailbox import Progress, RawMail

TEXT = """---
kind: information
title: Du står på vår presslista
---

Vi är {who}. Läs mer på [vår sida](https://astad.example/press).
Din adress kommer från [källan].
"""


@pytest.fixture
def office() -> Office:
    return Office()


def test_only_people_whom_nobody_has_told_are_told(office: Office) -> None:
    rows = [replace(row, name="Anna Berg") for row in office.workspace.lists[LIST][:1]]
    desk = office.workspace.lists[LIST][1]
    told = replace(rows[0], informed=dt.date(2026, 1, 7))
    assert find_uninformed([*rows, desk], {}) == (rows[0],)
    assert find_uninformed([told], {}) == ()
    assert find_uninformed(rows, {ANNA: dt.date(2026, 1, 7)}) == ()


def test_the_day_that_is_noted_is_the_day_on_which_the_mail_was_taken(office: Office) -> None:
    log = office.seen.open_log()
    assert find_told(log, "invigning") == {}
    office.announce()
    told = find_told(log, "invigning")
    assert told[BO] == dt.date(2026, 11, 25)
    rows = office.workspace.lists[LIST]
    wishes = wishes_to_note([replace(rows[0], informed=dt.date(2025, 1, 1)), rows[1]], told)
    assert [(each.address, each.days) for each in wishes] == [
        (BO, {Field.INFORMED: dt.date(2026, 11, 25)})
    ]


def test_a_text_with_blanks_left_is_not_sent_and_a_link_is_none() -> None:
    text = TEXT.format(who="[kommunen]")
    release = parse_document(text).release
    with pytest.raises(InputError) as caught:
        require_finished(release, text, "information.md")
    assert [(each.origin.line, str(each.sentence)) for each in caught.value.problems] == [
        (6, "this is still to be filled in: [kommunen]"),
        (7, "this is still to be filled in: [källan]"),
    ]
    done = TEXT.format(who="Åstads kommun").replace("[källan]", "er webbplats")
    require_finished(parse_document(done).release, done, "information.md")
    other = done.replace("kind: information", "kind: release")
    with pytest.raises(InputError, match="no information"):
        require_finished(parse_document(other).release, other, "inbjudan.md")


# A letter to ourselves ----------------------------------------------------------------------------


@dataclass
class Shelf:
    """A mailbox in memory, in which the letter arrives when it has been looked into so often."""

    mails_there: list[bytes]
    arrives_after: int = 0
    looks: int = 0
    asked: list[Progress] = field(default_factory=list)
    account: str = "press@astad.example"

    def mails(self, progress: Progress) -> Iterator[RawMail]:
        self.asked.append(progress)
        self.looks += 1
        shown = self.mails_there if self.looks > self.arrives_after else self.mails_there[:1]
        for number, content in enumerate(shown):
            if str(number) not in progress.places:
                yield RawMail(name=str(number), place=str(number), content=content)


def send(office: Office) -> Message:
    message, sample = send_letter(
        office.seen, "press@astad.example", title="Ett brev till oss själva", text="Hej."
    )
    assert sample.status is ExitStatus.OK
    return message


def test_the_letter_is_found_among_other_mail_and_told_as_it_arrived(office: Office) -> None:
    message = send(office)
    verdict = b"Authentication-Results: mx.astad.example; spf=pass smtp.mailfrom=astad.example\r\n"
    shelf = Shelf([b"Subject: annat\r\n\r\nHej\r\n", verdict + message.content], arrives_after=2)
    pauses: list[int] = []
    facts = await_letter(message, shelf, office.seen.now(), office.seen, lambda: pauses.append(1))
    assert facts is not None
    assert (facts.address, facts.has_html, facts.has_files) == ("press@astad.example", True, True)
    assert facts.authentication
    assert len(pauses) == 2
    # What was looked at once is not looked at again.
    assert "0" in shelf.asked[-1].places


def test_a_letter_that_never_comes_is_given_up(office: Office) -> None:
    message, pauses = send(office), []
    found = await_letter(
        message, Shelf([b"\r\n"]), office.seen.now(), office.seen, lambda: pauses.append(1)
    )
    assert found is None
    assert len(pauses) == 23
