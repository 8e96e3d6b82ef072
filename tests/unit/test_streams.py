"""A reader that has left, and a terminal that is gone, are nobody's fault."""

import errno
import io
import sys

import pytest

from pressutskick.cli import main
from pressutskick.cli.shows.screen import streams
from pressutskick.cli.shows.screen.console import talk
from pressutskick.cli.shows.screen.streams import ForgivingTalk, has_reader_left


class Broken(io.StringIO):
    """Cannot be written."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def flush(self) -> None:
        raise OSError(self._number, "no")

    def write(self, text: str) -> int:
        raise OSError(self._number, "no")


@pytest.mark.parametrize(
    ("number", "is_windows", "has_left"),
    [
        (errno.EPIPE, False, True),
        (errno.EINVAL, True, True),
        (errno.EINVAL, False, False),
        (errno.ENOSPC, True, False),
    ],
)
def test_windows_calls_a_left_reader_an_invalid_argument(
    monkeypatch: pytest.MonkeyPatch, number: int, is_windows: bool, has_left: bool
) -> None:
    monkeypatch.setattr(streams, "IS_WINDOWS", is_windows)
    assert has_reader_left(OSError(number, "no")) is has_left
    assert not has_reader_left(OSError(number, "no", "file.csv"))


@pytest.mark.parametrize(("is_windows", "status"), [(True, 0), (False, 70)])
def test_a_reader_that_leaves_on_windows_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, is_windows: bool, status: int
) -> None:
    monkeypatch.setattr(streams, "IS_WINDOWS", is_windows)
    monkeypatch.setattr(sys, "stdout", Broken(errno.EINVAL))
    assert main(["schedule", "cron"]) == status


@pytest.mark.parametrize("number", [errno.EIO, errno.EPIPE, errno.EBADF])
def test_talk_that_nobody_hears_stops_nothing(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(sys, "stderr", Broken(number))
    talk().print("somebody there?")
    assert main(["no-such-command"]) == 2


def test_talk_goes_to_standard_error_as_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = ForgivingTalk()
    for _ in range(2):
        now = io.StringIO()
        monkeypatch.setattr(sys, "stderr", now)
        stream.write("said")
        assert now.getvalue() == "said"
    assert not stream.isatty()
