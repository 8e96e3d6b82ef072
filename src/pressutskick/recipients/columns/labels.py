"""Columns that tell what an address is, as Google exports them: `E-mail 1 - Type` with `Work`. Pure."""

import re
from collections.abc import Mapping

from pressutskick.recipients.columns.model import Columns
from pressutskick.recipients.fields import AT_HOME, fold_whole, weigh_word

_VALUE = ("value", "address", "adress")
_LABEL = ("type", "typ", "label", "etikett")
_WORDS = re.compile(r"[^\W\d_]+")
#: What is marked as the one to use comes first.
_MARKED = -1


def find_labels(columns: Columns) -> Mapping[int, int]:
    """By the index of a column of addresses that of the column with its labels."""
    by_stem = {
        folded.removesuffix(end): column.index
        for column in columns.columns
        for end in _LABEL
        if (folded := fold_whole(column.header)).endswith(end)
    }
    return {
        column.index: by_stem[stem]
        for column in columns.columns
        for end in _VALUE
        if (folded := fold_whole(column.header)).endswith(end)
        and (stem := folded.removesuffix(end))
        and stem in by_stem
    }


def weigh_label(text: str) -> int:
    """How much weaker a label makes an address; 0 where it says nothing, or that it is at work."""
    if text.lstrip().startswith("*"):
        return _MARKED
    weights = [weigh_word(word) for word in _WORDS.findall(text[:80].casefold())]
    return AT_HOME if AT_HOME in weights else 0
