"""How an OpenDocument text is set: what of it cannot be seen, what is struck, what is bold.

Styles are named, and based on one another, in `styles.xml` and in the document itself
(OpenDocument 1.3 part 3, 16 and 20).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from pressutskick.sources.documents.colours import is_unreadable
from pressutskick.sources.documents.leftout import Omitted

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_NAMES = (f"{TEXT}style-name", f"{TABLE}style-name", f"{DRAW}style-name", f"{DRAW}text-style-name")
_PROPERTIES = ("text", "paragraph", "table-cell", "table", "table-row", "graphic")
#: Points.
_LEAST_SIZE = 2.0
#: A colour behind the text that is not looked into.
_UNKNOWN = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class OdtSetting:
    """How text is set here. `is_said_here` is whether the element itself says anything of it."""

    is_hidden: bool = False
    is_struck: bool = False
    is_bold: bool = False
    colour: str | None = None
    ground: str | None = None
    size: float | None = None
    is_said_here: bool = False

    def judge(self) -> Omitted | None:
        """Why text set so is no part of the text; None where it is."""
        if self.is_hidden or (self.size is not None and self.size < _LEAST_SIZE):
            return Omitted.HIDDEN
        if (
            self.colour
            and self.ground != _UNKNOWN
            and is_unreadable(self.colour, self.ground or "#ffffff")
        ):
            return Omitted.HIDDEN
        return Omitted.STRUCK if self.is_struck else None


@dataclass(slots=True, kw_only=True)
class OdtStyles:
    """The properties that each style says itself, and what it is based on."""

    own: dict[str, dict[str, str]] = field(default_factory=dict)
    based_on: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, roots: Iterable[Element]) -> "OdtStyles":
        """From the roots of `content.xml` and `styles.xml`; the document's own go first."""
        styles = cls()
        for root in roots:
            for style in root.iter(f"{_STYLE}style"):
                name = style.get(f"{_STYLE}name", "")
                if name in styles.own:
                    continue
                found = styles.own[name] = {}
                for kind in _PROPERTIES:
                    for properties in style.findall(f"{_STYLE}{kind}-properties"):
                        found.update(properties.attrib)
                if base := style.get(f"{_STYLE}parent-style-name"):
                    styles.based_on[name] = base
        return styles

    def of(self, node: Element, ground: str | None) -> OdtSetting:
        """How the text of an element is set that stands on `ground`."""
        names = [name for each in _NAMES if (name := node.get(each))]
        found: dict[str, str] = {}
        for name in names:
            found = {**self._whole(name), **found}
        hidden = node.get(f"{TEXT}display") == "none" or node.get(f"{TABLE}visibility") in (
            "collapse",
            "filter",
        )
        if hidden:
            return OdtSetting(is_hidden=True, ground=ground, is_said_here=True)
        return replace(_setting(found, ground), is_said_here=bool(names))

    def _whole(self, name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            found = {**self.own.get(name, {}), **found}
            name = self.based_on.get(name, "")
        return found


def _setting(found: dict[str, str], ground: str | None) -> OdtSetting:
    struck = [found.get(f"{_STYLE}text-line-through-{what}") for what in ("style", "type")]
    background = found.get(f"{_FO}background-color")
    fill = found.get(f"{DRAW}fill")
    if background in (None, "transparent"):
        background = found.get(f"{DRAW}fill-color") if fill == "solid" else ground
    if fill in ("gradient", "bitmap", "hatch") or f"{_STYLE}background-image" in found:
        background = _UNKNOWN
    return OdtSetting(
        is_hidden=found.get(f"{TEXT}display") == "none",
        is_struck=any(value not in (None, "none") for value in struck),
        is_bold=found.get(f"{_FO}font-weight") == "bold",
        colour=found.get(f"{_FO}color"),
        ground=background,
        size=_points(found.get(f"{_FO}font-size", "")),
    )


def _points(text: str) -> float | None:
    try:
        return float(text.removesuffix("pt")) if text.endswith("pt") else None
    except ValueError:
        return None
