"""Asks a command for a password or token: no shell, ten seconds, the first line of its output."""

import asyncio
import os
import shlex

from pressutskick.errors import SettingsError, reason_of
from pressutskick.sentences import say

#: Seconds that the command may take.
PATIENCE = 10.0


def split_command(command: str, *, is_windows: bool = os.name == "nt") -> list[str]:
    """The command's words; on Windows a backslash stands in paths and escapes nothing.

    Raises:
        ValueError: a quotation mark is never closed.
    """
    words = shlex.split(command, posix=not is_windows)
    return [word.strip('"') for word in words] if is_windows else words


async def ask_command(command: str, key: str) -> str:
    """The first line that `command` prints; its text is never shown, not even in an error.

    `key` is the setting's name, for the errors.

    Raises:
        SettingsError: the command is not there, fails, takes too long, or prints nothing.
    """
    try:
        words = split_command(command)
    except ValueError as error:
        raise SettingsError(
            say("{key}: a quotation mark of the command is never closed.", key=key)
        ) from error
    try:
        process = await asyncio.create_subprocess_exec(
            *words, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
        )
    except (OSError, ValueError, TypeError) as error:
        # Nothing but blanks is a TypeError, a NUL is a ValueError.
        reason = reason_of(error) if isinstance(error, OSError) else say("it is no program")
        raise SettingsError(
            say("{key}: the command cannot be run: {error}.", key=key, error=reason)
        ) from error
    try:
        output, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    except TimeoutError as error:
        process.kill()
        await process.wait()
        raise SettingsError(
            say("{key}: the command gave no answer within {n} s.", key=key, n=int(PATIENCE))
        ) from error
    lines = output.decode("utf-8", "replace").splitlines()
    if process.returncode:
        raise SettingsError(
            say("{key}: the command ended with status {n}.", key=key, n=process.returncode)
        )
    if not lines or not lines[0].strip():
        raise SettingsError(say("{key}: the command printed nothing.", key=key))
    return lines[0].strip()
