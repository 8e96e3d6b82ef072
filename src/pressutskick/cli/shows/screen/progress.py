"""What a person sees while a dispatch runs: a bar on a terminal, lines with `-v`, else nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import RenderableType

from pressutskick.cli.language import _, tell
from pressutskick.cli.shows.screen.console import plain, talk
from pressutskick.cli.shows.words import fault_word, status_style, status_word
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.interfaces import Decision, Delivery, Fault, Observer, Outcome
from pressutskick.release.zone import ZONE
from pressutskick.sentences import Sentence

if TYPE_CHECKING:
    from rich.progress import Progress


class LineObserver:
    """Tells outcomes that a person should see, a line each."""

    def __init__(self, *, is_verbose: bool) -> None:
        """Tells every outcome where `is_verbose`."""
        self._is_verbose = is_verbose

    def delivered(self, delivery: Delivery, outcome: Outcome, decision: Decision) -> None:
        """See Observer."""
        is_bad = decision.status is not DeliveryStatus.ACCEPTED
        if self._is_verbose or is_bad:
            line = plain(f"{delivery.recipient.mailbox.address}  ")
            line.append(status_word(decision.status), style=status_style(decision.status))
            line.append_text(plain(f"  {describe_outcome(outcome)}", "dim"))
            talk().print(line)

    def waiting(self, until: datetime, reason: Sentence) -> None:
        """See Observer."""

    def connected(self, connections: int) -> None:
        """See Observer."""


class BarObserver(LineObserver):
    """Moves a bar too."""

    def __init__(self, progress: "Progress", total: int, *, is_verbose: bool) -> None:
        """`total` is how many deliveries the run may send."""
        super().__init__(is_verbose=is_verbose)
        self._progress = progress
        note = _("waiting for the mail server")
        self._task = progress.add_task(_("Sending"), total=total, note=note)

    def delivered(self, delivery: Delivery, outcome: Outcome, decision: Decision) -> None:
        """See Observer."""
        if decision.status is not DeliveryStatus.DEFERRED:
            self._progress.update(self._task, advance=1, note="")
        super().delivered(delivery, outcome, decision)

    def waiting(self, until: datetime, reason: Sentence) -> None:
        """See Observer."""
        clock = until.astimezone(ZONE).strftime("%H:%M:%S")
        note = _("waiting until {clock}: {reason}", clock=clock, reason=tell(reason))
        self._progress.update(self._task, note=" ".join(plain(note).plain.split()))

    def connected(self, connections: int) -> None:
        """See Observer."""
        if connections:
            self._progress.update(self._task, note="")
        else:
            self._progress.update(self._task, refresh=True)


def describe_outcome(outcome: Outcome) -> str:
    """The reply, or what went wrong where there is none."""
    if outcome.reply is not None:
        return str(outcome.reply)
    if outcome.fault is Fault.LOST:
        # The operating system's English words for it add nothing.
        return fault_word(outcome.fault)
    word = fault_word(outcome.fault) if outcome.fault else ""
    return ": ".join(part for part in (word, outcome.detail) if part)


class QuietObserver:
    """Tells nothing."""

    def delivered(self, delivery: Delivery, outcome: Outcome, decision: Decision) -> None:
        """See Observer."""

    def waiting(self, until: datetime, reason: Sentence) -> None:
        """See Observer."""

    def connected(self, connections: int) -> None:
        """See Observer."""


@contextmanager
def observe(total: int, *, is_quiet: bool, is_verbose: bool) -> Iterator[Observer]:
    """The observer for one run; the bar is shown on a terminal only."""
    if is_quiet:
        yield QuietObserver()
        return
    if not talk().is_terminal:
        yield LineObserver(is_verbose=is_verbose)
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    class NotedProgress(Progress):
        """What is waited for stands below the bar, in full on a narrow terminal too."""

        def get_renderables(self) -> Iterator[RenderableType]:
            """See Progress."""
            yield self.make_tasks_table(self.tasks)
            # A note may hold what a server said: data, never markup.
            notes = (task.fields["note"] for task in self.tasks)
            yield from (plain(note, "yellow") for note in notes if note)

    with NotedProgress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=talk(),
        transient=True,
    ) as progress:
        yield BarObserver(progress, total, is_verbose=is_verbose)
