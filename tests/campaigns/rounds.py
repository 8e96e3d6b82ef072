"""A whole round through real servers: send, a next hop that fails, bounces, IMAP, `inbox`.

`make rounds`, as root in a container: Postfix, Exim and OpenSMTPD each forward to a post office that
refuses every third recipient; what they send back lies in a mailbox that Dovecot serves over TLS, read with
a token. Every bounce must land on its delivery, no other may, and every mail must still be unread.
"""

import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.campaigns.servers import SERVERS, Running, await_port
from tests.kit.harbour import write_workspace
from tests.kit.imapserver import TOKEN, USER, ImapServer, imap_server
from tests.kit.postoffice import PostOffice, open_post_office
from tests.kit.program import command, environment

from pressutskick.transports.relay.faults import ScriptedFault, Stage, Victim

PEOPLE = 30
SENDER = "press@astad.example"
ROUNDS = ("postfix", "exim", "opensmtpd")
#: Seconds within which a server has given back what it could not deliver.
_PATIENCE = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What came of it: who was refused, what the log says of each, and what was left unread."""

    refused: frozenset[str]
    statuses: Mapping[str, str]
    answers: Mapping[str, str]
    proposed: frozenset[str]
    flags: frozenset[str]

    @property
    def bounced(self) -> frozenset[str]:
        return frozenset(each for each, status in self.statuses.items() if status == "bounced")


def refuse_nobody_there(victim: Victim) -> None:
    victim.send(b"550 5.1.1 no such user here\r\n")


def go_round(name: str) -> Round:
    """One server's round."""
    with (
        tempfile.TemporaryDirectory(prefix=f"round-{name}-") as made,
        open_post_office(Path(made) / "office") as office,
    ):
        folder = Path(made)
        folder.chmod(0o755)
        server = folder / "server"
        server.mkdir()
        relay = SERVERS[name](server, office.port)
        try:
            await_port(relay.port)
            refused = _send(folder, office, relay)
        finally:
            relay.stop()
        with imap_server() as box:
            box.add([mail.as_bytes() for mail in office.mails(SENDER)])
            return _read(folder, box, refused)


def _send(folder: Path, office: PostOffice, relay: Running) -> frozenset[str]:
    write_workspace(folder, "hamnbad", PEOPLE)
    people = [f"desk{n}@newsdesk{n % 9}.example" for n in range(PEOPLE)]
    refused = frozenset(people[::3])
    office.rules.faults += [
        ScriptedFault(stage=Stage.RCPT, misbehaviour=refuse_nobody_there, address=each)
        for each in refused
    ]
    security = {"SMTP_CA_FILE": relay.ca_file} if relay.ca_file else {"SMTP_SECURITY": "none"}
    settings = environment(SMTP_HOST="127.0.0.1", SMTP_PORT=relay.port, **security)
    words = command("send", "hamnbad.md", "--to", "list.csv", "--yes", "--quiet")
    subprocess.run(words, cwd=folder, env=settings, check=True)
    # Those that arrive, and a bounce for each that does not.
    office.wait_for(PEOPLE, seconds=_PATIENCE)
    return refused


def _read(folder: Path, box: ImapServer, refused: frozenset[str]) -> Round:
    told = f"{shlex.quote(sys.executable)} -c \"print('{TOKEN}')\""
    given = box.settings(SMTP_TOKEN_COMMAND=told, SMTP_HOST="127.0.0.1", IMAP_USERNAME=USER)
    settings = environment(**{key: value for key, value in given.items() if key != "IMAP_PASSWORD"})

    def run(*words: str) -> str:
        done = subprocess.run(
            command(*words), cwd=folder, env=settings, check=True, capture_output=True, text=True
        )
        return done.stdout

    run("inbox")
    run("inbox")
    log = json.loads(run("log", "hamnbad", "--json"))
    deliveries = {each["address"]: each for each in log["deliveries"]}
    return Round(
        refused=refused,
        statuses={address: each["status"] for address, each in deliveries.items()},
        answers={address: str(each["text"]) for address, each in deliveries.items()},
        proposed=frozenset(
            reply["file"]
            for address in refused
            for reply in json.loads(run("recipients", "export", address))["log"]["replies"]
            if reply["state"] == "proposed"
        ),
        flags=frozenset(box.flags()),
    )


def main() -> None:
    """All of them, or those that are named."""
    failed = False
    for name in sys.argv[1:] or ROUNDS:
        found = go_round(name)
        right, wrong = found.bounced & found.refused, found.bounced - found.refused
        read = "none read" if found.flags <= {""} else "some are marked as read"
        told = f"{len(right)} of {len(found.refused)} bounces on their deliveries"
        sys.stdout.write(f"{name}: {told}, {len(wrong)} wrong, {read}\n")
        sys.stdout.flush()
        failed |= found.bounced != found.refused or found.flags > {""}
    raise SystemExit(failed)


if __name__ == "__main__":
    main()
