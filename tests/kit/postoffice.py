"""A mail server on loopback, in a thread, that delivers into Maildirs: one for each recipient."""

import email
import email.policy
import mailbox
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

from tests.kit.background import relay_in_background

from pressutskick.transports.relay.rules import Receipt, RelayRules


class PostOffice:
    """Maildirs under `folder`; `port` is where the server listens."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.port = 0
        #: May be changed while it is open.
        self.rules = RelayRules()
        self._order: list[tuple[str, str]] = []
        self._arrival = threading.Condition()

    def keep(self, receipt: Receipt) -> None:
        box = mailbox.Maildir(self.folder / receipt.recipient)
        with self._arrival:
            self._order.append((receipt.recipient, box.add(receipt.content)))
            self._arrival.notify_all()

    def addresses(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}

    def mails(self, address: str) -> list[EmailMessage]:
        """What lies in the mailbox, in the order of arrival."""
        box = mailbox.Maildir(self.folder / address, create=False)
        keys = [key for recipient, key in self._order if recipient == address]
        assert sorted(keys) == sorted(box.keys())
        return [
            email.message_from_bytes(box.get_bytes(key), policy=email.policy.default)
            for key in keys
        ]

    def count(self) -> int:
        return len(self._order)

    def wait_for(self, count: int, *, seconds: float) -> None:
        """Until so many mails have arrived since it opened, or time is up."""
        with self._arrival:
            self._arrival.wait_for(lambda: len(self._order) >= count, seconds)


@contextmanager
def open_post_office(folder: Path) -> Iterator[PostOffice]:
    """A post office that listens until the end of the block."""
    office = PostOffice(folder)
    with relay_in_background(office.rules, keep=office.keep) as relay:
        office.port = relay.port
        yield office
