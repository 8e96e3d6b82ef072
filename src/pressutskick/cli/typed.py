"""What a person types at a terminal to let something happen that cannot be taken back."""

import sys
from shutil import get_terminal_size
from textwrap import fill

from pressutskick.cli.language import _
from pressutskick.errors import Declined, UsageError
from pressutskick.sentences import Sentence

#: What people type who mean yes, in either language.
YES = frozenset({"j", "ja", "jo", "y", "yes"})


def ask_line(question: str) -> str:
    """One line from the terminal; empty at the end of the input and at Ctrl-C."""
    return read_answer(question) or ""


def read_answer(question: str) -> str | None:
    """One line from the terminal; None at the end of the input and at Ctrl-C."""
    sys.stderr.write(f"{_wrap(question)} ")
    sys.stderr.flush()
    try:
        answer = sys.stdin.readline()
    except KeyboardInterrupt:
        answer = ""
    if not answer.endswith("\n"):
        # What is said next begins a line of its own.
        sys.stderr.write("\n")
    return answer.strip() if answer else None


def _wrap(question: str) -> str:
    """In lines between whose words the terminal need not break."""
    if not sys.stderr.isatty():
        return question
    width = get_terminal_size().columns
    return fill(question, width, break_long_words=False, break_on_hyphens=False)


def read_typed(question: str, *, nobody: Sentence, remedy: Sentence) -> str:
    """The answer to `question`, empty at the end of the input and at Ctrl-C.

    Raises:
        UsageError: nobody is there to ask; says `nobody` and `remedy`.
    """
    if not sys.stdin.isatty():
        raise UsageError(nobody, remedy=remedy)
    return ask_line(question)


def _is_slip(answer: str) -> bool:
    """Whether somebody who typed this wanted to go on: a yes, another number, another address."""
    return answer.casefold() in YES or answer[:1].isdigit() or "@" in answer


def require_typed(
    wanted: str, question: str, *, nobody: Sentence, remedy: Sentence, declined: Sentence
) -> None:
    """Goes on only where the answer is `wanted`, in whichever case; a slip is asked about once.

    Raises:
        UsageError: nobody is there to ask.
        Declined: any other answer; says `declined`.
    """
    answer = read_typed(question, nobody=nobody, remedy=remedy)
    if answer.casefold() != wanted.casefold() and _is_slip(answer):
        again = _("That is not it. Type {wanted}, anything else to stop:", wanted=wanted)
        answer = read_typed(again, nobody=nobody, remedy=remedy)
    if answer.casefold() != wanted.casefold():
        raise Declined(declined)
