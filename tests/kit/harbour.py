"""A workspace for real sends: an invitation to an event in a month, and a list of desks."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

INVITATION = """---
id: {name}
kind: invitation
language: sv
title: "Invigning av hamnbadet: {name}"
published: {today}
event:
  date: {later}
  start: "10:00"
  place: Hamnbadet, Kajgatan 1, Åstad
rsvp:
  email: press@astad.example
contacts:
  - name: Åsa Öberg
    phones: ["031-390 06 11"]
    emails: [press@astad.example]
---

Nu öppnar hamnbadet.
"""


def write_workspace(folder: Path, name: str, recipients: int) -> None:
    """Writes `name`.md, whose release has that id, and list.csv."""
    today = datetime.now(UTC).date()
    text = INVITATION.format(name=name, today=today, later=today + timedelta(days=30))
    (folder / f"{name}.md").write_text(text, "utf-8")
    rows = [f"desk{n}@newsdesk{n % 9}.example,Desk {n}" for n in range(recipients)]
    (folder / "list.csv").write_text("\n".join(["email,outlet", *rows, ""]), "utf-8")
