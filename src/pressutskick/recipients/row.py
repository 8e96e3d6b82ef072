"""One row of a list -> one recipient, or the problems that keep it from being one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from pressutskick.errors import Severity
from pressutskick.mail import Language, Mailbox
from pressutskick.recipients import cells
from pressutskick.recipients.address import AddressFault, parse_address, split_named_address
from pressutskick.recipients.cells import PhoneRepair
from pressutskick.recipients.columns import Columns, Guide
from pressutskick.recipients.fields import Field
from pressutskick.recipients.findings import Findings
from pressutskick.recipients.links import LinkedAddresses, elsewhere
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.names import PersonName, begins_with, read_name
from pressutskick.recipients.rows import CellFlaw, Row
from pressutskick.recipients.texts import TextReader
from pressutskick.sentences import Sentence, say

_NOBODY = PersonName(full="")


class RowReader:
    """Reads the rows of one table after its columns are understood."""

    def __init__(
        self, columns: Columns, guide: Guide, findings: Findings, *, is_delimited: bool
    ) -> None:
        """Every problem goes to `findings`."""
        self._guide = guide
        self._findings = findings
        self._is_delimited = is_delimited
        self._width = max((column.index for column in columns.columns), default=-1) + 1
        self._links = LinkedAddresses(columns)
        self._texts = TextReader(columns, self._tell)
        self._column_of = self._texts.column_of
        self._phone_index = columns.index_of(Field.PHONE)
        self._line = 0

    def read(self, row: Row) -> Recipient | None:
        """The recipient; None where the row has an error, which has been told."""
        self._line = row.line
        errors = self._findings.errors
        if self._is_delimited and len(row.cells) > self._width and self._overflows(row):
            return None
        values = self._texts.read_named(row, self._guide.defaults)
        extra = self._texts.read_extra(row)
        address, address_name = self._address(row, values)
        person, desk = _names(values, address_name, address)
        language = self._language(values)
        informed = self._date(values, Field.INFORMED)
        checked = self._date(values, Field.CHECKED)
        phone = self._phone(values, row.flaws)
        if self._findings.errors > errors:
            return None
        return Recipient(
            mailbox=Mailbox(address=address, name=person.full),
            name=person.full or None,
            first_name=person.first,
            role=_joined(person.role, values.get(Field.ROLE)),
            outlet=values.get(Field.OUTLET),
            desk=desk or values.get(Field.DESK),
            beat=values.get(Field.BEAT),
            region=values.get(Field.REGION),
            media_type=values.get(Field.MEDIA_TYPE),
            language=language,
            tags=cells.parse_tags(values.get(Field.TAGS, "")),
            phone=phone,
            source=values.get(Field.SOURCE),
            legal_ground=values.get(Field.LEGAL_GROUND),
            informed=informed,
            checked=checked,
            extra=extra,
            origin=self._findings.origin(row.line),
        )

    def tell_links(self) -> None:
        """Tells which rows had their address from a link; to be called when all are read."""
        self._links.tell(self._findings)

    def _tell(
        self, code: str, severity: Severity, sentence: Sentence, column: str | None = None
    ) -> None:
        self._findings.tell(code, severity, sentence, self._line, column)

    def _overflows(self, row: Row) -> bool:
        """Whether cells stand to the right of the header: every cell may be in a wrong column."""
        if not any(cells.tidy(cell) for cell in row.cells[self._width :]):
            return False
        self._tell(
            "too_many_cells",
            Severity.ERROR,
            say(
                "the row has {count} cells and the header {width}; a text that holds the "
                "delimiter must stand in quotation marks",
                count=len(row.cells),
                width=self._width,
            ),
        )
        return True

    def _address(self, row: Row, values: Mapping[Field, str]) -> tuple[str, str]:
        """The address and the name that stood before it; empty after telling what is wrong."""
        column = self._column_of[Field.ADDRESS]
        text = values.get(Field.ADDRESS, "")
        if row.links or self._links.is_alone:
            text = self._links.read(row, text, partial(self._tell, column=column))
        if not text:
            if Field.ADDRESS in self._texts.refused:
                return "", ""
            self._tell("no_address", Severity.ERROR, elsewhere(row), column)
            return "", ""
        name, address = split_named_address(text)
        try:
            return parse_address(address), name
        except AddressFault as fault:
            self._tell("bad_address", Severity.ERROR, fault.sentence, column)
            return "", ""

    def _language(self, values: Mapping[Field, str]) -> Language | None:
        text = values.get(Field.LANGUAGE)
        if not text:
            return None
        language = cells.parse_language(text)
        if language is None:
            self._tell(
                "unknown_language",
                Severity.ERROR,
                say("{text} is not a language that we write: sv, no, da or en", text=text),
                self._column_of.get(Field.LANGUAGE),
            )
        return language

    def _date(self, values: Mapping[Field, str], field: Field) -> date | None:
        text = values.get(field)
        if not text:
            return None
        day = cells.parse_date(text)
        if day is None:
            self._tell(
                "unreadable_date",
                Severity.WARNING,
                say("{text} is not a date such as 2026-11-22", text=text),
                self._column_of.get(field),
            )
        return day

    def _phone(self, values: Mapping[Field, str], flaws: Mapping[int, CellFlaw]) -> str | None:
        text = values.get(Field.PHONE)
        if not text:
            return None
        flaw = flaws.get(-1 if self._phone_index is None else self._phone_index) if flaws else None
        phone, repair = cells.repair_phone(text, was_number=flaw is CellFlaw.NUMBER)
        if flaw in (CellFlaw.DIGITS_LOST, CellFlaw.DATE):
            repair = PhoneRepair.LOST
        if repair is PhoneRepair.LOST:
            self._tell(
                "lost_digits",
                Severity.WARNING,
                say("the spreadsheet has lost digits of the phone number {text}", text=text),
                self._column_of.get(Field.PHONE),
            )
            return None
        if repair is not None:
            self._tell(
                "repaired_phone",
                Severity.HINT,
                say("the phone number {text} was read as {phone}", text=text, phone=phone),
                self._column_of.get(Field.PHONE),
            )
        return phone


def _joined(one: str | None, other: str | None) -> str | None:
    """Both texts where they differ."""
    if not one:
        return other
    return ", ".join(dict.fromkeys(text for text in (other, one) if text)) or None


def _names(
    values: Mapping[Field, str], address_name: str, address: str
) -> tuple[PersonName, str | None]:
    """The person, and the desk; what names a desk or the outlet is not a person's name."""
    first, last = values.get(Field.FIRST_NAME, ""), values.get(Field.LAST_NAME, "")
    name = values.get(Field.NAME) or f"{first} {last}".strip() or cells.on_one_line(address_name)
    if not name:
        return _NOBODY, None
    outlet = values.get(Field.OUTLET, "")
    is_outlet = name.casefold() == outlet.casefold() and not begins_with(address, name)
    person = None if is_outlet else read_name(name, address)
    if person is None and last:
        person = PersonName(full=name)
    if person is None:
        return _NOBODY, None if name == outlet else name
    return replace(person, first=first) if first else person, None
