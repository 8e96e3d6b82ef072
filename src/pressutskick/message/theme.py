"""A look of one's own in one file of values, `theme.toml`: colours, logo, footer, words.

Reads the text and judges it; reads no file. `docs/templates.md` lists the keys.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pressutskick.errors import InputError, Origin, Problem, Severity
from pressutskick.mail import Language
from pressutskick.message import colours
from pressutskick.message.headline import clean_line
from pressutskick.sentences import Sentence, say

FILE = "theme.toml"
#: Grounds of the shipped look on which a coloured text may stand; the tint comes beside them.
_LIGHT_GROUNDS = ("#ffffff", "#fff3d6")
_DARK_SHEET = "#1c2027"
_DARK_GROUNDS = (_DARK_SHEET, "#3b2f12")
_TINT, _DARK_TINT = 0.07, 0.1
_COLOURS = ("accent", "accent_dark")
_TEXTS = ("organisation", "address", "logo_alt")
_LINKS = ("web", "privacy")
#: The keys of pictures, and what the HTML part calls them; no name begins another.
_PICTURES = {"logo": "logo-light", "logo_dark": "logo-dark"}
_LANGUAGES = tuple(str(language) for language in Language)
_KEYS = (*_COLOURS, *_TEXTS, *_LINKS, *_PICTURES, "logo_width", *_LANGUAGES)
#: What a `subject` of one's own may name.
SUBJECT_PARTS = ("kind", "headline", "day", "place", "organisation")
_LOGO_WIDTHS = range(16, 537)
#: A logo goes out with every message.
MAX_LOGO = 200 * 1024
_MAGIC = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that goes in the mail itself: its `cid:` name, media type and bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The values; what `theme.toml` leaves out is as shipped, or empty.

    `words` are by language, then by name; `footer` and `subject` are among them.
    """

    accent: str = "#0a4f8f"
    accent_dark: str = "#8fc6ff"
    organisation: str = ""
    address: str = ""
    web: str = ""
    privacy: str = ""
    logo: Picture | None = None
    logo_dark: Picture | None = None
    logo_alt: str = ""
    logo_width: int = 180
    words: Mapping[Language, Mapping[str, str]] = field(default_factory=dict)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """What every mail carries."""
        return tuple(each for each in (self.logo, self.logo_dark) if each is not None)

    @property
    def tints(self) -> tuple[str, str]:
        """The ground of the facts, light and dark: a breath of the accent."""
        return (
            colours.mix(self.accent, "#ffffff", _TINT),
            colours.mix(self.accent_dark, _DARK_SHEET, _DARK_TINT),
        )


def read_theme(text: str, file: str, pictures: Mapping[str, bytes]) -> Theme:
    """The theme in `text`; `pictures` holds the files beside it by name.

    Raises:
        InputError: it is no TOML, or some values cannot be used; tells all of them with their
            lines.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise _refuse([_problem(file, line, say("{reason}", reason=error))]) from error
    reader = _Reader(table, pictures)
    theme = reader.read()
    if reader.faults:
        raise _refuse(
            _problem(file, _find_line(text, key), sentence) for key, sentence in reader.faults
        )
    return theme


def _refuse(problems: Iterable[Problem]) -> InputError:
    return InputError(
        problems=problems, remedy=say("Mend the file; docs/templates.md lists its keys.")
    )


def _problem(file: str, line: int | None, sentence: Sentence) -> Problem:
    return Problem(
        code="theme",
        severity=Severity.ERROR,
        sentence=sentence,
        origin=Origin(file=file, line=line),
    )


def _find_line(text: str, key: str) -> int | None:
    """The line of `accent`, or of `sv.footer`: the first `footer` below `[sv]`."""
    table, _, name = key.rpartition(".")
    at = 0
    lines = text.split("\n")
    if table:
        at = next((n for n, line in enumerate(lines) if line.strip() == f"[{table}]"), 0)
    wanted = re.compile(rf"\s*(?:\[?{re.escape(name)}\]?\s*(?:=|$))")
    return next((n for n, line in enumerate(lines, 1) if n > at and wanted.match(line)), None)


class _Reader:
    """Takes the values out one by one; `faults` are (key, what is wrong)."""

    def __init__(self, table: Mapping[str, Any], pictures: Mapping[str, bytes]) -> None:
        self._table = table
        self._pictures = pictures
        self.faults: list[tuple[str, Sentence]] = []

    def read(self) -> Theme:
        for key in self._table:
            if key not in _KEYS:
                self._fault(key, _unknown(key, _KEYS))
        values: dict[str, Any] = {**self._read_texts(), **self._read_pictures()}
        values |= self._read_colours()
        words = {language: dict(self._read_words(language)) for language in Language}
        return Theme(**values, words={language: each for language, each in words.items() if each})

    def _fault(self, key: str, sentence: Sentence) -> None:
        self.faults.append((key, sentence))

    def _read_texts(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key in (*_TEXTS, *_LINKS):
            value = self._table.get(key)
            if value is None:
                continue
            if not isinstance(value, str):
                self._fault(key, say("{key} must be a text in quotation marks.", key=key))
            elif key in _LINKS and not re.match(r"https?://[^\s\"'<>]+\Z", value):
                self._fault(key, say("{key} must be a whole address: https://…", key=key))
            else:
                found[key] = clean_line(value)
        width = self._table.get("logo_width", 180)
        if not isinstance(width, int) or width not in _LOGO_WIDTHS:
            self._fault("logo_width", say("logo_width is a number of pixels from 16 to 536."))
        else:
            found["logo_width"] = width
        return found

    def _read_pictures(self) -> dict[str, Picture]:
        found = {}
        for key, called in _PICTURES.items():
            name = self._table.get(key)
            if name is None:
                continue
            content = self._pictures.get(str(name))
            media_type = _judge_picture(content) if content is not None else None
            if content is None:
                self._fault(key, say("There is no file {name} beside it.", name=name))
            elif len(content) > MAX_LOGO:
                limit = MAX_LOGO // 1024
                self._fault(
                    key,
                    say(
                        "{name} is larger than {limit} kB, and it would go out with every mail; "
                        "save it smaller.",
                        name=name,
                        limit=limit,
                    ),
                )
            elif media_type is None:
                self._fault(
                    key,
                    say(
                        "{name} is neither PNG nor JPEG, and no other picture is shown by all "
                        "mail programs; save it as PNG.",
                        name=name,
                    ),
                )
            else:
                found[key] = Picture(name=called, media_type=media_type, content=content)
        return found

    def _read_colours(self) -> dict[str, str]:
        """Both, the dark one worked out where it is not given; each must be readable."""
        found = {}
        for key in _COLOURS:
            value = self._table.get(key)
            if value is not None and not re.fullmatch(r"#[0-9a-fA-F]{6}", str(value)):
                self._fault(key, say('{key} is a colour such as "#0a4f8f".', key=key))
            elif value is not None:
                found[key] = str(value).lower()
        if "accent" in found and "accent_dark" not in self._table:
            found["accent_dark"] = colours.move_to(
                found["accent"], _DARK_GROUNDS, colours.GOOD_CONTRAST, lighter=True
            )
        for key, colour in found.items():
            self._judge_contrast(key, colour, is_dark=key == "accent_dark")
        return found

    def _judge_contrast(self, key: str, colour: str, *, is_dark: bool) -> None:
        ground = _DARK_SHEET if is_dark else "#ffffff"
        tint = colours.mix(colour, ground, _DARK_TINT if is_dark else _TINT)
        grounds = (*(_DARK_GROUNDS if is_dark else _LIGHT_GROUNDS), tint)
        found = colours.least_contrast(colour, grounds)
        if found < colours.LEAST_CONTRAST:
            near = colours.move_to(colour, grounds, colours.LEAST_CONTRAST, lighter=is_dark)
            self._fault(
                key,
                say(
                    "{key} {colour} is hard to read: its contrast is {found} to 1, and 4.5 is "
                    "needed. The nearest colour that passes is {near}.",
                    key=key,
                    colour=colour,
                    found=f"{found:.1f}",
                    near=near,
                ),
            )

    def _read_words(self, language: Language) -> Iterator[tuple[str, str]]:
        table = self._table.get(str(language), {})
        if not isinstance(table, Mapping):
            self._fault(str(language), say("{key} is a table: [{key}]", key=language))
            return
        for name, value in table.items():
            lines = value if isinstance(value, list) and name == "footer" else [value]
            if not all(isinstance(line, str) for line in lines):
                key = f"{language}.{name}"
                self._fault(key, say("{key} must be a text in quotation marks.", key=name))
                continue
            text = "\n".join(map(clean_line, lines))
            if name == "subject":
                self._judge_subject(f"{language}.{name}", text)
            yield name, text

    def _judge_subject(self, key: str, text: str) -> None:
        for part in re.findall(r"\{([^{}]*)\}", text):
            if part not in SUBJECT_PARTS:
                parts = ", ".join(f"{{{each}}}" for each in SUBJECT_PARTS)
                self._fault(
                    key,
                    say(
                        "A subject knows no {part}; it knows {parts}.",
                        part=f"{{{part}}}",
                        parts=parts,
                    ),
                )


def _unknown(key: str, known: Iterable[str]) -> Sentence:
    near = get_close_matches(key, list(known), 1, 0.6)
    if near:
        return say("There is no key {key}; did you mean {near}?", key=key, near=near[0])
    return say("There is no key {key}.", key=key)


def _judge_picture(content: bytes) -> str | None:
    return next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), None)


def refuse_word(text: str, file: str, key: str, known: Iterable[str]) -> InputError:
    """What `[sv] pressmedelande = …` is answered: no template has such a word."""
    return _refuse([_problem(file, _find_line(text, key), _unknown(key.rpartition(".")[2], known))])


def view_theme(
    theme: Theme, language: Language, organisation: str, parts: Mapping[str, str]
) -> dict[str, object]:
    """`theme` as templates see it; `parts` are what a subject of one's own is filled with."""
    tint, tint_dark = theme.tints
    own = theme.words.get(language, {})
    return {
        "accent": theme.accent,
        "accent_dark": theme.accent_dark,
        "tint": tint,
        "tint_dark": tint_dark,
        "logo": f"cid:{theme.logo.name}" if theme.logo else "",
        "logo_dark": f"cid:{theme.logo_dark.name}" if theme.logo_dark else "",
        "logo_alt": theme.logo_alt or organisation,
        "logo_width": theme.logo_width,
        "address": theme.address,
        "web": theme.web,
        "web_text": re.sub(r"\Ahttps?://(?:www\.)?|/\Z", "", theme.web),
        "privacy": theme.privacy,
        "footer": [line for line in own.get("footer", "").split("\n") if line],
        "subject": fill_subject(own.get("subject", ""), parts),
    }


def fill_subject(pattern: str, parts: Mapping[str, str]) -> str:
    """`{headline} ({day})` with the values; what is empty leaves no brackets behind."""
    text = re.sub(r"\{(\w+)\}", lambda match: parts.get(match[1], ""), pattern)
    return " ".join(re.sub(r"\(\s*\)", "", text).split())
