"""A file that the person named: what is told when it cannot be read."""

import pytest

from pressutskick.cli.language import LANGUAGES, install_language, tell
from pressutskick.errors import InputError
from pressutskick.sources.files import read_file


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["a\0b", "n" * 5000, "."])
def test_what_cannot_be_read_is_told_in_a_whole_sentence(language: str, name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_file(name)
    install_language(language)
    try:
        assert tell(caught.value.sentence).endswith(".")
    finally:
        install_language("en")
