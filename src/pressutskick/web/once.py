"""A page that a browser fetches once; no file is left behind."""

import threading
from collections.abc import Callable, Mapping

from pressutskick.web.server import SecretHandler, SecretServer, running

#: The mail as it is: its own styles and pictures, and nothing from elsewhere.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
#: Seconds in which a browser opens.
_PATIENCE = 30.0


class _OnceServer(SecretServer):
    def __init__(self, page: str) -> None:
        super().__init__(_OnceHandler)
        self.page = page
        self.is_fetched = threading.Event()


class _OnceHandler(SecretHandler):
    server: _OnceServer

    def answer(self, name: str, wishes: Mapping[str, list[str]]) -> None:
        if name:
            super().answer(name, wishes)
            return
        self.send("text/html", self.server.page, policy=_POLICY)
        self.wfile.flush()
        self.server.is_fetched.set()


def show_once(
    page: str, open_browser: Callable[[str], bool], *, seconds: float = _PATIENCE
) -> bool:
    """Hands HTML to the browser that `open_browser` opens; False where none came for it in time."""
    server = _OnceServer(page)
    with running(server) as url:
        return open_browser(url) and server.is_fetched.wait(seconds)
