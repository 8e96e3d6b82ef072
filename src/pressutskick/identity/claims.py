"""Who signed in, out of an ID token (OpenID Connect Core section 3.1.3.7)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from joserfc import jwt
from joserfc.jwk import KeySet, KeySetSerialization

from pressutskick.identity.providers import Provider

#: Seconds by which two clocks may differ.
_LEEWAY = 300
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]


def read_person(
    id_token: str, keys: Mapping[str, Any], provider: Provider, *, nonce: str | None, now: datetime
) -> str:
    """The person's address, or what else the provider calls them.

    Raises:
        joserfc.errors.JoseError: it is not the provider's word to us, or not of this sign-in.
    """
    key_set = KeySet.import_key_set(cast("KeySetSerialization", keys))
    claims = jwt.decode(id_token, key_set, algorithms=_ALGORITHMS).claims
    wanted: dict[str, Any] = {"aud": {"essential": True, "value": provider.client_id}}
    if not provider.is_shared_issuer:
        wanted["iss"] = {"essential": True, "values": [provider.issuer, f"{provider.issuer}/"]}
    if nonce is not None:
        wanted["nonce"] = {"essential": True, "value": nonce}
    jwt.JWTClaimsRegistry(now=int(now.timestamp()), leeway=_LEEWAY, **wanted).validate(claims)
    named = (claims.get(name) for name in ("preferred_username", "email", "upn", "name", "sub"))
    # Some providers call people by a number; an address says more.
    found = [str(each) for each in named if each]
    return next((each for each in found if "@" in each), found[0] if found else "")
