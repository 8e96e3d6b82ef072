"""A cancellation: everybody who was invited is told, and whatever still waits is stopped."""

from pressutskick.actions.following.followups import Followup, make_sending, plan_followup
from pressutskick.actions.sending import Sending
from pressutskick.actions.workbench import Workbench
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.records import DispatchKey, DispatchState
from pressutskick.message.model import Purpose


def prepare_cancellation(life: Life, reason: str | None, bench: Workbench) -> Sending:
    """The dispatch that tells those who were invited; perhaps to nobody.

    `reason` is why, in the mail's words.

    Raises:
        SettingsError: nobody is named as sender.
        InputError: a template is not valid.
    """
    threads = bench.log.correspondence(life.release.id)
    key = DispatchKey(release_id=life.release.id, purpose=Purpose.CANCELLATION)
    informed = [person for person in threads.values() if person.may_be_informed]
    followup = Followup(
        life=life,
        key=key,
        plan=plan_followup(bench, life, key, informed),
        threads=threads,
        reason=reason,
    )
    return make_sending(followup, bench)


def call_off(life: Life, bench: Workbench) -> None:
    """Nothing of the release goes out any more, whatever becomes of the cancellation itself.

    Raises:
        DispatchInProgress, InputError: as `Workbench.begin_change` tells.
    """
    bench.begin_change(life)
    for record in life.dispatches:
        is_cancellation = record.key.purpose is Purpose.CANCELLATION
        if not is_cancellation and record.state is not DispatchState.CANCELLED:
            bench.log.cancel(record.id)
