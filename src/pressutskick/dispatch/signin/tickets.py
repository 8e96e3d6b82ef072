"""The letter to whoever can mend it: what is wrong, what is asked for, the facts that they ask for.

Owns its wording; what is wrong comes from `refusals` or from the findings of `doctor`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pressutskick.dispatch.signin.refusals import Desk
from pressutskick.sentences import Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing that is wrong, what is asked for, and the server's own words where it had any."""

    sentence: Sentence
    wish: Sentence
    answer: str = ""


#: Before anybody can sign in at all.
REGISTRATION = Matter(
    sentence=say(
        "The mail server wants a sign-in (OAuth) instead of a password, and for that the program must "
        "be known to the organisation as an application."
    ),
    wish=say(
        "Register the application, and send us its client id and the tenant's id. Microsoft Entra: App "
        "registrations, New registration; single tenant; platform Mobile and desktop applications with "
        "the redirect URI http://localhost; Allow public client flows: Yes; API permissions, delegated: "
        "https://outlook.office.com/SMTP.Send and offline_access, with administrator consent; and "
        "authenticated SMTP on for the mailbox. Google Workspace: an internal application, an OAuth "
        "client of type Desktop app, the scope https://mail.google.com/. No secret needs to be kept: "
        "it is a public client with PKCE."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFacts:
    """The facts that IT asks for first; absent ones are None. `when` is written out."""

    sender: str | None = None
    mailbox: str | None = None
    server: str | None = None
    provider: str | None = None
    client_id: str | None = None
    tenant: str | None = None
    scopes: str | None = None
    program: str
    when: str


def write_ticket(desk: Desk, matters: Sequence[Matter], facts: TicketFacts) -> tuple[Sentence, ...]:
    """The letter, a paragraph a sentence; the first is its subject."""
    return (
        _subject(desk, facts),
        say("Hello,"),
        say(
            "We send press invitations to newsrooms with the program pressutskick, as a mail program "
            "does: over our own mail server, with our own mailbox. Something stops it, and we "
            "believe that it is on your desk."
        ),
        *(part for matter in matters for part in _tell(matter)),
        say("The facts:"),
        *_facts(facts),
        say("Thank you. Write back if more is needed; we can try again while you look at it."),
    )


def _subject(desk: Desk, facts: TicketFacts) -> Sentence:
    if desk is Desk.DNS:
        domain = (facts.sender or "").rpartition("@")[2].rstrip(">")
        return say("Subject: Mail authentication of the domain {domain}", domain=domain or "-")
    return say(
        "Subject: Sending mail from {mailbox} by a program",
        mailbox=facts.mailbox if "@" in (facts.mailbox or "") else facts.sender or "-",
    )


def _tell(matter: Matter) -> Iterator[Sentence]:
    yield say("What is wrong: {sentence}", sentence=matter.sentence)
    if matter.answer:
        yield say("The server's words: {answer}", answer=" ".join(matter.answer.split()))
    yield say("What we ask for: {wish}", wish=matter.wish)


def _facts(facts: TicketFacts) -> Iterator[Sentence]:
    named = (
        (say("Sender"), facts.sender),
        (say("Mailbox that logs in"), facts.mailbox),
        (say("Mail server"), facts.server),
        (say("Signs in at"), facts.provider),
        (say("Application (client id)"), facts.client_id),
        (say("Tenant"), facts.tenant),
        (say("Permissions asked for"), facts.scopes),
        (say("Program"), facts.program),
        (say("When"), facts.when),
    )
    for name, value in named:
        if value:
            yield say("- {name}: {value}", name=name, value=value)
