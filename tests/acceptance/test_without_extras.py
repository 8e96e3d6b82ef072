"""Without the extras everything else works, and what needs one says what to install."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.kit.harbour import write_workspace
from tests.kit.program import environment

#: What the extras bring, and what those bring.
_ABSENT = (
    *("authlib", "httpx2", "joserfc", "keyring", "cryptography", "checkdmarc"),
    *("mammoth", "pypdfium2", "psycopg"),
)
_PROGRAM = (
    "import sys\n"
    f"for name in {_ABSENT!r}: sys.modules[name] = None\n"
    "from pressutskick.cli import main\n"
    "raise SystemExit(main(sys.argv[1:]))"
)


def run(folder: Path, *words: str, **settings: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _PROGRAM, *words],
        cwd=folder,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


def test_a_dispatch_needs_none(tmp_path: Path) -> None:
    write_workspace(tmp_path, "hamnbadet", 3)
    sent = run(tmp_path, "send", "hamnbadet.md", "--to", "list.csv", "--yes", "--sandbox")
    assert sent.returncode == 0, sent.stderr
    assert len(list((tmp_path / "outbox").rglob("*.eml"))) == 3


@pytest.mark.parametrize("words", [("login",), ("login", "--status"), ("send",)])
def test_a_sign_in_says_what_to_install(tmp_path: Path, words: tuple[str, ...]) -> None:
    write_workspace(tmp_path, "hamnbadet", 3)
    more = ("hamnbadet.md", "--to", "list.csv", "--yes") if words == ("send",) else ()
    given = {"LOGIN": "microsoft365", "LOGIN_CLIENT_ID": "1", "SMTP_HOST": "127.0.0.1"}
    refused = run(tmp_path, *words, *more, **given)
    assert refused.returncode == 78
    assert 'pip install "pressutskick[login]"' in refused.stderr


def test_a_log_on_a_server_says_what_to_install(tmp_path: Path) -> None:
    refused = run(tmp_path, "log", DATABASE="postgresql://press:hemligt@db.example.org/press")
    assert refused.returncode == 78
    assert 'pip install "pressutskick[postgres]"' in refused.stderr
    assert "hemligt" not in refused.stderr


def test_the_examination_goes_as_far_as_it_can(tmp_path: Path) -> None:
    examined = run(tmp_path, "doctor", SMTP_HOST="127.0.0.1", SMTP_PORT="1")
    assert examined.returncode == 75
    assert 'pip install "pressutskick[doctor]"' in examined.stdout
