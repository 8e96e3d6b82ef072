"""Words that are one slip of the finger apart: a letter too many, too few, wrong, or two swapped.

Pairs are found without comparing everybody with everybody: words that are one slip apart share a
form with one letter left out (the idea of the symmetric-delete spelling index).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator


def near_pairs(words: Iterable[str], *, shortest: int = 5) -> Iterator[tuple[str, str]]:
    """Every pair of different words that are one slip apart, each pair once.

    Words shorter than `shortest` characters are left out: among those every second one is near.
    """
    by_form: dict[str, list[str]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for word in dict.fromkeys(words):
        if len(word) < shortest:
            continue
        for form in {word, *_shortened(word)}:
            for other in by_form[form]:
                pair = (other, word)
                if pair not in seen and is_one_slip(other, word):
                    seen.add(pair)
                    yield pair
            by_form[form].append(word)


def _shortened(word: str) -> Iterator[str]:
    """The word without one of its characters; a digit is never the slip."""
    for index, char in enumerate(word):
        if not char.isdigit():
            yield word[:index] + word[index + 1 :]


def is_one_slip(first: str, second: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours makes one the other.

    A differing digit is no slip: `nyheter1` and `nyheter2` are meant.
    """
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    end = 0
    while end < min(len(first), len(second)) - start and first[-1 - end] == second[-1 - end]:
        end += 1
    left = first[start : len(first) - end]
    right = second[start : len(second) - end]
    if any(char.isdigit() for char in left + right):
        return False
    is_swap = len(left) == len(right) == 2 and left == right[::-1]
    return is_swap or max(len(left), len(right)) == 1
