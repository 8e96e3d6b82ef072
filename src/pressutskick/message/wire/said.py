"""What a message says in words of its own, before it is bytes: enough to tell how two differ."""

from collections.abc import Iterable
from dataclasses import dataclass

from pressutskick.message.model import AttachedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Subject, text lines and files (name and octets) of one message.

    The recipient's own address and opt-out token, which differ always, stand there as `…`.
    """

    subject: str
    lines: tuple[str, ...]
    files: tuple[tuple[str, int], ...]


def summarise(
    *, subject: str, text: str, own: Iterable[str], files: Iterable[AttachedFile]
) -> Said:
    """What such a message says; `own` are the words that are its recipient's alone."""
    for word in own:
        text = text.replace(word, "…") if word else text
    return Said(
        subject=subject,
        lines=tuple(text.split("\n")),
        files=tuple((file.filename, len(file.content)) for file in files),
    )


def find_differences(sample: Said, other: Said) -> tuple[str, ...]:
    """What `other` says that `sample` does not: its subject, its lines, its files."""
    mine = set(sample.lines)
    told = [line for line in other.lines if line and line not in mine]
    if other.subject != sample.subject:
        told.insert(0, other.subject)
    return (*told, *(name for name, size in other.files if (name, size) not in sample.files))
