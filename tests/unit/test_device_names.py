"""No id and no file of ours has a name that Windows takes for a device."""

from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.release.identity import avoid_device, make_id

DEVICES = ["con", "prn", "aux", "nul", "com1", "lpt9", "AUX", "Nul"]
NAMES = st.sampled_from(DEVICES) | st.text("abconxlutprm19.-", min_size=1)


def is_device(name: str) -> bool:
    stem = name.split(".", maxsplit=1)[0].rstrip(" ").lower()
    return stem in {"con", "prn", "aux", "nul"} or (
        len(stem) == 4 and stem[:3] in {"com", "lpt"} and stem[3].isdecimal()
    )


@given(NAMES)
def test_no_id_is_a_device(title: str) -> None:
    assert not is_device(make_id(title))


@given(NAMES, st.sampled_from(["", ".ics", ".invitation.1.lock", ".pdf"]))
def test_no_file_is_a_device_and_others_keep_their_names(name: str, ending: str) -> None:
    file = avoid_device(name + ending)
    assert not is_device(file)
    assert file == name + ending or is_device(name + ending)
    assert PureWindowsPath(file).name == PureWindowsPath(name + ending).name or is_device(
        name + ending
    )


@pytest.mark.parametrize("name", ["auxiliary.pdf", "console", "com10", "karta.aux"])
def test_what_only_begins_so_is_left_alone(name: str) -> None:
    assert avoid_device(name) == name
