"""Spaces that no line may be broken at: between a day and its month, `kl.` and its clock.

Only what a reader sees passes here; subject lines and calendars keep their plain spaces.
"""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from pressutskick.message.dates import list_months

_SPACE = "\u00a0"
_BOUND = re.compile(
    rf"(?<=\d)(\.?) (?=(?:{'|'.join(list_months())})\b)|(?<=\bkl)(\.?) (?=\d)|(?<=\bklockan)() (?=\d)",
    re.IGNORECASE,
)


def bind_text(text: str) -> str:
    """`3 september kl. 10.00` with spaces that do not break; a `Markup` stays one."""
    bound = _BOUND.sub(lambda match: "".join(filter(None, match.groups())) + _SPACE, text)
    return Markup(bound) if isinstance(text, Markup) else bound  # noqa: S704 - it was one before


def bind_view(value: Any) -> Any:
    """A template's variable with all its texts bound, however deep they stand."""
    if isinstance(value, str):
        return bind_text(value)
    if isinstance(value, Mapping):
        return {name: bind_view(each) for name, each in value.items()}
    if isinstance(value, list):
        return [bind_view(each) for each in value]
    return value
