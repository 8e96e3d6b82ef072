"""OpenDocument texts -> HTML, which `markup` turns into Markdown (OpenDocument 1.3, parts 2 and 3).

Simple enough to be walked here. What is no part of the text is marked as such or told beside it.
Runs in the limited child process.
"""

from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from pressutskick.errors import InputError
from pressutskick.sentences import say
from pressutskick.sources.archive import open_archive, read_member
from pressutskick.sources.documents.leftout import MARK_CLASS, LeftOutNotes, Omitted
from pressutskick.sources.documents.odtstyles import DRAW, OFFICE, TABLE, TEXT, OdtStyles
from pressutskick.sources.documents.pdf.order import is_page_number
from pressutskick.sources.documents.word import LIMITS, refuse_entities

_XLINK = "{http://www.w3.org/1999/xlink}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
#: Elements that bring no text of their own place.
_SKIPPED = {f"{TEXT}tracked-changes", f"{TEXT}sequence-decls", f"{OFFICE}forms", f"{TEXT}ruby-text"}
_OMITTED = {
    f"{OFFICE}annotation": Omitted.COMMENT,
    f"{TEXT}note": Omitted.NOTE,
    f"{DRAW}image": Omitted.PICTURE,
    f"{DRAW}object": Omitted.EMBEDDED,
    f"{DRAW}object-ole": Omitted.EMBEDDED,
    f"{DRAW}plugin": Omitted.EMBEDDED,
    f"{DRAW}control": Omitted.FORM,
    f"{TEXT}hidden-text": Omitted.HIDDEN,
    f"{TEXT}hidden-paragraph": Omitted.HIDDEN,
}
_TAGS = {
    f"{TEXT}p": "p", f"{TEXT}list": "ul", f"{TEXT}list-item": "li", f"{TABLE}table": "table",
    f"{TABLE}table-row": "tr", f"{TABLE}table-cell": "td", f"{TEXT}list-header": "li",
}  # fmt: skip
_MARGINS = {"header", "footer", "header-left", "footer-left", "header-first", "footer-first"}
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def convert_odt(data: bytes, notes: LeftOutNotes, *, name: str) -> str:
    """An OpenDocument text as HTML; what stands beside its text goes into `notes`.

    Raises:
        InputError: damaged, protected, beyond the limits, or with XML entities.
    """
    archive = open_archive(data, name=name, limits=LIMITS)
    try:
        roots = []
        for member in ("content.xml", "styles.xml"):
            if member == "content.xml" or member in archive.NameToInfo:
                part = read_member(archive, member, name=name, limits=LIMITS)
                refuse_entities(part, name)
                roots.append(ElementTree.fromstring(part))  # noqa: S314 - entities are refused above
    except (KeyError, ElementTree.ParseError) as error:
        sentence = say("{file} is damaged: it cannot be read as OpenDocument.", file=name)
        raise InputError(sentence) from error
    body = roots[0].find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        return ""
    _tell_beside(body, roots, notes)
    return "".join(_Walker(OdtStyles.read(roots)).walk(body))


def _tell_beside(body: Element, roots: list[Element], notes: LeftOutNotes) -> None:
    """Tracked deletions and page headers, which have no place in the text."""
    for deletion in body.iter(f"{TEXT}deletion"):
        notes.add(Omitted.DELETED, _words(deletion))
    margins = {
        words: None
        for root in roots
        for page in root.iter(f"{_STYLE}master-page")
        for part in page
        if part.tag.rpartition("}")[2] in _MARGINS and (words := _words(part))
    }
    for words in margins:
        if not is_page_number(words):
            notes.add(Omitted.MARGIN, words)


def _words(node: Element) -> str:
    metadata = [f"{part}" for each in node.iter() if _is_metadata(each) for part in each.itertext()]
    words = " ".join("".join(node.itertext()).split())
    for part in metadata:
        words = words.replace(part, "", 1)
    return words.strip()


def _is_metadata(node: Element) -> bool:
    """Who changed something, and when."""
    return node.tag.rpartition("}")[2] in ("creator", "date", "initials", "date-string")


class _Walker:
    """Turns elements into HTML, with the styles that they are set in."""

    def __init__(self, styles: OdtStyles) -> None:
        """`styles` are those of the whole document."""
        self._styles = styles

    def walk(self, node: Element, ground: str | None = None) -> Iterator[str]:
        """The children of `node` as HTML; `ground` is the colour behind them, None for paper."""
        if node.text:
            yield escape(node.text)
        for child in node:
            yield from self._convert(child, ground)
            if child.tail:
                yield escape(child.tail)

    def _convert(self, node: Element, ground: str | None) -> Iterator[str]:
        if node.tag in _SKIPPED:
            return
        if node.tag in (f"{TEXT}line-break", f"{TEXT}tab", f"{TEXT}s"):
            yield "<br>" if node.tag == f"{TEXT}line-break" else " "
            return
        what = _OMITTED.get(node.tag)
        if what is not None:
            yield _mark(what, f"\ufffc{escape(_words_of(node))}")
            return
        setting = self._styles.of(node, ground)
        inner = "".join(self.walk(node, setting.ground))
        what = setting.judge() if setting.is_said_here else None
        tag, attribute = _tag_of(node)
        if what is not None:
            attribute += f' class="{MARK_CLASS}{what.value}"'
            tag = tag or ("span" if node.tag == f"{TEXT}span" else "div")
        elif setting.is_bold and node.tag in (f"{TEXT}span", f"{TEXT}p") and inner.strip():
            inner = f"<b>{inner}</b>"
        yield f"<{tag}{attribute}>{inner}</{tag}>" if tag else inner


def _words_of(node: Element) -> str:
    """The words of something that is left out: its text, or what it says of itself."""
    told = node.get(f"{TEXT}string-value") or ""
    title = node.find(f"{_SVG}title")
    return _words(node) or told or ((title.text or "") if title is not None else "")


def _mark(what: Omitted, inner: str) -> str:
    return f'<span class="{MARK_CLASS}{what.value}">{inner}</span>'


def _tag_of(node: Element) -> tuple[str, str]:
    style = node.get(f"{TEXT}style-name", "")
    if node.tag == f"{TEXT}h":
        level = node.get(f"{TEXT}outline-level", "1")
        return f"h{min(6, int(level) if level.isdigit() and int(level) else 1)}", ""
    if node.tag == f"{TEXT}p" and style in ("Title", "Titel", "Rubrik"):
        return "h1", ""
    if node.tag == f"{TEXT}a":
        return "a", f' href="{escape(node.get(f"{_XLINK}href", ""))}"'
    return _TAGS.get(node.tag, ""), ""
