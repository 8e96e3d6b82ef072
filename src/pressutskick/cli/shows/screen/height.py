"""How many lines of the terminal are left, so that what a person decides on stays in sight."""

from rich.console import RenderableType

from pressutskick.cli.shows.voice import Voice


class Room:
    """The lines below what was shown; endless where nothing scrolls away."""

    def __init__(self, voice: Voice) -> None:
        """All of the terminal that `voice` talks on."""
        self._voice = voice
        self._left = voice.height

    def reserve(self, *things: RenderableType) -> None:
        """Keeps their lines free: they are shown later."""
        if self._left is not None:
            self._left -= self._voice.measure(*things)

    def show(self, thing: RenderableType) -> None:
        """Shows it, and has so many lines less."""
        self.reserve(thing)
        self._voice.show(thing)

    @property
    def is_endless(self) -> bool:
        """Whether nothing scrolls away."""
        return self._left is None

    def fits(self, *things: RenderableType) -> bool:
        """Whether they need no more than what is left."""
        return self._left is None or self._voice.measure(*things) <= self._left
