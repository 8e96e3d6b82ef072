"""A mailbox over IMAP (RFC 3501), opened for reading only, over TLS only.

Every mail is fetched with BODY.PEEK, so that it stays unread; its first octets only, some mails at
a time. IMAPClient speaks the protocol.
"""

import asyncio
import datetime as dt
import imaplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice

from imapclient import IMAPClient
from imapclient.exceptions import CapabilityError, IMAPClientError, LoginError

from pressutskick.dispatch.signin.credentials import PasswordSource, Token, TokenSource
from pressutskick.errors import (
    AuthenticationError,
    InputNotFound,
    RelayUnavailable,
    TlsError,
    reason_of,
)
from pressutskick.replies.mailbox import Cursor, Progress, RawMail
from pressutskick.replies.parts import MOST_OCTETS, one_line
from pressutskick.sentences import Sentence, say, without_stop
from pressutskick.settings.model import ImapSecurity

#: Mails that are fetched with one question: at most so many times `MOST_OCTETS` are held.
_BATCH = 40
_PATIENCE = 60.0
#: RFC 2177 lets a server drop whoever idles for half an hour.
_IDLE = 540.0
_WANTED = f"BODY.PEEK[]<0.{MOST_OCTETS}>".encode()
_GIVEN = b"BODY[]<0>"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapAccount:
    """Where a mailbox is and who reads it. One of `reveal` and `tokens` is given.

    `make_context` gives the TLS context when a connection needs one.
    """

    host: str
    port: int
    security: ImapSecurity
    username: str
    folder: str = "INBOX"
    reveal: PasswordSource | None = None
    tokens: TokenSource | None = None
    make_context: Callable[[], ssl.SSLContext]


class ImapMailbox:
    """A Mailbox over IMAP."""

    def __init__(self, account: ImapAccount) -> None:
        """Connects to nothing yet."""
        self._account = account

    @property
    def account(self) -> str:
        """See Mailbox."""
        where = self._account
        return f"imap://{where.username}@{where.host}:{where.port}/{where.folder}"

    def mails(self, progress: Progress) -> Iterator[RawMail]:
        """See Mailbox.

        Raises:
            RelayUnavailable: the server cannot be reached, or the connection broke.
            AuthenticationError: it refused the login.
            InputNotFound: there is no such folder.
            TlsError: its certificate cannot be trusted.
        """
        with self._told(), self._connected() as client:
            validity = self._select(client)
            uids = iter(_find(client, progress, validity))
            while batch := list(islice(uids, _BATCH)):
                found = client.fetch(batch, [_WANTED])
                for uid in sorted(found):
                    content = found[uid].get(_GIVEN)
                    if isinstance(content, bytes):
                        cursor = Cursor(validity=validity, uid=uid)
                        yield RawMail(name=f"UID {uid}", content=content, cursor=cursor)

    def wait(self) -> None:
        """Returns when something new may have come (IDLE, RFC 2177), or after nine minutes.

        Raises:
            RelayUnavailable, AuthenticationError, InputNotFound, TlsError: as `mails`.
        """
        with self._told(), self._connected() as client:
            self._select(client)
            client.idle()
            with suppress(TimeoutError):
                client.idle_check(timeout=_IDLE)
            client.idle_done()

    def _select(self, client: IMAPClient) -> int:
        try:
            answer = client.select_folder(self._account.folder, readonly=True)
        except IMAPClientError as error:
            raise InputNotFound(
                say(
                    "{host} does not open the folder {folder}: {words}.",
                    host=self._account.host,
                    folder=self._account.folder,
                    words=_words_of(error),
                )
            ) from error
        return int(answer[b"UIDVALIDITY"])

    @contextmanager
    def _connected(self) -> Iterator[IMAPClient]:
        where = self._account
        is_tls = where.security is ImapSecurity.TLS
        context = where.make_context()
        client = IMAPClient(
            where.host, where.port, ssl=is_tls, ssl_context=context, timeout=_PATIENCE
        )
        try:
            if where.security is ImapSecurity.STARTTLS:
                client.starttls(context)
            self._log_in(client)
            yield client
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                client.logout()

    def _log_in(self, client: IMAPClient) -> None:
        where = self._account
        if where.tokens is None:
            password = asyncio.run(_ask(where.reveal)) if where.reveal else ""
            self._try(lambda: client.login(where.username, password))
            return
        token = asyncio.run(where.tokens.fresh())
        try:
            self._present(client, token)
        except AuthenticationError:
            # It may have ended between its making and its use.
            self._present(client, asyncio.run(where.tokens.fresh(token)))

    def _present(self, client: IMAPClient, token: Token) -> None:
        where = self._account
        has_bearer = client.has_capability("AUTH=OAUTHBEARER")
        is_bearer = has_bearer and not client.has_capability("AUTH=XOAUTH2")
        way = client.oauthbearer_login if is_bearer else client.oauth2_login
        self._try(lambda: way(where.username, token.value))

    def _try(self, log_in: Callable[[], object]) -> None:
        try:
            log_in()
        except (LoginError, CapabilityError, IMAPClientError) as error:
            raise AuthenticationError(
                say(
                    "{host} refuses the login of {user}: {words}.",
                    host=self._account.host,
                    user=self._account.username,
                    words=_words_of(error),
                ),
                remedy=say(
                    "Check PRESSUTSKICK_IMAP_USERNAME and the password or token; without IMAP, save "
                    "the mails as .eml files and run: pressutskick inbox FOLDER"
                ),
            ) from error

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the connection raises, in our words; the cause is kept."""
        try:
            yield
        except ssl.SSLError as error:
            reason = getattr(error, "verify_message", "") or error.reason or str(error)
            raise TlsError(
                say(
                    "The encryption of {host} cannot be trusted: {reason}.",
                    host=self._account.host,
                    reason=without_stop(str(reason)),
                )
            ) from error
        except OSError as error:
            raise self._unavailable(reason_of(error)) from error
        except imaplib.IMAP4.error as error:
            raise self._unavailable(_words_of(error)) from error

    def _unavailable(self, reason: Sentence | str) -> RelayUnavailable:
        host, port = self._account.host, self._account.port
        return RelayUnavailable(
            say(
                "The mailbox at {host}:{port} cannot be read: {reason}.",
                host=host,
                port=port,
                reason=reason,
            ),
            remedy=say("Run the same command again later; it goes on where it stopped."),
        )


async def _ask(reveal: PasswordSource) -> str:
    return await reveal()


def _find(client: IMAPClient, progress: Progress, validity: int) -> list[int]:
    """UIDs to read, ascending."""
    cursor = progress.cursor
    if cursor is not None and cursor.validity == validity:
        # A range with a star always holds the last mail, however small its number.
        found = client.search(["UID", f"{cursor.uid + 1}:*"])
        return sorted(uid for uid in found if uid > cursor.uid)
    if progress.since is None:
        return sorted(client.search("ALL"))
    # A server's day may be another's: one more on the safe side.
    return sorted(client.search(["SINCE", progress.since - dt.timedelta(days=1)]))


def _words_of(error: Exception) -> str:
    words = error.args[0] if error.args else ""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return without_stop(one_line(text)) or type(error).__name__
