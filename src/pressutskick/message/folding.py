"""Folding: what a template says alike to everybody is rendered once, when it is compiled.

Of a mail to a newsdesk only greeting, address and opt-out are its own. `fold` takes the syntax tree
of a template and replaces every part that depends on nothing but constants (release, event, sender,
words …) by the text that it makes. What depends on anything else is left exactly as it is, and so is
what cannot be evaluated now: it may stand in a branch that nobody reaches. A template thus renders
to the same text, folded or not; the tests compare both.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from typing import Any

from jinja2 import Environment, Undefined, nodes
from markupsafe import escape

from pressutskick.message.bounds import is_text

#: Statements and expressions that bind names, look at their surroundings, or are templates of
#: their own; what holds one of them is left alone.
_OPAQUE = (
    nodes.Assign,
    nodes.AssignBlock,
    nodes.Block,
    nodes.CallBlock,
    nodes.ContextReference,
    nodes.DerivedContextReference,
    nodes.EvalContextModifier,
    nodes.ExprStmt,
    nodes.Extends,
    nodes.FilterBlock,
    nodes.FromImport,
    nodes.Import,
    nodes.Include,
    nodes.InternalName,
    nodes.Macro,
    nodes.NSRef,
    nodes.Scope,
    nodes.With,
)


def find_bound_names(template: nodes.Template) -> set[str]:
    """Every name that the template binds anywhere; includes and blocks hand them on to others."""
    bound = {name.name for name in template.find_all(nodes.Name) if name.ctx != "load"}
    bound |= {macro.name for macro in template.find_all(nodes.Macro)}
    bound |= {each.target for each in template.find_all(nodes.Import)}
    for each in template.find_all(nodes.FromImport):
        bound |= {name if isinstance(name, str) else name[1] for name in each.names}
    return bound


def fold(template: nodes.Template, environment: Environment, constants: Mapping[str, Any]) -> None:
    """Folds the tree in place.

    No template that is rendered together with this one may bind the name of a constant.
    """
    _Folding(template, environment, constants).run()


class _Folding:
    """One template being folded."""

    def __init__(
        self, template: nodes.Template, environment: Environment, constants: Mapping[str, Any]
    ) -> None:
        self._template = template
        self._environment = environment
        self._constants = dict(constants)
        self._known: dict[int, tuple[nodes.Node, frozenset[str] | None]] = {}

    def run(self) -> None:
        """Folds the template's own statements, then those of its blocks."""
        self._template.body = self._fold_all(self._template.body)

    def _fold_all(self, body: list[nodes.Node]) -> list[nodes.Node]:
        """What is left of the statements; outputs that follow each other are one."""
        folded: list[nodes.Node] = []
        for node in self._fold_each(body):
            last = folded[-1] if folded else None
            if isinstance(node, nodes.Output) and isinstance(last, nodes.Output):
                last.nodes = [*last.nodes, *node.nodes]
            else:
                folded.append(node)
        return folded

    def _fold_each(self, body: list[nodes.Node]) -> Iterator[nodes.Node]:
        for node in body:
            if isinstance(node, nodes.Output):
                node.nodes = [self._fold_expression(each) for each in node.nodes]
                yield node
            elif isinstance(node, nodes.Block):
                node.body = self._fold_all(node.body)
                yield node
            elif isinstance(node, nodes.If):
                yield from self._fold_if(node)
            else:
                yield self._fold_statement(node)

    def _fold_expression(self, node: nodes.Expr) -> nodes.Expr:
        if isinstance(node, nodes.TemplateData) or not self._is_constant(node):
            return node
        found, value = self._evaluate(node)
        text: str | None
        if found and not is_text(value):
            # No text: left, so that it is told where somebody reaches it.
            return node
        if found:
            text = str(escape(value) if self._environment.autoescape else value)
        else:
            text = self._render(nodes.Output([node], lineno=node.lineno))
        return node if text is None else nodes.TemplateData(text, lineno=node.lineno)

    def _fold_statement(self, node: nodes.Node) -> nodes.Node:
        text = self._render(node) if self._is_constant(node) else None
        if text is None:
            return node
        data = nodes.TemplateData(text, lineno=node.lineno)
        return nodes.Output([data], lineno=node.lineno)

    def _fold_if(self, node: nodes.If) -> Iterator[nodes.Node]:
        """A branch that is certain takes the place of the choice; others are folded inside."""
        verdict = self._decide(node.test)
        if verdict is True:
            yield from self._fold_all(node.body)
        elif verdict is False and not node.elif_:
            yield from self._fold_all(node.else_)
        elif verdict is False:
            first, *others = node.elif_
            yield from self._fold_if(
                nodes.If(first.test, first.body, others, node.else_, lineno=first.lineno)
            )
        else:
            node.body = self._fold_all(node.body)
            for branch in node.elif_:
                branch.body = self._fold_all(branch.body)
            node.else_ = self._fold_all(node.else_)
            yield node

    def _decide(self, test: nodes.Node) -> bool | None:
        if not self._is_constant(test):
            return None
        found, value = self._evaluate(test)
        if found:
            return bool(value)
        yes = nodes.Output([nodes.TemplateData("1")], lineno=test.lineno)
        text = self._render(nodes.If(test, [yes], [], [], lineno=test.lineno))
        return None if text is None else bool(text)

    def _evaluate(self, node: nodes.Node) -> tuple[bool, object]:
        """Whether Jinja's own constant folding knows the value, and which: quicker than `_render`."""
        twin = self._substitute(node)
        if not isinstance(twin, nodes.Expr):
            return False, None
        try:
            value = twin.as_const(nodes.EvalContext(self._environment))
        except Exception:  # noqa: BLE001 - Impossible, or whatever the expression itself raises
            return False, None
        # A missing value fails when it is rendered, and is told then.
        return not isinstance(value, Undefined), value

    def _substitute(self, node: nodes.Node) -> nodes.Node:
        """A copy with values in place of names."""
        if isinstance(node, nodes.Name):
            return nodes.Const(
                self._constants[node.name], lineno=node.lineno, environment=self._environment
            )
        twin = copy(node)
        for name, value in node.iter_fields():
            if isinstance(value, nodes.Node):
                setattr(twin, name, self._substitute(value))
            elif isinstance(value, list):
                parts = [
                    self._substitute(each) if isinstance(each, nodes.Node) else each
                    for each in value
                ]
                setattr(twin, name, parts)
        return twin

    def _is_constant(self, node: nodes.Node) -> bool:
        """Whether `node` reads nothing but constants and the variables of its own loops."""
        reads = self._reads(node)
        return reads is not None and reads <= self._constants.keys()

    def _reads(self, node: nodes.Node) -> frozenset[str] | None:
        """The names that `node` takes from outside; None where something in it is opaque.

        Asked of a statement and then of its parts, so it is worked out once for each.
        """
        if id(node) not in self._known:
            # The node is kept, so that no other one gets its id.
            self._known[id(node)] = (node, self._find_reads(node))
        return self._known[id(node)][1]

    def _find_reads(self, node: nodes.Node) -> frozenset[str] | None:
        if isinstance(node, _OPAQUE):
            return None
        names = {node.name} if isinstance(node, nodes.Name) else set()
        for child in node.iter_child_nodes():
            inner = self._reads(child)
            if inner is None:
                return None
            names |= inner
        if isinstance(node, nodes.For):
            targets = [node.target, *node.target.find_all(nodes.Name)]
            names -= {"loop", *(each.name for each in targets if isinstance(each, nodes.Name))}
        return frozenset(names)

    def _render(self, node: nodes.Node) -> str | None:
        """The text that `node` makes; None where it fails."""
        template = nodes.Template([node], lineno=node.lineno)
        template.set_environment(self._environment)
        try:
            code = self._environment.compile(template)
            made = self._environment.template_class.from_code(self._environment, code, {})
            return "".join(made.root_render_func(made.new_context(self._constants)))
        except Exception:  # noqa: BLE001 - it fails again when it is rendered, and is told then
            return None
