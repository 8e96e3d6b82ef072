"""axe-core and html-validate judge the HTML part, in Chromium: light and dark, phone and desktop.

Skipped where Chromium or the judges are missing (`make judges` installs them). A small dose here;
`make mails` judges all.
"""

import html as markup
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.acceptance.test_mail_in_browser import WIDE, load_camera
from tests.unit.test_compose import ANNA, INVITATION, SESSIONS, compose
from tests.unit.test_theme import DESIGN, draw_png

from pressutskick.mail import Language
from pressutskick.message.model import AttachedFile, Change, ChangedField, Purpose
from pressutskick.message.rendering import TemplateSet, TemplateText
from pressutskick.message.wire.readback import read_back
from pressutskick.release.model import Event, Kind, Release
from pressutskick.sources.templates import read_templates

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "benchmarks" / ".cache" / "judges" / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
VALIDATE = MODULES / "html-validate" / "bin" / "html-validate.mjs"
RULES = ("wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: A mail is shown inside of a page that has landmarks of its own.
OF_PAGES = {"landmark-one-main", "region"}
#: What a mail does on purpose that a page should not.
EXPECTED = {
    "no-inline-style": "programs drop style sheets",
    "no-deprecated-attr": "Outlook knows widths by attributes alone",
    "no-conditional-comment": "for Outlook alone",
    "prefer-tbody": "nothing is gained in a mail",
    "prefer-native-element": "programs drop <article>, and keep its role",
    "long-title": "the title is the subject line",
    "tel-non-breaking": "a number that is copied keeps plain spaces",
}
RUN = """<script>axe.run(document, {resultTypes: ["violations"], runOnly: %s,
  rules: {"color-contrast-enhanced": {enabled: true}}}).then(found =>
  parent.document.getElementById("out").textContent = JSON.stringify(
    found.violations.map(each => [each.id, each.nodes.map(node => node.html)])))</script>"""

RICH = replace(
    INVITATION,
    event=Event(
        sessions=SESSIONS, place="Torget 11", gathering="Entrén", online="https://a.example"
    ),
    photo_note="Kameror är välkomna.",
    accreditation="Presskort visas.",
)
THEMED = TemplateSet(
    templates=(
        TemplateText(name="theme.toml", text=DESIGN, file="theme.toml"),
        *read_templates().templates,
    ),
    pictures=(("logo.png", draw_png()),),
)
CHANGE = Change(field=ChangedField.PLACE, before="Torget 11", after="Parken")
FILE = AttachedFile(filename="a.pdf", media_type="application/pdf", content=b"%PDF-")


def list_mails() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every purpose of four releases with and without a theme, and other languages."""
    releases: dict[str, Release] = {
        "rich": RICH,
        "plain": INVITATION,
        "wide": WIDE,
        "release": replace(RICH, kind=Kind.RELEASE, event=None),
    }
    for name, release in releases.items():
        for purpose in Purpose:
            told = {"changes": (CHANGE,)} if purpose is Purpose.CORRECTION else {}
            yield f"{name}-{purpose}", {"release": release, "purpose": purpose, **told}
    for purpose in Purpose:
        told = {"changes": (CHANGE,)} if purpose is Purpose.CORRECTION else {}
        yield (
            f"themed-{purpose}",
            {"release": RICH, "purpose": purpose, "templates": THEMED, **told},
        )
    for language in (Language.ENGLISH, Language.NORWEGIAN, Language.DANISH):
        yield f"language-{language}", {"release": replace(RICH, language=language)}


MAILS = dict(list_mails())
DOSE = MAILS if os.environ.get("EVERY_MAIL") else ("themed-correction",)
SIZES = ((320, "light"), (320, "dark"), (700, "light"), (700, "dark"))
LOOKS = SIZES if os.environ.get("EVERY_MAIL") else SIZES[1:3]

pytestmark = pytest.mark.campaign


def make_page(name: str) -> str:
    return read_back(compose(files=(FILE,), reason="Storm", **MAILS[name]).message(ANNA)).page


@pytest.fixture(scope="module")
def camera() -> ModuleType:
    if not AXE.is_file():
        pytest.skip("no axe-core: make judges installs it")
    return load_camera()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("name", DOSE)
def test_axe_finds_nothing(camera: ModuleType, name: str, width: int, scheme: str) -> None:
    judge = AXE.read_text("utf-8").replace("</script>", "<\\/script>")
    script = f"<script>{judge}</script>{RUN % json.dumps(RULES)}</body>"
    shown = make_page(name).replace("</body>", script)
    page = camera.make_page(shown, width, 900, scheme)
    page = page.replace("<script>", '<pre id="out"></pre><script>', 1)
    printed = camera.run_browser(camera.find_browser(), page, scheme, "--dump-dom")
    found = re.search(r'<pre id="out">(\[.*?\])</pre>', printed, re.DOTALL)
    assert found, printed[-500:]
    violations = dict(json.loads(markup.unescape(found[1])))
    assert {rule: violations[rule] for rule in violations.keys() - OF_PAGES} == {}


@pytest.mark.parametrize("name", DOSE)
def test_html_validate_finds_nothing_but_what_is_meant(name: str, tmp_path: Path) -> None:
    if not VALIDATE.is_file() or shutil.which("node") is None:
        pytest.skip("no html-validate: make judges installs it")
    rules = {"extends": ["html-validate:recommended"], "rules": dict.fromkeys(EXPECTED, "off")}
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps(rules), "utf-8")
    (tmp_path / "mail.html").write_text(make_page(name), "utf-8")
    command = ["node", str(VALIDATE), "mail.html"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
