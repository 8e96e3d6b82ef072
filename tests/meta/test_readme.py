"""The READMEs tell the truth: exit statuses, settings, links."""

import re
from pathlib import Path

import pytest

from pressutskick.errors import ExitStatus
from pressutskick.settings.reading import known_keys
from pressutskick.settings.workspace import PREFIX

ROOT = Path(__file__).parents[2]
READMES = [ROOT / "README.md", ROOT / "README.sv.md"]


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_exit_status_is_told(readme: Path) -> None:
    told = {
        int(code) for code in re.findall(r"^\| (\d+) \|", readme.read_text("utf-8"), re.MULTILINE)
    }
    assert told == {int(status) for status in ExitStatus}


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_setting_is_told(readme: Path) -> None:
    told = set(re.findall(rf"^\| `{PREFIX}(\w+)` \|", readme.read_text("utf-8"), re.MULTILINE))
    assert told == known_keys()


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(readme: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", readme.read_text("utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []
