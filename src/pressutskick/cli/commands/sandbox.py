"""`sandbox`: the scripted relay to try against, in a terminal of its own."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from pressutskick.cli.language import _, _n
from pressutskick.cli.shows.screen.console import out, plain, talk
from pressutskick.cli.signals import heed_signals
from pressutskick.errors import SettingsError, reason_of
from pressutskick.exports.outbox import Outbox
from pressutskick.sentences import say
from pressutskick.transports.relay.rules import Receipt
from pressutskick.transports.relay.server import RelayServer


def sandbox(
    fault: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT-at-STAGE[:RATE]",
            help=_(
                "Misbehave: 451-at-rcpt:0.1, hang-at-final, 451-after-data:0.05 ...; "
                "may be given several times. See --list-faults."
            ),
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help=_("Listen on this port."))] = 2525,
    save: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help=_("Keep every message there as .eml."))
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help=_("Refuse more connections at once."))
    ] = None,
    quota: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help=_("Close a connection after so many messages.")),
    ] = None,
    greylist: Annotated[
        bool, typer.Option("--greylist", help=_("Defer the first try of each recipient."))
    ] = False,
    no_pipelining: Annotated[
        bool, typer.Option("--no-pipelining", help=_("Take one command at a time."))
    ] = False,
    seed: Annotated[
        int | None, typer.Option(metavar="N", help=_("Make the same chances each time."))
    ] = None,
    list_faults: Annotated[
        bool, typer.Option("--list-faults", help=_("Show what --fault knows, and stop."))
    ] = False,
) -> None:
    """Listens on 127.0.0.1 until Ctrl-C; nothing leaves the machine."""
    from pressutskick.transports.relay.faults import parse_fault
    from pressutskick.transports.relay.rules import RelayRules

    if list_faults:
        _list_faults()
        return
    rules = RelayRules(
        faults=[parse_fault(text) for text in fault or ()],
        limit=limit,
        quota=quota,
        greylists=greylist,
        pipelining=not no_pipelining,
    )
    server = RelayServer(rules, _Keeper(save).keep, seed=seed)
    asyncio.run(_serve(server, port))


def _list_faults() -> None:
    from pressutskick.cli.shows.words import misbehaviour_word, stage_word
    from pressutskick.transports.relay.faults import MISBEHAVIOURS, Stage

    out().print(plain(_("WHAT is a code from 400 to 599, or:")))
    for name in MISBEHAVIOURS:
        out().print(plain(f"  {name:12} {misbehaviour_word(name)}"))
    out().print(plain(_("STAGE is where it happens:")))
    for stage in Stage:
        out().print(plain(f"  {stage.value:12} {stage_word(stage.value)}"))


class _Keeper:
    """Tells each message as it is accepted, and keeps it where a folder is named."""

    def __init__(self, folder: Path | None) -> None:
        self._outbox = Outbox(folder) if folder else None

    def keep(self, receipt: Receipt) -> None:
        where = ""
        if self._outbox is not None:
            where = f"  {self._outbox.add(receipt.recipient, receipt.content)}"
        size = len(receipt.content)
        out().print(plain(_("{to}  {n} octets", to=receipt.recipient, n=size) + where))


async def _serve(server: RelayServer, port: int) -> None:
    try:
        await server.start(port=port)
    except OSError as error:
        raise SettingsError(
            say(
                "Port {port} of this machine cannot be used: {error}.",
                port=port,
                error=reason_of(error),
            ),
            remedy=say("Choose another port with --port; 0 takes a free one."),
        ) from error
    stopped = asyncio.Event()
    told = _(
        "Listening on 127.0.0.1:{port}. Nothing leaves this machine. Ctrl-C ends it.",
        port=server.port,
    )
    talk().print(plain(told, "bold"))
    settings = (
        f"PRESSUTSKICK_SMTP_HOST=127.0.0.1 PRESSUTSKICK_SMTP_PORT={server.port} "
        "PRESSUTSKICK_SMTP_SECURITY=none"
    )
    talk().print(plain(_("Send to it with: {settings} pressutskick send ...", settings=settings)))
    with heed_signals(lambda _number: stopped.set(), even_ignored=True):
        await stopped.wait()
        await server.close()
    talk().print(
        plain(
            _n("{count} message was accepted.", "{count} messages were accepted.", server.accepted)
        )
    )
