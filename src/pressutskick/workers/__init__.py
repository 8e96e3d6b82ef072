"""Whole processes that share one run: each sends over connections of its own, into one log.

Python computes on one core at a time; where the relay is near and quick, that is the limit, and a
second process lifts it. The process that began the run holds the dispatch and sends too; the others
are handed all they need over a pipe (`orders`) and draw from the same log.

    parent (crew.py, member.py)                worker (work.py)
    holds the dispatch's lock, begins the run
    starts the process: WorkOrder          ->  opens the log, takes a lock of its own
                                           <-  READY
    first connection stands: GO            ->  sends until nothing is due
                                           <-  Events, for the progress bar
    STOP or ABORT, when a person says so   ->  as the first or second Ctrl-C
                                           <-  Ended, when everything of it is durable
    waits for all, adds up, settles, lets the dispatch go

GO is only said by a parent that holds the dispatch, to a worker that holds its own lock; and a run
that begins waits for the locks of an older run's workers. So at any moment one run has the dispatch
or none, whoever dies. A worker whose parent dies finishes what it has in flight, and ends.
"""
