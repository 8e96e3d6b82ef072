"""Writes invitations with their truths: `python -m training.write --seed 1 --count 100 OUT`.

The same seed gives the same octets on every machine. Text number n depends on the seed and n alone.
"""

import argparse
import json
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from training.casting import Cast
from training.damage import Damage, damage
from training.grammar import Grammar, read_rules
from training.layouts import fill, read_layouts
from training.scene import draw_scene
from training.slots import Writer
from training.truth import Json, tell_truth

WORDS = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A text, its truth, and the layout that it was written in."""

    text: str
    truth: Json
    layout: str


@cache
def _rules(language: str) -> dict[str, list[tuple[int, str]]]:
    return read_rules(WORDS) | read_rules(WORDS / language)


def _has_org(grammar: Grammar) -> bool:
    return f"org.{grammar.drawn['=occasion']}" in grammar.rules


def write_invitation(seed: int, number: int = 0, harm: Damage = damage) -> Invitation:
    """The invitation that `seed` and `number` name; `harm` is what it suffers on its way."""
    rng = random.Random(f"{seed}/{number}")
    scene = draw_scene(rng)
    grammar = Grammar(_rules(scene.language), rng, scene.language)
    grammar.drawn["=occasion"] = grammar.draw(
        "occasion" if scene.shape == "plain" else f"occasion.{scene.shape}"
    )
    writer = Writer(scene, grammar, rng)
    grammar.drawn["=org"] = grammar.write("{@org}") if _has_org(grammar) else grammar.draw("org")
    Cast(writer)
    layout, lines = rng.choice(read_layouts(scene.shape))
    text, spans = writer.marker.read(harm(fill(lines, grammar), rng))
    return Invitation(text=text, truth=tell_truth(scene, text, spans), layout=layout)


def write_folder(seed: int, count: int, folder: Path) -> None:
    """`count` pairs of NN.txt and NN.truth.json in `folder`, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    width = max(2, len(str(count)))
    for number in range(1, count + 1):
        invitation = write_invitation(seed, number)
        truth = json.dumps(invitation.truth, ensure_ascii=False, indent=1) + "\n"
        stem = folder / f"{number:0{width}}"
        stem.with_suffix(".txt").write_bytes(invitation.text.encode())
        stem.with_suffix(".truth.json").write_bytes(truth.encode())


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m training.write")
    parser.add_argument("folder", type=Path, metavar="OUT")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    wish = parser.parse_args()
    write_folder(wish.seed, wish.count, wish.folder)
    print(f"{wish.count} invitations in {wish.folder}")


if __name__ == "__main__":
    main()
