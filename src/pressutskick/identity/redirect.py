"""The loopback redirect (RFC 8252 section 7.3): one answer, for us alone, then nothing more.

Refused: another `state` than ours (RFC 6749 section 10.12), another issuer (RFC 9207), a foreign Host
(which a page on the web could send by rebinding a name), and whatever comes after the answer.
"""

import hmac
import html
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirected:
    """What the browser brought back: a code, or the provider's error and its words."""

    code: str | None = field(default=None, repr=False)
    error: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the browser shows, in the person's language: all well, refused by the provider, by us."""

    language: str
    done: str
    refused: str
    foreign: str


class RedirectListener:
    """Listens on loopback while it is entered."""

    def __init__(self, *, state: str, issuer: str, words: Words) -> None:
        """Nothing is open before it is entered; `state` is what a true answer carries."""
        self._state = state
        self._issuer = issuer
        self._words = words
        self._answer: Redirected | None = None
        self._has_come = threading.Event()
        self._turn = threading.Lock()
        self._server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        """Where the browser is sent back to; the registration has it without the port."""
        return f"http://localhost:{self._server.server_port if self._server else 0}"

    def wait(self, seconds: float) -> Redirected | None:
        """The answer; None when none has come in time."""
        self._has_come.wait(seconds)
        return self._answer

    def judge(self, host: str, target: str) -> tuple[int, str]:
        """Takes a request: the status and what the page says. The first true answer is kept."""
        parts = urlsplit(target)
        if f"http://{host}" not in (self.address, self.address.replace("localhost", "127.0.0.1")):
            return 403, self._words.foreign
        if parts.path != "/" or not parts.query:
            return 404, self._words.foreign
        given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        is_ours = hmac.compare_digest(given.get("state", "").encode(), self._state.encode())
        if not is_ours or given.get("iss", self._issuer) != self._issuer:
            return 400, self._words.foreign
        with self._turn:
            if self._answer is not None:
                return 410, self._words.foreign
            self._answer = Redirected(
                code=given.get("code"),
                error=given.get("error", "") if "code" not in given else "",
                description=given.get("error_description", ""),
            )
        self._has_come.set()
        return 200, self._words.done if self._answer.code else self._words.refused

    def page(self, text: str) -> bytes:
        """A page of one sentence, without script or anything remote."""
        return (
            f'<!doctype html><html lang="{self._words.language}"><meta charset="utf-8">'
            f"<title>pressutskick</title><p>{html.escape(text)}</p></html>"
        ).encode()

    def __enter__(self) -> "RedirectListener":
        # Browsers open connections that they may never use, so each has a thread of its own.
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _make_handler(self))
        self._server.daemon_threads = True
        self._server.block_on_close = False
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()


def _make_handler(listener: RedirectListener) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """One request of the browser."""

        #: Seconds for a request to arrive whole.
        timeout = 10

        def do_GET(self) -> None:
            status, text = listener.judge(self.headers.get("Host", ""), self.path)
            body = listener.page(text)
            self.send_response_only(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            # The address holds the code; nothing may carry it further.
            self.send_header("Referrer-Policy", "no-referrer")
            self.send_header("Content-Security-Policy", "default-src 'none'")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
            """Nothing: a code must not stand in any log."""

    return Handler
