"""`archive` as a registrar runs it: sealed, checked by others' programs, told when it was touched."""

import hashlib
import shutil
import subprocess
import zipfile
from pathlib import Path

import bagit
import pytest
from tests.kit.life import ANNA, Day

from pressutskick.cli import main
from pressutskick.errors import ExitStatus

NUMBER = ("--diarienummer", "KS2026/00123")


@pytest.fixture
def sent(day: Day) -> Day:
    day.send()
    return day


def seal_of(told: str) -> str:
    (seal,) = (line for line in told.split() if len(line) == 64 and line.isalnum())
    return seal


def bag_of(day: Day, output: str, *words: str) -> tuple[Path, str]:
    told = day.run("archive", "inbjudan.md", "-o", output, *NUMBER, *words)
    return day.folder / output, seal_of(told)


def test_others_find_the_bag_whole(sent: Day) -> None:
    bag, seal = bag_of(sent, "bag")
    bagit.Bag(str(bag)).validate()
    manifests = ("manifest-sha256.txt", "tagmanifest-sha256.txt")
    command = ["sha256sum", "-c", "--strict", "--quiet", *manifests]
    assert subprocess.run(command, cwd=bag, capture_output=True).stdout == b""
    assert hashlib.sha256((bag / manifests[1]).read_bytes()).hexdigest() == seal
    assert (bag / "data/original/inbjudan.md").read_bytes() == (
        sent.folder / "inbjudan.md"
    ).read_bytes()
    assert "External-Identifier: KS2026/00123" in (bag / "bag-info.txt").read_text("utf-8")
    told = (bag / "data/LÄSMIG.txt").read_text("utf-8")
    assert "Diarienummer: KS2026/00123" in told
    assert "Diary number: KS2026/00123" in told


def test_a_zip_file_unpacked_is_the_same_bag_and_twice_made_the_same_octets(sent: Day) -> None:
    bag, seal = bag_of(sent, "bag.zip")
    again, other = bag_of(sent, "again.zip")
    assert bag.read_bytes() == again.read_bytes()
    assert seal == other == bag_of(sent, "bag")[1]
    assert seal in sent.run("archive", "--verify", "bag.zip")
    sent.run("archive", "--verify", "bag.zip", "--seal", seal.upper())
    with zipfile.ZipFile(bag) as archive:
        archive.extractall(sent.folder / "out")
    (folder,) = (sent.folder / "out").iterdir()
    assert folder.name == "KS2026-00123-invigning"
    bagit.Bag(str(folder)).validate()
    shutil.make_archive(str(sent.folder / "round"), "zip", folder.parent, folder.name)
    sent.run("archive", "--verify", "round.zip", "--seal", seal)


def test_what_was_touched_is_told_with_exit_65(sent: Day) -> None:
    bag, seal = bag_of(sent, "bag")
    for path in sorted(bag.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            path.write_bytes(content + b" ")
            sent.run("archive", "--verify", "bag", status=65)
            path.write_bytes(content)
    (bag / "data" / "new.txt").touch()
    assert "data/new.txt was added." in sent.run("archive", "--verify", "bag", status=65)
    (bag / "data" / "new.txt").unlink()
    sent.run("archive", "--verify", "bag", "--seal", "0" * 64, status=65)
    sent.run("archive", "--verify", "bag", "--seal", seal)


def test_no_octet_of_a_zip_file_can_be_another_unseen(sent: Day) -> None:
    bag, seal = bag_of(sent, "bag.zip")
    content = bag.read_bytes()
    for place in range(0, len(content), len(content) // 40):
        other = bytes([content[place] ^ 0x41])
        bag.write_bytes(content[:place] + other + content[place + 1 :])
        # By its seal it is the same bag: a time or a right in the zip file's own tables.
        if main(["archive", "--verify", "bag.zip", "--seal", seal]) != ExitStatus.DATA:
            sent.run("archive", "--verify", "bag.zip", "--seal", seal)


def test_a_copy_to_hand_out_names_nobody(sent: Day) -> None:
    bag, _seal = bag_of(sent, "bag", "--without-recipients")
    assert all(ANNA.encode() not in path.read_bytes() for path in bag.rglob("*") if path.is_file())
    sent.run("archive", "--verify", "bag")


def test_nothing_is_written_over_and_what_is_no_bag_is_told(sent: Day) -> None:
    bag_of(sent, "bag")
    sent.run("archive", "invigning", "-o", "bag", *NUMBER, status=2)
    sent.run("archive", "invigning", "-o", "bag", status=2)
    sent.run("archive", "--verify", "nowhere", status=66)
    sent.run("archive", "--verify", "inbjudan.md", status=65)
    (sent.folder / "empty").mkdir()
    assert "missing" in sent.run("archive", "--verify", "empty", status=65)
