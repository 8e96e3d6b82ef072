"""A sign-in as it is kept: who, what it is good for, the token, and what renews it."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from pressutskick.dispatch.signin.credentials import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """`person` is who signed in, as the provider names them. `renewal` is the refresh token."""

    person: str
    issuer: str
    scopes: tuple[str, ...]
    signed_in_at: datetime
    token: Token
    renewal: str | None = field(default=None, repr=False)


def write_sign_in(sign_in: SignIn) -> bytes:
    """The form in which a store keeps it."""
    token = sign_in.token
    return json.dumps(
        {
            "person": sign_in.person,
            "issuer": sign_in.issuer,
            "scopes": list(sign_in.scopes),
            "signed_in_at": sign_in.signed_in_at.isoformat(),
            "token": token.value,
            "made_at": token.made_at.isoformat(),
            "ends_at": token.ends_at.isoformat() if token.ends_at else None,
            "renewal": sign_in.renewal,
        }
    ).encode()


def read_sign_in(content: bytes) -> SignIn:
    """The inverse of `write_sign_in`.

    Raises:
        ValueError: it is not such a form.
    """
    try:
        kept = json.loads(content)
        end = kept["ends_at"]
        return SignIn(
            person=kept["person"],
            issuer=kept["issuer"],
            scopes=tuple(kept["scopes"]),
            signed_in_at=datetime.fromisoformat(kept["signed_in_at"]),
            token=Token(
                value=kept["token"],
                made_at=datetime.fromisoformat(kept["made_at"]),
                ends_at=datetime.fromisoformat(end) if end else None,
            ),
            renewal=kept["renewal"],
        )
    except (KeyError, TypeError) as error:
        # Neither the text nor its pieces may stand in a message.
        raise ValueError("no sign-in") from error
