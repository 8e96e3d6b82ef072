"""`demo`: the whole story, in both languages, leaving nothing behind."""

import os
from pathlib import Path

import pytest

from pressutskick.cli import main


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Nothing left this machine"), ("sv", "Inget lämnade datorn")]
)
def test_the_demo_plays_to_its_end(
    language: str, told: str, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    before = Path.cwd(), dict(os.environ)
    assert main(["--lang", language, "demo", "--keep", str(tmp_path / "kept")]) == 0
    printed = capfd.readouterr()
    assert told in printed.out
    assert "Hej Maja," in printed.err
    assert printed.out.count("\n") + printed.err.count("\n") < 60
    assert len(list((tmp_path / "kept" / "outbox").glob("*.eml"))) == 12
    assert Path.cwd() == before[0]
    assert {key for key in os.environ if key.startswith("PRESSUTSKICK_")} == {
        key for key in before[1] if key.startswith("PRESSUTSKICK_")
    }
