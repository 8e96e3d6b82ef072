"""Everything that can be known before a dispatch: gathers the facts, and lets the rules judge them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressutskick.assembly.known import last_reminding
from pressutskick.assembly.log import database_path, has_delivery_log, verify_delivery_log
from pressutskick.assembly.login import find_mailbox, load_sign_in
from pressutskick.assembly.relay import make_relay_address
from pressutskick.dispatch.preflight.findings import Finding
from pressutskick.dispatch.preflight.place import PlaceFacts, judge_place
from pressutskick.dispatch.preflight.relay import judge_opening, judge_relay, judge_sender
from pressutskick.errors import PressutskickError, Problem, SettingsError, Severity
from pressutskick.sentences import say
from pressutskick.settings.model import SmtpSecurity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from pressutskick.dispatch.preflight.letter import LetterFacts
    from pressutskick.dispatch.preflight.names import DomainFacts
    from pressutskick.dispatch.preflight.relay import RelayFacts
    from pressutskick.identity.account import SignIn
    from pressutskick.settings.model import Settings

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What was found out. Absent parts were not asked for, or could not be had."""

    findings: tuple[Finding, ...]
    place: PlaceFacts
    relay: RelayFacts | None = None
    domain: DomainFacts | None = None
    sign_in: SignIn | None = None
    is_logged_in: bool = False
    letter: LetterFacts | None = None


def examine(
    settings: Settings, now: dt.datetime, zone: dt.tzinfo, *, is_online: bool
) -> Examination:
    """Opens connections and asks the name system only with `is_online`."""
    findings = [*_miss_settings(settings)]
    sign_in, refusal = _find_sign_in(settings)
    findings += refusal
    place = _look_at_place(settings, now, zone, sign_in)
    findings += judge_place(place, now)
    relay = domain = None
    is_logged_in = False
    if is_online and settings.smtp_host is not None:
        opening = list(_try_opening(settings)) if not refusal else []
        is_logged_in = not opening and not refusal and find_mailbox(settings) is not None
        relay = _look_at_relay(settings)
        findings += opening
        if relay is not None:
            findings += _judge_relay(settings, relay, now)
    if is_online and settings.sender is not None:
        domain, missing = _look_up(settings)
        findings += missing
        if domain is not None:
            from pressutskick.dispatch.preflight.names import judge_domain

            findings += judge_domain(domain, settings.relay, find_mailbox(settings))
    return Examination(
        findings=tuple(findings),
        place=place,
        relay=relay,
        domain=domain,
        sign_in=sign_in,
        is_logged_in=is_logged_in,
    )


def free_problems(settings: Settings, now: dt.datetime, zone: dt.tzinfo) -> tuple[Problem, ...]:
    """What `send` looks at by itself: no connection, no other program, not the whole log."""
    return tuple(
        Problem(code=each.code, severity=each.severity, sentence=each.sentence)
        for each in judge_place(_look_quickly(settings, now, zone), now)
        if each.severity is not Severity.HINT
    )


def _miss_settings(settings: Settings) -> Iterator[Finding]:
    if settings.sender is None:
        yield Finding(
            code="settings.no_sender",
            severity=Severity.ERROR,
            sentence=say("Nobody is named as sender: PRESSUTSKICK_FROM is empty."),
            remedy=say("Set up the workspace: pressutskick init"),
        )
    if settings.smtp_host is None:
        yield Finding(
            code="settings.no_server",
            severity=Severity.ERROR,
            sentence=say("No mail server is named: PRESSUTSKICK_SMTP_HOST is empty."),
            remedy=say("Set up the workspace: pressutskick init"),
        )


def _find_sign_in(settings: Settings) -> tuple[SignIn | None, list[Finding]]:
    """Who is signed in, or why nobody is, where the settings want somebody to be."""
    from pressutskick.identity.signedin import not_signed_in

    if settings.login is None:
        return None, []
    try:
        sign_in = load_sign_in(settings)
    except PressutskickError as error:
        return None, [judge_opening(error)]
    if sign_in is None:
        return None, [judge_opening(not_signed_in(find_mailbox(settings) or "-"))]
    return sign_in, []


def _look_quickly(settings: Settings, now: dt.datetime, zone: dt.tzinfo) -> PlaceFacts:
    from pressutskick.probes import place

    return PlaceFacts(
        is_writable=place.is_writable(settings.workspace),
        last_use=place.find_last_use(database_path(settings, is_sandbox=False)),
        offset=place.find_offset(now, zone),
    )


def _look_at_place(
    settings: Settings, now: dt.datetime, zone: dt.tzinfo, sign_in: SignIn | None
) -> PlaceFacts:
    from dataclasses import replace

    from pressutskick.probes import place

    has_log = has_delivery_log(settings, is_sandbox=False)
    renews = sign_in is None or sign_in.renewal is not None
    return replace(
        _look_quickly(settings, now, zone),
        env_file=str(settings.env_file) if settings.env_file else None,
        is_env_readable=settings.exposure.is_readable,
        is_env_writable=settings.exposure.is_writable or settings.exposure.is_foreign,
        log_faults=tuple(verify_delivery_log(settings)) if has_log else (),
        callers=place.find_callers(),
        last_reminding=last_reminding(settings.database),
        sign_in_ends=None if renews or sign_in is None else sign_in.token.ends_at,
    )


def try_relay(settings: Settings) -> PressutskickError | None:
    """What keeps us from a session that is connected, encrypted and logged in; None: nothing."""
    return _try_session(settings, None)


def try_sender(settings: Settings) -> PressutskickError | None:
    """The same, or what the relay has against our sender; nobody is mailed."""
    from pressutskick.message.wire.headers import ascii_domain

    address = ascii_domain(settings.sender.address) if settings.sender is not None else ""
    return _try_session(settings, address if address.isascii() else None)


def _try_session(settings: Settings, sender: str | None) -> PressutskickError | None:
    from pressutskick.transports.smtp import SmtpTransport

    async def open_and_close() -> PressutskickError | None:
        session = await SmtpTransport(make_relay_address(settings)).open()
        try:
            if not sender:
                return None
            return judge_sender(await session.try_sender(sender), sender, settings.relay)
        finally:
            await session.close()

    try:
        return asyncio.run(open_and_close())
    except PressutskickError as error:
        return error


def _try_opening(settings: Settings) -> Iterator[Finding]:
    error = try_sender(settings)
    if error is not None:
        yield judge_opening(error)


def _look_at_relay(settings: Settings) -> RelayFacts | None:
    """None where it cannot be reached: why is told by the opening."""
    from smtplib import SMTPException

    from pressutskick.probes.relay import look_at_relay
    from pressutskick.transports.smtp import make_tls_context

    try:
        return look_at_relay(
            settings.smtp_host or "",
            settings.smtp_port,
            str(settings.smtp_security),
            make_tls_context(str(settings.smtp_ca_file) if settings.smtp_ca_file else None),
            name=settings.smtp_ehlo_name,
        )
    except (OSError, SMTPException, SettingsError):
        return None


def _judge_relay(settings: Settings, facts: RelayFacts, now: dt.datetime) -> Iterator[Finding]:
    is_none = settings.smtp_security is SmtpSecurity.NONE
    has_password = bool(settings.smtp_password or settings.smtp_password_command)
    return judge_relay(
        facts,
        settings.relay,
        now,
        is_clear=is_none and settings.smtp_host not in _LOOPBACK,
        has_password=has_password and settings.smtp_username is not None,
    )


def _look_up(settings: Settings) -> tuple[DomainFacts | None, list[Finding]]:
    if settings.sender is None:
        return None, []
    try:
        from pressutskick.probes.names import look_up_domain
    except ImportError:
        return None, [
            Finding(
                code="dns.not_installed",
                severity=Severity.HINT,
                sentence=say("SPF, DKIM and DMARC were not looked at: a library is not installed."),
                remedy=say('Install it: pip install "pressutskick[{extra}]"', extra="doctor"),
            )
        ]
    from pressutskick.probes.resolver import make_resolver

    resolver = make_resolver()
    if resolver is None:
        return None, []
    return look_up_domain(settings.sender.domain, settings.relay, resolver), []
