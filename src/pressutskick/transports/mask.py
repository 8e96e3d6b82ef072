"""Stars over secrets in what a server says: some repeat the password that they refuse."""

import base64

STARS = b"***"

#: A shorter secret may be a part of any word; then only the replies to the login are covered.
_DISTINCT = 6


class Mask:
    """The secrets of one connection. They are told to it, and never by it."""

    def __init__(self) -> None:
        self._secrets: list[bytes] = []

    def __repr__(self) -> str:
        return "Mask()"

    def hide(self, secret: str | bytes) -> None:
        """From now on neither `secret` nor its base64 form is to be seen."""
        raw = secret.encode() if isinstance(secret, str) else secret
        encoded = base64.b64encode(raw)
        known = {*self._secrets, raw, encoded, encoded.rstrip(b"=")} - {b""}
        self._secrets = sorted(known, key=len, reverse=True)

    def cover(self, text: bytes, *, least: int = _DISTINCT) -> bytes:
        """`text` with stars for each secret of at least `least` octets."""
        for secret in self._secrets:
            if len(secret) >= least and secret in text:
                text = text.replace(secret, STARS)
        return text

    def cover_login(self, text: str) -> str:
        """The same for the words of a reply to a login: every secret, however short."""
        raw = text.encode("utf-8", "surrogateescape")
        return self.cover(raw, least=1).decode("utf-8", "replace")
