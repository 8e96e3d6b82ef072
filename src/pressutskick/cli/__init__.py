"""The command line: `commands` run, `flags` are typed, `asks` ask, `shows` paint.

`main` is the only translator of exceptions to exit statuses. Nothing heavy is imported here:
`--version` answers before Typer is loaded.
"""

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status (`errors.ExitStatus`)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--version"]:
        from pressutskick import __version__

        sys.stdout.write(f"pressutskick {__version__}\n")
        return 0
    _start_fast()
    from pressutskick.cli.program import run

    return run(words)


def _start_fast() -> None:
    """Start-up makes many objects and drops few: collecting among them costs a twentieth of it."""
    gc.set_threshold(50_000, 20, 20)
