"""Shows what a person should look at in one list; one key says that all of it is right."""

import re

from pressutskick.cli.language import _
from pressutskick.cli.shows.facts import field_word, show_lines, sureness_word
from pressutskick.cli.shows.screen.console import plain, talk
from pressutskick.cli.typed import YES, read_answer
from pressutskick.reading.asking.looks import Look, correct, list_looks
from pressutskick.reading.model import Reading, Sureness

#: What leaves a thing out.
_NO = frozenset({"n", "nej", "no", "-"})


def ask_looks(reading: Reading) -> Reading:
    """The reading as the person leaves it; the end of the input leaves it as it was."""
    looks = list_looks(reading)
    if not looks:
        return reading
    talk().print()
    talk().print(plain(_("Please look at these:"), "bold"))
    for number, look in enumerate(looks, 1):
        talk().print(plain(f"  {number}. {_told(look)}"))
    answers: dict[str, str] = {}
    for number in _wrong_ones(len(looks)):
        look = looks[number - 1]
        answer = read_answer(
            _(
                "{fact} {value}: n leaves it out, or write what it should be:",
                fact=field_word(look.field),
                value=look.value,
            )
        )
        if answer:
            answers[look.field] = "" if answer.casefold() in _NO else answer
    try:
        return correct(reading, answers)
    except ValueError as error:
        talk().print(plain(str(error)))
        return reading


def _told(look: Look) -> str:
    doubt = f" – {sureness_word(look.sureness)}" if look.sureness is Sureness.UNSURE else ""
    where = _("line {line}", line=show_lines(look.lines)) if look.lines else ""
    return f"{field_word(look.field)}: {look.value} ({where}){doubt}"


def _wrong_ones(count: int) -> list[int]:
    """The numbers of what is wrong; none where all of it is right."""
    while True:
        answer = read_answer(_("Is all of it right? y, or the numbers of what is not:"))
        if not answer or answer.casefold() in YES:
            return []
        numbers = [int(one) for one in re.findall(r"\d+", answer)]
        if numbers and all(0 < one <= count for one in numbers):
            return numbers
        talk().print(plain(_("Write y, or numbers from 1 to {count} such as 2 5.", count=count)))
