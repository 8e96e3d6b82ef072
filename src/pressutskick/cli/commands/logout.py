"""`logout`: the sign-in is forgotten here and taken back at the provider."""

from pressutskick.cli.context import command_settings
from pressutskick.cli.language import _, tell
from pressutskick.cli.shows.screen.console import plain, talk
from pressutskick.errors import PressutskickError


def logout() -> None:
    """Nothing of the sign-in is left on this machine, whatever the provider says."""
    from pressutskick.assembly import login as assembly

    settings = command_settings()
    store, name = assembly.open_sign_in_store(), assembly.name_sign_in(settings)
    try:
        sign_in = store.load(name)
    except PressutskickError:
        sign_in = None
    was_there = store.forget(name)
    if not was_there:
        talk().print(plain(_("Nobody was signed in.")))
        return
    talk().print(plain(_("Signed out: nothing of it is left on this machine.")))
    if sign_in is None:
        return
    try:
        is_revoked = assembly.make_sign_in_client(settings).revoke(sign_in)
    except PressutskickError as error:
        talk().print(plain(_("It could not be taken back at the provider:")))
        talk().print(plain(tell(error.sentence)))
        return
    talk().print(
        plain(
            _("It was taken back at the provider too.")
            if is_revoked
            else _("The provider lets no program take it back; it ends there by itself.")
        )
    )
