"""One row of a list -> its recipients, or the problems that keep it from being one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pressutskick.errors import Severity
from pressutskick.mail import Language, Mailbox
from pressutskick.recipients import cells
from pressutskick.recipients.cells import PhoneRepair
from pressutskick.recipients.columns.addressing import AddressReader
from pressutskick.recipients.columns.further import FurtherAddresses
from pressutskick.recipients.columns.model import Columns, Guide
from pressutskick.recipients.columns.refusals import says_no
from pressutskick.recipients.fields import Field
from pressutskick.recipients.findings import Findings
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.naming.names import PersonName, begins_with, read_name, without_address
from pressutskick.recipients.rows import CellFlaw, Row
from pressutskick.recipients.skipped import SkippedRows
from pressutskick.recipients.texts import TextReader
from pressutskick.sentences import Sentence, say

_NOBODY = PersonName(full="")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReading:
    """What the readers of one table share: where they tell what they find, leave out and skip."""

    guide: Guide
    findings: Findings
    is_delimited: bool
    further: FurtherAddresses = field(default_factory=FurtherAddresses)
    skipped: SkippedRows = field(default_factory=SkippedRows)


class RowReader:
    """Reads the rows of one table after its columns are understood."""

    def __init__(self, table: TableReading, columns: Columns) -> None:
        """Every problem goes to the findings of `table`."""
        self._guide = table.guide
        self._findings = table.findings
        self._is_delimited = table.is_delimited
        self._width = max((column.index for column in columns.columns), default=-1) + 1
        self._addresses = AddressReader(columns, table.findings, table.further)
        self._skipped = table.skipped
        self._texts = TextReader(columns, self._tell)
        self._column_of = self._texts.column_of
        self._phone_index = columns.index_of(Field.PHONE)
        self._wants = columns.having(Field.WANTS)
        self._has_added = len(columns.having(Field.ADDRESS)) > 1
        self._line = 0

    def read(self, row: Row) -> Iterator[Recipient]:
        """The recipients of a row, mostly one; none where it has an error, which has been told."""
        self._line = row.line
        errors = self._findings.errors
        if not self._addresses.is_meant(row):
            self._skipped.note(row)
            return
        if self._is_delimited and len(row.cells) > self._width and self._overflows(row):
            return
        values = self._texts.read_named(row, self._guide.defaults)
        extra = self._texts.read_extra(row)
        is_refused = Field.ADDRESS in self._texts.refused
        text = values.get(Field.ADDRESS, "")
        address, address_name = self._addresses.read(row, text, self._tell, is_refused=is_refused)
        added = tuple(self._addresses.read_added(row, self._tell)) if self._has_added else ()
        person, desk = _names(values, address_name, address)
        language = self._language(values)
        informed = self._date(values, Field.INFORMED)
        checked = self._date(values, Field.CHECKED)
        phone = self._phone(values, row.flaws)
        if self._findings.errors > errors:
            return
        recipient = Recipient(
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
            wants=not self._wants or self._do_want(row),
            origin=self._findings.origin(row.line),
        )
        yield recipient
        for other in added:
            if other != address:
                yield replace(recipient, mailbox=Mailbox(address=other, name=person.full))

    def tell(self) -> None:
        """What is said once of many rows; to be called when all are read."""
        self._addresses.tell()

    def _do_want(self, row: Row) -> bool:
        """Whether none of the columns that tell it says no."""
        return not any(
            says_no(column.header, text, is_told=True)
            for column in self._wants
            if column.index < len(row.cells) and (text := cells.tidy(row.cells[column.index]))
        )

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
    first, last, whole = (
        without_address(values.get(field, ""), address)
        for field in (Field.FIRST_NAME, Field.LAST_NAME, Field.NAME)
    )
    name = whole or f"{first} {last}".strip() or cells.on_one_line(address_name)
    if not name:
        return _NOBODY, None
    outlet = values.get(Field.OUTLET, "")
    is_outlet = name.casefold() == outlet.casefold() and not begins_with(address, name)
    person = None if is_outlet else read_name(name, address)
    if (person is None and last) or name == last:
        person = PersonName(full=name)
    if person is None:
        return _NOBODY, None if name == outlet else name
    return replace(person, first=first) if first else person, None
