"""What the name system says about the sender's domain: SPF, DKIM, DMARC, MX (RFC 7208, 6376, 9989).

Owns the verdicts; the questions are asked by `probes.names`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pressutskick.dispatch.preflight.findings import Finding
from pressutskick.dispatch.relays import Relay
from pressutskick.dispatch.signin.refusals import Desk
from pressutskick.errors import Severity
from pressutskick.sentences import Sentence, say


class SpfTrouble(StrEnum):
    """Why an SPF record counts for nothing (permerror)."""

    LOOKUPS = "lookups"
    VOID_LOOKUPS = "void_lookups"
    LOOP = "loop"
    SYNTAX = "syntax"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailExchanger:
    """A host that takes the domain's mail. `is_alias`: its name is a CNAME (RFC 2181 section 10.3)."""

    name: str
    is_alias: bool = False
    has_address: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainFacts:
    """One domain. `organisation` is the domain that alignment goes by (RFC 9989 section 4.10).

    `unanswered` are kinds of records that nobody answered about. `spf_words` and `dmarc_words` are
    the checker's own. `dmarc_strict` says whether SPF or DKIM must fit the very domain.
    `dkim_selectors` None: none was looked for.
    """

    domain: str
    organisation: str
    exists: bool = True
    unanswered: tuple[str, ...] = ()
    exchanges: tuple[MailExchanger, ...] = ()
    is_null_mx: bool = False
    has_address: bool = False
    spf_records: tuple[str, ...] = ()
    spf_lookups: int | None = None
    spf_trouble: SpfTrouble | None = None
    spf_words: str = ""
    dmarc_records: tuple[str, ...] = ()
    dmarc_policy: str | None = None
    dmarc_strict: bool = False
    dmarc_reports: bool = False
    dmarc_words: str = ""
    dkim_selectors: tuple[str, ...] | None = None
    has_mta_sts: bool = False
    has_tls_reports: bool = False


#: What an SPF record names when the service may send for the domain.
_INCLUDES = {
    Relay.MICROSOFT365: "spf.protection.outlook.com",
    Relay.GMAIL: "_spf.google.com",
}


def judge_domain(facts: DomainFacts, relay: Relay, mailbox: str | None) -> Iterator[Finding]:
    """Every finding; `mailbox` is the address that logs in at `relay`, None where nobody does."""
    if not facts.exists:
        yield Finding(
            code="dns.no_domain",
            severity=Severity.ERROR,
            sentence=say("{domain}: there is no such domain.", domain=facts.domain),
            remedy=say("Check PRESSUTSKICK_FROM: answers and bounces go to that domain."),
        )
        return
    if facts.unanswered:
        yield Finding(
            code="dns.unanswered",
            severity=Severity.WARNING,
            sentence=say(
                "The name system did not answer about {kinds} of {domain}.",
                kinds=", ".join(facts.unanswered),
                domain=facts.domain,
            ),
            remedy=say("Try again later, or from another network."),
        )
    yield from _judge_mx(facts)
    if "SPF" not in facts.unanswered:
        yield from _judge_spf(facts, relay)
    if "DMARC" not in facts.unanswered:
        yield from _judge_dmarc(facts)
    yield from _judge_alignment(facts, mailbox)
    yield from _judge_extras(facts, relay)


def _dns(code: str, severity: Severity, sentence: Sentence, wish: Sentence) -> Finding:
    return Finding(code=code, severity=severity, sentence=sentence, desk=Desk.DNS, wish=wish)


def _judge_mx(facts: DomainFacts) -> Iterator[Finding]:
    domain = facts.domain
    if facts.is_null_mx:
        yield _dns(
            "mx.null",
            Severity.ERROR,
            say(
                "{domain} says that it takes no mail (null MX): newsrooms refuse it.", domain=domain
            ),
            say("Publish the MX of the domain's mail server, or send from a domain that has one."),
        )
    elif not facts.exchanges and "MX" not in facts.unanswered:
        yield _dns(
            "mx.none",
            Severity.WARNING if facts.has_address else Severity.ERROR,
            say("{domain} has no MX: answers and bounces may not arrive.", domain=domain),
            say("Publish the MX of the domain's mail server."),
        )
    for exchange in facts.exchanges:
        if exchange.is_alias:
            yield _dns(
                "mx.alias",
                Severity.WARNING,
                say("The MX of {domain}, {name}, is an alias.", domain=domain, name=exchange.name),
                say("Name the host itself in the MX; an alias (CNAME) is not allowed there."),
            )
        elif not exchange.has_address:
            yield _dns(
                "mx.no_address",
                Severity.ERROR if len(facts.exchanges) == 1 else Severity.WARNING,
                say(
                    "The MX of {domain}, {name}, has no address.", domain=domain, name=exchange.name
                ),
                say("Publish the host's address, or take it out of the MX."),
            )


def _judge_spf(facts: DomainFacts, relay: Relay) -> Iterator[Finding]:
    domain, records = facts.domain, facts.spf_records
    if not records:
        yield _dns(
            "spf.none",
            Severity.WARNING,
            say("{domain} has no SPF: receivers cannot tell who may send for it.", domain=domain),
            say("Publish one SPF record that names the mail server that we send over."),
        )
        return
    if len(records) > 1:
        yield _dns(
            "spf.several",
            Severity.ERROR,
            say(
                "{domain} has {n} SPF records; then none of them counts.",
                domain=domain,
                n=len(records),
            ),
            say("Make one SPF record of them."),
        )
        return
    if facts.spf_trouble is not None:
        yield _spf_trouble(facts)
        return
    (record,) = records
    yield from _judge_spf_terms(domain, record.lower().split(), relay)


def _spf_trouble(facts: DomainFacts) -> Finding:
    sentences = {
        SpfTrouble.LOOKUPS: say(
            "The SPF of {domain} needs more than ten look-ups; then it counts for nothing.",
            domain=facts.domain,
        ),
        SpfTrouble.VOID_LOOKUPS: say(
            "The SPF of {domain} names more than two hosts that are not there.", domain=facts.domain
        ),
        SpfTrouble.LOOP: say("The SPF of {domain} names itself.", domain=facts.domain),
        SpfTrouble.SYNTAX: say(
            "The SPF of {domain} cannot be read: {words}.",
            domain=facts.domain,
            words=facts.spf_words.rstrip("."),
        ),
    }
    trouble = facts.spf_trouble or SpfTrouble.SYNTAX
    return _dns(
        f"spf.{trouble}",
        Severity.ERROR,
        sentences[trouble],
        say("Mend the SPF record; what is not used any more can go."),
    )


def _judge_spf_terms(domain: str, terms: list[str], relay: Relay) -> Iterator[Finding]:
    if {"+all", "all"} & set(terms):
        yield _dns(
            "spf.everybody",
            Severity.ERROR,
            say("The SPF of {domain} lets everybody send for it (+all).", domain=domain),
            say("End the SPF record with -all or ~all."),
        )
    elif "?all" in terms or not any(
        term.endswith("all") or term.startswith("redirect=") for term in terms
    ):
        yield _dns(
            "spf.open",
            Severity.WARNING,
            say(
                "The SPF of {domain} says nothing about those that it does not name.", domain=domain
            ),
            say("End the SPF record with -all or ~all."),
        )
    include = _INCLUDES.get(relay)
    if include and not any(include in term for term in terms):
        yield _dns(
            "spf.not_relay",
            Severity.WARNING,
            say("The SPF of {domain} does not name {include}.", domain=domain, include=include),
            say(
                "Add include:{include} to the SPF record, if we may send over it.", include=include
            ),
        )


def _judge_dmarc(facts: DomainFacts) -> Iterator[Finding]:
    domain = facts.domain
    if not facts.dmarc_records:
        yield _dns(
            "dmarc.none",
            Severity.WARNING,
            say("{domain} has no DMARC: large receivers ask for one.", domain=domain),
            say(
                "Publish a DMARC record, to begin with v=DMARC1; p=none and an address for reports."
            ),
        )
        return
    if len(facts.dmarc_records) > 1:
        yield _dns(
            "dmarc.several",
            Severity.ERROR,
            say("{domain} has several DMARC records; then none of them counts.", domain=domain),
            say("Make one DMARC record of them."),
        )
        return
    if facts.dmarc_policy is None:
        yield _dns(
            "dmarc.syntax",
            Severity.ERROR,
            say(
                "The DMARC of {domain} cannot be read: {words}.",
                domain=domain,
                words=facts.dmarc_words.rstrip("."),
            ),
            say("Mend the DMARC record."),
        )
        return
    if facts.dmarc_policy == "none":
        yield _dns(
            "dmarc.policy_none",
            Severity.HINT,
            say("The DMARC of {domain} only watches (p=none).", domain=domain),
            say("When the reports are clean, go on to p=quarantine and p=reject."),
        )
    if not facts.dmarc_reports:
        yield _dns(
            "dmarc.no_reports",
            Severity.HINT,
            say("The DMARC of {domain} asks for no reports.", domain=domain),
            say("Name an address for reports (rua) in the DMARC record."),
        )


def _judge_alignment(facts: DomainFacts, mailbox: str | None) -> Iterator[Finding]:
    """Servers sign and bounce for the domain that logs in; DMARC wants it to be the sender's."""
    # A user name without a domain tells nothing.
    _, at, other = (mailbox or "").casefold().rpartition("@")
    mine = facts.domain if facts.dmarc_strict else facts.organisation
    if not at or other == facts.domain:
        return
    if facts.dmarc_strict or not (other == mine or other.endswith(f".{mine}")):
        yield Finding(
            code="auth.misaligned",
            severity=Severity.WARNING,
            sentence=say(
                "The login is of {other} and the sender of {domain}: the server may sign for the "
                "wrong domain, and DMARC fails.",
                other=other,
                domain=facts.domain,
            ),
            remedy=say("Send from an address of the domain that logs in."),
            desk=Desk.IT,
            wish=say(
                "Let the mail server sign (DKIM) for {domain} when this mailbox sends from there.",
                domain=facts.domain,
            ),
        )


def _judge_extras(facts: DomainFacts, relay: Relay) -> Iterator[Finding]:
    if facts.dkim_selectors == () and relay is not Relay.PLAIN:
        yield _dns(
            "dkim.none",
            Severity.WARNING,
            say("{domain} has no DKIM key where this service keeps it.", domain=facts.domain),
            say("Turn DKIM on for the domain at the mail service, and publish its records."),
        )
    if not facts.has_mta_sts:
        yield _dns(
            "mta_sts.none",
            Severity.HINT,
            say(
                "{domain} has no MTA-STS: answers to it may travel unencrypted.",
                domain=facts.domain,
            ),
            say("Publish an MTA-STS policy."),
        )
    if not facts.has_tls_reports:
        yield _dns(
            "tls_rpt.none",
            Severity.HINT,
            say(
                "{domain} asks for no reports about failed encryption (TLS-RPT).",
                domain=facts.domain,
            ),
            say("Publish a TLS-RPT record."),
        )
