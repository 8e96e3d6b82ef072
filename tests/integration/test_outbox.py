"""Messages kept as files: the sandbox's."""

import email
import email.policy
from pathlib import Path

from tests.kit.dispatch import addresses
from tests.kit.relay import run_story

from pressutskick.dispatch.delivery import DeliveryStatus
from pressutskick.exports.outbox import Outbox
from pressutskick.transports.relay.rules import RelayRules
from pressutskick.transports.sandbox import SandboxTransport


def test_each_message_becomes_a_file_that_parses(tmp_path: Path) -> None:
    transport = SandboxTransport(Outbox(tmp_path / "outbox").add)
    story = run_story(RelayRules(), addresses(30), transport=transport, connections=3)
    assert story.result.tally == {DeliveryStatus.ACCEPTED: 30}
    files = sorted((tmp_path / "outbox").iterdir())
    assert len(files) == 30
    found = set()
    for file in files:
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        assert not message.defects
        assert message.get_content().endswith("\n.slut\r\n")
        assert file.stat().st_mode & 0o077 == 0
        found.add(message["To"])
    assert found == set(addresses(30))


def test_files_are_numbered_on_and_never_replaced(tmp_path: Path) -> None:
    first = Outbox(tmp_path).add("a/../../b@x.example", b"one\r\n")
    second = Outbox(tmp_path).add("a@x.example", b"two\r\n")
    assert first.name == "0001-a_.._.._b@x.example.eml"
    assert second.name == "0002-a@x.example.eml"
    assert first.read_bytes() == b"one\r\n"


def test_a_folder_that_cannot_be_written_sends_nobody_anything(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file")
    story = run_story(
        RelayRules(), addresses(3), transport=SandboxTransport(Outbox(tmp_path / "outbox").add)
    )
    assert story.result.tally == {DeliveryStatus.DEFERRED: 3}
