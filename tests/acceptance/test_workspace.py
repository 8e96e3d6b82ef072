"""Settings, log and lists belong to the workspace's folder, from wherever a command is typed."""

from pathlib import Path

import pytest
from tests.kit.life import INVITATION, Day

from pressutskick.cli import main

NOW = "2026-11-25T09:00"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "arbete"
    for name in ("recipients", "invitations/nere"):
        (folder / name).mkdir(parents=True)
    (folder / ".env").write_text("PRESSUTSKICK_FROM=Pressen <press@astad.example>\n", "utf-8")
    (folder / "recipients" / "press.csv").write_text(
        "namn,e-post\nAnna Berg,anna@posten.example\nBo Ek,bo@posten.example\n", "utf-8"
    )
    text = INVITATION.format(start="12:30", end="13:30", place="Rådhuset", more="")
    (folder / "invitations" / "lek.md").write_text(text, "utf-8")
    (tmp_path / "annan").mkdir()
    monkeypatch.chdir(folder)
    return folder


def send(file: str, *words: str) -> int:
    return main([*words, "send", file, "--to", "press", "--sandbox", "--yes", "-q", "--now", NOW])


def kept(workspace: Path) -> int:
    return len(list((workspace / "outbox").glob("*.eml")))


def test_nobody_is_mailed_twice_from_another_folder(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert send("invitations/lek.md") == 0
    for folder, file, words in (
        ("invitations", "lek.md", ()),
        ("invitations/nere", "../lek.md", ()),
        ("../annan", "../arbete/invitations/lek.md", ("--workspace", "../arbete")),
        ("../annan", "../arbete/invitations/lek.md", ("--env-file", "../arbete/.env")),
    ):
        monkeypatch.chdir(workspace / folder)
        assert send(file, *words) == 0
        assert kept(workspace) == 2
        assert {path.name for path in Path().iterdir()} <= {"lek.md", "nere"}


def test_a_relative_path_in_the_settings_is_from_their_folder(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (workspace / ".env").open("a", encoding="utf-8") as file:
        file.write("PRESSUTSKICK_DATABASE=logg/utskick.db\n")
    (workspace / "logg").mkdir()
    monkeypatch.chdir(workspace / "invitations")
    assert send("lek.md") == 0
    assert (workspace / "logg" / "utskick-sandbox.db").is_file()


def test_settings_of_other_programs_are_passed_over(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "invitations" / ".env").write_text("NODE_ENV=production\n", "utf-8")
    monkeypatch.chdir(workspace / "invitations" / "nere")
    assert send("../lek.md") == 0
    assert kept(workspace) == 2


def test_whoever_is_lost_is_told_where_to_go(
    day: Day, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    day.send()
    for key in ("FROM", "SMTP_HOST", "SMTP_PORT", "SMTP_SECURITY", "CONNECTIONS"):
        monkeypatch.delenv(f"PRESSUTSKICK_{key}", raising=False)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    for words in (["log"], ["schedule"], ["remind", "--all"], ["log", "invigning"]):
        assert main(words) == 66
        told = " ".join(capsys.readouterr().err.split())
        assert "There is no workspace here" in told
        assert str(day.folder) in told
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("words", [["--workspace", "borta"], ["--env-file", "borta/.env"]])
def test_a_workspace_that_is_not_there_is_no_empty_one(workspace: Path, words: list[str]) -> None:
    assert main([*words, "log"]) == 66


def test_a_file_is_no_workspace(workspace: Path) -> None:
    assert main(["--workspace", ".env", "log"]) == 2


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("postgresql://127.0.0.1:1/press", 73),
        ("postgres://127.0.0.1:1/press", 73),
        ("service=nobody-knows-it", 73),
        ("mysql://127.0.0.1/press", 78),
    ],
)
def test_the_address_of_a_server_is_no_file(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, address: str, status: int
) -> None:
    monkeypatch.setenv("PRESSUTSKICK_DATABASE", address)
    assert send("invitations/lek.md") == status
    assert not (workspace / "outbox").exists()
    assert not list(workspace.rglob("*.db"))


def test_no_new_log_begins_where_one_has_gone(day: Day) -> None:
    day.send()
    for name in ("pressutskick.db", "pressutskick.db-wal", "pressutskick.db-shm"):
        (day.folder / name).unlink(missing_ok=True)
    assert "the delivery log is gone" in day.send(status=73)
    day.run("send", "inbjudan.md", "--to", "lista.csv", "--dry-run", status=73)
    assert day.office.count() == 3
    day.run("log", "verify", status=73)

    # A person knows that it is gone for good.
    assert "begins anew" in day.run("log", "verify", "--restored")
    day.send()
    assert day.office.count() == 6


def test_settings_in_the_environment_begin_no_second_log_in_another_folder(
    day: Day, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day.send()
    other = tmp_path / "en annan mapp"
    other.mkdir()
    for name in ("inbjudan.md", "lista.csv"):
        (other / name).write_bytes((day.folder / name).read_bytes())
    monkeypatch.chdir(other)
    told = day.send(status=73)
    assert f"--workspace {day.folder}" in told
    assert day.office.count() == 3
    assert not (other / "pressutskick.db").exists()

    # From there nobody is mailed twice, and a person may say that this is another workspace.
    day.run("--workspace", str(day.folder), "send", "inbjudan.md", "--to", "lista.csv", "--yes")
    assert day.office.count() == 3
    day.run("--workspace", ".", "send", "inbjudan.md", "--to", "lista.csv", "--yes")
    assert day.office.count() == 6
