"""OpenID Connect by Authlib: sign-in in the browser, on a device, renewal, and the way out.

Authorization code with PKCE (RFC 7636, 8252), device code (RFC 8628), refresh and revocation (RFC
7009). Everything goes over verified TLS; blocking, so that callers put it into a thread.
"""

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client

from pressutskick.dispatch.signin.credentials import Token
from pressutskick.identity.account import SignIn
from pressutskick.identity.claims import read_person
from pressutskick.identity.faults import telling
from pressutskick.identity.providers import Provider

#: Seconds for one answer of the provider.
_PATIENCE = 30.0
#: What Microsoft grants without saying so.
_UNSAID = ("openid", "offline_access")
_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserWalk:
    """A sign-in under way in a browser: where it begins, and what its end must fit."""

    url: str
    redirect: str
    verifier: str = field(repr=False)
    nonce: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceWalk:
    """A sign-in under way on any device: what to type where. `interval` is seconds."""

    page: str
    user_code: str
    device_code: str = field(repr=False)
    ends_at: datetime
    interval: float


class OpenIdClient:
    """Our application as one provider knows it."""

    def __init__(
        self,
        provider: Provider,
        trust: Callable[[], ssl.SSLContext],
        now: Callable[[], datetime],
    ) -> None:
        """Speaks to nobody before it is asked to. `trust` makes the TLS context."""
        self.provider = provider
        self._trust = trust
        self._now = now
        self._found: Mapping[str, Any] | None = None

    # In the browser.

    def begin_in_browser(self, redirect: str, state: str, hint: str | None) -> BrowserWalk:
        """Where the person's browser begins; `hint` is whom we expect to sign in.

        Raises:
            RelayUnavailable, TlsError, SettingsError: as `faults.telling` tells.
        """
        verifier, nonce = token_urlsafe(64), token_urlsafe(32)
        wishes = dict(self.provider.wishes) | ({"login_hint": hint} if hint else {})
        with self._speaking() as session:
            session.redirect_uri = redirect
            url, _ = session.create_authorization_url(
                self._endpoint("authorization_endpoint"),
                state=state,
                code_verifier=verifier,
                nonce=nonce,
                **wishes,
            )
        return BrowserWalk(url=url, redirect=redirect, verifier=verifier, nonce=nonce)

    def finish_in_browser(self, walk: BrowserWalk, code: str) -> SignIn:
        """The sign-in that the code stands for.

        Raises:
            AuthenticationError: the provider refuses.
            RelayUnavailable, TlsError, SettingsError: as `faults.telling` tells.
        """
        with self._speaking() as session:
            answer = session.fetch_token(
                self._endpoint("token_endpoint"),
                grant_type="authorization_code",
                code=code,
                redirect_uri=walk.redirect,
                code_verifier=walk.verifier,
            )
            return self._read(answer, nonce=walk.nonce)

    # On a device.

    def begin_on_device(self) -> DeviceWalk:
        """What the person types where.

        Raises:
            AuthenticationError: the provider lets nobody in this way.
            RelayUnavailable, TlsError, SettingsError: as `faults.telling` tells.
        """
        with self._speaking():
            answer = self._post(
                self._endpoint("device_authorization_endpoint"), scope=self.provider.scope
            )
            return DeviceWalk(
                page=answer.get("verification_uri") or answer["verification_url"],
                user_code=answer["user_code"],
                device_code=answer["device_code"],
                ends_at=self._now() + timedelta(seconds=float(answer["expires_in"])),
                interval=float(answer.get("interval", 5)),
            )

    def poll_device(self, walk: DeviceWalk) -> SignIn | float:
        """The sign-in, or how many seconds to wait before asking again.

        Raises:
            AuthenticationError: the person or the provider said no, or the code is too old.
            RelayUnavailable, TlsError, SettingsError: as `faults.telling` tells.
        """
        with self._speaking() as session:
            try:
                answer = session.fetch_token(
                    self._endpoint("token_endpoint"),
                    grant_type=_DEVICE_GRANT,
                    device_code=walk.device_code,
                )
            except OAuthError as error:
                if error.error == "authorization_pending":
                    return walk.interval
                if error.error == "slow_down":
                    return walk.interval + 5
                raise
            return self._read(answer)

    # Afterwards.

    def renew(self, sign_in: SignIn) -> SignIn:
        """The same sign-in with a new token.

        Raises:
            AuthenticationError: the provider wants the person to sign in again.
            RelayUnavailable, TlsError, SettingsError: as `faults.telling` tells.
        """
        unsaid = _UNSAID if self.provider.is_shared_issuer else ()
        with self._speaking() as session:
            answer = session.refresh_token(
                self._endpoint("token_endpoint"),
                refresh_token=sign_in.renewal,
                # What was granted, and no more (RFC 6749 section 6).
                scope=" ".join(dict.fromkeys((*sign_in.scopes, *unsaid))),
            )
            return self._keep(answer, sign_in.person, sign_in)

    def revoke(self, sign_in: SignIn) -> bool:
        """Takes the sign-in back at the provider; False where it offers no way to.

        Raises:
            AuthenticationError, RelayUnavailable, TlsError, SettingsError: as in `renew`.
        """
        with self._speaking() as session:
            address = self._discover().get("revocation_endpoint")
            if not address:
                return False
            answer = session.revoke_token(
                str(address), token=sign_in.renewal or sign_in.token.value
            )
            answer.raise_for_status()
            return True

    # Inside.

    @contextmanager
    def _speaking(self) -> Iterator[OAuth2Client]:
        """One conversation; its connections are closed behind it."""
        with (
            telling(self.provider),
            OAuth2Client(
                client_id=self.provider.client_id,
                client_secret=self.provider.client_secret,
                scope=self.provider.scope,
                code_challenge_method="S256",
                verify=self._trust(),
                timeout=_PATIENCE,
                follow_redirects=False,
            ) as self._session,
        ):
            yield self._session

    def _discover(self) -> Mapping[str, Any]:
        if self._found is None:
            issuer = self.provider.issuer
            found = self._get(f"{issuer}/.well-known/openid-configuration")
            if not self.provider.is_shared_issuer and found.get("issuer", "").rstrip("/") != issuer:
                raise OAuthError("issuer_mismatch", str(found.get("issuer")))
            self._found = found
        return self._found

    def _endpoint(self, name: str) -> str:
        address = str(self._discover().get(name, ""))
        if not address.startswith("https://"):
            raise OAuthError("no_endpoint", name)
        return address

    def _get(self, address: str) -> Mapping[str, Any]:
        answer = self._session.request("GET", address, withhold_token=True)
        answer.raise_for_status()
        found: Mapping[str, Any] = answer.json()
        return found

    def _post(self, address: str, **fields: str) -> Mapping[str, Any]:
        """Names ourselves: Authlib does so at the token endpoint only."""
        secret = self.provider.client_secret
        mine = {"client_id": self.provider.client_id} | (
            {"client_secret": secret} if secret else {}
        )
        answer = self._session.request("POST", address, data=mine | fields, withhold_token=True)
        found: Mapping[str, Any] = answer.json()
        if "error" in found:
            raise OAuthError(found["error"], found.get("error_description"))
        answer.raise_for_status()
        return found

    def _read(self, answer: Mapping[str, Any], nonce: str | None = None) -> SignIn:
        person = ""
        if answer.get("id_token"):
            keys = self._get(self._endpoint("jwks_uri"))
            person = read_person(
                str(answer["id_token"]), keys, self.provider, nonce=nonce, now=self._now()
            )
        return self._keep(answer, person, None)

    def _keep(self, answer: Mapping[str, Any], person: str, before: SignIn | None) -> SignIn:
        now = self._now()
        life = answer.get("expires_in")
        asked = " ".join(before.scopes) if before else self.provider.scope
        granted = str(answer.get("scope") or asked)
        return SignIn(
            person=person,
            issuer=self.provider.issuer,
            scopes=tuple(granted.split()),
            signed_in_at=before.signed_in_at if before else now,
            token=Token(
                value=str(answer["access_token"]),
                made_at=now,
                ends_at=now + timedelta(seconds=float(life)) if life is not None else None,
            ),
            # One that is not replaced stays good (RFC 6749 section 6).
            renewal=answer.get("refresh_token") or (before.renewal if before else None),
        )
