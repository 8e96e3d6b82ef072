"""Who signs people in: an OpenID provider, and our application's registration there.

Owns what differs between Microsoft, Google and the others; speaks to none of them.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

_MICROSOFT = "https://login.microsoftonline.com"

#: Sending over Exchange Online by SMTP; `offline_access` lets the sign-in be renewed.
_MICROSOFT_SCOPES = (
    "openid",
    "profile",
    "email",
    "offline_access",
    "https://outlook.office.com/SMTP.Send",
)
#: Reading the mailbox, for `inbox`; asked for where the person wants it, and no sooner.
_MICROSOFT_INBOX = "https://outlook.office.com/IMAP.AccessAsUser.All"
#: Gmail takes nothing narrower, be it over SMTP or IMAP.
_GOOGLE_SCOPES = ("openid", "email", "https://mail.google.com/")
_OPENID_SCOPES = ("openid", "profile", "email", "offline_access")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An issuer (OpenID Connect Discovery), our client there, and what we ask it for.

    `is_shared_issuer`: its documents name another issuer than its address, as Microsoft's do, which
    are one for all tenants. `wishes` are further parameters of the authorization request.
    """

    issuer: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    scopes: tuple[str, ...] = _OPENID_SCOPES
    is_shared_issuer: bool = False
    wishes: tuple[tuple[str, str], ...] = ()

    @property
    def host(self) -> str:
        """The issuer's host, for what is told."""
        return urlsplit(self.issuer).netloc

    @property
    def scope(self) -> str:
        """The scopes as they stand in a request."""
        return " ".join(self.scopes)


def microsoft365(
    client_id: str,
    tenant: str | None,
    client_secret: str | None,
    *,
    reads_mailbox: bool = False,
) -> Provider:
    """Entra ID; `tenant` is an id or a domain, None for whichever organisation signs in."""
    return Provider(
        issuer=f"{_MICROSOFT}/{tenant or 'organizations'}/v2.0",
        client_id=client_id,
        client_secret=client_secret,
        scopes=(*_MICROSOFT_SCOPES, _MICROSOFT_INBOX) if reads_mailbox else _MICROSOFT_SCOPES,
        is_shared_issuer=True,
    )


def google(client_id: str, client_secret: str | None) -> Provider:
    """Google Workspace; its "client secret" of a desktop application is none, and is asked for."""
    return Provider(
        issuer="https://accounts.google.com",
        client_id=client_id,
        client_secret=client_secret,
        scopes=_GOOGLE_SCOPES,
        # Without both, Google gives nothing to renew a sign-in with.
        wishes=(("access_type", "offline"), ("prompt", "consent")),
    )


def openid(issuer: str, client_id: str, client_secret: str | None) -> Provider:
    """Any other issuer, such as a Keycloak of one's own."""
    return Provider(
        issuer=issuer.rstrip("/"),
        client_id=client_id,
        client_secret=client_secret,
        # OpenID Connect Core section 11: without consent no offline access.
        wishes=(("prompt", "consent"),),
    )
