"""A template renders to the same text, folded or not."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.unit.test_compose import ANNA, DESK, INVITATION, TEMPLATES, compose

from pressutskick.errors import InputError
from pressutskick.mail import Language
from pressutskick.message.model import Change, ChangedField, Purpose
from pressutskick.message.rendering import Renderer, TemplateSet, TemplateText, make_renderer
from pressutskick.release.model import Kind

CONSTANTS = {"a": "A<", "empty": "", "items": ["x", "&y"], "view": {"title": "T", "items": [1, 2]}}
PERSONAL = [{"who": {"name": "Åsa <b>", "none": ""}}, {"who": {"name": "", "none": ""}}]
PIECES = (
    "text\n",
    "{{ a }}",
    "{{ a | upper }}{{ who.name }}",
    "{{ who.name or a }}",
    "{{ view.title ~ who.name }}",
    "{{ missing }}",
    "{{ view.missing }}",
    "{% if a %}{{ a }}{% else %}{{ who.name }}{% endif %}",
    "{% if empty %}{{ missing }}{% elif who.name %}{{ who.name }}{% elif a %}c{% else %}d{% endif %}",
    "{% if empty %}1{% elif empty %}2{% elif a %}{{ a }}{% endif %}",
    "{% if who.name %}{{ view.missing }}{% endif %}",
    "{% for each in items %}{{ loop.index }}{{ each }}{{ who.name }}{% endfor %}",
    "{% for each in view.items if each > 1 %}{{ each }}{% else %}none{% endfor %}",
    "{{ each }}",
    "{% for a in items %}{{ a }}{% endfor %}",
    "{% set a = who.name %}",
    "{% set b = a %}{{ b }}",
    "{% set ns = namespace(n=0) %}{% for i in items %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}",
    "{% macro m(a) %}[{{ a }}{{ view.title }}]{% endmacro %}{{ m(who.name) }}{{ m(a) }}",
    "{% with a = 1 %}{{ a }}{% endwith %}",
    "{% filter upper %}{{ a }}{{ who.name }}{% endfilter %}",
    "{% include 'part' %}",
    "{% block x %}{{ a }}{{ who.name }}{% endblock %}",
    "{{ items | join('-') }}{{ items is defined }}",
    "{{ items[0] }}{{ view['title'] }}",
    "{{ 'a' * 99999999 }}",
    "{{ range(3) | list }}",
    "{{ a if who.name else view.title }}",
    "{# comment #}",
)
PART = "<{{ a }}{{ who.name }}{% if empty %}{{ nothing }}{% endif %}>"


def render(renderer: Renderer, variables: dict[str, Any], *, html: bool) -> str | tuple[str, ...]:
    """The text, or what went wrong where."""
    try:
        return (renderer.html if html else renderer.text)("main")(variables)
    except InputError as error:
        return tuple(map(str, error.problems))


@given(st.lists(st.sampled_from(PIECES), max_size=6), st.booleans())
@example(["{{ each }}", "{% for each in items %}{{ each }}{% endfor %}"], True)
@example(["{{ a }}", "{% set a = who.name %}", "{{ a }}"], False)
def test_a_template_says_the_same_folded(pieces: list[str], html: bool) -> None:
    source = "".join(pieces)
    templates = TemplateSet(
        (
            TemplateText(name="main", text=source, file="main.j2"),
            TemplateText(name="part", text=PART, file="part.j2"),
        )
    )
    plain = Renderer(templates)
    folded = plain.fold(text=CONSTANTS, html=CONSTANTS)
    for personal in PERSONAL:
        meant = render(plain, {**CONSTANTS, **personal}, html=html)
        assert meant == render(folded, personal, html=html)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("purpose", Purpose)
def test_the_shipped_templates_say_the_same_folded(language: Language, purpose: Purpose) -> None:
    change = Change(field=ChangedField.WHEN, before="a", after=None)
    for kind in Kind:
        release = replace(INVITATION, kind=kind, language=language)
        plan = compose(release=release, purpose=purpose, changes=(change,), reason="r")
        renderer = make_renderer(TEMPLATES)
        words = renderer.words(f"words.{language}.j2")
        for recipient in (ANNA, DESK):
            draft = plan.draft(recipient)
            opt_out = {"link": draft.unsubscribe, "token": draft.unsubscribe[-16:]}
            variables = {**plan.variables(recipient), "opt_out": opt_out, "words": words.html}
            assert renderer.html(f"{kind}.html.j2")(variables) == draft.html
            text = renderer.text(f"{kind}.txt.j2")({**variables, "words": words.text})
            assert text.split() == draft.text.split()
