"""Whatever a template does, it ends: loops, calls, texts and numbers have their bounds."""

import pytest
from tests.unit.test_rendering import render

from pressutskick.errors import InputError
from pressutskick.message.bounds import MAX_STEPS

DOUBLE = "{% set ns = namespace(x='aa') %}{% for i in range(90) %}"
ENDLESS = {
    "loops": "{% for a in range(900) %}{% for b in range(900) %}{% endfor %}{% endfor %}",
    "a loop of words": "{% for a in 'abc' * 3000 %}{% for b in 'abc' * 3000 %}{% endfor %}{% endfor %}",
    "a loop that makes its turns": (
        "{% for a in range(999)|map('string') %}{% for b in range(999)|map('string') %}"
        "{% endfor %}{% endfor %}"
    ),
    "a macro that calls itself": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "a macro that calls itself twice": (
        "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}"
    ),
    "an include of oneself": "{% include 'a.j2' %}",
    "two includes of oneself": (
        "{% set n = n - 1 %}{% if n %}{% include 'a.j2' %}{% include 'a.j2' %}{% endif %}"
    ),
    "ranges in a loop": "{% for a in range(900) %}{% set x = range(90000)|sum %}{% endfor %}",
    "a text put to itself": DOUBLE + "{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x|length }}",
    "a text added to itself": DOUBLE + "{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x|length }}",
    "a text joined with itself": (
        DOUBLE + "{% set ns.x = [ns.x, ns.x]|join %}{% endfor %}{{ ns.x|length }}"
    ),
    "a letter replaced by many": (
        DOUBLE + "{% set ns.x = ns.x|replace('a', 'aaaaaa') %}{% endfor %}{{ ns.x|length }}"
    ),
    "a text said twice in a block": (
        DOUBLE + "{% set y %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = y %}{% endfor %}"
        "{{ ns.x|length }}"
    ),
    "a number squared": (
        "{% set ns = namespace(x=9) %}{% for i in range(90) %}{% set ns.x = ns.x * ns.x %}"
        "{% endfor %}{{ ns.x > 0 }}"
    ),
    "a list of many rows": "{{ [1]|batch(999999999, 'x')|list|length }}",
    "a list put to itself": (
        "{% set ns = namespace(x=[1, 2]) %}{% for i in range(90) %}{% set ns.x = ns.x + ns.x %}"
        "{% endfor %}{{ ns.x|length }}"
    ),
}


@pytest.mark.parametrize("html", [False, True])
@pytest.mark.parametrize("name", ENDLESS)
def test_what_would_not_end_is_refused(name: str, html: bool) -> None:
    with pytest.raises(InputError) as refused:
        render(ENDLESS[name], html=html, n=90)
    assert refused.value.problems[0].code == "template"


@pytest.mark.parametrize("source", ["none", "true", "[1]", "{'a': 1}", "release", "f"])
@pytest.mark.parametrize("html", [False, True])
def test_what_is_no_text_is_not_printed(source: str, html: bool) -> None:
    macro = "{% macro f() %}x{% endmacro %}{% set value = " + source + " %}"
    with pytest.raises(InputError, match="is no text"):
        render(macro + "{{ value }}", html=html, release={"title": "x"})


def test_texts_and_numbers_are_printed() -> None:
    assert render("{{ 'a' ~ 1 ~ 2.5 }} {{ 3 }} {{ [1, 2]|join('-') }}") == "a12.5 3 1-2"


def test_each_rendering_has_all_its_steps() -> None:
    """What one message takes is not missing for the next."""
    from pressutskick.message.rendering import Renderer, TemplateSet, TemplateText

    source = "{% for a in range(" + str(MAX_STEPS // 2 - 1000) + ") %}{% endfor %}x"
    template = TemplateText(name="a.j2", text=source, file="a.j2")
    rendering = Renderer(TemplateSet((template,))).text("a.j2")
    assert [rendering({}) for _ in range(5)] == ["x"] * 5


def test_a_text_put_together_is_escaped_as_before() -> None:
    assert render("{{ '<' ~ value }}", html=True, value="<b>") == "&lt;&lt;b&gt;"
    assert render("{{ ('<i>'|safe) ~ value }}", html=True, value="<b>") == "<i>&lt;b&gt;"
