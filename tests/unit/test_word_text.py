"""What of a Word document is its text, and what is left out of it and told."""

import io
import zipfile

import pytest
from tests.kit.word import paragraph, run, text_box, word_of

from pressutskick.sources.documents.converter import convert
from pressutskick.sources.documents.leftout import Converted, Omitted
from pressutskick.sources.formats import Format

VISIBLE = run("Synligt ")


def read(data: bytes) -> Converted:
    return convert(data, Format.DOCX, name="inbjudan.docx")


def codes(converted: Converted) -> list[tuple[Omitted, str]]:
    return [(one.what, one.words) for one in converted.left_out]


STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="character" w:styleId="Internt"><w:name w:val="Internt"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Under"><w:name w:val="U"/><w:basedOn w:val="Internt"/></w:style>
<w:style w:type="character" w:styleId="Fram"><w:name w:val="F"/><w:basedOn w:val="Internt"/>
<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Struken"><w:name w:val="S"/><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Dolt"><w:name w:val="Dolt"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Vit"><w:name w:val="Vit"/><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Band"><w:name w:val="Band"/><w:tcPr><w:shd w:val="clear" w:fill="1F4E79"/></w:tcPr></w:style>
"""
HIDDEN = {
    "vanish": run("HEMLIGT", "<w:vanish/>"),
    "vanish true": run("HEMLIGT", '<w:vanish w:val="true"/>'),
    "style": run("HEMLIGT", '<w:rStyle w:val="Internt"/>'),
    "style that is based on one": run("HEMLIGT", '<w:rStyle w:val="Under"/>'),
    "white": run("HEMLIGT", '<w:color w:val="FFFFFF"/>'),
    "nearly white": run("HEMLIGT", '<w:color w:val="FEFEFE"/>'),
    "the theme's paper": run("HEMLIGT", '<w:color w:val="auto" w:themeColor="background1"/>'),
    "blue on blue": run(
        "HEMLIGT", '<w:color w:val="1F4E79"/><w:shd w:val="clear" w:fill="1F4E79"/>'
    ),
    "one point": run("HEMLIGT", '<w:sz w:val="2"/>'),
}


@pytest.mark.parametrize("kind", HIDDEN)
def test_hidden_text_is_left_out_and_told(kind: str) -> None:
    found = read(word_of(paragraph(VISIBLE, HIDDEN[kind], run("slut")), styles=STYLES))
    assert found.text.strip() == "Synligt slut"
    assert codes(found) == [(Omitted.HIDDEN, "HEMLIGT")]
    assert found.left_out[0].line == 1


SHOWN = {
    "vanish 0": run("här", '<w:vanish w:val="0"/>'),
    "vanish off": run("här", '<w:vanish w:val="off"/>'),
    "style that takes it back": run("här", '<w:rStyle w:val="Fram"/>'),
    "run that takes it back": run("här", '<w:rStyle w:val="Internt"/><w:vanish w:val="false"/>'),
    "hidden on the web only": run("här", "<w:webHidden/>"),
    "white on blue": run("här", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E79"/>'),
    "white on a marker": run("här", '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>'),
    "not struck": run("här", '<w:strike w:val="0"/><w:dstrike w:val="false"/>'),
}


@pytest.mark.parametrize("kind", SHOWN)
def test_text_that_can_be_seen_is_kept(kind: str) -> None:
    found = read(word_of(paragraph(VISIBLE, SHOWN[kind]), styles=STYLES))
    assert (found.text.strip(), found.left_out) == ("Synligt här", ())


def test_two_styles_that_both_hide_show() -> None:
    """ECMA-376 17.7.3: a toggle in paragraph and character style is off again."""
    both = paragraph(
        run("här", '<w:rStyle w:val="Internt"/>'), properties='<w:pStyle w:val="Dolt"/>'
    )
    assert read(word_of(both, styles=STYLES)).text.strip() == "här"


def test_a_hidden_paragraph_style_hides() -> None:
    hidden = paragraph(run("HEMLIGT"), properties='<w:pStyle w:val="Dolt"/>')
    found = read(word_of(paragraph(VISIBLE) + hidden + paragraph(run("slut")), styles=STYLES))
    assert "HEMLIGT" not in found.text
    assert codes(found) == [(Omitted.HIDDEN, "HEMLIGT")]


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "", cell: str = "") -> str:
    inner = "".join(f"<w:tc><w:tcPr>{cell}</w:tcPr>{each}</w:tc>" for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


WHITE = run("Tid", '<w:color w:val="FFFFFF"/>')


def test_a_hidden_row_is_left_out() -> None:
    rows = (row(paragraph(run("Tid")), paragraph(run("10.00"))), row(
        paragraph(run("Budget")), paragraph(run("40 Mkr")), properties="<w:hidden/>"
    ))  # fmt: skip
    found = read(word_of(table(*rows)))
    assert found.text.strip() == "Tid: 10.00"
    assert {one.what for one in found.left_out} == {Omitted.HIDDEN}


def test_white_text_is_read_on_a_dark_cell_table_or_box() -> None:
    dark = '<w:shd w:val="clear" w:fill="1F4E79"/>'
    for body in (
        table(row(paragraph(WHITE), cell=dark)),
        table(row(paragraph(WHITE)), properties='<w:tblStyle w:val="Band"/>'),
        paragraph(WHITE, properties=dark),
        paragraph(f"<w:r>{text_box(paragraph(WHITE), fill='1F4E79')}</w:r>"),
    ):
        found = read(word_of(body, styles=STYLES))
        assert (found.text.strip(), found.left_out) == ("Tid", ())


def test_white_text_in_a_white_box_is_hidden() -> None:
    box = paragraph(f"<w:r>{text_box(paragraph(WHITE, run(' 10.00')), fill='FFFFFF')}</w:r>")
    found = read(word_of(box))
    assert (found.text.strip(), codes(found)) == ("10.00", [(Omitted.HIDDEN, "Tid")])


STRUCK = {
    "strike": run("40", "<w:strike/>"),
    "dstrike": run("40", "<w:dstrike/>"),
    "style": run("40", '<w:rStyle w:val="Struken"/>'),
    "tracked deletion": '<w:del w:id="1"><w:r><w:delText>40</w:delText></w:r></w:del>',
}


@pytest.mark.parametrize("kind", STRUCK)
def test_struck_and_deleted_text_is_left_out_and_told(kind: str) -> None:
    found = read(word_of(paragraph(run("kostar "), STRUCK[kind], run(" 60 kronor")), styles=STYLES))
    what = Omitted.DELETED if kind == "tracked deletion" else Omitted.STRUCK
    assert found.text.strip() == "kostar 60 kronor"
    assert codes(found) == [(what, "40")]


HOLDERS = {
    "simple field": '<w:fldSimple w:instr=" REF x ">{}</w:fldSimple>',
    "field in a field": '<w:fldSimple><w:fldSimple w:instr="x">{}</w:fldSimple></w:fldSimple>',
    "direction": '<w:bdo w:val="ltr">{}</w:bdo>',
    "ruby": "<w:r><w:ruby><w:rt>"
    + run("NOT")
    + "</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
    "content control": "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "insertion": '<w:ins w:id="1">{}</w:ins>',
    "element of tomorrow": '<w:future xmlns:x="urn:x">{}</w:future>',
}


@pytest.mark.parametrize("kind", HOLDERS)
def test_text_is_read_whatever_holds_it(kind: str) -> None:
    body = paragraph(run("kostar "), HOLDERS[kind].format(run("40 miljoner")), run(" och öppnar"))
    assert read(word_of(body)).text.strip() == "kostar 40 miljoner och öppnar"


def test_the_prompt_of_a_field_that_nobody_filled_is_no_text() -> None:
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{run('Klicka här för att ange text')}</w:sdtContent></w:sdt>"
    )
    found = read(word_of(paragraph(VISIBLE, prompt)))
    assert found.text.strip() == "Synligt"
    assert codes(found) == [(Omitted.FORM, "Klicka här för att ange text")]


def test_a_deleted_row_is_told() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>{}</w:delText></w:r></w:del>'
    cells = (paragraph(deleted.format("Tid")), paragraph(deleted.format("09.00")))
    rows = row(*cells, properties='<w:del w:id="2"/>') + row(
        paragraph(run("Tid")), paragraph(run("10.00"))
    )
    found = read(word_of(table(rows)))
    assert found.text.strip() == "Tid: 10.00"
    assert {one.what for one in found.left_out} == {Omitted.DELETED}


def test_hidden_text_is_found_in_whatever_part_is_the_document() -> None:
    """The package's relations name the document; a second one beside it is a decoy."""
    hidden = paragraph(VISIBLE, run("HEMLIGT", "<w:vanish/>"))
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/other.xml"/></Relationships>'
    )
    file = io.BytesIO(
        word_of(paragraph(run("x")), other=f"<w:document><w:body>{hidden}</w:body></w:document>")
    )
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("_rels/.rels", relation)
    found = read(file.getvalue())
    assert (found.text.strip(), codes(found)) == ("Synligt", [(Omitted.HIDDEN, "HEMLIGT")])


def test_a_formula_keeps_its_characters() -> None:
    formula = "<m:oMath><m:r><m:t>2+2</m:t></m:r></m:oMath>"
    assert read(word_of(paragraph(run("Svaret: "), formula))).text.strip() == "Svaret: 2+2"


OLD_BOX = (
    "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"
)
TIME = paragraph(run("Tid: kl. 10.00"))


@pytest.mark.parametrize(
    "drawing",
    [
        f'<mc:AlternateContent><mc:Choice Requires="wps">{text_box(TIME)}</mc:Choice></mc:AlternateContent>',
        (
            f'<mc:AlternateContent><mc:Choice Requires="wps">{text_box(TIME)}</mc:Choice>'
            f"<mc:Fallback>{OLD_BOX.format(TIME)}</mc:Fallback></mc:AlternateContent>"
        ),
        text_box(TIME),
        OLD_BOX.format(TIME),
    ],
    ids=["choice alone", "choice and fallback", "drawing alone", "older form alone"],
)
def test_a_text_box_is_read_once(drawing: str) -> None:
    found = read(word_of(paragraph(f"<w:r>{drawing}</w:r>")))
    assert found.text.count("Tid: kl. 10.00") == 1


def test_a_box_in_a_box_is_read_once() -> None:
    inner = paragraph(f"<w:r>{text_box(TIME)}</w:r>")
    found = read(word_of(paragraph(f"<w:r>{text_box(paragraph(run('Fakta')) + inner)}</w:r>")))
    assert found.text.split() == ["Fakta", "Tid:", "kl.", "10.00"]


def test_a_picture_is_told_with_its_words() -> None:
    picture = (
        '<w:drawing><wp:inline><wp:docPr descr="Ekparken"/><a:graphic><a:graphicData>'
        '<a:blip r:embed="rId1"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    found = read(word_of(paragraph(VISIBLE, f"<w:r>{picture}</w:r>")))
    assert codes(found) == [(Omitted.PICTURE, "Ekparken")]
    assert found.text.strip() == "Synligt"


def test_what_stands_beside_the_text_is_told() -> None:
    found = read(
        word_of(
            paragraph(VISIBLE),
            header1=f"<w:hdr>{paragraph(run('UTKAST – sprids ej'))}</w:hdr>",
            footer1=f"<w:ftr>{paragraph(run('Sida 1 (2)'))}</w:ftr>",
            comments=f"<w:comments><w:comment w:id='1'>{paragraph(run('Stämmer tiden?'))}</w:comment></w:comments>",
        )
    )
    assert found.text.strip() == "Synligt"
    assert codes(found) == [
        (Omitted.MARGIN, "UTKAST – sprids ej"),
        (Omitted.COMMENT, "Stämmer tiden?"),
    ]


def test_the_paragraphs_of_a_labelled_cell_are_parted_by_a_comma() -> None:
    place = paragraph(run("Ekparken")) + paragraph(run("Sportvägen 4")) + paragraph(run("Åstad"))
    people = paragraph(run("Eva Lind, kommunalråd")) + paragraph(run("Bo Ek, rektor"))
    assert read(word_of(table(row(paragraph(run("Plats")), place)))).text.strip() == (
        "Plats: Ekparken, Sportvägen 4, Åstad"
    )
    assert read(word_of(table(row(paragraph(run("Medverkande")), people)))).text.split("\n")[
        :1
    ] == (["Medverkande"])


def test_the_strict_form_is_read_alike() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = word_of(paragraph(VISIBLE, run("HEMLIGT", "<w:vanish/>")), namespace=strict)
    assert (read(data).text.strip(), codes(read(data))) == (
        "Synligt",
        [(Omitted.HIDDEN, "HEMLIGT")],
    )
