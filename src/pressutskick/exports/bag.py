"""Bags on the disk: a folder or a zip file, written whole, and read again to be judged.

The zip holds its files uncompressed, in order and of one fixed time, so that the same bag is the same
octets on every machine. The standard is judged by the Library of Congress's `bagit`.
"""

import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pressutskick.errors import FileFault, InputError, InputNotFound, UsageError
from pressutskick.exports.csv import write_csv
from pressutskick.exports.private import create_private, write_private
from pressutskick.report.bag import Bag
from pressutskick.report.record import Sheet
from pressutskick.sentences import Sentence, say, without_stop

#: The earliest that a zip file can tell.
_TIME = (1980, 1, 1, 0, 0, 0)
#: Octets of a zipped bag that is unpacked.
_LARGEST = 4 * 1024**3
#: What `zipfile` raises over a file that is none, or is damaged.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def sheet_bytes(sheet: Sheet) -> bytes:
    """A sheet as CSV that no spreadsheet takes for formulas."""
    stream = io.StringIO()
    write_csv(stream, sheet.columns, sheet.rows)
    return stream.getvalue().encode("utf-8", "replace")


def write_bag(bag: Bag, path: Path, *, force: bool) -> None:
    """Writes a zip file where `path` ends so, else a folder, whole or not at all.

    Raises:
        UsageError: it is there; a file is replaced where `force` says so, a folder never.
        FileFault: the disk or its rights do not let it be written.
    """
    if path.suffix.lower() == ".zip":
        write_private(path, zip_bag(bag), force=force)
        return
    if path.exists():
        raise UsageError(
            say("{file} is there already.", file=path),
            remedy=say("Name a folder that is not there."),
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
        try:
            for name, content in bag.files.items():
                file = made / name
                file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                create_private(file, content)
            made.rename(path)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    except OSError as error:
        raise FileFault.of(error, str(path)) from error


def zip_bag(bag: Bag) -> bytes:
    """The bag as one file; its folder stands in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(bag.files):
            entry = zipfile.ZipInfo(f"{bag.name}/{name}", _TIME)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, bag.files[name])
    return stream.getvalue()


@contextmanager
def opened_bag(path: Path) -> Iterator[Path]:
    """The folder that holds `bagit.txt`; of a zip file an unpacked one, gone at the end.

    Raises:
        InputNotFound: there is no such file.
        InputError: it is no bag, or beyond the limits.
    """
    if not path.exists():
        raise InputNotFound.file(str(path))
    if path.is_dir():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="pressutskick-bag-") as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                if sum(each.file_size for each in archive.infolist()) > _LARGEST:
                    raise InputError(say("{file} is larger than a bag may be.", file=path))
                archive.extractall(folder)
        except _UNREADABLE as error:
            raise InputError(
                say(
                    "{file} is no zip file that can be read: {reason}.",
                    file=path,
                    reason=without_stop(str(error)),
                )
            ) from error
        yield _inner(Path(folder))


def _inner(folder: Path) -> Path:
    """A zip file holds the bag itself, or one folder that is the bag."""
    inside = list(folder.iterdir())
    if len(inside) == 1 and inside[0].is_dir():
        return inside[0]
    return folder


def read_bag(folder: Path) -> Bag:
    """Everything in the folder.

    Raises:
        FileFault: a file cannot be read.
    """
    try:
        files = {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for file in sorted(folder.rglob("*"))
            if not file.is_dir()
        }
    except OSError as error:
        raise FileFault.of(error, str(folder)) from error
    return Bag(name=folder.name, files=files)


def judge_standard(folder: Path) -> Iterator[Sentence]:
    """What `bagit` finds wrong by RFC 8493."""
    import bagit

    try:
        bagit.Bag(str(folder)).validate()
    except (bagit.BagError, ValueError, OSError, IndexError, KeyError) as error:
        yield say("By RFC 8493: {reason}", reason=" ".join(str(error).split()))
