"""The queue between the event loop and the writer's thread: nothing is lost, the urgent wakes."""

import threading
import time

from hypothesis import given
from hypothesis import strategies as st

from pressutskick.deliverylog.relational.queue import Job, JobQueue, Kind

SOON = 0.0
#: Longer than any test: a job that waits so long is fetched only because a more urgent one came.
LATER = 3600.0


def job(value: object, wait: float) -> Job:
    return Job(kind=Kind.RECORD, due=time.monotonic() + wait, value=value)


@given(st.lists(st.sampled_from([SOON, LATER, 0.001]), max_size=40))
def test_everything_is_gathered_once_and_in_order(waits: list[float]) -> None:
    queue, gathered = JobQueue(), []

    def gather() -> None:
        while not gathered or gathered[-1].kind is not Kind.END:
            gathered.extend(queue.gather())

    thread = threading.Thread(target=gather, daemon=True)
    thread.start()
    for number, wait in enumerate(waits):
        queue.put(job(number, wait))
    queue.put(Job(kind=Kind.END))
    thread.join(30)
    assert not thread.is_alive()
    assert [each.value for each in gathered] == [*range(len(waits)), None]


def test_a_group_goes_when_its_most_urgent_job_will_wait_no_longer() -> None:
    queue = JobQueue()
    queue.put(job("a result", LATER))
    queue.put(job("an intent", SOON))
    assert [each.value for each in queue.gather()] == ["a result", "an intent"]
