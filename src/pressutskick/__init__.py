"""Take a press invitation to the right newsdesks, once each, and prove it.

The rooms from top to bottom: each may import what stands below it, never what stands above, and
those on one line with `|` do not know each other. pyproject.toml holds it; docs/architecture.md
shows the way of an invitation through them.

    cli             who speaks in a terminal: commands, flags, asks, shows
    | api           what a Python program does: read, check, plan, preview, send
    assembly        Settings become objects: workspace, log, relay
    actions         WHAT a communicator does: request in, result out
    | transports    what carries envelope and bytes: SMTP, sandbox, memory
    | deliverylog   what was sent, durably: SQLite, PostgreSQL, memory
    | sources       the person's files: documents to text, lists to rows
    | identity      who we are to a server: passwords and tokens
    | inbox         where mails come in: IMAP, folders
    | probes        facts from outside for `doctor`: names, relay, machine
    | exports       files for the person: private, whole or not at all
    | web           pages for the person's browser, while a command runs
    settings        what a run is told
    report          what happened: figures, the page that tells them, the record
    dispatch        HOW it goes out: plan, policy, engine, the log's protocols
    checks          what would be wrong in tomorrow's paper
    reading         text to facts, with lines and doubt
    | message       what EACH ONE gets: templates, bytes, calendar
    | replies       what comes back: bounces, absences, answers
    release         WHAT is announced: values, the canonical document
    | recipients    WHO gets it: rows to recipients, selection
    mail            mailbox, envelope, reply
    omissions       what a reader left out, counted
    errors          the exceptions and the exit statuses
    sentences       what a person is told, before a language is chosen
"""

import importlib

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """The names of `api`, loaded when the first of them is used: a command line needs none.

    `__init__.pyi` tells them to type checkers. Imported by name, since this package is what every
    room lies in, and no room may lean on `api`.
    """
    if not name.startswith("_"):
        api = importlib.import_module("pressutskick.api")
        if name in api.__all__:
            return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
