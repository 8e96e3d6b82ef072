"""The release in a file that the person named, canonical or raw, as one kind of value."""

import datetime as dt
from dataclasses import dataclass

from pressutskick.errors import InputError
from pressutskick.release.document import is_document, parse_document
from pressutskick.release.facts.canonical import read_canonical
from pressutskick.release.facts.model import Reading
from pressutskick.sentences import say
from pressutskick.sources.documents import read_document


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedRelease:
    """A reading with the text that its lines count in.

    `body_line` is the first line of a canonical document's body; None for a raw text.
    """

    name: str
    text: str
    reading: Reading
    body_line: int | None = None

    @property
    def is_canonical(self) -> bool:
        """Whether the file is a canonical document."""
        return self.body_line is not None


def open_release(name: str, *, now: dt.datetime) -> OpenedRelease:
    """Reads file `name` (`-` is stdin); `now` is the moment against which a year is worked out.

    Raises:
        InputNotFound: there is no such file.
        InputError: a format that is not read, or a canonical document with problems.
    """
    source = read_document(name)
    if is_document(source.text):
        document = parse_document(source.text, file=name)
        reading = read_canonical(document, source.text)
        return OpenedRelease(
            name=name, text=source.text, reading=reading, body_line=document.body_line
        )
    raise InputError(say("{file} has no front matter.", file=name))
