"""The seams behind which a login's secret is found: a password, or a token that ends.

Owns what transports ask for and when a token is old; where it comes from is `identity`'s matter.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

#: A password, asked for when it is needed; a function, so that no text form of it can show it.
PasswordSource = Callable[[], Awaitable[str]]

#: How long before its end a token is renewed; a short-lived one in the last quarter of its life.
RENEWAL_MARGIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token (RFC 6749); its text is never shown. `ends_at` None: nobody has told."""

    value: str = field(repr=False)
    made_at: datetime
    ends_at: datetime | None = None

    def is_old(self, now: datetime) -> bool:
        """Whether it should be renewed before it is used again."""
        if self.ends_at is None:
            return False
        return now >= self.ends_at - min(RENEWAL_MARGIN, (self.ends_at - self.made_at) / 4)


class TokenSource(Protocol):
    """Where all connections of a run get their one token from."""

    async def fresh(self, refused: Token | None = None) -> Token:
        """The token that all share, renewed where it is old or is the one that was `refused`.

        Raises:
            AuthenticationError: there is none to be had before a person signs in again.
            RelayUnavailable: whoever gives it cannot be reached now.
            SettingsError: the settings name no usable source.
        """
        ...
