"""`make department`: the log's server restarted, cut off, or gone silent while three machines send.

MOMENTS says how many (100), SEED repeats them. Every desk has one mail or is named as unknown; what a
machine wrote after its session was gone would be a second mail.
"""

import os
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.kit.department import PEOPLE, Department, cut, harm_at, restart, swallow
from tests.kit.postgres import PostgresServer, find_programs
from tests.kit.postoffice import open_post_office

HARMS = {"restart": restart, "cut": cut, "silence": swallow}


def main() -> None:
    """All moments, a line each; status 1 where one went wrong."""
    programs = find_programs()
    if programs is None:
        sys.exit("needs PostgreSQL's own programs (Debian: postgresql)")
    moments = int(os.environ.get("MOMENTS", "100"))
    seed = int(os.environ.get("SEED") or random.randrange(10**6))  # noqa: S311
    chance, total, wrong = random.Random(seed), Counter[str](), 0  # noqa: S311
    # With its writes on the disk, as a department has it.
    server = PostgresServer(programs, fsync="on")
    try:
        with tempfile.TemporaryDirectory(prefix="pk-dep-") as folder:
            for number in range(moments):
                name = chance.choice(list(HARMS))
                with open_post_office(Path(folder, f"post{number}")) as office:
                    department = Department(
                        Path(folder, str(number)), server, office, ("anna", "bo", "cia")
                    )
                    told = harm_at(
                        department, chance.randrange(1, 3 * PEOPLE - 10), HARMS[name], chance
                    )
                    department.close()
                wrong += not told.is_right
                total.update(unknown=told.unknown, lost=told.lost, doubled=told.doubled)
                sys.stdout.write(f"{number} {name}: {told}\n")
                sys.stdout.flush()
    finally:
        server.remove()
    sys.stdout.write(f"seed {seed}: {moments} moments, {wrong} wrong, {dict(total)}\n")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
