"""Only regular files of the release's folder or the workspace are ever attached."""

import os
from pathlib import Path

import pytest

from pressutskick.errors import InputError
from pressutskick.release.model import Attachment
from pressutskick.sources import attachments
from pressutskick.sources.attachments import read_attachments
from pressutskick.sources.protected import Private


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "workspace" / "invitations"
    inside.mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (inside / "karta över torget.pdf").write_bytes(b"%PDF-")
    return inside


def read(folder: Path, *names: str) -> tuple[attachments.AttachedFile, ...]:
    wanted = [Attachment(path=name) for name in names]
    private = Private(
        workspace=folder.parent,
        env_file=folder.parent / "brev.txt",
        databases=[folder.parent / "pressutskick.db"],
    )
    return read_attachments(wanted, folder=folder, private=private, file="a.md")


def test_a_file_of_the_folder_or_the_workspace_is_read(folder: Path) -> None:
    (folder.parent / "bild.jpg").write_bytes(b"\xff\xd8\xff")
    first, second = read(folder, "karta över torget.pdf", "../bild.jpg")
    assert (first.filename, first.media_type) == ("karta över torget.pdf", "application/pdf")
    assert (
        second.filename,
        second.media_type,
        second.content,
    ) == ("bild.jpg", "image/jpeg", b"\xff\xd8\xff")


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


PEOPLE = "e-post,namn\nanna@posten.example,Anna\nbo@radion.example,Bo\ncia@kanalen.example,Cia\n"


def make(folder: Path, name: str, content: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("../.env", b"x", "hidden file"),
        ("../.git/config", b"x", "hidden file"),
        (".hemligt.pdf", b"x", "hidden file"),
        ("../brev.txt", b"x", "holds settings"),
        ("../env.txt", b"# mine\nPRESSUTSKICK_SMTP_PASSWORD=x\n", "holds settings"),
        ("../pressutskick.db", b"", "a database"),
        ("../pressutskick.db-wal", b"x", "a database"),
        ("../Pressutskick.db.emergency", b"x", "a database"),
        ("copy.pdf", b"SQLite format 3\x00", "a database"),
        ("../recipients/redaktioner.csv", b"x", "for the house alone"),
        ("../Recipients/deep/redaktioner.pdf", b"x", "for the house alone"),
        ("../outbox/0001.eml", b"x", "for the house alone"),
        ("lista.csv", PEOPLE.encode(), "list of people (3"),
        ("lista.vcf", PEOPLE.encode(), "list of people (3"),
    ],
)
def test_what_is_private_is_not_attached(
    folder: Path, name: str, content: bytes, told: str
) -> None:
    make(folder, name, content)
    with pytest.raises(InputError) as caught:
        read(folder, name)
    assert told in str(caught.value)


def test_a_spreadsheet_with_people_is_a_list(folder: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in PEOPLE.splitlines():
        book.active.append(row.split(","))
    book.save(folder / "lista.xlsx")
    with pytest.raises(InputError, match="list of people"):
        read(folder, "lista.xlsx")


def test_another_name_of_a_private_file_is_no_way_out(folder: Path) -> None:
    make(folder, "../brev.txt", b"x")
    (folder / "karta.txt").hardlink_to(folder.parent / "brev.txt")
    (folder / "link.txt").symlink_to(folder.parent / "brev.txt")
    for name in ("karta.txt", "link.txt"):
        with pytest.raises(InputError, match="holds settings"):
            read(folder, name)


def test_what_newsrooms_want_is_attached(folder: Path) -> None:
    make(folder, "kontakter.csv", b"namn,e-post\nAnna,press@astad.example\n")
    make(folder, "pressutskick.pdf", b"%PDF-")
    make(folder, "../bilder/tavla.jpg", b"\xff\xd8\xff")
    assert len(read(folder, "kontakter.csv", "pressutskick.pdf", "../bilder/tavla.jpg")) == 3


def test_a_name_with_accents_apart_goes_out_in_one_piece(folder: Path) -> None:
    make(folder, "A\u030astad.pdf", b"%PDF-")
    (file,) = read(folder, "A\u030astad.pdf")
    assert file.filename == "\u00c5stad.pdf"
