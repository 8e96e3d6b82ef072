"""The people of the media lists, as the workspace and the command line name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pressutskick.recipients.table import RecipientList
    from pressutskick.settings.model import Settings
    from pressutskick.sources.lists.heldrows import HeldRows


def load_recipients(names: Sequence[str], workspace: Path) -> RecipientList:
    """All recipients of the lists, list after list; `recipients.selection` says who is meant.

    Problems are not raised, so that the caller can show all of them: ask `has_errors`.

    Raises:
        InputNotFound: a list is not there; suggests what is.
        InputError: a file that cannot be read as a list at all.
    """
    from pressutskick.recipients.table import RecipientList, read_recipients
    from pressutskick.sources.lists.named import find_list, read_guide, read_table

    loaded: list[RecipientList] = []
    for name in names:
        file = find_list(name, workspace)
        loaded.append(read_recipients(read_table(file), read_guide(file)))
    return RecipientList(
        recipients=tuple(each for some in loaded for each in some.recipients),
        problems=tuple(each for some in loaded for each in some.problems),
        columns=loaded[0].columns if len(loaded) == 1 else None,
    )


def find_held_rows(settings: Settings, address: str) -> HeldRows:
    """The rows of lists in which the address stands; asks the delivery logs for lists elsewhere.

    Raises:
        DeliveryLogError: a log cannot be used.
    """
    from pressutskick.assembly.log import database_path, open_delivery_log
    from pressutskick.mail import comparison_key
    from pressutskick.sources.lists.heldrows import search_lists

    key = comparison_key(address)
    known: dict[str, bool] = {}
    for is_sandbox in (False, True):
        if database_path(settings, is_sandbox=is_sandbox).exists():
            log = open_delivery_log(settings, is_sandbox=is_sandbox)
            for file, is_own in log.lists(key).items():
                known[file] = known.get(file, False) or is_own
    own = [file for file, is_own in known.items() if is_own]
    return search_lists(settings.workspace, key, known=known, own=own)
