"""Mails as files: folders, Maildirs, mboxes, single mails. Nothing in them is changed."""

import mailbox
import os
from pathlib import Path

import pytest
from tests.kit import incoming

from pressutskick.errors import InputNotFound
from pressutskick.inbox.folders import open_folder
from pressutskick.replies.mailbox import START, Progress, RawMail
from pressutskick.replies.parts import MOST_OCTETS

MAILS = [path.read_bytes() for path in incoming.files("bounce", "answer")[:5]]


def read(path: Path, progress: Progress = START) -> list[RawMail]:
    return list(open_folder(path).mails(progress))


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in found}


def fill(folder: Path) -> Path:
    (folder / "inne").mkdir(parents=True)
    for number, content in enumerate(MAILS):
        place = folder / ("inne" if number % 2 else ".")
        (place / f"{number}.eml").write_bytes(content)
    return folder


def test_a_folder_is_read_with_what_lies_in_it(tmp_path: Path) -> None:
    folder = fill(tmp_path / "mejl")
    (folder / ".DS_Store").write_bytes(b"x")
    found = read(folder)
    assert {each.name for each in found} == {"0.eml", "inne/1.eml", "2.eml", "inne/3.eml", "4.eml"}
    assert {each.content for each in found} == set(MAILS)


def test_what_was_read_is_passed_over_and_what_is_new_is_not(tmp_path: Path) -> None:
    folder = fill(tmp_path / "mejl")
    known = Progress(places=frozenset(each.place for each in read(folder)))
    assert read(folder, known) == []
    (folder / "ny.eml").write_bytes(MAILS[0])
    assert [each.name for each in read(folder, known)] == ["ny.eml"]


def test_a_maildir_is_read_whatever_flags_its_mails_get(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "box")
    keys = [box.add(content) for content in MAILS]
    found = read(tmp_path / "box")
    assert {each.content for each in found} == set(MAILS)
    known = Progress(places=frozenset(each.place for each in found))
    message = box.get_message(keys[0])
    message.set_subdir("cur")
    message.set_flags("S")
    moved = Path(tmp_path / "box" / "new" / keys[0])
    facts = moved.stat()
    target = tmp_path / "box" / "cur" / f"{keys[0]}:2,S"
    moved.rename(target)
    os.utime(target, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert read(tmp_path / "box", known) == []


def test_an_mbox_is_cut_into_its_mails(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box.mbox")
    for content in (*MAILS, b"Subject: x\n\nFrom me to you\n"):
        box.add(content)
    box.flush()
    found = read(tmp_path / "box.mbox")
    box.close()
    assert [each.content.strip() for each in found][:-1] == [each.strip() for each in MAILS]
    assert b"\nFrom me to you" in found[-1].content
    assert [each.name for each in found][:2] == ["box.mbox", "box.mbox:2"]
    known = Progress(places=frozenset(each.place for each in found))
    assert read(tmp_path / "box.mbox", known) == []


def test_one_mail_is_a_mailbox_too(tmp_path: Path) -> None:
    file = tmp_path / "studs.eml"
    file.write_bytes(MAILS[0])
    (found,) = read(file)
    assert (found.name, found.content) == ("studs.eml", MAILS[0])


def test_only_the_beginning_of_an_endless_mail_is_held(tmp_path: Path) -> None:
    (tmp_path / "mejl").mkdir()
    (tmp_path / "mejl" / "lang.eml").write_bytes(b"Subject: x\n\n" + b"y" * 3_000_000)
    (tmp_path / "box").write_bytes(
        b"From a\nSubject: x\n\n" + b"y" * 3_000_000 + b"\n\nFrom b\nz\n"
    )
    (folded,) = read(tmp_path / "mejl")
    assert len(folded.content) == MOST_OCTETS
    first, second = read(tmp_path / "box")
    assert len(first.content) <= MOST_OCTETS + 65_536
    assert second.content == b"z\n"


def test_nothing_in_a_folder_is_changed(tmp_path: Path) -> None:
    folder = fill(tmp_path / "mejl")
    before = snapshot(folder)
    read(folder)
    assert snapshot(folder) == before


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has pipes in folders")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    folder = fill(tmp_path / "mejl")
    os.mkfifo(folder / "pipe.eml")
    assert len(read(folder)) == len(MAILS)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound):
        open_folder(tmp_path / "saknas")
