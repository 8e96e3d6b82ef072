"""A transport that writes each message to a folder as an `.eml` file.

For looking at what would be sent in any mail program. Nothing leaves the machine.
"""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from pressutskick.dispatch.interfaces import (
    DeliverySource,
    Fault,
    OutboundMessage,
    Outcome,
    Phase,
)
from pressutskick.mail import Reply


@dataclass(slots=True, kw_only=True)
class FileTransport:
    """Writes to `folder`, which is created; a file's name is a number and the forward path."""

    folder: Path
    written: int = field(default=0, init=False)

    async def open(self) -> "FileSession":
        """A session; the folder exists from here on."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return FileSession(self)

    def write(self, message: OutboundMessage) -> Path:
        """Writes one message under a name that is not taken."""
        address = re.sub(r"[^\w.@+-]", "_", message.envelope.forward_path)
        while True:
            self.written += 1
            path = self.folder / f"{self.written:04d}-{address}.eml"
            try:
                file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            except FileExistsError:
                continue
            with os.fdopen(file, "wb") as stream:
                stream.write(re.sub(rb"(?m)^\.", b"", message.wire))
            return path


class FileSession:
    """Stands for a connection."""

    def __init__(self, transport: FileTransport) -> None:
        self._transport = transport

    async def run(self, source: DeliverySource) -> Outcome | None:
        """Takes, commits, writes and reports until the source is dry or ends the session."""
        while (load := await source.next()) is not None:
            delivery, message = load
            await source.commit(delivery, message.message_id)
            outcome = self._carry(message)
            if not source.report(delivery, outcome):
                return outcome
        return None

    async def close(self) -> None:
        """Nothing to close."""

    def _carry(self, message: OutboundMessage) -> Outcome:
        try:
            path = self._transport.write(message)
        except OSError as error:
            return Outcome(phase=Phase.BODY, fault=Fault.LOST, detail=str(error))
        return Outcome(phase=Phase.FINAL, reply=Reply(code=250, text=f"kept as {path.name}"))
