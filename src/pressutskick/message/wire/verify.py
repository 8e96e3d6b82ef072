"""The judge: a finished message read back by Python's own parser and compared with its draft.

Our serialiser is quick because it is small; this is what shows that it is right. It is asked
before the first message of every dispatch, by the preview, and by the tests for anything.
"""

import re
from email import message_from_bytes, policy
from email.header import decode_header
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.message import Message as LegacyMessage

from pressutskick.errors import PressutskickError
from pressutskick.mail import Mailbox
from pressutskick.message.model import AttachedFile, Message
from pressutskick.message.wire.headers import ascii_domain, make_list_id
from pressutskick.message.wire.mime import Draft, Letterhead
from pressutskick.sentences import Sentence, say

_BARE_LINE_END = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_LONGEST_LINE = 998


def parse_message(content: bytes) -> EmailMessage:
    """The bytes as Python reads them."""
    parsed = message_from_bytes(content, policy=policy.default)
    if not isinstance(parsed, EmailMessage):
        raise TypeError(type(parsed))
    return parsed


def verify_message(
    message: Message, draft: Draft, letterhead: Letterhead, files: tuple[AttachedFile, ...]
) -> None:
    """Compares what a mail program will read with what was meant.

    Raises:
        PressutskickError: they differ, or the bytes are not fit for SMTP; nothing may be sent.
    """
    content = message.content
    faults = [
        *_judge_octets(content, message),
        *_judge_headers(content, draft, letterhead),
        *_judge_parts(parse_message(content), draft, files),
    ]
    if faults:
        raise PressutskickError(
            say(
                "The finished message for {address} does not say what was meant ({what}); "
                "nothing was sent.",
                address=draft.recipient.address,
                what=faults[0],
            ),
            remedy=say("This is a fault of ours: please report it with the release's title."),
        )


def _judge_octets(content: bytes, message: Message) -> list[Sentence]:
    faults = []
    if _BARE_LINE_END.search(content) or not content.endswith(b"\r\n"):
        faults.append(say("a bare line end"))
    if max(map(len, content.split(b"\r\n"))) > _LONGEST_LINE:
        faults.append(say("a line that is too long"))
    if not (content.isascii() or message.envelope.needs_smtputf8):
        faults.append(say("an octet that is not ASCII"))
    return faults


def _expected_names(draft: Draft, letterhead: Letterhead) -> list[str]:
    names = ["From", "Reply-To", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe"]
    names += ["List-Id", "X-Pressutskick-Id", "Content-Language", "MIME-Version", "Content-Type"]
    names += ["In-Reply-To"] if draft.in_reply_to else []
    names += ["References"] if draft.references else []
    names += ["Auto-Submitted"] if letterhead.is_unattended else []
    return sorted(names)


def _judge_headers(content: bytes, draft: Draft, letterhead: Letterhead) -> list[Sentence]:
    head = content[: content.find(b"\r\n\r\n") + 4]
    parsed, raw = parse_message(head), message_from_bytes(head, policy=policy.compat32)
    faults = []
    if sorted(parsed.keys()) != _expected_names(draft, letterhead):
        faults.append(say("other headers than ours"))
    meant = {
        "Subject": draft.subject,
        "Message-ID": draft.message_id,
        "Date": letterhead.date,
        "List-Unsubscribe": f"<{draft.unsubscribe}>",
        "List-Id": make_list_id(letterhead.sender.address),
        "References": " ".join(draft.references) or None,
    }
    for name, value in meant.items():
        if value != (None if parsed[name] is None else str(parsed[name])):
            faults.append(say("the header {name}", name=name))
    people = {"From": letterhead.sender, "Reply-To": letterhead.reply_to, "To": draft.recipient}
    for name, mailbox in people.items():
        if not _holds_only(parsed, raw, name, mailbox):
            faults.append(say("the header {name}", name=name))
    return faults


def read_mailbox(header: object) -> Mailbox | None:
    """The one mailbox of a parsed From or To; None where it holds none, several, or is broken.

    Raises:
        ValueError: what stands there is no mailbox that could be written.
    """
    if not isinstance(header, AddressHeader) or len(header.addresses) != 1:
        return None
    (found,) = header.addresses
    # The parser keeps a non-ASCII local part as surrogates, and calls it a defect.
    address = found.addr_spec.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    defects: tuple[object, ...] = getattr(header, "defects", ())
    return (
        None if defects and address.isascii() else Mailbox(address=address, name=found.display_name)
    )


def read_name(raw: str) -> str:
    """The display name in a raw address header.

    Python's new parser puts a space between adjacent encoded words of a name, against RFC 2047
    section 6.2; its old decoder does not.
    """
    phrase = raw.rpartition("<")[0].strip()
    if phrase.startswith('"'):
        return re.sub(r"\\(.)", r"\1", phrase[1:-1])
    pieces = decode_header(phrase.replace("\r\n", ""))
    return "".join(
        piece.decode(charset or "ascii", "replace") if isinstance(piece, bytes) else piece
        for piece, charset in pieces
    )


def _holds_only(parsed: EmailMessage, raw: LegacyMessage, name: str, meant: Mailbox) -> bool:
    found = read_mailbox(parsed[name])
    return (
        found is not None
        and found.address == ascii_domain(meant.address)
        and meant.name in (found.name, read_name(str(raw[name])))
    )


def _judge_parts(
    parsed: EmailMessage, draft: Draft, files: tuple[AttachedFile, ...]
) -> list[Sentence]:
    faults = []
    if any(part.defects for part in parsed.walk()):
        faults.append(say("a part with defects"))
    for kind, meant in (("plain", draft.text), ("html", draft.html)):
        body = parsed.get_body((kind,))
        if body is None or _lines(body.get_content()) != _lines(meant):
            faults.append(say("the {kind} part", kind=kind))
    attached = [
        (part.get_filename(), part.get_payload(decode=True)) for part in parsed.iter_attachments()
    ]
    if attached != [(file.filename, file.content) for file in files]:
        faults.append(say("the attached files"))
    return faults


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
