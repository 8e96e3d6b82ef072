"""The one table that turns Authlib's, httpx's and OpenSSL's errors into ours.

Nothing that is raised here holds a token, a code or a secret: the provider's error and its words are
all that is passed on.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
from authlib.integrations.base_client import OAuthError
from joserfc.errors import JoseError

from pressutskick.dispatch.signin.refusals import Refusal, advise, find_refusal
from pressutskick.errors import (
    AuthenticationError,
    PressutskickError,
    RelayUnavailable,
    SettingsError,
    TlsError,
)
from pressutskick.identity.providers import Provider
from pressutskick.sentences import Sentence, say, without_stop

#: What is wrong with the registration or the settings, and not with the person (RFC 6749, ours).
_OF_SETTINGS = frozenset(
    {"invalid_client", "unauthorized_client", "invalid_scope", "unsupported_grant_type"}
    | {"invalid_request", "issuer_mismatch", "no_endpoint", "unsupported_response_type"}
)


@contextmanager
def telling(provider: Provider) -> Iterator[None]:
    """Raises ours for theirs.

    Raises:
        AuthenticationError: the provider refuses the person or what they signed in with.
        SettingsError: it refuses our application.
        TlsError: its certificate cannot be trusted.
        RelayUnavailable: it cannot be reached, or has a fault of its own.
    """
    where = provider.host
    try:
        yield
    except OAuthError as error:
        raise refused(where, str(error.error or ""), str(error.description or "")) from None
    except httpx2.HTTPStatusError as error:
        raise _bad_status(where, error.response.status_code) from None
    except httpx2.HTTPError as error:
        raise _unreachable(where, error) from None
    except (JoseError, ValueError, KeyError) as error:
        # Its own words may hold pieces of what was sent.
        raise AuthenticationError(
            say(
                "What {where} answered to the sign-in cannot be trusted ({kind}).",
                where=where,
                kind=type(error).__name__,
            ),
            remedy=say("Try again; if it stays so, check PRESSUTSKICK_LOGIN."),
        ) from None


def refused(where: str, error: str, description: str) -> PressutskickError:
    """What a provider's error means; `description` are its own words."""
    words = f"{error}: {description}" if description else error
    told = say("{where} refused the sign-in: {words}.", where=where, words=_one_line(words))
    if error in {"server_error", "temporarily_unavailable"}:
        return RelayUnavailable(told, remedy=say("Try again later."))
    known = find_refusal(words)
    kind = SettingsError if error in _OF_SETTINGS else AuthenticationError
    return kind(told, remedy=_remedy(known), answer=words)


def _remedy(known: Refusal | None) -> Sentence:
    return advise(known) if known else say("Sign in again: pressutskick login")


def _one_line(words: str) -> str:
    return without_stop(" ".join(words.split())[:300])


def _bad_status(where: str, status: int) -> PressutskickError:
    told = say("{where} answered with status {status}.", where=where, status=status)
    if status == 429 or status >= 500:
        return RelayUnavailable(told, remedy=say("Try again later."))
    return SettingsError(
        told, remedy=say("Check PRESSUTSKICK_LOGIN and PRESSUTSKICK_LOGIN_TENANT.")
    )


def _unreachable(where: str, error: httpx2.HTTPError) -> PressutskickError:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    words = without_stop(str(error)) or type(error).__name__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return TlsError(
            say(
                "The certificate of {where} cannot be trusted: {reason}.",
                where=where,
                reason=without_stop(cause.verify_message),
            ),
            remedy=say(
                "If your organisation inspects encrypted traffic, name its authority's file in "
                "SSL_CERT_FILE or PRESSUTSKICK_SMTP_CA_FILE."
            ),
        )
    return RelayUnavailable(
        say("{where} cannot be reached: {error}.", where=where, error=words),
        remedy=say("Check the network and PRESSUTSKICK_LOGIN."),
    )
