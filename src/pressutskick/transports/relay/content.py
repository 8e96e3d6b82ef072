"""Where the content of a message ends, and what it was before its dots were doubled."""


class ContentReader:
    """Takes one content after the other from what has arrived, and searches nothing twice."""

    def __init__(self) -> None:
        self._searched = 0

    def take(self, arrived: bytearray) -> bytes | None:
        """A complete content, taken out of `arrived` with the dot that ends it; None if it lacks.

        Its lines end in CRLF (RFC 5321 section 4.1.1.4), and their dots are undoubled (section
        4.5.2).
        """
        if arrived.startswith(b".\r\n"):
            length, following = 0, 3
        else:
            end = arrived.find(b"\r\n.\r\n", max(0, self._searched - 4))
            if end < 0:
                self._searched = len(arrived)
                return None
            length, following = end + 2, end + 5
        content = bytes(arrived[:length])
        del arrived[:following]
        self._searched = 0
        return content.removeprefix(b".").replace(b"\r\n.", b"\r\n")
