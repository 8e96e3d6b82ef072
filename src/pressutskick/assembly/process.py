"""What concerns the whole process, and so only those who own one."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

#: Seconds that a thread may compute on while another wants the GIL. The writer of the delivery log
#: then makes intents durable while the next messages are composed, and not after it: a quarter more
#: messages a second where the relay answers at once. Shorter turns only cost more of them.
GIL_TURN = 0.001


@contextmanager
def short_turns() -> Iterator[None]:
    """The threads of this process take shorter turns at the GIL, as is good while a run is on."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, GIL_TURN))
    try:
        yield
    finally:
        sys.setswitchinterval(before)
