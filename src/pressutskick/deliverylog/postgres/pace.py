"""The pace of a mailbox, shared by all machines that send by it: its rate, and its connections."""

from pressutskick.deliverylog.postgres.locks import number_of
from pressutskick.deliverylog.relational.queue import Kind
from pressutskick.deliverylog.relational.writer import Writer


class MailboxPace:
    """See SharedPace. A seat is a lock of the run's session: whoever is gone has left it."""

    def __init__(self, writer: Writer, mailbox: str) -> None:
        """`mailbox` says which, in any words that are the same on all machines."""
        self._writer = writer
        self._mailbox = mailbox
        # Another class of locks than that of runs, for each mailbox.
        self._class = number_of(mailbox, "seats") % 2**31
        self._seats: set[int] = set()

    async def take_turn(self, interval: float) -> float:
        """See SharedPace."""
        values = {"mailbox": self._mailbox, "interval": interval}
        ((seconds,),) = await self._writer.ask(Kind.READ, ("take_turn", values))
        return float(seconds)

    async def take_seat(self, limit: int) -> bool:
        """See SharedPace."""
        for seat in range(limit):
            if seat in self._seats:
                continue
            # Taken before it is asked for: another connection of ours asks meanwhile.
            self._seats.add(seat)
            ((is_ours,),) = await self._writer.ask(Kind.READ, ("take_seat", self._lock(seat)))
            if is_ours:
                return True
            self._seats.discard(seat)
        return False

    async def leave_seat(self) -> None:
        """See SharedPace."""
        if self._seats:
            await self._writer.ask(Kind.READ, ("leave_seat", self._lock(self._seats.pop())))

    def _lock(self, seat: int) -> dict[str, int]:
        return {"class": self._class, "seat": seat}
