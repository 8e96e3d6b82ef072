"""What comes with the program: templates, example lists, example invitations.

In a wheel they lie inside the package; an editable install does not see them there, so a checkout's
own top-level folders are the second place.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def shipped_folder(name: str) -> Path:
    """The folder `templates`, `recipients` or `invitations` as shipped.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    for place in (_PACKAGE / "workspace" / name, _PACKAGE.parent.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(name)
