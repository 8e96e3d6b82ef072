"""The roll: everybody on the lists of one command, row after row, read as often as needed.

A roll may be longer than is wise to keep in memory, so whoever works with it remembers places
(numbers from 0), not recipients. `Roll` is the seam; `ListRoll` keeps everything in memory, and
`sources.roll` has one that keeps it on the disk.
"""

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar, overload

from pressutskick.recipients.model import Recipient

T = TypeVar("T")


class Drawn(Sequence[T]):
    """Values that are made anew from their places each time; only the places are kept."""

    def __init__(self, places: Sequence[int], draw: Callable[[int], T]) -> None:
        """`draw` makes the value of one place."""
        self._places = places
        self._draw = draw

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[T]:
        return map(self._draw, self._places)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return Drawn(self._places[index], self._draw)
        return self._draw(self._places[index])


class Roll(Sequence[Recipient]):
    """Recipients of several lists, list after list. Grows at its end only."""

    @abstractmethod
    def begin_list(self) -> None:
        """What is appended from now on is of the next list."""

    @abstractmethod
    def append(self, recipient: Recipient) -> int | None:
        """Takes the next recipient of the list, unless its mailbox stands there: gives its place."""

    @abstractmethod
    def replace(self, place: int, recipient: Recipient) -> None:
        """Puts another recipient of the same mailbox into a place."""

    @abstractmethod
    def repeated(self) -> frozenset[str]:
        """The comparison keys that stand in several places."""

    @abstractmethod
    def by_key(self) -> Iterator[tuple[str, int]]:
        """Comparison keys and places, in ascending order."""

    @abstractmethod
    def recipient_at(self, place: int) -> Recipient:
        """The recipient of one place, from 0."""

    @overload
    def __getitem__(self, index: int) -> Recipient: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Recipient]: ...
    def __getitem__(self, index: int | slice) -> Recipient | Sequence[Recipient]:
        """As in any sequence; a slice reads its recipients when they are asked for."""
        places = range(len(self))[index]
        return (
            self.recipient_at(places)
            if isinstance(places, int)
            else Drawn(places, self.recipient_at)
        )


class ListRoll(Roll):
    """A roll in memory."""

    def __init__(self, recipients: Iterable[Recipient] = ()) -> None:
        """Begins with `recipients`, whether or not they share mailboxes."""
        self._recipients = list(recipients)
        self._places: dict[str, int] = {}

    def begin_list(self) -> None:
        """See Roll."""
        self._places.clear()

    def append(self, recipient: Recipient) -> int | None:
        """See Roll."""
        count = len(self._recipients)
        place = self._places.setdefault(recipient.mailbox.key, count)
        if place != count:
            return place
        self._recipients.append(recipient)
        return None

    def replace(self, place: int, recipient: Recipient) -> None:
        """See Roll."""
        self._recipients[place] = recipient

    def repeated(self) -> frozenset[str]:
        """See Roll."""
        counts = Counter(recipient.mailbox.key for recipient in self._recipients)
        return frozenset(key for key, count in counts.items() if count > 1)

    def by_key(self) -> Iterator[tuple[str, int]]:
        """See Roll."""
        return iter(sorted((recipient.mailbox.key, place) for place, recipient in enumerate(self)))

    def recipient_at(self, place: int) -> Recipient:
        """See Roll."""
        return self._recipients[place]

    def __len__(self) -> int:
        return len(self._recipients)

    def __iter__(self) -> Iterator[Recipient]:
        return iter(self._recipients)
