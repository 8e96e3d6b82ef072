"""Word packages of a few lines, for what no writer's library writes."""

import io
import zipfile

_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}


def word_of(body: str, *, styles: str = "", namespace: str = _NAMES["w"], **parts: str) -> bytes:
    """A package of one body; `parts` are others by their name below `word/`, each with its root."""
    names = {**_NAMES, "w": namespace}
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in names.items())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        members = {"document": f"<w:document><w:body>{body}</w:body></w:document>", **parts}
        if styles:
            members["styles"] = f"<w:styles>{styles}</w:styles>"
        for name, xml in members.items():
            root, rest = xml.split(">", 1)
            archive.writestr(f"word/{name}.xml", f"{root} {declared}>{rest}")
    return file.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run with that inside its `w:rPr`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph with that inside its `w:pPr`."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def text_box(text: str, *, fill: str = "") -> str:
    """A drawing that is a text box, as Word has written it since 2010."""
    solid = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else ""
    return (
        "<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>"
        f"<wps:spPr>{solid}</wps:spPr><wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>"
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
