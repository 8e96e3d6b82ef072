"""`init`: a workspace by flags or questions; private, and kept out of git."""

import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from pressutskick.cli import main
from pressutskick.settings.reading import read_settings

FLAGS = ["--from", "Pressen i Åstad <press@astad.example>", "--organisation", "Åstads kommun"]


@pytest.fixture(autouse=True)
def _nobody_there(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with Path(os.devnull).open(encoding="utf-8") as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        yield


def test_flags_make_a_workspace_that_settings_read_back(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "w"), *FLAGS, "--host", "smtp.astad.example"]) == 0
    settings = read_settings(workspace=tmp_path / "w", environ={})
    assert str(settings.sender) == "Pressen i Åstad <press@astad.example>"
    assert settings.organisation == "Åstads kommun"
    assert settings.smtp_host == "smtp.astad.example"


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")
def test_only_the_owner_can_read_the_settings(tmp_path: Path) -> None:
    main(["init", str(tmp_path), *FLAGS, "--host", "smtp.astad.example"])
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    assert {"recipients/", "*.db*", ".env*"} <= set((tmp_path / ".gitignore").read_text().split())


def test_an_env_file_is_replaced_only_by_force_and_kept(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PRESSUTSKICK_FROM=old@astad.example\n")
    assert main(["init", str(tmp_path), *FLAGS, "--host", "a.example"]) == 2
    assert "old@" in (tmp_path / ".env").read_text()
    assert main(["init", str(tmp_path), *FLAGS, "--host", "a.example", "--force"]) == 0
    assert "old@" in (tmp_path / ".env.old").read_text()


@pytest.mark.parametrize(
    "words", [["--host", "a.example"], [*FLAGS], ["--from", "nobody", *FLAGS[2:], "--host", "a"]]
)
def test_what_is_missing_or_wrong_writes_nothing(tmp_path: Path, words: list[str]) -> None:
    assert main(["init", str(tmp_path), *words]) == 2
    assert list(tmp_path.iterdir()) == []


class Answers(io.StringIO):
    """What a person types, one line after the other."""

    def isatty(self) -> bool:
        return True


def test_a_sender_that_is_no_address_is_asked_for_again_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = "Pressen\nPressen <press@astad.example>\nsmtp.astad.example\n\n"
    monkeypatch.setattr("sys.stdin", Answers(typed))
    assert main(["--lang", "en", "init", str(tmp_path), "--organisation", "Åstads kommun"]) == 0
    assert "Pressen is not an address" in capsys.readouterr().err
    settings = read_settings(workspace=tmp_path, environ={})
    assert str(settings.sender) == "Pressen <press@astad.example>"
    assert settings.smtp_host == "smtp.astad.example"


@pytest.mark.parametrize(("port", "security"), [(587, "starttls"), (465, "tls")])
def test_a_host_copied_with_its_port_is_taken_apart(
    tmp_path: Path, port: int, security: str
) -> None:
    assert main(["init", str(tmp_path), *FLAGS, "--host", f"smtp.astad.example:{port}"]) == 0
    settings = read_settings(workspace=tmp_path, environ={})
    assert (settings.smtp_host, settings.smtp_port) == ("smtp.astad.example", port)
    assert settings.smtp_security == security


@pytest.mark.parametrize(
    ("words", "security"), [((), "tls"), (("--security", "starttls"), "starttls")]
)
def test_the_port_of_tls_means_tls_unless_told_otherwise(
    tmp_path: Path, words: tuple[str, ...], security: str
) -> None:
    host = ("--host", "smtp.astad.example", "--port", "465")
    assert main(["init", str(tmp_path), *FLAGS, *host, *words]) == 0
    assert read_settings(workspace=tmp_path, environ={}).smtp_security == security


def test_a_known_service_is_an_answer_to_the_question_for_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Answers("Microsoft365\n\n"))
    assert main(["--lang", "en", "init", str(tmp_path), *FLAGS]) == 0
    settings = read_settings(workspace=tmp_path, environ={})
    assert settings.smtp_host == "smtp.office365.com"
    assert settings.connections < 4


@pytest.mark.parametrize("has_rights", [True, False])
def test_that_only_you_can_read_it_is_said_where_it_is_so(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    has_rights: bool,
) -> None:
    """Windows keeps rights in lists that a file's mode does not set."""
    monkeypatch.setattr("pressutskick.cli.commands.init.HAS_RIGHTS", has_rights)
    assert main(["--lang", "en", "init", str(tmp_path), *FLAGS, "--host", "h.example"]) == 0
    told = capsys.readouterr().out
    assert ("only you can read it" in told) is has_rights
    assert ("can read this folder" in told) is not has_rights
