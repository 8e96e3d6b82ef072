"""How far this machine has seen a log come, kept apart from the log.

Whoever puts yesterday's copy of the file back and sends again would mail everybody who got theirs
since. A log numbers its runs upwards, so a new run whose number was seen before gives an old copy
away. The mark is a help and no proof: another machine has none, and where none can be kept the
work goes on.
"""

from contextlib import suppress
from pathlib import Path

from pressutskick.errors import DeliveryLogError
from pressutskick.sentences import say


class Watermark:
    """The highest number of a run that was seen of one log."""

    def __init__(self, folder: Path | None, instance: str) -> None:
        """`instance` (hex) tells the log from others; without a `folder` nothing is kept."""
        self._file = folder / f"{instance}.run" if folder else None

    def read(self) -> int:
        """The mark; 0 where there is none that can be read."""
        if self._file is None:
            return 0
        try:
            return int(self._file.read_text("ascii"))
        except (OSError, ValueError):
            return 0

    def check(self, seen: int, last: int, log: str) -> None:
        """Whether `last`, the last run of `log`, is not before `seen`, the mark that was read first.

        Raises:
            DeliveryLogError: it is: the log is an old copy.
        """
        if last >= seen:
            return
        raise DeliveryLogError(
            say(
                "{file}: this is an old copy of the delivery log; this machine has sent since.",
                file=log,
            ),
            remedy=say(
                "Nothing was sent: whoever was mailed since would be mailed again. Put the newest "
                "file back. If there is none, leave out by --exclude whoever is in the Sent "
                "folder, and say that you know: pressutskick log verify --restored"
            ),
        )

    def note(self, run_id: int) -> None:
        """Notes a run that the log has on the disk; of two that began together, the later one."""
        if run_id > self.read():
            self.set(run_id)

    def set(self, run_id: int) -> None:
        """Makes a run the last that was seen."""
        if self._file is None:
            return
        new = self._file.with_suffix(".new")
        with suppress(OSError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Made anew, so that no link of that name is followed.
            new.unlink(missing_ok=True)
            new.touch(mode=0o600, exist_ok=False)
            new.write_text(str(run_id), "ascii")
            new.replace(self._file)
