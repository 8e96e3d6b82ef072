"""Whether two names of a place mean the same place. Pure.

Judged for the reader who has the old name in the calendar: where it is not sure that they would
come to the right door, it is another place. So what may be added to a place is told by its shape
(a room, a floor, an entrance, a street and number, a town behind them), and nothing else is.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from pressutskick.release.likeness import fold


class Likeness(StrEnum):
    """What the new name is to the old one."""

    #: The same place, said more closely.
    CLOSER = "closer"
    #: The same place, spelt otherwise or said less closely.
    LOOSER = "looser"
    OTHER = "other"


#: What parts a place from what it lies in: `Stora salen i Rådhuset, Torget 1 (entré B)`.
_JOINT = re.compile(r"\s*[,;()\[\]]\s*|\s+[–—]\s+|\s+(?:i|på|inne i|in|at|inside|ved)\s+")
#: A word, or a house number with its letter: `12 B` is another house than `12`.
_TOKEN = re.compile(r"\d+(?:\s?[^\W\d_]\b)?|\w+")
#: Takes back what it stands beside, or sends elsewhere.
_TAKEN_BACK = re.compile(
    r"\b(?:inte|ej|icke|inget|ingen|utan|istället|(?:i )?stället|ikke|stedet|not?|instead|rather|"
    r"tidigare|tidligere|formerly|previously|förut|stäng\w*|steng\w*|luk\w*|closed?|shut|"
    r"flytt\w*|moved?|relocated|ändra\w*|ändring|nya?|nytt|new|nyt|inställ\w*|avlyst|aflyst)\b",
    re.IGNORECASE,
)
_PART = (
    r"\w*(?:salen|sal|rummet|rum|rommet|rom|room|foajén|foajé|foyer|lobbyn|lobby|lokalet?|entrén|"
    r"entré|entre|entrance|ingången|ingång|inngang|indgang|uppgång|porten|port|plan|våningen|"
    r"våning|vån|etasje|etage|floor|tr|trappor)"
)
_WORD = r"[^\W\d_][\w.:-]*"
#: `rum 3`, `Stora salen`, `2:a våningen`, `3 tr`, `ingång från torget`.
_ROOM = re.compile(
    rf"(?:(?:{_WORD}|\d+(?::\w|\.)?)\s+){{0,2}}{_PART}(?:\s+\w{{1,4}})?(?:\s+(?:från|fra|from|mot|via)\s+{_WORD})?",
    re.IGNORECASE,
)
#: `Storgatan 4`, `Norra Kajgatan 12 B`.
_STREET = re.compile(rf"(?:{_WORD}\s+){{1,3}}\d+(?:[-–]\d+)?\s?[^\W\d_]?", re.IGNORECASE)
#: `Åstad`, `411 15 Åstad`.
_TOWN = re.compile(rf"(?:\d{{3}}\s?\d{{2}}\s+|\d{{4}}\s+)?{_WORD}(?:\s+{_WORD})?")


def compare_places(before: str, after: str) -> Likeness:
    """What `after` is to `before`."""
    if _words(before) == _words(after):
        return Likeness.LOOSER
    old, new = _pieces(before), _pieces(after)
    if _leave_out(old, new) is not None and not _TAKEN_BACK.search(before):
        return Likeness.LOOSER
    added = _leave_out(new, old)
    if added is None or not all(_is_within(piece, old, new) for piece in added):
        return Likeness.OTHER
    return Likeness.CLOSER


def _is_within(piece: str, old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the piece only says where in, or where exactly, the old place is."""
    if _TAKEN_BACK.search(piece):
        return False
    if _ROOM.fullmatch(piece):
        # Another room beside the one that was told is another door.
        return not any(map(_ROOM.fullmatch, old))
    if _STREET.fullmatch(piece):
        return not any(map(_STREET.fullmatch, old))
    before = new[: new.index(piece)]
    return bool(before) and bool(_STREET.fullmatch(before[-1]) and _TOWN.fullmatch(piece))


def _leave_out(pieces: Sequence[str], known: Sequence[str]) -> list[str] | None:
    """What `pieces` has besides `known`, None where it lacks some of them or has them elsewhere."""
    left = list(map(_words, known))
    added = []
    for piece in pieces:
        if left and _words(piece) == left[0]:
            left.pop(0)
        else:
            added.append(piece)
    return None if left else added


def _pieces(place: str) -> list[str]:
    return [piece for piece in map(str.strip, _JOINT.split(place)) if piece]


def _words(text: str) -> list[str]:
    return [fold(token).replace(" ", "") for token in _TOKEN.findall(text)]
