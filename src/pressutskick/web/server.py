"""A page for one browser: 127.0.0.1 only, one secret path, the Host checked, nothing cached.

Another page in the same browser may try to reach it: it does not know the path, and a name of its
own that leads to 127.0.0.1 (DNS rebinding) is refused by the Host.
"""

import hmac
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class SecretServer(ThreadingHTTPServer):
    """A free port of 127.0.0.1; `url` is the only way in."""

    daemon_threads = True

    def __init__(self, handler: type["SecretHandler"]) -> None:
        """Listens; answers nobody before it serves."""
        super().__init__(("127.0.0.1", 0), handler)
        self.token = secrets.token_urlsafe(24)

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.server_port}/{self.token}/"

    @property
    def hosts(self) -> frozenset[str]:
        """What a browser that was given the URL calls us."""
        return frozenset({f"127.0.0.1:{self.server_port}", f"localhost:{self.server_port}"})


class SecretHandler(BaseHTTPRequestHandler):
    """Lets in who was given the URL; `answer` is for what stands behind the secret part."""

    server: SecretServer

    def do_GET(self) -> None:
        """See the class."""
        parts = urlsplit(self.path)
        token, _slash, name = parts.path.removeprefix("/").partition("/")
        hosts = self.headers.get_all("Host") or []
        is_ours = len(hosts) == 1 and hosts[0] in self.server.hosts
        if is_ours and hmac.compare_digest(token.encode(), self.server.token.encode()):
            self.answer(name, parse_qs(parts.query))
        else:
            self.send_error(HTTPStatus.FORBIDDEN)

    def answer(self, name: str, wishes: Mapping[str, list[str]]) -> None:
        """Sends what `name` stands for."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def begin(self, media_type: str, policy: str) -> None:
        """The head of an answer, but its end."""
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

    def send(self, media_type: str, text: str, *, policy: str) -> None:
        """A whole answer."""
        content = text.encode()
        self.begin(media_type, policy)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Says nothing: the terminal is the person's."""


@contextmanager
def running(server: SecretServer) -> Iterator[str]:
    """The URL, until the end of the block."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1})
    thread.start()
    try:
        yield server.url
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
