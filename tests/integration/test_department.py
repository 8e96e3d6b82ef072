"""The log's server dies in the middle while several machines send: nobody gets two, nobody is lost."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.kit.department import Department, cut, harm_at, restart
from tests.kit.due import REMIND, DueWorkspace
from tests.kit.postgres import PostgresServer, find_programs, require_server
from tests.kit.postoffice import open_post_office


@pytest.mark.parametrize("harm", [restart, cut])
def test_a_server_that_is_lost_in_the_middle_costs_nobody_a_mail(
    tmp_path: Path, harm: Callable[..., None]
) -> None:
    programs = find_programs()
    if programs is None:
        pytest.skip("needs PostgreSQL's own programs (Debian: postgresql)")
    server = PostgresServer(programs)
    try:
        with open_post_office(tmp_path / "post") as office:
            department = Department(tmp_path / "machines", server, office, ("anna", "bo"))
            told = harm_at(department, 20, harm, random.Random(1))  # noqa: S311
            department.close()
    finally:
        server.remove()
    assert told.is_right, told
    assert set(told.ends) <= {0, 76}
    # What may be unknown was in flight: six connections of the mailbox, and what waited for the log.
    assert told.unknown <= 20


def test_reminders_from_three_machines_at_once_reach_each_desk_once(tmp_path: Path) -> None:
    database = require_server().new_schema()
    with open_post_office(tmp_path / "post") as office:
        machines = [DueWorkspace(tmp_path / name, office.port, recipients=9) for name in "abc"]
        for machine in machines:
            machine.environment |= {
                "PRESSUTSKICK_DATABASE": database,
                "XDG_STATE_HOME": str(machine.folder / "state"),
            }
        machines[0].announce()
        running = [machines[number % 3].start(*REMIND) for number in range(4)]
        ends = [(*each.communicate(timeout=120), each.returncode) for each in running]
        assert {end[2] for end in ends} <= {0, 75}, ends
        assert [len(office.mails(each)) for each in machines[0].addresses] == [2] * 9
