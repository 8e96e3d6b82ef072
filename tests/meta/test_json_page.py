"""docs/json.md tells the document that stands for an error as it is printed."""

import json
import re
from pathlib import Path

from pressutskick.cli.shows.screen.console import error_json
from pressutskick.errors import InputError, Origin, Problem, Severity
from pressutskick.sentences import say

TEXT = (Path(__file__).parents[2] / "docs" / "json.md").read_text("utf-8")


def test_the_example_has_the_keys_of_a_real_error() -> None:
    (block,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    told = json.loads(block)
    problem = Problem(
        code="list.bad_address",
        severity=Severity.ERROR,
        sentence=say("anna.berg@ is no address: there is nothing after the @."),
        origin=Origin(file="redaktioner.csv", line=4, column="e-post"),
    )
    assert told == error_json(InputError(problems=[problem]))
