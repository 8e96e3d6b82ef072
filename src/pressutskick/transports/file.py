"""A transport that writes `.eml` files and speaks to nobody."""

from pathlib import Path

from pressutskick.dispatch.interfaces import (
    DeliverySource,
    Fault,
    OutboundMessage,
    Outcome,
    Phase,
)
from pressutskick.errors import RelayUnavailable, reason_of
from pressutskick.mail import Reply
from pressutskick.sentences import say
from pressutskick.transports.outbox import Outbox
from pressutskick.transports.transaction import check_wire, wait_for


class FileTransport:
    """Opens sessions that add to one folder."""

    def __init__(self, folder: Path) -> None:
        self._outbox = Outbox(folder)

    async def open(self) -> "FileSession":
        """A session.

        Raises:
            RelayUnavailable: the folder cannot be made.
        """
        try:
            self._outbox.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise RelayUnavailable(
                say(
                    "{folder} cannot be written: {error}.",
                    folder=str(self._outbox.folder),
                    error=reason_of(error),
                )
            ) from error
        return FileSession(self._outbox)


class FileSession:
    """Writes one file after the other."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    async def run(self, source: DeliverySource) -> Outcome | None:
        """Takes, commits, writes and reports until the source is dry or ends the session."""
        while (load := await source.next()) is not None:
            delivery, message = load
            await wait_for(source.commit(delivery, message.message_id))
            source.check_log()
            outcome = self._write(message)
            if not source.report(delivery, outcome):
                return outcome
        return None

    async def close(self) -> None:
        """Nothing to close."""

    def _write(self, message: OutboundMessage) -> Outcome:
        wire = message.wire + message.common
        check_wire(wire)
        try:
            path = self._outbox.add(message.envelope.forward_path, undouble(wire))
        except OSError as error:
            return Outcome(phase=Phase.BODY, fault=Fault.LOST, detail=str(reason_of(error)))
        return Outcome(phase=Phase.FINAL, reply=Reply(code=250, text=path.name))


def undouble(wire: bytes) -> bytes:
    """Content as it was before its dots were doubled for the wire (RFC 5321 section 4.5.2)."""
    plain = wire.replace(b"\r\n..", b"\r\n.")
    return plain[1:] if plain.startswith(b"..") else plain
