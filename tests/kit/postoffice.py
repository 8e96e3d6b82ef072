"""A mail server on loopback, in a thread, that delivers into Maildirs: one for each recipient."""

import asyncio
import email
import email.policy
import mailbox
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

from pressutskick.transports.relay.server import Receipt, RelayRules, RelayServer


class PostOffice:
    """Maildirs under `folder`; `port` is where the server listens."""

    def __init__(self, folder: Path, rules: RelayRules) -> None:
        folder.mkdir()
        self.folder = folder
        self.port = 0
        #: May be changed while it is open.
        self.rules = rules
        self._order: list[tuple[str, str]] = []

    def keep(self, receipt: Receipt) -> None:
        box = mailbox.Maildir(self.folder / receipt.recipient)
        self._order.append((receipt.recipient, box.add(receipt.content)))

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


@contextmanager
def open_post_office(folder: Path, rules: RelayRules | None = None) -> Iterator[PostOffice]:
    """A post office that listens until the end of the block."""
    office = PostOffice(folder, rules or RelayRules())
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def serve() -> None:
        async with RelayServer(office.rules, keep=office.keep, seed=1) as relay:
            office.port = relay.port
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield office
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()
