"""How near two words are to each other (Damerau-Levenshtein, optimal string alignment)."""

import unicodedata


def fold(text: str) -> str:
    """Lower case without accents: `Åsa Ørn` -> `asa orn`."""
    folded = text.casefold().replace("æ", "ae").replace("ø", "o").replace("đ", "d")
    return unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()


def measure_distance(left: str, right: str, *, limit: int = 3) -> int:
    """Letters changed, added, left out or swapped; `limit` where it is that or more."""
    if abs(len(left) - len(right)) >= limit:
        return limit
    before: list[int] = []
    last = list(range(len(right) + 1))
    for row, char in enumerate(left, 1):
        now = [row]
        for column, other in enumerate(right, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (char != other))
            swapped = (
                row > 1 and column > 1 and left[row - 2] == other and right[column - 2] == char
            )
            if swapped and char != other:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return min(last[-1], limit)
