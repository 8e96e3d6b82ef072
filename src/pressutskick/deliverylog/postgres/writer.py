"""The writer of a run over PostgreSQL: groups of intents and of results in two transactions.

Its session is the one that holds the dispatch: whoever can still write, still holds it. It says
something every second, so that the server can tell a run that waits from one that is cut off.
"""

from collections.abc import Mapping, Sequence
from json import dumps, loads
from typing import Any

import psycopg

from pressutskick.deliverylog.postgres.faults import delivery_log_error
from pressutskick.deliverylog.postgres.session import PostgresSession
from pressutskick.deliverylog.relational.emergency import EmergencyFile
from pressutskick.deliverylog.relational.queue import Job, Kind
from pressutskick.deliverylog.relational.rows import moment_text
from pressutskick.deliverylog.relational.writer import Writer
from pressutskick.errors import DeliveryLogError
from pressutskick.sentences import say


class PostgresWriter(Writer):
    """Works off jobs over the session of the run."""

    speaks_up = True

    def __init__(
        self,
        session: PostgresSession,
        *,
        name: str,
        ids: Mapping[str, int],
        now: Any,
        emergency: EmergencyFile,
    ) -> None:
        """`ids` are those of dispatch, run and the run that has chosen; `now` as in the store."""
        super().__init__(name, emergency=emergency)
        self.session = session
        self._ids = ids
        self._now = now

    def _is_asked_to_end(self) -> bool:
        ((is_stopped,),) = self.session.run("is_stopped", self._ids).fetchall()
        return bool(is_stopped)

    def _explain(self, error: Exception) -> DeliveryLogError:
        if isinstance(error, psycopg.Error):
            return delivery_log_error(error, self._log_name)
        return DeliveryLogError(
            say("{file}: {reason}.", file=self._log_name, reason=repr(error)),
            remedy=say("Look with: pressutskick log verify. Nothing was sent."),
        )

    def _forget(self) -> None:
        """A transaction that failed is taken back already."""

    def _close(self) -> None:
        """The run closes its session, when it has settled what is open."""

    def _split(self, group: list[Job]) -> list[list[Job]]:
        told = [job for job in group if job.kind in (Kind.COMMIT, Kind.RELEASE, Kind.CLAIM)]
        results = [job for job in group if job.kind is Kind.RECORD]
        asked = [job for job in group if job.kind is Kind.READ]
        return [told, results, asked]

    def _write(self, group: Sequence[Job]) -> None:
        now = moment_text(self._now()) if self._now else None
        try:
            self._tell(group, now)
        except psycopg.IntegrityError as error:
            raise self._not_as_left(error) from error
        for job in group:
            if job.kind is Kind.READ:
                name, values = job.value if isinstance(job.value, tuple) else (job.value, {})
                job.answer = self.session.run(name, {**self._ids, **values}).fetchall()

    def _tell(self, group: Sequence[Job], now: str | None) -> None:
        if results := [job.value for job in group if job.kind is Kind.RECORD]:
            values = {**self._ids, "results": dumps(results), "now": now}
            self.session.run("tell_results", values)
        intents = [job.value for job in group if job.kind is Kind.COMMIT]
        releases = [id_ for job in group if job.kind is Kind.RELEASE for id_ in job.value]
        claims: list[Job | None] = [job for job in group if job.kind is Kind.CLAIM]
        if not claims and (intents or releases):
            claims = [None]
        for claim in claims:
            wanted, due = claim.value if claim else (0, None)
            ((found,),) = self.session.run(
                "tell_and_claim",
                {
                    **self._ids,
                    "intents": dumps(intents),
                    "releases": dumps(releases),
                    "wanted": wanted,
                    "due": moment_text(due) if due else None,
                    "now": now,
                },
            ).fetchall()
            intents, releases = [], []
            if claim:
                claim.answer = loads(found)
