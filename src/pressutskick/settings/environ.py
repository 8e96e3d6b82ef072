"""The environment that a program which we start gets: without what it has no need of."""

import os
import re
from collections.abc import Mapping

from pressutskick.settings.workspace import PREFIX

#: A password or a client's secret itself, or a database's address that may hold one; not the
#: command that fetches one.
_SECRET = re.compile(rf"{PREFIX}\w*(PASSWORD|SECRET|DATABASE)", re.IGNORECASE)


def without_secrets(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """`environ`, ours where None: whoever may look at the other program's sees no secret there."""
    given = os.environ if environ is None else environ
    return {key: text for key, text in given.items() if not _SECRET.fullmatch(key)}
