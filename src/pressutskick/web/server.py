"""The live page's server: 127.0.0.1 only, one secret path, the Host checked, nothing cached.

Another page in the same browser may try to reach it: it does not know the path, may not frame it,
and a name of its own that leads to 127.0.0.1 (DNS rebinding) is refused by the Host. The mail stands
in a frame without scripts, forms and origin, and nothing in it can load anything.
"""

import hmac
import json
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jinja2

from pressutskick.web.picture import Stage

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


class LiveServer(ThreadingHTTPServer):
    """Serves one stage; `url` is the only way in."""

    daemon_threads = True

    def __init__(self, stage: Stage, *, words: Mapping[str, str], language: str) -> None:
        """Takes a free port of 127.0.0.1. `words` are those of the page, in the person's language."""
        super().__init__(("127.0.0.1", 0), _LiveHandler)
        self.stage = stage
        self.token = secrets.token_urlsafe(24)
        self.is_ending = threading.Event()
        environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
        page = environment.from_string((_HERE / "live.html.j2").read_text("utf-8"))
        self.files = {
            "": ("text/html", page.render(words=words, language=language)),
            "live.js": ("text/javascript", (_HERE / "live.js").read_text("utf-8")),
            "live.css": ("text/css", (_HERE / "live.css").read_text("utf-8")),
        }

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.server_port}/{self.token}/"

    @property
    def hosts(self) -> frozenset[str]:
        """What a browser that was given the URL calls us."""
        return frozenset({f"127.0.0.1:{self.server_port}", f"localhost:{self.server_port}"})


@contextmanager
def serving(server: LiveServer) -> Iterator[str]:
    """The URL, until the end of the block."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1})
    thread.start()
    try:
        yield server.url
    finally:
        server.is_ending.set()
        # Streams that wait for a change see the end.
        server.stage.show(server.stage.picture)
        server.shutdown()
        thread.join()
        server.server_close()


class _LiveHandler(BaseHTTPRequestHandler):
    server: LiveServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        token, _slash, name = parts.path.removeprefix("/").partition("/")
        hosts = self.headers.get_all("Host") or []
        is_ours = len(hosts) == 1 and hosts[0] in self.server.hosts
        if not (is_ours and hmac.compare_digest(token.encode(), self.server.token.encode())):
            self.send_error(HTTPStatus.FORBIDDEN)
        elif name in self.server.files:
            self._send(*self.server.files[name], policy=_SHELL_POLICY)
        elif name == "state":
            state = asdict(self.server.stage.picture)
            del state["html"]
            self._send("application/json", json.dumps(state), policy=_SHELL_POLICY)
        elif name == "mail":
            self._send_mail(parse_qs(parts.query))
        elif name == "events":
            self._send_events()
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send_mail(self, wishes: Mapping[str, list[str]]) -> None:
        is_dark = wishes.get("dark") == ["1"]
        page = self.server.stage.picture.html.replace(_DARK, "all" if is_dark else "not all")
        policy = _MAIL_POLICY.format(images="'none'" if wishes.get("images") == ["0"] else "data:")
        self._send("text/html", page, policy=policy)

    def _head(self, media_type: str, policy: str) -> None:
        self.send_response(HTTPStatus.OK)
        for name, value in (
            ("Content-Type", f"{media_type}; charset=utf-8"),
            ("Content-Security-Policy", policy),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cache-Control", "no-store"),
        ):
            self.send_header(name, value)

    def _send(self, media_type: str, text: str, *, policy: str) -> None:
        content = text.encode()
        self._head(media_type, policy)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _send_events(self) -> None:
        """One line for each new picture (server-sent events), until somebody leaves."""
        self._head("text/event-stream", _SHELL_POLICY)
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

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Says nothing: the terminal is the person's."""
