"""What a person has written and chosen for an announcement: read, judged, and nothing in its way.

All that comes from outside but the log, so that nothing new lies in the folder of somebody who is
refused.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from shlex import quote
from typing import Protocol

from pressutskick.actions.composing import require_sender
from pressutskick.actions.opening import OpenedRelease, attach_files, open_release, require_sound
from pressutskick.actions.safeguards import check_embargo
from pressutskick.actions.workbench import Pace
from pressutskick.actions.workspace import Workspace
from pressutskick.dispatch.plan import make_plan
from pressutskick.dispatch.reminders.times import check_timing, find_start
from pressutskick.errors import InputError, Problem
from pressutskick.message.model import AttachedFile
from pressutskick.message.rendering import TemplateSet
from pressutskick.message.trial import require_sound_templates
from pressutskick.omissions import count_omissions
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.selection import EVERYBODY, Choice, Selection, find_unmatched, select
from pressutskick.recipients.table import RecipientList
from pressutskick.release.model import Release
from pressutskick.release.zone import ZONE, tell_moment
from pressutskick.sentences import say


class Notices(Protocol):
    """Is told of what is worth a look and stops nothing, as soon as it is seen."""

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Each problem on its own."""

    def show_remarks(
        self, problems: Sequence[Problem], name: str, command: str, *, is_known: bool = False
    ) -> None:
        """What was found in `name`, and what its readers left out; `command` tells where.

        It `is_known` where an earlier run of the dispatch has shown it.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What is asked to have sent. `at` is aware, None for now."""

    file: str
    lists: tuple[str, ...]
    selection: Selection = EVERYBODY
    pace: Pace = field(default_factory=Pace)
    at: dt.datetime | None = None
    attach: tuple[str, ...] = ()
    accepts_edit: bool = False
    is_embargoed: bool = False
    needs_approval: bool = False
    is_new: bool = False
    is_for_approval: bool = False
    is_dry: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What the person has written and chosen; nothing in it stands in the way of sending."""

    opened: OpenedRelease
    recipients: Sequence[Recipient]
    choices: Sequence[Choice]
    attached: tuple[AttachedFile, ...]
    templates: TemplateSet
    remarks: Sequence[Problem]
    list_remarks: Sequence[Problem]
    left_out: Mapping[str, int]


def tell_remarks(
    material: Material, request: Announcement, notices: Notices, *, is_known: bool
) -> None:
    """Once a dispatch; a flag that fits nobody is told each time, since it was typed anew."""
    file, names = request.file, " ".join(map(quote, request.lists))
    notices.show_remarks(
        material.remarks, file, f"pressutskick read {quote(file)}", is_known=is_known
    )
    notices.show_remarks(
        material.list_remarks,
        ", ".join(request.lists),
        f"pressutskick recipients check {names}",
        is_known=is_known,
    )
    notices.show_problems(find_unmatched(material.recipients, request.selection))


def gather(request: Announcement, workspace: Workspace, now: dt.datetime) -> Material:
    """All that comes from outside but the log."""
    opened = open_release(workspace.read_document(request.file), now=now)
    opened = attach_files(opened, request.attach)
    # What goes out later is judged as it will be then.
    problems = require_sound(opened, now=request.at or now)
    release = opened.reading.release
    loaded = _load_sound(request, workspace)
    if wrong := check_timing(release, request.file):
        raise InputError(problems=wrong)
    _refuse_after_start(release, request.at)
    check_embargo(release, request.at or now, is_allowed=request.is_embargoed)
    choices = select(
        loaded.recipients,
        request.selection,
        workspace.load_suppressions(),
        today=now.astimezone(ZONE).date(),
        seed=release.id,
    )
    _refuse_no_choice(choices)
    require_sender(workspace.settings)
    return Material(
        opened=opened,
        recipients=loaded.recipients,
        choices=choices,
        attached=workspace.read_attachments(release, request.file),
        templates=_read_sound_templates(workspace, release),
        remarks=problems,
        list_remarks=loaded.problems,
        left_out=count_omissions((*problems, *loaded.problems)),
    )


def _read_sound_templates(workspace: Workspace, release: Release) -> TemplateSet:
    templates = workspace.read_templates()
    require_sound_templates(templates, release)
    return templates


def _refuse_after_start(release: Release, at: dt.datetime | None) -> None:
    """Nobody is invited to what has begun.

    Raises:
        InputError: at that time it has.
    """
    start = find_start(release.event) if release.event is not None else None
    if at is not None and start is not None and at >= start:
        raise InputError(
            say(
                "At {clock} the event has begun: it begins at {start}.",
                clock=tell_moment(at),
                start=tell_moment(start),
            ),
            remedy=say("Choose an earlier time with --at."),
        )


def _load_sound(request: Announcement, workspace: Workspace) -> RecipientList:
    """The lists.

    Raises:
        InputError: some rows are faulty; tells all of them.
    """
    loaded = workspace.load_recipients(request.lists)
    if loaded.has_errors:
        raise InputError(problems=loaded.problems)
    return loaded


def _refuse_no_choice(choices: Sequence[Choice]) -> None:
    """Where the flags leave out everybody, one of them is mistyped.

    Raises:
        InputError: they do.
    """
    # Who is selected stands first.
    if not choices or choices[0].is_selected:
        return
    if make_plan(choices, {}).not_chosen == len(choices):
        raise InputError(
            say("The flags choose nobody of the list; nothing was sent."),
            remedy=say("Look at the list with: pressutskick recipients show LIST"),
        )
