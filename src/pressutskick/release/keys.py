"""Keys of the front matter -> values: each is asked for by name and type, and what is left is told.

Nothing here knows which keys there are; every problem is collected with its line, none is raised.
"""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from pressutskick.errors import Origin, Problem, Severity
from pressutskick.release import values
from pressutskick.release.frontmatter import Mapping, Node, Scalar, Sequence, plain_value
from pressutskick.release.values import ValueType
from pressutskick.sentences import Sentence, say

T = TypeVar("T")


@dataclass(slots=True)
class ProblemCollector:
    """Gathers problems while the keys are read."""

    file: str | None
    problems: list[Problem]

    def add(self, code: str, sentence: Sentence, line: int | None) -> None:
        """An error at `line` (from 1) of the file."""
        origin = Origin(file=self.file, line=line)
        self.problems.append(
            Problem(code=code, severity=Severity.ERROR, sentence=sentence, origin=origin)
        )


class KeyReader:
    """Takes the keys of one mapping by name and type, and tells what is left."""

    def __init__(self, mapping: Mapping, prefix: str, collector: ProblemCollector) -> None:
        """`prefix` is the dotted name that the keys stand below, with its dot."""
        self.mapping = mapping
        self.prefix = prefix
        self.collector = collector
        self.known: list[str] = []

    def take(self, key: str, kind: ValueType[T]) -> T | None:
        """The value of `key`, None where it is absent, empty or wrong (which is told)."""
        node = self._node(key)
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self._tell_wrong(key, node, say("a single value"))
            return None
        return self._parse(key, node, kind)

    def take_list(self, key: str, kind: ValueType[T]) -> tuple[T, ...] | None:
        """All values of `key`; a single one may stand without a list."""
        node = self._node(key, keep_empty=True)
        if node is None:
            return None
        parts = node.parts if isinstance(node, Sequence) else (node,)
        found = []
        for part in parts:
            if not isinstance(part, Scalar):
                self._tell_wrong(key, part, say("a list of single values"))
            elif part.text and (value := self._parse(key, part, kind)) is not None:
                found.append(value)
        return tuple(found)

    def take_part(self, key: str, read: Callable[["KeyReader"], T]) -> T | None:
        """The mapping below `key`."""
        node = self._node(key)
        if node is None:
            return None
        if not isinstance(node, Mapping):
            self._tell_wrong(key, node, say("keys of its own, each on an indented line"))
            return None
        return self._read_part(node, f"{self.prefix}{key}.", read)

    def take_parts(
        self, key: str, read: Callable[["KeyReader"], T], short: Callable[[str], T] | None = None
    ) -> tuple[T, ...]:
        """A list of mappings; `short` reads an element that is written as one line."""
        node = self._node(key)
        if node is None:
            return ()
        found = []
        for part in node.parts if isinstance(node, Sequence) else (node,):
            if isinstance(part, Mapping):
                found.append(self._read_part(part, f"{self.prefix}{key}.", read))
            elif isinstance(part, Scalar) and short is not None:
                text = self._parse(key, part, values.LINE)
                found.extend([short(text)] if text else [])
            else:
                self._tell_wrong(key, part, say("a list of parts with keys of their own"))
        return tuple(found)

    def require(self, key: str, value: T | None, absent: T) -> T:
        """`value`, or a problem and `absent` where the key is not there."""
        if value is None:
            misspelt = get_close_matches(key, set(self.mapping.entries) - {key}, 1, 0.8)
            if not misspelt and (key not in self.mapping.entries or self._node(key) is None):
                line = self.mapping.lines.get(key, self.mapping.line)
                name = self.prefix + key
                self.collector.add("value-missing", say("{key} is missing.", key=name), line)
            return absent
        return value

    def tell_unknown(self) -> dict[str, object]:
        """Tells keys that look misspelt, and gives the others as they are.

        Below the top level every unknown key is told: there is nowhere to keep it.
        """
        rest: dict[str, object] = {}
        for key, node in self.mapping.entries.items():
            if key in self.known:
                continue
            near = get_close_matches(key.lower(), self.known, 1, 0.8)
            if not near and not self.prefix:
                rest[key] = plain_value(node)
                continue
            sentence = say("{key} is not a known key.", key=self.prefix + key)
            if near:
                sentence = say(
                    "{key} is not a known key; did you mean {near}?",
                    key=self.prefix + key,
                    near=self.prefix + near[0],
                )
            self.collector.add("key-unknown", sentence, self.mapping.lines[key])
        return rest

    def _read_part(self, node: Mapping, prefix: str, read: Callable[["KeyReader"], T]) -> T:
        keys = KeyReader(node, prefix, self.collector)
        part = read(keys)
        keys.tell_unknown()
        return part

    def _node(self, key: str, *, keep_empty: bool = False) -> Node | None:
        self.known.append(key)
        node = self.mapping.entries.get(key)
        if isinstance(node, Scalar) and not node.text.strip() and not keep_empty:
            return None
        if isinstance(node, Sequence) and not node.parts and not keep_empty:
            return None
        return node

    def _parse(self, key: str, node: Scalar, kind: ValueType[T]) -> T | None:
        try:
            return kind.parse(node.text)
        except ValueError:
            self._tell_wrong(key, node, kind.wanted)
            return None

    def _tell_wrong(self, key: str, node: Node, wanted: Sentence) -> None:
        name = self.prefix + key
        if isinstance(node, Scalar) and values.is_shown_safely(node.text):
            sentence = say(
                "{key} must be {wanted}, not “{text}”.", key=name, wanted=wanted, text=node.text
            )
        else:
            sentence = say("{key} must be {wanted}.", key=name, wanted=wanted)
        self.collector.add("value-invalid", sentence, node.line)
