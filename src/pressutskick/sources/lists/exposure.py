"""Lists that git would commit: personal data that would be copied with every clone."""

import shutil
import subprocess
from pathlib import Path

from pressutskick.errors import Origin, PressutskickError, Problem, Severity
from pressutskick.recipients.table import read_recipients
from pressutskick.sentences import say
from pressutskick.settings.environ import without_secrets
from pressutskick.sources.lists.named import FOLDER, find_list, read_guide, read_table
from pressutskick.sources.lists.tables import ENDINGS

#: Domains that no real person has (RFC 2606, RFC 6761).
_FICTITIOUS = (".example", ".test", ".invalid", ".example.com", ".example.org", ".example.net")
_PATIENCE = 10.0


def find_exposed_lists(workspace: Path) -> tuple[Problem, ...]:
    """A warning for every list in the workspace that git tracks or would take with `git add`.

    Lists of fictitious people only are left alone. Nothing is told where there is no git.
    """
    return tuple(
        Problem(
            code="list.in_git",
            severity=Severity.WARNING,
            sentence=say(
                "git would commit this list of people; add the line {folder}/ to .gitignore",
                folder=FOLDER,
            ),
            origin=Origin(file=name),
        )
        for name in _known_to_git(workspace)
        if name.lower().endswith(ENDINGS) and _has_people(name, workspace)
    )


def _known_to_git(workspace: Path) -> list[str]:
    """Paths below `recipients/` that are tracked, or neither tracked nor ignored."""
    git = shutil.which("git")
    if git is None or not (workspace / FOLDER).is_dir():
        return []
    command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", FOLDER]
    try:
        run = subprocess.run(  # noqa: S603 - fixed words, no shell
            command,
            cwd=workspace,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            env=without_secrets(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    if run.returncode:
        return []
    return [name for name in run.stdout.decode("utf-8", "replace").split("\0") if name]


def _has_people(name: str, workspace: Path) -> bool:
    try:
        file = find_list(str(workspace / name), workspace)
        found = read_recipients(read_table(file), read_guide(file))
    except PressutskickError:
        return True
    return found.has_errors or any(
        not f".{recipient.mailbox.domain}".endswith(_FICTITIOUS) for recipient in found.recipients
    )
