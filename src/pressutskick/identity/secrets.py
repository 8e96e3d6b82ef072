"""Passwords and tokens that the settings tell, themselves or by a command."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from pressutskick.dispatch.signin.credentials import Token
from pressutskick.identity.command import ask_command


@dataclass(frozen=True, slots=True)
class KnownPassword:
    """A PasswordSource: the password that the settings hold."""

    _reveal: Callable[[], str] = field(repr=False)

    async def __call__(self) -> str:
        """The password."""
        return self._reveal()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandPassword:
    """A PasswordSource: the first line that a command prints. `key` names the setting."""

    command: str = field(repr=False)
    key: str

    async def __call__(self) -> str:
        """The password.

        Raises:
            SettingsError: as `ask_command` tells.
        """
        return await ask_command(self.command, self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandTokens:
    """Fetches a token by a command, which does not tell when it ends."""

    command: str = field(repr=False)
    key: str
    now: Callable[[], datetime]

    async def __call__(self, refused: Token | None) -> Token:
        """A new token.

        Raises:
            SettingsError: as `ask_command` tells.
        """
        return Token(value=await ask_command(self.command, self.key), made_at=self.now())
