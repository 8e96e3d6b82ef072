"""docs/templates.md lists what templates may use; the shipped templates keep their promises."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.test_compose import ANNA, INVITATION, TEMPLATES, compose

from pressutskick.mail import Language
from pressutskick.message.colours import GOOD_CONTRAST, least_contrast
from pressutskick.message.headline import KIND_WORDS
from pressutskick.message.model import AttachedFile, Change, ChangedField, Purpose
from pressutskick.message.rendering import make_renderer
from pressutskick.message.wire.readback import read_back
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
    rows = re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    assert told == set(list_names(variables, ""))


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


def list_colours(html: str) -> Iterator[tuple[set[str], set[str]]]:
    """Colours of texts and of grounds: inline, which are the light ones, then of the dark sheet."""
    head, _, body = html.partition("<body")
    dark = head.partition("prefers-color-scheme: dark")[2].partition("</style>")[0]
    for source in (body, dark):
        texts = set(re.findall(r"(?<!-)color: ?(#[0-9a-f]{6})", source))
        yield texts, set(re.findall(r"background-color: ?(#[0-9a-f]{6})", source))


@pytest.mark.parametrize("purpose", Purpose)
def test_text_stands_out_from_its_ground_in_light_and_dark(purpose: Purpose) -> None:
    """WCAG 2.1 AAA: 7 to 1 for every pair of a text colour and a ground it may stand on."""
    html = read_back(compose(release=FULL, purpose=purpose).message(ANNA)).html
    for texts, grounds in list_colours(html):
        assert len(texts) >= 3
        assert len(grounds) >= 3
        for text in texts:
            assert least_contrast(text, grounds) >= GOOD_CONTRAST, text


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
