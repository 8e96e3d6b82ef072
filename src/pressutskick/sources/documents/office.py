"""Word and OpenDocument texts -> HTML, which `markup` turns into Markdown.

Word goes through mammoth, which knows its styles; OpenDocument is simple enough to be walked here.
Headers, footers, comments and tracked deletions are not part of the text. Runs in the limited
child process.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree

from pressutskick.errors import InputError
from pressutskick.sentences import say
from pressutskick.sources.archive import ArchiveLimits, open_archive, read_member

LIMITS = ArchiveLimits(members=2_000, expansion=32 * 1024 * 1024, member=24 * 1024 * 1024)
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_SKIPPED = {
    f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}sequence-decls",
    f"{_OFFICE}forms", f"{_TEXT}table-of-content", f"{_TEXT}bibliography",
}  # fmt: skip
_TAGS = {
    f"{_TEXT}p": "p", f"{_TEXT}list": "ul", f"{_TEXT}list-item": "li", f"{_TABLE}table": "table",
    f"{_TABLE}table-row": "tr", f"{_TABLE}table-cell": "td", f"{_TEXT}list-header": "li",
}  # fmt: skip


def convert_docx(data: bytes, *, name: str) -> str:
    """A Word document as HTML.

    Raises:
        ImportError: mammoth is not installed.
        InputError: damaged, protected, beyond the limits, or with XML entities.
    """
    import mammoth

    archive = open_archive(data, name=name, limits=LIMITS)
    for member in archive.namelist():
        if member.endswith((".xml", ".rels")):
            _refuse_entities(read_member(archive, member, name=name, limits=LIMITS), name)
    styles = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh\n"
    ignore = mammoth.images.img_element(lambda _image: {"src": ""})
    try:
        document = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=styles,
            convert_image=ignore,
            ignore_empty_paragraphs=False,
        )
    except (KeyError, ValueError, IndexError, AttributeError, zipfile.BadZipFile) as error:
        raise InputError(say("{file} is damaged: it cannot be read as Word.", file=name)) from error
    return str(document.value)


def convert_odt(data: bytes, *, name: str) -> str:
    """An OpenDocument text as HTML.

    Raises:
        InputError: damaged, protected, beyond the limits, or with XML entities.
    """
    archive = open_archive(data, name=name, limits=LIMITS)
    try:
        content = read_member(archive, "content.xml", name=name, limits=LIMITS)
        _refuse_entities(content, name)
        root = ElementTree.fromstring(content)  # noqa: S314 - entities are refused above
    except (KeyError, ElementTree.ParseError) as error:
        sentence = say("{file} is damaged: it cannot be read as OpenDocument.", file=name)
        raise InputError(sentence) from error
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        return ""
    return "".join(_walk(body, _bold_styles(root)))


def _refuse_entities(xml: bytes, name: str) -> None:
    """A document type can make a kilobyte unfold to gigabytes; office programs write none."""
    plain = xml.replace(b"\x00", b"")
    if re.search(rb"<!(DOCTYPE|ENTITY)", plain):
        raise InputError(
            say("{file} holds an XML document type or entities, which are not read.", file=name)
        )


def _bold_styles(root: ElementTree.Element) -> frozenset[str]:
    """The names of the automatic character styles that are bold."""
    found = set()
    for style in root.iter(f"{_STYLE}style"):
        properties = style.find(f"{_STYLE}text-properties")
        if properties is not None and properties.get(f"{_FO}font-weight") == "bold":
            found.add(style.get(f"{_STYLE}name", ""))
    return frozenset(found)


def _walk(node: ElementTree.Element, bold: frozenset[str]) -> Iterator[str]:
    """The children of `node` as HTML."""
    if node.text:
        yield escape(node.text)
    for child in node:
        yield from _convert_node(child, bold)
        if child.tail:
            yield escape(child.tail)


def _convert_node(node: ElementTree.Element, bold: frozenset[str]) -> Iterator[str]:
    if node.tag in _SKIPPED:
        return
    if node.tag in (f"{_TEXT}line-break", f"{_TEXT}tab", f"{_TEXT}s"):
        yield "<br>" if node.tag == f"{_TEXT}line-break" else " "
        return
    style = node.get(f"{_TEXT}style-name", "")
    tag, attribute = _TAGS.get(node.tag, ""), ""
    if node.tag == f"{_TEXT}h":
        level = node.get(f"{_TEXT}outline-level", "1")
        tag = f"h{min(6, int(level) if level.isdigit() and int(level) else 1)}"
    elif node.tag == f"{_TEXT}p" and style in ("Title", "Titel", "Rubrik"):
        tag = "h1"
    elif node.tag == f"{_TEXT}a":
        tag, attribute = "a", f' href="{escape(node.get(f"{_XLINK}href", ""))}"'
    elif node.tag == f"{_TEXT}span" and style in bold:
        tag = "b"
    inner = "".join(_walk(node, bold))
    if node.tag == f"{_TEXT}p" and style in bold:
        inner = f"<b>{inner}</b>"
    yield f"<{tag}{attribute}>{inner}</{tag}>" if tag else inner
