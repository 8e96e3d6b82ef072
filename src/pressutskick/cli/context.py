"""Flags that mean the same before and after any command, and what depends on them."""

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressutskick.settings.model import Settings
    from pressutskick.settings.workspace import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobalFlags:
    """`--lang`, `--workspace`, `--env-file`, `--no-color`, `--debug`, wherever they stood."""

    language: str | None = None
    workspace: str | None = None
    env_file: str | None = None
    no_color: bool = False
    debug: bool = False


_flags = GlobalFlags()


def global_flags() -> GlobalFlags:
    """The flags of this run."""
    return _flags


def command_settings(**flags: object) -> "Settings":
    """The settings of this run; `flags` are those of the command by key, None where not given.

    Raises:
        InputNotFound, SettingsError: as `read_settings` tells.
    """
    from pressutskick.settings.reading import read_settings

    given = {key: str(value) for key, value in flags.items() if value is not None}
    return read_settings(place=find_place(), flags=given)


def find_place() -> "Place":
    """The workspace of this run.

    Raises:
        InputNotFound, UsageError: what `--workspace` or `--env-file` names is not there.
    """
    from pressutskick.settings.workspace import find_workspace

    return find_workspace(named=_flags.workspace, env_file=_flags.env_file)


def install_flags(flags: GlobalFlags) -> None:
    """Makes `flags` those of this run."""
    global _flags  # noqa: PLW0603 - the program has one command line
    _flags = flags
    if flags.no_color:
        os.environ["NO_COLOR"] = "1"


_words: tuple[str, ...] = ()


def install_words(words: Sequence[str]) -> None:
    """Keeps the command's words, so that it can be told how to go on."""
    global _words  # noqa: PLW0603 - the program runs one command at a time
    _words = tuple(words)


def command_line() -> str:
    """The command that runs now, as the person can type it again."""
    words = ["pressutskick", *_words]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def take_global_flags(words: Sequence[str]) -> tuple[GlobalFlags, list[str]]:
    """Splits the global flags from the rest; after `--` nothing is a flag.

    A value flag without its value is left in place, so that Typer tells the mistake.
    """
    values: dict[str, str] = {}
    switches: set[str] = set()
    rest: list[str] = []
    queue = list(words)
    while queue:
        word = queue.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *queue]
            break
        if word in ("--no-color", "--debug"):
            switches.add(word)
        elif name in ("--lang", "--workspace", "--env-file") and (equals or queue):
            values[name] = value if equals else queue.pop(0)
        else:
            rest.append(word)
    flags = GlobalFlags(
        language=values.get("--lang"),
        workspace=values.get("--workspace"),
        env_file=values.get("--env-file"),
        no_color="--no-color" in switches,
        debug="--debug" in switches,
    )
    return flags, rest


def language_environment(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The environment, with `PRESSUTSKICK_LANGUAGE` from `.env` where only that has it.

    python-dotenv is imported only when the file mentions the key: help must stay fast.
    """
    from pressutskick.errors import PressutskickError

    key = "PRESSUTSKICK_LANGUAGE"
    try:
        if key in environ or (file := find_place().env_file) is None:
            return environ
        if key.encode() not in file.read_bytes().replace(b"\0", b""):
            return environ
        from pressutskick.settings.envfile import read_env_file

        return {**environ, key: read_env_file(file).get(key) or ""}
    except (OSError, PressutskickError):
        # Told by the command that needs the settings; help must be had without them.
        return environ
