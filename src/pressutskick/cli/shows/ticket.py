"""The letter to whoever can mend it, on standard output, to be copied into a mail."""

from collections.abc import Sequence

from pressutskick import __version__
from pressutskick.assembly import login as assembly
from pressutskick.assembly.examining import try_sender
from pressutskick.cli.flags.clock import clock_now
from pressutskick.cli.language import _, tell
from pressutskick.cli.shows.screen.console import out, plain, talk
from pressutskick.dispatch.preflight.findings import Finding
from pressutskick.dispatch.signin.refusals import Desk, find_refusal
from pressutskick.dispatch.signin.tickets import REGISTRATION, Matter, TicketFacts, write_ticket
from pressutskick.errors import Severity, UsageError
from pressutskick.release.zone import ZONE
from pressutskick.sentences import say
from pressutskick.settings.model import Settings


def show_login_ticket(settings: Settings, answer: str) -> None:
    """The letter about what stands in the way of sending; tries it where no `answer` is given.

    Raises:
        UsageError: the answer is not known, so that nobody can be asked.
        PressutskickError: what was met can be mended by the person.
    """
    if not answer and settings.login_client_id is None:
        show_ticket(settings, Desk.IT, [REGISTRATION])
        return
    answer = answer or _meet_refusal(settings)
    if not answer:
        talk().print(plain(_("The login works; there is nothing to write about.")))
        return
    known = find_refusal(answer)
    if known is None:
        known_codes = say("Ask whoever runs the mail server, with these words.")
        raise UsageError(say("{answer} is not known here.", answer=answer), remedy=known_codes)
    if known.wish is None:
        talk().print(plain(tell(known.sentence)))
        talk().print(plain(_("You can mend this yourself; no letter is needed.")))
        return
    matter = Matter(sentence=known.sentence, wish=known.wish, answer=answer)
    show_ticket(settings, known.desk, [matter])


def show_ticket(settings: Settings, desk: Desk, matters: Sequence[Matter]) -> None:
    """The letter in the person's language."""
    is_first = True
    for paragraph in write_ticket(desk, matters, _circumstances(settings)):
        text = tell(paragraph)
        # Paragraphs stand apart, so that the letter can be copied as it is; a list does not.
        if not (is_first or text.startswith("- ")):
            out().print()
        out().print(plain(text))
        is_first = False


def show_findings_tickets(settings: Settings, findings: Sequence[Finding]) -> None:
    """A letter to each desk that can mend something; hints alone make none."""
    written = 0
    for desk in (Desk.IT, Desk.DNS):
        matters = [
            Matter(sentence=each.sentence, wish=each.wish, answer=each.answer)
            for each in findings
            if each.desk is desk and each.wish and each.severity is not Severity.HINT
        ]
        if matters:
            if written:
                out().print(plain("-" * 60))
            show_ticket(settings, desk, matters)
            written += 1
    if not written:
        talk().print(plain(_("There is nothing that somebody else would have to mend.")))


def _meet_refusal(settings: Settings) -> str:
    """What the provider said last, or what the mail server says now; empty where it lets us in."""
    if settings.login is not None and assembly.load_sign_in(settings) is None:
        refusal = assembly.open_sign_in_store().refusal(assembly.name_sign_in(settings))
        if refusal:
            return refusal
        assembly.require_sign_in(settings)
    error = try_sender(settings)
    if error is not None and not error.answer:
        raise error
    return error.answer if error is not None else ""


def _circumstances(settings: Settings) -> TicketFacts:
    scopes = None
    if settings.login is not None and settings.login_client_id is not None:
        scopes = assembly.make_provider(settings).scope
    server = None
    if settings.smtp_host is not None:
        server = f"{settings.smtp_host}:{settings.smtp_port} ({settings.smtp_security})"
    return TicketFacts(
        sender=str(settings.sender) if settings.sender else None,
        mailbox=assembly.find_mailbox(settings),
        server=server,
        provider=settings.login,
        client_id=settings.login_client_id,
        tenant=settings.login_tenant,
        scopes=scopes,
        program=f"pressutskick {__version__}",
        when=f"{clock_now('').astimezone(ZONE):%Y-%m-%d %H:%M %Z}",
    )
