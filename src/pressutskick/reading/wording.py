"""Word lists, written as text so that a person can read and mend them."""

import pkgutil

#: How many passages the small readers remember, since several readers look at the same one.
REMEMBERED = 512


def words(text: str) -> frozenset[str]:
    """The words of `text`, each once."""
    return frozenset(text.split())


def listed(package: str | None, name: str) -> list[str]:
    """The entries of a word file of `package`: one a line, `#` begins a remark.

    Raises:
        FileNotFoundError: there is no such file.
    """
    raw = pkgutil.get_data(package or "", name)
    if raw is None:  # pragma: no cover - a loader without files
        raise FileNotFoundError(name)
    lines = (line.partition("#")[0].strip() for line in raw.decode().splitlines())
    return [line for line in lines if line]
