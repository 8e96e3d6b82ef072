"""What PostgreSQL says, in the person's words: one table from its errors to ours."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from pressutskick.errors import DeliveryLogError
from pressutskick.sentences import Sentence, say


def delivery_log_error(error: psycopg.Error, name: str) -> DeliveryLogError:
    """The error to raise instead, with what to do about it; `name` is the log in words."""
    for kinds, reason, remedy in _KNOWN:
        if isinstance(error, kinds):
            return _refused(name, reason, remedy)
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return DeliveryLogError(
            say(
                "The delivery log on {server} cannot be reached: {reason}.",
                server=name,
                reason=_reason(error),
            ),
            remedy=say(
                "Nothing more was sent. When the server answers again, run the same command: it "
                "goes on where it stopped."
            ),
        )
    return _refused(
        name,
        say("{words}", words=_reason(error)),
        say("Look with: pressutskick doctor. If it stays so, ask whoever runs the server."),
    )


def _refused(name: str, reason: Sentence, remedy: Sentence) -> DeliveryLogError:
    return DeliveryLogError(
        say("The delivery log on {server} cannot be used: {reason}.", server=name, reason=reason),
        remedy=remedy,
    )


def _reason(error: psycopg.Error) -> str:
    """The server's first words, without its full stop and what we say ourselves."""
    text = error.diag.message_primary or str(error) or type(error).__name__
    return text.strip().splitlines()[0].rpartition("failed: ")[2].rstrip(".")


_KNOWN: tuple[tuple[tuple[type[psycopg.Error], ...], Sentence, Sentence], ...] = (
    (
        (errors.InvalidPassword, errors.InvalidAuthorizationSpecification),
        say("the server does not let you in"),
        say(
            "Check the user in PRESSUTSKICK_DATABASE and the password in ~/.pgpass or "
            "PRESSUTSKICK_DATABASE_PASSWORD_COMMAND."
        ),
    ),
    (
        (errors.InvalidCatalogName, errors.InvalidSchemaName),
        say("there is no such database"),
        say("Make it as docs/department.md says, then run the same command again."),
    ),
    (
        (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction),
        say("you may read it, not write it"),
        say("Nothing was sent. Ask whoever runs the server for the role that sends."),
    ),
    (
        (errors.DiskFull, errors.OutOfMemory, errors.InsufficientResources),
        say("the server has no room left"),
        say("Make room there, then run the same command again; it goes on where it stopped."),
    ),
    (
        (errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow),
        say("the server is being restarted"),
        say(
            "Nothing more was sent. When the server answers again, run the same command: it goes on "
            "where it stopped."
        ),
    ),
    (
        (errors.IdleSessionTimeout, errors.IdleInTransactionSessionTimeout),
        say("this machine was silent for so long that the server gave its work free"),
        say("Nothing more was sent. Run the same command again: it goes on where it stopped."),
    ),
)


@contextmanager
def told_as_log_error(name: str) -> Iterator[None]:
    """Turns what psycopg raises within into a DeliveryLogError."""
    try:
        yield
    except psycopg.Error as error:
        raise delivery_log_error(error, name) from error
