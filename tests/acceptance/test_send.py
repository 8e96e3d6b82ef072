"""`send` end to end: once each, with every exit status, over real SMTP on loopback."""

import email
import email.policy
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.kit import tls
from tests.kit.background import relay_in_background

from pressutskick.cli import main
from pressutskick.deliverylog.sqlite.locks import dispatch_lock
from pressutskick.dispatch.records import DispatchKey
from pressutskick.transports.relay.faults import ScriptedFault, Stage, parse_fault, refuse
from pressutskick.transports.relay.rules import RelayRules
from pressutskick.transports.relay.server import RelayServer

ROOT = Path(__file__).parents[2]
PEOPLE = ("anna@posten.example", "bo@posten.example", "red@radion.example")
LIST = "e-post;namn;redaktion\n" + "".join(
    f"{address};{name};{outlet}\n"
    for address, name, outlet in zip(
        PEOPLE, ("Anna Åberg", "Bo Ek", ""), ("Posten", "Posten", "Radion"), strict=True
    )
)
RELEASE = """---
id: lokal
title: Ny lokal på torget
event:
  date: 2099-09-04
  start: "12:30"
  place: Torget 11
rsvp:
  email: press@astad.example
contacts:
  - name: Elsa Nyström
    emails: press@astad.example
---
Välkommen till **torget**.
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRESSUTSKICK_FROM", "Pressen <press@astad.example>")
    (tmp_path / "lokal.md").write_text(RELEASE, "utf-8")
    (tmp_path / "lista.csv").write_text(LIST, "utf-8")
    return tmp_path


Use = Callable[[RelayServer], None]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    """Makes a relay that of the settings."""

    def configure(relay: RelayServer) -> None:
        monkeypatch.setenv("PRESSUTSKICK_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("PRESSUTSKICK_SMTP_PORT", str(relay.port))
        monkeypatch.setenv("PRESSUTSKICK_SMTP_SECURITY", "none")

    return configure


def send(*words: str) -> int:
    base = ["--lang", "en", "send", "lokal.md", "--to", "lista.csv", "--retry-for", "0"]
    return main([*base, *words])


def statuses(*words: str, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Status by address, as `log --json` tells it."""
    capsys.readouterr()
    assert main(["log", "lokal", "--json", *words]) == 0
    deliveries = json.loads(capsys.readouterr().out)["deliveries"]
    return {each["address"]: each["status"] for each in deliveries}


def received(relay: RelayServer) -> Counter[str]:
    return Counter(receipt.recipient for receipt in relay.receipts)


def test_each_gets_one_and_again_nobody_does(
    workspace: Path, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    with relay_in_background() as relay:
        use(relay)
        assert send("--yes") == 0
        assert received(relay) == dict.fromkeys(PEOPLE, 1)
        assert "3 messages were accepted" in capsys.readouterr().err
        assert send("--yes") == 0
        told = capsys.readouterr().err
        assert "0 messages" in told
        assert "the mail server has taken it already" in told
    assert received(relay) == dict.fromkeys(PEOPLE, 1)
    assert set(statuses(capsys=capsys).values()) == {"accepted"}


def test_before_anything_is_sent_a_person_sees_what_would_be(
    workspace: Path, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    assert send("--dry-run", "--exclude", "bo@posten.example", "--rate", "1/min") == 0
    told = capsys.readouterr().err
    for words in (
        "Pressen <press@astad.example>",
        "2 recipients at 2 outlets: ",
        "about 1 minute at 1 a minute",
        "1, left out by --exclude: bo@posten.example",
        "När: fredag 4\u00a0september 2099",
        "nobody was mailed",
    ):
        assert words in told
    assert " sent" not in told


def test_a_dry_run_opens_no_socket(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("a dry run opened a connection")

    monkeypatch.setenv("PRESSUTSKICK_SMTP_HOST", "127.0.0.1")
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    assert send("--dry-run") == 0


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "status", "count"), [("3\n", 0, 3), ("y\n", 1, 0), ("2\n", 1, 0), ("", 1, 0)]
)
def test_the_number_of_recipients_must_be_typed(
    workspace: Path,
    use: Use,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    status: int,
    count: int,
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    with relay_in_background() as relay:
        use(relay)
        assert send() == status
    assert len(relay.receipts) == count


@pytest.mark.parametrize("yes", ["ja", "J", "yes"])
def test_a_yes_is_not_enough_and_says_so(
    workspace: Path,
    use: Use,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    yes: str,
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(f"{yes}\n"))
    with relay_in_background() as relay:
        use(relay)
        assert send() == 1
    assert f"That is not it. Type {len(PEOPLE)}," in capsys.readouterr().err
    assert relay.receipts == []


def test_a_wrong_number_is_asked_about_once_more(
    workspace: Path,
    use: Use,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(f"{len(PEOPLE) + 1}\n{len(PEOPLE)}\n"))
    with relay_in_background() as relay:
        use(relay)
        assert send() == 0
    assert len(relay.receipts) == len(PEOPLE)


def test_an_answer_that_decides_nothing_is_asked_for_again(
    workspace: Path,
    use: Use,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with relay_in_background(RelayRules(faults=[parse_fault("drop-at-final")])) as relay:
        use(relay)
        assert send("--yes") == 76
    monkeypatch.setattr(sys, "stdin", Terminal("yes\nl\n"))
    assert main(["log", "resolve", "lokal"]) == 76
    told = capsys.readouterr().out
    assert "1 counts as accepted." in told
    assert "still unknown." in told


def test_without_a_terminal_and_yes_nothing_is_sent(
    workspace: Path, use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("3\n"))
    with relay_in_background() as relay:
        use(relay)
        assert send() == 2
    assert relay.receipts == []


def test_the_clock_cannot_be_set_for_a_real_send(workspace: Path) -> None:
    assert send("--yes", "--now", "2024-09-02") == 2


def test_a_limit_and_then_the_rest(
    workspace: Path, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    with relay_in_background() as relay:
        use(relay)
        assert send("--yes", "--limit", "1") == 0
        assert len(relay.receipts) == 1
        assert send("--yes") == 0
    assert received(relay) == dict.fromkeys(PEOPLE, 1)


def test_a_list_with_five_faults_names_all_five_and_nobody_is_mailed(
    workspace: Path, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ("ingen-adress;A;B", "a b@posten.example;A;B", "a@@b.example;A;B", ";A;B", "x@;A;B")
    (workspace / "lista.csv").write_text(LIST + "\n".join(rows) + "\n", "utf-8")
    with relay_in_background() as relay:
        use(relay)
        assert send("--yes") == 65
    told = capsys.readouterr().err
    for row in (5, 6, 7, 9):
        assert f"lista.csv:{row}" in told
    assert "1 row without an address: 8 (A)" in told
    assert relay.receipts == []


def test_what_the_checks_call_an_error_is_not_sent(workspace: Path, use: Use) -> None:
    path = workspace / "lokal.md"
    path.write_text(RELEASE.replace("2099-09-04", "2020-09-04"), "utf-8")
    with relay_in_background() as relay:
        use(relay)
        assert send("--yes") == 65
    assert relay.receipts == []


def test_an_edited_text_is_not_sent_as_if_it_were_the_same(
    workspace: Path, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    with relay_in_background() as relay:
        use(relay)
        assert send("--yes", "--limit", "1") == 0
        path = workspace / "lokal.md"
        path.write_text(RELEASE.replace("12:30", "13:30"), "utf-8")
        assert send("--yes") == 65
        told = capsys.readouterr().err
    assert "pressutskick correct" in told
    assert "send --accept-edit, for harmless edits, will not do" in told
    assert "give it an id: of its own" in told
    assert len(relay.receipts) == 1


def test_a_missing_file_is_named(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "send", "nope.md", "--to", "lista.csv"]) == 66
    assert "nope.md" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fault", "status", "left"),
    [
        ("550-at-rcpt", 69, "rejected"),
        ("450-at-rcpt", 75, "deferred"),
        ("drop-at-final", 76, "unknown"),
    ],
)
def test_what_the_relay_says_is_the_exit_status(
    workspace: Path,
    use: Use,
    capsys: pytest.CaptureFixture[str],
    fault: str,
    status: int,
    left: str,
) -> None:
    with relay_in_background(RelayRules(faults=[parse_fault(fault)])) as relay:
        use(relay)
        assert send("--yes", "--only", PEOPLE[0]) == status
    assert statuses("--status", left, capsys=capsys) == {PEOPLE[0]: left}
    assert relay.receipts == []


def test_an_unknown_outcome_waits_for_a_person(
    workspace: Path, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = RelayRules(faults=[parse_fault("drop-at-final")])
    with relay_in_background(rules) as relay:
        use(relay)
        assert send("--yes", "--only", PEOPLE[0]) == 76
        rules.faults.clear()
        assert send("--yes") == 76
        assert received(relay) == dict.fromkeys(PEOPLE[1:], 1)
        assert "log resolve lokal" in capsys.readouterr().err
        assert main(["log", "resolve", "lokal"]) == 76
        assert main(["log", "resolve", "lokal", "resend"]) == 0
        assert send("--yes") == 0
    assert received(relay) == dict.fromkeys(PEOPLE, 1)


def test_a_delivery_left_after_an_unknown_outcome_counts_as_accepted(
    workspace: Path, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    with relay_in_background(RelayRules(faults=[parse_fault("drop-at-final")])) as relay:
        use(relay)
        assert send("--yes", "--only", PEOPLE[0]) == 76
        assert main(["log", "resolve", "lokal", "leave", "--only", PEOPLE[0]]) == 0
        assert send("--yes", "--only", PEOPLE[0]) == 0
    assert relay.receipts == []


def test_who_was_refused_is_mailed_again_once_a_person_says_so(
    workspace: Path, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = RelayRules(
        faults=[ScriptedFault(stage=Stage.RCPT, misbehaviour=refuse(550), address=PEOPLE[0])]
    )
    with relay_in_background(rules) as relay:
        use(relay)
        assert send("--yes") == 69
        told = capsys.readouterr().err
        assert "pressutskick log resolve lokal --refused" in told
        # Nobody is left to mail, and who was refused is told all the same.
        assert send("--yes", "--quiet") == 69
        assert "refused" in capsys.readouterr().err
        assert send("--yes", "--json") == 69
        assert json.loads(capsys.readouterr().out)["exit"] == 69
        assert main(["log", "resolve", "lokal", "--refused"]) == 0
        listed = capsys.readouterr()
        assert PEOPLE[0] in listed.out
        assert "550" in listed.out
        assert main(["log", "resolve", "lokal", "leave", "--refused"]) == 2
        assert main(["log", "resolve", "lokal", "resend", "--refused", "--only", PEOPLE[1]]) == 66
        rules.faults.clear()
        assert main(["log", "resolve", "lokal", "resend", "--refused"]) == 0
        assert send("--yes") == 0
        assert main(["log", "resolve", "lokal", "--refused"]) == 0
        assert "Nobody was refused." in capsys.readouterr().out
    assert received(relay) == dict.fromkeys(PEOPLE, 1)
    assert main(["log", "verify"]) == 0


def test_a_log_that_cannot_be_read_stops_before_any_mail(workspace: Path, use: Use) -> None:
    (workspace / "pressutskick.db").write_bytes(b"not a database " * 500)
    with relay_in_background() as relay:
        use(relay)
        assert send("--yes") == 73
        assert main(["log", "verify"]) == 73
    assert relay.receipts == []


@pytest.mark.usefixtures("hasty")
def test_quiet_still_tells_why_somebody_is_left(
    workspace: Path, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    with relay_in_background() as relay:
        use(relay)
    assert send("--yes", "--quiet") == 75
    told = capsys.readouterr().err
    assert "cannot be reached: nobody answers at that port" in told
    assert "This goes on: pressutskick send" in told


def test_flags_that_choose_nobody_are_a_mistake_and_told(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert send("--yes", "--quiet", "--only", "mistyped@posten.example") == 65
    assert "choose nobody" in capsys.readouterr().err


def test_nobody_is_left_speaks_of_those_chosen(
    workspace: Path, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    with relay_in_background() as relay:
        use(relay)
        assert send("--yes", "--limit", "1") == 0
        assert send("--yes", "--limit", "1") == 0
    assert "nobody is left of those chosen; 2 were not chosen" in capsys.readouterr().err


def test_each_line_of_the_sample_is_marked_where_it_wraps_too(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "60")
    long = RELEASE.replace("Välkommen till **torget**.", "Välkommen till torget i staden. " * 5)
    (workspace / "lokal.md").write_text(long, "utf-8")
    assert send("--dry-run", "--only", PEOPLE[0]) == 0
    told = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().err)
    sample = told.partition("gets:\n")[2].partition("\nA dry run")[0]
    assert "torget i staden" in sample
    assert all(line.startswith("  | ") for line in sample.splitlines())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a full disk at hand")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_under_the_output_is_not_called_a_fault_of_ours(
    workspace: Path, unbuffered: str
) -> None:
    words = [sys.executable, "-m", "pressutskick", "--lang", "en", "read", "lokal.md", "--json"]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            words,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "src"),
                "PYTHONUNBUFFERED": unbuffered,
            },
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == 73
    assert ended.stderr.rstrip().endswith("The output cannot be written: the disk is full.")


@pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX has them")
def test_a_reader_that_has_left_changes_no_status(workspace: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "pressutskick", "read", "lokal.md", "--json"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": ""},
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.usefixtures("hasty")
def test_a_relay_that_is_not_there_can_be_tried_again(
    workspace: Path, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    with relay_in_background() as relay:
        use(relay)
    assert send("--yes") == 75
    told = capsys.readouterr().err
    assert "pressutskick send lokal.md --to lista.csv --retry-for 0 --yes" in told
    assert "nobody answers at that port" in told
    base = ["--lang", "sv", "send", "lokal.md", "--to", "lista.csv", "--retry-for", "0", "--yes"]
    assert main(base) == 75
    assert "ingen svarar på den porten" in capsys.readouterr().err
    with relay_in_background(port=relay.port) as relay:
        assert send("--yes") == 0
    assert received(relay) == dict.fromkeys(PEOPLE, 1)


def test_a_second_run_of_the_same_dispatch_leaves_and_mails_nobody(
    workspace: Path, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = dispatch_lock(workspace / "pressutskick.db", DispatchKey(release_id="lokal"), wait=0)
    with relay_in_background() as relay:
        use(relay)
        with lock:
            assert send("--yes", "--wait", "1s") == 75
        assert "Another run" in capsys.readouterr().err
        assert relay.receipts == []
        assert send("--yes") == 0


def test_the_first_of_two_runs_at_once_mails_all_and_the_other_nobody(
    workspace: Path, use: Use
) -> None:
    with relay_in_background() as relay:
        use(relay)
        command = [
            *[sys.executable, "-m", "pressutskick", "send", "lokal.md", "--to", "lista.csv"],
            *["--yes", "--quiet", "--wait", "30s"],
        ]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        runs = [subprocess.Popen(command, env=environment) for _count in range(3)]
        assert [run.wait(60) for run in runs] == [0, 0, 0]
    assert received(relay) == dict.fromkeys(PEOPLE, 1)


def test_a_wrong_password_is_told(
    workspace: Path, use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = RelayRules(tls=tls.good(), logins={"press": "right"})
    with relay_in_background(rules) as relay:
        use(relay)
        monkeypatch.setenv("PRESSUTSKICK_SMTP_SECURITY", "starttls")
        monkeypatch.setenv("PRESSUTSKICK_SMTP_CA_FILE", tls.write_authority(workspace))
        monkeypatch.setenv("PRESSUTSKICK_SMTP_USERNAME", "press")
        monkeypatch.setenv("PRESSUTSKICK_SMTP_PASSWORD", "wrong")
        assert send("--yes") == 77
        monkeypatch.setenv("PRESSUTSKICK_SMTP_PASSWORD", "right")
        assert send("--yes") == 0
    assert received(relay) == dict.fromkeys(PEOPLE, 1)


def test_a_certificate_that_nobody_vouches_for_gets_nothing(
    workspace: Path,
    use: Use,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with relay_in_background(RelayRules(tls=tls.foreign())) as relay:
        use(relay)
        monkeypatch.setenv("PRESSUTSKICK_SMTP_SECURITY", "starttls")
        assert send("--yes") == 78
    assert relay.receipts == []
    assert len(capsys.readouterr().err.splitlines()) > 2


def test_without_a_relay_it_says_how_to_get_one(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert send("--yes") == 78
    told = capsys.readouterr().err
    assert "PRESSUTSKICK_SMTP_HOST" in told
    assert "--sandbox" in told


def is_marked_as_rehearsal(lines: list[str]) -> bool:
    """Said at the start and at the end, and a mark between."""
    first, *between, last = lines
    said = "nothing leaves this machine" in first and "nobody was mailed" in last
    return said and all(line.startswith("┊ ") for line in between)


def test_the_sandbox_says_at_both_ends_that_nothing_is_sent(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert send("--yes", "--sandbox") == 0
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) > 5
    assert is_marked_as_rehearsal(lines)
    assert len(list((workspace / "outbox").glob("*.eml"))) == 3
    assert not (workspace / "pressutskick.db").exists()
    assert set(statuses("--sandbox", capsys=capsys).values()) == {"accepted"}


def test_in_the_sandbox_the_question_and_what_comes_next_are_marked_too(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("3\n"))
    assert send("--sandbox", "--at", "2099-09-01 07:00") == 0
    told = capsys.readouterr().err
    assert "sandbox, nothing is sent: Type 3 to send" in told
    assert "pressutskick remind --all --sandbox" in told
    assert "pressutskick schedule --sandbox" in told
    assert main(["--lang", "en", "schedule", "--sandbox"]) == 0
    assert "lokal" in capsys.readouterr().out


def test_a_press_release_is_withdrawn_not_called_off(workspace: Path) -> None:
    head, _, rest = RELEASE.partition("event:")
    text = head + "kind: release\ncontacts:" + rest.partition("contacts:")[2]
    (workspace / "lokal.md").write_text(text, "utf-8")
    assert send("--yes", "--sandbox") == 0
    assert main(["cancel", "lokal.md", "--yes", "--sandbox"]) == 0
    last = max((workspace / "outbox").glob("*.eml"))
    mail = email.message_from_bytes(last.read_bytes(), policy=email.policy.default)
    assert mail["Subject"] == "Återkallat: Pressmeddelande: Ny lokal på torget"
    for kind in ("plain", "html"):
        told = mail.get_body((kind,)).get_content()
        assert "Pressmeddelandet är återkallat. Använd det inte." in told
        assert "bjöd in" not in told
        assert "gäller inte" not in told.casefold()


def test_warnings_are_marked_in_the_sandbox_too(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    only = ["--only", "ingen@posten.example", "--only", PEOPLE[0]]
    assert send("--yes", "--sandbox", *only) == 0
    lines = capsys.readouterr().err.splitlines()
    assert any("selection.unmatched" in line for line in lines)
    assert is_marked_as_rehearsal(lines)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_with_json_an_error_is_a_document_too(
    workspace: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    (workspace / "lista.csv").write_text("e-post\nanna@\n", "utf-8")
    base = ["send", "lokal.md", "--to", "lista.csv", "--dry-run", "--json"]
    assert main(["--lang", language, *base]) == 65
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["status"] == 65
    assert error["message"] == "1 error stops it; nothing was sent."
    assert [each["line"] for each in error["problems"]] == [2]


def test_a_sample_goes_to_ones_own_address_and_counts_nowhere(
    workspace: Path, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    with relay_in_background() as relay:
        use(relay)
        assert send("--test-to", PEOPLE[0]) == 0
        assert received(relay) == {PEOPLE[0]: 1}
        assert send("--yes") == 0
    assert received(relay) == {**dict.fromkeys(PEOPLE, 1), PEOPLE[0]: 2}
    # The sample has a Message-ID of its own, or a mailbox would drop the real one as a copy.
    copies = [each for each in relay.receipts if each.recipient == PEOPLE[0]]
    ids = {_message_id(each.content) for each in copies}
    assert len(ids) == 2
    sample = email.message_from_bytes(copies[0].content, policy=email.policy.default)
    assert str(sample["Subject"]).startswith("[PROV] Pressinbjudan 4/9: ")
    assert str(sample["To"]) == PEOPLE[0]
    assert "Till redaktionen" in sample.get_body(("plain",)).get_content()


def _message_id(content: bytes) -> bytes:
    return next(line for line in content.splitlines() if line.lower().startswith(b"message-id:"))


def test_quiet_says_nothing_and_json_all(
    workspace: Path, use: Use, capsys: pytest.CaptureFixture[str]
) -> None:
    with relay_in_background() as relay:
        use(relay)
        assert send("--yes", "--quiet", "--limit", "2") == 0
        captured = capsys.readouterr()
        assert captured.out + captured.err == ""
        assert send("--yes", "--quiet", "--json") == 0
    captured = capsys.readouterr()
    told = json.loads(captured.out)
    assert captured.err == ""
    assert (told["dispatch"], told["accepted"], told["exit"]) == ("lokal", 1, 0)
    assert [skip["reason"] for skip in told["skipped"]] == ["already_accepted"] * 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to catch")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_finishes_what_is_in_flight_and_the_same_command_goes_on(
    workspace: Path, use: Use, number: signal.Signals
) -> None:
    rows = "".join(f"n{count}@posten.example;N;Posten\n" for count in range(40))
    (workspace / "lista.csv").write_text(LIST + rows, "utf-8")
    with relay_in_background() as relay:
        use(relay)
        process = subprocess.Popen(
            [
                *[sys.executable, "-m", "pressutskick", "--lang", "en", "send", "lokal.md"],
                *["--to", "lista.csv", "--yes", "--verbose", "--rate", "600/min"],
            ],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        for line in process.stderr:
            if "accepted" in line:
                process.send_signal(number)
                break
        told = process.stderr.read()
        process.stderr.close()
        assert process.wait(30) == 130
        assert "This goes on: pressutskick send" in told
        first = len(relay.receipts)
        assert 0 < first < 43
        assert send("--yes", "--quiet") == 0
    assert set(received(relay).values()) == {1}
    assert len(relay.receipts) == 43


def test_in_a_new_folder_a_rehearsal_needs_no_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for key in [key for key in os.environ if key.startswith("PRESSUTSKICK_")]:
        monkeypatch.delenv(key)
    Path("lokal.md").write_text(RELEASE, "utf-8")
    Path("lista.csv").write_text("e-post\nanna@posten.example\n", "utf-8")
    for words in (("preview",), ("send", "--sandbox", "--yes")):
        assert main([*words, "lokal.md", "--to", "lista.csv", "--lang", "en"]) == 0
        told = capsys.readouterr().err
        assert "No sender is set yet; Exempelkommunen <press@exempelkommunen.example>" in told
    assert len(list(Path("outbox").glob("*.eml"))) == 1
