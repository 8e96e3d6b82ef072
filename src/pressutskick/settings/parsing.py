"""What each setting may be: texts to values, with a ValueError for what is none."""

import re
from collections.abc import Callable
from math import inf
from pathlib import Path

from pressutskick.mail import Mailbox


def parse_rate(text: str) -> float:
    """`20/min`, `2/s`, `500/h` or `20` -> messages per minute, above 0.

    Raises:
        ValueError: the text is none of these.
    """
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:/\s*(s|sec|m|min|h|hour|tim))?\s*", text.lower())
    if match is None or float(match[1]) <= 0:
        raise ValueError(text)
    factor = {"s": 60.0, "sec": 60.0, "h": 1 / 60, "hour": 1 / 60, "tim": 1 / 60}
    return float(match[1]) * factor.get(match[2] or "min", 1.0)


def parse_mailbox(text: str) -> Mailbox:
    """`Name <address>` or an address -> Mailbox.

    Raises:
        ValueError: no usable address.
    """
    match = re.fullmatch(r"\s*(?:\"?([^\"<]*?)\"?\s*<([^<>]+)>|(\S+))\s*", text)
    if match is None:
        raise ValueError(text)
    return Mailbox(address=(match[2] or match[3]).strip(), name=(match[1] or "").strip())


def parse_host(text: str) -> str:
    """A server's name or IP address, nothing before or after it.

    Raises:
        ValueError: a web address, a port after a colon, or blanks.
    """
    host = text.strip()
    if re.search(r"[\s/@]", host) or host.count(":") == 1:
        raise ValueError(text)
    return host


def parse_ehlo_name(text: str) -> str:
    """A host's name, or an address literal in square brackets (RFC 5321 section 4.1.1.1).

    Raises:
        ValueError: neither; EHLO would not be one command.
    """
    name = text.strip()
    if not re.fullmatch(r"(?!-)[A-Za-z0-9._-]{1,255}|\[[A-Za-z0-9.:]+\]", name):
        raise ValueError(text)
    return name


def parse_login(text: str) -> str:
    """Who signs people in: `microsoft365`, `google`, or an issuer's https address.

    Raises:
        ValueError: the text is none of these.
    """
    word = text.strip()
    if word.casefold() in ("microsoft365", "google"):
        return word.casefold()
    if re.fullmatch(r"https://[^\s/?#@]+(/[^\s?#]*)?", word) is None:
        raise ValueError(text)
    return word.rstrip("/")


def whole_number(least: int, most: float = inf) -> Callable[[str], int]:
    """A parser of numbers from `least` to `most`; it raises ValueError for everything else."""

    def parse(text: str) -> int:
        number = int(text)
        if not least <= number <= most:
            raise ValueError(text)
        return number

    return parse


def parse_bool(text: str) -> bool:
    """true, yes, ja, 1 and their opposites; nothing is false.

    Raises:
        ValueError: the text is none of these.
    """
    words = {"true": True, "yes": True, "ja": True, "1": True}
    words |= {"false": False, "no": False, "nej": False, "0": False, "": False}
    if text.lower() not in words:
        raise ValueError(text)
    return words[text.lower()]


def parse_seconds(text: str) -> float:
    """Seconds, above 0 and at most an hour.

    Raises:
        ValueError: the text is no such number.
    """
    seconds = float(text)
    if not 0 < seconds <= 3600:
        raise ValueError(text)
    return seconds


def names_server(text: str) -> bool:
    """Whether the delivery log is on a PostgreSQL server: a URL, or libpq's `key=value` words."""
    return re.match(r"postgres(ql)?://|(?:host|hostaddr|service|dbname)\s*=", text) is not None


def parse_database(text: str) -> Path:
    """The delivery log's file, the home folder's sign put in.

    Raises:
        ValueError: it is the address of a server that we know nothing of.
    """
    if re.match(r"[a-zA-Z][\w+.-]*://", text):
        raise ValueError(text)
    return Path(text).expanduser()


def without_password(text: str) -> str:
    """The address of a server with stars in place of its password."""
    text = re.sub(r"(://[^:/@]*:)[^/]*@", r"\1***@", text)
    return re.sub(
        r"(password\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&]+)", r"\1***", text, flags=re.IGNORECASE
    )
