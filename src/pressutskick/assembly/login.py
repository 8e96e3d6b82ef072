"""How a run logs in: where the settings let its password or its tokens come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressutskick.settings.model import PREFIX

if TYPE_CHECKING:
    from pressutskick.dispatch.credentials import PasswordSource, TokenSource
    from pressutskick.settings.model import Settings


def find_password(settings: Settings) -> PasswordSource | None:
    """The password's source: the command before the setting; None where neither is set."""
    from pressutskick.identity.secrets import CommandPassword, KnownPassword

    if settings.smtp_password_command is not None:
        return CommandPassword(
            command=settings.smtp_password_command, key=f"{PREFIX}SMTP_PASSWORD_COMMAND"
        )
    return KnownPassword(settings.smtp_password.reveal) if settings.smtp_password else None


def find_tokens(settings: Settings) -> TokenSource | None:
    """The source of the token that all connections share; None where a password is used."""
    from pressutskick.identity.secrets import CommandTokens
    from pressutskick.identity.sharing import SharedTokens
    from pressutskick.transports.clock import SystemClock

    now = SystemClock().now
    if settings.smtp_token_command is None:
        return None
    return SharedTokens(
        CommandTokens(
            command=settings.smtp_token_command, key=f"{PREFIX}SMTP_TOKEN_COMMAND", now=now
        ),
        now,
    )
