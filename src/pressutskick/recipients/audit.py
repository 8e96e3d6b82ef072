"""What a careful colleague would ask about a list that has no faults: likely slips, old rows.

Pure. Nothing here stops a dispatch; every finding is a warning or a hint with its row.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from pressutskick.errors import Origin, Problem, Severity
from pressutskick.recipients.merging import name_conflict
from pressutskick.recipients.model import Recipient
from pressutskick.recipients.naming.spelling import near_pairs
from pressutskick.sentences import Sentence, say, say_many

#: Nobody reads what is sent there.
_UNREAD = re.compile(
    r"no-?reply|do-?not-?reply|svara-?(?:inte|ej)|(?:ikke|ej)-?svar|mailer-daemon|postmaster|abuse"
    r"|webmaster|hostmaster|bounces?",
    re.IGNORECASE,
)
#: Addresses of a function; a person's name beside one is a question.
_ROLE = re.compile(
    r"info|kontakt|contact|post|kansli|reception|redaktion(?:en)?|redaksjon(?:en)?|nyheter|news"
    r"|newsdesk|tips|press|desk(?:en)?|kundtjanst|support|admin|hello|hej|mail|office|sport|kultur",
    re.IGNORECASE,
)
#: A domain with so many recipients is known to the list; a rare one beside it is likely a slip.
_FREQUENT = 3
#: Rows of one kind that are named one by one.
MAX_NAMED = 50


class DomainHealth(StrEnum):
    """What the name system says about a domain."""

    ALIVE = "alive"
    MISSING = "missing"
    TAKES_NO_MAIL = "takes_no_mail"
    UNKNOWN = "unknown"


def audit(
    recipients: Sequence[Recipient], *, today: date, max_age: timedelta
) -> tuple[Problem, ...]:
    """Everything worth a look, in the order of the rows.

    Args:
        recipients: of one or several lists.
        today: the day from which the age of a check is counted.
        max_age: a row that was checked longer ago is told.
    """
    found = [
        *_roles(recipients),
        *_shared_mailboxes(recipients),
        *_near_addresses(recipients),
        *_same_names(recipients),
        *_near_domains(recipients),
        *_old_rows(recipients, today - max_age),
        *_missing_bookkeeping(recipients),
    ]
    return tuple(sorted(found, key=_place))


def _place(problem: Problem) -> tuple[str, int]:
    return problem.origin.file or "", problem.origin.line or 0


def _problem(code: str, severity: Severity, origin: Origin, sentence: Sentence) -> Problem:
    return Problem(code=f"list.{code}", severity=severity, sentence=sentence, origin=origin)


def _local(recipient: Recipient) -> str:
    return recipient.mailbox.address.rpartition("@")[0]


def _roles(recipients: Iterable[Recipient]) -> Iterable[Problem]:
    for recipient in recipients:
        address, local = recipient.mailbox.address, _local(recipient)
        if _UNREAD.fullmatch(local):
            sentence = say("nobody reads what is sent to {address}", address=address)
            yield _problem("unread_address", Severity.WARNING, recipient.origin, sentence)
        elif recipient.name and _ROLE.fullmatch(local):
            sentence = say(
                "{address} looks like a desk's address, but the row names {name}",
                address=address,
                name=recipient.name,
            )
            yield _problem("role_address", Severity.HINT, recipient.origin, sentence)


def _shared_mailboxes(recipients: Iterable[Recipient]) -> Iterable[Problem]:
    first: dict[str, Recipient] = {}
    for recipient in recipients:
        other = first.setdefault(recipient.mailbox.key, recipient)
        names = name_conflict(other, recipient)
        if names is not None:
            sentence = say(
                "{address} is {first} in {place} and {second} here",
                address=recipient.mailbox.address,
                first=names[0],
                place=str(other.origin),
                second=names[1],
            )
            yield _problem("two_names", Severity.WARNING, recipient.origin, sentence)


def _near_addresses(recipients: Sequence[Recipient]) -> Iterable[Problem]:
    domains: dict[str, dict[str, Recipient]] = defaultdict(dict)
    for recipient in recipients:
        local = _local(recipient).casefold()
        domains[recipient.mailbox.domain].setdefault(local, recipient)
    for people in domains.values():
        for first, second in near_pairs(people):
            one, other = people[first], people[second]
            sentence = say(
                "{address} is one letter from {other} in {place}; is one of them a slip?",
                address=other.mailbox.address,
                other=one.mailbox.address,
                place=str(one.origin),
            )
            yield _problem("near_address", Severity.WARNING, other.origin, sentence)


def _same_names(recipients: Iterable[Recipient]) -> Iterable[Problem]:
    """One person of one outlet with two addresses would get two mails."""
    first: dict[tuple[str, str], Recipient] = {}
    for recipient in recipients:
        if not (recipient.name and recipient.outlet):
            continue
        who = (recipient.name.casefold(), recipient.outlet.casefold())
        other = first.setdefault(who, recipient)
        if other.mailbox.key != recipient.mailbox.key:
            sentence = say(
                "{name} has another address too: {other} in {place}",
                name=recipient.name,
                other=other.mailbox.address,
                place=str(other.origin),
            )
            yield _problem("second_address", Severity.HINT, recipient.origin, sentence)


def _near_domains(recipients: Sequence[Recipient]) -> Iterable[Problem]:
    counts = Counter(recipient.mailbox.domain for recipient in recipients)
    slips: dict[str, str] = {}
    for pair in near_pairs(counts, shortest=6):
        rare, known = sorted(pair, key=lambda domain: (counts[domain], domain))
        if counts[known] >= _FREQUENT and counts[rare] * _FREQUENT <= counts[known]:
            slips[rare] = known
    for recipient in recipients:
        known = slips.get(recipient.mailbox.domain, "")
        if known:
            sentence = say(
                "{domain} is one letter from {known}, which {count} others have",
                domain=recipient.mailbox.domain,
                known=known,
                count=counts[known],
            )
            yield _problem("near_domain", Severity.WARNING, recipient.origin, sentence)


def _old_rows(recipients: Sequence[Recipient], oldest: date) -> Iterable[Problem]:
    old = [row for row in recipients if row.checked is not None and row.checked < oldest]
    for recipient in old[:MAX_NAMED]:
        sentence = say(
            "{address} was last checked on {day}",
            address=recipient.mailbox.address,
            day=recipient.checked,
        )
        yield _problem("old_row", Severity.HINT, recipient.origin, sentence)
    yield from _counted(old[MAX_NAMED:], "old_row", "so long ago")
    never = [recipient for recipient in recipients if recipient.checked is None]
    yield from _counted(never, "never_checked", "checked")


def _missing_bookkeeping(recipients: Sequence[Recipient]) -> Iterable[Problem]:
    """GDPR articles 6 and 14: where it came from, on which ground, when the person was told."""
    for name in ("source", "legal_ground", "informed"):
        lacking = [row for row in recipients if row.name and getattr(row, name) is None]
        yield from _counted(lacking, f"no_{name}", name)


def _counted(rows: Sequence[Recipient], code: str, what: str) -> Iterable[Problem]:
    """One hint for many rows of a list, at that list."""
    lists: dict[tuple[str | None, str | None], list[Recipient]] = {}
    for row in rows:
        lists.setdefault((row.origin.file, row.origin.sheet), []).append(row)
    for some in lists.values():
        yield _count_one(some, code, what)


def _count_one(rows: Sequence[Recipient], code: str, what: str) -> Problem:
    count = len(rows)
    sentences: Mapping[str, Sentence] = {
        "so long ago": say_many(
            "{count} more row was checked as long ago",
            "{count} more rows were checked as long ago",
            count,
        ),
        "checked": say_many(
            "{count} row does not say when it was last checked",
            "{count} rows do not say when they were last checked",
            count,
        ),
        "source": say_many(
            "{count} person's row does not say where the address comes from",
            "{count} persons' rows do not say where the addresses come from",
            count,
        ),
        "legal_ground": say_many(
            "{count} person's row does not say on which legal ground it is kept",
            "{count} persons' rows do not say on which legal ground they are kept",
            count,
        ),
        "informed": say_many(
            "{count} person's row does not say when they were told that it is kept",
            "{count} persons' rows do not say when they were told that they are kept",
            count,
        ),
    }
    origin = Origin(file=rows[0].origin.file, sheet=rows[0].origin.sheet)
    return _problem(code, Severity.HINT, origin, sentences[what])


def audit_domains(
    recipients: Iterable[Recipient], health: Mapping[str, DomainHealth]
) -> tuple[Problem, ...]:
    """A warning for every row whose domain cannot take mail; `health` is by lower-case domain."""
    found: list[Problem] = []
    for recipient in recipients:
        domain = recipient.mailbox.domain
        state = health.get(domain, DomainHealth.UNKNOWN)
        if state is DomainHealth.MISSING:
            sentence = say("{domain} does not exist (any more)", domain=domain)
        elif state is DomainHealth.TAKES_NO_MAIL:
            sentence = say("{domain} takes no mail", domain=domain)
        else:
            continue
        found.append(_problem("dead_domain", Severity.WARNING, recipient.origin, sentence))
    return tuple(found)
