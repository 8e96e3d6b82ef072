"""A relay with STARTTLS that keeps nothing: prints its port, writes its authority to FILE."""

import asyncio
import ssl
import sys
from pathlib import Path

import trustme

from pressutskick.transports.relay.rules import RelayRules
from pressutskick.transports.relay.server import RelayServer


async def main() -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(Path(sys.argv[1]))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = RelayServer(RelayRules(tls=context), keep=lambda _: None)
    await server.start()
    print(server.port, flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
