"""The rules of `doctor`: findings from facts."""

from datetime import UTC, datetime, timedelta

import pytest

from pressutskick.dispatch.preflight.findings import Finding, exit_status
from pressutskick.dispatch.preflight.place import Caller, PlaceFacts, judge_place
from pressutskick.dispatch.preflight.relay import RelayFacts, judge_opening, judge_relay
from pressutskick.dispatch.relays import Relay
from pressutskick.dispatch.signin.refusals import Desk
from pressutskick.errors import (
    AuthenticationError,
    ExitStatus,
    PressutskickError,
    RelayUnavailable,
    SettingsError,
    Severity,
    TlsError,
)
from pressutskick.sentences import say

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


def place(**facts: object) -> set[str]:
    return {each.code for each in judge_place(PlaceFacts(**facts), NOW)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({}, set()),
        ({"is_env_readable": True}, {"env.readable"}),
        ({"is_env_readable": True, "is_env_writable": True}, {"env.writable"}),
        ({"is_writable": False}, {"workspace.write"}),
        ({"log_faults": (say("It is broken."),)}, {"log.broken"}),
        ({"last_use": NOW - timedelta(days=1)}, set()),
        ({"last_use": NOW + timedelta(hours=1)}, {"clock.behind"}),
        ({"offset": timedelta(hours=-1)}, {"zone.other"}),
        ({"callers": ()}, {"timer.none"}),
        ({"callers": (), "last_reminding": NOW - timedelta(hours=1)}, set()),
        ({"callers": (), "last_reminding": NOW - timedelta(days=9)}, {"timer.none"}),
        ({"callers": (Caller.CRON,)}, {"timer.silent"}),
        ({"callers": (Caller.CRON,), "last_reminding": NOW - timedelta(hours=1)}, set()),
        ({"callers": (Caller.CRON,), "last_reminding": NOW - timedelta(days=2)}, {"timer.silent"}),
        ({"sign_in_ends": NOW + timedelta(hours=2)}, {"login.ends"}),
        ({"sign_in_ends": NOW + timedelta(days=30)}, set()),
    ],
)
def test_machine_and_workspace(facts: dict[str, object], codes: set[str]) -> None:
    assert place(**facts) == codes


def relay(
    kind: Relay = Relay.PLAIN, *, clear: bool = False, password: bool = False, **facts: object
) -> set[str]:
    found = judge_relay(
        RelayFacts(**facts),
        kind,
        NOW,
        is_clear=clear,
        has_password=password,  # type: ignore[arg-type]
    )
    return {each.code for each in found}


def test_the_mail_server() -> None:
    assert relay() == set()
    assert relay(clear=True) == {"relay.clear"}
    assert relay(certificate_ends=NOW + timedelta(days=20)) == {"relay.certificate_ends"}
    assert relay(certificate_ends=NOW + timedelta(days=22)) == set()
    assert relay(size=1_000_000) == {"relay.small"}
    assert relay(size=30_000_000) == set()
    assert relay(password=True) == set()
    assert relay(Relay.MICROSOFT365, password=True) == {"login.password"}


@pytest.mark.parametrize(
    ("error", "code", "desk", "status"),
    [
        (TlsError(say("x")), "relay.tls", Desk.IT, ExitStatus.SETTINGS),
        (RelayUnavailable(say("x")), "relay.unreachable", Desk.YOU, ExitStatus.TEMPORARY),
        (SettingsError(say("x")), "relay.settings", Desk.YOU, ExitStatus.SETTINGS),
        (AuthenticationError(say("x")), "relay.login", Desk.YOU, ExitStatus.LOGIN),
        (
            AuthenticationError(say("x"), answer="535 5.7.139 off"),
            "relay.login",
            Desk.IT,
            ExitStatus.LOGIN,
        ),
    ],
)
def test_what_kept_us_out(
    error: PressutskickError, code: str, desk: Desk, status: ExitStatus
) -> None:
    finding = judge_opening(error)
    assert (finding.code, finding.desk, finding.status) == (code, desk, status)
    assert (finding.wish is None) == (desk is Desk.YOU)


def test_the_exit_status_is_that_of_what_would_stop_a_dispatch_first() -> None:
    def finding(status: ExitStatus, severity: Severity = Severity.ERROR) -> Finding:
        return Finding(code="x", severity=severity, sentence=say("x"), status=status)

    assert exit_status([]) is ExitStatus.OK
    assert exit_status([finding(ExitStatus.LOGIN, Severity.WARNING)]) is ExitStatus.OK
    several = [finding(ExitStatus.TEMPORARY), finding(ExitStatus.LOGIN), finding(ExitStatus.LOG)]
    assert exit_status(several) is ExitStatus.LOG
    assert exit_status(several[:2]) is ExitStatus.LOGIN
