"""What concerns the whole process is put back as it was."""

import sys

from pressutskick.assembly.process import short_turns


def test_a_run_leaves_the_turns_of_the_threads_as_they_were() -> None:
    before = sys.getswitchinterval()
    with short_turns():
        assert sys.getswitchinterval() < before
    assert sys.getswitchinterval() == before
