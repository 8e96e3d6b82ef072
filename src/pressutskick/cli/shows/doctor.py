"""What `doctor` has found: facts by place, then what is wrong, why, and who can mend it."""

from collections.abc import Iterator, Sequence

from rich.table import Table

from pressutskick.assembly.examining import Examination
from pressutskick.cli.language import _, tell
from pressutskick.cli.shows.screen.console import (
    SEVERITY_STYLES,
    out,
    plain,
    print_table,
    severity_word,
)
from pressutskick.dispatch.preflight.findings import Finding
from pressutskick.dispatch.preflight.place import Caller, PlaceFacts
from pressutskick.dispatch.signin.refusals import Desk
from pressutskick.errors import ExitStatus, Severity
from pressutskick.release.zone import ZONE, tell_moment
from pressutskick.sentences import Sentence
from pressutskick.settings.model import Settings
from pressutskick.settings.reading import ToldSetting

_WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.HINT)


def show_examination(
    settings: Settings, told: Sequence[ToldSetting], examination: Examination
) -> None:
    """Everything, the findings last, the worst of them first."""
    if told:
        out().print(plain(_("Settings"), "bold"))
        print_table(_settings_table(told))
    facts = [
        *_place_facts(examination.place),
        *_relay_facts(settings, examination),
        *_domain_facts(examination),
        *_letter_facts(examination),
    ]
    if facts:
        out().print(plain(_("What was found out"), "bold"))
        for fact in facts:
            out().print(plain(f"  {fact}"))
    for severity in _WORST_FIRST:
        for finding in examination.findings:
            if finding.severity is severity:
                _show_finding(finding)
    if not any(finding.severity is Severity.ERROR for finding in examination.findings):
        out().print(plain(_("Nothing stands in the way."), "bold green"))


def _settings_table(told: Sequence[ToldSetting]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for setting in told:
        table.add_row(
            plain(f"  {setting.key}"), plain(setting.text), plain(_origin(setting.origin), "dim")
        )
    return table


def _origin(origin: str | Sentence) -> str:
    return tell(origin) if isinstance(origin, Sentence) else origin


def _place_facts(facts: PlaceFacts) -> Iterator[str]:
    if facts.last_use is not None:
        yield _("The delivery log was last used {clock}.", clock=tell_moment(facts.last_use))
    words = {Caller.CRON: _("cron"), Caller.TIMER: _("a timer of systemd")}
    for caller in facts.callers or ():
        yield _("Reminders are sent by {caller}.", caller=words[caller])
    if facts.last_reminding is not None:
        clock = tell_moment(facts.last_reminding)
        yield _("`remind --all` last ran {clock}.", clock=clock)


def _relay_facts(settings: Settings, examination: Examination) -> Iterator[str]:
    facts = examination.relay
    if facts is not None:
        yield _(
            "The mail server {host} has the addresses {addresses}.",
            host=settings.smtp_host,
            addresses=", ".join(facts.addresses),
        )
        if facts.tls and facts.certificate_ends:
            day = f"{facts.certificate_ends.astimezone(ZONE):%Y-%m-%d}"
            yield _("It speaks {tls}; its certificate is good until {day}.", tls=facts.tls, day=day)
        yield _("It offers {extensions}.", extensions=", ".join(facts.extensions) or "-")
    if examination.is_logged_in:
        yield _("The login works.")
    if examination.sign_in is not None:
        yield _("Signed in as {person}.", person=examination.sign_in.person or "-")


def _domain_facts(examination: Examination) -> Iterator[str]:
    facts = examination.domain
    if facts is None:
        return
    if facts.exchanges:
        names = ", ".join(each.name for each in facts.exchanges)
        yield _("{domain} takes mail at {names}.", domain=facts.domain, names=names)
    for record in facts.spf_records:
        yield f"SPF: {record}"
    if facts.spf_lookups is not None:
        yield _("SPF needs {n} of at most 10 look-ups.", n=facts.spf_lookups)
    for record in facts.dmarc_records:
        yield f"DMARC: {record}"
    if facts.dkim_selectors:
        yield _("DKIM keys: {names}", names=", ".join(facts.dkim_selectors))


def _letter_facts(examination: Examination) -> Iterator[str]:
    facts = examination.letter
    if facts is None:
        return
    yield _(
        "The letter to {address} came after {seconds} s.",
        address=facts.address,
        seconds=max(0, round(facts.took.total_seconds())),
    )
    if facts.authentication is not None:
        server = facts.authentication.server or "-"
        for each in facts.authentication.results:
            about = f" ({each.subject})" if each.subject else ""
            yield f"{server}: {each.method.upper()} {each.result}{about}"


def _show_finding(finding: Finding) -> None:
    line = plain(severity_word(finding.severity), SEVERITY_STYLES[finding.severity])
    line.append(": ").append_text(plain(tell(finding.sentence)))
    out().print(line.append(f" [{finding.code}]", style="dim"))
    whose = desk_words(finding.desk)
    remedy = finding.remedy or finding.wish
    if remedy is not None:
        out().print(plain(f"  {whose}: {tell(remedy)}"))


def desk_words(desk: Desk) -> str:
    """Whose desk it is on, as a person says it."""
    return {
        Desk.YOU: _("You"),
        Desk.IT: _("Your IT department"),
        Desk.DNS: _("Whoever runs the domain's DNS"),
    }[desk]


def examination_json(
    told: Sequence[ToldSetting], examination: Examination, status: ExitStatus
) -> dict[str, object]:
    """The same for programs; sentences are English in every language."""
    return {
        "settings": [
            {"key": each.key, "value": each.text, "origin": str(each.origin)} for each in told
        ],
        "findings": [
            {
                "code": each.code,
                "severity": str(each.severity),
                "desk": str(each.desk),
                "message": str(each.sentence),
                "remedy": None if each.remedy is None else str(each.remedy),
                "wish": None if each.wish is None else str(each.wish),
            }
            for each in examination.findings
        ],
        "logged_in": examination.is_logged_in,
        "letter": _letter_json(examination),
        "exit": int(status),
    }


def _letter_json(examination: Examination) -> dict[str, object] | None:
    facts = examination.letter
    if facts is None:
        return None
    found = facts.authentication
    return {
        "address": facts.address,
        "seconds": round(facts.took.total_seconds(), 1),
        "server": found.server if found else None,
        "results": [
            {"method": each.method, "result": each.result, "subject": each.subject}
            for each in (found.results if found else ())
        ],
    }
