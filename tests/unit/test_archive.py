"""Archives are opened within limits, and refused with a sentence otherwise."""

import io
import zipfile

import pytest

from pressutskick.errors import InputError
from pressutskick.sources.archive import ArchiveLimits, open_archive, read_member


def make_archive(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def test_a_member_is_read() -> None:
    archive = open_archive(make_archive(text=b"hej"), name="a.docx")
    assert read_member(archive, "text", name="a.docx") == b"hej"


def test_a_bomb_is_refused_before_unpacking() -> None:
    bomb = make_archive(**{f"part{n}": bytes(9_000_000) for n in range(8)})
    assert len(bomb) < 100_000
    with pytest.raises(InputError, match="unpack to 68 MB"):
        open_archive(bomb, name="a.docx")


def test_too_many_members_are_refused() -> None:
    with pytest.raises(InputError, match="holds 3 parts"):
        open_archive(
            make_archive(a=b"", b=b"", c=b""), name="a.docx", limits=ArchiveLimits(members=2)
        )


@pytest.mark.parametrize("cut", [10, 60])
def test_a_damaged_archive_is_refused(cut: int) -> None:
    with pytest.raises(InputError, match="damaged"):
        open_archive(make_archive(a=b"x" * 100)[:-cut], name="a.docx")


def test_a_damaged_member_is_refused() -> None:
    data = bytearray(make_archive(a=bytes(range(256))))
    data[60] ^= 0xFF
    archive = open_archive(bytes(data), name="a.docx")
    with pytest.raises(InputError, match="damaged"):
        read_member(archive, "a", name="a.docx")


def test_an_encrypted_member_is_told() -> None:
    data = bytearray(make_archive(a=b"secret"))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    with pytest.raises(InputError, match="password"):
        open_archive(bytes(data), name="a.docx")
