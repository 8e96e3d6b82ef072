"""Zip containers (.docx, .odt, .xlsx, .ods) opened within limits.

A few kilobytes can unpack to gigabytes; nothing of an archive is unpacked before its directory was
checked. Python reads no more of a member than the directory promises, so a lying directory gives a
broken member, not a flood.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from posixpath import normpath

from pressutskick.errors import InputError
from pressutskick.sentences import Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """What an archive may hold: members, bytes that unpacking adds, bytes of one member."""

    members: int = 2_000
    expansion: int = 64 * 1024 * 1024
    member: int = 48 * 1024 * 1024


DEFAULT_LIMITS = ArchiveLimits()
#: Bytes that end a text document's reading before a library is handed anything.
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


def open_archive(
    data: bytes, *, name: str, limits: ArchiveLimits = DEFAULT_LIMITS
) -> zipfile.ZipFile:
    """The archive in `data`, its directory checked against `limits`; `name` is for the errors.

    Raises:
        InputError: not a zip, damaged, encrypted, or larger than the limits when unpacked.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except _FAULTS as error:
        raise _refusal(say("{file} is damaged: it cannot be unpacked.", file=name)) from error
    if len(members) > limits.members:
        raise _refusal(
            say(
                "{file} holds {count} parts; at most {limit} are read.",
                file=name,
                count=len(members),
                limit=limits.members,
            )
        )
    if any(member.flag_bits & 1 for member in members):
        raise _refusal(say("{file} is protected by a password.", file=name))
    # Pictures are compressed already and add nothing; text that was packed well is what floods.
    added = sum(max(0, member.file_size - member.compress_size) for member in members)
    if added > limits.expansion:
        raise _too_large(name, added, limits.expansion)
    return archive


def part_key(name: str) -> str:
    """What the name of a part is compared by (ISO/IEC 29500-2, 6.2.2.3).

    Some programs write backslashes, a slash or dot in front, or other letters than they refer by.
    """
    return normpath(name.replace("\\", "/")).lstrip("/").lower()


def read_member(
    archive: zipfile.ZipFile, member: str, *, name: str, limits: ArchiveLimits = DEFAULT_LIMITS
) -> bytes:
    """One member's bytes; `name` is the archive's, for the errors.

    Raises:
        KeyError: there is no such member.
        InputError: the member is damaged or larger than the limits.
    """
    entry = archive.getinfo(member)
    if entry.file_size > limits.member:
        raise _too_large(name, entry.file_size, limits.member)
    try:
        return archive.read(entry)
    except _FAULTS as error:
        raise _refusal(say("{file} is damaged: it cannot be unpacked.", file=name)) from error


def _too_large(name: str, size: int, limit: int) -> InputError:
    return _refusal(
        say(
            "{file} would unpack to {size} MB; at most {limit} MB are read.",
            file=name,
            size=size // (1024 * 1024),
            limit=limit // (1024 * 1024),
        )
    )


def _refusal(sentence: Sentence) -> InputError:
    return InputError(sentence)
