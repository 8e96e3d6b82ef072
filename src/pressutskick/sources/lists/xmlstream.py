"""XML of spreadsheets read as a stream, with bounded memory.

A document type declaration is refused, so no entity can be defined, let alone expand; so are deep
nesting and a tag that never ends. Names come without their prefix: the few that we look at are
unambiguous within their part.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar
from xml.parsers import expat

from pressutskick.errors import InputError
from pressutskick.sentences import say

_CHUNK = 1 << 16
_MAX_DEPTH = 64
#: A spreadsheet uses a few dozen names of elements.
_MAX_NAMES = 2000
#: A single tag or text is never so long in a list.
_MAX_SILENCE = 1 << 21

#: Bytes that follow a sheet's cells, and of an end tag.
_MAX_TAIL = 1 << 25
_MAX_END_TAG = 100

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


class ElementCollector:
    """A target that keeps the attributes of some elements."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """`names` are those of the wanted elements."""
        self._names = names
        self._found: list[tuple[str, dict[str, str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keeps it if it is one of them."""
        if name in self._names:
            self._found.append((name, attributes))

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, text: str) -> None:
        """Nothing to do."""

    def take(self) -> list[tuple[str, dict[str, str]]]:
        """Name and attributes of each, once."""
        found, self._found = self._found, []
        return found


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


def read_tail(
    archive: zipfile.ZipFile, part: str, after: str, target: XmlTarget[T], *, file: str
) -> Iterator[T]:
    """The same with what follows the first end of the element `after`, which alone is parsed.

    Much quicker than parsing the whole part; nothing where there is no such element.

    Raises:
        InputError: as `stream_xml`, or the tail is longer than any program writes.
    """
    try:
        tail = _cut_tail(archive, part, re.compile(rf"</(?:[\w.-]+:)?{after}\s*>".encode()))
        root = re.search(rb"</([^\s<>/]+)\s*>\s*\Z", tail)
        if root is None:
            return
        feed = _Feed(target)
        for piece in (b"<%b>" % root[1], bytes(tail)):
            feed.parser.Parse(piece, False)
        feed.parser.Parse(b"", True)
    except _FAULTS as error:
        raise InputError(say("{file} is damaged: its tables cannot be read.", file=file)) from error
    yield from target.take()


def _cut_tail(archive: zipfile.ZipFile, part: str, end: re.Pattern[bytes]) -> bytearray:
    kept = bytearray()
    is_found = False
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            kept += chunk
            if is_found:
                if len(kept) > _MAX_TAIL:
                    raise _Refused
            elif match := end.search(kept):
                is_found = True
                del kept[: match.end()]
            else:
                del kept[:-_MAX_END_TAG]
    return kept if is_found else bytearray()


class _Refused(Exception):  # noqa: N818 - never leaves this module
    """What no spreadsheet program writes."""


#: What damaged or hostile parts end in: expat's, zipfile's and zlib's faults, numbers that are none.
_FAULTS = (
    expat.ExpatError,
    _Refused,
    NotImplementedError,
    RuntimeError,
    LookupError,
    EOFError,
    OSError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


class _Feed:
    """The parser with its guards."""

    def __init__(self, target: XmlTarget[T]) -> None:
        self._fed = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler, self.parser.EndElementHandler = _guarded(target)
        self.parser.CharacterDataHandler = target.text
        self.parser.StartDoctypeDeclHandler = _refuse

    def take(self, chunk: bytes) -> None:
        """Parses one more piece."""
        self._fed += len(chunk)
        self.parser.Parse(chunk, False)
        if self._fed - self.parser.CurrentByteIndex > _MAX_SILENCE:
            raise _Refused


def _guarded(
    target: XmlTarget[T],
) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    """The target's handlers with names made local and depth bounded; closures, for their speed."""
    local: dict[str, str] = {}
    tell_start, tell_end = target.start, target.end
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            raise _Refused
        if name not in local:
            if len(local) > _MAX_NAMES:
                raise _Refused
            local[name] = name.rpartition(":")[2]
        tell_start(local[name], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        tell_end(local[name])

    return start, end


def _refuse(*_declaration: object) -> None:
    raise _Refused
