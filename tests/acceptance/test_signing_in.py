"""Signing in at a real OpenID provider, in a real browser, and sending through real Dovecot.

Skipped where node with oidc-provider, Chromium or Dovecot's submission server is not to be had.
"""

import os
import stat
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from tests.kit import tls
from tests.kit.background import relay_in_background
from tests.kit.browser import Page, browser_page, browser_reason
from tests.kit.harbour import write_workspace
from tests.kit.program import PREFIX, command, environment
from tests.kit.provider import CLIENT_ID, RunningProvider, provider_reason, running_provider
from tests.kit.submission import running_submission, submission_reason
from tests.kit.terminal import Answers

from pressutskick.assembly import login as assembly
from pressutskick.cli import main
from pressutskick.identity.account import SignIn
from pressutskick.settings.model import Settings
from pressutskick.settings.reading import read_settings
from pressutskick.transports.relay.rules import Receipt, RelayRules

pytestmark = [
    pytest.mark.skipif(bool(provider_reason()), reason=provider_reason()),
    pytest.mark.skipif(bool(browser_reason()), reason=browser_reason()),
    pytest.mark.xdist_group("signing-in"),
]
needs_submission = pytest.mark.skipif(bool(submission_reason()), reason=submission_reason())

PERSON = "press@astad.example"


class Desk:
    """A communicator's workspace, terminal and browser, with a provider to sign in at."""

    def __init__(
        self, folder: Path, provider: RunningProvider, patch: pytest.MonkeyPatch, page: Page
    ) -> None:
        self.folder = folder
        self.provider = provider
        self.page = page
        self._patch = patch
        self.given: dict[str, object] = {
            "LOGIN": provider.issuer,
            "LOGIN_CLIENT_ID": CLIENT_ID,
            "SMTP_HOST": "127.0.0.1",
            "SMTP_CA_FILE": provider.ca_file,
        }
        patch.chdir(folder)
        patch.setattr("sys.stdin", Answers(""))
        patch.setattr("webbrowser.open", self._open)
        patch.setenv("BROWSER", "true")
        self._walk: threading.Thread | None = None

    def settings(self) -> Settings:
        environ = environment(**self.given)
        return read_settings(
            workspace=self.folder,
            environ={key: value for key, value in environ.items() if key.startswith(PREFIX)},
        )

    def run(self, *words: str) -> int:
        for key, value in environment(**self.given).items():
            if key.startswith(PREFIX):
                self._patch.setenv(key, value)
        status = main(list(words))
        if self._walk is not None:
            self._walk.join()
        return status

    def send(self, *flags: str) -> subprocess.CompletedProcess[str]:
        """As cron would: nobody is there, and there is no browser."""
        return subprocess.run(
            command("send", "hamnbadet.md", "--to", "list.csv", "--yes", *flags),
            cwd=self.folder,
            env=environment(**self.given),
            capture_output=True,
            text=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
        )

    @property
    def sign_in(self) -> SignIn:
        found = assembly.load_sign_in(self.settings())
        assert found is not None
        return found

    def _open(self, url: str) -> bool:
        self._walk = threading.Thread(target=self.walk, args=(url,))
        self._walk.start()
        return True

    def walk(self, url: str) -> None:
        """Name and password, then consent."""
        self.page.open(url)
        self.page.submit(login=PERSON, password="hemligt")
        self.page.submit()


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with browser_page() as page:
        yield page


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: Page, request: pytest.FixtureRequest
) -> Iterator[Desk]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    seconds = getattr(request, "param", 3600)
    with running_provider(tmp_path, seconds=seconds) as provider:
        page.forget()
        yield Desk(workspace, provider, monkeypatch, page)


def accepted_once(received: list[str], count: int) -> bool:
    return len(received) == count and set(Counter(received).values()) == {1}


@needs_submission
@pytest.mark.parametrize(("mechanism", "crowd"), [("xoauth2", 300), ("oauthbearer", 20)])
def test_one_token_carries_everybody_over_four_connections(
    desk: Desk, mechanism: str, crowd: int, capsys: pytest.CaptureFixture[str]
) -> None:
    write_workspace(desk.folder, "hamnbadet", crowd)
    assert desk.run("login") == 0
    told = capsys.readouterr()
    assert f"Signed in as {PERSON}" in told.out
    assert "You may close this page" in desk.page.text
    received: list[str] = []

    def keep(receipt: Receipt) -> None:
        received.append(receipt.recipient)

    with (
        relay_in_background(RelayRules(), keep=keep) as sink,
        running_submission(desk.provider, sink.port, mechanisms=mechanism) as server,
    ):
        desk.given["SMTP_PORT"] = server.port
        sent = desk.send("--connections", "4", "--debug")
        log = server.log
    assert sent.returncode == 0, sent.stderr + log
    assert accepted_once(received, crowd)
    assert f"method={mechanism.upper()}" in log
    assert desk.provider.grants == ["authorization_code"]
    assert_no_secret_shown(desk, sent.stdout + sent.stderr + told.out + told.err)


def assert_no_secret_shown(desk: Desk, said: str) -> None:
    """Neither token stands in what was said, or in any file but the sign-in's own."""
    secrets = [desk.sign_in.token.value, desk.sign_in.renewal or "-"]
    (own,) = desk.folder.parent.glob("state/pressutskick/logins/*.login")
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    files = [path for path in desk.folder.rglob("*") if path.is_file()]
    files += [path for path in own.parent.parent.rglob("*") if path.is_file() and path != own]
    assert len(files) > 2
    for secret in secrets:
        assert secret not in said
        assert not [path for path in files if secret.encode() in path.read_bytes()]


@needs_submission
def test_a_sign_in_that_was_taken_back_stops_with_77_and_the_command(desk: Desk) -> None:
    write_workspace(desk.folder, "hamnbadet", 20)
    assert desk.run("login") == 0
    assembly.make_sign_in_client(desk.settings()).revoke(desk.sign_in)
    with (
        relay_in_background(RelayRules()) as sink,
        running_submission(desk.provider, sink.port) as server,
    ):
        desk.given["SMTP_PORT"] = server.port
        sent = desk.send("--debug")
        assert sink.accepted == 0
    assert sent.returncode == 77, sent.stderr
    assert "pressutskick login" in sent.stderr
    assert_no_secret_shown(desk, sent.stdout + sent.stderr)


class Doorkeeper(Mapping[str, str]):
    """Takes whichever token is kept now, until it has been burnt."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.burnt: set[str] = set()

    def __getitem__(self, name: str) -> str:
        token = self._desk.sign_in.token.value
        return "nothing will do" if token in self.burnt else token

    def __iter__(self) -> Iterator[str]:
        return iter([PERSON])

    def __len__(self) -> int:
        return 1

    def burn(self) -> None:
        self.burnt.add(self._desk.sign_in.token.value)


def test_a_token_that_dies_in_the_middle_is_renewed_once_for_all_connections(desk: Desk) -> None:
    write_workspace(desk.folder, "hamnbadet", 160)
    assert desk.run("login") == 0
    doorkeeper = Doorkeeper(desk)
    received: list[str] = []

    def keep(receipt: Receipt) -> None:
        received.append(receipt.recipient)
        if len(received) == 60:
            doorkeeper.burn()

    # A connection is good for twenty, so that new ones are opened all the time.
    rules = RelayRules(tls=tls.good(), logins=doorkeeper, mechanisms=["XOAUTH2", "PLAIN"], quota=20)
    with relay_in_background(rules, keep=keep) as relay:
        desk.given["SMTP_PORT"] = relay.port
        sent = desk.send("--connections", "4")
    assert sent.returncode == 0, sent.stderr
    assert accepted_once(received, 160)
    assert desk.provider.grants == ["authorization_code", "refresh_token"]


#: Seconds that a token lives, recipients, pace: a small dose, and with LONG_TOKENS set the whole one.
LIFE, CROWD, PACE = (20, 300, "8/s") if "LONG_TOKENS" in os.environ else (2, 60, "20/s")


@pytest.mark.parametrize("desk", [LIFE], indirect=True)
def test_tokens_that_live_for_seconds_are_renewed_on_the_way(desk: Desk) -> None:
    write_workspace(desk.folder, "hamnbadet", CROWD)
    assert desk.run("login") == 0
    received: list[str] = []
    rules = RelayRules(tls=tls.good(), logins=Doorkeeper(desk), mechanisms=["XOAUTH2"], quota=5)
    with relay_in_background(rules, keep=lambda each: received.append(each.recipient)) as relay:
        desk.given["SMTP_PORT"] = relay.port
        sent = desk.send("--connections", "4", "--rate", PACE)
    assert sent.returncode == 0, sent.stderr
    assert accepted_once(received, CROWD)
    assert desk.provider.grants.count("refresh_token") >= 2


def test_a_code_typed_on_another_device_signs_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    waits: list[float] = []

    def approve(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 1:
            return
        told = capsys.readouterr().out
        address, code = told.split("open: ")[1].split()[0], told.split("code: ")[1].split()[0]
        desk.page.open(f"{address}?user_code={code}")
        desk.page.submit()
        desk.page.submit(login=PERSON, password="hemligt")
        desk.page.submit()

    monkeypatch.setattr("time.sleep", approve)
    assert desk.run("login", "--device") == 0
    assert waits == [5, 5]
    assert f"Signed in as {PERSON}" in capsys.readouterr().out


def test_who_says_no_in_the_browser_is_not_signed_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def decline(url: str) -> None:
        desk.page.open(url)
        desk.page.follow("Cancel")

    monkeypatch.setattr(desk, "walk", decline)
    assert desk.run("login") == 77
    assert "access_denied" in capsys.readouterr().err
    assert desk.run("login", "--status") == 77
    assert desk.run("login", "--ticket") == 0
    assert "access_denied" in capsys.readouterr().out


def test_status_and_logout_tell_and_forget(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    previous = os.umask(0)
    try:
        assert desk.run("login", "--in-file") == 0
    finally:
        os.umask(previous)
    (kept,) = desk.folder.parent.glob("state/pressutskick/logins/*.login")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert "it is not encrypted" in capsys.readouterr().err
    assert desk.run("login", "--status") == 0
    assert f"Signed in as {PERSON}" in capsys.readouterr().out
    sign_in = desk.sign_in
    assert desk.run("logout") == 0
    assert "taken back at the provider" in capsys.readouterr().err
    assert not kept.exists()
    refusal = renewal_refusal(lambda: assembly.make_sign_in_client(desk.settings()).renew(sign_in))
    assert "invalid_grant" in refusal


def renewal_refusal(renew: Callable[[], object]) -> str:
    from pressutskick.errors import AuthenticationError

    with pytest.raises(AuthenticationError) as caught:
        renew()
    return caught.value.answer


def test_the_way_that_the_flags_named_is_written_down(desk: Desk) -> None:
    del desk.given["LOGIN"], desk.given["LOGIN_CLIENT_ID"]
    assert desk.run("login", desk.provider.issuer, "--client-id", CLIENT_ID) == 0
    settings = read_settings(workspace=desk.folder, environ={})
    assert (settings.login, settings.login_client_id) == (desk.provider.issuer, CLIENT_ID)


def test_nobody_signs_in_where_nobody_is(desk: Desk) -> None:
    write_workspace(desk.folder, "hamnbadet", 3)
    sent = desk.send()
    assert sent.returncode == 77, sent.stderr
    assert "pressutskick login" in sent.stderr
    words = command("login")
    cron = subprocess.run(
        words,
        cwd=desk.folder,
        env=environment(**desk.given),
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    assert cron.returncode == 2
    assert desk.provider.grants == []


def test_the_provider_is_trusted_by_the_systems_authorities_or_our_own(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = desk.given.pop("SMTP_CA_FILE")
    assert desk.run("login", "--device") == 78
    told = capsys.readouterr().err
    assert "The certificate of 127.0.0.1" in told
    assert "SSL_CERT_FILE" in told
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    walk = assembly.make_sign_in_client(desk.settings()).begin_on_device()
    assert walk.page == f"{desk.provider.issuer}/device"


def test_a_provider_that_is_not_there_is_75(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.given["LOGIN"] = "https://127.0.0.1:1"
    assert desk.run("login") == 75
    assert "127.0.0.1:1 cannot be reached" in capsys.readouterr().err
