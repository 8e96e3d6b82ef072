"""Killed while it reads: no reply is lost, none counts twice."""

import json
import os
import random
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest
from tests.kit import incoming_made as made
from tests.kit.life import Day
from tests.kit.program import command, environment

#: `make inbox-kills` asks for fifty.
KILLS = int(os.environ.get("INBOX_KILLS", "3"))
PEOPLE = 60


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_killed_at_any_moment_and_run_again_everything_counts_once(day: Day) -> None:
    people = [f"r{number}@posten.example" for number in range(PEOPLE)]
    day.invite(*people)
    day.send()
    folder = day.folder / "mejl"
    folder.mkdir()
    makers = (
        made.bounce,
        lambda mail: made.answer(mail, "Vi kommer!"),
        lambda mail: made.calendar_reply(mail, uid="invigning@astad.example"),
        made.opt_out,
    )
    for number, address in enumerate(people):
        content = makers[number % 4](day.office.mails(address)[-1])
        # Twice each, as two colleagues drag them out.
        for copy in ("a", "b"):
            (folder / f"{number}{copy}.eml").write_bytes(content)
    chance = random.Random(16)  # noqa: S311 - moments, not secrets
    # How long it takes where there is nothing to write: later moments are those that write.
    whole = _run(day.folder, "--dry-run", seconds=120.0)
    for _ in range(KILLS):
        _run(day.folder, seconds=whole * chance.uniform(0.3, 1.3))
    day.run("inbox", "mejl")
    told = json.loads(day.run("log", "invigning", "--json"))
    bounced = {each["address"] for each in told["deliveries"] if each["status"] == "bounced"}
    assert bounced == set(people[0::4])
    assert json.loads(day.run("rsvp", "invigning", "--json"))["answers"] == dict.fromkeys(
        sorted(people[2::4]), "coming"
    )
    listed = json.loads(day.run("recipients", "list-suppressed", "--json"))["suppressions"]
    assert sorted(each["key"] for each in listed) == sorted(people[3::4])
    # What is proposed: those gone for good, and the answers, once each.
    assert f"{PEOPLE // 2} to be decided" in day.run("inbox", "mejl")
    day.run("log", "verify")


def _run(folder: Path, *words: str, seconds: float) -> float:
    """Kills it after so many seconds, unless it has ended before; how long it ran."""
    begun = time.monotonic()
    with subprocess.Popen(
        command("inbox", "mejl", *words),
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.kill()
    return time.monotonic() - begun
