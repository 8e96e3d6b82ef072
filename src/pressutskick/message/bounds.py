"""How far a template may go: steps of its loops and calls, and the length of the texts it makes.

A template that nobody means to be endless is so all the same when it calls itself, or puts a loop
into a loop. Rooms like this one know no clock, so what is counted is what takes the time.
"""

from collections.abc import Callable, Iterable, Iterator, Sized
from itertools import chain
from typing import Any, cast

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import markup_join, str_join

#: Turns of loops and calls of macros and functions that one rendering may take; 100 times what an
#: invitation needs, a second at most.
MAX_STEPS = 100_000
#: Characters of any text that an expression makes.
MAX_TEXT = 1_000_000
#: A larger number is no hour, no count and no year; squared often enough it takes all the time.
MAX_NUMBER = 10**15

#: Filters whose result may be longer than what they are given.
GROWING = ("e", "escape", "forceescape", "join", "replace", "string", "tojson", "urlencode")

_TURNS, _CONCAT, _LENGTH = "_turns", "_concat", "_length"


class Budget:
    """The steps that are left of one rendering."""

    def __init__(self) -> None:
        self.left = MAX_STEPS

    def begin(self) -> None:
        """A rendering begins."""
        self.left = MAX_STEPS

    def spend(self, steps: int = 1) -> None:
        """So many steps are taken.

        Raises:
            SecurityError: the template takes too many.
        """
        self.left -= steps
        if self.left < 0:
            raise SecurityError("too many steps")

    def turns(self, things: Any) -> Any:
        """What a loop goes through, its turns counted: at once where their number is known."""
        if isinstance(things, Sized):
            self.spend(len(things))
            return things
        return self._count(things)

    def _count(self, things: Iterable[Any]) -> Iterator[Any]:
        for thing in things:
            self.spend()
            yield thing


def is_text(value: Any) -> bool:
    """Whether a person can read it: a text or a number, and no truth value, list or table."""
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def bind(tree: nodes.Template) -> None:
    """Makes loops of the tree count their turns, and texts that are put together their length."""
    for loop in tree.find_all(nodes.For):
        loop.iter = _filter(loop.iter, _TURNS, loop)
    for block in tree.find_all(nodes.AssignBlock):
        block.filter = _filter(block.filter, _LENGTH, block)
    for parent in list(chain([tree], tree.find_all(nodes.Node))):
        for name, value in parent.iter_fields():
            if isinstance(value, nodes.Concat):
                setattr(parent, name, _concat(value))
            elif isinstance(value, list):
                value[:] = [_concat(v) if isinstance(v, nodes.Concat) else v for v in value]


def _concat(node: nodes.Concat) -> nodes.Filter:
    return _filter(nodes.List(node.nodes, lineno=node.lineno), _CONCAT, node)


def _filter(node: nodes.Node | None, name: str, beside: nodes.Node) -> nodes.Filter:
    """`node` through the filter; None stands for what is written in a block that has the filter."""
    return nodes.Filter(
        cast("nodes.Expr", node),
        name,
        [],
        [],
        None,
        None,
        lineno=beside.lineno,
        environment=beside.environment,
    )


def make_filters(
    budget: Budget, known: dict[str, Callable[..., Any]], *, autoescape: bool
) -> dict[str, Callable[..., Any]]:
    """The filters that `bind` uses, and bounded ones in place of those that make texts grow."""
    join = markup_join if autoescape else str_join

    def concat(parts: list[Any]) -> str:
        check_length(sum(len(str(part)) for part in parts))
        return join(parts)

    def check(text: str) -> str:
        check_length(len(text))
        return text

    bounded = {name: _bounded(known[name]) for name in GROWING if name in known}
    return {
        **bounded,
        "replace": _bounded_replace(known["replace"]),
        _TURNS: budget.turns,
        _LENGTH: check,
        _CONCAT: concat,
    }


def check_length(characters: int) -> None:
    """Refuses a text that nobody can want.

    Raises:
        SecurityError: it is too long.
    """
    if characters > MAX_TEXT:
        raise SecurityError("a text that grows without end")


def _bounded(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """The same filter; keeps what Jinja has noted on it of how it wants to be called."""

    def bounded(*args: Any, **options: Any) -> Any:
        result = filter_(*args, **options)
        if isinstance(result, str):
            check_length(len(result))
        return result

    bounded.__dict__.update(filter_.__dict__)
    return bounded


def _bounded_replace(filter_: Callable[..., Any]) -> Callable[..., Any]:
    def replace(context: Any, text: Any, old: Any, new: Any, count: int | None = None) -> Any:
        check_length(len(str(text)) + str(text).count(str(old)) * len(str(new)))
        return filter_(context, text, old, new, count)

    replace.__dict__.update(filter_.__dict__)
    return replace
