"""The worker: takes its order, sends what the parent lets it have, says how it ended."""

import asyncio
import random
import signal
import threading
import traceback
from datetime import datetime
from typing import BinaryIO

from pressutskick.deliverylog.sqlite import SqliteDeliveryLog
from pressutskick.dispatch.engine import Engine
from pressutskick.dispatch.interfaces import (
    Decision,
    Delivery,
    OpenDispatch,
    OutboundMessage,
    Outcome,
)
from pressutskick.dispatch.run import RunResult
from pressutskick.errors import PressutskickError
from pressutskick.message.compose import MessagePlan
from pressutskick.sentences import Sentence
from pressutskick.transports.clock import SystemClock
from pressutskick.transports.smtp import SmtpTransport
from pressutskick.workers.orders import (
    Connected,
    Delivered,
    Ended,
    Event,
    Frame,
    Waiting,
    Word,
    WorkOrder,
    pack,
    read_frame,
)

#: Seconds that events gather before they are told together.
EVENT_GATHERING = 0.05


class Link:
    """Both directions of the pipe. `orders` must not be buffered: a thread may wait in it."""

    def __init__(self, orders: BinaryIO, answers: BinaryIO) -> None:
        self._orders = orders
        self._answers = answers

    def hear(self) -> Frame | None:
        """What the parent says next; None when it is gone."""
        return read_frame(self._orders)

    def tell(self, frame: Frame) -> None:
        """Tells the parent, if it is still there; `hear` finds out when it is not."""
        try:
            self._answers.write(pack(frame))
            self._answers.flush()
        except OSError:
            return


def serve(link: Link) -> None:
    """A worker's whole life: an order comes in, `Ended` goes out."""
    # A person's Ctrl-C is the parent's to hear; it tells us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    order = link.hear()
    if not isinstance(order, WorkOrder):
        return
    try:
        link.tell(Ended(result=_carry_out(order, link)))
    except PressutskickError as error:
        link.tell(Ended(error=error))
    except Exception:  # noqa: BLE001 - the parent raises it
        link.tell(Ended(trace=traceback.format_exc()))


def _carry_out(order: WorkOrder, link: Link) -> RunResult | None:
    """None when the parent never said GO."""
    plan = MessagePlan(order.composition)
    log = SqliteDeliveryLog(order.database, now=SystemClock().now)
    with log.join(order.key, order.dispatch_id, order.run_id, worker=order.number) as opened:
        link.tell(Word.READY)
        if link.hear() is not Word.GO:
            return None
        return asyncio.run(_run(order, plan, opened, link))


async def _run(order: WorkOrder, plan: MessagePlan, opened: OpenDispatch, link: Link) -> RunResult:
    def compose(delivery: Delivery) -> OutboundMessage:
        return OutboundMessage.of(plan.message(delivery.recipient))

    observer = _TellingObserver(link)
    engine = Engine(
        transport=SmtpTransport(order.address),
        log=opened,
        compose=compose,
        clock=SystemClock(),
        chance=random.random,
        options=order.options,
        observer=observer,
    )
    loop = asyncio.get_running_loop()
    # Whoever stops a whole service signals each of its processes.
    signal.signal(signal.SIGTERM, lambda *_: loop.call_soon_threadsafe(engine.stop))
    threading.Thread(target=_obey, args=(link, loop, engine), daemon=True).start()
    try:
        return await engine.run()
    finally:
        observer.tell()


def _obey(link: Link, loop: asyncio.AbstractEventLoop, engine: Engine) -> None:
    """A thread's work: hands the parent's words to the loop. A parent that is gone means STOP."""
    word: Frame | None = Word.GO
    while word is not None:
        word = link.hear()
        try:
            loop.call_soon_threadsafe(engine.abort if word is Word.ABORT else engine.stop)
        except RuntimeError:
            return


class _TellingObserver:
    """Tells the parent what happens, many events in one frame."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._loop = asyncio.get_running_loop()
        self._events: list[Event] = []

    def delivered(self, delivery: Delivery, outcome: Outcome, decision: Decision) -> None:
        """See Observer."""
        self._note(Delivered(delivery=delivery, outcome=outcome, decision=decision))

    def waiting(self, until: datetime, reason: Sentence) -> None:
        """See Observer."""
        self._note(Waiting(until=until, reason=reason))

    def connected(self, connections: int) -> None:
        """See Observer."""
        self._note(Connected(connections=connections))

    def _note(self, event: Event) -> None:
        if not self._events:
            self._loop.call_later(EVENT_GATHERING, self.tell)
        self._events.append(event)

    def tell(self) -> None:
        """What has gathered."""
        if self._events:
            events, self._events = tuple(self._events), []
            self._link.tell(events)
