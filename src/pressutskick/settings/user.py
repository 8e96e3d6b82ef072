"""Who works here, where nobody says: the system's user and host."""

import getpass
import platform
from contextlib import suppress


def find_user() -> str:
    """`user@host`, or the host alone where the system has no name for the user."""
    # Without a name: KeyError of the password database, OSError from Python 3.13 on, or no module for it.
    with suppress(KeyError, OSError, ImportError):
        return f"{getpass.getuser()}@{platform.node()}"
    return platform.node()
