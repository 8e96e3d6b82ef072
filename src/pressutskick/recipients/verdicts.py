"""Why somebody on a roll gets no mail: a reason and a sentence for each place, kept small. Pure."""

from array import array

from pressutskick.sentences import Sentence

Verdict = tuple[str, Sentence | None]


class Verdicts:
    """A number for each place, since thousands are left out for the same reason."""

    def __init__(self, count: int) -> None:
        """Nobody of `count` is left out yet."""
        self._numbers = array("L", bytes(array("L").itemsize * count))
        self._known: list[Verdict | None] = [None]
        self._number_of: dict[tuple[str, str], int] = {}

    def __getitem__(self, place: int) -> Verdict | None:
        """Why this one is left out; None where it is not."""
        return self._known[self._numbers[place]]

    def set(self, place: int, reason: str, sentence: Sentence | None) -> None:
        """Leaves one out."""
        words = (reason, str(sentence))
        number = self._number_of.setdefault(words, len(self._known))
        if number == len(self._known):
            self._known.append((reason, sentence))
        self._numbers[place] = number
