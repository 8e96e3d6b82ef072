"""`log verify`: does a log keep its own rules, and is its chain whole? Changes nothing."""

from collections.abc import Iterator

from pressutskick.deliverylog.relational.chain import Harm, Place, Source, find_harm
from pressutskick.deliverylog.relational.session import Session
from pressutskick.deliverylog.relational.watermark import Watermark
from pressutskick.sentences import Sentence, say

#: Deliveries that one broken rule names.
_NAMED = 5


def verify_rows(session: Session) -> Iterator[Sentence]:
    """Everything that is wrong with what the log says; nothing where it is whole."""
    yield from _verify_rules(session)
    yield from _verify_chain(session)


def verify_age(session: Session, watermark: Watermark) -> Iterator[Sentence]:
    """Whether the log is an old copy that was put back."""
    (last,) = session.run("last_run").fetchone()
    if last < watermark.read():
        yield say(
            "This is an old copy of the delivery log; this machine has sent since. If it is to be "
            "gone on with: pressutskick log verify --restored"
        )


def _verify_rules(session: Session) -> Iterator[Sentence]:
    rules = {
        "verify_two_dots": say("may have been mailed twice without anybody's decision"),
        "verify_accepted_without_reply": say("are called accepted, but no reply says so"),
        "verify_unsent_but_accepted": say("were accepted, but are not called so"),
        "verify_attempt_numbers": say("have lost or gained attempts"),
        "verify_skips_have_reasons": say("are skipped without a reason, or have one and are not"),
        "verify_deferred_have_times": say("are put off without a time, or have one and are not"),
    }
    for name, words in rules.items():
        found = [row[0] for row in session.run(name)]
        if found:
            yield say(
                "Deliveries that {rule}: {count} (number {numbers}).",
                count=len(found),
                rule=words,
                numbers=", ".join(map(str, found[:_NAMED])),
            )


def _verify_chain(session: Session) -> Iterator[Sentence]:
    """The first row that another program has changed, and how many more there are."""
    found = list(find_harm(session))
    if not found:
        return
    first = found[0]
    yield say(
        "{place} {harm}. Rows that another program has touched: {count}.",
        place=_name(first.place),
        harm=_HARMS[first.harm],
        count=len(found),
    )


def _name(place: Place) -> Sentence:
    """The row in words."""
    return {
        Source.ATTEMPT: say(
            "Attempt {number} of delivery {row}", number=place.number, row=place.row
        ),
        Source.RESOLUTION: say("Decision {row} about a delivery", row=place.row),
        Source.APPROVAL: say("Approval {row}", row=place.row),
        Source.SUPPRESSION: say("Suppression {row}", row=place.row),
    }[place.source]


_HARMS = {
    Harm.CHANGED: say("was changed after it was written"),
    Harm.REMOVED: say("was taken out"),
    Harm.ADDED: say("was added by hand"),
    Harm.BROKEN: say("is where the chain of rows is broken"),
}
