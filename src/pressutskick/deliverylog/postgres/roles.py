"""Who may do what: a role that sends, and one that only looks. SQL for whoever runs the server."""

from psycopg.sql import SQL, Identifier

_SCRIPT = """\
-- Who sends owns the tables; who looks reads them, those too that an upgrade makes.
CREATE ROLE {sender} LOGIN;
CREATE ROLE {reader} LOGIN;
CREATE DATABASE {database} OWNER {sender};
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {sender}, {reader};
\\connect {database}
ALTER SCHEMA public OWNER TO {sender};
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {reader};
GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader};
ALTER DEFAULT PRIVILEGES FOR ROLE {sender} IN SCHEMA public GRANT SELECT ON TABLES TO {reader};
ALTER ROLE {reader} IN DATABASE {database} SET default_transaction_read_only = on;
"""


def write_roles(*, database: str, sender: str, reader: str) -> str:
    """What `psql` is fed, once, by the server's administrator; passwords are theirs to set."""
    names = {"database": database, "sender": sender, "reader": reader}
    quoted = {key: Identifier(name) for key, name in names.items()}
    return SQL(_SCRIPT).format(**quoted).as_string()
