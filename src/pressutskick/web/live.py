"""The live page: what stands on the stage, drawn by a page of our own and told at each change.

The mail stands in a frame without scripts, forms and origin, and nothing in it can load anything.
"""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import jinja2

from pressutskick.web.picture import Stage
from pressutskick.web.server import SecretHandler, SecretServer, running

_HERE = Path(__file__).parent
_SHELL_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src {images}; sandbox; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
_DARK = "(prefers-color-scheme: dark)"
#: Seconds after which a silent stream is shown to be alive.
_BREATH = 10.0


class LiveServer(SecretServer):
    """Serves one stage."""

    def __init__(self, stage: Stage, *, words: Mapping[str, str], language: str) -> None:
        """`words` are those of the page, in the person's language."""
        super().__init__(_LiveHandler)
        self.stage = stage
        self.is_ending = threading.Event()
        environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
        page = environment.from_string((_HERE / "live.html.j2").read_text("utf-8"))
        self.files = {
            "": ("text/html", page.render(words=words, language=language)),
            "live.js": ("text/javascript", (_HERE / "live.js").read_text("utf-8")),
            "live.css": ("text/css", (_HERE / "live.css").read_text("utf-8")),
        }


@contextmanager
def serving(server: LiveServer) -> Iterator[str]:
    """The URL, until the end of the block."""
    with running(server) as url:
        try:
            yield url
        finally:
            server.is_ending.set()
            # Streams that wait for a change see the end.
            server.stage.show(server.stage.picture)


class _LiveHandler(SecretHandler):
    server: LiveServer

    def answer(self, name: str, wishes: Mapping[str, list[str]]) -> None:
        if name in self.server.files:
            self.send(*self.server.files[name], policy=_SHELL_POLICY)
        elif name == "state":
            state = asdict(self.server.stage.picture)
            del state["html"]
            self.send("application/json", json.dumps(state), policy=_SHELL_POLICY)
        elif name == "mail":
            self._send_mail(wishes)
        elif name == "events":
            self._send_events()
        else:
            super().answer(name, wishes)

    def _send_mail(self, wishes: Mapping[str, list[str]]) -> None:
        is_dark = wishes.get("dark") == ["1"]
        page = self.server.stage.picture.html.replace(_DARK, "all" if is_dark else "not all")
        policy = _MAIL_POLICY.format(images="'none'" if wishes.get("images") == ["0"] else "data:")
        self.send("text/html", page, policy=policy)

    def _send_events(self) -> None:
        """One line for each new picture (server-sent events), until somebody leaves."""
        self.begin("text/event-stream", _SHELL_POLICY)
        self.end_headers()
        number = -1
        try:
            while not self.server.is_ending.is_set():
                new = self.server.stage.wait(number, seconds=_BREATH)
                self.wfile.write(b":\n\n" if new == number else f"data: {new}\n\n".encode())
                self.wfile.flush()
                number = new
        except OSError:
            return
