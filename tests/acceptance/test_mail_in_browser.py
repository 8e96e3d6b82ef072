"""The HTML part in a real browser: it fits a phone and a narrow pane, and its text can be read.

Skipped where no Chromium is to be had.
"""

import importlib.util
import json
import re
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from tests.unit.test_compose import ANNA, INVITATION, compose

from pressutskick.message.model import Change, ChangedField, Purpose
from pressutskick.message.wire.readback import read_back
from pressutskick.release.model import Contact, Release

SCRIPT = Path(__file__).parents[2] / "docs" / "pictures" / "photograph.py"
#: Widest thing in the frame, and the lowest contrast between a text and the ground under it.
MEASURE = """<pre id="out"></pre><script>
document.getElementById("mail").onload = event => {
  const page = event.target.contentDocument;
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = node => { for (; node; node = node.parentElement) {
    const c = rgb(page.defaultView.getComputedStyle(node).backgroundColor);
    if (c.length && (c.length < 4 || c[3] > 0)) return c; } return [255, 255, 255]; };
  let lowest = 21, colours = new Set();
  for (const node of page.querySelectorAll("h1,h2,p,li,a,td,strong")) {
    if (![...node.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const style = page.defaultView.getComputedStyle(node);
    const [a, b] = [light(rgb(style.color)), light(ground(node))].sort((x, y) => y - x);
    lowest = Math.min(lowest, (a + 0.05) / (b + 0.05)); colours.add(style.color); }
  document.getElementById("out").textContent = JSON.stringify({
    width: page.documentElement.scrollWidth, lowest, colours: [...colours] });
};</script>"""


@pytest.fixture(scope="module")
def camera() -> ModuleType:
    return load_camera()


def load_camera() -> ModuleType:
    """The script that photographs mails; skips where there is no Chromium."""
    spec = importlib.util.spec_from_file_location("photograph", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if module.find_browser() is None:
        pytest.skip("no Chromium on this machine")
    return module


#: What makes a mail wider than a phone: compounds, addresses, tables.
WIDE = replace(
    INVITATION,
    title="Samhällsbyggnadsövningsanläggningskomplexet räddningstjänstförbundets",
    lead="Realisationsvinstbeskattningsutredningskommittéordförandesuppleantsersättare kommer.",
    body="Se https://astad.example/" + "en-lang-vag/" * 9 + "slut.\n\n| Tid | Vad | Var | Vem |\n"
    "|---|---|---|---|\n| 09.00 | Samhällsbyggnadsnämnden | Samlingssalen | Kommundirektören |\n",
    contacts=(Contact(name="Bo Ek", emails=("a" * 50 + "@" + "b" * 60 + ".example",)),),
)


@pytest.mark.parametrize("release", [INVITATION, WIDE], ids=["usual", "wide"])
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (375, "dark"), (700, "dark")])
def test_the_mail_fits_and_can_be_read(
    camera: ModuleType, width: int, scheme: str, release: Release
) -> None:
    change = Change(field=ChangedField.PLACE, before="Torget 11", after="Parken")
    told = {"purpose": Purpose.CORRECTION, "changes": (change,)} if release is WIDE else {}
    html = read_back(compose(release=release, **told).message(ANNA)).html
    page = camera.make_page(html, width, 900, scheme).replace("<script>", MEASURE + "<script>", 1)
    printed = camera.run_browser(camera.find_browser(), page, scheme, "--dump-dom")
    found = re.search(r'<pre id="out">(.+?)</pre>', printed)
    assert found, printed[-500:]
    measured = json.loads(found[1])
    assert measured["width"] <= width
    assert measured["lowest"] >= 4.5
    light_text = "rgb(27, 33, 41)" in measured["colours"]
    assert light_text == (scheme == "light")
