"""Files that a release attaches: from its own folder or the workspace, and from nowhere else.

A path is followed to what it really is before it is judged, so that no link leads out; only
regular files are read, once, within a limit for all of them together. What is private is refused
(`sources.protected`).
"""

import stat
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from pressutskick.errors import InputError, Origin, Problem, Severity, reason_of
from pressutskick.mail import is_safe_for_header
from pressutskick.message.model import AttachedFile
from pressutskick.release.identity import avoid_device
from pressutskick.release.model import Attachment
from pressutskick.sentences import Sentence, say
from pressutskick.sources.protected import Private, refuse_content

#: Octets of all files of a release; newsrooms refuse larger mails, base64 adds a third.
MAX_OCTETS = 10 * 1024 * 1024

_MEDIA_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gif": "image/gif",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
_PACKED = (b"PK\x03\x04",)
#: How the content of these begins, whatever the name says.
_BEGINNINGS = {
    ".docx": _PACKED,
    ".gif": (b"GIF8",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".jpg": (b"\xff\xd8\xff",),
    ".odt": _PACKED,
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".pptx": _PACKED,
    ".webp": (b"RIFF",),
    ".xlsx": _PACKED,
    ".zip": _PACKED,
}
#: What every mail server throws away, with the mail.
_REFUSED = frozenset(
    [
        ".app",
        ".bat",
        ".cmd",
        ".com",
        ".cpl",
        ".exe",
        ".hta",
        ".iso",
        ".jar",
        ".js",
        ".jse",
        ".lnk",
        ".msi",
        ".ps1",
        ".reg",
        ".scr",
        ".sh",
        ".vbe",
        ".vbs",
        ".wsf",
    ]
)


def read_attachments(
    attachments: Sequence[Attachment], *, folder: Path, private: Private, file: str | None = None
) -> tuple[AttachedFile, ...]:
    """The files, in order; `folder` is the release file's own, `file` its name for the errors.

    `private` tells the workspace, and what of it never goes out.

    Raises:
        InputError: some cannot be attached; tells all of them and what to do.
    """
    roots = [folder.resolve(), private.workspace.resolve()]
    read: list[AttachedFile] = []
    problems: list[Problem] = []
    room = MAX_OCTETS
    for attachment in attachments:
        found = _read(attachment, folder, roots, private, room)
        if isinstance(found, AttachedFile):
            room -= len(found.content)
            read.append(found)
        else:
            problems.append(
                Problem(
                    code="attachment",
                    severity=Severity.ERROR,
                    sentence=found,
                    origin=Origin(file=file),
                )
            )
    if problems:
        raise InputError(
            problems=problems,
            remedy=say("Mend the list of attachments in the file, or put the files in place."),
        )
    return tuple(read)


def _read(
    attachment: Attachment, folder: Path, roots: Sequence[Path], private: Private, room: int
) -> AttachedFile | Sentence:
    """The file, or what is wrong with it."""
    name = attachment.path
    if not name or not is_safe_for_header(name):
        return say("The attachment {name!r} is no name of a file.", name=name)
    path = (folder / name).resolve()
    if not any(path.is_relative_to(root) for root in roots):
        return say(
            "The attachment {name} lies outside the folder of the invitation; "
            "copy it into that folder.",
            name=name,
        )
    if path.suffix.lower() in _REFUSED:
        return say(
            "The attachment {name} is a program; mail servers refuse the whole mail.", name=name
        )
    return private.refuse_place(path, name) or _read_regular(path, attachment, room)


def _read_regular(path: Path, attachment: Attachment, room: int) -> AttachedFile | Sentence:
    name = attachment.path
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return say("The attachment {name} is not a file.", name=name)
        if status.st_size > room:
            return say(
                "The attachment {name} makes them larger than {limit} MB together; "
                "link to it instead, or attach a smaller version.",
                name=name,
                limit=MAX_OCTETS // 2**20,
            )
        with path.open("rb") as stream:
            content = stream.read(room + 1)
    except OSError as error:
        return say(
            "The attachment {name} cannot be read: {reason}.", name=name, reason=reason_of(error)
        )
    if refusal := refuse_content(content, path, name):
        return refusal
    ending = path.suffix.lower()
    # A PDF may have a line of its printer's before it.
    if not any(content[:1024].find(each) >= 0 for each in _BEGINNINGS.get(ending, (b"",))):
        return say(
            "The attachment {name} is called {ending} and is something else inside; newsrooms could "
            "not open it. Save it anew, or give it its right name.",
            name=name,
            ending=ending,
        )
    return AttachedFile(
        # A Mac tells names with their accents apart; readers want them in one piece.
        filename=avoid_device(unicodedata.normalize("NFC", path.name)),
        media_type=_MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream"),
        content=content,
        title=attachment.title,
    )
