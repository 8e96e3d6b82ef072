"""The live page's server lets nobody in but the browser that was given its URL."""

import http.client
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from pressutskick.web.live import LiveServer, serving
from pressutskick.web.picture import Note, Picture, Stage

WORDS = dict.fromkeys(
    (
        *("title", "look", "dark", "images", "text", "source", "phone", "desktop", "findings"),
        *("nothing", "files", "gone"),
    ),
    "<ord>",
)
MAIL = "<style>@media (prefers-color-scheme: dark) {a{}}</style><p>Hej</p>"


class Visitor:
    def __init__(self, stage: Stage, server: LiveServer) -> None:
        self.stage, self.server = stage, server
        self.path = urlsplit(server.url).path

    def ask(
        self, path: str, *, host: str = "", method: str = "GET"
    ) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=10)
        host = host or f"127.0.0.1:{self.server.server_port}"
        connection.request(method, path, headers={"Host": host})
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, dict(answer.getheaders()), body


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    stage = Stage()
    server = LiveServer(stage, words=WORDS, language="sv")
    with serving(server):
        yield Visitor(stage, server)


def test_a_foreign_host_and_a_wrong_path_are_refused(visitor: Visitor) -> None:
    port = visitor.server.server_port
    assert visitor.ask(visitor.path)[0] == 200
    assert visitor.ask(visitor.path, host=f"localhost:{port}")[0] == 200
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port + 1}"):
        for name in ("", "state", "mail", "events"):
            assert visitor.ask(visitor.path + name, host=host)[0] == 403
    for path in ("/", "/state", f"/{'x' * 32}/", f"{visitor.path[:-2]}/state"):
        assert visitor.ask(path)[0] == 403
    assert visitor.ask(visitor.path + "other")[0] == 404
    assert visitor.ask(visitor.path, method="POST")[0] == 501


def test_nothing_on_the_page_may_load_or_run_anything_else(visitor: Visitor) -> None:
    _status, headers, page = visitor.ask(visitor.path)
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"
    assert "&lt;ord&gt;" in page
    assert page.count("<script") == 1
    assert page.count("sandbox>") == 2


def test_the_mail_stands_in_a_sandbox_in_the_scheme_that_is_asked_for(visitor: Visitor) -> None:
    visitor.stage.show(Picture(html=MAIL, subject="Inbjudan"))
    _status, headers, light = visitor.ask(f"{visitor.path}mail?n=1&dark=0&images=1")
    policy = headers["Content-Security-Policy"]
    assert "sandbox;" in policy
    assert "script-src" not in policy
    assert "img-src data:" in policy
    assert "@media not all {" in light
    _status, headers, dark = visitor.ask(f"{visitor.path}mail?dark=1&images=0")
    assert "@media all {" in dark
    assert "img-src 'none'" in headers["Content-Security-Policy"]


def test_a_fault_keeps_the_last_picture_and_the_next_one_ends_it(visitor: Visitor) -> None:
    note = Note(severity="warning", sentence="<b>")
    visitor.stage.show(Picture(subject="Ett", text="a", notes=(note,)))
    visitor.stage.fail("inbjudan.md:3: fel")
    state = json.loads(visitor.ask(visitor.path + "state")[2])
    assert (state["subject"], state["error"]) == ("Ett", ["inbjudan.md:3: fel"])
    assert state["notes"] == [{"severity": "warning", "sentence": "<b>"}]
    assert "html" not in state
    visitor.stage.show(Picture(subject="Två"))
    state = json.loads(visitor.ask(visitor.path + "state")[2])
    assert (state["subject"], state["error"], state["number"]) == ("Två", [], 3)


def test_each_picture_is_told_at_once(visitor: Visitor) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", visitor.server.server_port, timeout=10)
    connection.request("GET", visitor.path + "events")
    stream = connection.getresponse()
    assert stream.readline() == b"data: 0\n"
    stream.readline()
    visitor.stage.show(Picture())
    assert stream.readline() == b"data: 1\n"
    connection.close()
