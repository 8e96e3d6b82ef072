"""Who signed in is believed only if the provider says so, to us, about this sign-in."""

from datetime import UTC, datetime

import pytest
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from pressutskick.identity.claims import read_person
from pressutskick.identity.providers import Provider, google, microsoft365, openid

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
KEY, OTHER_KEY = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
HERE = openid("https://login.example/", "pressutskick", None)
GOOD = {
    "iss": "https://login.example",
    "aud": "pressutskick",
    "nonce": "once",
    "exp": int(NOW.timestamp()) + 60,
    "sub": "4711",
    "email": "press@astad.example",
}


def read(key: ECKey = KEY, provider: Provider = HERE, **claims: object) -> str:
    words = {name: value for name, value in (GOOD | claims).items() if value is not None}
    id_token = jwt.encode({"alg": "ES256"}, words, key, algorithms=["ES256"])
    keys = KeySet([KEY]).as_dict(private=False)
    return read_person(id_token, dict(keys), provider, nonce="once", now=NOW)


def test_the_person_is_told_by_their_address() -> None:
    assert read() == "press@astad.example"
    assert read(preferred_username="press") == "press@astad.example"
    assert read(email=None, name="Pressen") == "Pressen"
    assert read(email=None) == "4711"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example"},
        {"iss": None},
        {"aud": "somebody-else"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": int(NOW.timestamp()) - 3600},
    ],
)
def test_anything_else_is_not_believed(claims: dict[str, object]) -> None:
    with pytest.raises(JoseError):
        read(**claims)


def test_another_key_is_not_believed() -> None:
    with pytest.raises((JoseError, ValueError)):
        read(key=OTHER_KEY)


def test_microsofts_issuer_has_the_tenants_number_where_ours_has_its_name() -> None:
    provider = microsoft365("pressutskick", "astad.example", None)
    assert provider.issuer == "https://login.microsoftonline.com/astad.example/v2.0"
    assert (
        read(provider=provider, iss="https://login.microsoftonline.com/1234/v2.0") == GOOD["email"]
    )


def test_what_is_asked_for() -> None:
    assert (
        "offline_access https://outlook.office.com/SMTP.Send" in microsoft365("x", None, None).scope
    )
    inbox = microsoft365("x", None, None, reads_mailbox=True)
    assert "https://outlook.office.com/IMAP.AccessAsUser.All" in inbox.scopes
    assert "IMAP" not in microsoft365("x", None, None).scope
    assert "/organizations/" in microsoft365("x", None, None).issuer
    assert google("x", "y").scope == "openid email https://mail.google.com/"
    assert "'y'" not in repr(google("x", "y"))
