"""A real OpenID provider on loopback, over TLS: the npm package oidc-provider."""

import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue

from tests.kit import tls

ROOT = Path(__file__).parents[2]
_MODULES = ROOT / "benchmarks" / ".cache" / "provider" / "node_modules"
_PACKAGE = _MODULES / "oidc-provider" / "lib" / "index.js"
CLIENT_ID = "pressutskick"
#: What a mail server asks the provider about tokens with.
INTROSPECTION_LOGIN = "mailserver:hemligt"


def provider_reason() -> str:
    """Why the provider cannot be tried; empty where it can."""
    if shutil.which("node") is None:
        return "there is no node on this machine"
    return "" if _PACKAGE.exists() else "oidc-provider is not installed: make provider"


@dataclass(slots=True, kw_only=True)
class RunningProvider:
    """`grants` names the kind of each token that was given, in order."""

    port: int
    ca_file: str
    grants: list[str] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"https://127.0.0.1:{self.port}"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def write_certificate(folder: Path) -> tuple[Path, Path]:
    """Files of a certificate for 127.0.0.1 that our authority has signed, and of its key."""
    leaf = tls.authority().issue_cert("127.0.0.1")
    cert, key = folder / "cert.pem", folder / "key.pem"
    leaf.private_key_pem.write_to_path(key)
    cert.write_bytes(b"".join(blob.bytes() for blob in leaf.cert_chain_pems))
    return cert, key


@contextmanager
def running_provider(folder: Path, *, seconds: int = 3600) -> Iterator[RunningProvider]:
    """Runs until the block ends; its access tokens live for `seconds`."""
    cert, key = write_certificate(folder)
    provider = RunningProvider(port=free_port(), ca_file=tls.write_authority(folder))
    words = ["node", str(ROOT / "tests" / "kit" / "provider.mjs"), str(_PACKAGE)]
    words += [str(provider.port), str(cert), str(key), str(seconds)]
    errors = (folder / "provider.log").open("w")
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=errors, text=True)
    lines: Queue[str] = Queue()

    def listen() -> None:
        for line in process.stdout or ():
            if " " not in line.strip() and line.strip() != "ready":
                provider.grants.append(line.strip())
            lines.put(line.strip())
        lines.put("")

    reader = threading.Thread(target=listen)
    reader.start()
    try:
        while (line := lines.get(timeout=60)) != "ready":
            assert line, (folder / "provider.log").read_text()
        yield provider
    finally:
        process.kill()
        process.wait()
        reader.join()
        if process.stdout is not None:
            process.stdout.close()
        errors.close()
