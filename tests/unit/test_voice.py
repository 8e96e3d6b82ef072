"""How a sending command talks: marks, questions, quotations."""

import io
import sys

import pytest
from rich.console import Console

from pressutskick.cli.shows.screen.console import plain
from pressutskick.cli.shows.voice import Marked, Voice


def lines(thing: object, width: int = 40) -> list[str]:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(thing)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


def test_each_line_of_a_quotation_has_its_bar_the_wrapped_ones_too() -> None:
    quoted = Marked(plain("  | "), plain("ett " * 30 + "\nslut"))
    found = lines(quoted)
    assert len(found) > 4
    assert all(line.startswith("  | ") and len(line) <= 40 for line in found)


def test_marks_stand_one_in_the_other() -> None:
    quoted = Marked(plain("sandbox: "), Marked(plain("| "), plain("ett " * 20)))
    assert {line[:11] for line in lines(quoted)} == {"sandbox: | "}


@pytest.mark.parametrize(
    ("typed", "answer", "end"), [("3\n", "3", ""), ("", "", "\n"), ("3", "3", "\n")]
)
def test_a_question_has_the_mark_and_an_unended_answer_ends_the_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    answer: str,
    end: str,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert Voice(is_sandbox=True, is_quiet=True).ask("Type 3:") == answer
    assert capsys.readouterr().err == f"sandbox, nothing is sent: Type 3: {end}"


def test_ctrl_c_at_a_question_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(io.StringIO):
        def readline(self, _size: int | None = -1, /) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Interrupted())
    assert Voice().ask("Type 3:") == ""


def test_a_command_that_goes_on_stays_in_the_sandbox() -> None:
    assert Voice().log_command("lokal", "resolve") == "pressutskick log resolve lokal"
    assert Voice(is_sandbox=True).command("schedule") == "pressutskick schedule --sandbox"
