"""The sender, without whom no message is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressutskick.errors import SettingsError
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.mail import Mailbox
    from pressutskick.settings.model import Settings


def require_sender(settings: Settings) -> Mailbox:
    """The sender.

    Raises:
        SettingsError: nobody is named.
    """
    if settings.sender is None:
        raise SettingsError(
            say("Nobody is named as sender: PRESSUTSKICK_FROM is empty."),
            remedy=say(
                "Set it in .env, such as PRESSUTSKICK_FROM=Pressen <press@example.org>, or run: "
                "pressutskick init"
            ),
        )
    return settings.sender
