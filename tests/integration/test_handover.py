"""The contract with aiosmtplib: what our own protocol needs of it. Fails when the library changes.

`connection.py` takes over the transport that aiosmtplib has opened, encrypted and logged in on.
"""

import asyncio
from pathlib import Path

import aiosmtplib
import pytest
from tests.kit import tls

from pressutskick.transports.connection import adopt
from pressutskick.transports.relay.rules import RelayRules
from pressutskick.transports.relay.server import RelayServer
from pressutskick.transports.smtp import make_tls_context


@pytest.mark.parametrize("encrypted", [False, True])
def test_our_protocol_takes_over_an_open_connection(tmp_path: Path, encrypted: bool) -> None:
    async def main() -> None:
        rules = RelayRules(tls=tls.good() if encrypted else None)
        async with RelayServer(rules) as relay:
            client = aiosmtplib.SMTP(
                hostname="127.0.0.1",
                port=relay.port,
                start_tls=False,
                tls_context=make_tls_context(tls.write_authority(tmp_path)),
                local_hostname="localhost",
            )
            await client.connect()
            await client.ehlo(hostname="[127.0.0.1]")
            if encrypted:
                await client.starttls()
                await client.ehlo(hostname="[127.0.0.1]")
            assert client.esmtp_extensions["size"] == "30000000"
            assert "pipelining" in client.esmtp_extensions
            assert client.transport is not None
            assert hasattr(client.transport, "set_protocol")
            connection = adopt(client.transport)
            connection.write(b"NOOP\r\nNOOP\r\nRSET\r\n")
            replies = [await connection.reply(5.0) for _ in range(3)]
            assert [reply.code for reply in replies] == [250, 250, 250]
            await connection.quit(5.0)
            assert connection.is_lost
            assert not client.is_connected

    asyncio.run(main())


def test_the_watch_over_starttls_sees_what_aiosmtplib_reads() -> None:
    """STARTTLS goes through the transport's present protocol, whichever that is."""

    async def main() -> list[bytes]:
        seen: list[bytes] = []

        class Spy(asyncio.Protocol):
            def data_received(self, data: bytes) -> None:
                seen.append(data)
                inner.data_received(data)

        async with RelayServer() as relay:
            client = aiosmtplib.SMTP(
                hostname="127.0.0.1", port=relay.port, start_tls=False, local_hostname="localhost"
            )
            await client.connect()
            assert client.protocol is not None
            assert isinstance(client.transport, asyncio.Transport)
            inner = client.protocol
            client.transport.set_protocol(Spy())
            await client.noop()
            client.close()
        return seen

    assert asyncio.run(main())[-1] == b"250 2.0.0 Ok\r\n"
