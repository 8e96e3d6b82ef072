"""An invitation from a program to newsrooms, through a transport of the program's own."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pressutskick as press

INVITATION = """
Pressinbjudan: Ny bro över ån

Måndagen den 7 december 2026 klockan 10.00 öppnar Åstads kommun bron vid Kvarngatan.

Plats: Kvarngatan 3, Åstad
Anmälan: senast den 4 december till press@astad.example
Presskontakt: Eva Lind, 031-390 06 11
"""


class Pigeons:
    """Carries messages by pigeon: a transport opens sessions, and a session takes messages."""

    def __init__(self) -> None:
        self.carried: list[press.OutboundMessage] = []

    async def open(self) -> "Pigeon":
        """A pigeon is always at home."""
        return Pigeon(self)


class Pigeon:
    """One connection."""

    def __init__(self, flock: Pigeons) -> None:
        self.flock = flock

    async def run(self, source: press.DeliverySource) -> press.Outcome | None:
        """Takes what is to be sent until nothing is left, or the run is to end."""
        while (load := await source.next()) is not None:
            delivery, message = load
            # The intent is on record before the message is let go.
            await source.commit(delivery, message.message_id)
            self.flock.carried.append(message)
            taken = press.Outcome(phase=press.Phase.FINAL, reply=press.Reply(code=250, text="off"))
            if not source.report(delivery, taken):
                return taken
        return None

    async def close(self) -> None:
        """It flies home."""


def invite(transport: press.Transport) -> press.RunResult:
    """Reads, checks, plans, looks at one message, sends."""
    anna = press.Recipient(mailbox=press.Mailbox(address="anna@posten.example"), name="Anna Berg")
    workspace = press.make_workspace(
        sender="Pressen i Åstad <press@astad.example>",
        moment=datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Europe/Stockholm")),
        documents={"bron.txt": INVITATION},
        lists={"press": [anna]},
        transport=transport,
    )
    opened = press.read("bron.txt", workspace)
    for problem in press.check(opened, workspace):
        print(problem.origin.line, problem.code)
    sending = press.plan(press.Announcement(file="bron.txt", lists=("press",)), workspace)
    for message in press.preview(sending):
        print(message.envelope.forward_path, message.size)
    return press.send(sending, workspace)


if __name__ == "__main__":
    print(invite(Pigeons()).tally)
