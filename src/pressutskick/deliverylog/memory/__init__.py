"""The delivery log in memory: for dry runs, for tests of what stands on a log, for other programs.

Keeps the same promises as the log in a file, within one process and until it ends.
"""
