"""The words of a command that tells a secret."""

import pytest

from pressutskick.transports.secret_command import split_command


@pytest.mark.parametrize(
    ("command", "is_windows", "words"),
    [
        ("pass show 'press mail'", False, ["pass", "show", "press mail"]),
        (r"C:\Tools\token.exe --for press", True, [r"C:\Tools\token.exe", "--for", "press"]),
        (r'"C:\Program Files\token.exe" -q', True, [r"C:\Program Files\token.exe", "-q"]),
    ],
)
def test_words_are_split_as_the_system_writes_paths(
    command: str, is_windows: bool, words: list[str]
) -> None:
    assert split_command(command, is_windows=is_windows) == words


@pytest.mark.parametrize("is_windows", [True, False])
def test_a_quotation_mark_that_is_never_closed_is_an_error(is_windows: bool) -> None:
    with pytest.raises(ValueError, match="No closing quotation"):
        split_command('token "press', is_windows=is_windows)
