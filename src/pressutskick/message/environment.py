"""What a template may do: Jinja2's sandbox, made narrower, and what is constant in it folded.

Templates are the operator's, values are anybody's: what comes from a list or a document enters as
a plain value and is never template source.
"""

from collections.abc import Callable, Mapping, Set
from types import MappingProxyType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pressutskick.message.bounds import (
    MAX_NUMBER,
    Budget,
    check_length,
    is_text,
    make_filters,
)
from pressutskick.message.folding import fold
from pressutskick.message.trees import PARSER, parse

#: Longest text that an expression such as `"-" * 40` may make.
_MAX_REPEATED = 10_000

_NO_GLOBALS = ("lipsum", "cycler", "joiner")
#: Filters that make long texts out of short ones, are random, or reach around the sandbox.
_NO_FILTERS = (
    "attr", "batch", "center", "filesizeformat", "format", "indent", "pprint", "random", "slice",
    "urlize", "wordwrap", "xmlattr",
)  # fmt: skip
_STR_METHODS = frozenset(
    {"capitalize", "endswith", "lower", "removeprefix", "removesuffix", "split", "startswith",
     "strip", "upper"}
)  # fmt: skip


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox that also keeps loops, calls and texts from growing without bound."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    #: What every rendering of this environment is given alike, and what of it may be folded.
    given: Mapping[str, Any] = MappingProxyType({})
    foldable: Mapping[str, Any] = MappingProxyType({})

    def __init__(self, **options: Any) -> None:
        """As Jinja's own."""
        super().__init__(**options)
        self.budget = Budget()

    def give(self, constants: Mapping[str, Any], bound: Set[str]) -> None:
        """Before the first template is compiled; names in `bound` are no constants everywhere."""
        self.given = constants
        self.foldable = {name: each for name, each in constants.items() if name not in bound}

    def parse(
        self, source: str, name: str | None = None, filename: str | None = None
    ) -> nodes.Template:
        """The tree of a source, parsed once in a process; a mistake in it is this template's."""
        try:
            return parse(source, name, filename, self)
        except jinja2.TemplateSyntaxError:
            self.handle_exception(source=source)

    def compile(self, source: Any, *names: Any, **options: Any) -> Any:
        """Compiles a source or a tree; of a source, what is constant is rendered now."""
        if isinstance(source, str):
            tree = self.parse(source, *names[:2])
            if self.foldable:
                fold(tree, self, self.foldable)
            source = tree
        return super().compile(source, *names, **options)

    def get_template(self, name: Any, *where: Any, **options: Any) -> jinja2.Template:
        """Each include takes a step: two of oneself are without end."""
        self.budget.spend()
        return super().get_template(name, *where, **options)

    def call(__self, __context: Any, __obj: Any, *args: Any, **options: Any) -> Any:  # noqa: N805
        """Takes a step, so that what calls itself twice ends too; a long text is none."""
        __self.budget.spend()
        result = super().call(__context, __obj, *args, **options)
        if isinstance(result, str):
            check_length(len(result))
        elif isinstance(result, range):
            __self.budget.spend(len(result))
        return result

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Numbers may be multiplied; a text only to a length that a line can need."""
        if operator == "+" and isinstance(left, str | list) and isinstance(right, str | list):
            check_length(len(left) + len(right))
            return super().call_binop(context, operator, left, right)
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "*" and not numbers:
            text, times = (left, right) if isinstance(right, int) else (right, left)
            if not isinstance(times, int) or len(text) * times > _MAX_REPEATED:
                raise jinja2.exceptions.SecurityError(operator)
        elif operator == "**" or not numbers or max(abs(left), abs(right)) > MAX_NUMBER:
            raise jinja2.exceptions.SecurityError(operator)
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`release.title` is a key of the view, never a method of dict; and quicker so."""
        if isinstance(obj, dict):
            if attribute in obj:
                return obj[attribute]
            return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Of a text's methods only those that cannot make it longer."""
        if isinstance(obj, str) and attr not in _STR_METHODS:
            return False
        return super().is_safe_attribute(obj, attr, value)


def make_environment(
    load: Callable[[str], tuple[str, str, Callable[[], bool]] | None], *, autoescape: bool
) -> TemplateEnvironment:
    """An environment whose templates come from `load` (Jinja2's `FunctionLoader`)."""
    environment = TemplateEnvironment(
        loader=jinja2.FunctionLoader(load),
        autoescape=autoescape,
        undefined=jinja2.StrictUndefined,
        finalize=refuse_no_text,
        trim_blocks=PARSER.trim_blocks,
        lstrip_blocks=PARSER.lstrip_blocks,
        auto_reload=False,
        cache_size=-1,
    )
    for name in _NO_GLOBALS:
        environment.globals.pop(name, None)
    for name in _NO_FILTERS:
        environment.filters.pop(name, None)
    environment.filters |= make_filters(
        environment.budget, environment.filters, autoescape=autoescape
    )
    return environment


def refuse_no_text(value: Any) -> Any:
    """What an expression prints: texts and numbers, and nothing that only programs can read.

    Raises:
        SecurityError: it is `None`, a list, a table or the like.
    """
    if is_text(value) or isinstance(value, jinja2.Undefined):
        return value
    raise jinja2.exceptions.SecurityError(f"{type(value).__name__} is no text")
