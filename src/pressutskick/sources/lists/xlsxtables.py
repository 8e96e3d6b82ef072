"""What the cells of an Excel workbook refer to (ISO/IEC 29500-1, 18.4, 18.8): strings and styles.

Each part is read as a stream. All raise InputError where a part is damaged or beyond the limits.
"""

import re
from zipfile import ZipFile

from pressutskick.sources.lists.cellvalues import is_date_format
from pressutskick.sources.lists.xmlstream import ElementCollector, stream_xml

#: The number formats that are dates without a format code (ISO/IEC 29500-1, 18.8.30).
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def collect_elements(
    archive: ZipFile, part: str, *names: str, file: str
) -> list[tuple[str, dict[str, str]]]:
    """Name and attributes of the elements called `names`, in their order."""
    return list(stream_xml(archive, part, ElementCollector(names), file=file))


def read_strings(archive: ZipFile, part: str, each: str, *, file: str) -> list[str]:
    """The texts of the elements called `each`: of shared strings by their index, or of comments."""
    return list(stream_xml(archive, part, _StringReader(each), file=file))


def read_date_styles(archive: ZipFile, part: str, *, file: str) -> frozenset[int]:
    """The indexes of the cell styles that show a number as a date."""
    styles = stream_xml(archive, part, _StyleReader(), file=file)
    return frozenset(index for index, is_date in enumerate(styles) if is_date)


def unescape(text: str) -> str:
    """`_x000D_` is how the format writes a character that XML cannot hold."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


class _StringReader:
    """The shared strings: runs put together, phonetic hints left out."""

    def __init__(self, each: str) -> None:
        self._each = each
        self._ready: list[str] = []
        self._parts: list[str] = []
        self._is_in_text = False
        self._is_phonetic = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == self._each:
            self._parts = []
        elif name == "rPh":
            self._is_phonetic = True
        elif name == "t":
            self._is_in_text = not self._is_phonetic

    def end(self, name: str) -> None:
        if name == self._each:
            self._ready.append(unescape("".join(self._parts)))
        elif name == "rPh":
            self._is_phonetic = False
        elif name == "t":
            self._is_in_text = False

    def text(self, text: str) -> None:
        if self._is_in_text:
            self._parts.append(text)

    def take(self) -> list[str]:
        ready, self._ready = self._ready, []
        return ready


class _StyleReader:
    """For each cell style whether it shows a date."""

    def __init__(self) -> None:
        self._formats: dict[str, bool] = {}
        self._is_in_styles = False
        self._ready: list[bool] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            code = attributes.get("formatCode", "")
            self._formats[attributes.get("numFmtId", "")] = is_date_format(code)
        elif name == "cellXfs":
            self._is_in_styles = True
        elif name == "xf" and self._is_in_styles:
            number = attributes.get("numFmtId", "0")
            known = number.isascii() and number.isdigit() and int(number[:9]) in _DATE_FORMATS
            self._ready.append(self._formats.get(number, known))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_in_styles = False

    def text(self, text: str) -> None:
        """Nothing to do."""

    def take(self) -> list[bool]:
        ready, self._ready = self._ready, []
        return ready
