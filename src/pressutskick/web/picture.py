"""What a live page shows, as values, and the stage on which the newest of them stands."""

import threading
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something worth a look: how bad it is, as a word that styles go by, and the sentence."""

    severity: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One mail as it would leave now. `error` says why there is none; then the last one stays."""

    title: str = ""
    recipient: str = ""
    sender: str = ""
    subject: str = ""
    line: str = ""
    html: str = ""
    text: str = ""
    source: str = ""
    files: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    error: tuple[str, ...] = ()
    number: int = 0


class Stage:
    """The newest picture; whoever waits is woken when another comes."""

    def __init__(self) -> None:
        """Empty."""
        self._picture = Picture()
        self._change = threading.Condition()

    @property
    def picture(self) -> Picture:
        """What is shown now."""
        with self._change:
            return self._picture

    def show(self, picture: Picture) -> None:
        """Puts a picture in place of the last."""
        with self._change:
            self._picture = replace(picture, number=self._picture.number + 1)
            self._change.notify_all()

    def fail(self, *error: str) -> None:
        """Keeps the last picture, and says why there is no newer one."""
        self.show(replace(self.picture, error=error))

    def wait(self, number: int, *, seconds: float) -> int:
        """The number of the picture after `number`; the same one when the time is up."""
        with self._change:
            self._change.wait_for(lambda: self._picture.number != number, seconds)
            return self._picture.number
