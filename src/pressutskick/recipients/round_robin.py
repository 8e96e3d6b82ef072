"""The fair order of sending: outlets take turns. Pure."""

import hashlib
from collections.abc import Iterable

from pressutskick.recipients.model import Recipient


def take_turns(recipients: Iterable[Recipient], seed: str) -> list[Recipient]:
    """All of them in the order of sending.

    Within an outlet the list's order stands; who has no outlet takes turns by domain. Which outlet
    begins is drawn from `seed`: the same recipients and seed give the same order.
    """
    outlets: dict[str, list[Recipient]] = {}
    for recipient in recipients:
        outlet = (recipient.outlet or recipient.mailbox.domain).casefold()
        outlets.setdefault(outlet, []).append(recipient)
    waiting = [outlets[outlet] for outlet in sorted(outlets, key=lambda each: _lot(seed, each))]
    order: list[Recipient] = []
    turn = 0
    while waiting:
        order += [queue[turn] for queue in waiting]
        turn += 1
        waiting = [queue for queue in waiting if len(queue) > turn]
    return order


def _lot(seed: str, outlet: str) -> tuple[bytes, str]:
    digest = hashlib.blake2b(f"{seed}\0{outlet}".encode(), digest_size=8).digest()
    return digest, outlet
