"""Owns the pattern language of the word files, and how a pattern becomes text.

A file holds rules: `[name]` opens one, every further line is an alternative, `3* ` before it makes
it three times as likely, `#` opens a comment. In a pattern

    {name}    is a slot or another rule           {^name}  the same with a capital first
    {=name}   is a rule that is drawn once a text  <a|b|>   is one of these
    {gen:x}   is x in the genitive                 {def:x}  is the noun x in its definite form
    {@head}   is the rule head.OCCASION
    {if:x}    and {no:x} are empty, and possible only where the text has or has not x
    \\n, \\t, \\s, \\e  are a line break, a tab, a blank at a line's end, and nothing

A slot whose fact this text does not have makes its alternative impossible, and another is drawn.
"""

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from training.marks import MARK, unmark

#: What a pattern is made of: literals, ("slot", name), ("choice", [nodes, nodes ...]).
Nodes = tuple[Any, ...]
TOKEN = re.compile(r"\{([^}]*)\}|([<|>])|([^{<|>]+)")


class AbsentError(Exception):
    """The text has no such fact: draw another wording."""


def read_rules(folder: Path) -> dict[str, list[tuple[int, str]]]:
    """All rules of the files in `folder`: (weight, pattern) by name."""
    rules: dict[str, list[tuple[int, str]]] = {}
    for path in sorted(folder.glob("*.txt")):
        name = path.stem
        for line in path.read_text("utf-8").splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            if line.startswith("[") and line.endswith("]"):
                name = line[1:-1]
                continue
            weight, pattern = re.fullmatch(r"(?:(\d+)\* )?(.*)", line).groups()  # type: ignore[union-attr]
            rules.setdefault(name, []).append((int(weight or 1), _unescape(pattern)))
    return rules


def _unescape(pattern: str) -> str:
    for sign, meant in (("\\n", "\n"), ("\\t", "\t"), ("\\s", " "), ("\\e", "")):
        pattern = pattern.replace(sign, meant)
    return pattern


@cache
def parse(pattern: str) -> Nodes:
    """The nodes of a pattern."""
    stack: list[list[list[Any]]] = [[[]]]
    for slot, sign, literal in TOKEN.findall(pattern):
        if slot:
            stack[-1][-1].append(("slot", slot))
        elif literal:
            stack[-1][-1].append(literal)
        elif sign == "<":
            stack.append([[]])
        elif len(stack) == 1:
            stack[-1][-1].append(sign)
        elif sign == "|":
            stack[-1].append([])
        else:
            choices = stack.pop()
            stack[-1][-1].append(("choice", choices))
    if len(stack) != 1:
        raise ValueError(f"a '<' is not closed: {pattern}")
    return tuple(stack[0][0])


def capitalise(text: str) -> str:
    """`text` with its first letter in upper case, whatever marks stand before it."""
    return re.sub(rf"^((?:{MARK})*)(\w)", lambda found: found[1] + found[2].upper(), text)


class Grammar:
    """Draws texts from rules; `slots` are looked up before the rules."""

    def __init__(
        self, rules: dict[str, list[tuple[int, str]]], rng: random.Random, language: str
    ) -> None:
        self.rules, self.rng, self.language = rules, rng, language
        self.slots: dict[str, Callable[[], str]] = {}
        self.flags: dict[str, Callable[[], bool]] = {}
        self.drawn: dict[str, str] = {}

    def draw(self, name: str) -> str:
        """One text of the rule `name`. Raises AbsentError where no alternative is possible."""
        if name not in self.rules and "." not in name:
            raise KeyError(name)
        waiting = list(self.rules.get(name, ()))
        while waiting:
            weights = [weight for weight, _ in waiting]
            (chosen,) = self.rng.choices(range(len(waiting)), weights)
            try:
                return self.write(waiting.pop(chosen)[1])
            except AbsentError:
                continue
        raise AbsentError(name)

    def write(self, pattern: str) -> str:
        """One text of `pattern`."""
        return self._write(parse(pattern))

    def _write(self, nodes: Nodes | list[Any]) -> str:
        return "".join(node if isinstance(node, str) else self._fill(*node) for node in nodes)

    def _fill(self, kind: str, body: Any) -> str:
        if kind == "slot":
            return self._slot(body)
        waiting = self.rng.sample(body, len(body))
        for nodes in waiting:
            try:
                return self._write(nodes)
            except AbsentError:
                continue
        raise AbsentError(str(body))

    def _slot(self, name: str) -> str:
        if name[:3] in ("if:", "no:"):
            if self.flags[name[3:]]() == (name[:3] == "if:"):
                return ""
            raise AbsentError(name)
        if name.startswith("gen:"):
            return self._genitive(self._slot(name[4:]))
        if name.startswith("def:"):
            return self._definite(self._slot(name[4:]))
        if name.startswith("@"):
            return self.draw(f"{name[1:]}.{self.drawn['=occasion']}")
        if name.startswith("^"):
            return capitalise(self._slot(name[1:]))
        if name.startswith("="):
            if name not in self.drawn:
                self.drawn[name] = self._slot(name[1:])
            return self.drawn[name]
        if name in self.slots:
            return self.slots[name]()
        return self.draw(name)

    def _genitive(self, text: str) -> str:
        if self.language == "en":
            return f"{text}'s"
        if unmark(text)[-1:] in "sxz":
            return text if self.language == "sv" else f"{text}'"
        return f"{text}s"

    def _definite(self, noun: str) -> str:
        if self.language == "sv":
            return f"{noun}en"
        if noun.endswith(("møte", "møde")):
            return f"{noun}t"
        return f"{noun}n" if noun.endswith("e") else f"{noun}en"
