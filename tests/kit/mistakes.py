"""Typical mistakes, and what is said to whoever makes them: the golden files are written here.

    python -m tests.kit.mistakes

Each mistake is made in one workspace, where one invitation was sent in the sandbox; none of them sends
anything. All of a language run in one process.
"""

import contextlib
import io
import json
import shlex
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.kit.program import environment

GOLDEN = Path(__file__).parents[1] / "data" / "mistakes"
LANGUAGES = ("en", "sv")
NOW = "--now 2026-11-25T09:00"
INVITATION = """---
id: invigning
title: Invigning av samverkanslokal
published: 2026-11-24T07:00
event:
  date: 2026-12-02
  start: 12:30
  end: 13:30
  place: Rådhuset
rsvp:
  email: press@astad.example
  deadline: 2026-12-01
contacts:
  - name: Anna Berg
    phones: [031-390 06 01]
---

Välkomna till invigningen.
"""
RAW = """Pressinbjudan: Nya badhuset invigs

Pressen hälsas välkommen.
Datum: {day}
Tid: 13.00
Plats: Badhuset, Storgatan 1

Kontakt: Anna Berg, 031-390 06 01, anna.berg@astad.example
"""
#: What older Word and Excel files begin with.
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
FILES: Mapping[str, str | bytes] = {
    ".env": "PRESSUTSKICK_FROM=Pressen <press@astad.example>\n",
    "inbjudan.md": INVITATION,
    "annan.md": INVITATION.replace("id: invigning", "id: annan").replace("Invigning", "Öppning"),
    "veckodag.txt": RAW.format(day="fredag 10 december 2026"),
    "utan-dag.txt": RAW.format(day="kommer"),
    "tom.txt": " \n",
    "gammal.doc": OLE,
    "gammal.xls": OLE,
    "inbjudan.rtf": r"{\rtf1\ansi Inbjudan}",
    "inbjudan.png": bytes.fromhex("89504e470d0a1a0a") + bytes(60),
    "mapp/lapp.txt": "x",
    "recipients/press.csv": "e-post;namn;redaktion\nanna@posten.example;Anna Berg;Posten\n"
    "bo@radion.example;Bo Ek;Radion\n",
    "recipients/trasig.csv": "e-post;namn\nanna@posten,example;Anna\nbo@;Bo\ncia@tv.example;Cia\n",
    "recipients/tom.csv": "e-post;namn\n",
    "recipients/~$press.xlsx": bytes(165),
    "utan.csv": "namn;redaktion\nAnna;Posten\n",
}
SETUP = [f"send inbjudan.md --to press --sandbox --yes -q {NOW}"]
#: Name -> what is typed.
MISTAKES: Mapping[str, str] = {
    "no-list": "send inbjudan.md",
    "nothing-at-all": "send",
    "unknown-list": "send inbjudan.md --to pres",
    "slip-in-a-command": "sned",
    "slip-in-swedish": "skika inbjudan.md",
    "slip-below-a-command": "recipients chekc press",
    "slip-in-schedule": "schedule crno",
    "slip-in-a-flag": "send inbjudan.md --til press",
    "dryrun": "send inbjudan.md --to press --dryrun",
    "missing-file": "send inbjudn.md --to press",
    "folder-as-file": "read mapp",
    "empty-text": "read tom.txt",
    "old-word": "read gammal.doc",
    "rtf": "read inbjudan.rtf",
    "pages": "read inbjudan.pages",
    "picture": "read inbjudan.png",
    "workbook-as-invitation": "send recipients/blad.xlsx --to press",
    "invitation-as-list": "send inbjudan.md --to inbjudan.md",
    "swapped": "send recipients/press.csv --to inbjudan.md",
    "list-without-addresses": "send inbjudan.md --to utan.csv",
    "empty-list": f"send inbjudan.md --to tom --sandbox {NOW}",
    "broken-addresses": f"send inbjudan.md --to trasig --sandbox {NOW}",
    "broken-addresses-checked": f"recipients check trasig {NOW}",
    "old-excel": "recipients gammal.xls",
    "excel-has-it-open": "recipients '~$press.xlsx'",
    "two-extra-words": "check inbjudan.md annan.md",
    "now-when-mailing": f"send inbjudan.md --to press {NOW}",
    "at-in-the-past": "send annan.md --to press --at 2020-01-01T07:00",
    "at-nonsense": "send annan.md --to press --at snart",
    "at-without-a-clock": "send annan.md --to press --at fredag",
    "at-on-another-weekday": "send annan.md --to press --at 'fredag 10 december 2026 07:00'",
    "nobody-to-confirm": f"send annan.md --to press --sandbox {NOW}",
    "nobody-to-approve": f"approve annan.md --to press --sandbox {NOW}",
    "cancel-what-was-not-sent": "cancel borta --sandbox",
    "cancel-a-slip": "cancel invigningar --sandbox",
    "correct-what-was-not-sent": f"correct annan.md --sandbox {NOW}",
    "remind-nothing": "remind",
    "remind-without-when": f"remind invigning --sandbox {NOW}",
    "log-of-nothing": "log 7",
    "log-of-no-such": "log 7 --sandbox",
    "log-of-no-such-status": "log 1 --status fel --sandbox",
    "log-csv-of-all": "log --csv --sandbox",
    "resolve-nothing": "log resolve 1 --sandbox",
    "person-without-address": "person anna",
    "list-not-named": "recipients show",
    "bar-no-address": "recipients suppress anna@",
    "bar-until-never": "recipients suppress anna@posten.example --until aldrig",
    "map-to-nothing": "recipients map press --set Namn=fel",
    "weekday-wrong": f"check veckodag.txt {NOW}",
    "weekday-wrong-sent": f"send veckodag.txt --to press --sandbox {NOW}",
    "day-not-told": f"send utan-dag.txt --to press --sandbox {NOW}",
    "preview-without-list": f"preview annan.md {NOW}",
    "preview-of-a-stranger": f"preview annan.md --to press --recipient cia@tv.example {NOW}",
    "nobody-chosen": f"send annan.md --to press --only cia@tv.example --sandbox {NOW}",
    "limit-is-no-number": "send annan.md --to press --limit alla",
    "too-many-connections": "send annan.md --to press --connections 99",
    "rate-is-no-rate": "send annan.md --to press --rate snabbt --sandbox --yes",
    "retry-is-no-time": "send annan.md --to press --retry-for länge --sandbox --yes",
    "language-we-do-not-speak": "--lang de log",
    "no-such-workspace": "log --workspace borta",
    "no-such-settings": "log --env-file borta.env",
    "file-is-there": f"read inbjudan.md -o annan.md {NOW}",
    "no-such-template": "templates copy bas.html.j2",
    "answers-to-nothing": "rsvp annan.md --sandbox",
    "sent-again": f"send inbjudan.md --to press --sandbox --yes {NOW}",
    "no-mail-server": "send annan.md --to press --yes",
    "workspace-is-there": "init . --host smtp.astad.example --offline",
    "no-mailbox": "inbox",
    "no-sign-in": "login --status",
}
RUNNER = """
import json, sys
from tests.kit.mistakes import make
print(json.dumps({name: make(words) for name, words in json.load(sys.stdin).items()}))
"""


def make(words: str) -> str:
    """The exit status and all that is said; runs in the workspace, in this process."""
    from pressutskick.cli import main

    said = io.StringIO()
    stdin, sys.stdin = sys.stdin, io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            status = main(shlex.split(words))
    finally:
        sys.stdin = stdin
    lines = [
        line.rstrip() for line in said.getvalue().replace(str(Path.cwd()), "FOLDER").split("\n")
    ]
    return "\n".join([f"exit {status}", *lines]).rstrip() + "\n"


def lay_out(folder: Path) -> None:
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    with zipfile.ZipFile(folder / "inbjudan.pages", "w") as pages:
        pages.writestr("Index/Document.iwa", b"x")
    import xlsxwriter

    with xlsxwriter.Workbook(str(folder / "recipients" / "blad.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["e-post", "namn"])
        sheet.write_row(1, 0, ["anna@posten.example", "Anna"])


def make_all(language: str) -> dict[str, str]:
    """Name -> what was said, in that language."""
    settings = environment(LANGUAGE=language)
    del settings["PRESSUTSKICK_FROM"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        lay_out(folder)
        state = {"XDG_STATE_HOME": str(folder / "state"), "COLUMNS": "80"}
        wanted = {f"setup {number}": each for number, each in enumerate(SETUP)} | dict(MISTAKES)
        ran = subprocess.run(
            [sys.executable, "-c", RUNNER],
            input=json.dumps(wanted),
            cwd=folder,
            env=settings | state,
            capture_output=True,
            text=True,
        )
        if ran.returncode:
            raise RuntimeError(ran.stderr)
        found: dict[str, str] = json.loads(ran.stdout)
    return {name: found[name] for name in MISTAKES}


def golden_file(language: str) -> Path:
    return GOLDEN / f"{language}.txt"


def read_golden(language: str) -> dict[str, str]:
    """The file's sections: a line `## name`, the command, and what is said."""
    sections = golden_file(language).read_text("utf-8").split("\n## ")
    parts = (section.removeprefix("## ").split("\n", 2) for section in sections)
    return {name: said.rstrip("\n") + "\n" for name, _typed, said in parts}


def write_golden(language: str) -> None:
    said = make_all(language)
    sections = [
        f"## {name}\n$ pressutskick {MISTAKES[name]}\n{text}" for name, text in said.items()
    ]
    GOLDEN.mkdir(exist_ok=True)
    golden_file(language).write_text("\n".join(sections), "utf-8")


if __name__ == "__main__":
    for each in LANGUAGES:
        write_golden(each)
