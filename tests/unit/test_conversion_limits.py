"""The limits on a conversion: processor time ends it, a busy machine only delays it."""

import subprocess
import sys
from pathlib import Path

import pytest

from pressutskick.errors import InputError
from pressutskick.sentences import Sentence
from pressutskick.sources.documents import child, converter
from pressutskick.sources.formats import Format

resource = pytest.importorskip("resource", reason="no limits on this system")
PAGE = b"<html><body><p>Pressinbjudan</p></body></html>"


def refusing_memory(what: int, limits: tuple[int, int]) -> None:
    """Apple silicon refuses any limit on memory that we would set."""
    if what == resource.RLIMIT_AS:
        raise ValueError("current limit exceeds maximum limit")
    asked.append((what, limits[0]))


asked: list[tuple[int, int]] = []


def test_a_limit_that_the_system_refuses_ends_no_conversion(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked.clear()
    monkeypatch.setattr(resource, "setrlimit", refusing_memory)
    converter.limit_resources(7)
    assert asked == [(resource.RLIMIT_CPU, 7)]


def run_program(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(child, "_PROGRAM", program)


def test_processor_time_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = child._PROGRAM.replace("main(*", "limit_resources(1)\nwhile True: pass\nmain(*")
    run_program(monkeypatch, busy.replace("import main;", "import main, limit_resources;"))
    with pytest.raises(InputError, match="takes too long to read"):
        child.convert_in_child(PAGE, Format.HTML, name="a.html")


def test_waiting_is_told_and_a_late_answer_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "SILENCE", 0.0)
    told: list[Sentence] = []
    found = child.convert_in_child(PAGE, Format.HTML, name="a.html", on_wait=told.append)
    assert [str(one) for one in told] == ["Reading a.html ..."]
    assert found.text.strip() == "Pressinbjudan"


def test_whoever_waited_in_vain_is_told_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "SILENCE", 0.0)
    monkeypatch.setattr(child, "PATIENCE", 0.0)
    with pytest.raises(InputError, match="takes too long") as caught:
        child.convert_in_child(PAGE, Format.HTML, name="a.html")
    assert str(caught.value.remedy).startswith("Try again")


def test_the_child_writes_nothing_but_its_answer(tmp_path: Path) -> None:
    """A library that prints would break the answer; its talk goes nowhere."""
    command = [sys.executable, "-c", child._PROGRAM, child._package_folder(), "html", "a", "5"]
    done = subprocess.run(command, input=PAGE, capture_output=True, check=True, cwd=tmp_path)
    assert done.stdout.startswith(b'{"text"')
