"""Photographs the example invitation's HTML as a browser shows it: narrow and wide, light and dark.

Run by `make photographs`; needs Chromium. Nothing is loaded from anywhere: the mail has nothing
remote, and Chromium is told to keep off the network.
"""

import base64
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
WIDTHS = (375, 700)
SCHEMES = {"light": "1", "dark": "0"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find_browser() -> str | None:
    """The first Chromium on the path."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def make_page(html: str, width: int, height: int, scheme: str) -> str:
    """A page with the mail in a frame of that width: a headless window is never under 500 px."""
    source = base64.b64encode(html.encode("utf-8")).decode("ascii")
    return (
        f'<!DOCTYPE html><html style="color-scheme:{scheme}"><meta charset="utf-8">'
        f'<body style="margin:0"><iframe id="mail" style="border:0;width:{width}px;'
        f'height:{height}px;color-scheme:{scheme}"></iframe><script>'
        f'const bytes = Uint8Array.from(atob("{source}"), c => c.charCodeAt(0));'
        'document.getElementById("mail").srcdoc = new TextDecoder().decode(bytes);'
        "</script></body></html>"
    )


def run_browser(browser: str, page: str, scheme: str, *flags: str) -> str:
    """Shows `page`; gives what Chromium prints."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        file.write_text(page, "utf-8")
        command = [
            browser,
            *QUIET,
            f"--user-data-dir={folder}/profile",
            f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}",
            "--virtual-time-budget=2000",
            *flags,
            file.as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, timeout=90, check=True)
    return done.stdout.decode("utf-8", "replace")


def render_example() -> str:
    """The HTML part that a newsdesk of the example list gets, from `preview --json`."""
    command = [sys.executable, "-m", "pressutskick", "preview", "invitations/exempel.md"]
    flags = ["--to", "exempel", "--now", "2026-08-27T09:00", "--limit", "1", "--json"]
    done = subprocess.run(
        [*command, *flags],
        cwd=ROOT,
        env={
            "PYTHONPATH": str(ROOT / "src"),
            "PRESSUTSKICK_FROM": "Pressen i Åstad <press@astad.example>",
            "PRESSUTSKICK_ORGANISATION": "Åstads kommun",
            "PRESSUTSKICK_DATABASE": str(Path(tempfile.mkdtemp()) / "log.db"),
        },
        capture_output=True,
        check=True,
    )
    return str(json.loads(done.stdout)["messages"][0]["html"])


def photograph() -> int:
    """Writes `mail-375-light.png` and its three kin beside this file."""
    browser = find_browser()
    if browser is None:
        sys.stderr.write("No Chromium was found.\n")
        return 1
    html = render_example()
    height = 1500
    for width in WIDTHS:
        for scheme in SCHEMES:
            target = Path(__file__).with_name(f"mail-{width}-{scheme}.png")
            run_browser(
                browser,
                make_page(html, width, height, scheme),
                scheme,
                f"--window-size={max(width, 500)},{height}",
                f"--screenshot={target}",
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(photograph())
