"""A command that takes its flags as one value shows each of them to Typer."""

import inspect
from dataclasses import dataclass
from typing import Annotated

import pytest

from pressutskick.cli.flags.groups import spread

Count = Annotated[int, "how many"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    needed: str
    count: Count = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyFlags(Flags):
    count: Count = 9


given: list[tuple[str, Flags]] = []


@spread
def command(file: str, *, flags: Flags, quiet: bool = False) -> None:
    given.append((file, flags))


def test_the_fields_stand_in_the_place_of_their_dataclass() -> None:
    parameters = inspect.signature(command).parameters
    assert list(parameters) == ["file", "needed", "count", "quiet"]
    assert parameters["count"].annotation == Count
    assert parameters["count"].default == 3
    assert parameters["needed"].default is inspect.Parameter.empty


def test_the_command_gets_the_value() -> None:
    command(file="a", needed="b", count=4, quiet=True)
    assert given.pop() == ("a", Flags(needed="b", count=4))


def test_a_subclass_may_have_other_defaults() -> None:
    @spread
    def patient(*, flags: ManyFlags) -> None:
        """Only its signature is looked at."""

    assert inspect.signature(patient).parameters["count"].default == 9


def test_a_flag_that_is_missing_is_no_value() -> None:
    with pytest.raises(KeyError):
        command(file="a", count=4)
