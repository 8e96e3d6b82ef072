"""The content lines of contact cards (RFC 6350 section 3.2, vCard 2.1 and 3.0) -> properties.

Only CR LF, LF and CR end a line: U+2028 and its kin are letters of a text. Knows nothing of what a
property means.
"""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|\r|\n")
_PARAMETER = re.compile(r';([^=;:"]+)(?:=("[^"]*"|[^;:"]*))?')
_MARK = re.compile(r"(?:BEGIN|END):VCARD", re.IGNORECASE)
#: What may lie between the end of a card and the next one on the same line.
_BETWEEN = " \t\ufeff"
#: A head of so many characters has its colon, or the line is none.
_LONGEST_HEAD = 1000
#: By the word in the type: one at work comes before one at home, which nobody gave to be mailed at.
_AT_WORK, _ANYWHERE, _AT_HOME = 101, 102, 103


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property: the line where it begins, its name in capitals, parameters and value."""

    line: int
    name: str
    parameters: dict[str, str]
    value: str

    @property
    def preference(self) -> int:
        """1 is the most wanted (RFC 6350); `TYPE=pref` of the older versions is 1 too."""
        number = self.parameters.get("PREF", "")
        if number.isdigit():
            return int(number[:3])
        types = {*self.parameters, *self.parameters.get("TYPE", "").upper().split(",")}
        if "PREF" in types:
            return 1
        if "WORK" in types:
            return _AT_WORK
        return _AT_HOME if "HOME" in types else _ANYWHERE


def read_properties(text: str) -> Iterator[Property]:
    """All content lines that have a name and a value."""
    for line, content in _unfolded(text):
        head, colon, value = _split_at_colon(content)
        name, _, _rest = head.partition(";")
        if not colon:
            continue
        parameters: dict[str, str] = {}
        for key, word in _PARAMETER.findall(head[len(name) :]):
            upper = key.strip().upper()
            parameters[upper] = f"{parameters.get(upper, '')},{word.strip(chr(34))}".strip(",")
        yield Property(
            line=line,
            name=name.rpartition(".")[2].strip().upper(),
            parameters=parameters,
            value=_decoded(value, parameters),
        )


def parts_of(value: str) -> list[str]:
    """A structured value at its semicolons; escaped ones stay."""
    return [plain(part) for part in re.split(r"(?<!\\);", value)]


def plain(value: str) -> str:
    """A value without its escapes."""
    return re.sub(r"\\([nN,;\\:])", lambda m: "\n" if m[1] in "nN" else m[1], value).strip()


def _split_at_colon(content: str) -> tuple[str, str, str]:
    """Head and value, at the first colon outside quotation marks."""
    is_quoted = False
    for index, char in enumerate(content[:_LONGEST_HEAD]):
        if char == '"':
            is_quoted = not is_quoted
        elif char == ":" and not is_quoted:
            return content[:index], ":", content[index + 1 :]
    return content, "", ""


def _decoded(value: str, parameters: dict[str, str]) -> str:
    """Version 2.1 writes å as `=C3=A5`, in the character set that it names."""
    words = ",".join([*parameters, *parameters.values()]).upper()
    if "QUOTED-PRINTABLE" not in words:
        return value
    raw = quopri.decodestring(value.encode("latin-1", "replace"))
    try:
        return raw.decode(parameters.get("CHARSET", "utf-8"))
    except (LookupError, UnicodeDecodeError):
        return raw.decode("cp1252", "replace")


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Logical lines with the number of their first physical one."""
    start, parts = 0, [""]
    for number, line in _lines(text):
        is_soft_broken = parts[-1].endswith("=") and "QUOTED-PRINTABLE" in parts[0].upper()
        if line[:1] in (" ", "\t") and parts[0]:
            parts.append(line[1:])
        elif is_soft_broken:
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        else:
            yield start, "".join(parts)
            start, parts = number, [line]
    yield start, "".join(parts)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Physical lines; what an address book glued to a card's first or last is one of its own."""
    for number, line in enumerate(_LINE_END.split(text), start=1):
        rest = line.removeprefix("\ufeff")
        while (mark := _MARK.match(rest)) and rest[mark.end() :].strip(_BETWEEN):
            yield number, mark[0]
            rest = rest[mark.end() :].lstrip(_BETWEEN)
        yield number, rest
