"""Fixtures of the acceptance tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.kit.life import Day
from tests.kit.postoffice import open_post_office


@pytest.fixture
def day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Day]:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    with open_post_office(tmp_path / "post") as office:
        yield Day(workspace, office, monkeypatch, capsys)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries to connect follow each other without a pause."""
    monkeypatch.setattr("pressutskick.dispatch.engine.CONNECT_BACKOFF", (0.0,))
