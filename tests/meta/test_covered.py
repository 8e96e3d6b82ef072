"""What is told of the tests' reach is counted rightly, and a fallen room is told."""

import pytest
from tests.meta.covered import FLOORS, add_up, list_fallen, room_of
from tests.meta.house import PACKAGE, read_layers


def file(reached: int, wanted: int) -> dict[str, dict[str, int]]:
    """So many of its lines, and as many of its branches."""
    return {
        "summary": {
            "covered_lines": reached,
            "num_statements": wanted,
            "covered_branches": reached,
            "num_branches": wanted,
        }
    }


def test_a_room_is_the_sum_of_its_files_however_deep() -> None:
    files = {
        str(PACKAGE / "dispatch" / "plan.py"): file(9, 10),
        str(PACKAGE / "dispatch" / "deep" / "policy.py"): file(1, 10),
        str(PACKAGE / "mail.py"): file(3, 4),
    }
    assert add_up(files) == {"dispatch": 50.0, "mail": 75.0}


@pytest.mark.parametrize("room", FLOORS)
def test_a_room_with_a_floor_is_a_room_of_the_house(room: str) -> None:
    assert any(room in layer for layer in read_layers())
    assert room_of(str(PACKAGE / room / "__init__.py")) == room


def test_a_room_below_its_floor_is_told_and_so_is_one_that_was_not_measured() -> None:
    rooms = dict.fromkeys(FLOORS, 100.0)
    assert list_fallen(rooms) == []
    assert list_fallen({**rooms, "dispatch": FLOORS["dispatch"] - 0.1}) == ["dispatch"]
    del rooms["message"]
    assert list_fallen(rooms) == ["message"]
