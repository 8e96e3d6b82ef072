"""What makes the messages of a dispatch, and the digests that tell whether it is still the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from pressutskick.assembly.sender import require_sender

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from pressutskick.dispatch.records import Snapshot
    from pressutskick.message.compose import MessagePlan
    from pressutskick.message.model import AttachedFile, Change, Purpose
    from pressutskick.release.model import Release
    from pressutskick.settings.model import Settings


class CompositionWishes(TypedDict, total=False):
    """What a composition may be told besides release, settings, key and date."""

    purpose: Purpose
    number: int
    files: tuple[AttachedFile, ...]
    changes: tuple[Change, ...]
    reason: str | None
    is_unattended: bool


def make_message_plan(
    release: Release,
    settings: Settings,
    *,
    key: bytes,
    date: dt.datetime,
    **wishes: Unpack[CompositionWishes],
) -> MessagePlan:
    """What makes the messages of a dispatch; `key` is the log's, `date` the dispatch's.

    Raises:
        SettingsError: nobody is named as sender.
        InputError: a template is missing or not valid.
    """
    from pressutskick.message.compose import Composition, MessagePlan
    from pressutskick.sources.templates import read_templates

    return MessagePlan(
        Composition(
            release=release,
            sender=require_sender(settings),
            templates=read_templates(settings.workspace),
            key=key,
            date=date,
            reply_to=settings.reply_to,
            organisation=settings.organisation,
            **wishes,
        )
    )


def make_snapshot(
    release: Release, settings: Settings, plan: MessagePlan, keys: Iterable[str]
) -> Snapshot:
    """What is sent, with the digests that tell a later run whether it is still the same.

    `keys` are the comparison keys of all who are meant, mailed already or not, in ascending order.
    """
    from pressutskick.dispatch import approval
    from pressutskick.dispatch.records import Snapshot
    from pressutskick.release.document import format_document

    text = format_document(release)
    return Snapshot(
        release=text,
        digests=approval.Digests(
            release=approval.digest_release(text, plan.composition.files),
            templates=approval.digest_templates(plan.composition.templates),
            selection=approval.digest_selection(keys),
            settings=approval.digest_settings(
                {
                    "sender": str(settings.sender),
                    "reply_to": str(settings.reply_to or ""),
                    "organisation": settings.organisation,
                }
            ),
        ),
    )
