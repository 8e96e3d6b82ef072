"""What a person is told while a document is being read, where that takes more than a moment."""

import sys

from pressutskick.sentences import Sentence


def tell_waiting(sentence: Sentence) -> None:
    """Says it to whoever sits at a terminal; a program that reads our talk needs no patience."""
    if sys.stderr.isatty():
        from pressutskick.cli.language import tell
        from pressutskick.cli.shows.screen.console import plain, talk

        talk().print(plain(tell(sentence), "dim"))
