"""A window that closes ends a run in good order; `nohup` lets it go on."""

import os
import shlex
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.kit.background import relay_in_background
from tests.kit.harbour import write_workspace
from tests.kit.program import clear_text, command, environment

from pressutskick.transports.relay.rules import Receipt

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no such terminals")

RECIPIENTS, HEARD = 60, 5
SEND = ("send", "hamnbadet.md", "--to", "list.csv", "--yes", "--connections", "1")


def send_until(
    folder: Path,
    act: Callable[[subprocess.Popen[bytes]], None],
    *,
    before: Callable[[], None],
    terminal: int | None = None,
) -> tuple[int, Counter[str]]:
    """A run during which `act` is called at the fifth message; its status, and who got how many."""
    write_workspace(folder, "hamnbadet", RECIPIENTS)
    received: Counter[str] = Counter()
    running: list[subprocess.Popen[bytes]] = []

    def keep(receipt: Receipt) -> None:
        received[receipt.recipient] += 1
        if received.total() == HEARD:
            act(running[0])

    with relay_in_background(keep=keep) as relay:
        stream = subprocess.DEVNULL if terminal is None else terminal
        running.append(
            subprocess.Popen(
                command(*SEND),
                cwd=folder,
                env=environment(**clear_text(relay.port), RATE="1500/min"),
                stdin=stream,
                stdout=stream,
                stderr=stream,
                start_new_session=True,
                preexec_fn=before,  # noqa: PLW1509 - one signal or terminal, nothing else
            )
        )
        if terminal is not None:
            os.close(terminal)
        status = running[0].wait(60)
    return status, received


def test_a_window_that_is_closed_ends_the_run_in_good_order(tmp_path: Path) -> None:
    import fcntl
    import termios

    ours, theirs = os.openpty()

    def take_terminal() -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    status, received = send_until(
        tmp_path, lambda _: os.close(ours), before=take_terminal, terminal=theirs
    )
    assert status == 130
    assert HEARD <= received.total() < RECIPIENTS
    assert set(received.values()) == {1}
    verified = subprocess.run(command("log", "verify"), cwd=tmp_path, env=environment())
    assert verified.returncode == 0


def test_a_run_under_nohup_goes_on_to_the_end(tmp_path: Path) -> None:
    def nohup() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    status, received = send_until(
        tmp_path, lambda run: run.send_signal(signal.SIGHUP), before=nohup
    )
    assert status == 0
    assert received.total() == RECIPIENTS == len(received)


@pytest.mark.parametrize("closed", ["2>&-", ">&-", ">&- 2>&-"])
def test_a_run_without_a_place_to_talk_sends_all_the_same(tmp_path: Path, closed: str) -> None:
    write_workspace(tmp_path, "hamnbadet", 3)
    with relay_in_background() as relay:
        line = f"exec {shlex.join(command(*SEND))} {closed}"
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=tmp_path,
            env=environment(**clear_text(relay.port)),
            stdin=subprocess.DEVNULL,
        )
    assert done.returncode == 0
    assert relay.accepted == 3
