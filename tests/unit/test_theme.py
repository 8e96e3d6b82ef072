"""One file of values gives the mail a city's look; a value that cannot be used is told."""

import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.test_compose import ANNA, INVITATION, compose, parse, text_of

from pressutskick.errors import InputError
from pressutskick.mail import Language
from pressutskick.message import colours
from pressutskick.message.model import AttachedFile, Purpose
from pressutskick.message.theme import MAX_LOGO, Theme, fill_subject, read_theme
from pressutskick.message.wire.readback import read_back
from pressutskick.sources.templates import read_templates


def draw_png(width: int = 2, height: int = 1) -> bytes:
    """A picture that every program can show."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x7a\x1f\x5c" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


#: What a designer writes in an hour: at most 20 lines.
DESIGN = """\
accent = "#7a1f5c"
logo = "logo.png"
logo_alt = "Åstads kommuns vapen"
organisation = "Åstads kommun"
address = "Box 1, 123 45 Åstad"
web = "https://www.astad.example/"
privacy = "https://astad.example/personuppgifter"

[sv]
subject = "{headline} ({day}) – {kind} från {organisation}"
footer = ["Vi svarar dygnet runt.", "Ring gärna."]
closing = "Hälsningar"

[en]
subject = "{headline} ({day}) – {kind} from {organisation}"
footer = ["We answer day and night."]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "theme.toml").write_text(DESIGN, "utf-8")
    (folder / "logo.png").write_bytes(draw_png())
    return tmp_path


@pytest.mark.parametrize("purpose", Purpose)
def test_one_short_file_makes_a_city_s_own_mail_in_two_languages(
    workspace: Path, purpose: Purpose
) -> None:
    assert len(DESIGN.splitlines()) <= 20
    for language, closing in ((Language.SWEDISH, "Hälsningar"), (Language.ENGLISH, "Kind regards")):
        release = replace(INVITATION, language=language)
        plan = compose(
            templates=read_templates(workspace), organisation=None, release=release, purpose=purpose
        )
        message = plan.verified_message(ANNA)
        html = text_of(message, "html")
        assert "#0a4f8f" not in html
        assert "#7a1f5c" in html
        assert 'src="cid:logo-light" width="180" alt="Åstads kommuns vapen"' in html
        for part in (html, text_of(message)):
            assert "Åstads kommun, Box 1, 123 45 Åstad" in part
            assert "astad.example/personuppgifter" in part
            assert ("We answer day" if language is Language.ENGLISH else "Vi svarar dygnet") in part
            assert closing in part
        assert message.subject.endswith("från Åstads kommun") is (language is Language.SWEDISH)
        assert "(4/9)" in message.subject or "(4 Sep)" in message.subject


def test_the_logo_travels_inside_and_is_no_attachment(workspace: Path) -> None:
    file = AttachedFile(filename="a.pdf", media_type="application/pdf", content=b"%PDF-")
    message = compose(templates=read_templates(workspace), files=(file,)).verified_message(ANNA)
    parsed = parse(message)
    kinds = [part.get_content_type() for part in parsed.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html",
        "image/png", "application/pdf",
    ]  # fmt: skip
    assert all(not part.defects for part in parsed.walk())
    read = read_back(message)
    assert [each.filename for each in read.files] == ["a.pdf"]
    assert read.pictures[0].content == draw_png()
    assert "cid:" not in read.page
    assert 'src="data:image/png;base64,iVBOR' in read.page


def test_the_dark_counterpart_is_worked_out_and_can_be_read(workspace: Path) -> None:
    html = text_of(compose(templates=read_templates(workspace)).message(ANNA), "html")
    theme = read_templates(workspace).theme
    assert f"color: {theme.accent_dark} !important" in html
    grounds = ("#1c2027", "#3b2f12", theme.tints[1])
    assert colours.least_contrast(theme.accent_dark, grounds) >= 4.5


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True), st.booleans())
def test_the_nearest_colour_passes_whatever_was_wished(colour: str, lighter: bool) -> None:
    grounds = ("#1c2027", "#3b2f12") if lighter else ("#ffffff", "#fff3d6")
    moved = colours.move_to(colour, grounds, colours.LEAST_CONTRAST, lighter=lighter)
    assert colours.least_contrast(moved, grounds) >= colours.LEAST_CONTRAST


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'a = 1\naccent = "#f0b94a"',
            r":2: accent #f0b94a is hard to read: .* passes is #[0-9a-f]{6}",
        ),
        ('accent_dark = "#333333"', ":1: accent_dark #333333 is hard to read"),
        ('accent = "blue"', ":1: accent is a colour such as"),
        ('acent = "#0a4f8f"', "no key acent; did you mean accent"),
        ('logo = "borta.png"', "no file borta.png beside it"),
        ('logo = "logo.svg"', "logo.svg is neither PNG nor JPEG"),
        ('logo = "big.png"', "big.png is larger than 200 kB"),
        ("logo_width = 9000", "pixels from 16 to 536"),
        ('web = "astad.example"', "web must be a whole address"),
        ("address = 7", "address must be a text"),
        ('[sv]\nsubject = "{titel}"', ":2: A subject knows no {titel}; it knows {kind}"),
        ("sv = 3", r"sv is a table: \[sv\]"),
        ("accent = ", r"theme.toml:1: "),
    ],
)
def test_a_value_that_cannot_be_used_is_told_with_its_line(text: str, told: str) -> None:
    pictures = {"logo.svg": b"<svg>", "big.png": b"\x89PNG\r\n\x1a\n" + bytes(MAX_LOGO)}
    with pytest.raises(InputError, match=told):
        read_theme(text, "templates/theme.toml", pictures)


def test_a_word_that_no_template_has_is_told(workspace: Path) -> None:
    (workspace / "templates" / "theme.toml").write_text('[sv]\nclosin = "Hej"', "utf-8")
    with pytest.raises(InputError, match=r"theme\.toml:2: There is no key closin; .* closing"):
        compose(templates=read_templates(workspace))


def test_without_a_file_the_look_is_the_shipped_one() -> None:
    assert read_templates().theme == Theme()


@pytest.mark.parametrize(
    ("pattern", "subject"),
    [
        ("{headline} ({day})", "Bron öppnar"),
        ("{day} {headline}", "Bron öppnar"),
        ("{headline} {{x}}", "Bron öppnar {}"),
    ],
)
def test_a_subject_without_a_day_leaves_nothing_behind(pattern: str, subject: str) -> None:
    assert fill_subject(pattern, {"headline": "Bron öppnar", "day": ""}) == subject
