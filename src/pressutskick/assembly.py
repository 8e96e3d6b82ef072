"""The one place where Settings become objects: transports, delivery log, templates, lists."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from pressutskick.errors import Problem
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.table import RecipientList, read_recipients
from pressutskick.release.facts.model import Reading
from pressutskick.sources.lists import find_list, read_guide, read_table
from pressutskick.sources.releases import open_release


def load_recipients(names: Sequence[str], workspace: Path) -> RecipientList:
    """All recipients of the lists, list after list; `recipients.selection` says who is meant.

    Problems are not raised, so that the caller can show all of them: ask `has_errors`.

    Raises:
        InputNotFound: a list is not there; suggests what is.
        InputError: a file that cannot be read as a list at all.
    """
    recipients: list[Recipient] = []
    problems: list[Problem] = []
    loaded: list[RecipientList] = []
    for name in names:
        file = find_list(name, workspace)
        loaded.append(read_recipients(read_table(file), read_guide(file)))
        recipients += loaded[-1].recipients
        problems += loaded[-1].problems
    return RecipientList(
        recipients=tuple(recipients),
        problems=tuple(problems),
        columns=loaded[0].columns if len(loaded) == 1 else None,
    )


def load_release(name: str, *, now: dt.datetime) -> Reading:
    """The release in file `name` (`-` is stdin), canonical or raw, with its facts and lines.

    `now` is the moment against which a missing year is worked out. Open questions are not raised:
    ask `release.facts.blocking.blocking_questions`.

    Raises:
        InputNotFound: there is no such file; suggests what is.
        InputError: a format that is not read, or a canonical document with problems.
    """
    return open_release(name, now=now).reading
