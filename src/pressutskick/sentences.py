"""Sentences that a person will read, before anybody chose a language.

The inner rooms say *what* is to be told (an English pattern and its values); `cli/language.py`
puts it into the person's language through gettext. Machine output uses `str(sentence)`, which is
English. This module must not import gettext, so that no inner room depends on a catalogue.

`say` and `say_many` are the extraction keywords of the Swedish catalogue.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """An English pattern in `str.format` style with the values that fill it.

    `plural` and `count` are set together where the wording depends on a number. Values are filled
    in after translation and never parsed again, so braces in a value stay braces. A value may be a
    Sentence itself; it is translated too.
    """

    pattern: str
    values: dict[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: int = 1

    def __str__(self) -> str:
        """The sentence in English."""
        pattern = self.pattern if self.plural is None or self.count == 1 else self.plural
        return pattern.format(**self.values)


def say(pattern: str, /, **values: object) -> Sentence:
    """A sentence to be told: `say("{file} is not there", file=name)`."""
    return Sentence(pattern=pattern, values=values)


def say_many(singular: str, plural: str, count: int, /, **values: object) -> Sentence:
    """A sentence whose wording depends on `count`, which is also the value `{count}`."""
    return Sentence(pattern=singular, plural=plural, count=count, values={"count": count, **values})


def without_stop(text: str) -> str:
    """Somebody else's words, for the end of a sentence of ours, which brings its full stop."""
    return text.rstrip(" .")
