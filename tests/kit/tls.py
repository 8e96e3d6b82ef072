"""Certificates for loopback: right, foreign, expired, for another name."""

import ssl
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import trustme


@cache
def authority(name: str = "ours") -> trustme.CA:
    return trustme.CA(organization_name=name)


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@cache
def good() -> ssl.SSLContext:
    return server_context(authority().issue_cert("127.0.0.1"))


@cache
def foreign() -> ssl.SSLContext:
    return server_context(authority("theirs").issue_cert("127.0.0.1"))


@cache
def expired() -> ssl.SSLContext:
    past = datetime(2020, 1, 1, tzinfo=UTC)
    return server_context(authority().issue_cert("127.0.0.1", not_after=past, not_before=None))


@cache
def misnamed() -> ssl.SSLContext:
    return server_context(authority().issue_cert("other.example"))


def write_authority(folder: Path) -> str:
    file = folder / "ca.pem"
    authority().cert_pem.write_to_path(file)
    return str(file)
