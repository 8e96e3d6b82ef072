"""Runs a conversion in a child process with limits, so that no file can take the program down.

Time is limited everywhere, memory where the system can (`resource`, not on Windows). The child is
this Python with `converter` as its program; bytes go in, one JSON document comes out.
"""

import json
import subprocess
import sys
from pathlib import Path

import pressutskick
from pressutskick.errors import InputError
from pressutskick.sentences import Sentence, say
from pressutskick.sources.formats import Format

#: Seconds, well above what a hundred pages take, below a person's patience.
TIME_LIMIT = 4.5
MEMORY_LIMIT = 512 * 1024 * 1024
#: What to install for a format, and the library that reads it.
EXTRA = "documents"


def convert_in_child(data: bytes, kind: Format, *, name: str) -> str:
    """The Markdown text of a document of format `kind`; `name` is for the errors.

    Raises:
        InputError: the document is refused, or reading it took too long or too much memory.
    """
    # -P keeps the current folder, which holds foreign files, out of the child's import path.
    command = [sys.executable, "-P", "-c", _PROGRAM, _package_folder(), kind.value, name]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and program, no shell
            command, input=data, capture_output=True, timeout=TIME_LIMIT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(
            say("{file} takes too long to read; it was given up.", file=name), remedy=_remedy()
        ) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise InputError(
            say("{file} could not be read: it is damaged or needs too much memory.", file=name),
            remedy=_remedy(),
        ) from error
    if "text" in answer:
        return str(answer["text"])
    raise _error(answer)


_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from pressutskick.sources.documents.converter import main; main(sys.argv[2], sys.argv[3])"
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
