"""A worker's process; its parent speaks to it over standard input and output."""

import sys

from pressutskick.workers.work import Link, serve

with open(0, "rb", buffering=0, closefd=False) as orders:
    serve(Link(orders, sys.stdout.buffer))
