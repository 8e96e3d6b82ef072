"""What readers of web pages, mails, PDF and OpenDocument leave out is told; what can be seen stays."""

import io
import zipfile
from email.message import EmailMessage

import pytest
from tests.kit.documents import write_pdf

from pressutskick.sources.documents.converter import convert
from pressutskick.sources.documents.leftout import Converted, LeftOut, Omitted
from pressutskick.sources.documents.plaintext import clean_text
from pressutskick.sources.documents.remarks import tell_left_out
from pressutskick.sources.formats import Format


def read(data: bytes | str, kind: Format) -> Converted:
    return convert(data.encode() if isinstance(data, str) else data, kind, name="inbjudan")


def codes(converted: Converted) -> list[tuple[Omitted, str]]:
    return [(one.what, one.words) for one in converted.left_out]


# Web pages ----------------------------------------------------------------------------------------

HIDDEN = {
    "attribute": "<p hidden>DOLT</p>",
    "display": "<span style='display: none'>DOLT</span>",
    "visibility": "<span style='visibility:hidden'>DOLT</span>",
    "Outlook's word": "<span style='mso-hide:all'>DOLT</span>",
    "opacity": "<span style='opacity:0'>DOLT</span>",
    "no size": "<span style='font-size:0'>DOLT</span>",
    "white": "<span style='color:#fff'>DOLT</span>",
    "font": "<font color='white'>DOLT</font>",
    "white by rgb": "<span style='color:rgb(255, 255, 254)'>DOLT</span>",
    "see-through": "<span style='color:rgba(0,0,0,0)'>DOLT</span>",
    "off the page": "<span style='position:absolute; left:-9999px'>DOLT</span>",
    "no height": "<div style='max-height:0px; overflow:hidden'>DOLT</div>",
    "sheet": "<style>.x{display:none}</style><span class=x>DOLT</span>",
    "sheet by place": "<style>p > b{color:#ffffff}</style><p><b>DOLT</b></p>",
}


@pytest.mark.parametrize("kind", HIDDEN)
def test_what_a_page_hides_is_left_out_and_told(kind: str) -> None:
    found = read(f"<html><body><p>Synligt</p>{HIDDEN[kind]}<p>slut</p></body></html>", Format.HTML)
    assert found.text.split() == ["Synligt", "slut"]
    assert codes(found) == [(Omitted.HIDDEN, "DOLT")]


SHOWN = {
    "white on blue": "<td style='background:#036'><span style='color:#fff'>här</span></td>",
    "white on an attribute": "<td bgcolor='#003366'><span style='color:white'>här</span></td>",
    "white on a picture": "<td style='background:url(a.png)'><font color=white>här</font></td>",
    "black again": "<td style='color:#fff'><span style='color:#000'>här</span></td>",
    "visible again": "<td style='visibility:hidden'><b style='visibility:visible'>här</b></td>",
    "sized again": "<td style='font-size:0'><span style='font-size:14px'>här</span></td>",
    "for the printer": "<style>@media print{.x{display:none}}</style><td class=x>här</td>",
    "not struck": "<td><s style='text-decoration:none'>här</s></td>",
}


@pytest.mark.parametrize("kind", SHOWN)
def test_what_a_page_shows_is_kept(kind: str) -> None:
    found = read(f"<html><body><table><tr>{SHOWN[kind]}</tr></table></body></html>", Format.HTML)
    assert (found.text.strip().strip("*"), found.left_out) == ("här", ())


def test_colours_are_not_judged_where_a_sheet_elsewhere_may_set_the_ground() -> None:
    page = (
        "<html><head><link rel='stylesheet' href='x.css'></head><body><p style='color:#fff'>här</p>"
    )
    assert read(page, Format.HTML).text.strip() == "här"


@pytest.mark.parametrize(
    "struck",
    [
        "<s>40</s>", "<strike>40</strike>", "<del>40</del>",
        "<span style='text-decoration: line-through'>40</span>",
        "<span style='text-decoration: underline line-through red'>40</span>",
        "<span style='text-decoration-line:line-through'>40</span>",
        "<style>.old{text-decoration:line-through}</style><b class=old>40</b>",
    ],
)  # fmt: skip
def test_struck_text_is_left_out_and_told(struck: str) -> None:
    found = read(f"<html><body><p>Hallen kostar {struck} 60 kronor.</p></body></html>", Format.HTML)
    assert found.text.strip() == "Hallen kostar 60 kronor."
    assert codes(found) == [(Omitted.STRUCK, "40")]
    assert [one.line for one in found.left_out] == [1]


def test_each_row_of_labels_is_read_for_itself() -> None:
    page = (
        "<table><tr><td>Plats<td>Ekparken<br>Sportvägen 4<tr><td>Medverkande<td>Eva Lind, råd<br>"
        "Bo Ek, rektor<tr><td>Tid<td>10.00</table>"
    )
    assert read(f"<html><body>{page}</body></html>", Format.HTML).text.strip().split("\n\n") == [
        "Plats: Ekparken, Sportvägen 4",
        "Medverkande",
        "Eva Lind, råd\nBo Ek, rektor",
        "Tid: 10.00",
    ]


def test_pictures_fields_and_films_are_told() -> None:
    page = (
        "<html><body><p>Text <img src=a.png alt='Ekparken'> mer</p><img src=b width=1 height=1>"
        "<input type=text value='Svar'><input type=hidden value=x><iframe src=x></iframe></body>"
    )
    found = read(page, Format.HTML)
    assert codes(found) == [
        (Omitted.PICTURE, "Ekparken"),
        (Omitted.FORM, "Svar"),
        (Omitted.EMBEDDED, ""),
    ]


# Mails --------------------------------------------------------------------------------------------


def mail(text: str, *, subject: str = "Pressinbjudan", kind: str = "plain") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "anna.berg@example.org"
    message["MIME-Version"] = "1.0"
    message.set_content(text, subtype=kind)
    return message


OLDER = "Tid: torsdag 8 oktober kl. 09.00\nPlats: Gamla hallen"
QUOTED = {
    "marks": "Den 28 sep. 2026 kl. 09:00 skrev Anna Berg <a@example.org>:\n\n> "
    + OLDER.replace("\n", "\n> "),
    "Outlook": f"Från: Anna\nSkickat: den 28 september 2026 09:00\nTill: Alla\nÄmne: Inbjudan\n\n{OLDER}",
    "divider": f"-----Ursprungligt meddelande-----\n{OLDER}",
}


@pytest.mark.parametrize("kind", QUOTED)
def test_an_older_message_is_no_part_of_a_newer_one(kind: str) -> None:
    newer = "Ny tid! Tid: torsdag 15 oktober kl. 10.00\nPlats: Nya hallen"
    found = read(mail(f"{newer}\n\n{QUOTED[kind]}\n").as_bytes(), Format.EML)
    assert "Nya hallen" in found.text
    assert "Gamla hallen" not in found.text
    assert [one.what for one in found.left_out] == [Omitted.QUOTED]
    assert "Gamla hallen" in found.left_out[0].words


@pytest.mark.parametrize("kind", QUOTED)
def test_a_forwarded_message_is_the_invitation(kind: str) -> None:
    found = read(mail(f"Se nedan.\n\n{QUOTED[kind]}\n").as_bytes(), Format.EML)
    assert "Tid: torsdag 8 oktober kl. 09.00\nPlats: Gamla hallen" in found.text
    assert "> " not in found.text
    assert found.left_out == ()


@pytest.mark.parametrize(
    "quote", ["<div class=gmail_quote>{}</div>", "<blockquote type=cite>{}</blockquote>"]
)
def test_an_older_message_in_html_is_told_apart(quote: str) -> None:
    newer = "<p>Tid: torsdag 15 oktober kl. 10.00</p>"
    older = quote.format("<p>Tid: torsdag 8 oktober kl. 09.00</p>")
    found = read(mail(f"{newer}{older}<p>/Anna</p>", kind="html").as_bytes(), Format.EML)
    assert "8 oktober" not in found.text
    assert "/Anna" in found.text


def test_the_innermost_mail_is_read() -> None:
    inner, middle, outer = mail("Tid: 10.00"), mail("Se bifogat."), mail("Se bifogat.")
    middle.add_attachment(inner)
    outer.add_attachment(middle)
    found = read(outer.as_bytes(), Format.EML)
    assert "Tid: 10.00" in found.text
    assert [one.what for one in found.left_out] == [Omitted.COVER, Omitted.COVER]


def test_what_else_is_attached_is_named() -> None:
    outer = mail("Tid: torsdag 15 oktober kl. 10.00. " + "Välkommen. " * 80)
    outer.add_attachment(b"x", maintype="application", subtype="zip", filename="bilder.zip")
    outer.add_attachment(b"x", maintype="image", subtype="png", filename="karta.png")
    assert codes(read(outer.as_bytes(), Format.EML)) == [
        (Omitted.ATTACHMENT, "bilder.zip"),
        (Omitted.PICTURE, "karta.png"),
    ]


@pytest.mark.parametrize(
    ("delsp", "written", "text"),
    [
        ("", "Ett långt \nstycke.\n-- \nAnna\n", "Ett långt stycke.\n--\nAnna"),
        ("; delsp=yes", "Sport \nhallen  \nöppnar.\n", "Sporthallen öppnar."),
        ("", " Från Åstad \nut.\n", "Från Åstad ut."),
    ],
)
def test_lines_that_flow_are_joined(delsp: str, written: str, text: str) -> None:
    data = (
        f"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8; format=flowed{delsp}"
        f"\n\n{written}"
    )
    assert read(data, Format.EML).text.split("# x")[-1].strip() == text


@pytest.mark.parametrize(
    "label", ["iso-8859-1", "latin1", "us-ascii", "ISO_8859-1", "cp1252", "x-unknown"]
)
def test_a_mail_that_calls_itself_latin_1_is_windows_1252(label: str) -> None:
    head = f"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset={label}\n\n"
    found = read(head.encode() + "kl. 10.00–11.30 i “Åstad”".encode("cp1252"), Format.EML)
    assert "kl. 10.00–11.30 i “Åstad”" in found.text


def test_no_codec_of_python_that_is_no_charset_is_used() -> None:
    head = "Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=unicode_escape\n\n"
    assert r"\u0041" in read(head + r"\u0041", Format.EML).text


def test_control_characters_are_told_and_read_as_windows_shows_them() -> None:
    text, left_out = clean_text("kl. 10.00\x9611.30\n\x07Klart")
    assert text == "kl. 10.00–11.30\nKlart"
    assert [(one.what, one.line) for one in left_out] == [
        (Omitted.CONTROL, 1),
        (Omitted.CONTROL, 2),
    ]


# PDF ----------------------------------------------------------------------------------------------


def pdf_of(*draw: object) -> bytes:
    """A page that each of `draw` draws on, by reportlab's canvas."""
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file)
    for step in draw:
        canvas.saveState()
        step(canvas)  # type: ignore[operator]
        canvas.restoreState()
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def visible(canvas) -> None:  # type: ignore[no-untyped-def]
    canvas.drawString(72, 700, "Hallen kostar")


def white(canvas) -> None:  # type: ignore[no-untyped-def]
    canvas.setFillGray(1)
    canvas.drawString(72, 680, "HEMLIGT ord")


def covered(canvas) -> None:  # type: ignore[no-untyped-def]
    canvas.drawString(72, 680, "HEMLIGT ord")
    canvas.setFillGray(0)
    canvas.rect(70, 675, 200, 20, fill=1, stroke=0)


def without_ink(canvas) -> None:  # type: ignore[no-untyped-def]
    text = canvas.beginText(72, 680)
    text.setTextRenderMode(3)
    text.textLine("HEMLIGT ord")
    canvas.drawText(text)


def off_the_page(canvas) -> None:  # type: ignore[no-untyped-def]
    canvas.drawString(-300, 680, "HEMLIGT ord")


@pytest.mark.parametrize("hide", [white, covered, without_ink, off_the_page])
def test_what_nobody_sees_on_a_page_is_left_out_and_told(hide: object) -> None:
    found = read(pdf_of(visible, hide), Format.PDF)
    assert found.text.strip() == "Hallen kostar"
    assert codes(found) == [(Omitted.HIDDEN, "HEMLIGT ord")]
    assert found.left_out[0].page == 1


def test_white_on_dark_is_read() -> None:
    def dark(canvas) -> None:  # type: ignore[no-untyped-def]
        canvas.rect(60, 690, 300, 30, fill=1, stroke=0)
        canvas.setFillGray(1)
        canvas.drawString(72, 700, "Pressinbjudan")

    found = read(pdf_of(dark), Format.PDF)
    assert (found.text.strip(), found.left_out) == ("Pressinbjudan", ())


def test_a_stroke_through_words_is_seen() -> None:
    def struck(canvas) -> None:  # type: ignore[no-untyped-def]
        canvas.drawString(72, 680, "kl. 09.00 kl. 10.00")
        width = canvas.stringWidth("kl. 09.00")
        canvas.setLineWidth(0.6)
        canvas.line(72, 683, 72 + width, 683)
        canvas.line(72, 678, 300, 678)

    found = read(pdf_of(visible, struck), Format.PDF)
    assert found.text.split() == ["Hallen", "kostar", "kl.", "10.00"]
    assert codes(found) == [(Omitted.STRUCK, "kl. 09.00")]


def test_a_scanned_page_among_others_is_told() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    picture = ImageReader(Image.effect_noise((80, 80), 90))
    file = io.BytesIO()
    canvas = Canvas(file)
    visible(canvas)
    canvas.drawImage(picture, 300, 300, 100, 100)
    canvas.showPage()
    canvas.drawImage(picture, 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    found = read(file.getvalue(), Format.PDF)
    assert [(one.what, one.page) for one in found.left_out] == [
        (Omitted.PICTURE, 1),
        (Omitted.SCAN, 2),
    ]


def test_the_order_of_two_plain_columns_is_sure() -> None:
    text = "Fredag öppnar den nya lokalen, som blir en mötesplats för hela stadsdelen. " * 12
    found = read(write_pdf(text, columns=2), Format.PDF)
    assert Omitted.ORDER not in {one.what for one in found.left_out}


def test_a_label_in_the_middle_of_its_cell_goes_with_all_its_lines() -> None:
    def table(canvas) -> None:  # type: ignore[no-untyped-def]
        for y, label, lines in (
            (640, "Tid", ("torsdag 15 oktober 2026", "kl. 10.00")),
            (600, "Plats", ("Ekparkens sporthall", "Sportvägen 4, Åstad")),
        ):
            canvas.drawString(72, y, label)
            canvas.drawString(200, y + 7, lines[0])
            canvas.drawString(200, y - 7, lines[1])
        canvas.drawString(
            72, 560, "Hallen har plats för fyrahundra åskådare och är byggd i trä från trakten."
        )

    assert read(pdf_of(table), Format.PDF).text.split("\n\n")[:2] == [
        "Tid: torsdag 15 oktober 2026, kl. 10.00",
        "Plats: Ekparkens sporthall, Sportvägen 4, Åstad",
    ]


def test_a_box_over_a_text_is_read_apart_and_told() -> None:
    def both(canvas) -> None:  # type: ignore[no-untyped-def]
        for index, line in enumerate(("Tid: torsdag", "15 oktober", "kl. 10.00")):
            canvas.drawString(350, 700 - 14 * index, line)
        for index in range(4):
            canvas.drawString(72, 697 - 14 * index, f"Hallen har plats, rad {index}.")

    found = read(pdf_of(both), Format.PDF)
    assert " ".join(found.text.split()).startswith("Tid: torsdag 15 oktober kl. 10.00 Hallen")
    assert [(one.what, one.page) for one in found.left_out] == [(Omitted.ORDER, 1)]


@pytest.mark.parametrize("what", Omitted)
def test_each_kind_is_told_by_its_code(what: Omitted) -> None:
    (remark,) = tell_left_out((LeftOut(what=what, page=2), LeftOut(what=what, page=3)), "a.pdf")
    is_order = what is Omitted.ORDER
    assert remark.code == ("order-unsure" if is_order else f"left-out-{what.value}")
    assert remark.origin.file == "a.pdf"
    assert (remark.left_out is None) == is_order
    assert remark.left_out is None or remark.left_out.count == 2
    assert "2" in str(remark.sentence)


def test_a_remark_tells_the_first_places_and_their_words() -> None:
    found = tuple(
        LeftOut(what=Omitted.STRUCK, words=f"ord {line}", line=line) for line in range(3, 8)
    )
    (remark,) = tell_left_out(found, "a.docx")
    assert str(remark.sentence) == (
        "left out: 5 struck-through passages: line 3 “ord 3”, line 4 “ord 4”, line 5 “ord 5” and more"
    )
    assert remark.origin.line == 3


# OpenDocument -------------------------------------------------------------------------------------

_ODT = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}


def odt_of(body: str, styles: str) -> bytes:
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _ODT.items())
    content = (
        f"<office:document-content {declared}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return file.getvalue()


def odt_style(name: str, properties: str, base: str = "") -> str:
    parent = f' style:parent-style-name="{base}"' if base else ""
    return (
        f'<style:style style:name="{name}" style:family="text"{parent}>'
        f"<style:text-properties {properties}/></style:style>"
    )


ODT_STYLES = (
    odt_style("Dolt", 'text:display="none"')
    + odt_style("Under", "", "Dolt")
    + odt_style("Vit", 'fo:color="#ffffff"')
    + odt_style("Marin", 'fo:color="#ffffff" fo:background-color="#000080"')
    + odt_style("Liten", 'fo:font-size="1pt"')
    + odt_style("Struken", 'style:text-line-through-style="solid"')
    + odt_style("Ostruken", 'style:text-line-through-style="none"')
)


@pytest.mark.parametrize(
    ("style", "what"),
    [
        ("Dolt", Omitted.HIDDEN), ("Under", Omitted.HIDDEN), ("Vit", Omitted.HIDDEN),
        ("Liten", Omitted.HIDDEN), ("Struken", Omitted.STRUCK), ("Ostruken", None), ("Marin", None),
    ],
)  # fmt: skip
def test_opendocument_hides_and_strikes_by_style(style: str, what: Omitted | None) -> None:
    span = f'<text:p>kostar <text:span text:style-name="{style}">40</text:span> 60</text:p>'
    found = read(odt_of(span, ODT_STYLES), Format.ODT)
    assert found.text.strip() == ("kostar 40 60" if what is None else "kostar 60")
    assert codes(found) == ([] if what is None else [(what, "40")])


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('<text:section text:display="none"><text:p>DOLT</text:p></text:section>', Omitted.HIDDEN),
        ('<text:p><text:hidden-text text:string-value="DOLT"/></text:p>', Omitted.HIDDEN),
        ("<text:p><office:annotation><text:p>DOLT</text:p></office:annotation></text:p>", Omitted.COMMENT),
        (
            (
                "<text:tracked-changes><text:changed-region><text:deletion><text:p>DOLT</text:p>"
                "</text:deletion></text:changed-region></text:tracked-changes>"
            ),
            Omitted.DELETED,
        ),
        ("<text:p><text:note><text:note-body><text:p>DOLT</text:p></text:note-body></text:note></text:p>", Omitted.NOTE),
        (
            (
                '<table:table><table:table-row table:visibility="collapse"><table:table-cell><text:p>'
                "DOLT</text:p></table:table-cell></table:table-row></table:table>"
            ),
            Omitted.HIDDEN,
        ),
    ],
)  # fmt: skip
def test_opendocument_tells_what_is_no_part_of_its_text(body: str, what: Omitted) -> None:
    found = read(odt_of(f"{body}<text:p>Synligt</text:p>", ODT_STYLES), Format.ODT)
    assert (found.text.strip(), codes(found)) == ("Synligt", [(what, "DOLT")])
