"""A correction: who got the earlier text is told what was wrong and what holds now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pressutskick.actions.following.editions import Differences
from pressutskick.actions.following.followups import Followup, make_sending, plan_followup
from pressutskick.actions.opening import attach_files, open_release, require_sound
from pressutskick.actions.safeguards import refuse_recorded, refuse_words_alone
from pressutskick.actions.sending import Sending
from pressutskick.actions.workbench import Workbench
from pressutskick.dispatch.changes.facts import compare, is_same_message
from pressutskick.dispatch.correspondence import Correspondent
from pressutskick.dispatch.delivery import CLAIMABLE
from pressutskick.dispatch.life import WAITING, Life
from pressutskick.dispatch.plan import EndReason, PlanReason
from pressutskick.dispatch.records import DispatchKey
from pressutskick.dispatch.texts import Text, make_text
from pressutskick.errors import InputError, Problem
from pressutskick.message.model import AttachedFile, Change, Purpose
from pressutskick.release.model import Release
from pressutskick.sentences import Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a correction tells, and its dispatches: the correction, and perhaps the invitation.

    Who still waits for the first one gets it as it is now.
    """

    life: Life
    key: DispatchKey
    changes: tuple[Change, ...]
    sendings: tuple[Sending, ...]

    @property
    def sending(self) -> Sending:
        """The correction itself."""
        return self.sendings[0]


def open_changed(
    life: Life, file: str, bench: Workbench, attach: Sequence[str] = ()
) -> tuple[Release, tuple[Problem, ...]]:
    """The text as it is now, under the id that it was sent by, and what is worth a look in it.

    `attach` are files that the command named, as `attach_files` takes them.

    Raises:
        InputNotFound: there is no such file.
        InputError: it is not sound, says in words what its facts do not, or nobody has the earlier
            text yet.
    """
    source = bench.workspace.read_document(file)
    opened = attach_files(open_release(source, now=bench.now, kind=life.release.kind), attach)
    problems = require_sound(opened, now=bench.now, may_lack_day=True)
    release = replace(opened.reading.release, id=life.release.id)
    refuse_recorded(life, file, bench.now)
    refuse_words_alone(life.release, release, file)
    return release, problems


def prepare_correction(
    life: Life, release: Release, file: str, bench: Workbench
) -> Correction | None:
    """The correction to begin or to go on with; None where nothing has changed, files included.

    Raises:
        InputError: the text differs in nothing that a newsroom can be told; or as `make_sending`.
        SettingsError: nobody is named as sender.
    """
    attached = bench.workspace.read_attachments(release, file)
    text = make_text(release, attached)
    found = _find_correction(life, text, bench)
    if found is None:
        return None
    key, changes = found
    if not changes:
        raise InputError(
            say("{file} differs only in what no newsroom can be told as a change.", file=file),
            remedy=say("Send it to those who have not got it yet: send --accept-edit"),
        )
    sendings = _prepare(life, text, attached, key, bench)
    return Correction(life=life, key=key, changes=changes, sendings=sendings)


def begin_correction(correction: Correction, bench: Workbench) -> None:
    """From now on this correction tells everything that an earlier one could not.

    Raises:
        DispatchInProgress, InputError: as `Workbench.begin_change` tells.
    """
    bench.begin_change(correction.life)
    for record in correction.life.of(Purpose.CORRECTION):
        is_earlier = record.key.number < correction.key.number
        if is_earlier and any(map(record.counts.get, WAITING)):
            bench.log.give_up(record.key, record.id, EndReason.OVERTAKEN)


def _find_correction(
    life: Life, text: Text, bench: Workbench
) -> tuple[DispatchKey, tuple[Change, ...]] | None:
    corrections = life.of(Purpose.CORRECTION)
    if not is_same_message(life.text, text):
        number = 1 + max((record.key.number for record in corrections), default=0)
        key = DispatchKey(release_id=life.release.id, purpose=Purpose.CORRECTION, number=number)
        return key, compare(life.text, text)
    if not corrections:
        return None
    last = corrections[-1]
    before = bench.log.text_before(life.release.id, last.id)
    return None if before is None else (last.key, compare(before, text))


def _prepare(
    life: Life, text: Text, attached: Sequence[AttachedFile], key: DispatchKey, bench: Workbench
) -> tuple[Sending, ...]:
    """The correction, and the corrected invitation for those who still wait for the first one."""
    threads = bench.log.correspondence(life.release.id)
    informed = [person for person in threads.values() if person.may_be_informed]
    differences = Differences(bench.log.texts(life.release.id), text)

    def hold_back(person: Correspondent) -> tuple[str, Sentence] | None:
        if differences.since(person.held):
            return None
        return PlanReason.HAS_THIS_TEXT, say("has got the text as it is now")

    followups = [
        Followup(
            life=life,
            key=key,
            text=text,
            files=tuple(attached),
            plan=plan_followup(bench, life, key, informed, hold_back=hold_back),
            threads=threads,
        )
    ]
    if waiting := [person for person in threads.values() if _is_waiting(person)]:
        first = DispatchKey(release_id=life.release.id)
        followups.append(
            Followup(
                life=life,
                key=first,
                text=text,
                files=tuple(attached),
                plan=plan_followup(bench, life, first, waiting),
                threads=threads,
                sequence=key.number,
            )
        )
    return tuple(make_sending(followup, bench) for followup in followups)


def _is_waiting(person: Correspondent) -> bool:
    """Whether the invitation itself was begun for somebody who has not got it."""
    return any(
        mail.purpose is Purpose.ANNOUNCE and mail.status in CLAIMABLE for mail in person.mails
    )
