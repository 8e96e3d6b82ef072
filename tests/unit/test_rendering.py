"""Templates are sandboxed, strict and bounded; values are never template source."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.errors import InputError, InputNotFound
from pressutskick.message.rendering import Renderer, TemplateSet, TemplateText
from pressutskick.sources.templates import read_templates


def render(source: str, *, html: bool = False, **variables: object) -> str:
    template = TemplateText(name="a.j2", text=source, file="folder/a.j2")
    renderer = Renderer(TemplateSet((template,)))
    return (renderer.html if html else renderer.text)("a.j2")(variables)


@given(st.text())
def test_a_value_is_never_template_source(value: str) -> None:
    assert value == render("{{ value }}", value=value)
    escaped = render("{{ value }}", html=True, value=value + "<script>{{ 7*7 }}")
    assert "<" not in escaped
    assert escaped.endswith("&lt;script&gt;{{ 7*7 }}")


@pytest.mark.parametrize(
    "source",
    [
        "{{ missing }}",
        "{{ release.titel }}",
        "{{ release.items() }}",
        "{{ ''.__class__ }}",
        "{{ release.__class__.__mro__ }}",
        "{{ lipsum(9) }}",
        "{{ cycler }}",
        "{{ '%999999999d' | format(1) }}",
        "{{ 'a'.ljust(99999999) }}",
        "{{ '{:99999999}'.format(1) }}",
        "{{ 'a' * 99999999 }}",
        "{{ [1] * 99999999 }}",
        "{{ 2 ** 99999999 }}",
        "{{ 'a' | center(99999999) }}",
        "{{ range(999999999) }}",
        "{% for a in range(900) %}{% for b in range(900) %}x{% endfor %}{% endfor %}",
        "{{ 1 / 0 }}",
        "{% include 'other' %}",
        "{% if %}",
    ],
)
def test_what_a_template_may_not_do_names_its_file_and_line(source: str) -> None:
    with pytest.raises(InputError) as caught:
        render("\n" + source, release={"title": "x"})
    (problem,) = caught.value.problems
    assert problem.code == "template"
    assert problem.origin.file in ("folder/a.j2", "a.j2", "other")


def test_a_missing_name_is_told_with_its_line() -> None:
    with pytest.raises(InputError, match=r"folder/a\.j2:3: .*called titel"):
        render("\n\n{{ release.titel }}", release={})


def test_the_own_template_comes_before_the_workspaces_and_the_shipped(tmp_path: Path) -> None:
    flag, workspace = tmp_path / "flag", tmp_path / "workspace"
    flag.mkdir()
    (workspace / "templates").mkdir(parents=True)
    (flag / "subject.txt.j2").write_text("flag", "utf-8")
    (workspace / "templates" / "subject.txt.j2").write_text("workspace", "utf-8")
    (workspace / "templates" / "styles.j2").write_text("own styles", "utf-8-sig")
    found = read_templates(workspace, flag)
    texts = [found.find(name) for name in ("subject.txt.j2", "styles.j2", "base.txt.j2")]
    assert [each.text for each in texts[:2] if each] == ["flag", "own styles"]
    assert texts[2] is not None


def test_a_folder_that_is_not_there_or_a_template_that_is_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound):
        read_templates(None, tmp_path / "gone")
    (tmp_path / "base.txt.j2").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match=r"base\.txt\.j2: a template must be UTF-8"):
        read_templates(None, tmp_path)
