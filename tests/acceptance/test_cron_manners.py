"""`remind --all` as cron runs it: many at once, killed at any moment, by the real cron."""

import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.kit.due import REMIND, DueWorkspace
from tests.kit.postoffice import PostOffice, open_post_office

from pressutskick.deliverylog.sqlite.log import SqliteDeliveryLog
from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.records import DispatchKey
from pressutskick.message.model import Purpose
from pressutskick.transports.relay.faults import ScriptedFault, Stage, Victim

#: How many runs are killed; `make reminder-kills` asks for 50.
KILLS = int(os.environ.get("REMINDER_KILLS", "2"))
RECIPIENTS, CONNECTIONS = (40, 2) if KILLS > 2 else (12, 2)
#: How many run at once.
CROWD = 20 if KILLS > 2 else 8
REMINDER = DispatchKey(release_id="invigning", purpose=Purpose.REMINDER)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    with open_post_office(tmp_path / "post") as office:
        yield office


def reminded(office: PostOffice, workspace: DueWorkspace) -> Counter[int]:
    """How many reminders lie in how many mailboxes."""
    return Counter(len(office.mails(address)) - 1 for address in workspace.addresses)


@pytest.mark.skipif(sys.platform == "win32", reason="starts many processes at once")
def test_many_at_once_remind_each_recipient_once(office: PostOffice, tmp_path: Path) -> None:
    workspace = DueWorkspace(tmp_path / "ws", office.port, recipients=15)
    workspace.announce()
    runs = [workspace.start(*REMIND) for _ in range(CROWD)]
    ends = [(*run.communicate(timeout=120), run.returncode) for run in runs]
    assert reminded(office, workspace) == {1: 15}
    assert [status for _, _, status in ends] == [0] * CROWD, ends
    assert sum(bool(out) for out, _, _ in ends) == 1


def test_a_second_run_that_does_not_wait_leaves_with_75(office: PostOffice, tmp_path: Path) -> None:
    from pressutskick.deliverylog.sqlite.locks import followup_lock

    workspace = DueWorkspace(tmp_path / "ws", office.port, recipients=2)
    workspace.announce()
    with followup_lock(workspace.folder / "pressutskick.db", wait=0):
        status, out, err = workspace.run(*REMIND, "--wait", "0")
    assert (status, out) == (75, "")
    assert "right now" in err
    assert reminded(office, workspace) == {0: 2}


@pytest.mark.campaign
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not there")
def test_killed_at_any_moment_nobody_is_reminded_twice(office: PostOffice, tmp_path: Path) -> None:
    """Run, kill, run again until it ends by itself; who is undecided is `unknown`, and listed."""
    chance = random.Random(6)  # noqa: S311 - moments, not secrets
    unknown = 0
    for number in range(KILLS):
        workspace = DueWorkspace(tmp_path / f"ws{number}", office.port, recipients=RECIPIENTS)
        workspace.addresses = [f"run{number}-{address}" for address in workspace.addresses]
        rows = "\n".join(workspace.addresses)
        (workspace.folder / "lista.csv").write_text(f"e-post\n{rows}\n", "utf-8")
        workspace.announce()
        kill_on_the_way(office, workspace, chance)
        ends = [workspace.run(*REMIND) for _ in range(2)]
        log = SqliteDeliveryLog(workspace.folder / "pressutskick.db")
        counts = reminded(office, workspace)
        assert set(counts) <= {0, 1}, counts
        unknown += check_undecided(log, office, ends)
    print(f"{KILLS} kills, {unknown} deliveries undecided")  # noqa: T201 - for make


def kill_on_the_way(office: PostOffice, workspace: DueWorkspace, chance: random.Random) -> None:
    """The relay kills the run at one of its steps, answered or not: it knows what it has read."""
    stage = chance.choice([Stage.GREETING, Stage.MAIL, Stage.RCPT, Stage.DATA, *[Stage.FINAL] * 4])
    told = chance.random() < 0.5
    run: subprocess.Popen[str]

    def kill(victim: Victim) -> None:
        if told:
            victim.answer()
        run.kill()

    skip = chance.randrange(CONNECTIONS if stage is Stage.GREETING else RECIPIENTS)
    office.rules.faults[:] = [ScriptedFault(stage=stage, misbehaviour=kill, skip=skip, times=1)]
    run = workspace.start(*REMIND, "--connections", str(CONNECTIONS))
    run.communicate()
    assert run.returncode == -signal.SIGKILL
    office.rules.faults.clear()


def check_undecided(
    log: SqliteDeliveryLog, office: PostOffice, ends: list[tuple[int, str, str]]
) -> int:
    """Everybody has a mail or is named as undecided; the exit status says so."""
    record = log.find(REMINDER)
    assert record is not None
    undecided = 0
    for delivery in log.deliveries(record.id):
        got = len(office.mails(delivery.recipient.mailbox.address)) - 1
        if delivery.status is DeliveryStatus.UNKNOWN:
            undecided += 1
        else:
            assert (delivery.status, got) == (DeliveryStatus.ACCEPTED, 1)
    assert record.counts.get(DeliveryStatus.UNKNOWN, 0) == undecided
    assert ends[0][0] in (0, 76), ends
    assert bool(undecided) == (ends[0][0] == 76), ends
    return undecided


def cron_reason() -> str:
    """Why the machine's cron cannot be tried; empty where it can."""
    if sys.platform != "linux" or shutil.which("cron") is None or shutil.which("crontab") is None:
        return "there is no cron here"
    if os.geteuid() != 0:
        return "only root may start a cron of its own"
    if subprocess.run(["pgrep", "-x", "cron"], capture_output=True).returncode == 0:
        return "a cron runs here already, whose table is somebody's"
    if subprocess.run(["crontab", "-l"], capture_output=True).returncode == 0:
        return "there is a crontab here already"
    return ""


@pytest.mark.campaign
def test_a_real_cron_fires_the_printed_line(office: PostOffice, tmp_path: Path) -> None:
    """Only the interval is changed, from ten minutes to one; it takes up to a minute and a half."""
    reason = cron_reason() if os.environ.get("REAL_CRON") else "ask with REAL_CRON=1"
    if reason:
        pytest.skip(reason)
    workspace = DueWorkspace(tmp_path / "å b%c", office.port, recipients=2)
    workspace.announce()
    status, line, _ = workspace.run("schedule", "cron")
    assert status == 0
    line = line.replace("*/10 *", "* *", 1).replace("remind --all", " ".join(REMIND))
    # The package is not installed where tests run from the source.
    line = line.replace("&& ", f"&& PYTHONPATH='{workspace.environment['PYTHONPATH']}' ", 1)
    subprocess.run(["crontab", "-"], input=f'MAILTO=""\n{line}', text=True, check=True)
    cron = subprocess.Popen(["cron", "-f"])
    try:
        office.wait_for(4, seconds=100)
        assert reminded(office, workspace) == {1: 2}
    finally:
        cron.terminate()
        cron.wait()
        subprocess.run(["crontab", "-r"], check=True)
