"""Markdown as e-mail: clean HTML, and text without a trace of markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.message.markdown import find_dead_links, render_html, render_text

DOCUMENT = """\
### Program

- **10.00** Välkommen
- 10.20 [Karta](https://example.org/karta)
  - vid bryggan

1. ett
2. två

| tid | vad |
| --- | --- |
| 10 | tal |

[a@b.example](mailto:a@b.example) och <https://example.org>
nästa rad
"""


def test_the_text_has_structure_and_no_markup() -> None:
    assert render_text(DOCUMENT) == (
        "PROGRAM\n\n"
        "• 10.00 Välkommen\n• 10.20 Karta (https://example.org/karta)\n  • vid bryggan\n\n"
        "1. ett\n2. två\n\n"
        "tid – vad\n10 – tal\n\n"
        "a@b.example och https://example.org nästa rad"
    )


def test_the_highest_heading_is_h2_and_styles_are_inline() -> None:
    html = render_html(DOCUMENT, {"h2": "margin:0", "li": "x"})
    assert '<h2 style="margin:0">Program</h2>' in html
    assert html.count('<li style="x">') == 5


@pytest.mark.parametrize(
    "source",
    [
        "<script>x</script>",
        "[x](javascript:alert)",
        "[x](//elsewhere.example)",
        "[x](data:text/html,a)",
        "![x](https://example.org/x.png)",
        "<img src=x onerror=y>",
        "[x](relative/path)",
        "[x](file:///etc/hosts)",
    ],
)
def test_nothing_active_or_remote_gets_through(source: str) -> None:
    html = render_html(source, {})
    assert not re.search(r"<(?:script|img)", html)
    # Words of a picture may stay a link that somebody chooses to follow.
    assert set(re.findall(r'href="([^"]*)"', html)) <= {"https://example.org/x.png"}


def test_a_picture_becomes_a_link_with_its_words() -> None:
    source = "![Karta över torget](https://example.org/karta.png)"
    assert ">Karta över torget</a>" in render_html(source, {})
    assert "!" not in render_html(source, {})
    assert render_text(source) == "Karta över torget (https://example.org/karta.png)"


@given(st.text(max_size=200) | st.text("#*-_[]()<>`|1.\\n\\t &", max_size=200))
def test_any_text_is_read_and_only_known_tags_come_out(source: str) -> None:
    render_text(source)
    known = (
        "p a ul ol li strong em br hr blockquote code pre del h2 h3 h4 table thead tbody tr th td"
    )
    assert set(re.findall(r"</?([a-z][a-z0-9]*)", render_html(source, {}))) <= set(known.split(" "))


@pytest.mark.parametrize(
    ("source", "href", "words"),
    [
        ("Se https://a.example/b.", "https://a.example/b", "https://a.example/b"),
        (
            "(https://a.example/b?c=d&e=f)",
            "https://a.example/b?c=d&amp;e=f",
            "a.example/b?c=d&e=f)",
        ),
        ("Skriv till bo@a.example, tack", "mailto:bo@a.example", "bo@a.example, tack"),
        ("https://a.example/å", "https://a.example/%C3%A5", "https://a.example/å"),
    ],
)
def test_a_bare_address_becomes_a_link_and_stands_once_in_the_text(
    source: str, href: str, words: str
) -> None:
    assert f'<a href="{href}">' in render_html(source, {})
    assert words in render_text(source)
    assert "(https" not in render_text(source).replace(source, "")


@pytest.mark.parametrize(
    "source",
    [
        "[se https://b.example här](https://a.example)",
        "`https://b.example`",
        "javascript:https",
        "a@b",
        "x@@b.example",
    ],
)
def test_what_is_linked_already_or_is_code_or_no_address_is_left_alone(source: str) -> None:
    made = render_html(source, {})
    assert "b.example" not in "".join(re.findall(r'href="([^"]*)"', made))


def test_a_heading_always_heads_something() -> None:
    source = "## VAD\n\n## VEM\n\nText.\n\n###\n\n## Välkomna"
    assert render_html(source, {}).split("\n")[:-1] == [
        "<p>VAD</p>", "<h2>VEM</h2>", "<p>Text.</p>", "<p>Välkomna</p>",
    ]  # fmt: skip
    assert render_text(source) == "VAD\n\nVEM\n\nText.\n\nVälkomna"


def test_a_link_that_leads_nowhere_from_a_mail_is_its_words() -> None:
    source = "![Bron](bro.jpg), [program](program.pdf) och [kartan](https://astad.example/karta)"
    html = render_html(source, {})
    assert html == '<p>Bron, program och <a href="https://astad.example/karta">kartan</a></p>\n'
    assert render_text(source) == "Bron, program och kartan (https://astad.example/karta)"
    assert find_dead_links(source) == ("bro.jpg", "program.pdf")
