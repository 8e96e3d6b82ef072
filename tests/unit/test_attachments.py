"""Only regular files of the release's folder or the workspace are ever attached."""

import os
from pathlib import Path

import pytest

from pressutskick.errors import InputError
from pressutskick.release.model import Attachment
from pressutskick.sources import attachments
from pressutskick.sources.attachments import read_attachments


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "workspace" / "invitations"
    inside.mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (inside / "karta över torget.pdf").write_bytes(b"%PDF")
    return inside


def read(folder: Path, *names: str) -> tuple[attachments.AttachedFile, ...]:
    wanted = [Attachment(path=name) for name in names]
    return read_attachments(wanted, folder=folder, workspace=folder.parent, file="a.md")


def test_a_file_of_the_folder_or_the_workspace_is_read(folder: Path) -> None:
    (folder.parent / "bild.jpg").write_bytes(b"JPG")
    first, second = read(folder, "karta över torget.pdf", "../bild.jpg")
    assert (first.filename, first.media_type) == ("karta över torget.pdf", "application/pdf")
    assert (
        second.filename,
        second.media_type,
        second.content,
    ) == ("bild.jpg", "image/jpeg", b"JPG")


@pytest.mark.parametrize(
    "name", ["../../secret.txt", "/etc/hostname", "link.txt", "way/secret.txt"]
)
def test_nothing_from_outside_is_attached(folder: Path, name: str) -> None:
    (folder / "link.txt").symlink_to(folder.parent.parent / "secret.txt")
    (folder / "way").symlink_to(folder.parent.parent)
    with pytest.raises(InputError, match="outside the folder"):
        read(folder, name)


def test_what_is_no_regular_file_is_refused(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "map").mkdir()
    with pytest.raises(InputError) as caught:
        read(folder, "pipe.txt", "map", "", "a\r\nb.txt", "virus.exe", "gone.pdf")
    assert len(caught.value.problems) == 6
    assert {"a.md"} == {problem.origin.file for problem in caught.value.problems}


def test_files_too_large_together_are_refused_by_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "MAX_OCTETS", 6)
    (folder / "b.txt").write_bytes(b"bbb")
    with pytest.raises(InputError, match=r"b\.txt makes them larger"):
        read(folder, "karta över torget.pdf", "b.txt")
