"""What servers answer when they let us neither in nor send: what it means, and who can mend it.

Owns the table; a letter to whoever can mend it is `tickets`' matter. Sources: Microsoft's "Fix issues
with SMTP AUTH", "Email non-delivery reports in Exchange Online" and "Microsoft Entra authentication
and authorization error codes"; Google's "SMTP error reference" and "OAuth error codes"; RFC 4954,
6749, 8628.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from pressutskick.sentences import Sentence, say


class Desk(StrEnum):
    """Whose desk a matter is on."""

    YOU = "you"
    IT = "it"
    DNS = "dns"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """`code` is stable, for programs; `pattern` is looked for in the server's whole answer.

    `wish` is what a letter asks for; None where the person can mend it.
    """

    code: str
    pattern: re.Pattern[str]
    sentence: Sentence
    desk: Desk = Desk.YOU
    wish: Sentence | None = None


def _refusal(
    code: str, pattern: str, sentence: Sentence, wish: Sentence | None = None, desk: Desk = Desk.IT
) -> Refusal:
    return Refusal(
        code=code,
        pattern=re.compile(pattern, re.IGNORECASE),
        sentence=sentence,
        desk=desk if wish else Desk.YOU,
        wish=wish,
    )


def _entra(numbers: str) -> str:
    return rf"AADSTS({numbers})\b"


_SMTP_ON = say(
    "Turn on authenticated SMTP for this one mailbox (Microsoft 365 admin center, the user's Mail "
    "tab, Manage email apps; or Set-CASMailbox with -SmtpClientAuthenticationDisabled $false). The "
    "rest of the tenant may stay as it is. The program signs in with OAuth, not with a password."
)
_CONSENT = say(
    "Grant administrator consent for the application's delegated permissions "
    "(https://outlook.office.com/SMTP.Send and offline_access)."
)
_SEND_AS = say("Give the signed-in account the right to send as this sender (Send As).")
_POLICY = say(
    "Let this application and this account through the policy that stands in the way. The sign-in "
    "log of the account names it."
)
PASSWORD_OFF = say(
    "Microsoft 365 takes no password any more for sending. Sign in: pressutskick login"
)
_AGAIN = say(
    "The sign-in is no longer good: it was taken back or is too old, or the password was changed. "
    "Sign in again: pressutskick login"
)

_MICROSOFT = (
    _refusal(
        "smtp-auth-off-tenant",
        r"5\.7\.139\b.*disabled for the tenant",
        say("Sending over SMTP is switched off for the whole organisation."),
        _SMTP_ON,
    ),
    _refusal(
        "smtp-auth-off-mailbox",
        r"5\.7\.139\b.*disabled for the mailbox",
        say("Sending over SMTP is switched off for this mailbox."),
        _SMTP_ON,
    ),
    _refusal(
        "security-defaults",
        r"5\.7\.139\b.*(security defaults|locked by your organi)|" + _entra("530035"),
        say("The organisation's security defaults do not let this sign-in through."),
        _POLICY,
    ),
    _refusal(
        "policy",
        r"5\.7\.139\b.*did not meet the criteria",
        say("A policy of the organisation does not let this sign-in through."),
        _POLICY,
    ),
    _refusal(
        "wrong-credentials",
        r"5\.7\.139\b.*credentials were incorrect",
        say("Name or password is wrong. Sign in with pressutskick login instead of a password."),
    ),
    _refusal(
        "smtp-auth-off",
        r"\b5\.7\.139\b",
        say("Microsoft 365 does not let this mailbox send over SMTP."),
        _SMTP_ON,
    ),
    _refusal(
        "password-off",
        r"\b5\.7\.30\b",
        PASSWORD_OFF,
    ),
    _refusal(
        "not-signed-in",
        r"\b5\.7\.57\b",
        say("The server wants a login first. Sign in: pressutskick login"),
    ),
    _refusal(
        "token-not-for-mailbox",
        r"^535 5\.7\.3\b",
        say("The token is not good for sending from this mailbox."),
        say(
            "Check that the application has the delegated permission "
            "https://outlook.office.com/SMTP.Send, that the signed-in account may use this mailbox, "
            "and that authenticated SMTP is on for it."
        ),
    ),
    _refusal(
        "send-as",
        r"\b5\.7\.60\b|\b5\.2\.25[12]\b|SendAsDenied",
        say("The login may not send as this sender."),
        _SEND_AS,
    ),
    _refusal(
        "blocked-sender",
        r"\b5\.1\.8\b",
        say("The account is blocked from sending, suspected of spam."),
        say(
            "Take the account off Restricted entities in Microsoft Defender, and tell us why it was there."
        ),
    ),
    _refusal(
        "conditional-access",
        _entra("53003|530034|53000|53001|53002"),
        say(
            "A conditional access policy blocks this way of signing in. The other way may be let "
            "through: pressutskick login with or without --device."
        ),
        _POLICY,
    ),
    _refusal(
        "second-factor",
        _entra("50076|50079|50072|50158"),
        say("The organisation wants a second factor. Sign in in the browser: pressutskick login"),
    ),
    _refusal("sign-in-ended", _entra("50173|70008|700082|700084|50078|50132|50133|50089"), _AGAIN),
    _refusal(
        "consent",
        _entra("65001|90094|90095|900941"),
        say("The organisation has not yet allowed this application."),
        _CONSENT,
    ),
    _refusal(
        "consent-declined",
        _entra("65004"),
        say("The question for permission was answered with no. Sign in again and answer yes."),
    ),
    _refusal(
        "not-assigned",
        _entra("50105"),
        say("The application is there, and this account may not use it."),
        say("Assign this account to the application (Enterprise applications, Users and groups)."),
    ),
    _refusal(
        "unknown-application",
        _entra("700016|7000229|650052"),
        say("The organisation does not know the application."),
        say(
            "Check that the application is registered in this tenant, and tell us its client id and "
            "the tenant's id."
        ),
    ),
    _refusal(
        "public-client",
        _entra("7000218|7000215|7000222"),
        say("The application is registered as one that keeps a secret, which a program cannot."),
        say(
            "Under Authentication, set Allow public client flows to Yes; no client secret is needed."
        ),
    ),
    _refusal(
        "redirect",
        _entra("50011|500113|9002325|9002326|9002327") + r"|redirect_uri_mismatch",
        say("The application's registration does not name where the browser is to return to."),
        say(
            "Add the platform Mobile and desktop applications with the redirect URI http://localhost "
            "(at Google: the application type Desktop app)."
        ),
    ),
    _refusal(
        "unknown-tenant",
        _entra("90002|900023|50059"),
        say("There is no such tenant. Check PRESSUTSKICK_LOGIN_TENANT: an id, or a domain."),
    ),
    _refusal(
        "wrong-account",
        _entra("50020|50034|500202|16000"),
        say("This account is not one of the organisation's. Sign in with the work account."),
    ),
    _refusal("wrong-password", _entra("50126"), say("Name or password is wrong.")),
    _refusal(
        "account-locked",
        _entra("50053|50057|50055"),
        say("The account is locked or switched off, or its password has expired."),
        say("Unlock the account, or tell us which one to use."),
    ),
    _refusal(
        "no-exchange",
        _entra("500011|650057"),
        say("The application does not have the permission to send over Exchange Online."),
        _CONSENT,
    ),
)

_GOOGLE = (
    _refusal(
        "app-password",
        r"application-specific password|^535 5\.7\.8\b.*(gsmtp|support\.google)",
        say("Gmail does not take the account's own password. Sign in: pressutskick login"),
    ),
    _refusal(
        "log-in-with-browser",
        r"^534 5\.7\.(9|14)\b",
        say("Gmail wants the person to sign in in a browser. Sign in: pressutskick login"),
    ),
    _refusal(
        "admin-policy",
        r"admin_policy_enforced|access_not_configured",
        say("The Workspace does not let this application in."),
        say(
            "Trust the application for this account (Google Admin console, Security, API controls), "
            "with the scope https://mail.google.com/."
        ),
    ),
    _refusal(
        "org-internal",
        r"org_internal",
        say(
            "The application is for another organisation's accounts. Sign in with the work account."
        ),
    ),
    _refusal(
        "deleted-client",
        r"deleted_client|disabled_client",
        say("The application's registration is gone."),
        say("Register the application again, and tell us its client id."),
    ),
)

_RECEIVERS = (
    _refusal(
        "unauthenticated-domain",
        r"\b5\.7\.(515|26|27|509|23|25)\b",
        say(
            "The receiving side does not believe that the mail is from this domain: SPF, DKIM, DMARC."
        ),
        say(
            "Publish SPF and DKIM for the mail server that we send over, and a DMARC record that they "
            "are aligned with."
        ),
        Desk.DNS,
    ),
    _refusal(
        "blocked-address",
        r"\b5\.7\.(60[6-9]|6[1-4]\d|511)\b|spamhaus|blocked using",
        say("The mail server's own address is on a blocklist."),
        say("Find out why the outgoing mail server is listed, and have it taken off."),
    ),
)

_ANY = (
    _refusal(
        "sender-not-owned",
        r"^55[03] .*not owned by user",
        say("The login may not send as this sender."),
        _SEND_AS,
    ),
    _refusal(
        "encryption-needed",
        r"^(530|538) .*(starttls|encryption|5\.7\.11)",
        say("The server wants encryption first. Set PRESSUTSKICK_SMTP_SECURITY to starttls."),
    ),
    _refusal(
        "login-needed",
        r"^530\b",
        say(
            "The server wants a login first. Set PRESSUTSKICK_SMTP_USERNAME and a password, or sign in."
        ),
    ),
    _refusal(
        "relaying-denied",
        r"^55[04] .*relay(ing)?( access)? (is )?(denied|not permitted)|unable to relay",
        say("The server does not forward mail from this machine."),
        say("Let this machine send over the mail server, or give us a login for it."),
    ),
    _refusal(
        "password-too-weak",
        r"^534\b",
        say("The server takes no login of this kind."),
        say("Tell us which way of logging in the server takes for programs."),
    ),
    _refusal(
        "wrong-login",
        r"^535\b",
        say(
            "It was tried once, so that no account is locked. Check PRESSUTSKICK_SMTP_USERNAME and the "
            "password or the sign-in."
        ),
    ),
    _refusal(
        "expired-grant", r"^invalid_grant\b|^interaction_required\b|^login_required\b", _AGAIN
    ),
    _refusal(
        "declined",
        r"^(access_denied|authorization_declined)\b",
        say(
            "Somebody said no: you in the browser, or a policy of the organisation. The other way may "
            "be let through: pressutskick login with or without --device."
        ),
        say("Allow this account to use the application."),
    ),
    _refusal(
        "code-too-old",
        r"^expired_token\b",
        say("The code was not typed in time. Run the command again."),
    ),
    _refusal(
        "way-not-allowed",
        r"^(unauthorized_client|unsupported_grant_type|invalid_scope|no_endpoint)\b",
        say(
            "The application is not allowed to sign people in this way. Try the other one: "
            "pressutskick login with or without --device."
        ),
        say(
            "Allow the application the authorization code flow with PKCE for public clients, with the "
            "scopes that are named here."
        ),
    ),
    _refusal(
        "wrong-client",
        r"^invalid_client\b",
        say("The provider does not know the application."),
        say(
            "Tell us the client id of the application, and its secret if the provider asks for one."
        ),
    ),
    _refusal(
        "wrong-issuer",
        r"^issuer_mismatch\b",
        say(
            "What answers there is another issuer. Write PRESSUTSKICK_LOGIN as the provider has it."
        ),
    ),
)

#: In the order in which they are tried.
REFUSALS = _MICROSOFT + _GOOGLE + _RECEIVERS + _ANY


def find_refusal(answer: str) -> Refusal | None:
    """What a server's answer (`535 5.7.3 ...`, `invalid_grant: AADSTS...`) means; None if unknown."""
    # Each line of Gmail's repeats `534-5.7.9`; a bare code, as people pass it on, will do.
    line = re.sub(r"^(\d{3})[- ]+", r"\1 ", " ".join(answer.split()))
    return next((each for each in REFUSALS if each.pattern.search(line)), None)


def advise(refusal: Refusal) -> Sentence:
    """What it means, and the way to whoever can mend it."""
    if refusal.desk is Desk.YOU:
        return refusal.sentence
    whose = {
        Desk.IT: say("Your IT department can mend it."),
        Desk.DNS: say("Whoever runs the domain's DNS can mend it."),
    }
    return say(
        "{sentence} {whose} The letter to them: pressutskick login --ticket",
        sentence=refusal.sentence,
        whose=whose[refusal.desk],
    )
