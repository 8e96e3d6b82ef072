"""Mails that a newsdesk would rather not get: too many in a week, and on a Friday afternoon. Pure.

Warnings only: whoever sends may have good reasons.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.dispatch.incoming import SentMail
from pressutskick.errors import Problem, Severity
from pressutskick.recipients.model import Recipient
from pressutskick.release.zone import ZONE
from pressutskick.sentences import say, say_many

#: How far back mails are counted.
WEEK = dt.timedelta(days=7)
#: From this hour on a Friday few newsrooms plan before Monday.
_HOUR, _FRIDAY = 14, 4
#: Addresses that a warning names.
_NAMED = 3


def warn_of_frequency(
    ready: Sequence[Recipient], sent: Iterable[SentMail], *, limit: int | None, moment: dt.datetime
) -> Iterator[Problem]:
    """Who would have more than `limit` mails within a week with this one, and a Friday afternoon.

    `sent` is what went out before; `moment` (aware) is when this one goes. None is no limit.
    """
    if limit is not None:
        yield from _warn_of_number(ready, sent, limit, moment - WEEK)
    local = moment.astimezone(ZONE)
    if local.weekday() == _FRIDAY and local.hour >= _HOUR:
        sentence = say(
            "It is Friday afternoon, {clock}: few newsrooms plan before Monday, and it may look as "
            "if it was to be overlooked.",
            clock=f"{local:%H:%M}",
        )
        yield Problem(code="friday-afternoon", severity=Severity.WARNING, sentence=sentence)


def _warn_of_number(
    ready: Sequence[Recipient], sent: Iterable[SentMail], limit: int, since: dt.datetime
) -> Iterator[Problem]:
    counts = Counter(
        mail.key
        for mail in sent
        if mail.moment >= since and mail.status is not DeliveryStatus.BOUNCED
    )
    many = [each.mailbox for each in ready if counts[each.mailbox.key] + 1 > limit]
    if not many:
        return
    names = ", ".join(mailbox.address for mailbox in many[:_NAMED])
    if len(many) > _NAMED:
        names = f"{names} …"
    sentence = say_many(
        "With this one {count} recipient has more than {limit} mails from us within a week: {names}",
        "With this one {count} recipients have more than {limit} mails from us within a week: {names}",
        len(many),
        limit=limit,
        names=names,
    )
    yield Problem(code="too-often", severity=Severity.WARNING, sentence=sentence)
