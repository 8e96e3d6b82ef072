"""The system's keyring, as the package `keyring` shows it."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from pressutskick.errors import AuthenticationError, ExitStatus
from pressutskick.identity.keyrings import SystemKeys, find_system_keys


class Drawer(KeyringBackend):
    """A keyring in memory, which can be locked."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)

    def _open(self) -> None:
        if self.is_locked:
            raise KeyringLocked


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    before, drawer = keyring.get_keyring(), Drawer()
    keyring.set_keyring(drawer)
    yield drawer
    keyring.set_keyring(before)


@pytest.mark.usefixtures("drawer")
def test_a_key_is_kept_read_and_forgotten() -> None:
    keys = find_system_keys()
    assert keys is not None
    assert keys.read("a") is None
    assert keys.keep("a", "key")
    assert keys.read("a") == "key"
    keys.forget("a")
    keys.forget("a")
    assert keys.read("a") is None


def test_a_locked_keyring_is_77_and_says_how_cron_goes_on(drawer: Drawer) -> None:
    drawer.is_locked = True
    with pytest.raises(AuthenticationError, match="login --in-file") as caught:
        SystemKeys().read("a")
    assert caught.value.status is ExitStatus.LOGIN
    assert not SystemKeys().keep("a", "key")


def test_a_system_without_a_keyring_has_none(drawer: Drawer) -> None:
    keyring.set_keyring(NoKeyring())
    assert find_system_keys() is None
    keyring.set_keyring(drawer)
