"""What servers say when they let nobody in: what it means, whose desk it is on, the letter."""

import pytest

from pressutskick.dispatch.refusals import REFUSALS, Desk, advise, find_refusal
from pressutskick.dispatch.tickets import REGISTRATION, Circumstances, Matter, write_ticket

#: Answers as the services word them, cut where a tenant's own names would stand.
ANSWERS = [
    ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.", "smtp-auth-off-tenant", Desk.IT),
    ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.", "smtp-auth-off-mailbox", Desk.IT),
    ("535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy.", "security-defaults", Desk.IT),
    ("535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully.", "policy", Desk.IT),
    ("535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", "wrong-credentials", Desk.YOU),
    ("535 5.7.139", "smtp-auth-off", Desk.IT),
    ("5.7.139", "smtp-auth-off", Desk.IT),
    ("550 5.7.30 Basic authentication is not supported for Client Submission.", "password-off", Desk.YOU),
    ("535 5.7.3 Authentication unsuccessful [GV3P280CA0001.SWEP280.PROD.OUTLOOK.COM]", "token-not-for-mailbox", Desk.IT),
    ("530 5.7.57 Client not authenticated to send mail.", "not-signed-in", Desk.YOU),
    ("554 5.2.252 SendAsDenied; a@astad.example not allowed to send as b@astad.example", "send-as", Desk.IT),
    ("550 5.7.60 SMTP; Client does not have permissions to send as this sender", "send-as", Desk.IT),
    ("550 5.1.8 Access denied, bad outbound sender", "blocked-sender", Desk.IT),
    ("access_denied: AADSTS53003: Access has been blocked by Conditional Access policies.", "conditional-access", Desk.IT),
    ("invalid_grant: AADSTS65001: The user or administrator has not consented to use the application", "consent", Desk.IT),
    ("AADSTS90094: An administrator must approve this application.", "consent", Desk.IT),
    ("access_denied: AADSTS65004: User declined to consent to access the app.", "consent-declined", Desk.YOU),
    ("invalid_grant: AADSTS700082: The refresh token has expired due to inactivity.", "sign-in-ended", Desk.YOU),
    ("invalid_grant: AADSTS50173: The provided grant has expired due to it being revoked", "sign-in-ended", Desk.YOU),
    ("interaction_required: AADSTS50076: you must use multi-factor authentication", "second-factor", Desk.YOU),
    ("unauthorized_client: AADSTS700016: Application with identifier 'x' was not found in the directory", "unknown-application", Desk.IT),
    ("invalid_client: AADSTS7000218: The request body must contain: 'client_assertion' or 'client_secret'.", "public-client", Desk.IT),
    ("AADSTS50011: The redirect URI specified in the request does not match", "redirect", Desk.IT),
    ("AADSTS50105: the signed in user is not assigned to a role for the application", "not-assigned", Desk.IT),
    ("invalid_request: AADSTS90002: Tenant 'x' not found.", "unknown-tenant", Desk.YOU),
    ("AADSTS50020: User account from identity provider does not exist in tenant", "wrong-account", Desk.YOU),
    ("AADSTS50057: The user account is disabled.", "account-locked", Desk.IT),
    ("534-5.7.9 Application-specific password required. For more information, go to\n534 5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor", "app-password", Desk.YOU),
    ("534-5.7.14 Please log in via your web browser and then try again.", "log-in-with-browser", Desk.YOU),
    ("535-5.7.8 Username and Password not accepted. 5.7.8 https://support.google.com/mail/?p=BadCredentials - gsmtp", "app-password", Desk.YOU),
    ("access_denied: admin_policy_enforced", "admin-policy", Desk.IT),
    ("org_internal", "org-internal", Desk.YOU),
    ("redirect_uri_mismatch", "redirect", Desk.IT),
    ("550-5.7.26 This mail has been blocked because the sender is unauthenticated.", "unauthenticated-domain", Desk.DNS),
    ("550 5.7.515 Access denied, sending domain astad.example doesn't meet the required authentication level.", "unauthenticated-domain", Desk.DNS),
    ("550 5.7.606 Access denied, banned sending IP [192.0.2.1]", "blocked-address", Desk.IT),
    ("554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", "blocked-address", Desk.IT),
    ("553 5.7.1 <a@astad.example>: Sender address rejected: not owned by user b", "sender-not-owned", Desk.IT),
    ("530 5.7.0 Must issue a STARTTLS command first", "encryption-needed", Desk.YOU),
    ("530 5.7.0 Authentication required", "login-needed", Desk.YOU),
    ("554 5.7.1 <a@b.example>: Relay access denied", "relaying-denied", Desk.IT),
    ("535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6", "wrong-login", Desk.YOU),
    ("invalid_grant: grant request is invalid", "expired-grant", Desk.YOU),
    ("access_denied: End-User aborted interaction", "declined", Desk.IT),
    ("expired_token", "code-too-old", Desk.YOU),
    ("unauthorized_client: requested grant type is not allowed for this client", "way-not-allowed", Desk.IT),
    ("invalid_scope: Some requested scopes were invalid", "way-not-allowed", Desk.IT),
    ("invalid_client: The OAuth client was not found.", "wrong-client", Desk.IT),
    ("issuer_mismatch: https://other.example", "wrong-issuer", Desk.YOU),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "code", "desk"), ANSWERS)
def test_an_answer_lands_on_the_right_desk(answer: str, code: str, desk: Desk) -> None:
    refusal = find_refusal(answer)
    assert refusal is not None
    assert (refusal.code, refusal.desk) == (code, desk)


@pytest.mark.parametrize(
    "answer", ["451 4.7.0 Try again", "550 5.1.1 no such user", "250 2.0.0 Ok", ""]
)
def test_what_is_no_refusal_of_us_is_none(answer: str) -> None:
    assert find_refusal(answer) is None


def test_who_is_asked_for_something_can_be_written_to() -> None:
    assert len({refusal.code for refusal in REFUSALS}) == len(REFUSALS)
    for refusal in REFUSALS:
        assert (refusal.desk is Desk.YOU) == (refusal.wish is None)
        told = str(advise(refusal))
        assert ("login --ticket" in told) == (refusal.desk is not Desk.YOU)


FACTS = Circumstances(
    sender="Pressen <press@astad.example>",
    mailbox="press@astad.example",
    server="smtp.office365.com:587 (starttls)",
    provider="microsoft365",
    client_id="11111111-2222-3333-4444-555555555555",
    scopes="https://outlook.office.com/SMTP.Send",
    program="pressutskick 1.0",
    when="2026-12-01 09:00 CET",
)


def test_a_letter_has_the_answer_the_wish_and_the_facts() -> None:
    refusal = find_refusal(ANSWERS[0][0])
    assert refusal is not None
    assert refusal.wish is not None
    matter = Matter(sentence=refusal.sentence, wish=refusal.wish, answer=ANSWERS[0][0])
    letter = "\n".join(map(str, write_ticket(Desk.IT, [matter], FACTS)))
    for expected in (
        "Subject: Sending mail from press@astad.example",
        "disabled for the Tenant",
        "Set-CASMailbox",
        "- Application (client id): 11111111",
        "- Mail server: smtp.office365.com:587",
    ):
        assert expected in letter
    assert "Tenant: " not in letter


def test_a_letter_to_the_dns_is_about_the_domain() -> None:
    letter = write_ticket(Desk.DNS, [REGISTRATION], FACTS)
    assert str(letter[0]) == "Subject: Mail authentication of the domain astad.example"
