"""What is said of a sender's domain, each finding from the facts that make it.

The real name server that the facts are asked of is in tests/integration/test_domain_verdicts.py.
"""

from dataclasses import replace

import pytest

from pressutskick.dispatch.preflight.names import (
    DomainFacts,
    MailExchanger,
    SpfTrouble,
    judge_domain,
)
from pressutskick.dispatch.preflight.servers import (
    ServerFacts,
    Service,
    choose_server,
)
from pressutskick.dispatch.relays import Relay
from pressutskick.dispatch.signin.refusals import Desk
from pressutskick.dispatch.signin.tickets import REGISTRATION, Matter, TicketFacts, write_ticket
from pressutskick.errors import Severity
from pressutskick.sentences import say

SOUND = DomainFacts(
    domain="astad.example",
    organisation="astad.example",
    exchanges=(MailExchanger(name="mx.astad.example"),),
    has_address=True,
    spf_records=("v=spf1 mx include:spf.protection.outlook.com -all",),
    dmarc_records=("v=DMARC1; p=reject; rua=mailto:d@astad.example",),
    dmarc_policy="reject",
    dmarc_reports=True,
    dkim_selectors=("selector1",),
    has_mta_sts=True,
    has_tls_reports=True,
)
MAILBOX = "press@astad.example"
ALIAS = MailExchanger(name="alias.astad.example", is_alias=True)
NOWHERE = MailExchanger(name="borta.astad.example", has_address=False)


def codes(facts: DomainFacts, mailbox: str | None = MAILBOX) -> dict[str, Severity]:
    return {each.code: each.severity for each in judge_domain(facts, Relay.MICROSOFT365, mailbox)}


def test_a_domain_in_order_has_no_findings() -> None:
    assert codes(SOUND) == {}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"exists": False, "spf_records": ()}, {"dns.no_domain": Severity.ERROR}),
        ({"unanswered": ("SPF",), "spf_records": ()}, {"dns.unanswered": Severity.WARNING}),
        ({"unanswered": ("DMARC",), "dmarc_records": ()}, {"dns.unanswered": Severity.WARNING}),
        ({"unanswered": ("MX",), "exchanges": ()}, {"dns.unanswered": Severity.WARNING}),
        ({"is_null_mx": True, "exchanges": ()}, {"mx.null": Severity.ERROR}),
        ({"exchanges": ()}, {"mx.none": Severity.WARNING}),
        ({"exchanges": (), "has_address": False}, {"mx.none": Severity.ERROR}),
        ({"exchanges": (ALIAS,)}, {"mx.alias": Severity.WARNING}),
        ({"exchanges": (NOWHERE,)}, {"mx.no_address": Severity.ERROR}),
        ({"exchanges": (NOWHERE, *SOUND.exchanges)}, {"mx.no_address": Severity.WARNING}),
        ({"spf_records": ()}, {"spf.none": Severity.WARNING}),
        ({"spf_records": SOUND.spf_records * 2}, {"spf.several": Severity.ERROR}),
        *(
            ({"spf_trouble": trouble, "spf_words": "no."}, {f"spf.{trouble}": Severity.ERROR})
            for trouble in SpfTrouble
        ),
        (
            {"spf_records": ("v=spf1 include:spf.protection.outlook.com +all",)},
            {"spf.everybody": Severity.ERROR},
        ),
        (
            {"spf_records": ("v=spf1 include:spf.protection.outlook.com ?all",)},
            {"spf.open": Severity.WARNING},
        ),
        (
            {"spf_records": ("v=spf1 include:spf.protection.outlook.com",)},
            {"spf.open": Severity.WARNING},
        ),
        ({"spf_records": ("v=spf1 mx -all",)}, {"spf.not_relay": Severity.WARNING}),
        ({"dmarc_records": ()}, {"dmarc.none": Severity.WARNING}),
        ({"dmarc_records": SOUND.dmarc_records * 2}, {"dmarc.several": Severity.ERROR}),
        ({"dmarc_policy": None, "dmarc_words": "p?"}, {"dmarc.syntax": Severity.ERROR}),
        ({"dmarc_policy": "none"}, {"dmarc.policy_none": Severity.HINT}),
        ({"dmarc_reports": False}, {"dmarc.no_reports": Severity.HINT}),
        ({"dkim_selectors": ()}, {"dkim.none": Severity.WARNING}),
        ({"dkim_selectors": None}, {}),
        ({"has_mta_sts": False}, {"mta_sts.none": Severity.HINT}),
        ({"has_tls_reports": False}, {"tls_rpt.none": Severity.HINT}),
    ],
    ids=lambda value: "+".join(map(str, value)),
)
def test_each_fact_makes_its_finding(
    changes: dict[str, object], expected: dict[str, Severity]
) -> None:
    assert codes(replace(SOUND, **changes)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mailbox", "is_strict", "is_aligned"),
    [
        (None, False, True),
        ("konto", False, True),
        ("press@astad.example", True, True),
        ("press@post.astad.example", False, True),
        ("press@post.astad.example", True, False),
        ("press@annan.example", False, False),
        ("press@inteastad.example", False, False),
    ],
)
def test_who_logs_in_should_belong_to_the_sender_s_domain(
    mailbox: str | None, is_strict: bool, is_aligned: bool
) -> None:
    found = codes(replace(SOUND, dmarc_strict=is_strict), mailbox)
    assert found == ({} if is_aligned else {"auth.misaligned": Severity.WARNING})


# The server to propose ----------------------------------------------------------------------------


def test_what_the_domain_names_goes_before_who_keeps_its_mail() -> None:
    tls = (
        Service(host="b.astad.example", port=465, priority=20),
        Service(host="a.astad.example", port=465, priority=10),
    )
    plain = (Service(host="c.astad.example", port=587),)
    none = (Service(host=".", port=0),)
    kept = ("astad-example.mail.protection.outlook.com",)
    both = choose_server(ServerFacts(submissions=tls, submission=plain, exchanges=kept))
    assert both is not None
    assert (both.host, both.port, both.is_tls) == ("a.astad.example", 465, True)
    only = choose_server(ServerFacts(submissions=none, submission=plain, exchanges=kept))
    assert only is not None
    assert (only.host, only.is_tls) == ("c.astad.example", False)
    microsoft = choose_server(ServerFacts(submission=none, exchanges=kept))
    assert microsoft is not None
    assert microsoft.relay is Relay.MICROSOFT365


@pytest.mark.parametrize(
    ("exchange", "host"),
    [
        ("ASPMX.L.GOOGLE.COM", "smtp.gmail.com"),
        ("mx01.mail.icloud.com", "smtp.mail.me.com"),
        ("mx.notgoogle.com.example", None),
        ("evilgoogle.com", None),
    ],
)
def test_a_keeper_is_known_by_the_end_of_its_name(exchange: str, host: str | None) -> None:
    found = choose_server(ServerFacts(exchanges=(exchange,)))
    assert (found.host if found else None) == host


# The letter ---------------------------------------------------------------------------------------

FACTS = TicketFacts(
    sender="Pressen i Åstad <press@astad.example>",
    mailbox=MAILBOX,
    program="pressutskick 0.1.0",
    when="2026-11-25 09:00",
)


def test_the_letter_names_what_is_wrong_asked_for_and_known() -> None:
    matter = Matter(sentence=say("It is off."), wish=say("Turn it on."), answer="535 5.7.3\r\n no")
    subject, *body = map(str, write_ticket(Desk.IT, (matter, REGISTRATION), FACTS))
    assert subject == f"Subject: Sending mail from {MAILBOX} by a program"
    for line in (
        "What is wrong: It is off.",
        "The server's words: 535 5.7.3 no",
        "What we ask for: Turn it on.",
        f"- Mailbox that logs in: {MAILBOX}",
        "- Program: pressutskick 0.1.0",
    ):
        assert line in body
    assert not any(line.startswith("- Tenant") for line in body)


@pytest.mark.parametrize(
    ("facts", "domain"), [(FACTS, "astad.example"), (replace(FACTS, sender=None), "-")]
)
def test_a_letter_about_names_is_about_the_domain(facts: TicketFacts, domain: str) -> None:
    subject, *_ = map(str, write_ticket(Desk.DNS, (), facts))
    assert subject == f"Subject: Mail authentication of the domain {domain}"


def test_who_has_no_mailbox_writes_as_the_sender() -> None:
    subject, *_ = map(str, write_ticket(Desk.IT, (), replace(FACTS, mailbox="konto")))
    assert (
        subject == "Subject: Sending mail from Pressen i Åstad <press@astad.example> by a program"
    )
