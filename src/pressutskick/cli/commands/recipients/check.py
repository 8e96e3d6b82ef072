"""`recipients check`: everything worth a look in lists, before anybody is mailed."""

import datetime as dt
from typing import Annotated

import typer

from pressutskick.cli.commands.person import tell_retention
from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.flags.lists import Lists, To, fail_on_errors, named_lists, show_some
from pressutskick.cli.flags.shared import Json, Now
from pressutskick.cli.language import _
from pressutskick.cli.shows.screen.console import plain, print_json, talk
from pressutskick.errors import Problem, Severity


def check(
    lists: Lists = None,
    to: To = None,
    online: Annotated[
        bool, typer.Option("--online", help=_("Ask the name system which domains take mail."))
    ] = False,
    max_age: Annotated[
        int,
        typer.Option(
            "--max-age", metavar="DAYS", min=1, help=_("Tell of rows that were checked longer ago.")
        ),
    ] = 365,
    now: Now = "",
    as_json: Json = False,
) -> None:
    """Tells every problem of every list; exit status 65 where a row is faulty."""
    from pressutskick.assembly.lists import load_recipients
    from pressutskick.reading.view import problem_documents
    from pressutskick.recipients.audit import audit, audit_domains
    from pressutskick.sources.lists.exposure import find_exposed_lists

    settings = command_settings()
    loaded = load_recipients(named_lists(lists, to), settings.workspace)
    found = [
        *loaded.problems,
        *audit(
            loaded.recipients,
            today=clock_now(now).date(),
            max_age=dt.timedelta(days=max_age),
        ),
    ]
    if online:
        from pressutskick.sources.lists.domains import look_up_domains

        health = look_up_domains(recipient.mailbox.domain for recipient in loaded.recipients)
        found += audit_domains(loaded.recipients, health)
    found += find_exposed_lists(settings.workspace)
    problems = _each_once(found)
    if as_json:
        print_json({"problems": problem_documents(problems)})
    else:
        show_some(problems)
        talk().print(plain(_tell_counts(len(loaded.recipients), problems), "bold"))
        tell_retention(settings)
    fail_on_errors(loaded.problems)


def _each_once(problems: list[Problem]) -> tuple[Problem, ...]:
    """Reading and auditing both see two names of one mailbox."""
    by_place = {(str(problem.origin), problem.code): problem for problem in reversed(problems)}
    return tuple(reversed(by_place.values()))


def _tell_counts(recipients: int, problems: tuple[Problem, ...]) -> str:
    counts = {
        severity: sum(problem.severity is severity for problem in problems) for severity in Severity
    }
    return _(
        "Recipients: {recipients}. Errors: {errors}, warnings: {warnings}, hints: {hints}.",
        recipients=recipients,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        hints=counts[Severity.HINT],
    )
