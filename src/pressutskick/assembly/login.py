"""How a run logs in: where the settings let its password or its tokens come from.

The libraries that sign people in are imported when somebody signs in or a token is renewed, and at
no other time.
"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from pressutskick.assembly.state import state_folder
from pressutskick.errors import SettingsError
from pressutskick.sentences import say
from pressutskick.settings.workspace import PREFIX

if TYPE_CHECKING:
    from pressutskick.dispatch.signin.credentials import PasswordSource, TokenSource
    from pressutskick.identity.account import SignIn
    from pressutskick.identity.openid import OpenIdClient
    from pressutskick.identity.providers import Provider
    from pressutskick.identity.signedin import AccountTokens
    from pressutskick.identity.store import Store
    from pressutskick.settings.model import Settings


def find_mailbox(settings: Settings) -> str | None:
    """The mailbox that logs in; None where nobody does. A sign-in is for the sender's own mailbox."""
    if settings.smtp_username is None and settings.login is not None and settings.sender:
        return settings.sender.address
    return settings.smtp_username


def find_password(settings: Settings) -> PasswordSource | None:
    """The password's source: the command before the setting; None where neither is set.

    Raises:
        SettingsError: the command stands in a `.env` that others can write.
    """
    from pressutskick.identity.secrets import CommandPassword, KnownPassword

    if settings.smtp_password_command is not None:
        require_trust(settings, "SMTP_PASSWORD_COMMAND")
        return CommandPassword(
            command=settings.smtp_password_command, key=f"{PREFIX}SMTP_PASSWORD_COMMAND"
        )
    return KnownPassword(settings.smtp_password.reveal) if settings.smtp_password else None


def find_tokens(settings: Settings) -> TokenSource | None:
    """The source of the token that all connections share; None where a password is used.

    Raises:
        SettingsError: two sources are named, or the command stands in a `.env` that others can
            write.
    """
    from pressutskick.identity.secrets import CommandTokens
    from pressutskick.identity.sharing import SharedTokens
    from pressutskick.transports.clock import SystemClock

    now = SystemClock().now
    if settings.login is not None:
        if settings.smtp_token_command is not None:
            raise SettingsError(
                say("PRESSUTSKICK_LOGIN and PRESSUTSKICK_SMTP_TOKEN_COMMAND are both set."),
                remedy=say("Remove the one that is not to be used."),
            )
        return SharedTokens(_make_account_tokens(settings), now)
    if settings.smtp_token_command is None:
        return None
    require_trust(settings, "SMTP_TOKEN_COMMAND")
    return SharedTokens(
        CommandTokens(
            command=settings.smtp_token_command, key=f"{PREFIX}SMTP_TOKEN_COMMAND", now=now
        ),
        now,
    )


def _make_account_tokens(settings: Settings) -> AccountTokens:
    from pressutskick.identity.signedin import AccountTokens
    from pressutskick.transports.clock import SystemClock

    def renew(sign_in: SignIn) -> SignIn:
        return make_sign_in_client(settings).renew(sign_in)

    return AccountTokens(
        store=open_sign_in_store(),
        name=name_sign_in(settings),
        mailbox=find_mailbox(settings) or "-",
        renew=renew,
        now=SystemClock().now,
    )


def require_sign_in(settings: Settings) -> None:
    """Tells at once, and without a connection, where nobody is signed in.

    Raises:
        AuthenticationError: the settings want a sign-in, and there is none that can be read.
    """
    from pressutskick.identity.signedin import not_signed_in

    if settings.login is not None and load_sign_in(settings) is None:
        raise not_signed_in(find_mailbox(settings) or "-")


def load_sign_in(settings: Settings) -> SignIn | None:
    """Who is signed in for this workspace's mailbox; None where nobody is.

    Raises:
        AuthenticationError: it is there and cannot be read.
        SettingsError: the settings name no application.
    """
    return open_sign_in_store().load(name_sign_in(settings))


def open_sign_in_store() -> Store:
    """Where sign-ins are kept on this machine.

    Raises:
        SettingsError: the extra `login` is not installed.
    """
    from pressutskick.exports.private import replace_private
    from pressutskick.identity.store import Store

    try:
        from pressutskick.identity.keyrings import find_system_keys
    except ImportError as error:
        raise _not_installed() from error
    return Store(state_folder() / "logins", find_system_keys(), replace_private)


def name_sign_in(settings: Settings) -> str:
    """One sign-in for each application and mailbox: two workspaces with the same share it.

    Raises:
        SettingsError: the settings name no application.
    """
    provider = make_provider(settings)
    mailbox = find_mailbox(settings) or ""
    words = f"{provider.issuer}\n{provider.client_id}\n{mailbox.casefold()}"
    return hashlib.sha256(words.encode()).hexdigest()[:24]


def make_provider(settings: Settings, *, reads_mailbox: bool = False) -> Provider:
    """Who signs people in, and our application there; `reads_mailbox` asks for that right too.

    Raises:
        SettingsError: it, or the application, is not named.
    """
    from pressutskick.identity import providers

    if settings.login is None:
        raise SettingsError(
            say("PRESSUTSKICK_LOGIN is empty: nobody is named who signs people in."),
            remedy=say(
                "Name it: pressutskick login microsoft365, or google, or an issuer's https address."
            ),
        )
    if settings.login_client_id is None:
        raise SettingsError(
            say("PRESSUTSKICK_LOGIN_CLIENT_ID is empty: the application is not known."),
            remedy=say(
                "Your IT department registers pressutskick as an application and tells its client "
                "id; docs/relays.md walks them through. The letter to them: pressutskick login --ticket"
            ),
        )
    secret = settings.login_client_secret.reveal() if settings.login_client_secret else None
    if settings.login == "microsoft365":
        return providers.microsoft365(
            settings.login_client_id, settings.login_tenant, secret, reads_mailbox=reads_mailbox
        )
    if settings.login == "google":
        return providers.google(settings.login_client_id, secret)
    return providers.openid(settings.login, settings.login_client_id, secret)


def make_sign_in_client(settings: Settings, *, reads_mailbox: bool = False) -> OpenIdClient:
    """What speaks with the provider; trusts whom the relay's connections trust.

    Raises:
        SettingsError: as `make_provider` tells, or the extra `login` is not installed.
    """
    from pressutskick.transports.clock import SystemClock
    from pressutskick.transports.smtp import make_tls_context

    try:
        from pressutskick.identity.openid import OpenIdClient
    except ImportError as error:
        raise _not_installed() from error
    ca_file = str(settings.smtp_ca_file) if settings.smtp_ca_file else None
    return OpenIdClient(
        make_provider(settings, reads_mailbox=reads_mailbox),
        partial(make_tls_context, ca_file),
        SystemClock().now,
    )


def _not_installed() -> SettingsError:
    return SettingsError(
        say("Signing in needs libraries that are not installed."),
        remedy=say('Install them: pip install "pressutskick[{extra}]"', extra="login"),
    )


def require_trust(settings: Settings, key: str) -> None:
    """A command is run only where nobody but the person, or the administrator, can have written it.

    Raises:
        SettingsError: it stands in a `.env` that is somebody else's, or that others can write.
    """
    exposure, file = settings.exposure, str(settings.env_file)
    if key not in settings.env_keys or not (exposure.is_foreign or exposure.is_writable):
        return
    if exposure.is_foreign:
        sentence = say(
            "{key}: the command is not run, because {file} belongs to somebody else.",
            key=PREFIX + key,
            file=file,
        )
        remedy = say("Read it, and copy what you want to use into a .env of your own.")
    else:
        sentence = say(
            "{key}: the command is not run, because others than you can write to {file}.",
            key=PREFIX + key,
            file=file,
        )
        remedy = say("Look whether it is what you wrote, then: chmod 600 {file}", file=file)
    raise SettingsError(sentence, remedy=remedy)
