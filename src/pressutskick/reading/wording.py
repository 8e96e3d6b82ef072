"""Word lists, written as text so that a person can read and mend them."""

#: How many passages the small readers remember, since several readers look at the same one.
REMEMBERED = 512


def words(text: str) -> frozenset[str]:
    """The words of `text`, each once."""
    return frozenset(text.split())
