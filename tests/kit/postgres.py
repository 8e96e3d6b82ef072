"""A PostgreSQL server of the tests' own: on a socket in a folder of its own, gone with the tests."""

import atexit
import itertools
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

_NUMBERS = itertools.count()


def find_programs() -> Path | None:
    """Where the server's programs are; None where there is no PostgreSQL."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("initdb"):
        folders.append(Path(found).resolve().parent)
    wanted = ("initdb", "pg_ctl", "psql")
    return next(
        (folder for folder in folders if all((folder / each).exists() for each in wanted)), None
    )


class PostgresServer:
    """One server; each log has a schema of its own in its database."""

    def __init__(self, programs: Path, *, port: int | None = None, **settings: str) -> None:
        """Makes a cluster and starts it; as root the server runs as somebody else.

        With a `port` it listens on loopback too; `settings` are the server's own.
        """
        self.programs = programs
        # A socket's path has 107 octets at most.
        self.folder = Path(tempfile.mkdtemp(prefix="pk-pg-"))
        self.data = self.folder / "data"
        self._settings = {"fsync": "off", "autovacuum": "off", **settings}
        if port is not None:
            self._settings |= {"listen_addresses": "127.0.0.1", "port": str(port)}
        self._emptied: str | None = None
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.run("initdb", "-D", str(self.data), "-U", "press", "-A", "trust", "-E", "UTF8",
                 "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        self.start()

    def run(self, program: str, *words: str) -> str:
        """Runs one of the server's programs, not as root."""
        command = [str(self.programs / program), *words]
        if os.geteuid() == 0:
            command = [
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--clear-groups",
                *command,
            ]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            **self._settings,
        }
        options = " ".join(f"-c {key}='{value}'" for key, value in settings.items())
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", log, "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stops it: `fast` cuts all connections, `immediate` is a crash."""
        self.run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def remove(self) -> None:
        """Stops it and takes its folder away."""
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def port(self) -> str:
        return self._settings.get("port", "5432")

    @property
    def conninfo(self) -> str:
        return f"postgresql:///postgres?host={self.folder}&port={self.port}&user=press"

    def new_schema(self) -> str:
        """The address of a schema that nobody has used."""
        name = f"log{os.getpid()}_{next(_NUMBERS)}"
        with psycopg.connect(self.conninfo, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{self.conninfo}&options=-csearch_path%3D{name}"

    def emptied_schema(self) -> str:
        """The one schema for logs of which nothing is left when the next begins: made once, emptied.

        To make a log takes half a second, to empty one a tenth of that.
        """
        if self._emptied is None:
            self._emptied = self.new_schema()
            return self._emptied
        with psycopg.connect(self._emptied) as connection:
            # Without foreign keys, in any order.
            connection.execute("SET session_replication_role = replica")
            tables = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            tables_found = connection.execute(tables).fetchall()
            for (table,) in tables_found:
                if table != "meta":
                    connection.execute(SQL("DELETE FROM {}").format(Identifier(table)))
            connection.execute(
                "SELECT setval(quote_ident(sequencename)::regclass, 1, false) FROM pg_sequences "
                "WHERE schemaname = current_schema()"
            )
            for key in ("instance", "key") if tables_found else ():
                values = (secrets.token_bytes(32), key)
                connection.execute("UPDATE meta SET value = %s WHERE key = %s", values)
        return self._emptied


@cache
def shared_server() -> PostgresServer | None:
    """One server for all tests of this process; None where there is no PostgreSQL."""
    programs = find_programs()
    if programs is None:
        return None
    server = PostgresServer(programs)
    atexit.register(server.remove)
    return server


def require_server() -> PostgresServer:
    """The server; the test is skipped where there is none."""
    server = shared_server()
    if server is None:
        pytest.skip("needs PostgreSQL's own programs (Debian: postgresql)")
    return server
