"""A Word document made ready for mammoth, which knows nothing of hidden text, fields and boxes.

Runs that a reader of the page does not see as text get a character style of ours, by which
`markup` leaves them out and tells it; elements that mammoth does not know are replaced by what
they hold; of the alternatives of a drawing one is kept, and its text box stands where Word's older
form of it would. Nothing is taken away here but what has no words (ECMA-376 parts 1 and 3).
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from pressutskick.sources.documents.leftout import MARK_CLASS, Omitted
from pressutskick.sources.documents.wordstyles import (
    UNKNOWN_GROUND,
    WORD,
    Surroundings,
    WordStyles,
    ground_of,
    is_hidden,
    switch_of,
)

#: Begins the character styles by which runs are marked; the code of what is left out follows.
MARK_STYLE = "PressutskickLeftOut"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
#: ISO's strict form of the same names.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
     b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    (b"http://purl.oclc.org/ooxml/drawingml/main",
     b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math",
     b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)  # fmt: skip
#: Elements whose own place in the document mammoth knows, or that hold no text of it.
_KNOWN = {
    f"{WORD}{name}"
    for name in ["document", "body", "footnotes", "footnote", "endnotes", "endnote", "p", "r", "t", "tab", "noBreakHyphen", "softHyphen", "sym", "tbl", "tr", "tc", "customXml", "ins", "moveTo", "object", "smartTag", "drawing", "pict", "hyperlink", "bookmarkStart", "br", "sdt", "sdtContent", "sdtPr", "txbxContent", "fldChar", "instrText", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "moveFrom", "footnoteReference", "endnoteReference", "commentReference", "tblGrid", "del", "delText", "rt", "cr"]
} | {f"{_VML}{name}" for name in ("group", "rect", "roundrect", "shape", "textbox")}  # fmt: skip
_PROPERTIES = {
    f"{WORD}{name}" for name in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr")
}
_FURNITURE = {f"{WORD}hdr", f"{WORD}ftr"}


def prepare_word(
    members: Iterable[tuple[str, bytes]],
) -> tuple[bytes, tuple[tuple[Omitted, str], ...]]:
    """The package for mammoth, and what stands beside the document: page headers, comments.

    Raises:
        ElementTree.ParseError: a part is not well-formed.
    """
    parts = dict(members)
    roots = {name: root for name, data in parts.items() if (root := _parse(name, data)) is not None}
    styles = WordStyles()
    for root in roots.values():
        if root.tag == f"{WORD}styles":
            styles = WordStyles.read(root)
    beside: list[tuple[Omitted, str]] = []
    for name, root in roots.items():
        if root.tag in (f"{WORD}document", f"{WORD}footnotes", f"{WORD}endnotes"):
            _Preparer(styles, _page_ground(root)).prepare(root)
            parts[name] = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
        elif root.tag in _FURNITURE:
            beside.append((Omitted.MARGIN, _words(root)))
        elif root.tag == f"{WORD}comments":
            beside += [(Omitted.COMMENT, _words(each)) for each in root.iter(f"{WORD}comment")]
    return _pack(parts), tuple(dict.fromkeys(one for one in beside if one[1]))


def _parse(name: str, data: bytes) -> Element | None:
    # Which part is the document, only the package's relations say; what is none stays unread.
    if not name.endswith(".xml") or name.startswith(("customXml/", "docProps/", "[")):
        return None
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return ElementTree.fromstring(data)  # noqa: S314 - entities were refused before


def _pack(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def _words(node: Element) -> str:
    parts = [part.text or "" for part in node.iter(f"{WORD}t")]
    parts += [part.get("string", "") for part in node.iter(f"{_VML}textpath")]
    return " ".join(" ".join(parts).split())


def _page_ground(root: Element) -> str | None:
    ground = root.find(f"{WORD}background")
    value = None if ground is None else ground.get(f"{WORD}color")
    return None if value in (None, "auto") else value


class _Preparer:
    """Walks one part, from the outside in."""

    def __init__(self, styles: WordStyles, ground: str | None) -> None:
        """`ground` is the colour of the page, None for white."""
        self._styles = styles
        self._around = Surroundings(ground=ground)

    def prepare(self, root: Element) -> None:
        """Rewrites the part in place."""
        self._rewrite(root, self._around)

    def _rewrite(self, node: Element, around: Surroundings) -> None:
        node[:] = [kept for child in list(node) for kept in self._convert(child, around)]

    def _convert(self, node: Element, around: Surroundings) -> Iterator[Element]:
        """What stands for `node`: itself, its children, or a run that says what it was."""
        if node.tag in _PROPERTIES:
            yield node
        elif node.tag == f"{WORD}r":
            yield self._convert_run(node, around)
        elif node.tag in (f"{WORD}drawing", f"{WORD}pict", f"{WORD}object"):
            yield from self._convert_drawing(node, around)
        elif node.tag == f"{WORD}altChunk":
            yield _paragraph(_marked_run(Omitted.EMBEDDED, ""))
        elif node.tag in (f"{_MATH}oMath", f"{_MATH}oMathPara"):
            yield self._convert_run(_formula(node), around)
        elif node.tag in _KNOWN - {f"{WORD}del"}:
            self._rewrite(node, self._enter(node, around))
            yield node
        else:
            yield from self._unwrap(node, around)

    def _unwrap(self, node: Element, around: Surroundings) -> Iterator[Element]:
        """What an element holds that mammoth does not know, if it holds text."""
        is_choice = node.tag == f"{_MC}AlternateContent"
        if not is_choice and next(node.iter(f"{WORD}r"), None) is None:
            yield node
            return
        if node.tag == f"{WORD}del":
            around = _within(around, Omitted.DELETED)
        for child in _choose(node) if is_choice else list(node):
            yield from self._convert(child, around)

    def _enter(self, node: Element, around: Surroundings) -> Surroundings:
        """What the children of a paragraph, table, row or cell stand in."""
        properties = node.find(f"{node.tag}Pr")
        if node.tag == f"{WORD}p":
            style = None if properties is None else properties.find(f"{WORD}pStyle")
            name = None if style is None else style.get(f"{WORD}val")
            return _on(replace(around, paragraph=name), ground_of(properties))
        if node.tag == f"{WORD}tbl" and properties is not None:
            style = properties.find(f"{WORD}tblStyle")
            name = None if style is None else style.get(f"{WORD}val")
            return _on(replace(around, table=name), ground_of(properties))
        if node.tag == f"{WORD}tr" and properties is not None:
            deleted = properties.find(f"{WORD}del")
            if deleted is not None:
                # Mammoth would take the row away without a word.
                properties.remove(deleted)
                around = _within(around, Omitted.DELETED)
            is_hidden_row = switch_of(properties, "hidden")
            return _within(around, Omitted.HIDDEN) if is_hidden_row else around
        if node.tag == f"{WORD}sdt" and properties is not None:
            # "Click here to enter text" is what nobody wrote.
            is_prompt = switch_of(properties, "showingPlcHdr")
            return _within(around, Omitted.FORM) if is_prompt else around
        return _on(around, ground_of(properties)) if node.tag == f"{WORD}tc" else around

    def _convert_run(self, run: Element, around: Surroundings) -> Element:
        """The run, styled as what is left out where it is; a box in it stands beside it."""
        properties = run.find(f"{WORD}rPr")
        what = self._judge(properties, around)
        for text in run.iter(f"{WORD}delText"):
            text.tag = f"{WORD}t"
        for tab in run.findall(f"{WORD}cr"):
            tab.tag = f"{WORD}br"
        # A box or picture that hangs on a hidden run is hidden with it.
        is_gone = what is Omitted.HIDDEN
        self._rewrite(run, _within(around, Omitted.HIDDEN) if is_gone else around)
        if what is not None:
            _style(run, what)
        return run

    def _judge(self, properties: Element | None, around: Surroundings) -> Omitted | None:
        setting = self._styles.settle(properties, around)
        if around.omitted is Omitted.HIDDEN or is_hidden(setting):
            return Omitted.HIDDEN
        if around.omitted is not None:
            return around.omitted
        return Omitted.STRUCK if setting.strike or setting.dstrike else None

    def _convert_drawing(self, node: Element, around: Surroundings) -> Iterator[Element]:
        """A picture is told, a text box stands as mammoth knows it."""
        boxes = list(_boxes(node))
        pictures = sum(1 for _ in node.iter(f"{_DRAWING}blip"))
        pictures += sum(1 for _ in node.iter(f"{_VML}imagedata"))
        is_graphic = node.tag == f"{WORD}drawing" and not boxes and _has_graphic(node)
        for _ in range(max(pictures, int(is_graphic))):
            yield _marked_run(Omitted.PICTURE, _alternative(node))
        for box, ground in boxes:
            inner = deepcopy(box)
            self._rewrite(inner, replace(around, paragraph=None, ground=ground or around.ground))
            holder = Element(f"{WORD}pict")
            frame = ElementTree.SubElement(holder, f"{_VML}textbox")
            frame.append(inner)
            yield holder


def _choose(node: Element) -> list[Element]:
    """The first alternative, as Word shows it; the fallback where only that has words."""
    choice = node.find(f"{_MC}Choice")
    fallback = node.find(f"{_MC}Fallback")
    chosen = choice if choice is not None else fallback
    if choice is not None and fallback is not None and not _words(choice) and _words(fallback):
        chosen = fallback
    return [] if chosen is None else list(chosen)


def _boxes(node: Element) -> Iterator[tuple[Element, str | None]]:
    """The text boxes of a drawing, not those within them, each with the colour that it is filled with."""
    for child in node:
        if child.tag == f"{WORD}txbxContent":
            yield child, None
        elif child.tag == f"{_MC}AlternateContent":
            for one in _choose(child):
                holder = Element("holder")
                holder.append(one)
                yield from _boxes(holder)
        else:
            for box, ground in _boxes(child):
                yield box, ground or _fill(child)


def _fill(shape: Element) -> str | None:
    """The colour of a shape; unknown where it is a gradient, a theme's colour or a picture."""
    if shape.tag == f"{_WPS}wsp":
        properties = shape.find(f"{_WPS}spPr")
        if properties is None or properties.find(f"{_DRAWING}noFill") is not None:
            return None
        if (solid := properties.find(f"{_DRAWING}solidFill/{_DRAWING}srgbClr")) is not None:
            return solid.get("val")
        has_fill = any("Fill" in child.tag for child in properties)
        return UNKNOWN_GROUND if has_fill or shape.find(f"{_WPS}style") is not None else None
    if shape.tag.startswith(_VML) and shape.get("fillcolor") and shape.get("filled") != "f":
        return (shape.get("fillcolor") or "").split()[0]
    return None


def _has_graphic(node: Element) -> bool:
    return next(node.iter(f"{_DRAWING}graphicData"), None) is not None


def _alternative(node: Element) -> str:
    """The words that a drawing gives for itself."""
    for named in node.iter(f"{_PLACED}docPr"):
        return named.get("descr") or named.get("title") or ""
    for shape in node.iter(f"{_VML}shape"):
        return shape.get("alt") or ""
    return ""


def _formula(node: Element) -> Element:
    run = Element(f"{WORD}r")
    text = ElementTree.SubElement(run, f"{WORD}t")
    text.text = "".join(part.text or "" for part in node.iter(f"{_MATH}t"))
    return run


def _within(around: Surroundings, what: Omitted) -> Surroundings:
    """What is hidden stays hidden, whatever else it is."""
    return around if around.omitted is Omitted.HIDDEN else replace(around, omitted=what)


def _on(around: Surroundings, ground: str | None) -> Surroundings:
    return around if ground is None else replace(around, ground=ground)


def _style(run: Element, what: Omitted) -> None:
    properties = run.find(f"{WORD}rPr")
    if properties is None:
        properties = Element(f"{WORD}rPr")
        run.insert(0, properties)
    for name in ("rStyle", "strike"):
        for old in properties.findall(f"{WORD}{name}"):
            properties.remove(old)
    style = Element(f"{WORD}rStyle")
    style.set(f"{WORD}val", f"{MARK_STYLE}{what.value}")
    properties.insert(0, style)


def marked_styles() -> str:
    """Mammoth's map from our character styles to the class that `markup` looks for."""
    return "".join(
        f"r.{MARK_STYLE}{what.value} => span.{MARK_CLASS}{what.value}\n" for what in Omitted
    )


def _marked_run(what: Omitted, words: str) -> Element:
    run = Element(f"{WORD}r")
    text = ElementTree.SubElement(run, f"{WORD}t")
    text.text = f"\ufffc{words}"
    _style(run, what)
    return run


def _paragraph(run: Element) -> Element:
    paragraph = Element(f"{WORD}p")
    paragraph.append(run)
    return paragraph
