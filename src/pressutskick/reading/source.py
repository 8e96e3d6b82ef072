"""A document before it is read: its text, and what was left out on the way to it."""

from dataclasses import dataclass

from pressutskick.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """The text of the document that a person called `name` (`-` is stdin).

    `problems` tells what the document's reader left out. `shelf` is the folder, with its slash, in
    which a workspace keeps invitations; empty where there is none.
    """

    name: str
    text: str
    problems: tuple[Problem, ...] = ()
    shelf: str = ""
