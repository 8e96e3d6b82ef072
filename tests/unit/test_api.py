"""The public face: what a Python program imports, and that it costs nobody else anything."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from tests.examples.own_transport import Pigeons, invite
from tests.kit.life import INVITATION

import pressutskick
from pressutskick import api
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.transports.clock import SystemClock

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
EXAMPLE = Path(__file__).parents[1] / "examples" / "own_transport.py"


def test_a_program_sends_through_a_transport_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    pigeons = Pigeons()
    result = invite(pigeons)
    assert result.tally == {DeliveryStatus.ACCEPTED: 1}
    assert [each.envelope.forward_path for each in pigeons.carried] == ["anna@posten.example"]
    assert capsys.readouterr().out.startswith("anna@posten.example ")


def test_the_page_shows_the_example_as_it_is() -> None:
    assert EXAMPLE.read_text("utf-8").strip() in PAGE.read_text("utf-8")


def test_every_name_is_there_and_told() -> None:
    page = PAGE.read_text("utf-8")
    for name in api.__all__:
        assert getattr(pressutskick, name) is getattr(api, name)
        assert f"`{name}" in page, name
    with pytest.raises(AttributeError):
        _ = pressutskick.mailmerge  # type: ignore[attr-defined]


def test_the_folder_s_own_log_knows_what_a_program_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / ".env").write_text("PRESSUTSKICK_FROM=press@astad.example\n", "utf-8")
    (folder / "lista.csv").write_text("e-post\nanna@posten.example\n", "utf-8")
    text = INVITATION.format(start="12:30", end="13:30", place="Rådhuset", more="")
    (folder / "bron.md").write_text(text, "utf-8")
    moment = dt.datetime(2026, 11, 25, 8, tzinfo=dt.UTC)
    monkeypatch.setattr(SystemClock, "now", lambda _: moment)
    announcement = pressutskick.Announcement(
        file=str(folder / "bron.md"), lists=(str(folder / "lista.csv"),)
    )
    pigeons = Pigeons()
    for expected in (1, 0):
        workspace = pressutskick.open_workspace(folder, transport=pigeons, environ={})
        result = pressutskick.send(pressutskick.plan(announcement, workspace), workspace)
        assert (result.accepted, result.error) == (expected, None)
    assert len(pigeons.carried) == 1


def test_who_uses_none_of_it_loads_none_of_it() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import pressutskick, sys; print('pressutskick.api' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "False"
