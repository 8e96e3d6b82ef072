"""Owns the order of a text: reads the files of `layouts/` and fills them line by line.

`{a|b}` is one of two blocks. `?40 ` before a line keeps it in 40 of 100 texts; ` ?` after a block
inside a line leaves that block out in half of them. A block whose fact is absent is left out.
"""

import re
from functools import cache
from pathlib import Path

from training.grammar import AbsentError, Grammar
from training.marks import MARK

LAYOUTS = Path(__file__).parent / "layouts"
BLOCK = re.compile(r"\{([^}]+)\}( \?)?")


@cache
def read_layouts(shape: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Name and lines of every layout for a shape of event: plain, two, tour or days."""
    return tuple(
        (path.stem, tuple(line for line in path.read_text("utf-8").splitlines() if line[:1] != "#"))
        for path in sorted(LAYOUTS.glob(f"{shape}-*.txt"))
    )


def fill(lines: tuple[str, ...], grammar: Grammar) -> str:
    """The text of a layout; where a line is left out, no second blank line is left."""
    told: list[str] = []
    for line in lines:
        share = re.match(r"\?(\d+) ", line)
        if share and grammar.rng.random() * 100 >= int(share[1]):
            continue
        blocks = BLOCK.findall(line)
        told_here = list(filter(None, (_block(grammar, *block) for block in blocks)))
        text = ("\n\n" if any("\n" in one for one in told_here) else " ").join(told_here)
        if text or (not line and told and told[-1]):
            told.append(text)
    return tidy("\n".join(told).strip("\n")) + "\n"


def tidy(text: str) -> str:
    """`text` without the second of two blanks or full stops, and without a blank before a stop."""
    text = re.sub(r"(?<=\S) {2,}(?=\S)", " ", text)
    text = re.sub(rf"(?<!\.)(\.(?:{MARK})*)\.(?!\.)", r"\1", text)
    return re.sub(rf" +((?:{MARK})*[.,])(?=\s|{MARK}|$)", r"\1", text)


def _block(grammar: Grammar, names: str, doubt: str) -> str:
    if doubt and grammar.rng.random() < 0.5:
        return ""
    alternatives = names.split("|")
    for name in grammar.rng.sample(alternatives, len(alternatives)):
        try:
            return grammar.write(f"{{{name}}}").strip(" ")
        except AbsentError:
            continue
    return ""
