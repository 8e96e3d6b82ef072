"""What a mail says of the files that go with it: name, format and size, before anybody opens one."""

from collections.abc import Iterable

from pressutskick.mail import Language
from pressutskick.message.headline import clean_line
from pressutskick.message.model import AttachedFile

#: A decimal comma everywhere but in English.
_POINT = frozenset({Language.ENGLISH})


def view_attachments(files: Iterable[AttachedFile], language: Language) -> list[dict[str, object]]:
    """`attachments`: the files that go with the mail, the calendar file included."""
    return [
        {
            "filename": clean_line(file.filename),
            "title": clean_line(file.title),
            "format": _format(clean_line(file.filename)),
            "size": format_size(len(file.content), language),
        }
        for file in files
    ]


def _format(filename: str) -> str:
    name, dot, ending = filename.rpartition(".")
    return ending.upper() if name and dot else ""


def format_size(octets: int, language: Language) -> str:
    """`240 kB`, `1,2 MB`; a kilobyte is 1,000 octets, as phones and file managers count."""
    if octets < 1_000_000:
        return f"{max(round(octets / 1000), 1)}\u00a0kB"
    megabytes = f"{octets / 1_000_000:.1f}"
    return (megabytes if language in _POINT else megabytes.replace(".", ",")) + "\u00a0MB"
