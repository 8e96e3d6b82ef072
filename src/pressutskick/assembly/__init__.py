"""The one place where Settings become objects, a module for each thing that is made.

What a function needs is imported when it runs: reading a document must not wait for SQLite.
"""
