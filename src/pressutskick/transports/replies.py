"""Reads server replies out of a stream of bytes (RFC 5321 section 4.2). Knows no socket.

Strict where it matters: a line must begin with three digits of which the first is 2 to 5, all lines
of a reply carry the same code, and a reply has an end. Everything else is garbage, after which
nothing of the stream can be trusted. A lone LF is taken as a line's end.
"""

import re
from collections import deque
from typing import NamedTuple

from pressutskick.mail import Reply
from pressutskick.transports.mask import Mask

MAX_LINE = 4096
MAX_REPLY = 65536

_LINE = re.compile(rb"([2-5]\d\d)(?:([ -])([^\x00]*))?")


class RawReply(NamedTuple):
    """A complete reply, its text not yet decoded: most replies are only counted."""

    code: int
    text: bytes

    def parse(self) -> Reply:
        """The reply as a value; bytes that are not UTF-8 are replaced."""
        return Reply.parse(self.code, self.text.decode("utf-8", "replace"))


class ReplyReader:
    """Feed it bytes; take complete replies."""

    def __init__(self, mask: Mask | None = None) -> None:
        """`mask` covers in the texts what must not be told."""
        self._mask = mask
        self.replies: deque[RawReply] = deque()
        #: What could not be read, once something could not; complete replies before it stand.
        self.garbage: str | None = None
        self._rest = b""
        self._lines: list[bytes] = []
        self._code = b""

    @property
    def is_within_reply(self) -> bool:
        """Whether a reply has begun and not ended."""
        return bool(self._rest or self._lines)

    def feed(self, data: bytes) -> None:
        """Takes in what arrived."""
        if self.garbage is not None:
            return
        buffer = self._rest + data if self._rest else data
        start = 0
        while (end := buffer.find(b"\n", start)) >= 0:
            if not self._take_line(buffer[start:end].rstrip(b"\r")):
                return
            start = end + 1
        self._rest = buffer[start:]
        if len(self._rest) > MAX_LINE:
            self._give_up(self._rest)

    def _take_line(self, line: bytes) -> bool:
        match = _LINE.fullmatch(line)
        if match is None or len(line) > MAX_LINE or (self._lines and match[1] != self._code):
            return self._give_up(line)
        text = match[3] or b""
        if match[2] == b"-":
            self._code = match[1]
            self._lines.append(text)
            return sum(map(len, self._lines)) <= MAX_REPLY or self._give_up(line)
        if self._lines:
            text = b"\n".join([*self._lines, text])
            self._lines.clear()
        if self._mask is not None:
            text = self._mask.cover(text)
        self.replies.append(RawReply(int(match[1]), text))
        return True

    def _give_up(self, line: bytes) -> bool:
        covered = line if self._mask is None else self._mask.cover(line)
        self.garbage = covered[:200].decode("utf-8", "replace")
        return False
