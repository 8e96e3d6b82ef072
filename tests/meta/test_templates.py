"""docs/templates.md lists what templates may use; the shipped templates keep their promises."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.test_compose import ANNA, INVITATION, TEMPLATES, compose

from pressutskick.mail import Language
from pressutskick.message.headline import KIND_WORDS
from pressutskick.message.model import AttachedFile, Change, ChangedField, Purpose
from pressutskick.message.readback import read_back
from pressutskick.message.rendering import make_renderer
from pressutskick.release.model import Contact, Event, Kind, Session

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "templates.md").read_text("utf-8")
LANGUAGES = ("sv", "en", "no", "da")
FULL = replace(
    INVITATION,
    event=Event(sessions=(Session(),)),
    contacts=(Contact(phones=("031-390 06 81",), emails=("a@exempelstad.example",)),),
)


def list_names(view: object, name: str) -> Iterator[str]:
    """`release.title`, `contacts[].phones[].text`."""
    if isinstance(view, dict) and not name.endswith("extra"):
        for key, value in view.items():
            yield from list_names(value, f"{name}.{key}" if name else key)
    elif isinstance(view, list) and view and isinstance(view[0], dict):
        yield from list_names(view[0], f"{name}[]")
    else:
        yield name


def test_every_variable_is_documented_and_no_other() -> None:
    plan = compose(
        release=FULL,
        files=(AttachedFile(filename="a.pdf", media_type="application/pdf", content=b""),),
        changes=(Change(field=ChangedField.PLACE, before="a", after="b"),),
    )
    variables = {**plan.variables(ANNA), "words": "", "style": ""}
    section = DOCUMENT.partition("## Variables")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)) == set(
        list_names(variables, "")
    )


def test_every_macro_is_documented_with_its_arguments() -> None:
    section = DOCUMENT.partition("## Macros")[2].partition("\n## ")[0]
    told = set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))
    words = make_renderer(TEMPLATES).words("words.sv.j2").text
    macros = {name: macro for name, macro in words.items() if callable(macro)}
    assert told == {f"{name}({', '.join(each.arguments)})" for name, each in macros.items()}


def test_every_file_is_documented() -> None:
    table = DOCUMENT.partition("| file |")[2].partition("\n\n")[0]
    told = set(re.findall(r"`([a-z.]+\.j2)`", table))
    assert told == {path.name for path in (ROOT / "templates").glob("*.j2")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language: str) -> None:
    renderer = make_renderer(TEMPLATES)
    swedish, other = (renderer.words(f"words.{each}.j2").text for each in ("sv", language))
    assert swedish.keys() == other.keys()
    assert {f"changed_{field}" for field in ChangedField} <= other.keys()
    assert {kind: other[kind] for kind in Kind} == KIND_WORDS[Language(language)]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_stands_out_from_its_ground_in_light_and_dark() -> None:
    """WCAG 2.1 AA: 4.5 to 1 for every pair of a text colour and a ground it may stand on."""
    styles = "".join(make_renderer(TEMPLATES).words("styles.j2").texts().values())
    sheet = TEMPLATES.find("base.html.j2")
    assert sheet is not None
    dark = sheet.text.partition("prefers-color-scheme: dark")[2].partition("</style>")[0]
    for source, least in ((styles, 3), (dark, 3)):
        texts = set(re.findall(r"(?<!-)color: ?(#[0-9a-f]{6})", source))
        grounds = set(re.findall(r"background-color: ?(#[0-9a-f]{6})", source))
        assert len(texts) >= least
        assert len(grounds) >= least
        assert min(contrast(text, ground) for text in texts for ground in grounds) >= 4.5


@pytest.mark.parametrize("purpose", Purpose)
def test_the_html_is_a_well_made_mail(purpose: Purpose) -> None:
    html = read_back(compose(release=FULL, purpose=purpose).message(ANNA)).html
    tables = re.findall(r"<table[^>]*>", html)
    assert all('role="presentation"' in table or "aria-label=" in table for table in tables)
    assert all("scope=" in cell for cell in re.findall(r"<th[^>]*>", html))
    assert '<html lang="sv" dir="ltr"' in html
    assert "<title>" in html
    assert html.count("<h1") == 1
    assert not re.search(r"<(?:script|link|img|iframe)|src=|url\(|@import", html)
    sizes = [int(size) for size in re.findall(r"font-size:(\d+)px", html.partition("<body")[2])]
    # The hidden preview line.
    assert {size for size in sizes if size < 16} == {1}
    links = set(re.findall(r'href="([a-z]+):', html))
    assert links <= {"mailto", "tel", "https", "http"}
