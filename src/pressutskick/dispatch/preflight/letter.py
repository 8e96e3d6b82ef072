"""What a letter to ourselves proves: how the receiving server judged its sender (RFC 8601).

Owns the verdicts; the letter is sent and read back elsewhere.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pressutskick.dispatch.preflight.findings import Finding
from pressutskick.dispatch.signin.refusals import Desk
from pressutskick.errors import Severity
from pressutskick.replies.authentication import Authentication
from pressutskick.sentences import Sentence, say

#: The method looked at, who mends it, and what is asked of them.
_METHODS = ("spf", "dkim")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """A letter that came back: how long it took, and what was written on it on its way.

    `authentication` is None where no server has judged it. `has_html` and `has_files` tell whether
    what was sent is still there.
    """

    address: str
    took: dt.timedelta
    authentication: Authentication | None
    has_html: bool = True
    has_files: bool = True


def judge_letter(facts: LetterFacts | None, address: str) -> Iterator[Finding]:
    """What is wrong; nothing where all is as it should be. None: the letter never came."""
    if facts is None:
        yield Finding(
            code="letter.missing",
            severity=Severity.WARNING,
            sentence=say("The letter to {address} has not come.", address=address),
            remedy=say("Look into the junk folder; run the same command again later."),
        )
        return
    if not (facts.has_html and facts.has_files):
        yield Finding(
            code="letter.changed",
            severity=Severity.WARNING,
            sentence=say("A part of the letter was taken away on its way."),
            desk=Desk.IT,
            wish=say("See what the mail server takes out of what we send."),
        )
    yield from _judge_authentication(facts.authentication)


def _judge_authentication(found: Authentication | None) -> Iterator[Finding]:
    if found is None or not found.results:
        yield Finding(
            code="letter.not_judged",
            severity=Severity.HINT,
            sentence=say("The receiving server says nothing about SPF, DKIM and DMARC."),
            remedy=say("Mail that stays in the house is often not judged."),
        )
        return
    if all(each.result == "none" for each in found.results):
        yield Finding(
            code="letter.not_judged",
            severity=Severity.HINT,
            sentence=say("The receiving server judged none of SPF, DKIM and DMARC."),
            remedy=say("Mail that stays in the house is often not judged."),
        )
        return
    yield from _judge_dmarc(found)
    for method in _METHODS:
        yield from _judge_method(found, method)


def _judge_dmarc(found: Authentication) -> Iterator[Finding]:
    results = {each.result for each in found.of("dmarc")}
    if "fail" in results:
        yield Finding(
            code="letter.dmarc_fails",
            severity=Severity.ERROR,
            sentence=say("The receiving server says that DMARC fails: newsrooms may refuse it."),
            desk=Desk.DNS,
            wish=say("Let SPF or DKIM fit the domain of the sender's address."),
        )
    elif results and not results & {"pass", "bestguesspass"}:
        yield _not_passed("dmarc", Severity.HINT, results)


def _judge_method(found: Authentication, method: str) -> Iterator[Finding]:
    """One passing signature is enough; a forwarder's may fail beside it."""
    results = {each.result for each in found.of(method)}
    if not results or "pass" in results:
        return
    has_dmarc = any(each.result == "pass" for each in found.of("dmarc"))
    yield _not_passed(method, Severity.HINT if has_dmarc else Severity.WARNING, results)


def _not_passed(method: str, severity: Severity, results: set[str]) -> Finding:
    told = ", ".join(sorted(results))
    wishes: dict[str, Sentence] = {
        "spf": say("Let the SPF record name the servers that send our mail."),
        "dkim": say("Let the mail server sign our mail with DKIM in the domain's name."),
        "dmarc": say("Publish a DMARC record for the domain."),
    }
    return Finding(
        code=f"letter.{method}_{min(results)}",
        severity=severity,
        sentence=say(
            "The receiving server says of {method}: {results}.",
            method=method.upper(),
            results=told,
        ),
        desk=Desk.IT if method == "dkim" else Desk.DNS,
        wish=wishes[method],
    )
