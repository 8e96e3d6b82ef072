"""One token for all connections: fetched once, renewed before its end and once when refused."""

import asyncio
from datetime import UTC, datetime, timedelta

from pressutskick.dispatch.signin.credentials import Token
from pressutskick.identity.secrets import CommandTokens
from pressutskick.identity.sharing import SharedTokens
from pressutskick.transports.clock import SystemClock

START = datetime(2026, 12, 1, 9, tzinfo=UTC)


class Issuer:
    """Gives numbered tokens of one length of life, by a clock that the test moves."""

    def __init__(self, life: timedelta | None = timedelta(hours=1)) -> None:
        self.now = START
        self.life = life
        self.given: list[Token] = []

    async def fetch(self, refused: Token | None) -> Token:
        await asyncio.sleep(0)
        end = self.now + self.life if self.life else None
        self.given.append(Token(value=f"t{len(self.given)}", made_at=self.now, ends_at=end))
        return self.given[-1]

    def share(self) -> SharedTokens:
        return SharedTokens(self.fetch, lambda: self.now)


def test_connections_that_open_together_cause_one_fetch() -> None:
    issuer = Issuer()

    async def open_four() -> set[str]:
        tokens = issuer.share()
        return {token.value for token in await asyncio.gather(*(tokens.fresh() for _ in range(4)))}

    assert asyncio.run(open_four()) == {"t0"}
    assert len(issuer.given) == 1


def test_a_token_is_renewed_five_minutes_before_its_end() -> None:
    issuer = Issuer()

    async def use() -> list[str]:
        tokens = issuer.share()
        seen = []
        for minutes in (0, 54, 55, 60):
            issuer.now = START + timedelta(minutes=minutes)
            seen.append((await tokens.fresh()).value)
        return seen

    assert asyncio.run(use()) == ["t0", "t0", "t1", "t1"]


def test_a_token_of_twenty_seconds_is_shared_for_fifteen() -> None:
    issuer = Issuer(timedelta(seconds=20))

    async def use() -> list[str]:
        tokens = issuer.share()
        seen = []
        for seconds in (0, 14, 15, 29, 30):
            issuer.now = START + timedelta(seconds=seconds)
            seen.append((await tokens.fresh()).value)
        return seen

    assert asyncio.run(use()) == ["t0", "t0", "t1", "t1", "t2"]


def test_a_token_refused_to_all_connections_is_renewed_once_for_all() -> None:
    issuer = Issuer(life=None)

    async def use() -> set[str]:
        tokens = issuer.share()
        first = await tokens.fresh()
        renewed = await asyncio.gather(*(tokens.fresh(refused=first) for _ in range(4)))
        return {token.value for token in renewed}

    assert asyncio.run(use()) == {"t1"}
    assert len(issuer.given) == 2


def test_no_text_form_shows_a_token_or_a_command() -> None:
    token = Token(value="hush", made_at=START)
    source = CommandTokens(command="tool --key hush", key="KEY", now=SystemClock().now)
    shared = SharedTokens(source, SystemClock().now)
    assert "hush" not in f"{token!r} {token} {source!r} {shared!r}"
