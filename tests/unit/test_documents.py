"""Every format gives the same text; hostile files are refused by their reason."""

import io
import re
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.kit.documents import (
    shown,
    write_docx,
    write_eml,
    write_html,
    write_odt,
    write_pdf,
)

from pressutskick.errors import InputError, InputNotFound
from pressutskick.sources.documents import child
from pressutskick.sources.documents.document import read_document

INVITATION = """\
## Pressinbjudan: Invigning av samlingslokalen på Strandtorget

Fredag 4 september öppnar den nya samlingslokalen, som blir en mötesplats för hela stadsdelen och \
för de föreningar som under många år har saknat en plats att hålla sina möten på kvällstid.

**Tid:** 12.30 – 13.30

**Plats:** Strandtorget 11, Älvsala

## Det här är lokalen

- Lokalen drivs av kommunen och föreningarna tillsammans, och den är öppen för alla som bor i \
stadsdelen eller i dess närhet.
- Här finns kök, scen och verkstad.

### Kontakt

Åsa Öberg, pressansvarig

031-390 06 11

asa.oberg@example.org
"""
WRITERS = {
    "docx": write_docx,
    "odt": write_odt,
    "html": write_html,
    "pdf": write_pdf,
    "two columns": lambda text: write_pdf(text, columns=2),
    "eml": lambda text: write_eml(text, subject="Invigning av samlingslokalen"),
}


def save(folder: Path, data: bytes) -> str:
    # The name says nothing: content decides.
    file = folder / "inbjudan"
    file.write_bytes(data)
    return str(file)


def words(text: str) -> list[str]:
    return shown(text).replace("#", "").replace("- ", "").split()


@pytest.mark.parametrize("kind", WRITERS)
def test_each_format_keeps_the_words_and_their_order(kind: str, tmp_path: Path) -> None:
    text = read_document(save(tmp_path, WRITERS[kind](INVITATION))).text
    found = " ".join(words(text))
    assert found.removeprefix("Stadens brevhuvud ").removeprefix("2024-09-02 07:00 ") == " ".join(
        words(INVITATION)
    )


@pytest.mark.parametrize("kind", WRITERS)
def test_each_format_keeps_headings_lists_and_paragraphs(kind: str, tmp_path: Path) -> None:
    lines = read_document(save(tmp_path, WRITERS[kind](INVITATION))).text.split("\n")
    headings = [line.lstrip("# ") for line in lines if line.startswith("#")]
    assert headings[-2:] == ["Det här är lokalen", "Kontakt"]
    assert sum(line.startswith("- ") for line in lines) == 2
    assert sum(line.startswith("Fredag 4 september") for line in lines) == 1
    assert "**Tid:** 12.30 – 13.30" in lines
    if kind != "two columns":
        assert any(line.endswith("hålla sina möten på kvällstid.") for line in lines)


def test_page_headers_and_numbers_are_dropped(tmp_path: Path) -> None:
    text = read_document(save(tmp_path, write_pdf(INVITATION + "\n\nText.\n" * 60))).text
    assert "brevhuvud" not in text
    assert "Sida" not in text


def test_hyphenated_words_become_whole(tmp_path: Path) -> None:
    from fpdf import FPDF

    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    for line in ("Den nya lokalen blir en mötes-", "plats för barn- och ungdoms-", "gårdar."):
        pdf.cell(text=line, new_x="LMARGIN", new_y="NEXT", h=6)
    text = read_document(save(tmp_path, bytes(pdf.output()))).text
    assert text.strip() == "Den nya lokalen blir en mötesplats för barn- och ungdomsgårdar."


def test_a_text_keeps_its_lines(tmp_path: Path) -> None:
    source = read_document(save(tmp_path, "a\r\nb\xa0c\r\n\r\nde\xadf\n".encode("cp1252")))
    assert source.text == "a\nb c\n\ndef\n"


def test_a_missing_file_names_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "inbjudan.md").write_text("x")
    with pytest.raises(InputNotFound, match=r"Did you mean .*inbjudan\.md"):
        read_document(str(tmp_path / "inbjudna.md"))
    with pytest.raises(InputNotFound, match=r"Did you mean .*inbjudan\.md"):
        read_document(str(tmp_path / "inbjudan.docx"))


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        read_document(str(tmp_path))


def test_the_document_attached_to_a_short_mail_is_read(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Inbjudan", "anna.berg@example.org"
    mail["MIME-Version"] = "1.0"
    mail.set_content("Hej! Se bifogad inbjudan.\n\nHälsningar Anna")
    mail.add_attachment(
        write_pdf(INVITATION), maintype="application", subtype="pdf", filename="a.pdf"
    )
    assert "hålla sina möten" in read_document(save(tmp_path, mail.as_bytes())).text


@pytest.mark.parametrize(("kind", "library"), [("docx", "mammoth"), ("pdf", "pypdfium2")])
def test_a_missing_library_is_told_with_what_to_install(
    kind: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = f"import sys; sys.modules[{library!r}] = None; {child._PROGRAM}"
    monkeypatch.setattr(child, "_PROGRAM", without)
    with pytest.raises(InputError, match=f"needs the library {library}") as caught:
        read_document(save(tmp_path, WRITERS[kind](INVITATION)))
    assert 'pip install "pressutskick[documents]"' in str(caught.value.remedy)


# Hostile files ------------------------------------------------------------------------------------


def packed(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return file.getvalue()


def odt_of(content: bytes) -> bytes:
    return packed(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=content)


def protected_pdf() -> bytes:
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_encryption(owner_password="a", user_password="b")
    pdf.add_page()
    return bytes(pdf.output())


def pdf_of(*objects: bytes) -> bytes:
    parts = [b"%PDF-1.4\n"]
    for number, each in enumerate(objects, 1):
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, each))
    return b"".join(parts) + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"


def flooding_pdf() -> bytes:
    """A page whose content unpacks to 400 MB of text."""
    text = zlib.compress(b"BT /F1 9 Tf (Aaaaaaaa) Tj ET\n" * 14_000_000, 1)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(text), text)
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 500 500] /Resources << >> >>",
        stream,
    )


def looping_pdf() -> bytes:
    """A page tree that is its own child and claims a hundred million pages."""
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 100000000 >>",
    )


LAUGHS = b"<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><l>&b;</l>"
DAMAGED = "damaged or needs too much memory"
#: It depends on the machine which of the child's limits comes first.
BEYOND_LIMITS = f"{DAMAGED}|takes too long to read"
NOT_READ, EMPTY = "entities, which are not read", "holds no text"
HOSTILE = {
    "zip bomb": (lambda: packed(word__document_xml=bytes(200_000_000)), "would unpack to 190 MB"),
    "xml entities in Word": (lambda: packed(word__document_xml=LAUGHS), NOT_READ),
    "xml entities in OpenDocument": (lambda: odt_of(LAUGHS), NOT_READ),
    "utf-16 entities": (lambda: odt_of(LAUGHS.decode().encode("utf-16")), NOT_READ),
    "deep nesting": (lambda: odt_of(b"<a>" * 300_000 + b"</a>" * 300_000), EMPTY),
    "deep html": (lambda: b"<!doctype html>" + b"<div>" * 300_000 + b"Hej", BEYOND_LIMITS),
    "unclosed html": (lambda: b"<!doctype html>" + b"<a <!--" * 400_000, EMPTY),
    "one line of 50 MB": (lambda: b"a" * 50_000_000, "is larger than 25 MB"),
    "one line of 20 MB": (lambda: b"a " * 10_000_000, "at most 200000 are read"),
    "password": (protected_pdf, "is protected by a password"),
    "flooding pdf": (flooding_pdf, BEYOND_LIMITS),
    "looping pdf": (looping_pdf, "cannot be read as PDF"),
    "broken pdf": (lambda: b"%PDF-1.7\n" + bytes(1000), "cannot be read as PDF"),
    "broken Word": (lambda: packed(word__document_xml=b"<w:document"), "cannot be read as Word"),
    "mail of boundaries": (
        lambda: (
            b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n"
            + b"--a\n\n" * 900_000
        ),
        BEYOND_LIMITS,
    ),
    "nothing": (lambda: b" \n", EMPTY),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_for_what_it_is(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, reason = HOSTILE[kind]
    if reason == BEYOND_LIMITS:  # only the child's limits end these
        monkeypatch.setattr(child, "TIME_LIMIT", 1)
    file = save(tmp_path, make())
    with pytest.raises(InputError) as caught:
        read_document(file)
    told = str(caught.value.sentence)
    assert told.startswith(file)
    assert re.search(reason, told)


#: What systems do to who wants to limit the address space: Apple silicon, others, none such.
REFUSALS = {
    "value": "raise ValueError('current limit exceeds maximum limit')",
    "system": "raise OSError(22, 'Invalid argument')",
    "nothing": "del resource.RLIMIT_AS",
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_system_that_takes_no_limit_reads_documents_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: str
) -> None:
    body = f"""
import resource
real = resource.setrlimit

def refuse():
    {REFUSALS[refusal]}

def limit(kind, limits):
    if kind == address_space:
        refuse()
    real(kind, limits)

address_space = resource.RLIMIT_AS
if {refusal!r} == "nothing":
    refuse()
resource.setrlimit = limit
"""
    (tmp_path / "sitecustomize.py").write_text(body)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    file = save(tmp_path, write_docx(INVITATION))
    assert "Strandtorget 11" in read_document(file).text
