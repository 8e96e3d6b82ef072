"""Mistakes in templates are found before the mail that they would spoil."""

import pytest
from tests.unit.test_compose import TEMPLATES

from pressutskick.mail import Language
from pressutskick.message.rendering import TemplateSet, TemplateText
from pressutskick.message.trial import Scope, try_templates
from pressutskick.release.model import Kind

ONE = Scope(kinds=(Kind.INVITATION,), languages=(Language.SWEDISH,))


def judge(name: str, text: str) -> list[str]:
    own = TemplateText(name=name, text=text, file=f"templates/{name}")
    found = try_templates(TemplateSet((own, *TEMPLATES.templates)), ONE)
    return [f"{problem.origin}: {problem.severity}: {problem.sentence}" for problem in found]


def test_the_shipped_templates_are_sound_in_every_language() -> None:
    assert try_templates(TEMPLATES) == ()


@pytest.mark.parametrize(
    ("name", "text", "line", "word"),
    [
        (
            "notice.html.j2",
            '{% if status == "reminder" %}\n{{ words.remindr }}{% endif %}',
            2,
            "remindr",
        ),
        ("notice.txt.j2", "{% if is_off %}\n\n{{ words.cancelld }}{% endif %}", 3, "cancelld"),
        ("base.txt.j2", "{% if purpose == 'never' %}\n{{ release.titel }}{% endif %}", 2, "titel"),
        (
            "subject.txt.j2",
            "Ändrat{% for change in changes %}\n{{ change.befor }}{% endfor %}",
            2,
            "befor",
        ),
        ("base.txt.j2", "\n{% if recipient.name %}{{ opt_out.lnk }}{% endif %}", 2, "lnk"),
        ("invitation.txt.j2", "a\n{% if %}", 2, "Expected an expression"),
        ("theme.toml", 'logo = "borta.png"', 1, "borta.png"),
    ],
)
def test_a_mistake_in_any_branch_is_told_once_with_its_line(
    name: str, text: str, line: int, word: str
) -> None:
    (told,) = judge(name, text)
    assert told.startswith(f"templates/{name}:{line}: error: ")
    assert word in told


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("words.sv.j2", '{% set closing = "Hej" %}'),
        ("theme.toml", 'accent = "#7a1f5c"'),
        ("subject.txt.j2", '{{ recipient.extra.Redaktion }} {{ release.extra["Ort X"] }}'),
        ("base.txt.j2", "{% set words = namespace(a=1) %}{{ words.a }}"),
    ],
)
def test_what_is_sound_is_not_blamed(name: str, text: str) -> None:
    assert judge(name, text) == []


def test_a_name_that_is_set_to_nothing_is_told_in_its_own_file() -> None:
    (told,) = judge("styles.j2", "{% set h1 = nothing %}")
    assert told.startswith("templates/styles.j2: error: ")
    assert "called nothing" in told


def test_what_a_mail_would_load_is_told() -> None:
    own = '{% extends "shipped/base.html.j2" %}{% block masthead %}<img src="cid:x">{% endblock %}'
    (told,) = judge("base.html.j2", own)
    assert "points at cid:x" in told


def test_a_misnamed_file_is_told_and_one_that_is_included_is_not() -> None:
    (told,) = judge("footer.html.j2", "x")
    assert told.startswith("templates/footer.html.j2: warning: Nothing reads this file")
    part = TemplateText(name="fot.j2", text="x", file="templates/fot.j2")
    frame = TemplateText(name="base.txt.j2", text='{% include "fot.j2" %}', file="a")
    assert try_templates(TemplateSet((part, frame, *TEMPLATES.templates)), ONE) == ()
