"""What every delivery log in a relational database shares: all but its SQL's dialect, locks and files.

An adapter (`sqlite`, `postgres`) gives a `Store` that opens sessions, its own statements where the
shared ones of `queries.sql` do not do, and its migrations. Columns and texts are the same in all, so
that a log can be copied from one to the other row by row, with its chain.
"""
