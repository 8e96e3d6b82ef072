"""What carries the messages: the relay that the settings name, or the sandbox."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pressutskick.assembly.login import find_mailbox, find_password, find_tokens
from pressutskick.assembly.state import state_folder
from pressutskick.errors import SettingsError
from pressutskick.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressutskick.dispatch.interfaces import Transport
    from pressutskick.settings.model import Settings
    from pressutskick.transports.smtp import SmtpAddress


@contextmanager
def open_transport(settings: Settings, *, is_sandbox: bool = False) -> Iterator[Transport]:
    """What carries the messages, for one run: the relay of the settings, or the sandbox.

    The sandbox keeps them in `outbox/` of the workspace.

    Raises:
        SettingsError: no relay is named, or a login would go out in clear text.
    """
    from pressutskick.exports.outbox import Outbox
    from pressutskick.transports.sandbox import SandboxTransport
    from pressutskick.transports.smtp import SmtpTransport

    if is_sandbox:
        yield SandboxTransport(Outbox(settings.workspace / "outbox").add)
    else:
        yield SmtpTransport(make_relay_address(settings))


def make_relay_address(settings: Settings) -> SmtpAddress:
    """Where the relay is and how it is spoken to.

    Raises:
        SettingsError: no relay is named, or a login would go out in clear text.
    """
    from pressutskick.transports.login import Login
    from pressutskick.transports.smtp import Encryption, SmtpAddress
    from pressutskick.transports.smtp_errors import no_login_in_clear
    from pressutskick.transports.transaction import Timeouts

    if settings.smtp_host is None:
        raise SettingsError(
            say("No mail server is named: PRESSUTSKICK_SMTP_HOST is empty."),
            remedy=say("Set it in .env (pressutskick init asks for it), or try with --sandbox."),
        )
    encryption = Encryption(str(settings.smtp_security))
    login = None
    username = find_mailbox(settings)
    if username is not None:
        if encryption is Encryption.NONE:
            raise no_login_in_clear()
        login = Login(
            username=username,
            reveal=find_password(settings),
            tokens=find_tokens(settings),
        )
    return SmtpAddress(
        host=settings.smtp_host,
        port=settings.smtp_port,
        encryption=encryption,
        login=login,
        relay=settings.relay,
        ca_file=str(settings.smtp_ca_file) if settings.smtp_ca_file else None,
        ehlo_name=settings.smtp_ehlo_name,
        notes=state_folder() / "relays-that-want-their-turn",
        timeouts=Timeouts(
            connect=settings.timeout_connect,
            command=settings.timeout_command,
            data=settings.timeout_data,
            reply=settings.timeout_reply,
        ),
    )
