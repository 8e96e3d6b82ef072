"""A command that is refused, or only looks, leaves nothing new in the person's folder."""

import gc
from pathlib import Path

import pytest

from pressutskick.cli import main

INVITATION = """---
id: invigning
title: Invigning av samverkanslokal
published: 2099-11-24T07:00
{more}event:
  date: 2099-12-02
  start: 12:30
  end: 13:30
  place: Rådhuset
rsvp:
  email: press@astad.example
  deadline: 2099-12-01
contacts:
  - name: Anna Berg
    phones: [031-390 06 01]
---

Välkomna till invigningen.
"""
MAIL = ("--to", "lista.csv", "--yes")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRESSUTSKICK_LANGUAGE", "en")
    monkeypatch.setenv("PRESSUTSKICK_FROM", "Pressen <press@astad.example>")
    for name, more in (
        ("inbjudan.md", ""),
        ("bilaga.md", "attachments: [borta.pdf]\n"),
        ("sparrad.md", "embargo: 2099-11-30T07:00\n"),
        ("datum.md", "reminders: [i morgon]\nquiet_hours: natten\n"),
    ):
        (tmp_path / name).write_text(INVITATION.format(more=more), "utf-8")
    (tmp_path / "lista.csv").write_text("e-post\nred@posten.example\n", "utf-8")
    (tmp_path / "fel.csv").write_text("e-post\nred.posten.example\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("send", "borta.md", *MAIL), 66),
        (("send", "datum.md", *MAIL), 65),
        (("send", "bilaga.md", *MAIL), 65),
        (("send", "sparrad.md", *MAIL), 65),
        (("send", "inbjudan.md", "--to", "fel.csv", "--yes"), 65),
        (("send", "inbjudan.md", "--to", "borta.csv", "--yes"), 66),
        (("send", "inbjudan.md", *MAIL, "--only", "fel@posten.example"), 65),
        # No mail server is configured.
        (("send", "inbjudan.md", *MAIL), 78),
        # Nobody is mailed, and nothing is recorded.
        (("send", "inbjudan.md", *MAIL, "--dry-run"), 0),
        (("send", "inbjudan.md", *MAIL, "--dry-run", "--sandbox"), 0),
        (("send", "inbjudan.md", *MAIL, "--dry-run", "--at", "2099-12-01 07:00"), 0),
        (("preview", "inbjudan.md", "--to", "lista.csv"), 0),
        (("approve", "borta.md", "--to", "lista.csv", "--as", "Bo", "--yes"), 66),
        (("preview", "inbjudan.md", "--to", "fel.csv"), 65),
        (("remind", "inbjudan.md", "--before", "24h"), 66),
        (("remind", "--all"), 0),
        (("cancel", "inbjudan.md", "--yes"), 66),
        (("correct", "inbjudan.md", "--yes"), 66),
        (("rsvp", "invigning", "red@posten.example"), 66),
        (("log",), 0),
        (("log", "1"), 66),
        (("log", "verify"), 66),
        (("schedule",), 0),
        (("recipients", "allow", "red@posten.example"), 0),
        (("recipients", "strip", "--older-than", "3"), 0),
    ],
)
def test_nothing_new_lies_in_the_folder(
    workspace: Path, words: tuple[str, ...], status: int
) -> None:
    before = sorted(workspace.iterdir())
    assert main(words) == status
    assert sorted(workspace.iterdir()) == before


@pytest.mark.parametrize("command", [("check", "datum.md"), ("send", "datum.md", *MAIL)])
def test_a_reminder_that_cannot_be_read_is_told_by_both(
    workspace: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    assert main(command) == 65
    told = "".join(capsys.readouterr())
    assert "datum.md: error: “i morgon” is no reminder" in told
    assert "[reminder-invalid]" in told
    assert "[quiet-hours-invalid]" in told


def test_a_preview_before_the_first_dispatch_says_that_ids_will_be_others(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["preview", "inbjudan.md", "--to", "lista.csv"]) == 0
    assert "Nothing has been sent from this folder yet" in capsys.readouterr().err


def test_what_stands_for_the_log_of_a_dry_run_goes_with_it(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms = workspace / "tmp"
    rooms.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(rooms))
    assert main(["send", "inbjudan.md", *MAIL, "--dry-run"]) == 0
    gc.collect()
    assert list(rooms.iterdir()) == []


def test_a_missing_sender_is_told_before_a_log_is_made(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PRESSUTSKICK_FROM")
    before = sorted(workspace.iterdir())
    monkeypatch.setenv("PRESSUTSKICK_SMTP_HOST", "smtp.astad.example")
    assert main(["send", "inbjudan.md", *MAIL]) == 78
    assert sorted(workspace.iterdir()) == before


def test_cron_before_the_first_dispatch_gets_its_empty_document(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["remind", "--all", "--json"]) == 0
    assert capsys.readouterr().out.split() == ["{", '"dispatches":', "[]", "}"]


def test_a_log_that_cannot_be_made_is_told_before_any_mail(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "log.db").mkdir()
    monkeypatch.setenv("PRESSUTSKICK_DATABASE", str(workspace / "log.db"))
    monkeypatch.setenv("PRESSUTSKICK_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("PRESSUTSKICK_SMTP_PORT", "1")
    assert main(["send", "inbjudan.md", *MAIL]) == 73
    assert "Type 1" not in capsys.readouterr().err
