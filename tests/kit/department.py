"""Three colleagues on three machines, one log on a server, and what can happen to that server."""

import random
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.kit.harbour import write_workspace
from tests.kit.postgres import PostgresServer
from tests.kit.postoffice import PostOffice
from tests.kit.program import clear_text, command, environment
from tests.kit.wire import Wire

from pressutskick.deliverylog.postgres.log import PostgresDeliveryLog
from pressutskick.deliverylog.postgres.server import Server
from pressutskick.deliverylog.postgres.verification import verify_server_log
from pressutskick.dispatch.delivery import DeliveryStatus

PEOPLE = 40
#: Messages a minute of the mailbox that all three share: a run lasts long enough to be harmed.
RATE = "2400/min"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


@dataclass(slots=True, kw_only=True)
class Machine:
    """A folder, a memory, and a wire to the server of its own."""

    name: str
    folder: Path
    wire: Wire
    environment: dict[str, str]

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command(*words),
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def send(self) -> subprocess.Popen[str]:
        words = ("--yes", "--rate", RATE, "--connections", "6", "--retry-for", "1m")
        return self.start("send", f"{self.name}.md", "--to", "list.csv", *words)


class Department:
    """Machines that each send a release of their own to desks of their own."""

    def __init__(
        self, folder: Path, server: PostgresServer, office: PostOffice, names: Sequence[str]
    ) -> None:
        self.server = server
        self.office = office
        self.address = server.new_schema()
        socket_file = server.folder / f".s.PGSQL.{server.port}"
        self.machines = [self._machine(folder / name, name, socket_file) for name in names]

    def _machine(self, folder: Path, name: str, socket_file: Path) -> Machine:
        folder.mkdir(parents=True)
        write_workspace(folder, name, 0)
        rows = "\n".join(f"{name}-{number}@posten.example" for number in range(PEOPLE))
        (folder / "list.csv").write_text(f"email\n{rows}\n", "utf-8")
        wire = Wire(socket_file)
        here = f"host={self.server.folder}&port={self.server.port}"
        address = self.address.replace(here, f"host=127.0.0.1&port={wire.port}&sslmode=disable")
        settings = {**clear_text(self.office.port), "DATABASE": address, "PERSON": name}
        env = environment(**settings) | {"XDG_STATE_HOME": str(folder / "state")}
        return Machine(name=name, folder=folder, wire=wire, environment=env)

    def log(self) -> PostgresDeliveryLog:
        """As whoever looks afterwards has it."""
        return PostgresDeliveryLog(
            Server(conninfo=self.address), emergency=self.machines[0].folder / "none"
        )

    def close(self) -> None:
        for machine in self.machines:
            machine.wire.mend()
            machine.wire.close()


def restart(department: Department, _chance: random.Random) -> None:
    """The server crashes and comes back."""
    department.server.stop("immediate")
    department.server.start()


def cut(department: Department, chance: random.Random) -> None:
    """The connections of one machine, or of all, break."""
    for machine in chance.choice([department.machines, department.machines[:1]]):
        machine.wire.cut()


def swallow(department: Department, chance: random.Random, seconds: float = 60.0) -> None:
    """The network of one machine passes nothing on and tells nobody."""
    machine = chance.choice(department.machines)
    machine.wire.swallow()
    time.sleep(seconds)
    machine.wire.mend()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of one moment: mails that came twice, desks without an end, unknown ones, faults."""

    doubled: int
    lost: int
    unknown: int
    ends: tuple[int, ...]
    faults: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        return not (self.doubled or self.lost or self.faults)


def harm_at(department: Department, moment: int, harm: object, chance: random.Random) -> Told:
    """All send; when so many mails have come the harm is done; then all go on until they have ended."""
    running = [machine.send() for machine in department.machines]
    department.office.wait_for(department.office.count() + moment, seconds=60)
    harm(department, chance)  # type: ignore[operator]
    ends = [_end(process) for process in running]
    for _ in range(4):
        running = [machine.send() for machine in department.machines]
        ends = [_end(process) for process in running]
        if all(end in (0, 76) for end in ends):
            break
    return _look(department, tuple(ends))


def _end(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=240)
    return process.returncode


def _look(department: Department, ends: tuple[int, ...]) -> Told:
    log = department.log()
    desks = [
        f"{each.name}-{n}@posten.example" for each in department.machines for n in range(PEOPLE)
    ]
    mails = Counter({desk: _count(department.office, desk) for desk in desks})
    known = {
        row.recipient.mailbox.address: row.status
        for record in log.dispatches()
        for row in log.deliveries(record.id)
    }
    done = (DeliveryStatus.ACCEPTED, DeliveryStatus.UNKNOWN)
    lost = [
        desk
        for desk in desks
        if known.get(desk) not in done
        or (known[desk] is DeliveryStatus.ACCEPTED and not mails[desk])
    ]
    return Told(
        doubled=sum(count > 1 for count in mails.values()),
        lost=len(lost),
        unknown=sum(status is DeliveryStatus.UNKNOWN for status in known.values()),
        ends=ends,
        faults=tuple(map(str, verify_server_log(log))),
    )


def _count(office: PostOffice, desk: str) -> int:
    return len(office.mails(desk)) if (office.folder / desk).exists() else 0
