"""From draft to bytes: MIME structure, header fields, boundaries (RFC 5322, 2045, 2046).

`Draft` says what a message is to hold; `Serialiser` writes the bytes. What is alike for all
messages of a dispatch is written once. `email.message.EmailMessage` is not used here because it
takes 28 times as long; it is the judge in `verify` and in the tests.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from pressutskick.mail import Envelope, Mailbox
from pressutskick.message.model import AttachedFile, Message
from pressutskick.message.theme import Picture
from pressutskick.message.wire import headers
from pressutskick.message.wire.encoding import QuotedPrintable, encode_base64


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one message is to hold, before it is bytes.

    `message_id`, `in_reply_to` and `references` are with angle brackets, `unsubscribe` is a mailto
    URL without.
    """

    recipient: Mailbox
    subject: str
    text: str
    html: str
    message_id: str
    delivery_id: str
    unsubscribe: str
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What the headers of all messages of a dispatch have in common.

    `date` is as RFC 5322 section 3.3 writes it, `language` a BCP 47 tag. `is_unattended` marks
    what no person released (RFC 3834); it also keeps absence notes from being sent back.
    """

    sender: Mailbox
    reply_to: Mailbox
    date: str
    language: str
    is_unattended: bool = False


class Serialiser:
    """Writes the messages of one dispatch; a draft always gives the same bytes."""

    def __init__(
        self,
        letterhead: Letterhead,
        files: Sequence[AttachedFile],
        *,
        pictures: Sequence[Picture] = (),
        boundary_seed: bytes,
    ) -> None:
        """`boundary_seed` makes boundaries stable, so that a resend is byte for byte the same.

        `pictures` stand beside the HTML part (`multipart/related`, RFC 2387).
        """
        self._letterhead = letterhead
        self._encode_body = QuotedPrintable().encode
        self._subject: tuple[str | None, str] = (None, "")
        self._outer, self._inner = (_boundary(boundary_seed, name) for name in (b"outer", b"inner"))
        self._first = _write_first_fields(letterhead)
        self._last = self._write_last_fields(has_files=bool(files))
        inner = f"--{self._inner}".encode("ascii")
        self._before_text = inner + _part_head("text/plain")
        # The CRLF before a later boundary belongs to the boundary (RFC 2046 section 5.1.1).
        self._before_html = b"\r\n" + inner + _part_head("text/html")
        self._after_html = b"\r\n" + inner + b"--\r\n"
        if pictures:
            related = _boundary(boundary_seed, b"related")
            self._before_html = b"\r\n" + inner + _related_head(related) + _part_head("text/html")
            self._after_html = _write_pictures(pictures, related) + self._after_html
        self._common = self._write_files(files) if files else b""

    def write(self, draft: Draft) -> Message:
        """The message.

        Raises:
            ValueError: a value could become another header.
        """
        body = (
            self._before_text,
            self._encode_body(draft.text),
            self._before_html,
            self._encode_body(draft.html),
            self._after_html,
        )
        return Message(
            envelope=Envelope(
                reverse_path=headers.ascii_domain(self._letterhead.sender.address),
                forward_path=headers.ascii_domain(draft.recipient.address),
            ),
            message_id=draft.message_id,
            subject=draft.subject,
            personal=b"".join((self._write_header(draft), *body)),
            common=self._common,
        )

    def _write_header(self, draft: Draft) -> bytes:
        if self._subject[0] != draft.subject:
            # Nearly always the same for all.
            encoded = headers.encode_text(draft.subject, len("Subject: "))
            self._subject = (draft.subject, headers.write_field("Subject", encoded))
        check, write = headers.check_value, headers.write_field
        fields = [
            self._first,
            write("To", headers.encode_mailbox(draft.recipient)),
            self._subject[1],
            write("Date", self._letterhead.date),
            write("Message-ID", check(draft.message_id)),
            write("List-Unsubscribe", check(f"<{draft.unsubscribe}>")),
            write("X-Pressutskick-Id", check(draft.delivery_id)),
        ]
        if draft.in_reply_to:
            fields.append(write("In-Reply-To", check(draft.in_reply_to)))
        if draft.references:
            fields.append(write("References", "\r\n ".join(map(check, draft.references))))
        # Only an address that needs SMTPUTF8 has anything but ASCII here (RFC 6532).
        return ("".join(fields) + self._last).encode("utf-8")

    def _write_last_fields(self, *, has_files: bool) -> str:
        write = headers.write_field
        kind, boundary = ("mixed", self._outer) if has_files else ("alternative", self._inner)
        fields = [
            write("Content-Language", self._letterhead.language),
            write("List-Id", headers.make_list_id(self._letterhead.sender.address)),
            write("Auto-Submitted", "auto-generated") if self._letterhead.is_unattended else "",
            write("MIME-Version", "1.0"),
            write("Content-Type", _multipart(kind, boundary)),
            "\r\n",
        ]
        if has_files:
            # A part that stands in a multipart has its own header.
            nested = write("Content-Type", _multipart("alternative", self._inner))
            fields += [f"--{self._outer}\r\n", nested, "\r\n"]
        return "".join(fields)

    def _write_files(self, files: Sequence[AttachedFile]) -> bytes:
        outer = f"--{self._outer}".encode("ascii")
        pieces: list[bytes] = []
        for file in files:
            pieces += [outer, _file_head(file), encode_base64(file.content)]
        return b"".join([*pieces, outer, b"--\r\n"])


def _write_first_fields(letterhead: Letterhead) -> str:
    write = headers.write_field
    return write("From", headers.encode_mailbox(letterhead.sender)) + write(
        "Reply-To", headers.encode_mailbox(letterhead.reply_to)
    )


def _boundary(seed: bytes, name: bytes) -> str:
    """`=_` can stand in neither quoted-printable nor base64, so no text can hold a boundary."""
    return "=_" + hmac.digest(seed, b"boundary " + name, hashlib.sha256).hex()[:32]


def _multipart(kind: str, boundary: str) -> str:
    return f'multipart/{kind};\r\n boundary="{boundary}"'


def _part_head(media_type: str) -> bytes:
    return (
        f'\r\nContent-Type: {media_type}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode("ascii")


def _related_head(boundary: str) -> bytes:
    kind = f'multipart/related;\r\n type="text/html"; boundary="{boundary}"'
    return f"\r\nContent-Type: {kind}\r\n\r\n--{boundary}".encode("ascii")


def _write_pictures(pictures: Sequence[Picture], boundary: str) -> bytes:
    pieces = [b"\r\n"]
    for picture in pictures:
        ending = picture.media_type.rpartition("/")[2]
        disposition = "inline" + headers.encode_parameter("filename", f"{picture.name}.{ending}")
        head = (
            f"--{boundary}\r\nContent-Type: {headers.check_value(picture.media_type)}\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            f"Content-ID: <{headers.check_value(picture.name)}>\r\n"
            f"Content-Disposition: {disposition}\r\n\r\n"
        )
        pieces += [head.encode("ascii"), encode_base64(picture.content)]
    return b"".join([*pieces, f"--{boundary}--\r\n".encode("ascii")])


def _file_head(file: AttachedFile) -> bytes:
    disposition = "attachment" + headers.encode_parameter("filename", file.filename)
    return (
        f"\r\nContent-Type: {headers.check_value(file.media_type)}\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: {disposition}\r\n\r\n"
    ).encode("ascii")
