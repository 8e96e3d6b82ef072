"""axe-core judges the report in Chromium, light and dark; on paper it is black on white.

Skipped where Chromium or the judge is missing (`make judges` installs it).
"""

import html as markup
import json
import re
from types import ModuleType

import pytest
from tests.acceptance.test_mail_in_browser import load_camera
from tests.acceptance.test_mail_judges import AXE, RULES, RUN
from tests.kit.accounts import Clock, fill

from pressutskick.actions.accounts.reporting import account_for, report_release
from pressutskick.deliverylog.memory.log import MemoryDeliveryLog
from pressutskick.report.html import write_html
from pressutskick.sentences import say

pytestmark = pytest.mark.campaign


@pytest.fixture(scope="module")
def camera() -> ModuleType:
    if not AXE.is_file():
        pytest.skip("no axe-core: make judges installs it")
    return load_camera()


@pytest.fixture(scope="module")
def page() -> str:
    clock = Clock()
    log = MemoryDeliveryLog(now=clock.now)
    fill(log, clock)
    life = log.life("bron")
    assert life is not None
    told = report_release(account_for(life, log))
    return write_html(told, language="en", tell=str, colophon=say("Made by hand."))


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (900, "light")])
def test_axe_finds_nothing(camera: ModuleType, page: str, width: int, scheme: str) -> None:
    judge = AXE.read_text("utf-8").replace("</script>", "<\\/script>")
    script = f"<script>{judge}</script>{RUN % json.dumps(RULES)}</body>"
    framed = camera.make_page(page.replace("</body>", script), width, 3000, scheme)
    framed = framed.replace("<script>", '<pre id="out"></pre><script>', 1)
    printed = camera.run_browser(camera.find_browser(), framed, scheme, "--dump-dom")
    found = re.search(r'<pre id="out">(\[.*?\])</pre>', printed, re.DOTALL)
    assert found, printed[-500:]
    assert json.loads(markup.unescape(found[1])) == []
