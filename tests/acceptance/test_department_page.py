"""docs/department.md from `apt-get install` to the first shared dispatch: its commands, as they stand."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.kit.harbour import write_workspace
from tests.kit.postgres import PostgresServer, find_programs
from tests.kit.postoffice import open_post_office
from tests.kit.program import clear_text, environment

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "department.md"
#: What the page's reader is root for, and what is there already.
SHIMS = {
    "sudo": 'if [ "$1" = -u ]; then shift 2; fi\nexec "$@"',
    "apt-get": "exit 0",
    "pip": "exit 0",
    "pressutskick": f'exec "{sys.executable}" -m pressutskick "$@"',
}


def commands() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def test_the_page_leads_to_the_first_shared_dispatch(tmp_path: Path) -> None:
    programs = find_programs()
    if programs is None:
        pytest.skip("needs PostgreSQL's own programs (Debian: postgresql)")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = PostgresServer(programs, port=port)
    shims, home, work = (tmp_path / name for name in ("bin", "home", "work"))
    for folder in (shims, home, work):
        folder.mkdir()
    for name, script in SHIMS.items():
        (shims / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (shims / name).chmod(0o755)
    write_workspace(work, "hamnbadet", 4)
    (work / "hamnbadet.md").rename(work / "inbjudan.md")
    (work / "list.csv").rename(work / "lista.csv")
    try:
        with open_post_office(tmp_path / "post") as office:
            told = run_all(work, office.port, server, shims, home)
            assert office.count() == 4, told
    finally:
        server.remove()
    assert "Åsa Ek" in (work / ".env").read_text("utf-8")
    assert "is whole" in told
    # Both say it: who had a log of their own, and who looks afterwards.
    assert "each compared with the old one" in told
    assert "4 accepted" in told


def run_all(work: Path, port: int, server: PostgresServer, shims: Path, home: Path) -> str:
    env = environment(**clear_text(port)) | {
        "PATH": f"{shims}:{server.programs}:/usr/bin:/bin",
        "HOME": str(home),
        "XDG_STATE_HOME": str(home),
        # Where the page's reader has the server's own socket and port.
        "PGPORT": server.port,
        "PGUSER": "press",
        "PGHOST": str(server.folder),
        "PGDATABASE": "postgres",
    }
    told = ""
    for line in commands():
        if line.startswith("pressutskick database copy"):
            # Somebody has a log already.
            told += shell("pressutskick recipients suppress nej@posten.example", work, env)
        told += shell(line, work, env)
    return told


def shell(line: str, work: Path, env: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=work,
        env=env,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )
    assert done.returncode == 0, (line, done.stdout, done.stderr)
    return done.stdout + done.stderr


def test_the_server_in_a_container_is_that_of_the_page() -> None:
    service = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]["log"]
    assert service["environment"]["POSTGRES_USER"] == "pressutskick"
    assert service["environment"]["POSTGRES_DB"] == "pressutskick"
    # Nobody else's machine reaches it by default, and it has no password of ours.
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert ":?" in service["environment"]["POSTGRES_PASSWORD"]
