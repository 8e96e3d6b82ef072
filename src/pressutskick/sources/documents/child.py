"""Runs a conversion in a child process with limits, so that no file can take the program down.

Time is limited everywhere, memory where the system can (`resource`, not on Windows). The child is
this Python with `converter` as its program; bytes go in, one JSON document comes out.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Timer
from typing import Any

import pressutskick
from pressutskick.errors import InputError
from pressutskick.sentences import Sentence, say
from pressutskick.settings.environ import without_secrets
from pressutskick.sources.documents.leftout import Converted, LeftOut, Omitted
from pressutskick.sources.formats import Format

#: Seconds of processor time, more than twice what the longest document takes.
TIME_LIMIT = 8
#: Seconds that pass on the wall while another program holds the machine, or scans the file.
PATIENCE = 45.0
#: Seconds after which whoever waits is told what for.
SILENCE = 1.0
MEMORY_LIMIT = 512 * 1024 * 1024
#: What to install for a format, and the library that reads it.
EXTRA = "documents"
#: Told once where reading takes longer than a moment.
OnWait = Callable[[Sentence], None]


def convert_in_child(
    data: bytes, kind: Format, *, name: str, on_wait: OnWait | None = None
) -> Converted:
    """The Markdown text of a document of format `kind`; `name` is for the errors.

    Raises:
        InputError: the document is refused, or reading it took too long or too much memory.
    """
    # -P keeps the current folder, which holds foreign files, out of the child's import path.
    command = [sys.executable, "-P", "-c", _PROGRAM, _package_folder(), kind.value, name]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and program, no shell
        [*command, str(TIME_LIMIT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=without_secrets(),
    ) as child:
        try:
            output = _wait(child, data, lambda: on_wait(_waiting(name)) if on_wait else None)
        except subprocess.TimeoutExpired as error:
            raise InputError(
                say("{file} takes too long to read; it was given up.", file=name),
                remedy=say(
                    "Try again when the computer is less busy, or copy its text and paste it "
                    "into: pressutskick read -"
                ),
            ) from error
        finally:
            child.kill()
    if child.returncode in _OVER_TIME:
        raise InputError(
            say("{file} takes too long to read; it was given up.", file=name), remedy=_remedy()
        )
    try:
        answer = json.loads(output)
    except ValueError as error:
        raise InputError(
            say("{file} could not be read: it is damaged or needs too much memory.", file=name),
            remedy=_remedy(),
        ) from error
    if "text" in answer:
        return read_answer(answer)
    raise _error(answer)


def _wait(child: "subprocess.Popen[bytes]", data: bytes, tell: Callable[[], None]) -> bytes:
    """What the child prints; tells it where that takes longer than a moment.

    Raises:
        subprocess.TimeoutExpired: it took longer than anybody waits.
    """
    # `communicate` cannot be begun twice without losing input, so another thread tells.
    timer = Timer(SILENCE, tell)
    timer.start()
    try:
        return child.communicate(data, timeout=PATIENCE)[0]
    finally:
        timer.cancel()


def _waiting(name: str) -> Sentence:
    return say("Reading {file} ...", file=name)


#: How a process ends that has used its processor time (SIGXCPU, then SIGKILL).
_OVER_TIME = {-24, -9}
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from pressutskick.sources.documents.converter import main; main(*sys.argv[2:])"
)


def write_answer(converted: Converted) -> dict[str, object]:
    """A converted document as the child prints it."""
    return {
        "text": converted.text,
        "left_out": [[one.what, one.words, one.line, one.page] for one in converted.left_out],
    }


def read_answer(answer: dict[str, Any]) -> Converted:
    """What `write_answer` wrote."""
    return Converted(
        text=str(answer["text"]),
        left_out=tuple(
            LeftOut(what=Omitted(what), words=words, line=line, page=page)
            for what, words, line, page in answer["left_out"]
        ),
    )


def _package_folder() -> str:
    return str(Path(pressutskick.__file__).parent.parent)


def _error(answer: dict[str, object]) -> InputError:
    """The child's refusal, with its sentence rebuilt so that it can be translated here."""
    values = answer.get("values")
    sentence = Sentence(
        pattern=str(answer.get("pattern")), values=values if isinstance(values, dict) else {}
    )
    if "library" not in answer:
        return InputError(sentence, remedy=_remedy())
    return InputError(
        sentence,
        remedy=say('Install it: pip install "pressutskick[{extra}]"', extra=EXTRA),
    )


def _remedy() -> Sentence:
    return say("Save it as plain text, or copy its text and paste it into: pressutskick read -")
