"""What an error says, and what to do about it, are whole sentences."""

import ast
import re
from collections.abc import Iterator

from tests.meta.catalogue import PACKAGE, read_catalogue

from pressutskick import errors
from pressutskick.errors import PressutskickError

RAISED = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, PressutskickError)
}
#: A full stop, or a command or list that may be copied without one.
END = re.compile(
    r"[.?]$|: (pressutskick|log|pip|recipients|remind|send) .*$|--at \{clock\}$|: \{(fields|columns)\}$"
)


def told() -> Iterator[str]:
    """The sentences, English and Swedish, that an exception of ours is made with."""
    catalogue = read_catalogue()
    for path in PACKAGE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (
                isinstance(call, ast.Call) and getattr(call.func, "id", "") in RAISED | {"cls"}
            ):
                continue
            for part in (*call.args, *(keyword.value for keyword in call.keywords)):
                if isinstance(part, ast.Call) and getattr(part.func, "id", "") == "say":
                    (pattern,) = part.args
                    assert isinstance(pattern, ast.Constant)
                    yield pattern.value
                    message = catalogue.get(pattern.value)
                    assert message is not None
                    yield str(message.string)


def test_every_error_ends_with_a_full_stop_or_with_a_command() -> None:
    sentences = set(told())
    assert len(sentences) > 200
    assert {sentence for sentence in sentences if not END.search(sentence)} == set()
