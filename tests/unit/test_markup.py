"""HTML becomes Markdown lines: structure kept, the page around it dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.sources.documents.leftout import LeftOutNotes
from pressutskick.sources.documents.markup import convert_html as convert
from pressutskick.sources.documents.noise import drop_noise


def convert_html(html: str) -> str:
    notes = LeftOutNotes()
    return notes.settle(convert(html, notes)).text


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h2>Rubrik <b>fet</b></h2><p>Text</p>", "## Rubrik fet\n\nText"),
        ("<p>Ett<br>två</p>", "Ett\ntvå"),
        ("<p><strong>Tid: </strong>10.00</p>", "**Tid:** 10.00"),
        ("<p><b>Tid:<br>Plats:</b></p>", "**Tid:**\n**Plats:**"),
        ("<ul><li>ett</li><li>två<ul><li>inre</li></ul></li></ul>", "- ett\n- två\n  - inre"),
        ("<ol><li><p>ett</p></li></ol>", "1. ett"),
        ('<a href="https://example.org/x">Läs mer</a>', "[Läs mer](https://example.org/x)"),
        ('<a href="mailto:a@example.org">a@example.org</a>', "a@example.org"),
        ('<a href="https://example.org/">example.org</a>', "example.org"),
        ('<a href="/lokal">Läs</a> <a href="javascript:x()">mer</a>', "Läs mer"),
        ('<a href="tel:+4631390611">031-39 06 11</a>', "031-39 06 11"),
        ("<div>ett<div>två</div>tre</div>", "ett\n\ntvå\n\ntre"),
        ("a &amp; b &lt;c&gt;&nbsp;d", "a & b <c> d"),
        ("<table><tr><td>Tid</td><td>10.00</td></tr></table>", "Tid: 10.00"),
        (
            (
                "<table><tr><th>Dag</th><th>Tid</th><th>Plats</th></tr>"
                "<tr><td>4 maj</td><td>10</td><td>A</td></tr></table>"
            ),
            "| Dag | Tid | Plats |\n| --- | --- | --- |\n| 4 maj | 10 | A |",
        ),
        ("<table role=presentation><tr><td><p>Ett</p><p>Två</p></td></tr></table>", "Ett\nTvå"),
        ("<p>kvar</p><script>x()</script><style>p{}</style><nav>meny</nav>", "kvar"),
        ('<p>kvar</p><div class="cookie-banner">kakor</div><p hidden>dold</p>', "kvar"),
        ('<p>kvar</p><p style="display:none">dold</p><!-- not -->', "kvar"),
        ("<p>Socialt</p><div class='socialforvaltning'>kvar</div>", "Socialt\n\nkvar"),
    ],
)
def test_each_structure_has_its_markdown(html: str, markdown: str) -> None:
    assert convert_html(html) == markdown


def test_a_page_with_a_main_part_is_read_from_it() -> None:
    main = "<p>" + "Inbjudan till invigning. " * 30 + "</p>"
    page = f"<body><header><p>Logotyp</p></header><main>{main}</main><p>Fot</p></body>"
    assert convert_html(page) == "Inbjudan till invigning. " * 29 + "Inbjudan till invigning."


def test_chrome_lines_and_doubled_captions_are_dropped() -> None:
    text = "# Rubriken är lång\n\nRubriken är lång\n\nDela\n\nReport this content\n\nText\n"
    notes = LeftOutNotes()
    settled = notes.settle(drop_noise(text, notes))
    assert settled.text == "# Rubriken är lång\n\nText\n"
    assert [one.words for one in settled.left_out] == ["Dela", "Report this content"]


@given(st.text("<>/=\"' abpdivultrh1&;!-#\n", max_size=200))
def test_no_markup_makes_it_fail(html: str) -> None:
    assert isinstance(convert_html(html), str)
