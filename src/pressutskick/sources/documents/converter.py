"""The child's program: one document's bytes on stdin, its text or a refusal as JSON on stdout.

Started by `child`; sets its own limits before it looks at a byte.
"""

import json
import sys
from contextlib import suppress

from pressutskick.errors import InputError
from pressutskick.sentences import say
from pressutskick.sources.documents.child import MEMORY_LIMIT, write_answer
from pressutskick.sources.documents.leftout import Converted, LeftOutNotes
from pressutskick.sources.formats import TEXT_LIMIT, Format, find_format


def main(kind: str, name: str, seconds: str) -> None:
    """Converts stdin from format `kind`; `name` is what errors call the document.

    `seconds` of processor time may be used.
    """
    limit_resources(int(seconds))
    data = sys.stdin.buffer.read()
    try:
        answer = write_answer(convert(data, Format(kind), name=name))
    except InputError as error:
        answer = {"pattern": error.sentence.pattern, "values": error.sentence.values}
    except ImportError as error:
        sentence = say(
            "Reading {file} needs the library {library}.", file=name, library=error.name or "?"
        )
        answer = {"pattern": sentence.pattern, "values": sentence.values, "library": True}
    except (MemoryError, RecursionError):
        sentence = say("{file} is nested too deeply or needs too much memory.", file=name)
        answer = {"pattern": sentence.pattern, "values": sentence.values}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def convert(data: bytes, kind: Format, *, name: str) -> Converted:
    """The Markdown text of `data`, and what is left out of it.

    Raises:
        ImportError: an optional library is missing.
        InputError: the document is refused.
    """
    notes = LeftOutNotes()
    converted = notes.settle(_convert(data, kind, notes, name))
    if len(converted.text) > TEXT_LIMIT:
        raise InputError(
            say(
                "{file} holds {count} characters of text; at most {limit} are read.",
                file=name,
                count=len(converted.text),
                limit=TEXT_LIMIT,
            )
        )
    return converted


def _convert(data: bytes, kind: Format, notes: LeftOutNotes, name: str) -> str:
    """Imports only what this format needs."""
    from pressutskick.sources.documents.noise import drop_noise

    if kind is Format.PDF:
        from pressutskick.sources.documents.pdf.reader import convert_pdf

        return convert_pdf(data, notes, name=name)
    from pressutskick.sources.documents.markup import convert_html

    if kind is Format.EML:
        from pressutskick.sources.documents.mailfile import convert_mail

        def read_attached(document: bytes, notes: LeftOutNotes) -> str | None:
            try:
                return _convert(document, find_format(document, name=name), notes, name)
            except InputError:
                return None

        return drop_noise(convert_mail(data, notes, read_attached), notes)
    if kind is Format.HTML:
        from pressutskick.sources.encoding import decode_html

        return drop_noise(convert_html(decode_html(data), notes), notes)
    if kind is Format.DOCX:
        from pressutskick.sources.documents.word import convert_docx as read
    else:
        from pressutskick.sources.documents.opendocument import convert_odt as read
    return drop_noise(convert_html(read(data, notes, name=name), notes), notes)


def limit_resources(seconds: int) -> None:
    """Memory and processor time, where the system has a way and agrees to it.

    Some systems know a limit and refuse it (macOS on Apple silicon that on memory); reading goes
    on without it, since the other limits and the parent's patience hold.
    """
    try:
        import resource
    except ImportError:
        return
    for name, limit in (("RLIMIT_AS", MEMORY_LIMIT), ("RLIMIT_CPU", seconds)):
        with suppress(AttributeError, ValueError, OSError):
            what = getattr(resource, name)
            _, hard = resource.getrlimit(what)
            if hard == resource.RLIM_INFINITY or hard > limit:
                resource.setrlimit(what, (limit, hard))
