"""A real headless Chromium, driven over a pipe by the DevTools protocol."""

import itertools
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--ignore-certificate-errors",
    "--remote-debugging-pipe",
]


def browser_reason() -> str:
    """Why there is no browser to try with; empty where there is."""
    return "" if shutil.which("chromium") else "there is no Chromium on this machine"


class Page:
    """One page; `open` and `submit` wait until the next one has loaded."""

    def __init__(self, write: int, read: int) -> None:
        self._write = write
        self._read = read
        self._buffer = b""
        self._numbers = itertools.count(1)
        self._missed: list[str] = []
        self._session = ""
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        answer = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = answer["sessionId"]
        self._call("Page.enable")

    def open(self, url: str) -> None:
        self._call("Page.navigate", url=url)
        self._await("Page.loadEventFired")

    def run(self, script: str) -> Any:
        answer = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        return answer["result"].get("value")

    def submit(self, **fields: str) -> None:
        """Fills the page's form by names, and presses its button."""
        for name, value in fields.items():
            self.run(f"document.querySelector('[name={name}]').value = {json.dumps(value)}")
        # The call returns before the page goes; what follows it is the next page's.
        self.run("void document.querySelector('[type=submit]').click()")
        self._await("Page.loadEventFired")

    def follow(self, words: str) -> None:
        """Clicks the link with these words; the page that it leads to may be anybody's."""
        self.run(
            f"void [...document.links].find(a => a.innerText.includes({json.dumps(words)})).click()"
        )
        self._await("Page.loadEventFired")

    def forget(self) -> None:
        """No cookie of an earlier sign-in is left."""
        self._call("Network.clearBrowserCookies")

    @property
    def text(self) -> str:
        return str(self.run("document.body.innerText"))

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._hear()
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return dict(answer["result"])
            self._missed.append(answer.get("method", ""))

    def _await(self, event: str) -> None:
        while event not in self._missed:
            self._missed.append(self._hear().get("method", ""))
        self._missed.clear()

    def _hear(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            piece = os.read(self._read, 65536)
            assert piece, "the browser has ended"
            self._buffer += piece
        line, _, self._buffer = self._buffer.partition(b"\0")
        return dict(json.loads(line))


@contextmanager
def browser_page() -> Iterator[Page]:
    """A page of a browser of its own, gone at the end of the block."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    with tempfile.TemporaryDirectory(
        prefix="pressutskick-browser-", ignore_cleanup_errors=True
    ) as profile:
        words = [str(shutil.which("chromium")), *_FLAGS, f"--user-data-dir={profile}"]
        process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}', "browser", *words],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        try:
            yield Page(ours_out, ours_in)
        finally:
            process.kill()
            process.wait()
            os.close(ours_out)
            os.close(ours_in)
