"""What the documents tell a person to make can be made, and each target says one thing."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/*.md")]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = re.findall(r"^([a-z-]+):", MAKEFILE, flags=re.MULTILINE)


def test_no_target_is_defined_twice() -> None:
    assert [name for name, count in Counter(TARGETS).items() if count > 1] == []


def test_the_pages_name_targets_that_exist() -> None:
    told = {
        (page.name, name)
        for page in PAGES
        for name in re.findall(
            r"`make ([a-z-]+)`|^make ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE
        )
        for name in name
        if name
    }
    assert ("README.md", "demo") in told
    assert {each for each in told if each[1] not in TARGETS} == set()
