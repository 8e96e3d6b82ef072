"""One message: what a newsdesk gets, from the very bytes that are handed over."""

import datetime as dt
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pressutskick.errors import InputError
from pressutskick.mail import Language, Mailbox
from pressutskick.message.compose import Composition, MessagePlan
from pressutskick.message.headline import guess_subject
from pressutskick.message.model import AttachedFile, Change, ChangedField, Message, News, Purpose
from pressutskick.recipients.model import Recipient
from pressutskick.release.model import (
    Contact,
    Event,
    Kind,
    Release,
    ReleaseStatus,
    Rsvp,
    Session,
    Speaker,
)
from pressutskick.sources.templates import read_templates

TEMPLATES = read_templates()
SENDER = Mailbox(address="press@exempelstad.example", name="Pressjouren Exempelstad")
ANNA = Recipient(
    mailbox=Mailbox(address="anna.aberg@posten.example", name="Anna Åberg"),
    name="Anna Åberg",
    first_name="Anna",
    outlet="Exempelposten",
)
DESK = Recipient(mailbox=Mailbox(address="red@radio.example"), outlet="Radio Väst")
INVITATION = Release(
    id="samverkanslokal",
    title="Pressinbjudan: Ny lokal på torget invigs",
    lead="Onsdag 4 september invigs en ny lokal på torget.",
    body="## Det här är lokalen\n\n- Nära **torget**.\n- Öppen för alla.\n\n.\n.börjar med punkt",
    event=Event(
        date=dt.date(2024, 9, 4), start=dt.time(12, 30), end=dt.time(13, 30), place="Torget 11"
    ),
    rsvp=Rsvp(
        name="Kim Ahlgren",
        phones=("031-390 06 81",),
        email="kim@exempelstad.example",
        deadline=dt.date(2024, 9, 3),
    ),
    speakers=(Speaker(name="Max Olsén", title="polis"),),
    contacts=(Contact(name="Åsa Öberg", emails=("asa@exempelstad.example",)),),
)


def compose(**changes: Any) -> MessagePlan:
    given: dict[str, Any] = {
        "release": INVITATION,
        "sender": SENDER,
        "organisation": "Exempelstad",
        "templates": TEMPLATES,
        "key": b"k" * 32,
        "date": dt.datetime(2024, 9, 2, 8, 0, tzinfo=ZoneInfo("Europe/Stockholm")),
    }
    return MessagePlan(Composition(**{**given, **changes}))


def parse(message: Message) -> EmailMessage:
    parsed = email.message_from_bytes(message.content, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def text_of(message: Message, kind: str = "plain") -> str:
    part = parse(message).get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n").replace("\u00a0", " ")


def walk(parsed: EmailMessage) -> Iterator[EmailMessage]:
    return (part for part in parsed.walk() if isinstance(part, EmailMessage))


def test_headers_stand_once_each_and_say_what_they_should() -> None:
    parsed = parse(compose().message(ANNA))
    assert parsed.items()[:5] == [
        ("From", "Pressjouren Exempelstad <press@exempelstad.example>"),
        ("Reply-To", "Pressjouren Exempelstad <press@exempelstad.example>"),
        ("To", "Anna Åberg <anna.aberg@posten.example>"),
        ("Subject", "Pressinbjudan 4/9: Ny lokal på torget invigs"),
        ("Date", "Mon, 02 Sep 2024 08:00:00 +0200"),
    ]
    assert len(parsed.keys()) == len(set(parsed.keys()))
    assert all(part.defects == [] for part in walk(parsed))
    assert compose().verified_message(ANNA).content == compose().message(ANNA).content


def test_bytes_are_seven_bit_with_crlf_and_short_lines() -> None:
    content = compose().message(ANNA).content
    assert content.isascii()
    assert content.replace(b"\r\n", b"").find(b"\n") == -1
    assert content.replace(b"\r\n", b"").find(b"\r") == -1
    header, _, body = content.partition(b"\r\n\r\n")
    assert max(map(len, header.split(b"\r\n"))) <= 998
    assert max(map(len, body.split(b"\r\n"))) <= 76
    assert content.endswith(b"\r\n")


def test_the_wire_has_its_dots_doubled() -> None:
    file = AttachedFile(filename="a.txt", media_type="text/plain", content=b".\r\n.." * 99)
    message = compose(files=(file,)).message(ANNA)
    lines = message.content.split(b"\r\n")
    stuffed = [b"." + line if line.startswith(b".") else line for line in lines]
    assert stuffed == b"".join(message.wire_pieces).split(b"\r\n")
    assert len(message.content) == message.size


def test_facts_come_before_the_text_in_perfect_swedish() -> None:
    text = text_of(compose().message(ANNA))
    assert text.startswith("Pressinbjudan: Ny lokal på torget invigs\n\nHej Anna,\n\nNär: ")
    assert "När: onsdag 4 september 2024 kl. 12.30–13.30\nVar: Torget 11\n" in text
    assert "\nkim@exempelstad.example\nAnmäl senast: tisdag 3 september 2024\n" in text
    assert "DET HÄR ÄR LOKALEN\n\n• Nära torget.\n• Öppen för alla.\n" in text
    assert "*" not in text
    assert "\n\n\n" not in text


def test_a_registration_without_a_name_stands_behind_its_label() -> None:
    text = text_of(
        compose(release=replace(INVITATION, rsvp=Rsvp(email="press@astad.example"))).message(ANNA)
    )
    assert "Anmälan: press@astad.example\n" in text


def test_a_contact_without_title_has_no_empty_line() -> None:
    contact = Contact(name="Pressjouren", phones=("031-390 06 00",))
    html = text_of(compose(release=replace(INVITATION, contacts=(contact,))).message(ANNA), "html")
    assert "</strong><br><a" in "".join(html.split("\n"))


def test_a_desk_is_greeted_as_a_newsroom() -> None:
    assert "\n\nTill redaktionen\n\n" in text_of(compose().message(DESK))


@pytest.mark.parametrize(
    ("language", "greeting", "when"),
    [
        (Language.ENGLISH, "Hello Anna,", "When: Wednesday 4 September 2024, 12:30–13:30"),
        (Language.NORWEGIAN, "Hei Anna,", "Når: onsdag 4. september 2024 kl. 12.30–13.30"),
        (Language.DANISH, "Hej Anna,", "Hvornår: onsdag den 4. september 2024 kl. 12.30–13.30"),
    ],
)
def test_labels_follow_the_language_of_the_release(
    language: Language, greeting: str, when: str
) -> None:
    release = Release(id="a", title="Ny lokal", language=language, event=INVITATION.event)
    text = text_of(compose(release=release).message(ANNA))
    assert f"\n\n{greeting}\n\n" in text
    assert when in text


def test_html_has_language_headings_and_links_and_nothing_remote() -> None:
    html = text_of(compose().message(ANNA), "html")
    assert '<html lang="sv" dir="ltr"' in html
    assert html.count("<h1") == 1
    assert 'href="tel:+46313900681"' in html
    assert 'href="mailto:kim@exempelstad.example?subject=Anm%C3%A4lan%3A%20' in html
    assert not any(word in html for word in ("src=", "url(", "@import", "<link", "<script"))


def test_the_same_dispatch_and_address_always_give_the_same_bytes() -> None:
    first, again = compose().message(ANNA), compose().message(ANNA)
    assert first.content == again.content
    other = compose(purpose=Purpose.REMINDER).message(ANNA)
    assert first.message_id != other.message_id != compose().message(DESK).message_id


def test_an_optout_proves_where_it_came_from() -> None:
    ours, theirs = compose(), compose(key=b"l" * 32)
    link = ours.draft(ANNA).unsubscribe
    assert link in parse(ours.message(ANNA))["List-Unsubscribe"]
    assert re.search(r"%20[0-9a-f]{16}\Z", link)
    assert len({link, theirs.draft(ANNA).unsubscribe, ours.draft(DESK).unsubscribe}) == 3


@pytest.mark.parametrize(
    ("changes", "subject"),
    [
        ({"purpose": Purpose.REMINDER}, "Påminnelse: Pressinbjudan 4/9: "),
        ({"purpose": Purpose.CORRECTION}, "Rättelse: Pressinbjudan 4/9: "),
        ({"purpose": Purpose.CANCELLATION}, "Inställt: Pressinbjudan 4/9: "),
    ],
)
def test_a_later_mail_says_what_it_is(changes: dict[str, Any], subject: str) -> None:
    assert subject + "Ny lokal på torget invigs" == compose(**changes).message(ANNA).subject


@pytest.mark.parametrize(
    ("news", "words"),
    [
        ((News.NEW_PLACE,), "Ny plats"),
        ((News.NEW_TIME, News.NEW_PLACE), "Ny tid och plats"),
        ((News.CORRECTION, News.NEW_PLACE), "Ny plats"),
        ((News.CLARIFICATION,), "Förtydligande"),
        ((News.CLARIFICATION, News.CORRECTION), "Rättelse"),
    ],
)
def test_what_is_new_is_told_in_subject_and_heading(news: tuple[News, ...], words: str) -> None:
    """Whoever reads the subject alone must not go to the old place."""
    changes = tuple(
        Change(field=ChangedField.PLACE, before="a", after="b", news=each) for each in news
    )
    message = compose(purpose=Purpose.CORRECTION, changes=changes).message(ANNA)
    assert message.subject.startswith(f"{words}: ")
    assert f"{words.upper()}\n" in text_of(message)


def test_a_changed_time_is_told_as_such() -> None:
    change = Change(
        field=ChangedField.WHEN, before="kl. 12.30", after="kl. 14.00", news=News.NEW_TIME
    )
    message = compose(purpose=Purpose.CORRECTION, changes=(change,)).message(ANNA)
    assert message.subject.startswith("Ny tid: ")
    text = text_of(message)
    assert "NY TID\n" in text
    assert "Tid\nDet stod: kl. 12.30\nNu gäller: kl. 14.00\n" in text


def test_a_cancellation_asks_nobody_to_come() -> None:
    message = compose(purpose=Purpose.CANCELLATION, reason="Stormvarning").message(ANNA)
    text = text_of(message)
    assert "INSTÄLLT\nDet vi bjöd in till onsdag 4 september 2024 är inställt.\n" in text
    assert "Orsak: Stormvarning" in text
    assert "Anmälan:" not in text
    assert "invigs en ny lokal" not in text
    assert "När: onsdag 4 september 2024" in text


def test_a_reply_carries_the_thread_of_that_very_recipient() -> None:
    earlier = ("<a@x.example>", "<b@x.example>")
    parsed = parse(compose(purpose=Purpose.REMINDER, is_unattended=True).message(ANNA, earlier))
    assert parsed["In-Reply-To"] == "<b@x.example>"
    assert parsed["References"] == "<a@x.example> <b@x.example>"
    assert parsed["Auto-Submitted"] == "auto-generated"


def test_files_keep_name_type_and_octets() -> None:
    file = AttachedFile(
        filename="Åsas karta över torget.pdf",
        media_type="application/pdf",
        content=bytes(range(256)) * 9,
    )
    message = compose(files=(file,)).message(ANNA)
    (part,) = parse(message).iter_attachments()
    assert file.filename == part.get_filename()
    assert part.get_content_type() == "application/pdf"
    assert file.content == part.get_payload(decode=True)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Pressinbjudan: Ny lokal", "Ny lokal"),
        ("PÅMINNELSE: Pressinbjudan – Ny lokal", "PÅMINNELSE: Ny lokal"),
        ("Presseinvitasjon: Nytt hus", "Nytt hus"),
        ("Pressemeddelelse: Nyt hus", "Nyt hus"),
        ("Press release: New house", "New house"),
        ("Inställt möte", "Inställt möte"),
        ("Pressinbjudan - Ny lokal", "Ny lokal"),
        ("Pressinbjudan om planen för lokalen", "Planen för lokalen"),
        ("Pressinbjudan Så byggs lokalen", "Så byggs lokalen"),
        ("Pressinbjudan 4 september: Ny lokal", "Ny lokal"),
        ("Inbjudan till invigning av lokalen", "Invigning av lokalen"),
        ("Inbjudan till media: Ny lokal", "Ny lokal"),
        ("VB: Inbjudan: Ny lokal", "Ny lokal"),
        ("Pressekreteraren visar lokalen", "Pressekreteraren visar lokalen"),
    ],
)
def test_a_label_in_the_title_is_not_said_twice(title: str, headline: str) -> None:
    message = compose(release=replace(INVITATION, title=title)).message(ANNA)
    assert message.subject == f"Pressinbjudan 4/9: {headline}"


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Pressträff: Ny lokal", "4/9 Pressträff: Ny lokal"),
        ("Inbjudan till pressträff om lokalen", "4/9 Pressträff om lokalen"),
        ("Välkommen till pressvisning", "4/9 Välkommen till pressvisning"),
        ("Press- och fotovisning", "4/9 Press- och fotovisning"),
        ("Pressinbjudan", "4/9 Pressinbjudan"),
        ("Bron invigs onsdag 4 september", "Pressinbjudan: Bron invigs onsdag 4 september"),
        ("Bron invigs 14 september", "Pressinbjudan 4/9: Bron invigs 14 september"),
        ("Pressmöte den 4/9", "Pressmöte den 4/9"),
    ],
)
def test_a_subject_has_one_kind_and_one_day(title: str, subject: str) -> None:
    release = replace(INVITATION, title=title)
    assert compose(release=release).message(ANNA).subject == subject == guess_subject(release)


def test_a_note_that_the_text_says_already_has_no_section_of_its_own() -> None:
    release = replace(
        INVITATION,
        body="Ta med presskort! Fotografera gärna, *bron är ny*.",
        photo_note="Fotografera gärna, bron är ny. Stativ finns.",
        accreditation="Ta med presskort.",
    )
    text = text_of(compose(release=release).message(ANNA))
    assert "FOTO OCH INTERVJUER\n\nStativ finns.\n" in text
    assert "ACKREDITERING" not in text
    plain = replace(release, body="Kom!")
    assert "ACKREDITERING\n\nTa med presskort.\n" in text_of(compose(release=plain).message(ANNA))


@pytest.mark.parametrize(
    "body",
    [
        "## Invigningstalare\n\nMax Olsén, polis",
        "Medverkande:\\\nMax Olsén (S), polis",
        "Medverkande: polis Max Olsén (S), med flera",
    ],
)
def test_speakers_whom_the_body_lists_are_not_listed_twice(body: str) -> None:
    text = text_of(compose(release=replace(INVITATION, body=body)).message(ANNA))
    assert text.count("Max Olsén") == 1
    assert text_of(compose().message(ANNA)).count("• Max Olsén, polis") == 1


def test_an_embargo_stands_in_subject_first_lines_and_file_names() -> None:
    zone = ZoneInfo("Europe/Stockholm")
    release = replace(INVITATION, embargo=dt.datetime(2024, 9, 3, 9, 0, tzinfo=zone))
    file = AttachedFile(filename="a.pdf", media_type="application/pdf", content=b"")
    message = compose(release=release, files=(file,)).message(ANNA)
    assert message.subject.startswith("Embargo: Pressinbjudan 4/9: ")
    told = "Embargo: får publiceras tidigast tisdag 3 september 2024 kl. 09.00."
    assert text_of(message).split("\n")[0] == told
    assert told in text_of(message, "html")
    (part,) = parse(message).iter_attachments()
    assert part.get_filename() == "EMBARGO a.pdf"
    later = dt.datetime(2024, 9, 3, 9, 1, tzinfo=zone)
    assert "Embargo" not in text_of(compose(release=release, date=later).message(ANNA))


def test_a_press_release_without_event_needs_none() -> None:
    release = Release(id="b", kind=Kind.RELEASE, title="Ny bro", lead="Bron är klar.", body="Text.")
    text = text_of(compose(release=release).message(DESK))
    assert "Pressmeddelande: Ny bro\n\nTill redaktionen\n\nBron är klar.\n\nText.\n" in text
    assert "När" not in text


@pytest.mark.parametrize("bad", ["<a@b>\r\nBcc: y@example.org", "=?utf-8?q?a=0D=0ABcc:_y?="])
def test_a_message_id_from_elsewhere_cannot_become_a_header(bad: str) -> None:
    with pytest.raises(InputError, match="another header"):
        compose().message(ANNA, [bad])


def test_a_fault_in_a_template_names_file_and_line() -> None:
    from pressutskick.message.rendering import TemplateSet, TemplateText

    own = TemplateText(name="invitation.txt.j2", text="a\nb {{ recipient.nmae }}", file="own.j2")
    plan = compose(templates=TemplateSet((own, *TEMPLATES.templates)))
    with pytest.raises(InputError) as caught:
        plan.message(ANNA)
    assert "own.j2:2: the template cannot be used" in str(caught.value)
    assert "nmae" in str(caught.value)


@pytest.mark.parametrize(("day", "is_told"), [(3, True), (4, False)])
def test_a_reminder_tells_no_deadline_that_has_passed(day: int, is_told: bool) -> None:
    date = dt.datetime(2024, 9, day, 8, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
    message = compose(purpose=Purpose.REMINDER, date=date).message(ANNA)
    assert ("Anmäl senast" in text_of(message)) is is_told
    assert ("Anmäl senast" in text_of(message, "html")) is is_told
    assert "kim@exempelstad.example" in text_of(message)


@pytest.mark.parametrize(
    ("title", "status", "purpose", "subject"),
    [
        ("Inställt: Ny lokal", ReleaseStatus.ORIGINAL, Purpose.ANNOUNCE,
         "Pressinbjudan 4/9: Inställt: Ny lokal"),
        ("Inställd: Ny lokal", ReleaseStatus.CANCELLATION, Purpose.ANNOUNCE,
         "Inställt: Pressinbjudan 4/9: Ny lokal"),
        ("Ny tid: Pressinbjudan: Ny lokal", ReleaseStatus.ORIGINAL, Purpose.ANNOUNCE,
         "Pressinbjudan 4/9: Ny tid: Ny lokal"),
        ("Pressinbjudan: Ny tid – Ny lokal", ReleaseStatus.TIME_CHANGE, Purpose.ANNOUNCE,
         "Ny tid: Pressinbjudan 4/9: Ny lokal"),
        ("Ny plats: Ny lokal", ReleaseStatus.CORRECTION, Purpose.ANNOUNCE,
         "Rättelse: Pressinbjudan 4/9: Ny plats: Ny lokal"),
        ("Ny plats: Ny lokal", ReleaseStatus.ORIGINAL, Purpose.REMINDER,
         "Påminnelse: Pressinbjudan 4/9: Ny lokal"),
    ],
)  # fmt: skip
def test_what_a_title_says_first_is_said_once_and_never_lost(
    title: str, status: ReleaseStatus, purpose: Purpose, subject: str
) -> None:
    release = replace(INVITATION, title=title, status=status)
    assert compose(release=release, purpose=purpose).message(ANNA).subject == subject


SESSIONS = (
    Session(date=dt.date(2024, 9, 4), start=dt.time(9), title="Visning"),
    Session(date=dt.date(2024, 9, 5), start=dt.time(10), title="Öppet hus"),
)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_an_event_whose_days_stand_in_its_sessions_tells_them(purpose: Purpose) -> None:
    """A cancellation that names no day leaves the newsroom guessing."""
    release = replace(INVITATION, event=Event(sessions=SESSIONS))
    message = compose(release=release, purpose=purpose).message(ANNA)
    assert "Pressinbjudan 4/9: " in message.subject
    assert "När: onsdag 4 september – torsdag 5 september 2024\n" in text_of(message)
    if purpose is Purpose.CANCELLATION:
        told = "Det vi bjöd in till onsdag 4 september – torsdag 5 september 2024 är inställt."
        assert told in text_of(message)


def test_the_only_session_gives_the_clock_too() -> None:
    message = compose(release=replace(INVITATION, event=Event(sessions=SESSIONS[:1]))).message(ANNA)
    assert "När: onsdag 4 september 2024 kl. 09.00\n" in text_of(message)


def preview_line(message: Message) -> str:
    """What a list of mails shows beside the subject."""
    html = text_of(message, "html")
    return " ".join(html.partition("mso-hide:all")[2].partition(">")[2].partition("<")[0].split())


def test_the_preview_line_says_what_is_new_and_nothing_that_no_longer_holds() -> None:
    off = compose(purpose=Purpose.CANCELLATION, reason="Storm").message(ANNA)
    assert preview_line(off) == "Det vi bjöd in till onsdag 4 september 2024 är inställt. Storm"
    withdrawn = compose(
        release=replace(INVITATION, kind=Kind.RELEASE, event=None), purpose=Purpose.CANCELLATION
    )
    assert preview_line(withdrawn.message(ANNA)).startswith("Pressmeddelandet är återkallat.")
    change = Change(field=ChangedField.PLACE, before="Torget 11", after="Parken")
    corrected = compose(purpose=Purpose.CORRECTION, changes=(change,)).message(ANNA)
    assert preview_line(corrected) == "Plats: Parken"
    assert preview_line(compose().message(ANNA)).startswith("onsdag 4 september 2024 kl. 12.30")


def test_a_desk_with_nothing_but_a_number_has_no_empty_line_before_it() -> None:
    contacts = (Contact(phones=("031-390 06 31",), emails=("a@b.example",)),)
    html = text_of(compose(release=replace(INVITATION, contacts=contacts)).message(ANNA), "html")
    told = html.partition("Presskontakt</h2>")[2].partition("</p>")[0]
    assert re.sub(r"\s+", "", re.sub(r"<(?!br)[^>]*>", "", told)) == "031-3900631<br>a@b.example"


STATUSES = [
    ({"purpose": Purpose.REMINDER}, "Påminnelse"),
    ({"purpose": Purpose.CORRECTION}, "Rättelse"),
    ({"purpose": Purpose.CANCELLATION}, "Inställt"),
    ({"release": replace(INVITATION, status=ReleaseStatus.TIME_CHANGE)}, "Ny tid"),
    ({"release": replace(INVITATION, status=ReleaseStatus.CANCELLATION)}, "Inställt"),
]


@pytest.mark.parametrize(("changes", "word"), STATUSES)
def test_what_kind_of_mail_it_is_stands_before_everything_else(
    changes: dict[str, Any], word: str
) -> None:
    """Nobody may take a cancellation for an invitation, whichever part is read."""
    message = compose(**changes).message(ANNA)
    html = text_of(message, "html").partition('role="article"')[2]
    assert f"Exempelstad · {word}</p>" in html
    assert html.index(f">{word}</p>") < html.index("<h1")
    assert text_of(message).startswith(f"{word.upper()}\n")
    assert message.subject.startswith(f"{word}: ")
    assert "Exempelstad · Pressinbjudan</p>" in text_of(compose().message(ANNA), "html")


def test_facts_that_no_longer_hold_are_struck_through() -> None:
    html = text_of(compose(purpose=Purpose.CANCELLATION).message(ANNA), "html")
    cells = re.findall(r'<td class="value[^"]*" style="([^"]*)"', html)
    assert len(cells) == 2
    assert all("text-decoration:line-through" in style for style in cells)
    assert "line-through" not in text_of(compose().message(ANNA), "html")


def test_day_and_month_and_clock_are_never_torn_apart() -> None:
    release = replace(
        INVITATION, title="Bron öppnar 4 september", body="Kom kl. 9 den 4 september."
    )
    parsed = parse(compose(release=release).message(ANNA))
    for kind in ("plain", "html"):
        part = parsed.get_body((kind,))
        assert part is not None
        body = str(part.get_content()).partition('role="article"')[2 if kind == "html" else 0]
        body = body.partition(">")[2] if kind == "html" else body
        assert "öppnar 4\u00a0september" in body
        assert "kl.\u00a09 den 4\u00a0september" in body
        assert "kl.\u00a0" in body.partition("2024")[2][:20]
        assert not re.search(r"kl\. \d|\d september", body)
    assert parsed["Subject"] == "Pressinbjudan: Bron öppnar 4 september"


def test_a_programme_tells_each_day_once_and_no_year() -> None:
    same = (*SESSIONS, Session(date=dt.date(2024, 9, 5), start=dt.time(11), title="Kaffe"))
    html = text_of(
        compose(release=replace(INVITATION, event=Event(sessions=same))).message(ANNA), "html"
    )
    rows = re.findall(r'<th scope="row" class="when".*?</tr>', html, re.DOTALL)
    told = [" ".join(re.sub(r"<[^>]*>", " ", row).split()) for row in rows]
    assert told == [
        "onsdag 4 september 09.00 Visning",
        "torsdag 5 september 10.00 Öppet hus",
        "11.00 Kaffe",
    ]


def test_files_are_told_with_format_and_size() -> None:
    files = (
        AttachedFile(filename="karta.pdf", media_type="application/pdf", content=b"x" * 240_400),
        AttachedFile(
            filename="b.JPG", media_type="image/jpeg", content=b"x" * 1_230_000, title="Bron"
        ),
    )
    message = compose(files=files).message(ANNA)
    for body in (text_of(message), text_of(message, "html")):
        assert "karta.pdf (PDF, 240 kB)" in body
        assert "Bron (JPG, 1,2 MB)" in body
    english = compose(files=files, release=replace(INVITATION, language=Language.ENGLISH))
    assert "Bron (JPG, 1.2 MB)" in text_of(english.message(ANNA))
