"""A document's format is told by its content, and what is not read is refused with a way out."""

import pytest
from tests.kit.documents import write_docx, write_eml, write_html, write_odt, write_pdf

from pressutskick.errors import InputError
from pressutskick.sources.formats import Format, find_format

TEXT = "# Pressinbjudan\n\nTid: 12.30\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TEXT.encode(), Format.TEXT),
        (write_html(TEXT), Format.HTML),
        (b"<p>Hej</p><p>Tid: 10</p>", Format.HTML),
        (write_html(TEXT).decode().encode("utf-16"), Format.HTML),
        (write_docx(TEXT), Format.DOCX),
        (write_odt(TEXT), Format.ODT),
        (write_pdf(TEXT), Format.PDF),
        (write_eml(TEXT, subject="Hej"), Format.EML),
        (b"From x@example.org Mon\nMIME-Version: 1.0\nSubject: Hej\n\nText", Format.EML),
        ("Datum: 4 maj\nFrom: 10 am\n\nVälkommen".encode(), Format.TEXT),
        (b"WHO: Anna\nWHAT: Opening\n\n<b>Note</b> a < b and c > d", Format.TEXT),
        (b"---\ntitle: <p>A</p>\n---\n\n<p>a</p><p>b</p><p>c</p>", Format.TEXT),
        ("Åäö".encode("utf-16-le"), Format.TEXT),
        (b"", Format.TEXT),
    ],
)
def test_content_tells_the_format(data: bytes, expected: Format) -> None:
    assert find_format(data, name="x.txt") is expected


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        (b"{\\rtf1\\ansi Hej}", "Rich Text"),
        (b"\xd0\xcf\x11\xe0" + bytes(50), "old Word"),
        (bytes(range(256)) * 20, "neither text nor a known document"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
    ],
)
def test_what_is_not_read_is_refused_by_name(data: bytes, word: str) -> None:
    with pytest.raises(InputError, match=word):
        find_format(data, name="x.txt")
