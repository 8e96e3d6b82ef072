"""What holds for every test: nothing of the person's own machine shows through."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from pressutskick.cli.language import install_language
from pressutskick.cli.shows.screen import console as views

# A busy machine is not a fault of the code. Each run tries the same examples, so that what is red
# was made so by a change; `make deep` looks for others, far more of them.
settings.register_profile("dose", deadline=None, max_examples=25, derandomize=True)
settings.register_profile("deep", deadline=None, max_examples=1000)
settings.load_profile("dose")


@pytest.fixture
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the machine remembers of one test is nothing to the next."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, _home: Path) -> None:
    """No settings, no terminal width and no colours but those that a test sets itself."""
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(_home))
    # Nobody's own keyring is asked or written to.
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    for key in list(os.environ):
        if key.startswith("PRESSUTSKICK_") or key in {"COLUMNS", "FORCE_COLOR", "NO_COLOR"}:
            monkeypatch.delenv(key)
    # Consoles are made once a run, and tests are many runs in one process.
    install_language("en")
    views.out.cache_clear()
    views.talk.cache_clear()
