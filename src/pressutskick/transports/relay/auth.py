"""AUTH at the relay's end: PLAIN, LOGIN, CRAM-MD5, XOAUTH2, OAUTHBEARER against a table of names and secrets."""

import base64
import binascii
import hmac
from collections.abc import Mapping, Sequence

PROMPTS = (b"Username:", b"Password:")
CHALLENGE = b"<1.sandbox@sandbox.example>"
_SUCCESS = b"235 2.7.0 Welcome"
_FAILURE = b"535 5.7.8 Wrong name or password"


class Authentication:
    """One AUTH exchange; each line of the client moves it on."""

    def __init__(
        self, mechanism: str, logins: Mapping[str, str], prompts: Sequence[bytes] = PROMPTS
    ) -> None:
        """`prompts` is how LOGIN asks for name and password; nothing has standardised that."""
        self._prompts = prompts
        self._mechanism = mechanism
        self._logins = logins
        self._name: bytes | None = None
        self._has_failed = False

    def advance(self, line: bytes | None) -> tuple[bytes, bool]:
        """The reply to a line (None: nothing came with AUTH), and whether the exchange is over."""
        if self._has_failed:
            return _FAILURE, True
        if line is None:
            prompts = {"CRAM-MD5": CHALLENGE, "LOGIN": self._prompts[0]}
            return b"334 " + base64.b64encode(prompts.get(self._mechanism, b"")), False
        try:
            words = base64.b64decode(line, validate=True)
        except binascii.Error:
            return b"501 5.5.2 Not base64", True
        if self._mechanism == "LOGIN" and self._name is None:
            self._name = words
            return b"334 " + base64.b64encode(self._prompts[1]), False
        if self._is_right(words):
            return _SUCCESS, True
        if self._mechanism in ("XOAUTH2", "OAUTHBEARER"):
            # The error comes as a challenge that the client answers with a line that says nothing.
            self._has_failed = True
            return b"334 " + base64.b64encode(b'{"status":"401"}'), False
        return _FAILURE, True

    def _is_right(self, words: bytes) -> bool:
        name, secret = self._split(words)
        expected = self._logins.get(name.decode("utf-8", "replace"))
        if expected is None:
            return False
        wanted = expected.encode()
        if self._mechanism == "CRAM-MD5":
            wanted = hmac.new(wanted, CHALLENGE, "md5").hexdigest().encode()
        return hmac.compare_digest(wanted, secret)

    def _split(self, words: bytes) -> tuple[bytes, bytes]:
        if self._mechanism == "LOGIN":
            return self._name or b"", words
        if self._mechanism == "CRAM-MD5":
            name, _, digest = words.rpartition(b" ")
            return name, digest
        if self._mechanism == "XOAUTH2":
            user, _, rest = words.partition(b"\x01")
            return user.removeprefix(b"user="), rest.removeprefix(b"auth=Bearer ").rstrip(b"\x01")
        if self._mechanism == "OAUTHBEARER":
            head, *fields = words.split(b"\x01")
            secret = next((each[12:] for each in fields if each.startswith(b"auth=Bearer ")), b"")
            return head.removeprefix(b"n,a=").removesuffix(b","), secret
        _, _, rest = words.partition(b"\0")
        name, _, password = rest.partition(b"\0")
        return name, password
