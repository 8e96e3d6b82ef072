"""Our serialiser says what EmailMessage would say, whatever the text, the name, the file."""

import datetime as dt
import email
import email.policy
from email.headerregistry import Address
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pressutskick.errors import PressutskickError
from pressutskick.mail import Mailbox, is_safe_for_header
from pressutskick.message.model import AttachedFile, Message
from pressutskick.message.wire.headers import make_list_id
from pressutskick.message.wire.mime import Draft, Letterhead, Serialiser
from pressutskick.message.wire.verify import parse_message, read_name, verify_message

SENDER = Mailbox(address="press@exempelstad.example", name="Pressjouren")
DATE = dt.datetime(2024, 9, 2, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))

#: What may be bound for a header: anything that `is_safe_for_header` lets through, on one line.
header_texts = (
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=120)
    .map(lambda text: " ".join(text.split()))
    .filter(is_safe_for_header)
)
bodies = st.text(st.characters(exclude_categories=("Cs",)), max_size=400)
DANGEROUS = [
    "X\r\nBcc: y@example.org",
    "=?utf-8?q?a=0D=0ABcc:_y@example.org?=",
    "\x1b[31m",
    "a\x00b",
    "a\u2028Bcc: y@example.org",
    "a\u202etxt",
]


def make_letterhead(sender: Mailbox = SENDER) -> Letterhead:
    return Letterhead(
        sender=sender,
        reply_to=SENDER,
        date=email.utils.format_datetime(DATE),
        language="sv",
    )


def make_draft(*, subject: str = "S", name: str = "", text: str = "t", html: str = "h") -> Draft:
    return Draft(
        recipient=Mailbox(address="anna@posten.example", name=name),
        subject=subject,
        text=text,
        html=html,
        message_id="<1@exempelstad.example>",
        delivery_id="1",
        unsubscribe="mailto:press@exempelstad.example?subject=Avregistrera%201",
    )


def write(draft: Draft, files: tuple[AttachedFile, ...] = ()) -> Message:
    letterhead = make_letterhead()
    message = Serialiser(letterhead, files, boundary_seed=b"seed").write(draft)
    verify_message(message, draft, letterhead, files)
    return message


def build_with_the_library(draft: Draft, files: tuple[AttachedFile, ...]) -> EmailMessage:
    built = EmailMessage(policy=email.policy.SMTP.clone(cte_type="7bit"))
    built["From"] = Address(SENDER.name, addr_spec=SENDER.address)
    built["Reply-To"] = Address(SENDER.name, addr_spec=SENDER.address)
    built["To"] = Address(draft.recipient.name, addr_spec=draft.recipient.address)
    built["Subject"] = draft.subject
    built["Date"] = DATE
    built["Message-ID"] = draft.message_id
    built["List-Unsubscribe"] = f"<{draft.unsubscribe}>"
    built["List-Id"] = "<{}.{}>".format(*SENDER.address.split("@"))
    built["X-Pressutskick-Id"] = draft.delivery_id
    built.set_content(draft.text, cte="base64")
    built.add_alternative(draft.html, subtype="html", cte="base64")
    for file in files:
        kind, _, subtype = file.media_type.partition("/")
        built.add_attachment(file.content, kind, subtype, filename=file.filename)
    # Only now: a Content- header set earlier would have moved into the text part.
    built["Content-Language"] = "sv"
    return built


def read(parsed: EmailMessage) -> tuple[object, ...]:
    """All that a mail program would show of a message."""
    names = [name for name in parsed if name not in ("MIME-Version", "Content-Type")]
    headers = {name: str(parsed[name]) for name in names if name != "Content-Transfer-Encoding"}
    texts = []
    for kind in ("plain", "html"):
        body = parsed.get_body((kind,))
        assert body is not None
        text = str(body.get_content()).replace("\r\n", "\n").replace("\r", "\n")
        texts.append((body.get_content_charset(), text.removesuffix("\n")))
    files = [
        (part.get_filename(), part.get_content_type(), part.get_payload(decode=True))
        for part in parsed.iter_attachments()
    ]
    return headers, texts, files


@given(header_texts, header_texts, bodies, bodies)
@example("Åsa" * 40, 'Räksmörgås, "Bo" <x@y>', ".\n..\n.a\n", "a \n\tb\t\n=20\r\rx")
@example("(a) [b] ; : \\ @", "a (b) \\ c", "", "\n\n")
@example("x" * 300, "y" * 200, "z" * 2000, "From a\n" * 3)
@example("=?", "?=", "--=_x", "é" * 500)
def test_the_bytes_parse_to_what_the_library_builds(
    subject: str, name: str, text: str, html: str
) -> None:
    draft = make_draft(subject=subject, name=name, text=text, html=html)
    ours = parse_message(write(draft).content)
    theirs = build_with_the_library(draft, ())
    headers, texts, files = read(ours)
    their_headers, *their_rest = read(theirs)
    assert their_rest == [texts, files]
    assert isinstance(headers, dict)
    assert isinstance(their_headers, dict)
    assert headers.keys() == their_headers.keys()
    for name_of_field in headers.keys() - {"To"}:
        assert headers[name_of_field] == their_headers[name_of_field]
    raw = email.message_from_bytes(write(draft).content, policy=email.policy.compat32)["To"]
    assert theirs["To"].addresses[0].display_name == read_name(raw)


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=120).filter(
        lambda text: is_safe_for_header(text) and "/" not in text and text == text.strip()
    ),
    st.binary(max_size=300),
)
@example("Åsas karta över hela stan " * 8 + ".pdf", b"\r\n.\r\n")
@example('a"b\\c.pdf', b"")
@example("100 % sant'.pdf", b"x")
def test_any_file_arrives_with_its_name_and_octets(filename: str, content: bytes) -> None:
    file = AttachedFile(filename=filename, media_type="application/pdf", content=content)
    message = write(make_draft(), (file,))
    assert read(parse_message(message.content))[2] == [(filename, "application/pdf", content)]


@given(header_texts, bodies)
def test_a_message_is_fit_for_the_wire(name: str, text: str) -> None:
    message = write(make_draft(name=name, subject=name, text=text, html=text))
    assert message.content.isascii()
    assert max(map(len, message.content.split(b"\r\n"))) <= 78
    lines = b"".join(message.wire_pieces).split(b"\r\n")
    assert all(line.startswith(b"..") for line in lines if line.startswith(b"."))


@pytest.mark.parametrize("bad", DANGEROUS)
def test_a_value_that_could_become_a_header_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=r"header|mailbox"):
        write(make_draft(subject=bad))
    with pytest.raises(ValueError, match=r"header|mailbox"):
        write(make_draft(name=bad))
    with pytest.raises(ValueError, match="header"):
        write(make_draft(), (AttachedFile(filename=bad, media_type="a/b", content=b""),))


def test_the_judge_stops_a_message_that_says_something_else() -> None:
    draft = make_draft(text="meant")
    message = Serialiser(make_letterhead(), (), boundary_seed=b"s").write(make_draft(text="other"))
    with pytest.raises(PressutskickError, match="the plain part"):
        verify_message(message, draft, make_letterhead(), ())


@pytest.mark.parametrize("octets", [b"Bcc: y@example.org\r\n", b"X: a\n"])
def test_the_judge_stops_a_smuggled_header(octets: bytes) -> None:
    draft = make_draft()
    good = write(draft)
    bad = Message(
        envelope=good.envelope,
        message_id=good.message_id,
        subject=good.subject,
        personal=octets + good.personal,
    )
    with pytest.raises(PressutskickError, match=r"other headers|bare line end"):
        verify_message(bad, draft, make_letterhead(), ())


def test_an_address_outside_ascii_needs_smtputf8_and_is_read_right() -> None:
    mailbox = Mailbox(address="åsa@räksmörgås.example", name="Åsa")
    draft = Draft(
        recipient=mailbox,
        subject="S",
        text="t",
        html="h",
        message_id="<1@a.example>",
        delivery_id="1",
        unsubscribe="mailto:a@a.example",
    )
    message = Serialiser(make_letterhead(), (), boundary_seed=b"s").write(draft)
    verify_message(message, draft, make_letterhead(), ())
    assert message.envelope.needs_smtputf8
    assert message.envelope.forward_path == "åsa@xn--rksmrgs-5wao1o.example"


@pytest.mark.parametrize(
    ("sender", "wanted"),
    [
        ("press@astad.example", "<press.astad.example>"),
        ("Press.Rum+ut@Åstad.example", "<press-rum-ut.xn--stad-poa.example>"),
        ("å@astad.example", "<press.astad.example>"),
    ],
)
def test_a_list_is_known_by_its_sender(sender: str, wanted: str) -> None:
    assert make_list_id(sender) == wanted
