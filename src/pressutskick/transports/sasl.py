"""The dialogue of each login mechanism (RFC 4954 section 4), line by line, answering what is asked.

PLAIN: RFC 4616, CRAM-MD5: RFC 2195, LOGIN: what servers do. Chooses nothing and tries nothing twice.
"""

import base64
import binascii

import aiosmtplib
from aiosmtplib.auth import auth_crammd5_verify

from pressutskick.transports.mask import Mask

#: A command line with its CRLF (RFC 5321 section 4.5.3.1.4); a longer first answer has to wait until
#: it is asked for (RFC 4954 section 4).
LONGEST_COMMAND = 512

_GO_ON, _WELCOME = 334, 235

#: Ends an exchange; the server answers 501 (RFC 4954 section 4).
_CANCEL = b"*"


class Exchange:
    """One connection's exchanges; each raises aiosmtplib.SMTPAuthenticationError where refused.

    What must not be told is told to `mask` before it is said.
    """

    def __init__(self, client: aiosmtplib.SMTP, username: str, seconds: float, mask: Mask) -> None:
        """`seconds` is how long each reply is waited for."""
        self.client = client
        self.username = username
        self._seconds = seconds
        self._mask = mask

    def hide(self, secret: str) -> None:
        """Nothing that the server says shows `secret` from now on."""
        self._mask.hide(secret)

    async def say_plain(self, password: str) -> None:
        """PLAIN: name and password in one answer."""
        self._mask.hide(password)
        await self.answer_once("PLAIN", f"\0{self.username}\0{password}".encode())

    async def answer_login(self, password: str) -> None:
        """LOGIN: name, then password; the name again where the server asks for it nevertheless.

        Questions are not standardised: where one is neither for the name nor for the password, and
        where the server wants no name on the command line, all begins anew and goes by turns.
        """
        self._mask.hide(password)
        name, secret = base64.b64encode(self.username.encode()), base64.b64encode(password.encode())
        reply = await self._begin("LOGIN", self.username.encode())
        asks = _decode(reply.message).lower() if reply.code == _GO_ON else b""
        if b"pass" in asks:
            answers = [secret]
        elif b"user" in asks or b"name" in asks:
            answers = [name, secret]
        else:
            if reply.code == _GO_ON:
                reply = await self._send(_CANCEL)
            if reply.code in (500, 501):
                # Nothing was said of a password yet.
                reply = await self._send(b"AUTH", b"LOGIN")
            answers = [name, secret]
        for answer in answers:
            if reply.code == _GO_ON:
                reply = await self._send(answer)
        _conclude(reply)

    async def answer_challenge(self, password: str) -> None:
        """CRAM-MD5: the password itself is never said."""
        self._mask.hide(password)
        reply = await self._send(b"AUTH", b"CRAM-MD5")
        if reply.code == _GO_ON:
            reply = await self._send(auth_crammd5_verify(self.username, password, reply.message))
        _conclude(reply)

    async def answer_once(self, mechanism: str, answer: bytes, farewell: bytes = b"") -> None:
        """One answer, on the command line or, where it is asked for, on a line of its own.

        Token mechanisms tell an error as a question in JSON; `farewell` asks for the reply then.
        """
        self._mask.hide(answer)
        reply = await self._begin(mechanism, answer)
        if reply.code == _GO_ON and not _decode(reply.message).lstrip().startswith(b"{"):
            reply = await self._send(base64.b64encode(answer))
        if reply.code == _GO_ON:
            reply = await self._send(base64.b64encode(farewell))
        _conclude(reply)

    async def _begin(self, mechanism: str, answer: bytes) -> aiosmtplib.SMTPResponse:
        """AUTH, with the first answer where it fits on the line."""
        words = (b"AUTH", mechanism.encode(), base64.b64encode(answer))
        fits = len(b" ".join(words)) + len(b"\r\n") <= LONGEST_COMMAND
        return await self._send(*(words if fits else words[:2]))

    async def _send(self, *words: bytes) -> aiosmtplib.SMTPResponse:
        return await self.client.execute_command(*words, timeout=self._seconds)


def _conclude(reply: aiosmtplib.SMTPResponse) -> None:
    if reply.code != _WELCOME:
        raise aiosmtplib.SMTPAuthenticationError(reply.code, reply.message)


def _decode(question: str) -> bytes:
    """What the server asks; nothing where it is no base64."""
    try:
        return base64.b64decode(question)
    except (binascii.Error, ValueError):
        return b""
