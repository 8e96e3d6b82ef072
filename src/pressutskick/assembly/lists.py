"""The people of the media lists, as the workspace and the command line name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pressutskick.errors import Problem
    from pressutskick.recipients.model import Recipient
    from pressutskick.recipients.table import RecipientList


def load_recipients(names: Sequence[str], workspace: Path) -> RecipientList:
    """All recipients of the lists, list after list; `recipients.selection` says who is meant.

    Problems are not raised, so that the caller can show all of them: ask `has_errors`.

    Raises:
        InputNotFound: a list is not there; suggests what is.
        InputError: a file that cannot be read as a list at all.
    """
    from pressutskick.recipients.table import RecipientList, read_recipients
    from pressutskick.sources.lists import find_list, read_guide, read_table
    from pressutskick.sources.roll import DiskRoll

    roll = DiskRoll()
    problems: list[Problem] = []
    loaded: list[RecipientList] = []
    for name in names:
        file = find_list(name, workspace)
        loaded.append(read_recipients(read_table(file), read_guide(file), roll))
        problems += loaded[-1].problems
    return RecipientList(
        recipients=roll,
        problems=tuple(problems),
        columns=loaded[0].columns if len(loaded) == 1 else None,
    )


def find_held_rows(workspace: Path, key: str) -> tuple[Recipient, ...]:
    """The rows of the workspace's own lists in which the mailbox `key` stands."""
    from pressutskick.errors import PressutskickError
    from pressutskick.recipients.table import read_rows
    from pressutskick.sources.lists import find_list, list_names, read_guide, read_table

    found: list[Recipient] = []
    for name in list_names(workspace):
        file = find_list(str(workspace / "recipients" / name), workspace)
        try:
            rows = read_rows(read_table(file), read_guide(file)).recipients
        except PressutskickError:
            # A list that cannot be read is told when it is used; here the others matter.
            continue
        found += [recipient for recipient in rows if recipient.mailbox.key == key]
    return tuple(found)
