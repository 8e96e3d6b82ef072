"""Tokens of a signed-in account: out of the store, renewed at the provider when they are old."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from pressutskick.dispatch.signin.credentials import Token
from pressutskick.errors import AuthenticationError
from pressutskick.identity.account import SignIn
from pressutskick.identity.store import Place, Store
from pressutskick.sentences import say


class AccountTokens:
    """Fetches for SharedTokens; one process renews at a time, the others read what it has kept.

    `renew` asks the provider; it blocks.
    """

    def __init__(
        self,
        store: Store,
        name: str,
        mailbox: str,
        renew: Callable[[SignIn], SignIn],
        now: Callable[[], datetime],
    ) -> None:
        """`name` is the sign-in's in the store; `mailbox` is whom it is for, in what is told."""
        self._store = store
        self._name = name
        self._mailbox = mailbox
        self._renew = renew
        self._now = now

    async def __call__(self, refused: Token | None) -> Token:
        """The kept token, or a new one where it is old or `refused`.

        Raises:
            AuthenticationError: nobody is signed in, or the provider wants the person again.
            PressutskickError: as `OpenIdClient.renew` and `Store` tell.
        """
        return await asyncio.to_thread(self._fetch, refused)

    def _fetch(self, refused: Token | None) -> Token:
        with self._store.turn(self._name):
            kept = self._store.load(self._name)
            if kept is None:
                raise not_signed_in(self._mailbox)
            is_refused = refused is not None and refused.value == kept.token.value
            if not is_refused and not kept.token.is_old(self._now()):
                return kept.token
            if kept.renewal is None:
                raise _ended(self._mailbox)
            renewed = self._renew(kept)
            place = self._store.place(self._name) or Place.KEYRING
            self._store.save(self._name, renewed, place=place)
            return renewed.token


def not_signed_in(mailbox: str) -> AuthenticationError:
    """Nobody has, or somebody has signed out."""
    return AuthenticationError(
        say("Nobody is signed in for {mailbox}; nothing was sent.", mailbox=mailbox),
        remedy=say("Sign in, in a terminal of your own: pressutskick login"),
    )


def _ended(mailbox: str) -> AuthenticationError:
    return AuthenticationError(
        say("The sign-in for {mailbox} has ended.", mailbox=mailbox),
        remedy=say("Sign in again, in a terminal of your own: pressutskick login"),
    )
