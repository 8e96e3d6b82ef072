"""The workspace's `.env`: written privately, read back exactly, added to without losing a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressutskick.exports.private import replace_private
from pressutskick.settings.workspace import PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def env_lines(given: Mapping[str, str]) -> str:
    """The lines of an `.env`; `given` maps keys without prefix to texts, empty ones left out."""
    return "".join(f"{PREFIX}{key}={_quoted(text)}\n" for key, text in given.items() if text)


def add_to_env_file(file: Path, given: Mapping[str, str]) -> None:
    """Adds what is not there yet; every line that is there stays.

    Raises:
        OSError: the file cannot be read or written.
    """
    before = file.read_text("utf-8-sig") if file.exists() else ""
    gap = "\n" if before and not before.endswith("\n") else ""
    replace_private(file, (before + gap + env_lines(given)).encode("utf-8"))


def _quoted(text: str) -> str:
    """A value as python-dotenv reads it back: single quotes keep $ and # as they are."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
