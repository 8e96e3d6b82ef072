"""Asks a command for a password or token: no shell, ten seconds, the first line of its output.

Owns how such a command is split into words and found, and how its output is read; on Windows each
of these goes by Windows' own rules.
"""

import asyncio
import os
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from pressutskick.errors import SettingsError, reason_of
from pressutskick.sentences import say
from pressutskick.settings.environ import without_secrets

#: Seconds that the command may take.
PATIENCE = 10.0

_IS_WINDOWS = os.name == "nt"

#: What Windows' programs print in: the code page of the console.
_CODE_PAGE = "oem" if _IS_WINDOWS else None

#: Backslashes and what they stand before, as Windows' C runtime reads a command line.
_PIECE = re.compile(
    r'(?P<slashes>\\+)(?P<quote>"?)|(?P<twice>"")|(?P<mark>")|(?P<blank>[ \t]+)|(?s:.)'
)


def split_command(command: str, *, is_windows: bool = _IS_WINDOWS) -> list[str]:
    """The command's words, as a shell or Windows' C runtime would split them.

    Raises:
        ValueError: a quotation mark is never closed.
    """
    return list(_split_windows(command)) if is_windows else shlex.split(command)


def _split_windows(command: str) -> Iterator[str]:
    """The inverse of `subprocess.list2cmdline`: only the double quotation mark quotes.

    A backslash is one unless a quotation mark comes after it.
    """
    word: list[str] = []
    is_quoted = is_begun = False
    for piece in _PIECE.finditer(command.strip(" \t")):
        if piece["blank"] and not is_quoted:
            yield "".join(word)
            word, is_begun = [], False
            continue
        is_begun = True
        slashes = len(piece["slashes"] or "")
        if piece["quote"]:
            word.append("\\" * (slashes // 2) + '"' * (slashes % 2))
            is_quoted ^= slashes % 2 == 0
        elif piece["twice"]:
            word.append('"' if is_quoted else "")
        elif piece["mark"]:
            is_quoted = not is_quoted
        else:
            word.append(piece[0])
    if is_quoted:
        raise ValueError("No closing quotation")
    if is_begun:
        yield "".join(word)


def find_program(
    name: str, environ: Mapping[str, str] = os.environ, *, is_windows: bool = _IS_WINDOWS
) -> str:
    """The program's file where Windows would not find it: `az` is `az.cmd` there.

    Only the folders of PATH are looked through, unlike `shutil.which`, which begins with the
    current one: there a folder from somebody else could bring a program of that name along.
    """
    if not is_windows:
        return name
    endings = ["", *environ.get("PATHEXT", ".COM;.EXE;.BAT;.CMD").lower().split(";")]
    if Path(name).suffix.lower() not in endings:
        endings.remove("")
    has_folder = "/" in name or "\\" in name
    folders = [""] if has_folder else environ.get("PATH", "").split(os.pathsep)
    files = (Path(folder, name + ending) for folder in folders for ending in endings)
    return next((str(file) for file in files if file.is_file()), name)


async def ask_command(command: str, key: str) -> str:
    """The first line that `command` prints; its text is never shown, not even in an error.

    `key` is the setting's name, for the errors.

    Raises:
        SettingsError: the command is not there, fails, takes too long, or prints nothing that can
            be read.
    """
    process = await _start(command, key)
    try:
        output, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    except TimeoutError as error:
        raise SettingsError(
            say("{key}: the command gave no answer within {n} s.", key=key, n=int(PATIENCE))
        ) from error
    finally:
        # Whoever is stopped meanwhile leaves no program behind.
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise SettingsError(
            say("{key}: the command ended with status {n}.", key=key, n=process.returncode)
        )
    return _read_first_line(output, key)


async def _start(command: str, key: str) -> asyncio.subprocess.Process:
    try:
        program, *words = split_command(command) or [""]
    except ValueError as error:
        raise SettingsError(
            say("{key}: a quotation mark of the command is never closed.", key=key)
        ) from error
    try:
        return await asyncio.create_subprocess_exec(
            find_program(program),
            *words,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            env=without_secrets(),
        )
    except (OSError, ValueError) as error:
        # A NUL is a ValueError; nothing but blanks is a program without a name.
        reason = (
            reason_of(error) if program and isinstance(error, OSError) else say("it is no program")
        )
        raise SettingsError(
            say("{key}: the command cannot be run: {error}.", key=key, error=reason)
        ) from error


def _read_first_line(output: bytes, key: str, *, code_page: str | None = _CODE_PAGE) -> str:
    """The first line: in UTF-8, else in the console's code page; never a letter guessed.

    A password with a wrong letter is a wrong password, and a few of those lock an account.
    """
    first = (output.splitlines() or [b""])[0].strip()
    if not first:
        raise SettingsError(say("{key}: the command printed nothing.", key=key))
    for encoding in ("utf-8-sig", code_page):
        if encoding is not None:
            try:
                return first.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise SettingsError(
        say("{key}: what the command printed is no text in UTF-8.", key=key),
        remedy=say("Let it print UTF-8; the login was not tried."),
    )
