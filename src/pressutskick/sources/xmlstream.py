"""XML of spreadsheets read as a stream, with bounded memory.

A document type declaration is refused, so no entity can be defined, let alone expand; so are deep
nesting and a tag that never ends. Names come without their prefix: the few that we look at are
unambiguous within their part.
"""

import zipfile
import zlib
from collections.abc import Iterator
from typing import Protocol, TypeVar
from xml.parsers import expat

from pressutskick.errors import InputError
from pressutskick.sentences import say

_CHUNK = 1 << 16
_MAX_DEPTH = 64
#: A single tag or text is never so long in a list.
_MAX_SILENCE = 1 << 21

T = TypeVar("T")


class XmlTarget(Protocol[T]):
    """What the elements of one part are told to; `take` gives what is ready since the last time."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters, perhaps not all at once."""

    def take(self) -> list[T]:
        """What is ready, once."""


def stream_xml(
    archive: zipfile.ZipFile, part: str, target: XmlTarget[T], *, file: str
) -> Iterator[T]:
    """Tells the XML of one part to `target` and yields what that makes of it, lazily.

    Raises:
        InputError: not well-formed, or not what a spreadsheet program writes; `file` is named.
    """
    feed = _Feed(target)
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                feed.take(chunk)
                yield from target.take()
        feed.parser.Parse(b"", True)
    except _FAULTS as error:
        raise InputError(say("{file} is damaged: its tables cannot be read.", file=file)) from error
    yield from target.take()


class _Refused(Exception):  # noqa: N818 - never leaves this module
    """What no spreadsheet program writes."""


#: What damaged or hostile parts end in: expat's, zipfile's and zlib's faults, numbers that are none.
_FAULTS = (
    expat.ExpatError,
    _Refused,
    NotImplementedError,
    RuntimeError,
    KeyError,
    EOFError,
    OSError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


class _Feed:
    """The parser with its guards."""

    def __init__(self, target: XmlTarget[T]) -> None:
        self._silence = 0
        self._depth = 0
        self._target = target
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse

    def take(self, chunk: bytes) -> None:
        """Parses one more piece."""
        self._silence += len(chunk)
        self.parser.Parse(chunk, False)
        if self._silence > _MAX_SILENCE:
            raise _Refused

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._silence = 0
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise _Refused
        self._target.start(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._target.end(name.rpartition(":")[2])

    def _text(self, text: str) -> None:
        self._silence = 0
        self._target.text(text)

    def _refuse(self, *_declaration: object) -> None:
        raise _Refused
