"""Reads every labelled text with weights that have not seen it, and tells how well.

usage: python -m training.judge [--seed 1] [--written 3000] [--folds 5] [--show]

Whole texts are held out, never single mentions. The grammar's texts are always learnt from.
"""

import argparse
from collections.abc import Iterator
from unittest import mock

from benchmarks.accuracy import SETS, Tally, cases, compare, read_case, table

from pressutskick.reading.learnt import scoring
from pressutskick.reading.learnt.scoring import Model, Role
from training.cases import cases_of, read_variants
from training.fit import DATA, fit, written_cases

#: What is judged; the texts of single tests are learnt from only.
JUDGED = SETS


def judge(*, seed: int, written: int, folds: int) -> Iterator[tuple[str, Tally]]:
    """The tally of each set."""
    learnt = [*written_cases(seed, written), *read_variants()]
    texts = [(name, *case) for name in JUDGED for case in cases(DATA / name)]
    tallies = {name: Tally() for name in JUDGED}
    for fold in range(folds):
        held = texts[fold::folds]
        seen = [one for one in texts if one not in held]
        models = fit(
            [
                *learnt,
                *(
                    case
                    for name, number, text, truth in seen
                    for case in cases_of(f"{name}/{number}", text, truth)
                ),
            ]
        )
        made = {Role(name): Model(**model) for name, model in models.items()}
        with mock.patch.object(scoring, "load_models", lambda made=made: made):
            for name, number, text, truth in held:
                compare(tallies[name], number, truth, read_case(text, truth))
    yield from tallies.items()


def main() -> None:
    """Read the command line and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--written", type=int, default=3000)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--show", action="store_true", help="print every miss")
    wish = parser.parse_args()
    for name, tally in judge(seed=wish.seed, written=wish.written, folds=wish.folds):
        print(f"\n{name}, read by weights that have not seen the text")
        if wish.show:
            print("\n".join(tally.remarks))
        print(table(tally))


if __name__ == "__main__":
    main()
