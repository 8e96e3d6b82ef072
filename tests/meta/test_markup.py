"""Text from files and servers is data: nothing that we paint with may take it for markup."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PAINTERS = Path(__file__).parents[2] / "src" / "pressutskick" / "cli"
#: What interprets `[bold]` and `[link=...]` in a text unless it is told not to.
INTERPRETERS = {"Console", "TextColumn", "SpinnerColumn", "RenderableColumn", "input"}
#: What always does.
FORBIDDEN = {"from_markup", "render_markup", "Prompt", "Confirm"}


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    for file in sorted(PAINTERS.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                name = node.func.id if isinstance(node.func, ast.Name) else name
                yield name, node, f"{file.relative_to(PAINTERS)}:{node.lineno}"


def forbids_markup(call: ast.Call) -> bool:
    values = {word.arg: word.value for word in call.keywords}
    markup = values.get("markup")
    return isinstance(markup, ast.Constant) and markup.value is False


def test_whatever_could_interpret_markup_is_told_not_to() -> None:
    found = [where for name, call, where in calls() if name in INTERPRETERS]
    loose = [
        where for name, call, where in calls() if name in INTERPRETERS and not forbids_markup(call)
    ]
    assert found
    assert loose == []


def test_nothing_turns_a_text_into_markup() -> None:
    assert [where for name, _, where in calls() if name in FORBIDDEN] == []
    on = [where for _, call, where in calls() for word in call.keywords if asks_for_markup(word)]
    assert on == []


def asks_for_markup(word: ast.keyword) -> bool:
    return word.arg == "markup" and not (
        isinstance(word.value, ast.Constant) and word.value.value is False
    )


@pytest.mark.parametrize("text", ["Console()", "Console(markup=True)", "TextColumn('{task}')"])
def test_the_rule_sees_what_breaks_it(text: str) -> None:
    call = ast.parse(text).body[0].value  # type: ignore[attr-defined]
    assert not forbids_markup(call)
