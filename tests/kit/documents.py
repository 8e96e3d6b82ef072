"""Writes a Markdown-ish text as Word, PDF, HTML, OpenDocument and mail, as other programs do.

The formats are written by python-docx, reportlab and fpdf2; what we read is never our own output.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape

_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """`style` is h1 to h6, li, rule or p; `lines` are broken by the writer on purpose."""

    style: str
    lines: tuple[str, ...]


def split_blocks(text: str) -> Iterator[Block]:
    """The blocks that a person would type into a word processor; a bullet's lines are one."""
    for part in re.split(r"\n[ \t]*\n", text.strip("\n")):
        block: Block | None = None
        for line in map(str.rstrip, part.split("\n")):
            following = _block_of(line)
            if following is not None:
                if block is not None:
                    yield block
                block = following
            elif re.match(r"\s+\S|[a-zåäöæøé(]", line) and block and block.style == "li":
                block = Block(style="li", lines=(f"{block.lines[0]} {line.strip()}",))
            elif line.strip() and block is not None and block.style == "p":
                block = Block(style="p", lines=(*block.lines, line.strip()))
            elif line.strip():
                if block is not None:
                    yield block
                block = Block(style="p", lines=(line.strip(),))
        if block is not None:
            yield block


def _block_of(line: str) -> Block | None:
    """The heading, bullet or rule that begins with this line."""
    heading = re.match(r"(#{1,6})\s+(.*)", line)
    item = re.match(r"\s*[-*•]\s+(.*)", line)
    if heading:
        return Block(style=f"h{len(heading[1])}", lines=(heading[2].replace("**", ""),))
    if re.fullmatch(r"\s*-{3,}\s*", line):
        return Block(style="rule", lines=())
    return Block(style="li", lines=(item[1],)) if item else None


def runs_of(line: str) -> Iterator[tuple[str, bool, str]]:
    """Text, whether it is bold, and the link's target or nothing."""
    for index, part in enumerate(line.split("**")):
        bold = index % 2 == 1
        position = 0
        for link in _LINK.finditer(part):
            yield part[position : link.start()], bold, ""
            yield link[1], bold, link[2]
            position = link.end()
        yield part[position:], bold, ""


def shown(line: str) -> str:
    """The line as a page shows it, without marks."""
    return _LINK.sub(r"\1", line.replace("**", ""))


def write_html(text: str) -> bytes:
    """A newsroom's page: chrome around the text."""
    parts = []
    for block in split_blocks(text):
        inner = "<br>\n".join(_html_line(line) for line in block.lines)
        if block.style == "rule":
            parts.append("<hr>")
        elif block.style == "li":
            parts.append(f"<ul><li>{inner}</li></ul>")
        else:
            parts.append(f"<{block.style}>{inner}</{block.style}>")
    body = "\n".join(parts).replace("</ul>\n<ul>", "\n")
    return (
        "<!DOCTYPE html><html lang='sv'><head><meta charset='utf-8'><title>Nyhetsrum</title>"
        "<style>p{margin:0}</style><script>var datum = '1999-01-01';</script></head><body>"
        "<a class='skip-link' href='#main'>Gå direkt till innehåll</a>"
        "<div class='cookie-banner'><p>Vi använder kakor. <button>Acceptera alla</button></p></div>"
        "<nav><ul><li><a href='/'>Start</a></li><li><a href='/om'>Om oss</a></li></ul></nav>"
        f"<main id='main'><article>{body}</article>"
        "<div class='share-buttons'><a href='https://example.com/share'>Dela</a></div></main>"
        "<footer><p>© Staden 1998</p></footer></body></html>"
    ).encode()


def _html_line(line: str) -> str:
    parts = []
    for text, bold, href in runs_of(line):
        inner = escape(text)
        inner = f"<a href='{escape(href)}'>{inner}</a>" if href else inner
        parts.append(f"<strong>{inner}</strong>" if bold and text else inner)
    return "".join(parts)


def write_docx(text: str) -> bytes:
    """A Word document with styles, a page header and a page number."""
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Stadens brevhuvud"
    document.sections[0].footer.paragraphs[0].text = "Sida 1 (1)"
    for block in split_blocks(text):
        if block.style == "rule":
            continue
        style = {"li": "List Bullet", "p": "Normal"}.get(block.style)
        paragraph = document.add_paragraph(style=style or f"Heading {block.style[1]}")
        for index, line in enumerate(block.lines):
            if index:
                paragraph.add_run().add_break()
            for words, bold, _ in runs_of(line):
                run = paragraph.add_run(words)
                run.bold = bold or None
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def write_pdf(text: str, *, columns: int = 1) -> bytes:
    """A4 by reportlab: headings by size, wrapped lines, page header and page number."""
    from reportlab.lib.enums import TA_LEFT
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    file = io.BytesIO()
    width, height = A4
    template = BaseDocTemplate(file, pagesize=A4)
    margin, gap = 60, 24
    column = (width - 2 * margin - gap * (columns - 1)) / columns
    frames = [
        Frame(margin + index * (column + gap), 70, column, height - 150, 0, 0, 0, 0)
        for index in range(columns)
    ]

    def furnish(canvas, document) -> None:  # type: ignore[no-untyped-def]
        canvas.setFont("Helvetica", 8)
        canvas.drawString(margin, height - 40, "Stadens brevhuvud")
        canvas.drawString(width / 2, 30, f"Sida {document.page}")

    template.addPageTemplates(PageTemplate(frames=frames, onPage=furnish))
    base = ParagraphStyle("p", fontName="Helvetica", fontSize=10, leading=13, alignment=TA_LEFT)
    base.spaceAfter = 7
    styles = {"p": base, "li": ParagraphStyle("li", parent=base, leftIndent=14, spaceAfter=3)}
    for level, size in enumerate((18, 15, 13, 12, 11.8, 11.6), 1):
        styles[f"h{level}"] = ParagraphStyle(
            f"h{level}", parent=base, fontName="Helvetica-Bold", fontSize=size, leading=size * 1.2
        )
    story = []
    for block in split_blocks(text):
        if block.style != "rule":
            inner = "<br/>".join(_pdf_line(line) for line in block.lines)
            bullet = "•" if block.style == "li" else None
            story.append(Paragraph(inner, styles[block.style], bulletText=bullet))
    template.build(story)
    return file.getvalue()


def _pdf_line(line: str) -> str:
    return "".join(
        f"<b>{escape(text)}</b>" if bold and text else escape(text)
        for text, bold, _ in runs_of(line)
    )


def write_odt(text: str) -> bytes:
    """An OpenDocument text as LibreOffice stores it, as far as we look."""
    parts = []
    for block in split_blocks(text):
        inner = "<text:line-break/>".join(
            "".join(
                f"<text:span text:style-name='T1'>{escape(words)}</text:span>"
                if bold
                else escape(words)
                for words, bold, _ in runs_of(line)
            )
            for line in block.lines
        )
        if block.style == "li":
            parts.append(
                f"<text:list><text:list-item><text:p>{inner}</text:p></text:list-item></text:list>"
            )
        elif block.style[0] == "h":
            level = block.style[1]
            parts.append(f"<text:h text:outline-level='{level}'>{inner}</text:h>")
        elif block.style == "p":
            parts.append(f"<text:p text:style-name='Standard'>{inner}</text:p>")
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in [
            ("office", "office"), ("text", "text"), ("style", "style"),
            ("fo", "xsl-fo-compatible"),
        ]
    )  # fmt: skip
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {names}>"
        "<office:automatic-styles><style:style style:name='T1' style:family='text'>"
        "<style:text-properties fo:font-weight='bold'/></style:style></office:automatic-styles>"
        "<office:body><office:text><text:tracked-changes><text:p>struket</text:p>"
        f"</text:tracked-changes>{''.join(parts)}</office:text></office:body>"
        "</office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return file.getvalue()


def write_eml(text: str, *, subject: str) -> bytes:
    """A forwarded mail with a text and an HTML part."""
    message = EmailMessage()
    message["Subject"] = f"VB: {subject}"
    message["From"] = "Anna Berg <anna.berg@example.org>"
    message["To"] = "redaktion@example.com"
    message["Date"] = "Mon, 02 Sep 2024 07:00:00 +0200"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(shown(text))
    message.add_alternative(write_html(text).decode(), subtype="html")
    return message.as_bytes()


def write_typed_docx(text: str) -> bytes:
    """Word as people type it: each line a paragraph, blank lines between, no styles."""
    import docx

    document = docx.Document()
    for line in text.split("\n"):
        paragraph = document.add_paragraph()
        for words, bold, _ in runs_of(line.lstrip("# ")):
            paragraph.add_run(words).bold = bold or None
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def write_typed_pdf(text: str) -> bytes:
    """A PDF by fpdf2 with each line as it stands, in one size."""
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_margin(20)
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    for line in text.split("\n"):
        plain = shown(line.lstrip("# ")).translate(_CORE_FONT)
        plain = plain.encode("latin-1", "replace").decode("latin-1")
        if plain.strip():
            pdf.multi_cell(0, 5.5, plain, new_x="LMARGIN", new_y="NEXT", align="L")
        else:
            pdf.ln(5.5)
    return bytes(pdf.output())


#: The core fonts have no such signs.
_CORE_FONT = str.maketrans(
    {"•": "-", "–": "-", "—": "-", "’": "'", "”": '"', "“": '"', "‘": "'", "…": "..."}
)
