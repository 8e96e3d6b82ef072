import errno

import pytest

from pressutskick.errors import (
    ExitStatus,
    FileFault,
    InputError,
    Origin,
    PressutskickError,
    Problem,
    Severity,
    reason_of,
)
from pressutskick.sentences import say, say_many


def all_errors(base: type[PressutskickError] = PressutskickError) -> list[type[PressutskickError]]:
    return [base, *(error for child in base.__subclasses__() for error in all_errors(child))]


def test_every_error_has_a_status_that_is_not_success() -> None:
    for error in all_errors():
        assert error.status in ExitStatus
        assert error.status is not ExitStatus.OK


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    from pressutskick import errors

    tree = errors.__doc__ or ""
    for error in all_errors():
        assert f"{error.__name__} " in tree


def test_an_input_error_tells_every_problem_with_its_place() -> None:
    problems = [
        Problem(
            code="x",
            severity=Severity.ERROR,
            sentence=say("bad"),
            origin=Origin(file="a.csv", line=n),
        )
        for n in (3, 9)
    ]
    told = str(InputError(problems=problems))
    assert "a.csv:3: bad" in told
    assert "a.csv:9: bad" in told
    assert "2 errors" in told


def test_values_are_never_parsed_as_patterns() -> None:
    assert str(say("{name} is here", name="{name!r:>{width}}")) == "{name!r:>{width}} is here"


def test_wording_follows_the_number() -> None:
    assert str(say_many("{count} row", "{count} rows", 1)) == "1 row"
    assert str(say_many("{count} row", "{count} rows", 0)) == "0 rows"


def test_what_the_disk_says_is_told_in_our_own_words() -> None:
    told = FileFault.of(OSError(errno.EROFS, "Read-only file system", "x.md"))
    assert str(told) == "x.md cannot be read or written: the disk is write-protected."
    assert str(reason_of(OSError(errno.EXDEV, "Odd {thing}"))) == "Odd {thing}"


def test_several_attempts_in_one_error_are_told_by_the_first() -> None:
    """As asyncio has it where a name has an address of each kind."""
    text = f"Multiple exceptions: [Errno {errno.ECONNREFUSED}] a, [Errno {errno.ENETUNREACH}] b"
    assert str(reason_of(OSError(text))) == "nobody answers at that port"


class WindowsError(OSError):
    """As Windows raises it."""

    def __init__(self, winerror: int, filename: str) -> None:
        super().__init__(errno.ENOENT, "The system cannot find the path specified", filename)
        self.winerror = winerror


@pytest.mark.parametrize(
    ("winerror", "length", "told"),
    [(3, 259, "no such file"), (3, 260, "longer than the 259"), (206, 12, "longer than the 259")],
)
def test_a_path_that_is_too_long_for_windows_is_told_so(
    winerror: int, length: int, told: str
) -> None:
    assert told in str(reason_of(WindowsError(winerror, "x" * length)))
