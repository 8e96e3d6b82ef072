"""Addresses of a list that nobody mails: in other columns, in notes, on other sheets. Pure.

They are counted wherever they stand, so that nobody is lost because a list has a second column or a
second sheet. One that is mailed from another row is no loss, and not told.
"""

import shlex
from collections.abc import Container
from dataclasses import dataclass, field

from pressutskick.errors import Severity
from pressutskick.mail import comparison_key
from pressutskick.recipients.address import AddressFault, parse_address
from pressutskick.recipients.findings import Findings
from pressutskick.recipients.rows import Beside
from pressutskick.recipients.unwrapping import find_addresses
from pressutskick.sentences import say, say_many

#: So many addresses of a place are named.
_NAMED = 5
#: What stands beside an address in a note; a cell of addresses has less.
_ASIDE = 12


@dataclass(slots=True)
class _Place:
    """One column or sheet: its addresses by key, as written, with the row of the first."""

    line: int | None
    addresses: dict[str, str] = field(default_factory=dict)
    is_column_of_addresses: bool = False


class FurtherAddresses:
    """Collects them while a table is read."""

    def __init__(self) -> None:
        """None is known before something is noted."""
        self._columns: dict[str, _Place] = {}
        self._rests: dict[str, _Place] = {}
        self._sheets: dict[str, _Place] = {}
        self._notes: dict[str, _Place] = {}

    def note_cell(self, header: str, line: int, text: str) -> None:
        """The text of a cell that nobody is mailed from."""
        found = list(find_addresses(text))
        if found:
            place = self._columns.setdefault(header, _Place(line))
            place.is_column_of_addresses |= len(text) <= sum(map(len, found)) + _ASIDE
            _keep(place, found)

    def note_rest(self, header: str, line: int, text: str) -> None:
        """The rest of a cell of several addresses, the first of which is mailed."""
        if found := list(find_addresses(text)):
            _keep(self._rests.setdefault(header, _Place(line)), found)

    def note_beside(self, beside: Beside) -> None:
        """A text that is no cell of the table."""
        if found := list(find_addresses(beside.text)):
            places = self._sheets if beside.is_sheet else self._notes
            _keep(places.setdefault(beside.place, _Place(None)), found)

    def tell(self, findings: Findings, mailed: Container[str]) -> None:
        """A remark for each column and sheet, on those that nobody is mailed at."""
        for header, place in self._columns.items():
            left = _left(place, mailed)
            if left:
                self._tell_column(findings, header, place, left)
        for header, place in self._rests.items():
            left = _left(place, mailed)
            if left:
                what = say_many(
                    "{count} second address in a cell",
                    "{count} further addresses in cells",
                    len(left),
                )
                findings.leave_out("same_cell", what, _name(left), line=place.line, column=header)
        for sheet, place in self._sheets.items():
            left = _left(place, mailed)
            if left:
                self._tell_sheet(findings, sheet, left)
        left = [
            f"{name}: {address}"
            for name, place in self._notes.items()
            for address in _left(place, mailed)
        ]
        if left:
            what = say_many("{count} address in a note", "{count} addresses in notes", len(left))
            findings.leave_out("noted_addresses", what, _name(left), severity=Severity.HINT)

    def _tell_column(self, findings: Findings, header: str, place: _Place, left: list[str]) -> None:
        what = say_many(
            "{count} address in another column", "{count} addresses in other columns", len(left)
        )
        told = say(
            "{addresses}. To mail it too: {command}",
            addresses=_name(left),
            command=map_command(findings.list_name, f"{header}=address"),
        )
        severity = Severity.WARNING if place.is_column_of_addresses else Severity.HINT
        findings.leave_out(
            "further_addresses", what, told, line=place.line, column=header, severity=severity
        )

    def _tell_sheet(self, findings: Findings, sheet: str, left: list[str]) -> None:
        findings.leave_out(
            "other_sheet",
            say_many(
                "{count} address on another sheet", "{count} addresses on other sheets", len(left)
            ),
            say(
                "{addresses}. To mail it too: {command}",
                addresses=_name(left),
                command=f"--to {shlex.quote(f'{findings.list_name}#{sheet}')}",
            ),
        )


def map_command(name: str, correction: str) -> str:
    """The command that corrects what a column means, for good."""
    return f"pressutskick recipients map {shlex.quote(name)} --set {shlex.quote(correction)}"


def _keep(place: _Place, addresses: list[str]) -> None:
    for address in addresses:
        try:
            place.addresses.setdefault(comparison_key(parse_address(address)), address)
        except AddressFault:
            # What cannot be mailed is left out too, and named as it stands there.
            place.addresses.setdefault(address.casefold(), address)


def _left(place: _Place, mailed: Container[str]) -> list[str]:
    return [address for key, address in place.addresses.items() if key not in mailed]


def _name(addresses: list[str]) -> str:
    return ", ".join(addresses[:_NAMED]) + (" …" if len(addresses) > _NAMED else "")
