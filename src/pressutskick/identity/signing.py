"""The two ways to sign in, from the first word to the sign-in: in the browser, or on any device."""

from collections.abc import Callable
from secrets import token_urlsafe

from pressutskick.errors import AuthenticationError
from pressutskick.identity.account import SignIn
from pressutskick.identity.faults import refused
from pressutskick.identity.openid import DeviceWalk, OpenIdClient
from pressutskick.identity.redirect import RedirectListener, Words
from pressutskick.sentences import say

#: Seconds that a person has for names, passwords and second factors in the browser.
BROWSER_PATIENCE = 600.0


def sign_in_by_browser(
    client: OpenIdClient, *, words: Words, hint: str | None, show: Callable[[str], None]
) -> SignIn:
    """Waits for the browser to come back. `show` is given the page to open, and may open it.

    Raises:
        AuthenticationError: the provider or the person said no, or nobody came in time.
        PressutskickError: as `OpenIdClient` tells.
    """
    state = token_urlsafe(32)
    with RedirectListener(state=state, issuer=client.provider.issuer, words=words) as listener:
        walk = client.begin_in_browser(listener.address, state, hint)
        show(walk.url)
        answer = listener.wait(BROWSER_PATIENCE)
    if answer is None:
        raise AuthenticationError(
            say("Nobody signed in within {n} minutes.", n=int(BROWSER_PATIENCE / 60)),
            remedy=say(
                "Run it again; without a browser on this machine: pressutskick login --device"
            ),
        )
    if answer.code is None:
        raise refused(client.provider.host, answer.error, answer.description)
    return client.finish_in_browser(walk, answer.code)


def sign_in_by_device(
    client: OpenIdClient,
    *,
    show: Callable[[DeviceWalk], None],
    wait: Callable[[float], None],
) -> SignIn:
    """Asks at the provider until the person has typed the code on whichever device.

    Raises:
        AuthenticationError: the provider or the person said no, or the code is too old.
        PressutskickError: as `OpenIdClient` tells.
    """
    walk = client.begin_on_device()
    show(walk)
    wait(walk.interval)
    while True:
        answer = client.poll_device(walk)
        if isinstance(answer, SignIn):
            return answer
        wait(answer)
