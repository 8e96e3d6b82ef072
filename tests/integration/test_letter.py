"""`doctor --letter`: through a mail server and back over IMAP, with the receiving server's judgement."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.kit import tls
from tests.kit.background import relay_in_background
from tests.kit.imapserver import USER, ImapServer, imap_reason, imap_server
from tests.kit.program import PREFIX, environment

from pressutskick.cli import main
from pressutskick.transports.relay.faults import parse_fault
from pressutskick.transports.relay.rules import Receipt, RelayRules

pytestmark = [
    pytest.mark.skipif(bool(imap_reason()), reason=imap_reason()),
    pytest.mark.xdist_group("dovecot"),
]
JUDGED = (
    b"Authentication-Results: mx.astad.example; spf=pass smtp.mailfrom=astad.example;\r\n"
    b" dkim=none; dmarc=fail header.from=astad.example\r\n"
)


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    with imap_server() as server:
        yield server


@pytest.fixture
def doctor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pressutskick.probes.place.find_callers", lambda: ())
    monkeypatch.setattr("pressutskick.probes.resolver.make_resolver", lambda: None)
    monkeypatch.setattr("pressutskick.assembly.letter._PAUSE", 0.0)

    def run(*flags: str, **settings: object) -> int:
        given = {"SMTP_HOST": "127.0.0.1", "SMTP_CA_FILE": tls.write_authority(tmp_path)}
        for key, value in environment(**(given | settings)).items():
            if key.startswith(PREFIX):
                monkeypatch.setenv(key, value)
        return main(["--lang", "en", "doctor", *flags])

    return run


def test_the_letter_comes_back_with_what_the_server_says(
    server: ImapServer, doctor: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    def deliver(receipt: Receipt) -> None:
        assert receipt.recipient == USER
        server.add([JUDGED + receipt.content])

    with relay_in_background(RelayRules(tls=tls.good()), keep=deliver) as relay:
        status = doctor("--letter", "--json", SMTP_PORT=relay.port, **server.settings())
    document = json.loads(capsys.readouterr().out)
    codes = {finding["code"] for finding in document["findings"]}
    assert {"letter.dmarc_fails", "letter.dkim_none"} <= codes
    assert status == 78
    assert document["letter"]["server"] == "mx.astad.example"
    assert document["letter"]["results"][0] == {
        "method": "spf",
        "result": "pass",
        "subject": "astad.example",
    }
    assert set(server.flags()) == {""}


def test_a_letter_that_is_refused_or_never_comes_is_told(
    server: ImapServer, doctor: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    with relay_in_background(RelayRules(tls=tls.good())) as relay:
        assert doctor("--letter", SMTP_PORT=relay.port, **server.settings()) == 0
    assert f"The letter to {USER} has not come. [letter.missing]" in capsys.readouterr().out
    rules = RelayRules(tls=tls.good(), faults=[parse_fault("550-at-rcpt:1.0")])
    with relay_in_background(rules) as relay:
        doctor("--letter", SMTP_PORT=relay.port, **server.settings())
    told = capsys.readouterr().out
    assert "The mail server did not take the letter: 550" in told
