"""A real IMAP server over TLS: nothing is marked, nothing read twice, nothing trusted blindly."""

import asyncio
import datetime as dt
import shlex
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.kit import incoming, tls
from tests.kit.imapserver import (
    PASSWORD,
    TOKEN,
    USER,
    ImapServer,
    imap_reason,
    imap_server,
)

from pressutskick.dispatch.signin.credentials import Token
from pressutskick.errors import (
    AuthenticationError,
    InputNotFound,
    RelayUnavailable,
    TlsError,
)
from pressutskick.identity.secrets import CommandTokens, KnownPassword
from pressutskick.identity.sharing import SharedTokens
from pressutskick.inbox.imap import ImapAccount, ImapMailbox
from pressutskick.replies.mailbox import START, Cursor, Progress, RawMail
from pressutskick.replies.parts import MOST_OCTETS
from pressutskick.settings.model import ImapSecurity
from pressutskick.transports.smtp import make_tls_context

pytestmark = [
    pytest.mark.skipif(bool(imap_reason()), reason=imap_reason()),
    pytest.mark.xdist_group("dovecot"),
]
MAILS = [path.read_bytes() for path in incoming.files()][:20]


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    with imap_server() as server:
        server.add(MAILS)
        yield server


def account(server: ImapServer, **more: object) -> ImapAccount:
    given = ImapAccount(
        host="127.0.0.1",
        port=server.port,
        security=ImapSecurity.TLS,
        username=USER,
        reveal=KnownPassword(lambda: PASSWORD),
        make_context=lambda: make_tls_context(server.ca_file),
    )
    return replace(given, **more)  # type: ignore[arg-type]


def read(server: ImapServer, progress: Progress = START, **more: object) -> list[RawMail]:
    return list(ImapMailbox(account(server, **more)).mails(progress))


def test_every_mail_is_read_and_none_is_marked(server: ImapServer) -> None:
    found = read(server)
    contents = {each.content.replace(b"\r\n", b"\n") for each in found}
    assert contents >= set(MAILS)
    assert set(server.flags()) == {""}
    uids = [each.cursor.uid for each in found if each.cursor]
    assert uids == sorted(set(uids))


def test_a_second_reading_goes_on_after_the_last_mail(server: ImapServer) -> None:
    last = read(server)[-1].cursor
    assert read(server, Progress(cursor=last)) == []
    server.add([b"Subject: ny\n\nhej\n"])
    (new,) = read(server, Progress(cursor=last))
    assert new.content == b"Subject: ny\r\n\r\nhej\r\n"


def test_a_mailbox_with_other_numbers_is_read_from_its_beginning(server: ImapServer) -> None:
    assert read(server, Progress(cursor=Cursor(validity=1, uid=9_999))) == read(server)


def test_a_first_reading_looks_back_to_a_day(server: ImapServer) -> None:
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)
    assert read(server, Progress(since=tomorrow)) == []
    assert len(read(server, Progress(since=dt.date(2020, 1, 1)))) == len(read(server))


def test_only_the_beginning_of_an_endless_mail_is_fetched(server: ImapServer) -> None:
    last = read(server)[-1].cursor
    server.add([b"Subject: lang\n\n" + b"y" * 70 + b"\n" + (b"z" * 70 + b"\n") * 40_000])
    (found,) = read(server, Progress(cursor=last))
    assert len(found.content) == MOST_OCTETS


def test_starttls_is_as_good(server: ImapServer) -> None:
    found = read(server, port=server.starttls_port, security=ImapSecurity.STARTTLS)
    assert len(found) == len(read(server))


def fetched(*tokens: str) -> SharedTokens:
    """Gives one after another, each when the one before was refused."""
    left = list(tokens)

    async def fetch(_refused: Token | None) -> Token:
        return Token(value=left.pop(0), made_at=dt.datetime.now(dt.UTC))

    return SharedTokens(fetch, lambda: dt.datetime.now(dt.UTC))


def test_a_token_logs_in(server: ImapServer) -> None:
    assert read(server, reveal=None, tokens=fetched(TOKEN))


def test_a_token_that_has_just_ended_is_renewed_once(server: ImapServer) -> None:
    assert read(server, reveal=None, tokens=fetched("ended", TOKEN))
    with pytest.raises(AuthenticationError):
        read(server, reveal=None, tokens=fetched("ended", "ended too", TOKEN))


def test_a_token_command_works_as_for_sending(server: ImapServer) -> None:
    command = f"{shlex.quote(sys.executable)} -c \"print('{TOKEN}')\""
    source = CommandTokens(command=command, key="X", now=lambda: dt.datetime.now(dt.UTC))
    tokens = SharedTokens(source, lambda: dt.datetime.now(dt.UTC))
    assert read(server, reveal=None, tokens=tokens)
    assert asyncio.run(tokens.fresh()).value == TOKEN


def test_a_wrong_password_is_told_with_the_way_out(server: ImapServer) -> None:
    with pytest.raises(AuthenticationError) as told:
        read(server, reveal=KnownPassword(lambda: "fel"))
    assert USER in str(told.value)
    assert "fel" not in str(told.value).split()


def test_a_certificate_that_nobody_vouches_for_is_refused(
    server: ImapServer, tmp_path: Path
) -> None:
    with pytest.raises(TlsError):
        read(server, make_context=make_tls_context)
    tls.authority("theirs").cert_pem.write_to_path(tmp_path / "theirs.pem")
    with pytest.raises(TlsError):
        read(server, make_context=lambda: make_tls_context(str(tmp_path / "theirs.pem")))


def test_a_folder_that_is_not_there_is_told(server: ImapServer) -> None:
    with pytest.raises(InputNotFound) as told:
        read(server, folder="Saknas")
    assert "Saknas" in str(told.value)


def test_nobody_at_the_port_is_told(server: ImapServer) -> None:
    with pytest.raises(RelayUnavailable):
        read(server, port=1)


def test_what_comes_in_ends_the_waiting(server: ImapServer) -> None:
    import threading

    box = ImapMailbox(account(server))
    waiting = threading.Thread(target=box.wait)
    waiting.start()
    while waiting.is_alive():
        server.add([b"Subject: x\n\ny\n"])
        waiting.join(1)
    assert not waiting.is_alive()
