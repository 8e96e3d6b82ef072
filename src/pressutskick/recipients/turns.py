"""The fair order of sending: outlets take turns. Pure."""

import hashlib
from array import array
from collections.abc import Iterator

from pressutskick.recipients.model import Recipient


class Turns:
    """Collects places on a roll by outlet and gives them turn by turn.

    Within an outlet the list's order stands; who has no outlet takes turns by domain. Which outlet
    begins is drawn from `seed`: the same recipients and seed give the same order.
    """

    def __init__(self) -> None:
        """Nobody has a turn yet."""
        self._places: dict[str, array[int]] = {}

    def add(self, place: int, recipient: Recipient) -> None:
        """The next one of an outlet."""
        outlet = (recipient.outlet or recipient.mailbox.domain).casefold()
        self._places.setdefault(outlet, array("L")).append(place)

    def order(self, seed: str) -> Iterator[int]:
        """All places, in the order of sending."""
        waiting = [
            self._places[outlet]
            for outlet in sorted(self._places, key=lambda each: _lot(seed, each))
        ]
        turn = 0
        while waiting:
            yield from (places[turn] for places in waiting)
            turn += 1
            waiting = [places for places in waiting if len(places) > turn]


def _lot(seed: str, outlet: str) -> tuple[bytes, str]:
    digest = hashlib.blake2b(f"{seed}\0{outlet}".encode(), digest_size=8).digest()
    return digest, outlet
