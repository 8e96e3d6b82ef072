"""A `.env` is read as UTF-8 or refused by its name; what others can write is not run."""

from pathlib import Path

import pytest

from pressutskick.assembly.login import find_password, find_tokens
from pressutskick.cli import main
from pressutskick.errors import ExitStatus, SettingsError
from pressutskick.settings import envfile
from pressutskick.settings.envfile import Exposure, find_exposure, read_env_file
from pressutskick.settings.model import Settings
from pressutskick.settings.reading import read_settings

TEXT = "PRESSUTSKICK_ORGANISATION=Åstad\r\nPRESSUTSKICK_LANGUAGE=sv\r\n"
OTHERS = ["cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp850"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_and_without_its_mark(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / ".env"
    file.write_bytes(TEXT.encode(encoding))
    assert read_env_file(file)["PRESSUTSKICK_ORGANISATION"] == "Åstad"


@pytest.mark.parametrize("encoding", OTHERS)
def test_another_encoding_is_78_with_the_files_name(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    encoding: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes(TEXT.encode(encoding))
    assert main(["--lang", "en", "send", "a.md", "--to", "b.csv"]) == ExitStatus.SETTINGS
    assert ".env is not saved as UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", OTHERS)
def test_help_is_had_whatever_the_file_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes(TEXT.encode(encoding))
    assert main(["--help"]) == 0


def test_a_file_that_cannot_be_read_is_78(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="folder"):
        read_env_file(tmp_path)


def settings_of(tmp_path: Path, mode: int, environ: dict[str, str] | None = None) -> Settings:
    file = tmp_path / ".env"
    lines = [f"PRESSUTSKICK_SMTP_{kind}_COMMAND=tell-{kind}" for kind in ("PASSWORD", "TOKEN")]
    file.write_text("\n".join(lines), "utf-8")
    file.chmod(mode)
    return read_settings(workspace=tmp_path, environ=environ or {})


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_a_command_of_ones_own_is_run(tmp_path: Path, mode: int) -> None:
    settings = settings_of(tmp_path, mode)
    assert find_password(settings)
    assert find_tokens(settings)


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_command_that_others_can_write_is_not_run(tmp_path: Path, mode: int) -> None:
    settings = settings_of(tmp_path, mode)
    for find in (find_password, find_tokens):
        with pytest.raises(SettingsError, match="chmod 600") as refused:
            find(settings)
        assert "tell-" not in str(refused.value)


def test_a_command_from_somebody_else_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = tmp_path.stat().st_uid
    monkeypatch.setattr(envfile.os, "geteuid", lambda: owner + 1)
    settings = settings_of(tmp_path, 0o600)
    # The administrator's file is trusted by everybody.
    assert settings.exposure.is_foreign is (owner != 0)
    foreign = Exposure(is_foreign=True)
    with pytest.raises(SettingsError, match="belongs to somebody else"):
        find_password(replaced(settings, foreign))


def replaced(settings: Settings, exposure: Exposure) -> Settings:
    from dataclasses import replace

    return replace(settings, exposure=exposure)


def test_a_command_of_the_environment_is_ones_own(tmp_path: Path) -> None:
    environ = {f"PRESSUTSKICK_SMTP_{kind}_COMMAND": "mine" for kind in ("PASSWORD", "TOKEN")}
    settings = settings_of(tmp_path, 0o666, environ)
    assert find_password(settings)
    assert find_tokens(settings)


def test_where_modes_tell_nothing_nothing_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(envfile, "HAS_RIGHTS", False)
    file = tmp_path / ".env"
    file.touch(0o666)
    assert find_exposure(file) == Exposure()


@pytest.mark.parametrize(
    ("mode", "line", "warns"),
    [
        (0o644, "PRESSUTSKICK_SMTP_PASSWORD=hemligt", True),
        (0o600, "PRESSUTSKICK_SMTP_PASSWORD=hemligt", False),
        (0o644, "PRESSUTSKICK_SMTP_PASSWORD_COMMAND=pass", False),
        (0o644, "PRESSUTSKICK_ORGANISATION=Åstad", False),
    ],
)
def test_a_password_that_others_can_read_is_warned_of(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    mode: int,
    line: str,
    warns: bool,
) -> None:
    from tests.kit.harbour import write_workspace

    write_workspace(tmp_path, "bad", 2)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(f"PRESSUTSKICK_FROM=press@astad.example\n{line}\n", "utf-8")
    (tmp_path / ".env").chmod(mode)
    assert main(["--lang", "en", "send", "bad.md", "--to", "list.csv", "--dry-run"]) == 0
    told = capsys.readouterr().err
    assert ("chmod 600" in told) is warns
    assert "hemligt" not in told
