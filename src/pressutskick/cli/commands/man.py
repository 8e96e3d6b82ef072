"""`man`: the manual page, made from the tree of commands in the person's language."""

import shutil
import subprocess
import sys

from pressutskick.cli.manual import write_manual


def man() -> None:
    """Shows it through `man` on a terminal; elsewhere prints what `man` reads (mdoc)."""
    page = write_manual()
    program = shutil.which("man")
    if program and sys.stdout.isatty():
        subprocess.run([program, "-l", "-"], input=page, text=True, check=False)  # noqa: S603 - man(1)
    else:
        sys.stdout.write(page)
