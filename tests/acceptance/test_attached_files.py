"""What goes along with each mail is told before it is sent, and what is private never goes."""

import json
from pathlib import Path

import pytest
from tests.kit.background import relay_in_background
from tests.kit.harbour import INVITATION
from tests.kit.program import PREFIX, clear_text

from pressutskick.cli import main
from pressutskick.transports.relay.server import RelayServer


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"{PREFIX}FROM", "press@astad.example")
    monkeypatch.setenv(f"{PREFIX}LANGUAGE", "en")
    (tmp_path / "list.csv").write_text("email\ntips@desk.example\n")
    (tmp_path / ".env").write_text(f"{PREFIX}ORGANISATION=Åstad\n")
    return tmp_path


def attach(workspace: Path, *names: str) -> None:
    listed = "".join(f"  - {name}\n" for name in names)
    text = INVITATION.format(name="bad", today="2026-11-20", later="2027-06-01")
    text = text.replace("contacts:", f"attachments:\n{listed}contacts:")
    (workspace / "bad.md").write_text(text, "utf-8")


def use(relay: RelayServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in clear_text(relay.port).items():
        monkeypatch.setenv(PREFIX + key, str(value))


@pytest.mark.parametrize(
    ("size", "told", "warns"),
    [(12_345, "karta.pdf (12 kB)", False), (8_400_000, "karta.pdf (8.4 MB)", True)],
)
def test_each_file_is_listed_with_its_size_before_the_question(
    workspace: Path, capsys: pytest.CaptureFixture[str], size: int, told: str, warns: bool
) -> None:
    (workspace / "karta.pdf").write_bytes(b"%PDF-" + bytes(size - 6))
    attach(workspace, "karta.pdf")
    assert main(["send", "bad.md", "--to", "list.csv", "--dry-run"]) == 0
    shown = capsys.readouterr().err
    assert told in shown
    assert "bad.ics" in shown
    assert ("take no more than 10.0 MB" in shown) is warns


@pytest.mark.parametrize("name", [".env", "pressutskick.db", "recipients/alla.csv"])
def test_private_files_are_refused_by_every_command(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (workspace / "recipients").mkdir()
    (workspace / "recipients" / "alla.csv").write_text("email\ntips@desk.example\n")
    (workspace / "pressutskick.db").touch()
    attach(workspace, name)
    to = ("--to", "list.csv")
    with relay_in_background() as relay:
        use(relay, monkeypatch)
        for words in (("check",), ("preview", *to), ("send", "--yes", *to)):
            assert main([words[0], "bad.md", *words[1:]]) == 65
            assert f"The attachment {name} " in "".join(capsys.readouterr())
    assert relay.transcript == []


def test_check_tells_them_to_programs_too(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attach(workspace, ".env", "gone.pdf")
    assert main(["check", "bad.md", "--json"]) == 65
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [each["code"] for each in problems].count("attachment") == 2
