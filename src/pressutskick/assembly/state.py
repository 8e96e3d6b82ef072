"""What this machine remembers apart from the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def state_folder() -> Path:
    """Where it is kept how far each delivery log had come, and which relays want their turn."""
    from platformdirs import user_state_path

    return user_state_path("pressutskick", appauthor=False)
