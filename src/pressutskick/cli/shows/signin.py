"""Who is signed in, for which mailbox, until when, and where that is kept."""

from pathlib import Path

from pressutskick.assembly import login as assembly
from pressutskick.cli.language import _
from pressutskick.cli.shows.screen.console import out, plain, print_json, talk
from pressutskick.errors import ExitStatus
from pressutskick.identity.account import SignIn
from pressutskick.identity.store import Place
from pressutskick.release.zone import ZONE
from pressutskick.settings.model import Settings


def show_sign_in(settings: Settings, sign_in: SignIn) -> None:
    """Person, mailbox, end; and what must be right where the two differ."""
    mailbox = assembly.find_mailbox(settings) or "-"
    person = sign_in.person or "-"
    out().print(plain(_("Signed in as {person}.", person=person), "bold"))
    out().print(plain(_("Sends from the mailbox {mailbox}.", mailbox=mailbox)))
    if person.casefold() != mailbox.casefold():
        out().print(
            plain(
                _(
                    "{person} must have the right to use that mailbox (Full Access, Send As), or the "
                    "mail server will refuse.",
                    person=person,
                )
            )
        )
    out().print(plain(_end(sign_in)))


def _end(sign_in: SignIn) -> str:
    end = sign_in.token.ends_at
    if sign_in.renewal is not None:
        return _("It renews itself, until the provider wants you again.")
    if end is None:
        return _("The provider does not say when it ends.")
    clock = f"{end.astimezone(ZONE):%Y-%m-%d %H:%M %Z}"
    return _("It ends {clock}, and does not renew itself: then sign in again.", clock=clock)


def show_kept(file: Path, place: Place, *, is_wished: bool) -> None:
    """Where the secret lies; aloud where that is not the keyring."""
    if place is Place.KEYRING:
        told = _("Kept encrypted in {file}; the key is in the system's keyring.", file=file)
        talk().print(plain(told))
        return
    told = _("Kept in {file}, which only you can read; it is not encrypted.", file=file)
    talk().print(plain(told, "yellow"))
    if not is_wished:
        talk().print(plain(_("This machine has no keyring that could hold a key."), "yellow"))


def show_status(settings: Settings, *, as_json: bool) -> ExitStatus:
    """Who is signed in; nobody is 77, as for `send`."""
    sign_in = assembly.load_sign_in(settings)
    if as_json:
        print_json(_document(settings, sign_in))
    elif sign_in is None:
        out().print(plain(_("Nobody is signed in. Sign in: pressutskick login")))
    else:
        store, name = assembly.open_sign_in_store(), assembly.name_sign_in(settings)
        show_sign_in(settings, sign_in)
        out().print(plain(_("May do: {scopes}", scopes=" ".join(sign_in.scopes))))
        show_kept(store.file(name), store.place(name) or Place.FILE, is_wished=True)
    return ExitStatus.LOGIN if sign_in is None else ExitStatus.OK


def _document(settings: Settings, sign_in: SignIn | None) -> dict[str, object]:
    if sign_in is None:
        return {"signed_in": False, "mailbox": assembly.find_mailbox(settings)}
    end = sign_in.token.ends_at
    store, name = assembly.open_sign_in_store(), assembly.name_sign_in(settings)
    return {
        "signed_in": True,
        "mailbox": assembly.find_mailbox(settings),
        "person": sign_in.person,
        "issuer": sign_in.issuer,
        "scopes": list(sign_in.scopes),
        "signed_in_at": sign_in.signed_in_at.isoformat(),
        "token_ends_at": end.isoformat() if end else None,
        "renews": sign_in.renewal is not None,
        "kept_in": str(store.place(name)),
    }
