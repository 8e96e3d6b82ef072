"""One's own template builds on the shipped one, block by block, word by word."""

import pytest
from tests.unit.test_compose import ANNA, TEMPLATES, compose, text_of

from pressutskick.errors import InputError
from pressutskick.message.compose import MessagePlan
from pressutskick.message.rendering import TemplateSet, TemplateText


def compose_with(**texts: str) -> MessagePlan:
    """Names with `__` for the dots: `base__html__j2`."""
    own = tuple(
        TemplateText(name=name.replace("__", "."), text=text, file=f"own/{name.replace('__', '.')}")
        for name, text in texts.items()
    )
    return compose(templates=TemplateSet((*own, *TEMPLATES.templates)))


def test_a_block_is_overridden_without_a_copy() -> None:
    own = '{% extends "shipped/invitation.html.j2" %}{% block footer %}<p>Vår fot</p>{% endblock %}'
    message = compose_with(invitation__html__j2=own).verified_message(ANNA)
    html = text_of(message, "html")
    assert "<p>Vår fot</p>" in html
    assert "Torget 11" in html


def test_a_frame_of_one_s_own_is_used_by_the_shipped_parts() -> None:
    own = '{% extends "shipped/base.html.j2" %}{% block masthead %}<p>Vapen</p>{% endblock %}'
    assert "<p>Vapen</p>" in text_of(compose_with(base__html__j2=own).message(ANNA), "html")


def test_words_and_styles_fall_back_one_by_one() -> None:
    plan = compose_with(
        words__sv__j2='{% set closing = "Hälsningar" %}',
        styles__j2='{% set h1 = "color:#123456" %}',
    )
    html = text_of(plan.message(ANNA), "html")
    assert "Hälsningar" in html
    assert "Presskontakt" in html
    assert 'style="color:#123456"' in html


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("invitation__html__j2", '\n{% extends "invitation.html.j2" %}'),
        ("styles__j2", '\n{% import "styles.j2" as own %}'),
        ("base__txt__j2", '\n{% include "base.txt.j2" %}'),
    ],
)
def test_a_template_that_builds_on_itself_is_told_the_way_out(name: str, text: str) -> None:
    with pytest.raises(InputError, match=r"own/.*:2: .*builds on itself; write “shipped/”"):
        compose_with(**{name: text}).message(ANNA)


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="cid:logo">',
        "<img src=https://elsewhere.example/a.png>",
        "<td background='http://elsewhere.example/a.png'>",
        '<p style="background:url(//elsewhere.example/a.png)">',
        '<link rel="stylesheet" href="https://elsewhere.example/a.css">',
        "<style>@import 'a.css';</style>",
    ],
)
def test_nothing_is_loaded_from_elsewhere(markup: str) -> None:
    own = '{% extends "shipped/base.html.j2" %}{% block masthead %}' + markup + "{% endblock %}"
    with pytest.raises(InputError, match="which is no part of the mail"):
        compose_with(base__html__j2=own).verified_message(ANNA)
