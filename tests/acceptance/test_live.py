"""`preview --live` in a real browser: it follows the file, whatever the editor does."""

import http.client
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.kit.browser import Page, browser_page, browser_reason
from tests.kit.life import INVITATION
from tests.kit.program import command, environment

pytestmark = pytest.mark.skipif(bool(browser_reason()), reason=browser_reason())
#: How long a change may take on a machine that does much else.
_PATIENCE = 60


def text(place: str) -> str:
    return INVITATION.format(start="12:30", end="13:30", place=place, more="")


@contextmanager
def following(folder: Path) -> Iterator[str]:
    """The URL of a preview that runs in `folder`; ended as by Ctrl-C."""
    temporary = folder / "tillfälligt"
    temporary.mkdir()
    own = {**environment(), "TMPDIR": str(temporary), "BROWSER": "true"}
    words = command("preview", "inbjudan.md", "--to", "lista.csv", "--live")
    with subprocess.Popen(words, cwd=folder, env=own, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        told = re.search(r"http://\S+/", run.stderr.readline())
        assert told is not None
        try:
            yield told[0]
        finally:
            run.send_signal(signal.SIGINT)
            run.stderr.read()
            assert run.wait(_PATIENCE) == 0
    assert list(temporary.iterdir()) == []


def await_words(page: Page, seen: Callable[[str], bool]) -> str:
    """What the page says, as soon as it says what is waited for."""
    end = time.monotonic() + _PATIENCE
    while not seen(page.text) and time.monotonic() < end:
        """Each look is a call to the browser, which works meanwhile."""
    return page.text


def test_a_save_a_broken_file_and_its_mending_are_seen(tmp_path: Path) -> None:
    file = tmp_path / "inbjudan.md"
    file.write_text(text("Rådhuset"), "utf-8")
    (tmp_path / "lista.csv").write_text("e-post;namn\nanna@posten.example;Anna Berg\n", "utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    with following(tmp_path) as url, browser_page() as page:
        page.open(url)
        page.run("document.getElementById('text').click()")
        assert "Rådhuset" in await_words(page, lambda words: "Rådhuset" in words)
        # As most editors save: a new file takes the place of the old one.
        (tmp_path / "ny").write_text(text("Simhallen"), "utf-8")
        (tmp_path / "ny").replace(file)
        words = await_words(page, lambda words: "Simhallen" in words)
        assert "Simhallen" in words
        assert "Rådhuset" not in words
        file.write_text("---\ntitle: [\n---\n", "utf-8")
        broken = await_words(page, lambda words: "inbjudan.md:" in words)
        assert "inbjudan.md:" in broken
        assert "Simhallen" in broken
        file.write_text(text("Biblioteket"), "utf-8")
        mended = await_words(page, lambda words: "Biblioteket" in words)
        assert "inbjudan.md:" not in mended
        _refuses_others(url)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == sorted([*before, "tillfälligt"])


def _refuses_others(url: str) -> None:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=10)
    connection.request("GET", parts.path, headers={"Host": "evil.example"})
    assert connection.getresponse().status == 403
    connection.close()


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_it_goes_with_no_other_way_of_showing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from pressutskick.cli import main

    assert main(["--lang", "en", "preview", "a.md", "--to", "l.csv", "--live", "--json"]) == 2
    assert "--live follows a file" in capsys.readouterr().err
