"""Octets of bodies: quoted-printable and base64 (RFC 2045 section 6), over binascii.

Everything that leaves here is 7-bit ASCII with CRLF line ends and lines of at most 76 octets.
"""

import base64
from binascii import b2a_qp

#: Lines kept by one cache. A message has a few hundred, nearly all alike for all recipients; the
#: first message brings them, and more room would only fill with personal ones.
_CACHED_LINES = 1024


class QuotedPrintable(dict[str, str]):
    """Encodes texts line by line and remembers lines, for most are the same in every message.

    Encoding a line costs some 2 microseconds, looking it up 0.05. The memory is bounded: when it
    is full, further new lines are encoded and not kept.
    """

    def __missing__(self, line: str) -> str:
        """The encoded line, without line end."""
        encoded = b2a_qp(line.encode("utf-8", "replace"), istext=True).decode("ascii")
        # b2a_qp ends soft-broken lines as the text does, and one line has no end to learn from.
        encoded = encoded.replace("=\n", "=\r\n")
        if len(self) < _CACHED_LINES:
            self[line] = encoded
        return encoded

    def encode(self, text: str) -> bytes:
        """The whole text; any line end becomes CRLF, and the last line has one."""
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        lines = text.removesuffix("\n").split("\n")
        return ("\r\n".join(map(self.__getitem__, lines)) + "\r\n").encode("ascii")


def encode_base64(content: bytes) -> bytes:
    """The content in lines of 76 characters, each with CRLF."""
    return base64.encodebytes(content).replace(b"\n", b"\r\n")
