"""Limits, defaults and presets that the pages tell are those of the code."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from pressutskick.dispatch.pacing import ALIKE_LIMIT
from pressutskick.dispatch.policy import REFUSED_BACKOFF, SLOW_DOWN_PAUSE
from pressutskick.dispatch.relays import Relay, preset_connections, preset_rate
from pressutskick.dispatch.reminders.words import COOL_OFF, LONGEST, ROOM, TOO_LATE
from pressutskick.identity.command import PATIENCE
from pressutskick.message.rendering import MAX_CHARACTERS
from pressutskick.settings.reading import read_settings
from pressutskick.sources.attachments import MAX_OCTETS
from pressutskick.sources.documents.child import MEMORY_LIMIT, TIME_LIMIT
from pressutskick.sources.documents.pdf.reader import PAGE_LIMIT
from pressutskick.sources.documents.word import LIMITS
from pressutskick.sources.formats import TEXT_LIMIT

ROOT = Path(__file__).parents[2]
MEGABYTE = 2**20


def page(name: str) -> str:
    """The page's words, its line breaks taken for blanks."""
    return " ".join((ROOT / name).read_text("utf-8").split())


@pytest.mark.parametrize("readme", ["README.md", "README.sv.md"])
def test_the_defaults_of_settings(readme: str, tmp_path: Path) -> None:
    cells = dict(
        re.findall(
            r"^\| `PRESSUTSKICK_(\w+)` \| .* \| (.*) \|$",
            (ROOT / readme).read_text("utf-8"),
            re.MULTILINE,
        )
    )
    fixed = {
        key.lower(): cell.strip("`") for key, cell in cells.items() if cell[0] in "`0123456789"
    }
    assert len(fixed) >= 8
    settings = read_settings(workspace=tmp_path, environ={})
    for key, told in fixed.items():
        value = getattr(settings, key)
        if key == "smtp_port":
            ports = [
                read_settings(workspace=tmp_path, environ={"PRESSUTSKICK_SMTP_SECURITY": each})
                for each in ("starttls", "tls", "none")
            ]
            assert [str(each.smtp_port) for each in ports] == re.findall(r"\d+", told)
        elif key == "database":
            assert value == tmp_path / told
        elif isinstance(value, float | int) and not isinstance(value, bool):
            assert float(told.partition(",")[0]) == value
        else:
            assert str(value).lower() == told.lower()


def test_the_limits_of_documents() -> None:
    text = page("docs/documents.md")
    characters = f"{TEXT_LIMIT:,}".replace(",", " ")
    assert (
        f"Limits: 25 MB a file, {characters} characters of text, {PAGE_LIMIT} pages, "
        f"{LIMITS.expansion // MEGABYTE} MB unpacked."
    ) in text
    assert f"{TIME_LIMIT} seconds" in text
    assert f"{MEMORY_LIMIT // MEGABYTE} MB of memory" in text
    assert f"together at most {MAX_OCTETS // MEGABYTE} MB" in page("docs/release-format.md")
    assert f"at most {MAX_CHARACTERS:,} characters" in page("docs/templates.md")


def test_the_presets_of_relays() -> None:
    text = page("docs/relays.md")
    microsoft = Relay.MICROSOFT365
    assert (
        f"{preset_connections(microsoft)} connections and {preset_rate(microsoft):g} messages a minute"
    ) in text
    gmail = Relay.GMAIL
    assert f"{preset_connections(gmail)} connections and {preset_rate(gmail):g} messages" in text
    minutes = ", ".join(f"{seconds / 60:g}" for seconds in REFUSED_BACKOFF)
    assert f"tried again after {minutes} minutes" in text
    assert ALIKE_LIMIT == 10
    assert SLOW_DOWN_PAUSE == 60
    assert "ten times in a row | a pause of a minute" in text
    assert PATIENCE == 10
    assert "has ten seconds" in text


def test_the_rules_of_reminders() -> None:
    text = page("docs/reminders.md")
    hour = timedelta(hours=1)
    assert re.search(rf"after its time: [^|]*\| {TOO_LATE // hour} h \| `--too-late", text)
    assert re.search(rf"to the same person \| {COOL_OFF // hour} h \| `--cool-off", text)
    assert timedelta(minutes=30) == ROOM
    assert f"At least half an hour and at most {LONGEST.days} days before" in text


def test_every_dependency_says_why_it_is_here() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for group in project["project"]["optional-dependencies"].values():
        wanted += group
    for group in project["dependency-groups"].values():
        wanted += [each for each in group if isinstance(each, str)]
    names = {re.split(r"[^\w-]", each)[0] for each in wanted}
    rows = re.findall(
        r"^\| ([^|]+) \| [^|]+ \| ",
        (ROOT / "docs/dependencies.md").read_text("utf-8"),
        re.MULTILINE,
    )
    told = {name.strip() for row in rows for name in row.split(",")} - {"package", "---"}
    assert told - {"editables"} == names - {
        "pressutskick"
    }  # which hatchling brings where it is needed
