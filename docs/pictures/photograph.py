"""Photographs the example's mails as a browser shows them: narrow and wide, light and dark.

Run by `make photographs`; needs Chromium. Nothing is loaded from anywhere: the mail has nothing
remote, and Chromium is told to keep off the network.
"""

import base64
import datetime as dt
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

from pressutskick.mail import Mailbox
from pressutskick.message.compose import Composition, MessagePlan
from pressutskick.message.model import Change, ChangedField, News, Purpose
from pressutskick.message.wire.readback import read_back
from pressutskick.recipients.model import Recipient
from pressutskick.release.document import parse_document
from pressutskick.sources.templates import read_templates

ROOT = Path(__file__).parents[2]
DATE = dt.datetime(2026, 8, 27, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
#: The file's name: which mail, how wide, in which colours, how much of it.
PICTURES = {
    "mail-375-light.png": ("announce", 375, "light", 1100),
    "mail-700-dark.png": ("announce", 700, "dark", 1100),
    "mail-correction-375-light.png": ("correction", 375, "light", 1100),
    "mail-cancellation-375-dark.png": ("cancellation", 375, "dark", 1100),
}
SCHEMES = {"light": "1", "dark": "0"}
GROUNDS = {"light": "#d5dbe3", "dark": "#000000"}
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
        f'<body style="margin:0;background:{GROUNDS[scheme]}">'
        f'<iframe id="mail" style="display:block;margin:0 auto;border:0;width:{width}px;'
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


def compose_mails() -> dict[str, str]:
    """The HTML part of the example's invitation, of its correction and of its cancellation."""
    release = parse_document((ROOT / "invitations" / "exempel.md").read_text("utf-8")).release
    person = Recipient(
        mailbox=Mailbox(address="maja.sjoqvist@kanalvast.example", name="Maja Sjöqvist"),
        first_name="Maja",
    )
    moved = Change(
        field=ChangedField.PLACE,
        before="Rådhuset, Storgatan 1, Åstad",
        after=release.event.place if release.event else None,
        news=News.NEW_PLACE,
    )
    made = {}
    for purpose in (Purpose.ANNOUNCE, Purpose.CORRECTION, Purpose.CANCELLATION):
        composition = Composition(
            release=release,
            sender=Mailbox(address="press@astad.example", name="Pressen i Åstad"),
            organisation="Åstads kommun",
            templates=read_templates(),
            key=bytes(32),
            date=DATE,
            purpose=purpose,
            changes=(moved,) if purpose is Purpose.CORRECTION else (),
            reason="Stormvarning." if purpose is Purpose.CANCELLATION else None,
        )
        made[str(purpose)] = read_back(MessagePlan(composition).verified_message(person)).page
    return made


def photograph() -> int:
    """Writes the pictures beside this file."""
    browser = find_browser()
    if browser is None:
        sys.stderr.write("No Chromium was found.\n")
        return 1
    mails = compose_mails()
    for name, (purpose, width, scheme, height) in PICTURES.items():
        run_browser(
            browser,
            make_page(mails[purpose], width, height, scheme),
            scheme,
            f"--window-size={max(width, 500)},{height}",
            f"--screenshot={Path(__file__).with_name(name)}",
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(photograph())
