"""Learns the weights of the roles, and writes them where the reader finds them.

usage: python -m training.fit [--seed 1] [--written 3000]

The same seed, texts and library give the same weights.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from training.cases import KINDS, Case, read_cases, read_variants
from training.write import write_folder

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
INVITATIONS = (
    "invitations",
    "invitations_more",
    "invitations_own",
    "invitations_third",
    "invitations_fourth",
)
SETS = {
    "reference": DATA,
    **{name: DATA / name for name in INVITATIONS},
}
#: The beginnings of the names of texts that were read before any rule was mended on them.
FRESH = ("invitations_more", "invitations_third", "invitations_fourth")
WEIGHTS = ROOT / "src" / "pressutskick" / "reading" / "learnt" / "weights.json"
#: A text that was written in the manner of a real one counts as so many of the grammar's; one
#: that the rules of the page were not mended on counts more, since it shows what they are worth.
LIKE_REAL, UNSEEN_BY_RULES = 6.0, 15.0
#: A variant is written to show one hard thing.
HARD = 12.0
#: The smaller, the smaller the weights stay.
STRENGTH = 0.12
#: A feature must be seen so often to be learnt.
SEEN = 8
#: Smaller weights are left out.
SMALLEST = 0.02


def fit(cases: Iterable[Case]) -> dict[str, Any]:
    """The weights of every role, as the reader's JSON has them."""
    cases = list(cases)
    return {role: _fit_one(cases, role) for role in KINDS}


def _fit_one(cases: Sequence[Case], role: str) -> dict[str, Any]:
    mine = [case for case in cases if case.kind == KINDS[role] and role in case.judged]
    counts = Counter(feature for case in mine for feature in case.features)
    known = {feature for feature, count in counts.items() if count >= SEEN}
    table = DictVectorizer()
    matrix = table.fit_transform(
        [dict.fromkeys(sorted(case.features & known), 1.0) for case in mine]
    )
    matrix.indices = matrix.indices.astype("int32")
    matrix.indptr = matrix.indptr.astype("int32")
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=400, random_state=0)
    model.fit(
        matrix,
        np.array([role in case.roles for case in mine]),
        sample_weight=np.array([_worth(case) for case in mine]),
    )
    weights = {
        name: round(float(weight), 2)
        for name, weight in zip(table.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(weight) >= SMALLEST
    }
    return {"bias": round(float(model.intercept_[0]), 2), "weights": weights}


def _worth(case: Case) -> float:
    if case.is_written:
        return 1.0
    if case.text.startswith("variants"):
        return HARD
    return UNSEEN_BY_RULES if case.text.startswith(FRESH) else LIKE_REAL


def written_cases(seed: int, count: int) -> list[Case]:
    """The cases of `count` texts of the grammar."""
    with tempfile.TemporaryDirectory() as folder:
        write_folder(seed, count, Path(folder))
        return list(read_cases(Path(folder), is_written=True))


def labelled_cases() -> list[Case]:
    """The cases of the texts in the manner of real ones."""
    folders = (read_cases(folder) for folder in SETS.values())
    return [*(case for cases in folders for case in cases), *read_variants()]


def save(models: dict[str, Any], *, seed: int, written: int) -> None:
    """Writes the weights, and what they were learnt from."""
    document = {"seed": seed, "written": written, "models": models}
    WEIGHTS.write_text(
        json.dumps(document, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8"
    )


def main() -> None:
    """Read the command line and learn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--written", type=int, default=3000)
    options = parser.parse_args()
    cases = [*labelled_cases(), *written_cases(options.seed, options.written)]
    save(fit(cases), seed=options.seed, written=options.written)


if __name__ == "__main__":
    main()
