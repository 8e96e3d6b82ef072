"""Word lists, written as text so that a person can read and mend them."""


def words(text: str) -> frozenset[str]:
    """The words of `text`, each once."""
    return frozenset(text.split())
