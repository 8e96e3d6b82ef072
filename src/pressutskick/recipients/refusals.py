"""Rows that say no in a column of the list's own: `Vill ha pressinbjudan: Nej`, an x under `Nej`.

Only told, never obeyed: what such a column means is a person's to say, by making tags of it.
"""

import re
from collections.abc import Mapping

from pressutskick.errors import Severity
from pressutskick.recipients.fields import fold_header
from pressutskick.recipients.findings import Findings
from pressutskick.sentences import say_many

#: What says no under any header.
_NO = frozenset({"nej", "no", "nei", "stopp", "spärrad", "avregistrerad", "avanmäld", "avböjt"})
#: Headers, as `fold_header` gives them, under which a mark says no.
_NO_HEADERS = frozenset(
    fold_header(header)
    for header in (
        *_NO,
        *("spärr", "avregistrerat", "avanmält", "ej mejl", "inte mejl", "vill inte", "vill ej"),
        *("skicka inte", "skicka ej", "avböjer", "tackat nej", "opt-out", "unsubscribed"),
        *("do not mail", "do not email", "ikke send", "afmeldt", "avmeldt", "reservert"),
    )
)
#: Under such a header these say yes.
_NOT_SO = _NO | {"0", "-", "–", "false", "falskt"}
#: So many rows are named for each column.
_NAMED = 10


class Refusals:
    """Counts, for each column, the rows that say no and are mailed all the same."""

    def __init__(self) -> None:
        """Nothing is known before `note`."""
        self._lines: dict[str, list[int]] = {}
        self._counts: dict[str, int] = {}
        self._words: dict[str, str] = {}

    def note(self, line: int, extra: Mapping[str, str]) -> None:
        """Looks at what a row holds in columns of the list's own."""
        for header, text in extra.items():
            folded = text.strip(" .!").casefold()
            is_no = folded not in _NOT_SO if fold_header(header) in _NO_HEADERS else folded in _NO
            if is_no:
                # the first of the tags that the cell would become
                self._words.setdefault(header, _first_tag(text))
                self._counts[header] = self._counts.get(header, 0) + 1
                lines = self._lines.setdefault(header, [])
                if len(lines) < _NAMED:
                    lines.append(line)

    def tell(self, findings: Findings) -> None:
        """One warning for each column, at its first such row."""
        for header, lines in self._lines.items():
            rows = ", ".join(map(str, lines)) + (", …" if self._counts[header] > _NAMED else "")
            findings.tell(
                "refusal",
                Severity.WARNING,
                say_many(
                    "{count} row says “{word}” here and is mailed all the same: {rows}. To leave "
                    'it out: pressutskick recipients map LIST --set "{header}=tags", then '
                    '--not-tag "{word}"',
                    "{count} rows say “{word}” here and are mailed all the same: {rows}. To leave "
                    'them out: pressutskick recipients map LIST --set "{header}=tags", then '
                    '--not-tag "{word}"',
                    self._counts[header],
                    word=self._words[header],
                    header=header,
                    rows=rows,
                ),
                lines[0],
                header,
            )
        self._lines.clear()


def _first_tag(text: str) -> str:
    """The first of the tags that `cells.parse_tags` would make of the text, as written."""
    return re.split(r"[,;|/\n]|:::", text)[0].strip(" #*") or text
