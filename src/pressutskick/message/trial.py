"""Trying templates out before anybody waits for them: every kind, purpose and language.

A mistake in the reminder's branch must not wait for the reminder. Two made-up releases, one with
everything and one with nothing, go through every branch of the shipped templates; what a branch
names is looked up besides, whether it is reached or not. Pure.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import nodes

from pressutskick.errors import InputError, Origin, Problem, Severity
from pressutskick.mail import Language, Mailbox
from pressutskick.message.compose import Composition, MessagePlan
from pressutskick.message.folding import find_bound_names
from pressutskick.message.model import AttachedFile, Change, ChangedField, News, Purpose
from pressutskick.message.rendering import TemplateSet, TemplateText, make_renderer
from pressutskick.message.theme import FILE as THEME_FILE
from pressutskick.recipients.model import Recipient
from pressutskick.release.model import (
    Contact,
    Event,
    Kind,
    Release,
    Rsvp,
    Session,
    Speaker,
)
from pressutskick.sentences import Sentence, say

_NOW = dt.datetime(2026, 8, 27, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
_DAY = dt.date(2026, 9, 3)
#: Columns and keys of one's own that a template names: `recipient.extra.Kolumn`.
_EXTRA = re.compile(r"\bextra\.(\w+)|\bextra\[\s*[\"']([^\"']+)[\"']\s*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is tried: all, or what one release will need."""

    kinds: tuple[Kind, ...] = tuple(Kind)
    languages: tuple[Language, ...] = tuple(Language)


EVERYTHING = Scope()


def try_templates(templates: TemplateSet, scope: Scope = EVERYTHING) -> tuple[Problem, ...]:
    """Every mistake that can be found without a release, each once, with file and line."""
    found: dict[tuple[str, int | None], Problem] = {}
    for problem in (*_try_all(templates, scope), *_find_unknown_names(templates)):
        # A branch that is tried and looked up tells the same mistake twice.
        found.setdefault(
            (problem.origin.file or str(problem.sentence), problem.origin.line), problem
        )
    return (*found.values(), *find_unread(templates))


def require_sound_templates(templates: TemplateSet, release: Release) -> None:
    """Tries one's own templates for everything that may have to follow this release.

    Raises:
        InputError: there is a mistake, perhaps in a branch that the release itself does not use.
    """
    if not templates.own:
        return
    scope = Scope(kinds=(release.kind,), languages=(release.language,))
    found = try_templates(templates, scope)
    wrong = [problem for problem in found if problem.severity is Severity.ERROR]
    if wrong:
        raise InputError(
            problems=wrong,
            remedy=say("Mend them, and try with: pressutskick templates check"),
        )


def find_unread(templates: TemplateSet) -> Iterator[Problem]:
    """One's own files that no mail is made from: misnamed, most often."""
    known = {each.name for each in templates.shipped} | {THEME_FILE}
    named = {
        name for each in templates.own for name in re.findall(r"[\"']([\w./-]+)[\"']", each.text)
    }
    for each in templates.own:
        if each.name not in known | named:
            yield Problem(
                code="template-unread",
                severity=Severity.WARNING,
                sentence=say("Nothing reads this file; its name is none of the templates'."),
                origin=Origin(file=each.file),
            )


def _try_all(templates: TemplateSet, scope: Scope) -> Iterator[Problem]:
    extra: dict[str, object] = {
        name: "x" for each in templates.own for name in _find_extra(each.text)
    }
    first, *others = scope.languages
    for kind, purpose in product(scope.kinds, Purpose):
        for make in (_full, _bare):
            release = replace(make(kind, first), extra=dict(extra))
            yield from _try(_compose(templates, release, purpose), extra)
    # Languages differ in their words alone.
    for language, purpose in product(others, Purpose):
        release = replace(_full(scope.kinds[0], language), extra=dict(extra))
        yield from _try(_compose(templates, release, purpose), extra)


def _find_extra(text: str) -> Iterator[str]:
    return (dotted or quoted for dotted, quoted in _EXTRA.findall(text))


def _try(composition: Composition, extra: Iterable[str]) -> Iterator[Problem]:
    person = Recipient(
        mailbox=Mailbox(address="eva.ek@posten.example", name="Eva Ek"),
        name="Eva Ek",
        first_name="Eva",
        outlet="Posten",
        extra=dict.fromkeys(extra, "x"),
    )
    desk = Recipient(mailbox=Mailbox(address="red@posten.example"), extra=dict.fromkeys(extra, "x"))
    try:
        plan = MessagePlan(composition)
        for recipient in (person, desk):
            plan.verified_message(recipient)
    except InputError as error:
        yield from error.problems or (_problem(error.sentence, Origin()),)


def _problem(sentence: Sentence, origin: Origin) -> Problem:
    return Problem(code="template", severity=Severity.ERROR, sentence=sentence, origin=origin)


def _compose(templates: TemplateSet, release: Release, purpose: Purpose) -> Composition:
    is_full = bool(release.lead)
    changes = (
        Change(field=ChangedField.PLACE, before="Torget", after="Parken", news=News.NEW_PLACE),
        Change(field=ChangedField.WHEN, before="a", after=None, news=News.CORRECTION),
        Change(field=ChangedField.TEXT, before=None, after="b", news=News.CLARIFICATION),
    )
    is_correction = purpose is Purpose.CORRECTION
    file = AttachedFile(filename="a.pdf", media_type="application/pdf", content=b"%PDF-")
    return Composition(
        release=release,
        sender=Mailbox(address="press@astad.example", name="Pressen" if is_full else ""),
        organisation="Åstads kommun" if is_full else None,
        templates=templates,
        key=bytes(32),
        date=_NOW,
        purpose=purpose,
        files=(file,) if is_full else (),
        changes=(changes if is_full else changes[2:]) if is_correction else (),
        reason="Storm" if is_full else None,
    )


def _full(kind: Kind, language: Language) -> Release:
    """With everything that a release can have."""
    return Release(
        id="prov",
        kind=kind,
        language=language,
        title="Bron öppnar",
        lead="Nu öppnar bron.",
        body="## Så går det till\n\n- Först **tal**\n\n> Äntligen\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        published=_NOW,
        embargo=_NOW + dt.timedelta(days=1),
        event=Event(
            date=_DAY,
            start=dt.time(10),
            end=dt.time(11),
            place="Torget",
            gathering="Entrén",
            online="https://astad.example/sandning",
            timezone="Europe/Helsinki",
            sessions=(
                Session(date=_DAY, start=dt.time(10), title="Tal", place="Scenen"),
                Session(),
            ),
        ),
        rsvp=Rsvp(
            name="Kim Ek",
            title="chef",
            phones=("031-390 06 00", "växeln"),
            email="kim@astad.example",
            url="https://astad.example/anmal",
            deadline=_DAY,
        ),
        speakers=(Speaker(name="Bo Ek", title="ordförande"), Speaker(name="Eva Ek")),
        contacts=(
            Contact(
                name="Bo Ek",
                title="chef",
                organisation="Staden",
                phones=("031-390 06 00", "växeln"),
                emails=("bo@astad.example",),
            ),
            Contact(phones=("031-390 06 00",)),
        ),
        photo_note="Kameror är välkomna.",
        accreditation="Presskort visas.",
    )


def _bare(kind: Kind, language: Language) -> Release:
    """With nothing but what a release must have."""
    return Release(id="prov", kind=kind, language=language, title="Bron öppnar")


def _find_unknown_names(templates: TemplateSet) -> Iterator[Problem]:
    """`words.remindr`, in a branch that perhaps nobody reaches: looked up without rendering."""
    try:
        views = _list_views(templates)
    except InputError:
        return
    for template in templates.own:
        if template.name.endswith(".j2"):
            yield from _look_up(template, views)


def _list_views(templates: TemplateSet) -> Mapping[str, Any]:
    shipped = TemplateSet(templates=templates.shipped)
    plan = MessagePlan(
        _compose(shipped, _full(Kind.INVITATION, Language.SWEDISH), Purpose.ANNOUNCE)
    )
    recipient = Recipient(mailbox=Mailbox(address="red@posten.example"))
    views = dict(plan.variables(recipient))
    renderer = make_renderer(templates)
    views["words"] = renderer.words("words.sv.j2").text
    views["style"] = renderer.words("styles.j2").text
    return views


def _look_up(template: TemplateText, views: Mapping[str, Any]) -> Iterator[Problem]:
    tree = make_renderer(TemplateSet(templates=(template,))).parse(template)
    if tree is None:
        return
    bound = find_bound_names(tree)
    for node in tree.find_all(nodes.Getattr):
        root = node.node
        if not isinstance(root, nodes.Name) or root.name in bound:
            continue
        view = views.get(root.name)
        if isinstance(view, Mapping) and node.attr not in view:
            name = f"{root.name}.{node.attr}"
            yield _problem(
                say(
                    "the template cannot be used: {reason}",
                    reason=say("there is no variable called {name}", name=name),
                ),
                Origin(file=template.file, line=node.lineno),
            )
