"""What a mail says already: a passage is printed once, as a fact, in the text or below it.

Two sentences are the same where their words are, whatever marks and capitals stand between.
"""

import re
from collections.abc import Iterable
from itertools import dropwhile

_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[\"”»(]?[A-ZÅÄÖÆØ0-9])")
_WORD = re.compile(r"\w+")
#: A block of Markdown that is more than a paragraph: heading, list, quotation, table, code.
_BUILT = re.compile(r"(?:#|[-*+>|]\s|\d{1,2}[.)]\s|```| {4})")
#: Words before what a fact says too: `Plats: Rådhuset`.
_LABEL = re.compile(r"[*_]*[^\W\d_]+[*_]*(?::\**\s*|\s+)")
#: A shorter passage is said again on purpose: `Varmt välkomna!`
_FEWEST_WORDS = 4


class Told:
    """The words of the texts that a mail prints."""

    def __init__(self, *texts: str) -> None:
        """Each text is one passage: no sentence goes from one into the next."""
        self._words = [_words(text) for text in texts]

    def holds(self, sentence: str) -> bool:
        """Whether one of the texts says all words of `sentence` in their order."""
        words = _words(sentence)
        return any(words in text for text in self._words)

    def leave_out(self, note: str) -> str:
        """The sentences of `note` that no text says; from now on they are told."""
        left = " ".join(each for each in _SENTENCE.split(note) if not self.holds(each))
        self.add(left)
        return left

    def add(self, text: str) -> None:
        """From now on this is told too."""
        self._words.append(_words(text))


def leave_out_repeats(source: str, above: Iterable[str], facts: Iterable[str]) -> str:
    """The Markdown without paragraphs that say again what stands above, in a fact, or before them.

    A labelled fact goes even where more stands behind it in its paragraph: `Plats: Rådhuset. Det
    går att parkera.`
    """
    told, known = Told(*above), Told(*facts)
    kept: list[str] = []
    for block in re.split(r"\n\s*\n", source):
        left = block if _BUILT.match(block) else _without_repeats(block, told, known)
        if left.strip():
            kept.append(left)
            told.add(left)
    return "\n\n".join(kept)


def _without_repeats(paragraph: str, told: Told, known: Told) -> str:
    sentences = _SENTENCE.split(paragraph)
    left = list(dropwhile(lambda sentence: _repeats_fact(sentence, known), sentences))
    if len(left) < len(sentences):
        return " ".join(left)
    is_told = len(_WORD.findall(paragraph)) >= _FEWEST_WORDS and told.holds(paragraph)
    return "" if is_told else paragraph


def _repeats_fact(sentence: str, known: Told) -> bool:
    label = _LABEL.match(sentence)
    value = sentence[label.end() :] if label else ""
    return len(_WORD.findall(value)) >= _FEWEST_WORDS and known.holds(value)


def _words(text: str) -> str:
    """Between spaces, so that no word is found inside another."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
