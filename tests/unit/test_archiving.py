"""The record of a release: what was sent, made again to nobody; and a copy that names nobody."""

import base64
import datetime as dt
import email
import email.policy
import html
import quopri
import re
import urllib.parse
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kit.accounts import PEOPLE, Clock, fill, person
from tests.kit.office import ANNA, FILE, Office

from pressutskick.actions.accounts.archiving import RecordRequest, gather_record
from pressutskick.actions.accounts.masters import STAND_IN
from pressutskick.cli.commands.archive import pack_record
from pressutskick.deliverylog.memory.log import MemoryDeliveryLog
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.mail import Mailbox
from pressutskick.message.model import AttachedFile
from pressutskick.recipients.model import Recipient
from pressutskick.report.bag import Bag
from pressutskick.report.record import Record


def record_of(office: Office, log: DeliveryLog, release_id: str, **wishes: object) -> Record:
    life = log.life(release_id)
    assert life is not None
    request = RecordRequest(reference="KS2026/00123", **wishes)  # type: ignore[arg-type]
    return gather_record(request, life, log, office.seen)


def mail_of(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def parts(mail: EmailMessage) -> list[bytes]:
    """What is read, calendars and files, decoded, with one address and token for all."""
    leaves = [part for part in mail.walk() if not part.is_multipart()]
    found = [part.get_payload(decode=True).replace(b"\r\n", b"\n") for part in leaves]
    found = [part.replace(ANNA.encode(), STAND_IN.encode()) for part in found]
    return [re.sub(rb"(Avregistrera(?:%20| ))[0-9a-f]{16}", rb"\1token", part) for part in found]


@pytest.fixture
def office() -> Office:
    office = Office()
    office.announce()
    office.at("2026-11-25T12:00").write(start="14:00", end="15:00")
    office.correct()
    office.at("2026-11-26T12:00").cancel("Storm & regn")
    return office


def test_a_master_is_what_was_sent_but_to_nobody(office: Office) -> None:
    record = record_of(office, office.workspace.open_log(), "invigning")
    sent = [
        mail_of((each.wire + each.common).replace(b"\n..", b"\n."))
        for each in office.sent()
        if each.envelope.forward_path == ANNA
    ]
    masters = [mail_of(content) for path, content in record.files.items() if "messages/" in path]
    assert [path for path in record.files if "messages/" in path] == [
        "messages/01-announce-1-sv.eml",
        "messages/02-correction-1-sv.eml",
        "messages/03-cancellation-1-sv.eml",
    ]
    for mail, master in zip(sent, masters, strict=True):
        assert parts(master) == parts(mail)
        assert (master["Subject"], master["Date"]) == (mail["Subject"], mail["Date"])
        assert str(master["To"]) == STAND_IN
    assert [note for note in record.notes if "those of today" in str(note)] == []


def test_every_text_that_was_sent_is_kept_once(office: Office) -> None:
    record = record_of(office, office.workspace.open_log(), "invigning")
    texts = [content.decode() for path, content in record.files.items() if path.startswith("text/")]
    assert len(texts) == 2
    assert "12:30" in texts[0]
    assert "14:00" in texts[1]


def test_templates_that_were_changed_since_are_told(office: Office) -> None:
    templates = office.workspace.templates.templates
    changed = tuple(replace(each, text=each.text + "\n") for each in templates)
    office.workspace.templates = replace(office.workspace.templates, templates=changed)
    (note,) = (
        str(note)
        for note in record_of(office, office.workspace.open_log(), "invigning").notes
        if "those of today" in str(note)
    )
    assert "the templates have changed" in note
    assert "announcement, correction, cancellation" in note


def test_the_document_is_kept_as_it_is_and_compared(office: Office) -> None:
    wishes = {"document": FILE, "original": b"\xff\x00 as it was"}
    record = record_of(office, office.workspace.open_log(), "invigning", **wishes)
    assert record.files[f"original/{FILE}"] == b"\xff\x00 as it was"
    assert any("gives exactly a text that was sent" in str(note) for note in record.notes)
    office.write(start="09:00")
    record = record_of(office, office.workspace.open_log(), "invigning", **wishes)
    assert any("gives another text" in str(note) for note in record.notes)


def test_a_file_that_went_along_is_kept_or_missed_by_its_digest() -> None:
    office = Office()
    office.write(more="attachments: [karta.pdf]\n")
    karta = AttachedFile(filename="karta.pdf", media_type="application/pdf", content=b"%PDF-1")
    office.workspace.attachments["karta.pdf"] = karta
    office.announce()
    log = office.workspace.open_log()
    wishes = {"document": FILE, "original": b"x"}
    record = record_of(office, log, "invigning", **wishes)
    assert record.files["attachments/01-karta.pdf"] == b"%PDF-1"
    assert b"JVBERi0x" in record.files["messages/01-announce-1-sv.eml"]
    office.workspace.attachments["karta.pdf"] = replace(karta, content=b"%PDF-2")
    record = record_of(office, log, "invigning", **wishes)
    assert not any(path.startswith("attachments/") for path in record.files)
    assert any("karta.pdf (SHA-256" in str(note) for note in record.notes)


def filled(people: tuple[Recipient, ...] = PEOPLE) -> DeliveryLog:
    clock = Clock()
    log = MemoryDeliveryLog(now=clock.now, key=bytes(32))
    fill(log, clock, people)
    return log


def bag_of(log: DeliveryLog, *, has_recipients: bool) -> Bag:
    office = Office()
    record = record_of(office, log, "bron", has_recipients=has_recipients)
    return pack_record(record, office.workspace.settings, [])


def test_twice_made_it_has_the_same_octets() -> None:
    one, other = (bag_of(filled(), has_recipients=True) for _again in range(2))
    assert one.files == other.files
    assert one.seal == other.seal


def test_the_log_of_a_record_has_every_attempt_and_decision() -> None:
    lines = bag_of(filled(), has_recipients=True).files["data/log.csv"].decode().splitlines()
    kinds = [line.split(",")[1] for line in lines[1:]]
    assert kinds.count("attempt") == 30 + 27 + 22 + 27
    assert {"decision-counts-as-accepted", "approval", "answer", "skipped"} < set(kinds)
    assert {"reply-absence", "reply-bounce", "begun-correction"} < set(kinds)
    moments = [dt.datetime.fromisoformat(line.split(",")[0]) for line in lines[1:]]
    assert moments == sorted(moments)


def forms(text: str) -> Iterator[bytes]:
    """The text in every encoding in which it could stand in a file."""
    for octets in {text.encode(), text.encode("latin-1", "replace"), text.encode("utf-16-le")}:
        yield octets
        yield quopri.encodestring(octets).strip().replace(b"=\n", b"")
        for shift in range(3):
            # Whatever stands before it: the letters that depend on the text alone.
            encoded = base64.b64encode(b"\0" * shift + octets)
            yield encoded[(shift * 8 + 5) // 6 : -4]
    for safe in ("", "@", "@ "):
        yield urllib.parse.quote(text, safe=safe).encode()
    yield html.escape(text).encode()
    yield text.encode("ascii", "xmlcharrefreplace")
    yield text.encode("ascii", "backslashreplace")


def unfolded(content: bytes) -> bytes:
    """Without the line ends of folded headers and of base64."""
    return content.replace(b"=\r\n", b"").replace(b"=\n", b"")


words = st.text(st.characters(categories=("Ll", "Lu")), min_size=6, max_size=12)
odd_names = st.builds("{} {}{}".format, words, words, st.sampled_from(["", "<&>", "'\"", "=+"]))
locals_ = st.from_regex(r"[a-z][a-z0-9+'=&]{8,14}", fullmatch=True)


def traces(bag: Bag, people: tuple[Recipient, ...]) -> list[tuple[str, bytes]]:
    found = []
    for each in people:
        for text in {each.mailbox.address, each.mailbox.key, each.mailbox.name, each.name or ""}:
            for form in forms(text):
                for path, content in bag.files.items():
                    joined = (content, unfolded(content), content.replace(b"\r\n", b""))
                    if len(form) > 5 and any(form in octets for octets in joined):
                        found.append((path, form))
    return found


@settings(max_examples=3)
@given(st.lists(st.tuples(odd_names, locals_), min_size=6, max_size=6, unique_by=lambda e: e[1]))
def test_a_copy_without_recipients_has_no_trace_of_them(odd: list[tuple[str, str]]) -> None:
    people = tuple(
        replace(
            person(number),
            mailbox=Mailbox(address=f"{local}@Redaktion{number}.Example", name=name),
            name=name,
            extra={"Hemligt": name},
        )
        for number, (name, local) in enumerate(odd, start=10)
    )
    log = filled(people)
    assert traces(bag_of(log, has_recipients=False), people) == []


def test_the_search_for_traces_finds_them() -> None:
    assert traces(bag_of(filled(), has_recipients=True), PEOPLE[:3])


def test_such_a_copy_says_what_was_taken_out() -> None:
    bag = bag_of(filled(), has_recipients=False)
    assert "data/recipients.csv" not in bag.files
    assert "data/arrivals.csv" not in bag.files
    assert "Taken out of this copy" in bag.files["data/LÄSMIG.txt"].decode()
