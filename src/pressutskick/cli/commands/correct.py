"""`correct`: tell exactly those who got the earlier text what was wrong and what holds now."""

from typing import Annotated

import typer

from pressutskick.actions.announcing import read_release
from pressutskick.actions.editions import Differences
from pressutskick.actions.finding import find_life
from pressutskick.actions.followups import Desk, Followup, make_sending, plan_followup, read_threads
from pressutskick.actions.safeguards import refuse_called_off, require_approval, tell_change
from pressutskick.actions.sending import Sending
from pressutskick.actions.workbench import open_desk
from pressutskick.assembly.files import release_folder
from pressutskick.cli.commands.send import walk
from pressutskick.cli.flags import sending as flag
from pressutskick.cli.flags.groups import spread
from pressutskick.cli.flags.run import Manner, RunFlags
from pressutskick.cli.language import _, _n, tell
from pressutskick.cli.shows import json as jsonout
from pressutskick.cli.shows.outcome import gravest
from pressutskick.dispatch.changes import find_changes, is_same_message
from pressutskick.dispatch.correspondence import Correspondent
from pressutskick.dispatch.delivery import CLAIMABLE
from pressutskick.dispatch.life import WAITING, Life
from pressutskick.dispatch.plan import EndReason, PlanReason
from pressutskick.dispatch.records import DispatchKey
from pressutskick.errors import ExitStatus, InputError
from pressutskick.message.model import Change, Purpose
from pressutskick.release.model import Release
from pressutskick.sentences import Sentence, say


@spread
def correct(
    file: Annotated[str, typer.Argument(help=_("The invitation as it is now."))],
    approved: flag.Approved = False,
    *,
    run: RunFlags,
) -> None:
    """Shows what has changed since the text was sent, and mails it to those who got that text."""
    with open_desk(run) as desk:
        life = find_life(desk.log, file, now=desk.now)
        refuse_called_off(life)
        release = read_release(file, desk.now, run.manner.voice)
        needs_approval = approved or desk.settings.require_approval
        status = _correct(file, life, release, desk, run.manner, needs_approval=needs_approval)
    raise typer.Exit(status)


def _correct(
    file: str,
    life: Life,
    release: Release,
    desk: Desk,
    manner: Manner,
    *,
    needs_approval: bool,
) -> ExitStatus:
    found = _find_correction(life, release, desk)
    if found is None:
        manner.voice.say(_("Nothing has changed since it was sent; nobody is mailed."), "bold")
        if manner.is_json:
            jsonout.print_json({"dispatches": []})
        return ExitStatus.OK
    key, changes = found
    if not changes:
        raise InputError(
            say("{file} differs only in what no newsroom can be told as a change.", file=file),
            remedy=say("Send it to those who have not got it yet: send --accept-edit"),
        )
    for change in changes:
        manner.voice.say(tell(tell_change(change)))
    sendings = _prepare(file, life, release, key, desk)
    _tell_others(sendings[0], manner)
    if needs_approval:
        require_approval(desk.log, release.id, sendings[0].order.snapshot.digests)
    with jsonout.together("dispatches"):
        first, *rest = sendings
        statuses = [
            walk(first, desk.settings, manner, before_sending=lambda: _begin(life, key, desk))
        ]
        statuses += [walk(sending, desk.settings, manner) for sending in rest]
    return gravest(statuses)


def _tell_others(sending: Sending, manner: Manner) -> None:
    """Says that not everybody is told the same, so that the sample is not taken for all."""
    if sending.editions:
        manner.voice.say(
            _n(
                "{count} recipient was last sent another text, and is told what differs from that.",
                "{count} recipients were last sent another text, and are told what differs from "
                "that.",
                len(sending.editions),
            ),
            "yellow",
        )


def _begin(life: Life, key: DispatchKey, desk: Desk) -> None:
    """From now on this correction tells everything that an earlier one could not."""
    desk.begin_with(life)
    for record in life.of(Purpose.CORRECTION):
        if record.key.number < key.number and any(map(record.counts.get, WAITING)):
            desk.log.give_up(record.key, record.id, EndReason.OVERTAKEN)


def _find_correction(
    life: Life, release: Release, desk: Desk
) -> tuple[DispatchKey, tuple[Change, ...]] | None:
    """The correction to begin or to go on with, and what it tells; None where nothing changed."""
    corrections = life.of(Purpose.CORRECTION)
    if not is_same_message(life.release, release):
        number = 1 + max((record.key.number for record in corrections), default=0)
        key = DispatchKey(release_id=release.id, purpose=Purpose.CORRECTION, number=number)
        return key, find_changes(life.release, release)
    if not corrections:
        return None
    last = corrections[-1]
    before = desk.log.text_before(release.id, last.id)
    return None if before is None else (last.key, find_changes(before, release))


def _prepare(
    file: str,
    life: Life,
    release: Release,
    key: DispatchKey,
    desk: Desk,
) -> list[Sending]:
    """The correction, and the corrected invitation for those who still wait for the first one."""
    threads = read_threads(desk, life)
    informed = [person for person in threads.values() if person.is_informed]
    folder = release_folder(file, desk.settings)
    differences = Differences(desk.log.texts(release.id), release)

    def hold_back(person: Correspondent) -> tuple[str, Sentence] | None:
        if differences.since(person.held):
            return None
        return PlanReason.HAS_THIS_TEXT, say("has got the text as it is now")

    correction = Followup(
        life=life,
        key=key,
        release=release,
        plan=plan_followup(desk, life, key, informed, hold_back=hold_back),
        threads=threads,
        folder=folder,
        file=file,
    )
    sendings = [make_sending(correction, desk)]
    waiting = [person for person in threads.values() if _is_waiting(person)]
    if waiting:
        first = DispatchKey(release_id=release.id)
        invitation = Followup(
            life=life,
            key=first,
            release=release,
            plan=plan_followup(desk, life, first, waiting),
            threads=threads,
            folder=folder,
            file=file,
            sequence=key.number,
        )
        sendings.append(make_sending(invitation, desk))
    return sendings


def _is_waiting(person: Correspondent) -> bool:
    """Whether the invitation itself was begun for somebody who has not got it."""
    return any(
        mail.purpose is Purpose.ANNOUNCE and mail.status in CLAIMABLE for mail in person.mails
    )
