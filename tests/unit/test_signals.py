"""Signals stop a run before anything is said, and stay ignored where they were."""

import asyncio
import io
import signal
import sys
from collections.abc import Iterator

import pytest

from pressutskick.cli.signals import stop_on_signals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGHUP is not there")


@pytest.fixture(autouse=True)
def heeded() -> Iterator[None]:
    """A run in the background may have been told to ignore them."""
    numbers = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, signal.SIG_DFL) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


class DeadTerminal(io.StringIO):
    """Nobody is there any more."""

    def write(self, text: str) -> int:
        raise OSError(5, "Input/output error")

    flush = write  # type: ignore[assignment]


def heard(*numbers: int) -> list[str]:
    """What was called when these signals came, one after the other."""
    called: list[str] = []

    async def main() -> None:
        with stop_on_signals(lambda: called.append("first"), lambda: called.append("second")):
            for number in numbers:
                signal.raise_signal(number)
                await asyncio.sleep(0)

    asyncio.run(main())
    return called


def test_the_first_stops_and_the_second_quits() -> None:
    assert heard(signal.SIGTERM) == ["first"]
    assert heard(signal.SIGTERM, signal.SIGINT) == ["first", "second"]


def test_a_terminal_that_is_gone_stops_the_run_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stderr", DeadTerminal())
    assert heard(signal.SIGHUP) == ["first"]


def test_a_closing_window_that_says_so_twice_is_not_impatient() -> None:
    assert heard(signal.SIGHUP, signal.SIGHUP) == ["first"]
    assert heard(signal.SIGHUP, signal.SIGTERM) == ["first", "second"]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_was_ignored_stays_ignored(number: int) -> None:
    signal.signal(number, signal.SIG_IGN)
    assert heard(number) == []
    assert signal.getsignal(number) is signal.SIG_IGN
