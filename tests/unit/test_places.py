"""No delivery log on a network drive, nor where a program synchronises folders."""

from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from pressutskick.deliverylog.sqlite import places
from pressutskick.deliverylog.sqlite.places import find_fault, refuse_place
from pressutskick.errors import DeliveryLogError, ExitStatus

MOUNTS = r"""22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
40 22 0:35 / /srv/press rw,relatime shared:2 - nfs4 filserver:/press rw,vers=4.2
41 40 0:36 / /srv/press/lokal rw,relatime shared:3 - ext4 /dev/vdb1 rw
42 22 0:37 / /media/G:\040delad rw - cifs //filserver/delad rw
43 22 0:38 / /home/anna/fjarr rw - fuse.sshfs anna@host: rw
"""
W, P = PureWindowsPath, PurePosixPath


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (P("/srv/press/a/pressutskick.db"), "network"),
        (P("/media/G: delad/pressutskick.db"), "network"),
        (P("/home/anna/fjarr/pressutskick.db"), "network"),
        (P("/srv/press/lokal/pressutskick.db"), None),
        (P("/home/anna/press/pressutskick.db"), None),
        (P("/srv/presskontoret/pressutskick.db"), None),
        (P("/home/anna/Dropbox/press/pressutskick.db"), "synchronised"),
        (P("/home/anna/Nextcloud/pressutskick.db"), "synchronised"),
        (P("/Users/anna/Library/CloudStorage/OneDrive-Stad/pressutskick.db"), "synchronised"),
        (P("/Users/anna/Library/Mobile Documents/com~apple/pressutskick.db"), "synchronised"),
        (P("/home/anna/dropbox.db"), None),
        (W(r"\\filserver\press\pressutskick.db"), "network"),
        (W(r"\\?\UNC\filserver\press\pressutskick.db"), "network"),
        (W(r"C:\Users\anna\OneDrive - Åstads kommun\press\pressutskick.db"), "synchronised"),
        (W(r"C:\Users\anna\onedrive\pressutskick.db"), "synchronised"),
        (W(r"D:\Moln\press\pressutskick.db"), "synchronised"),
        (W(r"C:\Users\anna\press\pressutskick.db"), None),
    ],
)
def test_the_place_tells_whether_a_log_may_lie_there(path: PurePath, told: str | None) -> None:
    environ = {"OneDriveCommercial": r"D:\Moln"} if isinstance(path, W) else {}
    fault = find_fault(path, environ=environ, mounts=MOUNTS)
    assert (fault is None) if told is None else (told in str(fault))


def test_a_refused_place_is_73_and_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(DeliveryLogError) as refused:
        refuse_place(tmp_path / "Dropbox" / "pressutskick.db")
    assert refused.value.status is ExitStatus.LOG
    assert "PRESSUTSKICK_DATABASE" in str(refused.value)


@pytest.mark.parametrize("sign", [".dropbox.cache", ".stfolder"])
def test_the_sign_of_a_program_that_synchronises_tells_too(tmp_path: Path, sign: str) -> None:
    (tmp_path / sign).mkdir()
    with pytest.raises(DeliveryLogError, match="synchronised"):
        refuse_place(tmp_path / "press" / "pressutskick.db")


def test_a_link_does_not_hide_the_place(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "press").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(DeliveryLogError):
        refuse_place(tmp_path / "press" / "pressutskick.db")


def test_a_drive_that_windows_calls_remote_is_a_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_is_remote_drive", lambda path: True)
    with pytest.raises(DeliveryLogError, match="network"):
        refuse_place(tmp_path / "pressutskick.db")


def test_a_disk_of_this_machine_is_good(tmp_path: Path) -> None:
    refuse_place(tmp_path / "pressutskick.db")
