"""Over real invitations: no sentence stands twice in a mail, and no subject says a thing twice.

A small dose of them; `make mails` takes all.
"""

import datetime as dt
import os
import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.unit.test_compose import ANNA, compose

from pressutskick.actions.opening import open_release
from pressutskick.checks import check_release
from pressutskick.message.dates import name_day_pattern
from pressutskick.message.headline import guess_subject
from pressutskick.message.wire.mime import Draft
from pressutskick.release.model import Release
from pressutskick.sources.documents.document import read_document

DATA = Path(__file__).parents[1] / "data"
NOW = dt.datetime(2026, 8, 27, 8, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
STEP = 1 if os.environ.get("EVERY_MAIL") else 5
FILES = [
    *sorted((DATA / "invitations").glob("*.txt"))[1::STEP],
    *sorted((DATA / "invitations_own").glob("*.txt"))[1::STEP],
]
#: Two of them in a line say the same thing twice; `inbjudan till pressträff` is one.
KIND = re.compile(
    r"(?:inbjudan|invitation) till (?=press)|pressinbjudan|presseinvitation|presseinvitasjon"
    r"|presskonferens|pressträff|pressvisning|pressfrukost|pressmöte|media advisory"
    r"|press invitation|pressekonferanse|pressemøde|inbjudan",
    re.IGNORECASE,
)
#: Contacts and the ways to register tell who and how, again and again with right.
_WAYS = re.compile(
    r"\n(?:Anmälan|RSVP|Påmelding|Tilmelding): .*?\n\n"
    r"|\n(?:PRESSKONTAKT|PRESSEKONTAKT|PRESS CONTACT|MEDVERKANDE|SPEAKERS|MEDVIRKENDE)\n.*\Z",
    re.DOTALL,
)


def list_sentences(draft: Draft) -> Iterator[str]:
    """What the text part says in six words or more; a place may be told with each session."""
    text = _WAYS.sub("\n\n", draft.text.replace("\u00a0", " ").partition("\n—\n")[0])
    for sentence in re.split(r"\n\s*\n|(?<=[.!?])\s+", text):
        words = re.findall(r"\w+", re.sub(r"\S+@\S+", "", sentence).lower())
        if len(words) >= 6:
            yield " ".join(words)


def judge(release: Release) -> Iterator[str]:
    """Everything that the mail says twice."""
    draft = compose(release=release, date=NOW, organisation="Åstads kommun").draft(ANNA)
    sentences = list(list_sentences(draft))
    yield from {each for each in sentences if sentences.count(each) > 1}
    kinds = [each for each in KIND.findall(draft.subject) if "till" not in each]
    if len(kinds) > 1 and " till " not in "".join(KIND.findall(draft.subject)):
        yield draft.subject
    day = release.event.date if release.event else None
    if day and len(re.findall(name_day_pattern(day), draft.subject, re.IGNORECASE)) > 1:
        yield draft.subject
    if re.search(r"<h[234][^>]*>\s*</h|</h[234]>\s*</td>", draft.html):
        yield "a heading without text"


@pytest.mark.campaign
def test_no_mail_says_anything_twice_and_long_subjects_are_told() -> None:
    twice, untold, long = {}, [], 0
    for file in FILES:
        reading = open_release(read_document(str(file)), now=NOW).reading
        if not reading.release.title:
            continue
        if told := list(judge(reading.release)):
            twice[file.stem] = told
        problems = check_release(reading, now=NOW, text=file.read_text("utf-8"))
        is_long = len(guess_subject(reading.release)) > 78
        long += is_long
        if is_long is not any(each.code == "title-long" for each in problems):
            untold.append(file.stem)
    assert (twice, untold) == ({}, [])
    assert long > 3
