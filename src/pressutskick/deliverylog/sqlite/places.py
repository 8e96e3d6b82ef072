"""Where a delivery log may lie: on a disk of this machine, and not where something copies it.

Locks and the write-ahead log's shared memory do not hold over a network, and a program that
synchronises folders puts older states of a file back, or a second copy beside it: either way
somebody is mailed twice.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path, PurePath, PureWindowsPath

from pressutskick.errors import DeliveryLogError
from pressutskick.sentences import Sentence, say

#: File systems whose disk is another machine's, as Linux calls them.
_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|afs|ncpfs|ceph|glusterfs|davfs2?|fuse\.(sshfs|rclone|davfs2?|glusterfs)"
)
#: The folders of programs that synchronise, as they are called on the systems that we know.
_SYNCHRONISED = re.compile(
    r"OneDrive( - .+)?|Dropbox( \(.+\))?|Google ?Drive|My Drive|iCloud ?Drive|Mobile Documents"
    r"|CloudStorage|Nextcloud|ownCloud|Box( Sync)?|SynologyDrive|Syncthing",
    re.IGNORECASE,
)
#: Where Windows says that its own such folder is.
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
#: What such programs leave in the folder that they care for.
_SIGNS = (".dropbox.cache", ".stfolder", ".sync.ffs_db", ".owncloudsync.log", ".nextcloudsync.log")

_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW
_MOUNTS = Path("/proc/self/mountinfo")


def refuse_place(path: Path) -> None:
    """Nothing, where a log may lie at `path`.

    Raises:
        DeliveryLogError: it is a network drive or a folder that is synchronised.
    """
    real = path.resolve()
    why = find_fault(real, environ=os.environ, mounts=_read_mounts())
    if why is None and _is_remote_drive(real):
        why = _on_network()
    if why is None and any((folder / sign).exists() for folder in real.parents for sign in _SIGNS):
        why = _is_copied()
    if why is not None:
        raise DeliveryLogError(
            say("{file}: the delivery log cannot lie here: {why}.", file=str(path), why=why),
            remedy=say(
                "Nothing was sent. Set PRESSUTSKICK_DATABASE to a file on a disk of this machine, "
                "such as ~/pressutskick/pressutskick.db; the rest may stay where it is."
            ),
        )


def find_fault(path: PurePath, *, environ: Mapping[str, str], mounts: str) -> Sentence | None:
    """What speaks against the place, from its name and from what Linux has mounted."""
    if isinstance(path, PureWindowsPath) and path.drive.startswith("\\\\"):
        return _on_network()
    folders = [path.__class__(environ[name]) for name in _VARIABLES if environ.get(name)]
    if any(path.is_relative_to(folder) for folder in folders):
        return _is_copied()
    if any(_SYNCHRONISED.fullmatch(part) for part in path.parent.parts):
        return _is_copied()
    return _on_network() if _NETWORK.fullmatch(_file_system(path, mounts)) else None


def _on_network() -> Sentence:
    return say("it is a network drive, where locks do not hold")


def _is_copied() -> Sentence:
    return say("the folder is synchronised, and older states of the file would come back")


def _file_system(path: PurePath, mounts: str) -> str:
    """The type of the innermost file system that holds `path` (proc(5), mountinfo)."""
    best, found = -1, ""
    for line in mounts.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split()
        if not separator or len(fields) < 5:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4])
        # Of two at one point the later one hides the other.
        if path.is_relative_to(point) and len(point) >= best:
            best, found = len(point), after.split()[0]
    return found


def _read_mounts() -> str:
    try:
        return _MOUNTS.read_text("utf-8", errors="replace")
    except OSError:
        return ""


def _is_remote_drive(path: Path) -> bool:
    """Whether Windows says that the drive's letter stands for another machine's folder."""
    if os.name != "nt":
        return False
    import ctypes

    windows = getattr(ctypes, "windll", None)
    if windows is None:
        return False
    return bool(windows.kernel32.GetDriveTypeW(path.anchor) == _REMOTE_DRIVE)
