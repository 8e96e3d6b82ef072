"""TAB offers values, at once, in silence, and leaves nothing behind."""

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.kit.program import command, environment

ROOT = Path(__file__).parents[2]
NOW = ["--now", "2026-08-27T09:00"]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tab")
    for name in ("recipients", "invitations"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / ".env").touch()
    shutil.copy(folder / "recipients/exempel.csv", folder / "recipients/Medielista 2026.csv")
    send = ["send", "invitations/exempel.md", "--to", "exempel", "--sandbox", "--yes", "-q", *NOW]
    subprocess.run(command(*send), cwd=folder, env=environment(), check=True)
    return folder


def tab(folder: Path, typed: str, *, shell: str = "bash") -> list[str]:
    """What is offered when somebody has typed so far and presses TAB."""
    words = f"pressutskick {typed}"
    asked = {"_PRESSUTSKICK_COMPLETE": f"complete_{shell}"}
    if shell == "bash":
        asked |= {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split(" ")) - 1)}
    else:
        asked |= {"_TYPER_COMPLETE_ARGS": words, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
        asked |= {"_TYPER_COMPLETE_WORD_TO_COMPLETE": words.rpartition(" ")[2]}
    ran = subprocess.run(
        command(), cwd=folder, env=environment() | asked, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout.split("\n")[:-1]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("send x.md --to ", {"exempel", "Medielista\\ 2026"}),
        ("recipients ex", {"exempel"}),
        ("log --sandbox ", {"invigning-hamnbadet"}),
        ("log ", {"show", "verify", "resolve"}),
        ("log --status rej", {"rejected"}),
        ("remind --sandbox inv", {"invigning-hamnbadet", "invitations/exempel.md"}),
        ("preview x.md --to exempel --outlet Ham", {"Hamnposten"}),
        ("send x.md --to exempel --only as", {"asa.lindstrom@hamnposten.example"}),
        ("send x.md --to exempel --only a", {""}),
        ("send x.md --to borta --tag ", {""}),
        ("templates copy base.h", {"base.html.j2"}),
        ("nosuch command ", set()),
    ],
)
def test_tab_offers_what_could_stand_there(workspace: Path, typed: str, offered: set[str]) -> None:
    assert offered <= set(tab(workspace, typed))
    assert not list(workspace.glob("pressutskick.db*"))


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell"])
def test_other_shells_show_the_title_too(workspace: Path, shell: str) -> None:
    told = "\n".join(tab(workspace, "log --sandbox invig", shell=shell))
    assert "invigning-hamnbadet" in told
    assert "Hamnbadet i Åstad invigs" in told


def test_where_there_is_no_workspace_nothing_is_offered_and_nothing_made(tmp_path: Path) -> None:
    assert tab(tmp_path, "remind --sandbox ") == [""]
    assert tab(tmp_path, "send x.md --to ") == [""]
    assert list(tmp_path.iterdir()) == []
