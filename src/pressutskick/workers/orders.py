"""What parent and worker tell each other, and how it stands in the pipe.

A frame is four octets of length and a pickle. Both ends are the same program on the same machine,
and the pipe is theirs alone; a password travels in it and never in arguments or environment.

`multiprocessing` is not used: a process that it spawns runs the parent's main module again, the
whole command line with it, and its pipes cannot be awaited.
"""

import pickle
import struct
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import BinaryIO

from pressutskick.dispatch.interfaces import Decision, Delivery, Outcome
from pressutskick.dispatch.records import DispatchKey
from pressutskick.dispatch.run import RunOptions, RunResult
from pressutskick.errors import PressutskickError
from pressutskick.message.compose import Composition
from pressutskick.sentences import Sentence
from pressutskick.transports.smtp import SmtpAddress

#: The length of a frame, before it.
LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrder:
    """All that a process needs to send. `number` counts workers from 1; the parent is 0."""

    number: int = 0
    database: Path
    key: DispatchKey
    dispatch_id: int
    run_id: int
    address: SmtpAddress
    composition: Composition
    options: RunOptions

    def share(self, workers: int) -> tuple["WorkOrder", ...]:
        """The order of each of up to so many processes: connections and rate divided among them."""
        workers = min(workers, self.options.connections)
        least, more = divmod(self.options.connections, workers)
        rate = None if self.options.rate is None else self.options.rate / workers
        return tuple(
            replace(
                self,
                number=number,
                options=replace(self.options, connections=least + (number < more), rate=rate),
            )
            for number in range(workers)
        )


class Word(IntEnum):
    """What needs no more than a word: to the worker, but for `READY`."""

    READY = 1
    GO = 2
    STOP = 3
    ABORT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """See `dispatch.interfaces.Observer`; so are the next two."""

    delivery: Delivery
    outcome: Outcome
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Nothing can be sent before `until`."""

    until: datetime
    reason: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """The worker has so many connections open now."""

    connections: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The worker's last frame: its run, or what kept it from one; `trace` is a fault of ours."""

    result: RunResult | None = None
    error: PressutskickError | None = None
    trace: str = ""


Event = Delivered | Waiting | Connected
Frame = WorkOrder | Word | tuple[Event, ...] | Ended


def pack(frame: Frame) -> bytes:
    """A frame as it stands in the pipe."""
    body = pickle.dumps(frame, protocol=pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(body)) + body


def unpack(body: bytes) -> Frame:
    """The frame whose pickle this is."""
    frame: Frame = pickle.loads(body)  # noqa: S301 - from our own process, over our own pipe
    return frame


def read_frame(pipe: BinaryIO) -> Frame | None:
    """The next frame of an unbuffered pipe, however long it takes; None when its end has come."""
    head = _read(pipe, LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = _read(pipe, length)
    return unpack(body) if len(body) == length else None


def _read(pipe: BinaryIO, count: int) -> bytes:
    pieces: list[bytes] = []
    while count and (piece := pipe.read(count)):
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)
