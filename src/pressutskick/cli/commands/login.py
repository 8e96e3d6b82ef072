"""`login`: sign in at the provider, see who is signed in, get the letter to who can mend it."""

import os
import sys
import time
import webbrowser
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.shared import Json
from pressutskick.cli.language import _, language_in_use
from pressutskick.cli.shows.screen.console import out, plain, talk
from pressutskick.errors import PressutskickError, UsageError
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.identity.redirect import Words
    from pressutskick.settings.model import Settings

if TYPE_CHECKING:
    from pressutskick.identity.openid import DeviceWalk

Device = Annotated[
    bool,
    typer.Option("--device", help=_("Without a browser here: type a code on another device.")),
]


def login(
    provider: Annotated[
        str,
        typer.Argument(
            metavar="[PROVIDER]",
            help=_("microsoft365, google, or the https address of an OpenID issuer."),
        ),
    ] = "",
    client_id: Annotated[
        str, typer.Option(metavar="ID", help=_("The application's client id, from IT."))
    ] = "",
    tenant: Annotated[
        str, typer.Option(metavar="ID", help=_("Microsoft's tenant: an id or a domain."))
    ] = "",
    *,
    device: Device = False,
    in_file: Annotated[
        bool,
        typer.Option(
            "--in-file", help=_("Keep it in a file that only you can read, for cron and servers.")
        ),
    ] = False,
    inbox: Annotated[
        bool, typer.Option("--inbox", help=_("Ask for the right to read the mailbox too."))
    ] = False,
    status: Annotated[bool, typer.Option("--status", help=_("Show who is signed in."))] = False,
    ticket: Annotated[
        bool, typer.Option("--ticket", help=_("Print the letter to who can mend it."))
    ] = False,
    answer: Annotated[
        str,
        typer.Option(metavar="TEXT", help=_("With --ticket: what the server said, copied.")),
    ] = "",
    as_json: Json = False,
) -> None:
    """Signs in in the browser, so that no password is kept; it renews itself from then on."""
    from pressutskick.cli.shows.signin import show_status
    from pressutskick.cli.shows.ticket import show_login_ticket

    settings = command_settings(
        LOGIN=_checked(provider) or None,
        LOGIN_CLIENT_ID=client_id or None,
        LOGIN_TENANT=tenant or None,
    )
    if ticket or answer:
        show_login_ticket(settings, answer)
    elif status:
        raise typer.Exit(show_status(settings, as_json=as_json))
    else:
        _sign_in(settings, is_device=device, is_in_file=in_file, reads_mailbox=inbox)
        _write_settings(settings)


def _checked(provider: str) -> str:
    from pressutskick.settings.parsing import parse_login

    try:
        return parse_login(provider) if provider else ""
    except ValueError:
        raise UsageError(
            say("{word} signs nobody in.", word=provider),
            remedy=say("Write microsoft365, google or the https address of an OpenID issuer."),
        ) from None


def _sign_in(
    settings: "Settings", *, is_device: bool, is_in_file: bool, reads_mailbox: bool
) -> None:
    from pressutskick.assembly import login as assembly
    from pressutskick.cli.shows.signin import show_kept, show_sign_in
    from pressutskick.identity.store import Place

    client = assembly.make_sign_in_client(settings, reads_mailbox=reads_mailbox)
    store, name = assembly.open_sign_in_store(), assembly.name_sign_in(settings)
    if not (sys.stdin.isatty() or sys.stderr.isatty()):
        raise UsageError(
            say("Nobody is there to sign in."),
            remedy=say("Run it in a terminal of your own; cron uses what is kept then."),
        )
    from pressutskick.identity.signing import sign_in_by_browser, sign_in_by_device

    try:
        if is_device:
            sign_in = sign_in_by_device(client, show=_show_device, wait=time.sleep)
        else:
            hint = assembly.find_mailbox(settings)
            sign_in = sign_in_by_browser(client, words=_words(), hint=hint, show=_show_browser)
    except PressutskickError as error:
        if error.answer:
            store.note_refusal(name, error.answer)
        raise
    place = store.save(name, sign_in, place=Place.FILE if is_in_file else Place.KEYRING)
    show_sign_in(settings, sign_in)
    show_kept(store.file(name), place, is_wished=is_in_file)


def _words() -> "Words":
    from pressutskick.identity.redirect import Words

    return Words(
        language=language_in_use(),
        done=_("You may close this page and go on in the terminal."),
        refused=_("The sign-in was refused. The terminal tells why."),
        foreign=_("This page belongs to a sign-in that is over, or to none."),
    )


def _show_browser(address: str) -> None:
    if _has_browser() and webbrowser.open(address):
        talk().print(plain(_("Your browser shows the sign-in page. If it does not, open:")))
    else:
        talk().print(
            plain(
                _(
                    "No browser could be opened here. Open this page on this very machine, or stop "
                    "with Ctrl-C and run: pressutskick login --device"
                )
            )
        )
    # Not through Rich: an address that is wrapped cannot be clicked.
    sys.stderr.write(f"  {address}\n")
    talk().print(plain(_("Waiting for the browser ...")))


def _has_browser() -> bool:
    """A text browser in the terminal would take it over, and cannot sign in."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def _show_device(walk: "DeviceWalk") -> None:
    out().print(plain(_("On any device, open: {page}", page=walk.page)))
    out().print(plain(_("and type the code: {code}", code=walk.user_code), "bold"))
    talk().print(plain(_("Waiting until it is done there ...")))


def _write_settings(settings: "Settings") -> None:
    """What was given as flags goes into `.env`, so that `send` knows it too."""
    from pressutskick.assembly.envfile import add_to_env_file

    kept = command_settings()
    wanted = {
        "LOGIN": "" if kept.login else settings.login,
        "LOGIN_CLIENT_ID": "" if kept.login_client_id else settings.login_client_id,
        "LOGIN_TENANT": "" if kept.login_tenant else settings.login_tenant,
    }
    given = {key: text for key, text in wanted.items() if text}
    if given:
        file = kept.env_file or kept.workspace / ".env"
        add_to_env_file(file, given)
        talk().print(plain(_("{file} now names the provider and the application.", file=file)))
