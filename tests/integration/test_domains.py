"""Dead domains are told from slow ones by asking a name server on loopback."""

import socket
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from pressutskick.recipients.audit import DomainHealth
from pressutskick.sources.lists.domains import look_up_domains

ZONE = {
    ("mx.example.", "MX"): "10 mail.mx.example.",
    ("null.example.", "MX"): "0 .",
    ("host.example.", "A"): "192.0.2.1",
    ("six.example.", "AAAA"): "2001:db8::1",
}
NAMES = {name for name, _kind in ZONE} | {"silent.example.", "broken.example."}


def answer(query: dns.message.Message) -> dns.message.Message:
    question = query.question[0]
    name, kind = question.name.to_text(), dns.rdatatype.to_text(question.rdtype)
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.RA
    if name == "broken.example.":
        reply.set_rcode(dns.rcode.SERVFAIL)
    elif name not in NAMES:
        reply.set_rcode(dns.rcode.NXDOMAIN)
    elif (name, kind) in ZONE:
        reply.answer.append(dns.rrset.from_text(name, 60, "IN", kind, ZONE[name, kind]))
    return reply


@pytest.fixture
def resolver() -> Iterator[dns.resolver.Resolver]:
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                data, client = server.recvfrom(4096)
            except OSError:
                return
            if data == b"stop":
                return
            server.sendto(answer(dns.message.from_wire(data)).to_wire(), client)

    thread = threading.Thread(target=serve)
    thread.start()
    found = dns.resolver.Resolver(configure=False)
    found.nameservers = ["127.0.0.1"]
    found.port = server.getsockname()[1]
    found.retry_servfail = False
    yield found
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stop:
        stop.sendto(b"stop", server.getsockname())
    thread.join()
    server.close()


def test_each_domain_is_alive_missing_or_takes_no_mail(resolver: dns.resolver.Resolver) -> None:
    asked = ["mx", "null", "host", "six", "silent", "gone", "broken"]
    health = look_up_domains([f"{name}.example" for name in asked], resolver)
    assert health == {
        "mx.example": DomainHealth.ALIVE,
        "host.example": DomainHealth.ALIVE,
        "six.example": DomainHealth.ALIVE,
        "null.example": DomainHealth.TAKES_NO_MAIL,
        "silent.example": DomainHealth.TAKES_NO_MAIL,
        "gone.example": DomainHealth.MISSING,
        "broken.example": DomainHealth.UNKNOWN,
    }
