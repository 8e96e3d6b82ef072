"""A finished message as its reader will see it: parsed back from the very bytes.

What a preview shows comes from here and never from what the bytes were made from, so that it is
the truth even where our serialiser should be wrong.
"""

import base64
import re
from dataclasses import dataclass
from html import unescape

from pressutskick.message.model import Message
from pressutskick.message.theme import Picture
from pressutskick.message.wire.verify import parse_message

_UNSEEN = re.compile(r"<!--.*?-->|<(style|script)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]*>")
#: Characters that a list of mails shows beside a subject, more or less.
_PREVIEW = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """An attachment as received; `size` in octets."""

    filename: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMessage:
    """Headers decoded, in their order; the two parts; the files; `size` of the whole in octets.

    `pictures` are those that stand in the HTML part, by the name that it calls them.
    """

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    files: tuple[ReadFile, ...]
    size: int
    pictures: tuple[Picture, ...] = ()

    @property
    def page(self) -> str:
        """The HTML part for a browser, which has no other parts: its pictures stand inside."""
        page = self.html
        for each in self.pictures:
            octets = base64.b64encode(each.content).decode("ascii")
            page = page.replace(f"cid:{each.name}", f"data:{each.media_type};base64,{octets}")
        return page

    @property
    def preview_line(self) -> str:
        """What a list of mails shows beside the subject: the beginning of the HTML part's text."""
        body = _UNSEEN.sub(" ", self.html.partition("<body")[2].partition(">")[2])
        words = unescape(_MARKUP.sub(" ", body)).split()
        return shorten(" ".join(words), _PREVIEW)

    def header(self, name: str) -> str:
        """The first header of that name, empty where there is none."""
        return next((value for key, value in self.headers if key == name), "")


def shorten(text: str, most: int) -> str:
    """At most so many characters, cut behind a word; ` …` says that there is more."""
    if len(text) <= most:
        return text
    return text[: most + 1].rpartition(" ")[0].rstrip(" ,;:–-") + " …"


def read_back(message: Message) -> ReadMessage:
    """Parses the message."""
    content = message.content
    parsed = parse_message(content)
    bodies = {kind: parsed.get_body((kind,)) for kind in ("plain", "html")}
    texts = {kind: str(part.get_content()) if part else "" for kind, part in bodies.items()}
    return ReadMessage(
        headers=tuple((name, " ".join(str(value).split())) for name, value in parsed.items()),
        text=texts["plain"].replace("\r\n", "\n"),
        html=texts["html"].replace("\r\n", "\n"),
        files=tuple(
            ReadFile(
                filename=part.get_filename() or "",
                media_type=part.get_content_type(),
                size=len(part.get_payload(decode=True) or b""),
            )
            for part in parsed.iter_attachments()
        ),
        size=len(content),
        pictures=tuple(
            Picture(
                name=str(part["Content-ID"]).strip("<>"),
                media_type=part.get_content_type(),
                content=base64.b64decode(str(part.get_payload())),
            )
            for part in parsed.walk()
            if part["Content-ID"] and part.get_content_maintype() == "image"
        ),
    )
