"""Messages shown beside the terminal: as files of the person's own, in their browser."""

import webbrowser
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pressutskick.cli.language import _, _n
from pressutskick.cli.shows.screen.console import plain, talk

if TYPE_CHECKING:
    from pressutskick.actions.sending import Sending
    from pressutskick.cli.flags.run import RunMode
    from pressutskick.message.model import Message


def save_all(messages: "Iterable[Message]", folder: Path) -> None:
    """Writes each message into the folder, and tells how many.

    Raises:
        FileFault: the folder cannot be written.
    """
    from pressutskick.exports.messages import save_messages

    count = len(save_messages(folder, messages))
    told = _n(
        "{count} message was written to {folder}.",
        "{count} messages were written to {folder}.",
        count,
        folder=folder,
    )
    talk().print(plain(told))


def open_page(page: str) -> None:
    """Hands HTML to the person's browser; nothing is left behind."""
    from pressutskick.web.once import show_once

    if show_once(page, webbrowser.open):
        talk().print(plain(_("The HTML part is in the browser.")))
    else:
        talk().print(plain(_("No browser came for the HTML part."), "yellow"))


def show_beside(sending: "Sending", mode: "RunMode") -> None:
    """What a dry run was asked to write and to open: the very messages that would leave."""
    if mode.folder is not None:
        save_all(map(sending.write_judged, sending.plan.ready), mode.folder)
    if mode.is_in_browser and sending.plan.ready:
        from pressutskick.message.wire.readback import read_back

        open_page(read_back(sending.write_judged(sending.plan.ready[0])).page)
