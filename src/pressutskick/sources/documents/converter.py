"""The child's program: one document's bytes on stdin, its text or a refusal as JSON on stdout.

Started by `child`; sets its own limits before it looks at a byte.
"""

import json
import sys

from pressutskick.errors import InputError
from pressutskick.sentences import say
from pressutskick.sources.documents.child import MEMORY_LIMIT, TIME_LIMIT
from pressutskick.sources.formats import TEXT_LIMIT, Format, find_format


def main(kind: str, name: str) -> None:
    """Converts stdin from format `kind`; `name` is what errors call the document."""
    _limit_resources()
    data = sys.stdin.buffer.read()
    try:
        text = convert(data, Format(kind), name=name)
        answer: dict[str, object] = {"text": text}
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


def convert(data: bytes, kind: Format, *, name: str) -> str:
    """The Markdown text of `data`.

    Raises:
        ImportError: an optional library is missing.
        InputError: the document is refused.
    """
    text = _convert(data, kind, name)
    if len(text) > TEXT_LIMIT:
        raise InputError(
            say(
                "{file} holds {count} characters of text; at most {limit} are read.",
                file=name,
                count=len(text),
                limit=TEXT_LIMIT,
            )
        )
    return text


def _convert(data: bytes, kind: Format, name: str) -> str:
    """Imports only what this format needs."""
    from pressutskick.sources.documents.noise import drop_noise

    if kind is Format.PDF:
        from pressutskick.sources.documents.pdf import convert_pdf

        return convert_pdf(data, name=name)
    from pressutskick.sources.documents.markup import convert_html

    if kind is Format.EML:
        from pressutskick.sources.documents.mailfile import convert_mail, find_attached_document

        attached = find_attached_document(data)
        if attached is not None:
            return _convert(attached, find_format(attached, name=name), name)
        return drop_noise(convert_mail(data))
    if kind is Format.HTML:
        from pressutskick.sources.encoding import decode_html

        return drop_noise(convert_html(decode_html(data)))
    from pressutskick.sources.documents import office

    read = office.convert_docx if kind is Format.DOCX else office.convert_odt
    return drop_noise(convert_html(read(data, name=name)))


def _limit_resources() -> None:
    """Memory and processor time, where the system has a way."""
    try:
        import resource
    except ImportError:
        return
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_CPU, int(TIME_LIMIT) + 1),
    ):
        _, hard = resource.getrlimit(what)
        if hard == resource.RLIM_INFINITY or hard > limit:
            resource.setrlimit(what, (limit, hard))
