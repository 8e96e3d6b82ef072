"""How a Word document sets its characters: what of it can be seen, and what is struck through.

Formatting comes from the document's defaults, the styles of table, paragraph and characters, each
with what it is based on, and the run itself (ECMA-376 part 1, 17.7). `vanish` and `strike` toggle:
two styles that both say it cancel each other (17.7.3); what the run says holds as it stands.
"""

from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from pressutskick.sources.documents.colours import is_unreadable
from pressutskick.sources.documents.leftout import Omitted

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")
#: Half points; nobody reads text of one point.
_UNREADABLE_SIZE = 3
_HIGHLIGHTS = {"white": "ffffff", "black": "000000", "yellow": "ffff00"}
#: A ground that is coloured, in a way that is not looked into.
UNKNOWN_GROUND = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How characters are set: what is said, None where nothing is."""

    vanish: bool | None = None
    strike: bool | None = None
    dstrike: bool | None = None
    colour: str | None = None
    ground: str | None = None
    size: int | None = None

    def over(self, base: "Setting") -> "Setting":
        """This setting, with `base` where it says nothing."""
        return Setting(
            **{
                name: mine if (mine := getattr(self, name)) is not None else getattr(base, name)
                for name in Setting.__dataclass_fields__
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a run stands in: the styles of its paragraph and table, and the colour behind it.

    `omitted` is why all of it is left out, None where it is not.
    """

    paragraph: str | None = None
    table: str | None = None
    ground: str | None = None
    omitted: Omitted | None = None


@dataclass(slots=True, kw_only=True)
class WordStyles:
    """The styles of one document, by their ids."""

    defaults: Setting = Setting()
    own: dict[str, Setting] = field(default_factory=dict)
    based_on: dict[str, str] = field(default_factory=dict)
    default_paragraph: str | None = None

    @classmethod
    def read(cls, root: Element) -> "WordStyles":
        """From the root of `styles.xml`."""
        styles = cls()
        if (base := root.find(f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr")) is not None:
            styles.defaults = read_setting(base)
        for style in root.iter(f"{WORD}style"):
            styles._add(style)
        return styles

    def _add(self, style: Element) -> None:
        name = style.get(f"{WORD}styleId", "")
        found = read_setting(style.find(f"{WORD}rPr"))
        ground = ground_of(style.find(f"{WORD}pPr"))
        is_table = style.get(f"{WORD}type") == "table"
        if is_table and style.find(f".//{WORD}shd") is not None:
            ground = UNKNOWN_GROUND
        self.own[name] = found.over(Setting(ground=ground))
        if (base := style.find(f"{WORD}basedOn")) is not None:
            self.based_on[name] = base.get(f"{WORD}val", "")
        is_default = style.get(f"{WORD}default") in ("1", "true", "on")
        if is_default and style.get(f"{WORD}type") == "paragraph":
            self.default_paragraph = name

    def of(self, name: str | None) -> Setting:
        """What a style says, with all that it is based on."""
        found, seen = Setting(), set[str]()
        while name is not None and name not in seen:
            seen.add(name)
            found = found.over(self.own.get(name, Setting()))
            name = self.based_on.get(name)
        return found

    def settle(self, properties: Element | None, around: Surroundings) -> Setting:
        """How a run with these properties is set."""
        direct = read_setting(properties)
        layers = [
            self.of(_value(properties, "rStyle")),
            self.of(around.paragraph or self.default_paragraph),
            self.of(around.table),
        ]
        found = direct
        for layer in (*layers, self.defaults):
            found = found.over(layer)
        return replace(
            found,
            vanish=self._toggled("vanish", direct, layers),
            strike=self._toggled("strike", direct, layers),
            ground=found.ground if found.ground is not None else around.ground,
        )

    def _toggled(self, name: str, direct: Setting, layers: list[Setting]) -> bool:
        """A switch that two styles which both throw it leave where it was."""
        own: bool | None = getattr(direct, name)
        if own is not None:
            return own
        thrown = sum(bool(getattr(layer, name)) for layer in layers)
        return bool(getattr(self.defaults, name)) or thrown % 2 == 1


def read_setting(properties: Element | None) -> Setting:
    """What a `w:rPr` says itself."""
    if properties is None:
        return Setting()
    size = _value(properties, "sz") or ""
    highlight = _value(properties, "highlight")
    ground = shade_of(properties)
    if highlight and highlight != "none":
        ground = _HIGHLIGHTS.get(highlight, UNKNOWN_GROUND)
    return Setting(
        vanish=switch_of(properties, "vanish"),
        strike=switch_of(properties, "strike"),
        dstrike=switch_of(properties, "dstrike"),
        colour=_colour(properties),
        ground=ground,
        size=int(size) if size.isdigit() else None,
    )


def is_hidden(setting: Setting) -> bool:
    """Whether nobody can see the characters on the page."""
    if setting.vanish or (setting.size is not None and setting.size <= _UNREADABLE_SIZE):
        return True
    if setting.ground == UNKNOWN_GROUND or setting.colour in (None, "auto"):
        return False
    return is_unreadable(setting.colour or "", setting.ground or "ffffff")


def ground_of(properties: Element | None) -> str | None:
    """The colour behind a paragraph, cell or table, from its properties."""
    return None if properties is None else shade_of(properties)


def shade_of(properties: Element) -> str | None:
    """The colour of a `w:shd`."""
    shade = properties.find(f"{WORD}shd")
    if shade is None:
        return None
    pattern = shade.get(f"{WORD}val", "clear")
    fill = shade.get(f"{WORD}fill", "auto")
    if pattern not in ("clear", "nil"):
        return UNKNOWN_GROUND
    if fill == "auto":
        return UNKNOWN_GROUND if shade.get(f"{WORD}themeFill") else None
    return fill


def _colour(properties: Element) -> str | None:
    colour = properties.find(f"{WORD}color")
    if colour is None:
        return None
    value = colour.get(f"{WORD}val", "auto")
    # A theme's first background is the paper.
    if value == "auto" and colour.get(f"{WORD}themeColor") in ("background1", "light1"):
        return "ffffff"
    return value


def _value(properties: Element | None, name: str) -> str | None:
    found = None if properties is None else properties.find(f"{WORD}{name}")
    return None if found is None else found.get(f"{WORD}val")


def switch_of(properties: Element, name: str) -> bool | None:
    """Whether a property is on (17.17.4, also without a value); None where it is not said."""
    found = properties.find(f"{WORD}{name}")
    return None if found is None else found.get(f"{WORD}val", "1").lower() not in _OFF
