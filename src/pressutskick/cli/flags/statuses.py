"""A status as a person types it: its code, or a word that the log's table prints for it."""

import unicodedata
from typing import TYPE_CHECKING

from pressutskick.cli.language import LANGUAGES, speaking
from pressutskick.errors import UsageError
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pressutskick.dispatch.delivery import DeliveryStatus


def parse_status(typed: str) -> "DeliveryStatus":
    """The status of that code or word, in any of our languages and either number.

    Raises:
        UsageError: it is none; lists them.
    """
    found = _known_words().get(_fold(typed))
    if found is None:
        raise UsageError(
            say("--status is wrong: there is no status {word}.", word=typed),
            remedy=say("There are: {names}.", names=name_statuses()),
        )
    return found


def name_statuses() -> str:
    """Every status: its code, and its word in the person's language where that is another."""
    from pressutskick.cli.shows.words import status_word
    from pressutskick.dispatch.delivery import DeliveryStatus

    named = ((str(status), status_word(status)) for status in DeliveryStatus)
    return ", ".join(code if code == word else f"{code} ({word})" for code, word in named)


def _known_words() -> "dict[str, DeliveryStatus]":
    from pressutskick.cli.shows.words import status_word
    from pressutskick.dispatch.delivery import DeliveryStatus

    known = {_fold(status): status for status in DeliveryStatus}
    for language in LANGUAGES:
        with speaking(language):
            for status in DeliveryStatus:
                # One and several: a word beside a number agrees with it.
                known |= {_fold(status_word(status, count)): status for count in (1, 2)}
    return known


def _fold(word: str) -> str:
    """Without case; some keyboards write an ö as an o and two dots."""
    return " ".join(unicodedata.normalize("NFC", word).casefold().split())
