"""The pages for developers name what is there."""

import re
from pathlib import Path

import pytest
from tests.meta.house import PACKAGE, PAGE, ROOT, put_map

from pressutskick.dispatch.delivery import DeliveryStatus

PAGES = [
    ROOT / "CONTRIBUTING.md",
    ROOT / "docs" / "README.md",
    PAGE,
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
]
#: `cli/commands/NAME.py` and `words.XX.j2` stand for any.
_ANY = re.compile(r"NAME|XX")


def test_the_map_is_that_of_the_contract() -> None:
    page = PAGE.read_text("utf-8")
    assert put_map(page) == page, "draw it anew: python -m tests.meta.house"


def test_the_walk_has_ten_steps_whose_files_exist() -> None:
    walk = PAGE.read_text("utf-8").split("## One `send`")[1].split("\n## ")[0]
    assert re.findall(r"^(\d+)\. ", walk, re.MULTILINE) == [str(step) for step in range(1, 11)]
    told = re.findall(r"`([\w/]+\.py)`", walk)
    assert len(told) > 20
    assert [name for name in told if not (PACKAGE / name).is_file()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_module_named_exists(page: Path) -> None:
    told = re.findall(r"`([\w./]+\.(?:py|j2)|[\w/]+/)`", page.read_text("utf-8"))
    places = (ROOT, PACKAGE, PACKAGE / "message", PACKAGE / "sources" / "documents")
    missing = [
        name
        for name in told
        if not _ANY.search(name) and not any((place / name).exists() for place in places)
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    told = re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    assert [link for link in told if not (page.parent / link).exists()] == []


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    pages = [path.name for path in (ROOT / "docs").glob("*.md") if path.name != "README.md"]
    assert [name for name in pages if f"({name})" not in index] == []


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text("utf-8")
    pages = [path.name for path in folder.glob("*.md") if path.name != "README.md"]
    assert [name for name in pages if f"({name})" not in index] == []


def test_the_table_of_statuses_is_that_of_the_code() -> None:
    table = PAGE.read_text("utf-8").split("## The status")[1].split("\n## ")[0]
    told = re.findall(r"^\| `(\w+)`", table, re.MULTILINE)
    assert set(told) == {status.value for status in DeliveryStatus}
