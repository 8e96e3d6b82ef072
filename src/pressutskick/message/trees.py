"""Syntax trees of templates: a source is parsed once in a process, and whoever asks gets a copy.

Both sandboxes, the search for bound names and every dispatch of a run read the same few files, and
parsing is a third of what making a template ready costs. A copy, since folding writes into it.
"""

from copy import copy
from functools import lru_cache
from typing import TypeVar

import jinja2
from jinja2 import nodes

from pressutskick.message.bounds import bind

#: Cuts a source into tokens as whoever compiles it must; it renders nothing.
PARSER = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)  # noqa: S701

N = TypeVar("N", bound=nodes.Node)


def parse(
    source: str, name: str | None, file: str | None, environment: jinja2.Environment
) -> nodes.Template:
    """The bounded tree of a source, for `environment`; `name` and `file` are for the errors.

    Raises:
        jinja2.TemplateSyntaxError: it is no template.
    """
    return _copy_tree(_parse(source, name, file), environment)


@lru_cache(maxsize=64)
def _parse(source: str, name: str | None, file: str | None) -> nodes.Template:
    tree = PARSER.parse(source, name, file)
    bind(tree)
    return tree


def _copy_tree(node: N, environment: jinja2.Environment) -> N:
    twin = copy(node)
    twin.environment = environment
    for name, value in node.iter_fields():
        if isinstance(value, nodes.Node):
            setattr(twin, name, _copy_tree(value, environment))
        elif isinstance(value, list):
            setattr(twin, name, [_copy_part(each, environment) for each in value])
    return twin


def _copy_part(part: object, environment: jinja2.Environment) -> object:
    return _copy_tree(part, environment) if isinstance(part, nodes.Node) else part
