"""The system's keyring by the package `keyring`: Windows, macOS, and the desktops of Linux."""

from contextlib import suppress

import keyring
import keyring.backends.fail
import keyring.backends.null
from keyring.errors import KeyringError

from pressutskick.errors import AuthenticationError
from pressutskick.sentences import say

_SERVICE = "pressutskick"


class SystemKeys:
    """A KeyHolder over the keyring that the system offers."""

    def read(self, name: str) -> str | None:
        """See KeyHolder."""
        try:
            return keyring.get_password(_SERVICE, name)
        except KeyringError as error:
            raise AuthenticationError(
                say(
                    "The system's keyring, which holds the key to the sign-in, does not open here."
                ),
                remedy=say(
                    "In cron and over ssh it is usually closed: sign in once more with the secret in "
                    "a file that only you can read: pressutskick login --in-file"
                ),
            ) from error

    def keep(self, name: str, key: str) -> bool:
        """See KeyHolder: a keyring that forgets at once counts as none."""
        try:
            keyring.set_password(_SERVICE, name, key)
            return keyring.get_password(_SERVICE, name) == key
        except KeyringError:
            return False

    def forget(self, name: str) -> None:
        """See KeyHolder."""
        with suppress(KeyringError):
            keyring.delete_password(_SERVICE, name)


def find_system_keys() -> SystemKeys | None:
    """None where the system has no keyring."""
    backend = keyring.get_keyring()
    useless = (keyring.backends.fail.Keyring, keyring.backends.null.Keyring)
    return None if isinstance(backend, useless) else SystemKeys()
