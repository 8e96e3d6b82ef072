"""Where mails come in: the mailbox that the settings name, or a folder of files."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import TYPE_CHECKING

from pressutskick.assembly.login import (
    find_mailbox,
    find_password,
    find_tokens,
    require_trust,
)
from pressutskick.errors import SettingsError
from pressutskick.sentences import say
from pressutskick.settings.workspace import PREFIX

if TYPE_CHECKING:
    from pressutskick.dispatch.signin.credentials import PasswordSource, TokenSource
    from pressutskick.inbox.imap import ImapMailbox
    from pressutskick.replies.mailbox import MailSource
    from pressutskick.settings.model import Settings


def open_mailbox(settings: Settings, folder: str) -> MailSource:
    """The folder, Maildir, mbox or mail of that name; where none is named, the IMAP mailbox.

    Raises:
        InputNotFound: there is no such folder or file.
        SettingsError: no mailbox is named, or nobody to log in.
    """
    if folder:
        from pressutskick.inbox.folders import open_folder

        return open_folder(Path(folder))
    return open_imap(settings)


def open_imap(settings: Settings) -> ImapMailbox:
    """The mailbox of the settings; nothing is connected yet.

    Name, password and tokens are the mail server's where the mailbox has none of its own.

    Raises:
        SettingsError: no server or user is named, or what speaks IMAP is not installed.
    """
    try:
        from pressutskick.inbox.imap import ImapAccount, ImapMailbox
    except ImportError as error:
        raise SettingsError(
            say("What reads a mailbox over IMAP is not installed."),
            remedy=say(
                "Install it: pip install 'pressutskick[inbox]'. A folder of mails needs none."
            ),
        ) from error
    username = settings.imap_username or find_mailbox(settings)
    if settings.imap_host is None or username is None:
        key = "IMAP_HOST" if settings.imap_host is None else "IMAP_USERNAME"
        raise SettingsError(
            say("No mailbox is named: {key} is empty.", key=PREFIX + key),
            remedy=say("Set it in .env, or name a folder of mails: pressutskick inbox FOLDER"),
        )
    reveal, tokens = _find_secret(settings)

    def make_context() -> ssl.SSLContext:
        from pressutskick.transports.smtp import make_tls_context

        return make_tls_context(str(settings.smtp_ca_file) if settings.smtp_ca_file else None)

    return ImapMailbox(
        ImapAccount(
            host=settings.imap_host,
            port=settings.imap_port,
            security=settings.imap_security,
            username=username,
            folder=settings.imap_folder,
            reveal=reveal,
            tokens=tokens,
            make_context=make_context,
        )
    )


def _find_secret(settings: Settings) -> tuple[PasswordSource | None, TokenSource | None]:
    """The mailbox's own password before the mail server's tokens and password.

    Raises:
        SettingsError: a command stands in a `.env` that others can write.
    """
    from pressutskick.identity.secrets import CommandPassword, KnownPassword

    if settings.imap_password_command is not None:
        require_trust(settings, "IMAP_PASSWORD_COMMAND")
        command, key = settings.imap_password_command, f"{PREFIX}IMAP_PASSWORD_COMMAND"
        return CommandPassword(command=command, key=key), None
    if settings.imap_password is not None:
        return KnownPassword(settings.imap_password.reveal), None
    tokens = find_tokens(settings)
    return (None, tokens) if tokens is not None else (find_password(settings), None)
