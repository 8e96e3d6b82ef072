"""The people of the media lists, as the workspace and the command line name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pressutskick.recipients.table import RecipientList


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
