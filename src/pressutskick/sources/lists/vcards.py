"""Contact cards (.vcf; RFC 6350 and the older 2.1 and 3.0) -> rows. Pictures and the like are left.

One card is one row: the preferred address of several, or the first. The row number is the line
where the card begins.
"""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pressutskick.errors import Origin, Problem, Severity
from pressutskick.recipients.fields import Field
from pressutskick.recipients.rows import Row
from pressutskick.sentences import say

HEADER = (
    *(Field.ADDRESS, Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.OUTLET, Field.DESK),
    *(Field.ROLE, Field.PHONE, Field.LANGUAGE, Field.TAGS),
)
#: A column of the list's own: nothing is sent there, but nothing is lost either.
OTHERS = "other_addresses"
_NEEDED = frozenset(
    {"FN", "N", "TITLE", "EMAIL", "TEL", "ORG", "LANG", "CATEGORIES", "BEGIN", "END"}
)
_PARAMETER = re.compile(r';([^=;:"]+)(?:=("[^"]*"|[^;:"]*))?')


@dataclass(frozen=True, slots=True, kw_only=True)
class _Property:
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
        is_preferred = (
            "pref" in self.parameters.get("TYPE", "").lower() or "PREF" in self.parameters
        )
        return 1 if is_preferred else 100


def read_vcards(text: str, *, file: str) -> Iterator[Row | Problem]:
    """A row for each card, under a header of ours at line 0."""
    yield Row(0, (*(field.value for field in HEADER), OTHERS))
    card: list[_Property] = []
    begun: int | None = None
    for found in _properties(text):
        if found.name == "BEGIN":
            begun, card = found.line, []
        elif found.name == "END" and begun is not None:
            yield from _card(begun, card, file)
            begun = None
        elif begun is not None:
            card.append(found)
    if begun is not None:
        yield Problem(
            code="list.open_card",
            severity=Severity.ERROR,
            sentence=say("the card that begins here does not end; the file is cut off"),
            origin=Origin(file=file, line=begun),
        )


def _card(line: int, card: list[_Property], file: str) -> Iterator[Row | Problem]:
    emails = sorted((p for p in card if p.name == "EMAIL"), key=lambda p: p.preference)
    phones = sorted((p for p in card if p.name == "TEL"), key=lambda p: p.preference)
    last, first = [*_first(card, "N"), "", ""][:2]
    outlet, desk = [*_first(card, "ORG"), "", ""][:2]
    values = {
        Field.ADDRESS: _plain(emails[0].value) if emails else "",
        Field.NAME: ";".join(_first(card, "FN")),
        Field.FIRST_NAME: first,
        Field.LAST_NAME: last,
        Field.OUTLET: outlet,
        Field.DESK: desk,
        Field.ROLE: ";".join(_first(card, "TITLE")),
        Field.PHONE: _plain(phones[0].value).removeprefix("tel:") if phones else "",
        Field.LANGUAGE: ";".join(_first(card, "LANG")),
        Field.TAGS: ",".join(
            part for p in card if p.name == "CATEGORIES" for part in _parts(p.value)
        ),
    }
    if not any(values.values()):
        return
    others = ", ".join(_plain(each.value) for each in emails[1:])
    yield Row(line, (*(values[field] for field in HEADER), others))
    if len(emails) > 1:
        sentence = say("of {count} addresses the first or preferred is used", count=len(emails))
        yield Problem(
            code="list.several_addresses",
            severity=Severity.HINT,
            sentence=sentence,
            origin=Origin(file=file, line=line),
        )


def _first(card: list[_Property], name: str) -> list[str]:
    """The parts of the first property of that name."""
    return next((_parts(p.value) for p in card if p.name == name), [])


def _parts(value: str) -> list[str]:
    """A structured value at its semicolons; escaped ones stay."""
    return [_plain(part) for part in re.split(r"(?<!\\);", value)]


def _plain(value: str) -> str:
    return re.sub(r"\\([nN,;\\:])", lambda m: "\n" if m[1] in "nN" else m[1], value).strip()


def _properties(text: str) -> Iterator[_Property]:
    for line, content in _unfolded(text):
        head, colon, value = _split_at_colon(content)
        name, _, _rest = head.partition(";")
        name = name.rpartition(".")[2].strip().upper()
        if not colon or name not in _NEEDED:
            continue
        parameters: dict[str, str] = {}
        for key, word in _PARAMETER.findall(head[len(head.partition(";")[0]) :]):
            upper = key.strip().upper()
            parameters[upper] = f"{parameters.get(upper, '')},{word.strip(chr(34))}".strip(",")
        yield _Property(
            line=line, name=name, parameters=parameters, value=_decoded(value, parameters)
        )


def _split_at_colon(content: str) -> tuple[str, str, str]:
    """Head and value, at the first colon outside quotation marks."""
    is_quoted = False
    for index, char in enumerate(content[:1000]):
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
    for number, line in enumerate(text.splitlines(), start=1):
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
