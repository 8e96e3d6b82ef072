"""`log verify` of a log on a server: does it keep its own rules? Changes nothing."""

from collections.abc import Iterator

from pressutskick.deliverylog.postgres.log import PostgresDeliveryLog
from pressutskick.deliverylog.relational.verification import verify_age, verify_rows
from pressutskick.sentences import Sentence


def verify_server_log(log: PostgresDeliveryLog) -> Iterator[Sentence]:
    """Everything that is wrong with the log; nothing where it is whole.

    Whether the server's own files are whole is the server's matter (`pg_amcheck`).
    """
    with log.connection() as session:
        yield from verify_rows(session)
        yield from verify_age(session, log.watermark)
