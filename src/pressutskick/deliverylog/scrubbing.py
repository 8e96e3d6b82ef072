"""How one person is written in texts, and the texts without them. Every log erases by this."""

import json
import re
from collections.abc import Iterable
from contextlib import suppress

from pressutskick.recipients.model import Recipient

_GONE_NAME = "[erased]"
#: An address still, so that an invitation that named the person can be read again.
_GONE_ADDRESS = "erased@erased.invalid"


class Scrubber:
    """Takes one person out of any text: whole words, in any case, also as JSON writes them."""

    def __init__(self, key: str, address: str, recipients: Iterable[Recipient]) -> None:
        """`key` is the comparison key of `address`; `recipients` are all that the log has of it."""
        found = list(recipients)
        names = {name for recipient in found for name in (recipient.name, recipient.mailbox.name)}
        # A single first name stands in too many other places to be replaced everywhere.
        self._names = _pattern(name for name in names if name and " " in name)
        self._addresses = _pattern(
            {
                *(address.strip(), key, *_in_letters(key)),
                *(recipient.mailbox.address for recipient in found),
            }
        )

    def scrub(self, text: str, *, with_names: bool = True) -> str:
        """The text without the address, and without the name unless others may share it."""
        text = self._addresses.sub(_GONE_ADDRESS, text)
        return self._names.sub(_GONE_NAME, text) if with_names else text

    def blot(self, text: str) -> str:
        """The same for text that nobody reads as an address any more."""
        return self._names.sub(_GONE_NAME, self._addresses.sub(_GONE_NAME, text))


def _in_letters(key: str) -> Iterable[str]:
    """The address with its domain as a person writes it."""
    local, _, domain = key.rpartition("@")
    with suppress(UnicodeError):
        yield f"{local}@{domain.encode('ascii').decode('idna')}"


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    forms = {form for word in words for form in (word, json.dumps(word)[1:-1])}
    longest_first = sorted(forms, key=len, reverse=True)
    inner = "|".join(map(re.escape, longest_first)) or "(?!)"
    return re.compile(rf"(?<![\w.+-])(?:{inner})(?![\w-]|\.\w)", re.IGNORECASE)
