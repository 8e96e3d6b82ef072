"""Sign-ins at rest: encrypted with a key in the keyring, else in a private file, never readable else."""

import os
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pressutskick.dispatch.signin.credentials import Token
from pressutskick.errors import AuthenticationError, ExitStatus
from pressutskick.exports.private import replace_private
from pressutskick.identity.account import SignIn, read_sign_in, write_sign_in
from pressutskick.identity.signedin import AccountTokens
from pressutskick.identity.store import Place, Store

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


class Keys:
    """A keyring in memory; with `is_deaf` it takes nothing, as an absent one."""

    def __init__(self, *, is_deaf: bool = False) -> None:
        self.kept: dict[str, str] = {}
        self.is_deaf = is_deaf

    def read(self, name: str) -> str | None:
        return self.kept.get(name)

    def keep(self, name: str, key: str) -> bool:
        if not self.is_deaf:
            self.kept[name] = key
        return not self.is_deaf

    def forget(self, name: str) -> None:
        self.kept.pop(name, None)


def make_sign_in(
    number: int = 0, *, life: float = 3600, renewal: str | None = "renew-hush"
) -> SignIn:
    token = Token(value=f"hush{number}", made_at=NOW, ends_at=NOW + timedelta(seconds=life))
    return SignIn(
        person="press@astad.example",
        issuer="https://login.example",
        scopes=("openid",),
        signed_in_at=NOW,
        token=token,
        renewal=renewal,
    )


def make_store(folder: Path, keys: Keys | None) -> Store:
    return Store(folder / "logins", keys, replace_private)


@pytest.mark.parametrize("keys", [Keys(), Keys(is_deaf=True), None], ids=["keys", "deaf", "none"])
def test_what_is_kept_is_read_back(tmp_path: Path, keys: Keys | None) -> None:
    store = make_store(tmp_path, keys)
    place = store.save("a", make_sign_in(), place=Place.KEYRING)
    assert place is (Place.KEYRING if keys and keys.kept else Place.FILE)
    assert store.place("a") is place
    assert store.load("a") == make_sign_in()


def test_with_a_keyring_the_file_tells_nothing(tmp_path: Path) -> None:
    store = make_store(tmp_path, Keys())
    store.save("a", make_sign_in(), place=Place.KEYRING)
    content = store.file("a").read_bytes()
    assert b"hush" not in content
    assert b"astad" not in content


def test_a_key_of_the_keyring_is_short_enough_for_windows(tmp_path: Path) -> None:
    keys = Keys()
    make_store(tmp_path, keys).save("a", make_sign_in(), place=Place.KEYRING)
    assert len(keys.kept["a"]) < 1280


def test_a_renewal_keeps_the_key_so_that_nothing_is_lost_half_way(tmp_path: Path) -> None:
    keys = Keys()
    store = make_store(tmp_path, keys)
    store.save("a", make_sign_in(), place=Place.KEYRING)
    before = dict(keys.kept)
    store.save("a", make_sign_in(1), place=Place.KEYRING)
    assert keys.kept == before


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")
@pytest.mark.parametrize("keys", [Keys(), None], ids=["keys", "none"])
def test_only_the_owner_can_read_it_whatever_the_umask(tmp_path: Path, keys: Keys | None) -> None:
    store = make_store(tmp_path, keys)
    previous = os.umask(0)
    try:
        store.save("a", make_sign_in(), place=Place.KEYRING)
        store.note_refusal("a", "access_denied")
    finally:
        os.umask(previous)
    files = list((tmp_path / "logins").iterdir())
    assert len(files) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "logins").stat().st_mode) == 0o700


def test_what_was_tampered_with_is_not_used_and_not_shown(tmp_path: Path) -> None:
    store = make_store(tmp_path, Keys())
    store.save("a", make_sign_in(), place=Place.KEYRING)
    store.file("a").write_bytes(store.file("a").read_bytes()[:-9] + b"tampered=")
    with pytest.raises(AuthenticationError) as caught:
        store.load("a")
    assert "pressutskick login" in str(caught.value)
    store.file("a").write_bytes(b'file\n{"token": "hush"}')
    with pytest.raises(AuthenticationError) as caught:
        store.load("a")
    assert "hush" not in str(caught.value)


def test_a_key_that_is_gone_means_nobody_is_signed_in(tmp_path: Path) -> None:
    keys = Keys()
    store = make_store(tmp_path, keys)
    store.save("a", make_sign_in(), place=Place.KEYRING)
    keys.kept.clear()
    assert store.load("a") is None


def test_nothing_is_left_of_what_is_forgotten(tmp_path: Path) -> None:
    keys = Keys()
    store = make_store(tmp_path, keys)
    store.save("a", make_sign_in(), place=Place.KEYRING)
    assert store.forget("a")
    assert (keys.kept, store.load("a"), store.forget("a")) == ({}, None, False)


def test_a_sign_in_forgets_the_refusal_before_it(tmp_path: Path) -> None:
    store = make_store(tmp_path, None)
    store.note_refusal("a", "access_denied: no")
    assert store.refusal("a") == "access_denied: no"
    store.save("a", make_sign_in(), place=Place.FILE)
    assert store.refusal("a") is None


def test_no_text_form_shows_a_secret() -> None:
    assert "hush" not in repr(make_sign_in())
    assert read_sign_in(write_sign_in(make_sign_in(renewal=None))) == make_sign_in(renewal=None)


class Provider:
    """Renews, and counts how often; `before` is done first."""

    def __init__(self) -> None:
        self.count = 0

    def renew(self, sign_in: SignIn) -> SignIn:
        self.count += 1
        return make_sign_in(self.count, renewal=f"renew-hush{self.count}")


def tokens(store: Store, provider: Provider, now: datetime = NOW) -> AccountTokens:
    return AccountTokens(store, "a", "press@astad.example", provider.renew, lambda: now)


def test_a_good_token_is_taken_from_the_store(tmp_path: Path) -> None:
    store, provider = make_store(tmp_path, Keys()), Provider()
    store.save("a", make_sign_in(), place=Place.KEYRING)
    assert tokens(store, provider)._fetch(None).value == "hush0"
    assert provider.count == 0


def test_an_old_token_is_renewed_and_kept_where_it_was(tmp_path: Path) -> None:
    store, provider = make_store(tmp_path, Keys()), Provider()
    store.save("a", make_sign_in(), place=Place.FILE)
    assert tokens(store, provider, NOW + timedelta(minutes=56))._fetch(None).value == "hush1"
    kept = store.load("a")
    assert kept is not None
    assert kept.renewal == "renew-hush1"
    assert store.place("a") is Place.FILE


def test_two_runs_that_are_refused_one_token_renew_once(tmp_path: Path) -> None:
    """A refresh token that rotates is good once; the second use would end the sign-in."""
    store, provider = make_store(tmp_path, None), Provider()
    store.save("a", make_sign_in(), place=Place.FILE)
    refused = make_sign_in().token
    got: list[str] = []
    runs = [
        threading.Thread(target=lambda: got.append(tokens(store, provider)._fetch(refused).value))
        for _ in range(4)
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert got == ["hush1"] * 4
    assert provider.count == 1


def test_nobody_signed_in_is_77_and_the_command(tmp_path: Path) -> None:
    with pytest.raises(AuthenticationError) as caught:
        tokens(make_store(tmp_path, None), Provider())._fetch(None)
    assert caught.value.status is ExitStatus.LOGIN
    assert "pressutskick login" in str(caught.value)


def test_what_cannot_renew_itself_ends_with_the_command(tmp_path: Path) -> None:
    store = make_store(tmp_path, None)
    store.save("a", make_sign_in(renewal=None), place=Place.FILE)
    with pytest.raises(AuthenticationError, match="pressutskick login"):
        tokens(store, Provider(), NOW + timedelta(hours=2))._fetch(None)
