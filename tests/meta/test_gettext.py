"""No sentence of the command line bypasses gettext."""

import ast
import re
from collections.abc import Iterator

from tests.meta.catalogue import PACKAGE

GETTEXT = {"_", "_n", "say", "say_many"}
#: What looks like words but is a command to type, or told to Rich or to mdoc.
STYLE = re.compile(
    r"^\s*pressutskick [a-z]|^\.[A-Z][a-z] |^(not |bold|dim|italic|red|green|yellow|cyan|blue|magenta|white|reverse|\s)+$"
)


def test_no_sentence_in_cli_bypasses_gettext() -> None:
    assert [
        f"{path.name}:{line}: {text}"
        for path in sorted((PACKAGE / "cli").rglob("*.py"))
        for line, text in _bare_sentences(ast.parse(path.read_text("utf-8")))
    ] == []


def _bare_sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    allowed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            allowed.add(id(node.value))  # docstrings
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in GETTEXT:
                allowed |= {id(child) for child in ast.walk(node)}
            if name in {"compile", "Annotated"}:
                allowed |= {id(argument) for argument in node.args}
        if isinstance(node, ast.Dict):  # settings are no sentences
            allowed |= {
                id(value)
                for key, value in zip(node.keys, node.values, strict=True)
                if str(getattr(key, "value", "")).startswith("PRESSUTSKICK_")
            }
        if isinstance(node, ast.keyword) and node.arg in {"style", "border_style", "header_style"}:
            allowed.add(id(node.value))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in allowed
            and re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", node.value)
            and not STYLE.match(node.value)
        ):
            yield node.lineno, node.value
