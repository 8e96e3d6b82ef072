"""What the name system says about a domain, asked by checkdmarc and dnspython. Network."""

import re
from collections.abc import Callable
from dataclasses import replace

import dns.exception
import dns.resolver
from checkdmarc.dmarc import check_dmarc
from checkdmarc.spf import check_spf
from checkdmarc.utils import get_base_domain

from pressutskick.dispatch.preflight.names import DomainFacts, MailExchanger, SpfTrouble
from pressutskick.dispatch.relays import Relay
from pressutskick.probes.resolver import PATIENCE

_PIECE = re.compile(r'"((?:[^"\\]|\\.)*)"')

#: Where the services keep their DKIM keys.
_SELECTORS = {Relay.MICROSOFT365: ("selector1", "selector2"), Relay.GMAIL: ("google",)}


def look_up_domain(domain: str, relay: Relay, resolver: dns.resolver.Resolver) -> DomainFacts:
    """All that there is to know; a question without an answer is named in `unanswered`."""
    asker = _Asker(resolver)
    domain = domain.casefold()
    facts = DomainFacts(domain=domain, organisation=get_base_domain(domain))
    if not asker.exists(domain):
        return replace(facts, exists=False)
    facts = _add_mx(facts, asker)
    facts = _add_spf(facts, asker)
    facts = _add_dmarc(facts, asker)
    selectors = _SELECTORS.get(relay)
    found = selectors and tuple(
        each for each in selectors if asker.texts(f"{each}._domainkey.{domain}", "DKIM")
    )
    return replace(
        facts,
        dkim_selectors=found,
        has_mta_sts=bool(asker.texts(f"_mta-sts.{domain}", "MTA-STS", "v=STSv1")),
        has_tls_reports=bool(asker.texts(f"_smtp._tls.{domain}", "TLS-RPT", "v=TLSRPTv1")),
        unanswered=tuple(dict.fromkeys(asker.unanswered)),
    )


class _Asker:
    """Asks, and notes what nobody answered."""

    def __init__(self, resolver: dns.resolver.Resolver) -> None:
        self.resolver = resolver
        self.unanswered: list[str] = []

    def exists(self, domain: str) -> bool:
        """False only where the name system says so."""
        try:
            self.resolver.resolve(f"{domain}.", "SOA")
        except dns.resolver.NXDOMAIN:
            return False
        except dns.exception.DNSException:
            return True
        return True

    def ask(self, name: str, kind: str, told: str) -> list[str]:
        """The records as text; none where there are none or nobody answers."""
        try:
            answer = self.resolver.resolve(f"{name}.", kind)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except dns.exception.DNSException:
            self.unanswered.append(told)
            return []
        return [record.to_text() for record in answer]

    def texts(self, name: str, told: str, beginning: str = "") -> list[str]:
        """TXT records that begin so, their pieces joined."""
        # As text each piece stands in quotation marks; the record is what they hold together.
        joined = ("".join(_PIECE.findall(text)) for text in self.ask(name, "TXT", told))
        return [text for text in joined if text.casefold().startswith(beginning.casefold())]

    def has_address(self, name: str) -> bool:
        """Whether a host has an address of either kind."""
        return bool(self.ask(name, "A", "A") or self.ask(name, "AAAA", "AAAA"))


def _add_mx(facts: DomainFacts, asker: _Asker) -> DomainFacts:
    names = [text.split()[1].rstrip(".") for text in asker.ask(facts.domain, "MX", "MX")]
    if names == [""]:
        return replace(facts, is_null_mx=True)
    exchanges = tuple(
        MailExchanger(
            name=name,
            is_alias=bool(asker.ask(name, "CNAME", "CNAME")),
            has_address=asker.has_address(name),
        )
        for name in names
        if name
    )
    is_host = not exchanges and asker.has_address(facts.domain)
    return replace(facts, exchanges=exchanges, has_address=is_host)


#: The checker's words for what makes a record void; its classes do not leave `check_spf`.
_TROUBLES: tuple[tuple[Callable[[str], bool], SpfTrouble], ...] = (
    (lambda words: "void" in words, SpfTrouble.VOID_LOOKUPS),
    (lambda words: "lookups" in words, SpfTrouble.LOOKUPS),
    (lambda words: "loop" in words, SpfTrouble.LOOP),
)


def _add_spf(facts: DomainFacts, asker: _Asker) -> DomainFacts:
    records = [
        text
        for text in asker.texts(facts.domain, "SPF", "v=spf1")
        if text.casefold().split(" ")[0] == "v=spf1"
    ]
    facts = replace(facts, spf_records=tuple(records))
    if len(records) != 1:
        return facts
    found = check_spf(facts.domain, resolver=asker.resolver, timeout=PATIENCE)
    words = str(found.get("error") or "")
    trouble = next((each for fits, each in _TROUBLES if fits(words)), SpfTrouble.SYNTAX)
    return replace(
        facts,
        spf_lookups=found.get("dns_lookups"),
        spf_trouble=trouble if words else None,
        spf_words=words,
    )


def _add_dmarc(facts: DomainFacts, asker: _Asker) -> DomainFacts:
    places = dict.fromkeys((facts.domain, facts.organisation))
    records: list[str] = []
    for place in places:
        records = records or asker.texts(f"_dmarc.{place}", "DMARC", "v=DMARC1")
    facts = replace(facts, dmarc_records=tuple(records))
    if len(records) != 1:
        return facts
    found = check_dmarc(facts.domain, resolver=asker.resolver, timeout=PATIENCE)
    if "tags" not in found:
        return replace(facts, dmarc_words=str(found.get("error")))
    tags = {name: str(tag["value"]) for name, tag in found["tags"].items()}
    return replace(
        facts,
        dmarc_policy=tags.get("p"),
        dmarc_strict="s" in (tags.get("adkim"), tags.get("aspf")),
        dmarc_reports="rua" in tags,
    )
