"""A workspace in which a reminder is due at this very moment, for runs in processes of their own."""

import datetime as dt
import subprocess
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.kit.program import clear_text, command, environment

ZONE = ZoneInfo("Europe/Stockholm")


class DueWorkspace:
    """`folder` holds an invitation to an event in two hours, whose reminder has just come due."""

    def __init__(self, folder: Path, port: int, recipients: int) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        (folder / ".env").touch()
        start = dt.datetime.now(ZONE) + dt.timedelta(minutes=119)
        (folder / "inbjudan.md").write_text(
            "---\nid: invigning\ntitle: Invigning\nreminders: [2h]\nreminders_on_holidays: yes\n"
            f"quiet_hours: none\nevent:\n  date: {start:%Y-%m-%d}\n  start: {start:%H:%M}\n"
            "  place: Torget\n---\n\nVälkomna.\n",
            "utf-8",
        )
        self.addresses = [f"desk{number}@posten.example" for number in range(recipients)]
        rows = "\n".join(self.addresses)
        (folder / "lista.csv").write_text(f"e-post\n{rows}\n", "utf-8")
        self.environment = environment(**clear_text(port))

    def start(self, *words: str) -> subprocess.Popen[str]:
        """The command, running."""
        return subprocess.Popen(
            command(*words),
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *words: str) -> tuple[int, str, str]:
        """Exit status, stdout, stderr."""
        process = self.start(*words)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def announce(self) -> None:
        """The invitation has been sent; the cool-off is the caller's to lift."""
        words = ("send", "inbjudan.md", "--to", "lista.csv", "--yes", "--retry-for", "0")
        status, _, err = self.run(*words)
        assert status == 0, err


REMIND = ("remind", "--all", "--cool-off", "0", "--retry-for", "0")
