"""Mails that came back, of which the tests know what they are: `tests/data/replies/KIND/*.eml`."""

from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "data" / "replies"
#: What is no bounce, however much its text speaks of one.
ORDINARY = ("absence", "answer", "calendar", "opt-out", "other", "question", "receipt")


def files(*kinds: str) -> list[Path]:
    """The mails of these kinds; of all where none is named."""
    return sorted(
        path for path in _FOLDER.glob("*/*.eml") if not kinds or path.parent.name in kinds
    )


def read_file(kind: str, name: str) -> bytes:
    return (_FOLDER / kind / f"{name}.eml").read_bytes()


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"
