"""Addresses that stand only in the link beneath a cell's text, as Excel makes them by itself.

The text is what a person sees, so it wins where it holds an address; a link is followed only in
the cell where the address belongs.
"""

from collections.abc import Callable

from pressutskick.errors import Severity
from pressutskick.mail import comparison_key
from pressutskick.recipients.address import AddressFault, parse_address
from pressutskick.recipients.cells import on_one_line
from pressutskick.recipients.columns.model import Columns, Understanding
from pressutskick.recipients.fields import Field
from pressutskick.recipients.findings import Findings
from pressutskick.recipients.rows import Row
from pressutskick.recipients.unwrapping import split_named_address
from pressutskick.sentences import Sentence, say, say_many

#: So many rows are named.
_NAMED = 10

Tell = Callable[[str, Severity, Sentence], None]


class LinkedAddresses:
    """Finds the address of a row in its links; remembers which rows had theirs from there."""

    def __init__(self, columns: Columns) -> None:
        """Nothing is followed before `read`."""
        column = next((each for each in columns.columns if each.field is Field.ADDRESS), None)
        self._index = column.index if column else -1
        self._header = column.header if column else None
        how = column.understanding if column else None
        #: The text above the link belongs to another field.
        self.is_alone = how is Understanding.LINK
        #: The text above the link is a name that no column has.
        self._is_name = how is Understanding.CONTENT
        self._lines: list[int] = []
        self._count = 0

    def read(self, row: Row, text: str, tell: Tell) -> str:
        """The text of the row's address cell, or what stands in the link beneath it."""
        link = row.links.get(self._index, "")
        if "@" in text and not self.is_alone:
            if link and _is_other(text, link):
                sentence = say(
                    "the cell shows {text}, the link beneath it goes to {link}; the mail goes to "
                    "what it shows",
                    text=text,
                    link=link,
                )
                tell("other_link", Severity.WARNING, sentence)
            return text
        if not link:
            return "" if self.is_alone else text
        self._count += 1
        if len(self._lines) < _NAMED:
            self._lines.append(row.line)
        return f"{text} <{link}>" if self._is_name and text else link

    def tell(self, findings: Findings) -> None:
        """One hint for all rows whose address came from a link."""
        if not self._lines:
            return
        rows = ", ".join(map(str, self._lines)) + (" …" if self._count > _NAMED else "")
        sentence = say_many(
            "{count} row has its address only in the link beneath the text: {rows}",
            "{count} rows have their address only in the link beneath the text: {rows}",
            self._count,
            rows=rows,
        )
        findings.tell("linked_address", Severity.HINT, sentence, self._lines[0], self._header)


def elsewhere(row: Row) -> Sentence:
    """That the address is missing, and what other cells and links of the row hold instead."""
    cells = (on_one_line(cell) for cell in row.cells if "@" in cell)
    found = ", ".join(dict.fromkeys((*cells, *row.links.values())))
    if not found:
        return say("the address is missing")
    return say("the address is missing; elsewhere in this row stands {found}", found=found)


def _is_other(text: str, link: str) -> bool:
    """Whether text and link are two mailboxes; False where the text is none, which is told."""
    try:
        shown = comparison_key(parse_address(split_named_address(text)[1]))
        return shown != comparison_key(parse_address(link))
    except AddressFault:
        return False
