"""Front matter: the YAML between two `---` lines, as text with line numbers.

Scalars stay strings (`no` is not false and a date is ours to parse), aliases are refused (they can
unfold without end), and size and depth are limited. Owns the syntax, not the meaning of a key.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from pressutskick.errors import Origin, Problem, Severity
from pressutskick.release.recognition import FENCE
from pressutskick.sentences import Sentence, say

#: Characters of front matter that are read; a long invitation has three thousand.
LIMIT = 50_000
DEPTH = 8
_STUMBLES = 15
_PLAIN_VALUE = re.compile(r"(?P<key>\s*(?:- +)*[\w-]+:\s+)(?P<value>[^\s\"'\[{|>&*!%@`#].*?)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """One value as written, and its line from 1."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list of values."""

    parts: tuple["Node", ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Keys in their order, with the line of each key."""

    entries: dict[str, "Node"]
    lines: dict[str, int]
    line: int


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The parsed keys, what was wrong, and the body with the line where its text begins."""

    mapping: Mapping
    problems: tuple[Problem, ...]
    body: str
    body_line: int


def split_front_matter(text: str, *, file: str | None) -> FrontMatter:
    """Front matter and body of `text`, whose line ends may be of any kind."""
    lines = re.sub("\r\n?", "\n", text.removeprefix("\ufeff")).split("\n")
    start = next(index for index, line in enumerate(lines) if line.strip()) + 1
    stop = next((i for i in range(start, len(lines)) if FENCE.fullmatch(lines[i])), None)
    if stop is None:
        sentence = say("The front matter has no closing --- line; add one below the last key.")
        return _broken(sentence, line=start, file=file)
    body = lines[stop + 1 :]
    blank = next((index for index, line in enumerate(body) if line.strip()), len(body))
    problems: list[Problem] = []
    mapping = _parse("\n".join(lines[start:stop]) + "\n", start, problems, file)
    return FrontMatter(
        mapping=mapping,
        problems=tuple(problems),
        body="\n".join(body[blank:]).rstrip(),
        body_line=stop + 2 + blank,
    )


def print_front_matter(keys: dict[str, object], body: str) -> str:
    """The document with `keys` (strings, lists and dicts of them) as front matter."""
    front = yaml.dump(
        keys, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**9, indent=2
    )
    return f"---\n{front}---\n\n{body}\n" if body else f"---\n{front}---\n"


class _Dumper(yaml.SafeDumper):
    """Prints strings without quotes that only other readers would need (`2024-09-04`)."""

    def ignore_aliases(self, data: object) -> bool:
        """Writes equal values out each time: the reader refuses aliases."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indents lists below their key, as people write them."""
        super().increase_indent(flow, False)


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    """Several lines as a literal block, which keeps them readable."""
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


# With nothing to mistake a text for, no text needs quotes.
_Dumper.yaml_implicit_resolvers = {}
_Dumper.add_representer(str, _represent_text)


class _Refused(yaml.MarkedYAMLError):
    """Legal YAML that we do not read; `problem` holds no sentence, `sentence` does."""

    def __init__(self, sentence: Sentence, mark: yaml.Mark) -> None:
        """`mark` is where in the front matter."""
        super().__init__(problem=str(sentence), problem_mark=mark)
        self.sentence = sentence


class _Loader(yaml.BaseLoader):
    """Composes nodes; refuses aliases and deep nesting while it goes."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """One node, within the limits."""
        mark = self.peek_event().start_mark  # type: ignore[no-untyped-call] # typeshed gap
        if self.check_event(yaml.events.AliasEvent):
            raise _Refused(say("Aliases (*name) are not read; write the value out."), mark)
        if self.depth >= DEPTH:
            raise _Refused(say("The front matter is nested too deeply."), mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _parse(front: str, offset: int, problems: list[Problem], file: str | None) -> Mapping:
    """The keys of `front`, whose first line is line `offset` + 1 of the file."""
    if len(front) > LIMIT:
        problems.append(_problem("front-matter-syntax", say("The front matter is too long."), 1))
        return _nothing(offset)
    lines = front.split("\n")
    try:
        root = _compose(lines)
    except yaml.YAMLError as error:
        problems.append(_syntax_problem(error, offset, file))
        return _nothing(offset)
    if root is None:
        return _nothing(offset)
    tree = _convert(root, lines, offset, problems, file)
    if not isinstance(tree, Mapping):
        sentence = say("The front matter must be lines of the form `key: value`.")
        problems.append(_problem("front-matter-syntax", sentence, offset + 1, file))
        return _nothing(offset)
    return tree


def _compose(lines: list[str]) -> yaml.Node | None:
    """The root node; a value with a colon in it (`title: Pressinbjudan: Ny bro`) is taken whole.

    YAML wants quotation marks there, and a heading is where nobody thinks of them. They are put
    in where the parser stumbles, a few times at most; `lines` keeps them.
    """
    for _ in range(_STUMBLES):
        try:
            return _Loader("\n".join(lines)).get_single_node()
        except yaml.MarkedYAMLError as error:
            at = error.problem_mark.line if error.problem_mark is not None else -1
            plain = _PLAIN_VALUE.fullmatch(lines[at]) if 0 <= at < len(lines) else None
            if plain is None or "mapping values" not in (error.problem or ""):
                raise
            value = plain["value"].replace("'", "''")
            lines[at] = f"{plain['key']}'{value}'"
    return _Loader("\n".join(lines)).get_single_node()


def _with_hash(node: yaml.ScalarNode, lines: list[str]) -> str:
    """A plain value with what YAML took for a comment: `Sal #3` is no comment, `Sal # tre` is."""
    text = str(node.value)
    if node.style is not None or node.start_mark.line != node.end_mark.line:
        return text
    rest = lines[node.end_mark.line][node.end_mark.column :]
    return text + rest.rstrip() if text and re.match(r"\s+#\S", rest) else text


def _convert(
    node: yaml.Node, lines: list[str], offset: int, problems: list[Problem], file: str | None
) -> Node:
    line = node.start_mark.line + 1 + offset
    if isinstance(node, yaml.ScalarNode):
        return Scalar(text=_with_hash(node, lines), line=line)
    if isinstance(node, yaml.SequenceNode):
        parts = tuple(_convert(part, lines, offset, problems, file) for part in node.value)
        return Sequence(parts=parts, line=line)
    mapping = Mapping(entries={}, lines={}, line=line)
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1 + offset
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
        if key in mapping.entries:
            sentence = say(
                "{key} stands here again (first on line {line}); remove one of them.",
                key=key,
                line=mapping.lines[key],
            )
            problems.append(_problem("key-duplicate", sentence, key_line, file))
        mapping.entries[key] = _convert(value_node, lines, offset, problems, file)
        mapping.lines[key] = key_line
    return mapping


def _syntax_problem(error: yaml.YAMLError, offset: int, file: str | None) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = offset + 1 + (mark.line if mark is not None else 0)
    if isinstance(error, _Refused):
        return _problem("front-matter-syntax", error.sentence, line, file)
    if isinstance(error, yaml.reader.ReaderError):
        sentence = say("The front matter holds a control character; remove it.")
        return _problem("front-matter-syntax", sentence, line, file)
    sentence = say(
        "This line cannot be read as `key: value`; put quotation marks around a value that holds "
        "a colon, # or a bracket, and indent with spaces."
    )
    return _problem("front-matter-syntax", sentence, line, file)


def _broken(sentence: Sentence, *, line: int, file: str | None) -> FrontMatter:
    problem = _problem("front-matter-syntax", sentence, line, file)
    return FrontMatter(mapping=_nothing(line), problems=(problem,), body="", body_line=line)


def _nothing(line: int) -> Mapping:
    return Mapping(entries={}, lines={}, line=line)


def _problem(code: str, sentence: Sentence, line: int, file: str | None = None) -> Problem:
    origin = Origin(file=file, line=line)
    return Problem(code=code, severity=Severity.ERROR, sentence=sentence, origin=origin)


def plain_value(node: Node) -> object:
    """The node as strings, lists and dicts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain_value(part) for part in node.parts]
    return {key: plain_value(value) for key, value in node.entries.items()}


def node_lines(node: Node, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Every dotted field below `node` and its line: `event.start`, `contacts[0].phones`."""
    if isinstance(node, Mapping):
        for key, value in node.entries.items():
            name = f"{prefix}.{key}" if prefix else key
            yield name, node.lines[key]
            yield from node_lines(value, name)
    elif isinstance(node, Sequence):
        for index, part in enumerate(node.parts):
            yield f"{prefix}[{index}]", part.line
            yield from node_lines(part, f"{prefix}[{index}]")
