"""Long output is turned page by page on a terminal, and nowhere else."""

import io
import pydoc
import sys

import pytest
from rich.console import Console
from tests.kit.terminal import Answers

from pressutskick.cli.shows.screen.pager import paged


@pytest.fixture
def turned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    pages: list[str] = []
    monkeypatch.setattr(pydoc, "pager", pages.append)
    monkeypatch.setattr(sys, "stdin", Answers())
    return pages


def show(lines: int, *, is_terminal: bool = True) -> str:
    file = io.StringIO()
    console = Console(file=file, force_terminal=is_terminal, width=40, height=10, color_system=None)
    with paged(console):
        for number in range(lines):
            with paged(console):
                console.print(f"line {number}")
    return file.getvalue()


def test_what_fits_is_printed_as_it_is(turned: list[str]) -> None:
    assert show(9).splitlines() == [f"line {number}" for number in range(9)]
    assert turned == []


def test_what_does_not_fit_is_turned_whole(turned: list[str]) -> None:
    assert show(10) == ""
    assert [page.splitlines() for page in turned] == [[f"line {number}" for number in range(10)]]


def test_a_pipe_gets_it_all(turned: list[str]) -> None:
    assert show(100, is_terminal=False).count("\n") == 100
    assert turned == []


def test_where_nobody_can_turn_a_page_there_are_none(
    turned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert show(100).count("\n") == 100
    assert turned == []
