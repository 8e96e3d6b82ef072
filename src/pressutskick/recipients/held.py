"""In which rows of lists a person stands, and which files could not be looked through."""

from dataclasses import dataclass

from pressutskick.errors import Origin
from pressutskick.recipients.model import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRow:
    """One row in which the address stands; `recipient` is None where it is not that row's own."""

    origin: Origin
    cells: tuple[str, ...]
    recipient: Recipient | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRows:
    """What was found, and the files that could not be looked through: gone, or unreadable."""

    rows: tuple[HeldRow, ...] = ()
    gone: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
