"""The house's walls hold: see also the import-linter contracts in pyproject.toml."""

from pathlib import Path

import pressutskick

PACKAGE = Path(pressutskick.__file__).parent


def test_every_module_says_what_it_owns() -> None:
    silent = [
        str(path)
        for path in PACKAGE.rglob("*.py")
        if not path.read_text("utf-8").lstrip().startswith('"""')
    ]
    assert silent == []
