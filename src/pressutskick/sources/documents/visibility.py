"""What a reader of a web page or HTML mail sees of an element, by its tag, attributes and style.

Styles of the page's own sheet have been written into the elements before (`markup`). What an
element hides for good is told by `what_is_left_out`; colour, size and visibility are inherited and
can be taken back by a child, so that they are judged where the text stands (`Look`).
"""

import re
from dataclasses import dataclass, replace

from pressutskick.sources.documents.colours import is_transparent, is_unreadable, read_colour
from pressutskick.sources.documents.leftout import MARK_CLASS, Omitted

#: Class, id and role words of what stands around a newsroom's text.
_CHROME = re.compile(
    r"(?i)(^|[\s_-])(cookies?|consent|gdpr|share|sharing|social|breadcrumbs?|skip|skiplinks?"
    r"|sr-only|visually-hidden|screen-reader-text|screenreader|related|newsletter|subscribe"
    r"|pagination|navbar|navigation|menu|banner|search|contentinfo|topics|tags|categories"
    r"|print-only|no-print|toolbar|feedback)($|[\s_-])"
)
_NEVER_CHROME = {"body", "main", "article"}
_TAGS = {
    "s": Omitted.STRUCK, "strike": Omitted.STRUCK, "del": Omitted.STRUCK,
    "nav": Omitted.FURNITURE, "button": Omitted.FURNITURE, "dialog": Omitted.FURNITURE,
    "select": Omitted.FORM, "textarea": Omitted.FORM, "input": Omitted.FORM,
    "iframe": Omitted.EMBEDDED, "object": Omitted.EMBEDDED, "audio": Omitted.EMBEDDED,
    "video": Omitted.EMBEDDED, "math": Omitted.EMBEDDED, "embed": Omitted.EMBEDDED,
    "svg": Omitted.PICTURE, "img": Omitted.PICTURE,
}  # fmt: skip
LEFT_OUT_TAGS = frozenset(_TAGS)
_UNDISPLAYED = re.compile(
    r"(?i)(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all|opacity\s*:\s*0*\.?0*%?\s*(?:;|$|!)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|right|top)\s*:\s*-\d{4,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)"
    r"|clip-path\s*:\s*inset\(\s*(?:50|100)%)"
)
_NO_EXTENT = re.compile(r"(?i)(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*0*[01]?(?:px)?\s*(?:;|$|!)")
_CUT_OFF = re.compile(r"(?i)(?:^|;)\s*overflow(?:-[xy])?\s*:\s*(?:hidden|clip)")
#: In px or pt; anything smaller than this is there not to be read.
_LEAST_SIZE = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How text looks here; `ground` is empty where it is not known."""

    colour: str = "000000"
    ground: str = "ffffff"
    is_visible: bool = True
    is_large_enough: bool = True

    def can_be_read(self) -> bool:
        """Whether a reader of the page would see it."""
        return (
            self.is_visible
            and self.is_large_enough
            and not is_transparent(self.colour)
            and not (self.ground and is_unreadable(self.colour, self.ground))
        )

    def within(self, attributes: dict[str, str]) -> "Look":
        """The look of an element with these attributes that stands here."""
        style = attributes.get("style", "")
        look = self
        if colour := _property(style, "color") or attributes.get("color"):
            look = replace(look, colour=self.colour if colour == "inherit" else colour)
        if ground := _ground(style, attributes):
            look = replace(look, ground=self.ground if ground == "inherit" else _known(ground))
        if visibility := _property(style, "visibility"):
            look = replace(look, is_visible=visibility not in ("hidden", "collapse"))
        if size := _property(style, "font-size"):
            look = replace(look, is_large_enough=_is_large_enough(size))
        return look


def what_is_left_out(tag: str, attributes: dict[str, str]) -> Omitted | None:
    """What an element is, if all of it is no part of the text."""
    if marked := re.search(rf"{MARK_CLASS}([a-z]+)", attributes.get("class", "")):
        return Omitted(marked[1]) if marked[1] in set(Omitted) else None
    style = attributes.get("style", "")
    if "hidden" in attributes or _UNDISPLAYED.search(style):
        return Omitted.HIDDEN
    if _NO_EXTENT.search(style) and _CUT_OFF.search(style):
        return Omitted.HIDDEN
    decoration = _property(style, "text-decoration-line") or _property(style, "text-decoration")
    if "line-through" in (decoration or ""):
        return Omitted.STRUCK
    if tag in _TAGS and not (_TAGS[tag] is Omitted.STRUCK and decoration):
        return _TAGS[tag] if _is_there(tag, attributes) else None
    if attributes.get("aria-hidden") == "true":
        return Omitted.FURNITURE
    words = " ".join(attributes.get(key, "") for key in ("class", "id", "role"))
    is_chrome = tag not in _NEVER_CHROME and _CHROME.search(words) is not None
    return Omitted.FURNITURE if is_chrome else None


def _is_there(tag: str, attributes: dict[str, str]) -> bool:
    """Not a counting pixel, nor a field that only the page's program sees."""
    if tag == "input":
        return attributes.get("type", "text") not in ("hidden", "submit", "button", "image")
    return not (tag == "img" and {attributes.get(key) for key in ("width", "height")} & {"0", "1"})


def _property(style: str, name: str) -> str | None:
    """The last word of a style on one property, small and without `!important`."""
    found = re.findall(rf"(?i)(?:^|;)\s*{name}\s*:\s*([^;]{{1,200}})", style)
    return found[-1].partition("!")[0].strip().casefold() if found else None


def _ground(style: str, attributes: dict[str, str]) -> str | None:
    image = _property(style, "background-image")
    if (image and image != "none") or attributes.get("background"):
        return "image"
    shorthand = _property(style, "background")
    colour = _property(style, "background-color") or attributes.get("bgcolor")
    if shorthand and ("url(" in shorthand or "gradient" in shorthand):
        return "image"
    words = re.findall(r"rgba?\([^()]*\)|[#\w]+", shorthand or "")
    return colour or next((word for word in words if read_colour(word)), None) or shorthand


def _known(ground: str) -> str:
    """A colour that can be reckoned with; nothing for pictures and unknown names."""
    if ground in ("none", "transparent", "initial"):
        return ""
    return ground if read_colour(ground) else ""


def _is_large_enough(size: str) -> bool:
    number = re.match(r"(\d{0,4}\.?\d{0,4})(px|pt|em|rem|%)?$", size)
    if number is None or not number[1].strip("."):
        return True
    value = float(number[1])
    return value >= _LEAST_SIZE if number[2] in ("px", "pt", None) else value > 0
