"""What `doctor` says about a domain, by a table of zones on a real name server.

Skipped where there is no unbound.
"""

from collections.abc import Iterator

import dns.resolver
import pytest
from tests.kit.nameserver import nameserver_reason, running_nameserver

from pressutskick.dispatch.preflight.findings import Finding
from pressutskick.dispatch.preflight.names import judge_domain
from pressutskick.dispatch.relays import Relay
from pressutskick.dispatch.signin.refusals import Desk
from pressutskick.errors import Severity
from pressutskick.probes.names import look_up_domain

pytestmark = [
    pytest.mark.skipif(bool(nameserver_reason()), reason=nameserver_reason()),
    pytest.mark.xdist_group("nameserver"),
]

GOOD_SPF = "v=spf1 ip4:192.0.2.1 -all"
GOOD_DMARC = "v=DMARC1; p=reject; rua=mailto:dmarc@{domain}"


def zone(
    domain: str, *spf: str, mx: str | None = "", dmarc: str | None = GOOD_DMARC, more: str = ""
) -> list[str]:
    """A domain that has everything, but for what the arguments say. `{}` in `more` is the domain."""
    host = f"mx.{domain}." if mx == "" else mx
    records = [
        f"{domain}. SOA ns.{domain}. root.{domain}. 1 3600 900 86400 300",
        f"mx.{domain}. A 192.0.2.25",
        f'_mta-sts.{domain}. TXT "v=STSv1; id=1"',
        f'_smtp._tls.{domain}. TXT "v=TLSRPTv1; rua=mailto:tls@{domain}"',
        *[f'{domain}. TXT "{each}"' for each in spf],
        *[line.replace("{}", domain) for line in more.splitlines() if line],
    ]
    if host is not None:
        records.append(f"{domain}. MX 10 {host}")
    if dmarc is not None:
        records.append(f'_dmarc.{domain}. TXT "{dmarc.format(domain=domain)}"')
    return records


def many_lookups(count: int) -> str:
    return "v=spf1 " + " ".join(f"include:i{n}.m.example" for n in range(count)) + " -all"


INCLUDED = [f'i{n}.m.example. TXT "v=spf1 ip4:192.0.2.{n} -all"' for n in range(12)]
SERVICES = [
    'spf.protection.outlook.com. TXT "v=spf1 ip4:192.0.2.0/24 -all"',
    '_spf.google.com. TXT "v=spf1 ip4:192.0.2.0/24 -all"',
]

#: Domain, its records, and the codes of all that is wrong with it.
TABLE: list[tuple[str, list[str], set[str]]] = [
    ("good.example", zone("good.example", GOOD_SPF), set()),
    ("nospf.example", zone("nospf.example"), {"spf.none"}),
    ("othertxt.example", zone("othertxt.example", "v=spf10 all"), {"spf.none"}),
    ("twospf.example", zone("twospf.example", GOOD_SPF, "v=spf1 a -all"), {"spf.several"}),
    ("all.example", zone("all.example", "v=spf1 +all"), {"spf.everybody"}),
    ("bareall.example", zone("bareall.example", "v=spf1 a:mx.good.example all"), {"spf.everybody"}),
    ("neutral.example", zone("neutral.example", "v=spf1 ip4:192.0.2.1 ?all"), {"spf.open"}),
    ("noend.example", zone("noend.example", "v=spf1 ip4:192.0.2.1"), {"spf.open"}),
    ("ten.example", zone("ten.example", many_lookups(10)), set()),
    ("eleven.example", zone("eleven.example", many_lookups(11)), {"spf.lookups"}),
    ("syntax.example", zone("syntax.example", "v=spf1 ipv4:192.0.2.1 -all"), {"spf.syntax"}),
    ("loop.example", zone("loop.example", "v=spf1 include:loop.example -all"), {"spf.loop"}),
    (
        "void.example",
        zone("void.example", "v=spf1 a:v1.void.example a:v2.void.example a:v3.void.example -all"),
        {"spf.void_lookups"},
    ),
    ("nodmarc.example", zone("nodmarc.example", GOOD_SPF, dmarc=None), {"dmarc.none"}),
    (
        "watching.example",
        zone("watching.example", GOOD_SPF, dmarc="v=DMARC1; p=none; rua=mailto:d@{domain}"),
        {"dmarc.policy_none"},
    ),
    (
        "silent.example",
        zone("silent.example", GOOD_SPF, dmarc="v=DMARC1; p=quarantine"),
        {"dmarc.no_reports"},
    ),
    (
        "twodmarc.example",
        zone("twodmarc.example", GOOD_SPF, more='_dmarc.{}. TXT "v=DMARC1; p=reject"'),
        {"dmarc.several"},
    ),
    (
        "baddmarc.example",
        zone("baddmarc.example", GOOD_SPF, dmarc="v=DMARC1; p=sometimes"),
        {"dmarc.syntax"},
    ),
    ("sub.good.example", zone("sub.good.example", GOOD_SPF, dmarc=None), set()),
    ("nullmx.example", zone("nullmx.example", GOOD_SPF, mx="."), {"mx.null"}),
    ("nomx.example", zone("nomx.example", GOOD_SPF, mx=None), {"mx.none"}),
    (
        "alias.example",
        zone("alias.example", GOOD_SPF, mx="cn.alias.example.",
             more="cn.{}. CNAME mx.good.example."),
        {"mx.alias"},
    ),
    (
        "lost.example",
        zone("lost.example", GOOD_SPF, mx="nowhere.lost.example."),
        {"mx.no_address"},
    ),
    (
        "plainmail.example",
        [each for each in zone("plainmail.example", GOOD_SPF) if "STS" not in each and "TLSRPT" not in each],
        {"mta_sts.none", "tls_rpt.none"},
    ),
    ("missing.example", [], {"dns.no_domain"}),
    (
        "split.example",
        zone("split.example", 'v=spf1 ip4:192.0.2.1 " "-all'),
        set(),
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def resolver() -> Iterator[dns.resolver.Resolver]:
    records = [record for _, zone_, _ in TABLE for record in zone_]
    with running_nameserver([*records, *INCLUDED, *SERVICES]) as resolver:
        yield resolver


def judge(
    domain: str,
    resolver: dns.resolver.Resolver,
    relay: Relay = Relay.PLAIN,
    mailbox: str | None = None,
) -> list[Finding]:
    return list(judge_domain(look_up_domain(domain, relay, resolver), relay, mailbox))


@pytest.mark.parametrize(("domain", "codes"), [(each[0], each[2]) for each in TABLE])
def test_every_verdict_of_the_table(
    resolver: dns.resolver.Resolver, domain: str, codes: set[str]
) -> None:
    findings = judge(domain, resolver)
    assert {finding.code for finding in findings} == codes
    for finding in findings:
        # A name that is not there is a slip of the person's own.
        is_theirs = finding.code != "dns.no_domain"
        assert (finding.desk is Desk.DNS) == is_theirs
        assert (finding.wish is not None) == is_theirs


def test_the_table_has_at_least_fifteen_zones() -> None:
    assert len(TABLE) >= 15
    assert len({each[0] for each in TABLE}) == len(TABLE)


def test_a_domain_is_told_by_its_own_words(resolver: dns.resolver.Resolver) -> None:
    facts = look_up_domain("ten.example", Relay.PLAIN, resolver)
    assert facts.spf_lookups == 10
    assert [each.name for each in facts.exchanges] == ["mx.ten.example"]
    assert facts.dmarc_policy == "reject"


@pytest.mark.parametrize("relay", [Relay.MICROSOFT365, Relay.GMAIL])
def test_a_service_must_be_named_and_sign(resolver: dns.resolver.Resolver, relay: Relay) -> None:
    codes = {finding.code for finding in judge("good.example", resolver, relay)}
    assert codes == {"spf.not_relay", "dkim.none"}


@pytest.mark.parametrize(
    ("mailbox", "is_misaligned"),
    [
        ("press@good.example", False),
        ("press@mail.good.example", False),
        ("press@other.example", True),
        ("press@evilgood.example", True),
        (None, False),
    ],
)
def test_the_login_and_the_sender_are_of_one_organisation(
    resolver: dns.resolver.Resolver, mailbox: str | None, is_misaligned: bool
) -> None:
    codes = {finding.code for finding in judge("good.example", resolver, mailbox=mailbox)}
    assert ("auth.misaligned" in codes) == is_misaligned


def test_no_answer_is_no_verdict(resolver: dns.resolver.Resolver) -> None:
    deaf = dns.resolver.Resolver(configure=False)
    deaf.nameservers, deaf.port, deaf.lifetime = ["127.0.0.1"], 1, 0.2
    (finding,) = [
        each for each in judge("good.example", deaf) if each.severity is not Severity.HINT
    ]
    assert finding.code == "dns.unanswered"
