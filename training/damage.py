"""Owns what Word, PDF, web pages and mail do to a text on its way; marks stay where they belong."""

import random
import re
from collections.abc import Callable

from training.marks import MARK, unmark

Damage = Callable[[str, random.Random], str]
MARKS = f"(?:{MARK})*"


def _some(pattern: str, put: str, text: str, rng: random.Random, share: float) -> str:
    """`text` with a share of the matches of `pattern` replaced."""
    return re.sub(
        pattern, lambda found: found.expand(put) if rng.random() < share else found[0], text
    )


def word(text: str, rng: random.Random) -> str:
    """Blanks that do not break, tabs behind labels, two blanks, blanks at the end of lines."""
    text = _some(rf"(?<=\d)({MARKS}) (?=\d)", "\\1\u00a0", text, rng, rng.choice([0, 0.3, 1]))
    text = _some(r"(?<=kl\.) ", "\u00a0", text, rng, rng.choice([0, 1]))
    text = _some(r"(?m)^(\w[\w &]{1,18}:) (?=\S)", "\\1\t", text, rng, rng.choice([0, 0, 0.8]))
    text = _some(r"(?<=[.,]) (?=\S)", "  ", text, rng, rng.choice([0, 0.2]))
    return _some(r"(?=\n)", " ", text, rng, rng.choice([0, 0.3]))


def wrap(text: str, rng: random.Random) -> str:
    """Lines broken at a width, as copied from a PDF; sometimes a page break inside a sentence."""
    width = rng.randint(58, 80)
    lines = [part for line in text.split("\n") for part in _wrap_line(line, width)]
    if rng.random() < 0.3 and len(lines) > 12:
        at = rng.randrange(6, len(lines) - 3)
        lines.insert(at, rng.choice(["", "", "\n1 (2)\n", "\n2\n"]))
    return "\n".join(lines)


def _wrap_line(line: str, width: int) -> list[str]:
    told, left = [""], width
    for piece in re.split(r"(?<=\S) (?=\S)", line):
        size = len(unmark(piece)) + 1
        if size > left and told[-1]:
            told.append("")
            left = width
        told[-1] += (" " if told[-1] else "") + piece
        left -= size
    return told


def glue(text: str, rng: random.Random) -> str:
    """One or two line breaks lost, or the blank after a full stop."""
    if rng.random() < 0.5:
        return _some(rf"(?<=[a-zåäö])({MARKS})\.({MARKS}) (?=\w|{MARK})", r"\1.\2", text, rng, 0.15)
    breaks = [found.span() for found in re.finditer(r"(?<=\S)\n+(?=\S)", text)]
    for start, end in sorted(rng.sample(breaks, min(2, len(breaks))), reverse=True):
        text = text[:start] + rng.choice(["", " "]) + text[end:]
    return text


def flatten(text: str, rng: random.Random) -> str:
    """All paragraphs after the heading run into one."""
    head, _, body = text.partition("\n\n")
    run = re.sub(r" *\n[ \n]*", rng.choice([" ", "  "]), body.strip())
    return f"{head}\n\n{run}\n"


def markdown(text: str, rng: random.Random) -> str:
    """Labels in bold, addresses as links."""
    bold = rng.choice(["**{}**", "**{}**", "* {}*"])
    text = re.sub(r"(?m)^(\w[\w &/]{1,24}:)(?= )", lambda found: bold.format(found[1]), text)
    if rng.random() < 0.5:
        text = re.sub(r"([\w.+-]+@[\w.-]+\w)", r"[\1](mailto:\1)", text)
    return text


def airy(text: str, rng: random.Random) -> str:
    """A blank line between all lines, as from a web page's own paragraphs."""
    return re.sub(r"(?<=\S)\n(?=\S)", rng.choice(["\n\n", "\n \n", "\n\n\n"]), text)


def mail(text: str, rng: random.Random) -> str:
    """Leftovers of quoted-printable and of a forwarded mail."""
    if rng.random() < 0.4:
        return "".join(f"> {line}\n" for line in text.rstrip("\n").split("\n"))
    return _some(r"(?=\n)", "=20", text, rng, 0.2)


def capitals(text: str, rng: random.Random) -> str:
    """Short lines in capitals, as headings are."""
    if rng.random() < 0.5:
        return re.sub(r"(?m)^(\w[\w &]{2,20})(:?)$", lambda f: f[1].upper() + f[2], text)
    return re.sub(r"(?m)^(\w[\w ]{2,14}):(?= )", lambda f: f"{f[1].upper()}:", text)


def loose(text: str, rng: random.Random) -> str:
    """A stray sign here and there: rows of dashes, a lone full stop, `null` for a picture."""
    lines = text.split("\n")
    blanks = [number for number, line in enumerate(lines) if not line]
    for number in rng.sample(blanks, min(2, len(blanks))):
        lines[number] = rng.choice(
            ["\n---\n", "\n.\n", "\nnull\n", "\n***\n", "\n\u00a0\n", "\n\n"]
        )
    return "\n".join(lines)


def mask(text: str, _: random.Random) -> str:
    """Addresses hidden from robots: their marks go, for they are no addresses any more."""
    return re.sub(rf"(?:{MARK})([\w.+-]+@[\w.-]+\w)(?:{MARK})", "[email protected]", text)


#: Each with the share of texts that it meets. The order is that of a text's way.
DAMAGES: tuple[tuple[float, Damage], ...] = (
    (0.05, capitals),
    (0.12, word),
    (0.02, mask),
    (0.08, markdown),
    (0.08, airy),
    (0.07, loose),
    (0.07, glue),
    (0.04, flatten),
    (0.10, wrap),
    (0.03, mail),
)


def damage(text: str, rng: random.Random) -> str:
    """`text` as it arrives: two in five arrive whole."""
    for share, harm in DAMAGES:
        if rng.random() < share:
            text = harm(text, rng)
    return text
