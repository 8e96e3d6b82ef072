"""Any document of the operator's -> its text, Markdown where the format has structure.

A text file's text keeps its lines; the lines of other formats are those of the converted text.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from pressutskick.errors import InputError
from pressutskick.reading.source import SourceText
from pressutskick.sentences import Sentence, say
from pressutskick.sources.documents.leftout import LeftOut
from pressutskick.sources.documents.plaintext import clean_text
from pressutskick.sources.documents.remarks import tell_left_out
from pressutskick.sources.encoding import decode
from pressutskick.sources.files import INVITATIONS, STDIN, read_file
from pressutskick.sources.formats import TEXT_LIMIT, Format, find_format


def read_document(name: str, on_wait: Callable[[Sentence], None] | None = None) -> SourceText:
    """The text of file `name`, or of stdin for `-`; `on_wait` is told where that takes its time.

    Raises:
        InputNotFound: there is no such file.
        InputError: a format that is not read, beyond the limits, damaged, or without text.
    """
    if name == STDIN and on_wait is not None and sys.stdin.isatty():
        on_wait(_how_to_paste())
    data = read_file(name)
    kind = find_format(data, name=name)
    if kind is Format.TEXT:
        if len(data) > 4 * TEXT_LIMIT:
            raise _too_long(name, len(data))
        text, _encoding = decode(data)
        left_out: tuple[LeftOut, ...] = ()
    else:
        from pressutskick.sources.documents.child import convert_in_child

        converted = convert_in_child(data, kind, name=name, on_wait=on_wait)
        text, left_out = converted.text, converted.left_out
    text, controls = clean_text(text)
    if len(text) > TEXT_LIMIT:
        raise _too_long(name, len(text))
    if not text.strip():
        raise InputError(say("{file} holds no text.", file=name), remedy=_no_text_remedy(kind))
    problems = tell_left_out((*left_out, *controls), name)
    shelf = f"{INVITATIONS}/" if Path(INVITATIONS).is_dir() else ""
    return SourceText(name=name, text=text, problems=problems, shelf=shelf)


def _how_to_paste() -> Sentence:
    """How a person who types at us ends the text."""
    if os.name == "nt":
        return say("Paste the text, then press Ctrl-Z and Enter on a line of its own.")
    return say("Paste the text, then press Ctrl-D on a line of its own.")


def _too_long(name: str, count: int) -> InputError:
    return InputError(
        say(
            "{file} holds {count} characters of text; at most {limit} are read.",
            file=name,
            count=count,
            limit=TEXT_LIMIT,
        )
    )


def _no_text_remedy(kind: Format) -> Sentence | None:
    if kind is not Format.PDF:
        return None
    return say(
        "Its pages are pictures, as a scanner makes them. Copy the text from the original and "
        "paste it into: pressutskick read -"
    )
