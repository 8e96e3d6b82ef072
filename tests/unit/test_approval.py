"""An approval holds for exactly what was approved, and says what is not as it was."""

from dataclasses import replace

from pressutskick.dispatch.approval import (
    Digests,
    Part,
    digest_release,
    digest_selection,
    digest_settings,
    digest_templates,
    name_part,
)
from pressutskick.message.rendering import TemplateSet, TemplateText

DIGESTS = Digests(release="a", templates="b", selection="c", settings="d")


def template(name: str, text: str, file: str = "x") -> TemplateText:
    return TemplateText(name=name, text=text, file=file)


def test_the_whole_digest_changes_with_each_part() -> None:
    changed = [replace(DIGESTS, **{part: "e"}) for part in Part]
    assert len({each.whole for each in (DIGESTS, *changed)}) == 1 + len(Part)
    assert [each.changed_since(DIGESTS) for each in changed] == [(part,) for part in Part]
    assert DIGESTS.changed_since(DIGESTS) == ()


def test_who_stands_on_two_lists_counts_once() -> None:
    assert digest_selection(["a@b.example", "c@d.example"]) == digest_selection(
        ["a@b.example", "a@b.example", "c@d.example"]
    )
    assert digest_selection(["ab"]) != digest_selection(["a", "b"])


def test_a_template_counts_by_name_and_text_and_the_first_of_a_name_wins() -> None:
    one = TemplateSet((template("a", "1"), template("b", "2")))
    moved = TemplateSet((template("b", "2", "y"), template("a", "1", "y"), template("a", "3")))
    assert digest_templates(one) == digest_templates(moved)
    assert digest_templates(one) != digest_templates(TemplateSet((template("a", "1"),)))


def test_settings_count_by_name() -> None:
    assert digest_settings({"from": "a", "to": None}) == digest_settings({"to": None, "from": "a"})
    assert digest_settings({"from": "a", "to": None}) != digest_settings({"from": None, "to": "a"})


def test_a_release_counts_by_its_text() -> None:
    assert digest_release("a") != digest_release("b")


def test_every_part_has_a_name() -> None:
    assert len({str(name_part(part)) for part in Part}) == len(Part)
