"""Approval: a second person's yes, bound to exactly what will be sent.

What is signed is a digest of each part (release, templates, selection, settings), so that a later
refusal can say which part changed. Pure; the delivery log keeps approvals.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from pressutskick.message.model import EMBARGO_MARK, AttachedFile
from pressutskick.message.rendering import TemplateSet
from pressutskick.sentences import Sentence, say


class Part(StrEnum):
    """What an approval is about, part by part."""

    RELEASE = "release"
    TEMPLATES = "templates"
    SELECTION = "selection"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """SHA-256 in hex of each part of a dispatch."""

    release: str
    templates: str
    selection: str
    settings: str

    @property
    def whole(self) -> str:
        """One digest over all parts: what a person signs and compares."""
        return _digest(getattr(self, part) for part in Part)

    def changed_since(self, approved: "Digests") -> tuple[Part, ...]:
        """The parts that are not as they were."""
        return tuple(part for part in Part if getattr(self, part) != getattr(approved, part))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDigest:
    """A file that went along: its name, and SHA-256 of its content in hex."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Somebody's yes: who, when (aware UTC), to what.

    `approver` is the name that was typed, `person` who the log's machine says that it was.
    """

    release_id: str
    digests: Digests
    approver: str
    approved_at: dt.datetime
    person: str = ""


def digest_files(files: Iterable[AttachedFile]) -> tuple[FileDigest, ...]:
    """Of what a release attaches, in its order.

    Calendar files follow from the document and do not count; nor does the mark of an embargo.
    """
    return tuple(
        FileDigest(
            name=file.filename.removeprefix(EMBARGO_MARK),
            sha256=hashlib.sha256(file.content).hexdigest(),
        )
        for file in files
        if not file.media_type.startswith("text/calendar")
    )


def digest_release(canonical: str, files: Sequence[FileDigest] = ()) -> str:
    """Of the canonical document (`release.document.format_document`) and what it attaches."""
    return _digest([canonical, *(file.name for file in files), *(file.sha256 for file in files)])


def digest_templates(templates: TemplateSet) -> str:
    """Of every template in use; where the files lie does not matter."""
    seen: dict[str, str] = {}
    for template in templates.templates:
        seen.setdefault(template.name, template.text)
    pictures = dict(templates.pictures)
    return _digest(
        word
        for found in (seen, {name: hashlib.sha256(pictures[name]).hexdigest() for name in pictures})
        for name in sorted(found)
        for word in (name, found[name])
    )


def digest_selection(keys: Iterable[str]) -> str:
    """Of who is meant: comparison keys in ascending order; one that stands there again is one."""
    return _digest(key for key, _same in groupby(keys))


def digest_settings(values: Mapping[str, str | None]) -> str:
    """Of the settings that shape a message or say who sends it; secrets are not among them."""
    return _digest(word for name in sorted(values) for word in (name, values[name] or ""))


def _digest(words: Iterable[str]) -> str:
    """Each word with its length before it, so that no two lists of words look alike."""
    total = hashlib.sha256()
    for word in words:
        octets = word.encode("utf-8", "surrogatepass")
        total.update(len(octets).to_bytes(8, "big") + octets)
    return total.hexdigest()


def name_part(part: Part) -> Sentence:
    """The part in words."""
    return {
        Part.RELEASE: say("the text"),
        Part.TEMPLATES: say("the templates"),
        Part.SELECTION: say("who gets it"),
        Part.SETTINGS: say("the sender's settings"),
    }[part]
