"""Addresses as they stand in somebody else's text."""

import re
from collections.abc import Iterable

#: What an address looks like in running text; the quantities of RFC 5321 section 4.5.3.1 bound it.
_ADDRESS = re.compile(
    r"(?<![\w.+=@-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{2,63}(?![\w@-])"
)
_MOST_TEXT = 20_000


def find_addresses(text: str) -> tuple[str, ...]:
    """The addresses of a text in their order, each once."""
    found = (each.strip(".'") for each in _ADDRESS.findall(text[:_MOST_TEXT]))
    return tuple(dict.fromkeys(address for address in found if not address.startswith("@")))


def find_address(text: str) -> str:
    """The first address of a text; empty where there is none."""
    return next(iter(find_addresses(text)), "")


def join_addresses(*groups: Iterable[str]) -> tuple[str, ...]:
    """All of them in their order, each once, whatever its letters' case."""
    found: dict[str, str] = {}
    for group in groups:
        for address in group:
            found.setdefault(address.casefold(), address)
    return tuple(found.values())


def without_addresses(text: str) -> str:
    """The text with its addresses taken out, whose words say nothing about what happened."""
    return _ADDRESS.sub("", text[:_MOST_TEXT])
