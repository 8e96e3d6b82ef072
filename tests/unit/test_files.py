"""A file that the person named: what is told when it cannot be read."""

from pathlib import Path

import pytest

from pressutskick.cli.language import LANGUAGES, install_language, tell
from pressutskick.errors import InputError, InputNotFound
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


@pytest.mark.parametrize("wrong", ["cykel", "invitations/cykl.md", "cykel.docx", "CYKEL.MD"])
def test_a_missing_file_is_looked_for_where_invitations_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("invitations").mkdir()
    Path("invitations/cykel.md").write_text("x")
    with pytest.raises(InputNotFound) as caught:
        read_file(wrong)
    assert str(caught.value.remedy) == f"Did you mean {Path('invitations/cykel.md')}?"
