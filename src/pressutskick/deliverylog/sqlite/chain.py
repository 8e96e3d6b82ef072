"""The chain of the log: each row of an attempt or a decision bears a hash over all before it.

It tells a change, not who made it: whoever can write the file can also write a new chain. What is
personal in a row goes in as a salted digest, so that a person can be forgotten and the chain stay
whole. `migrations/0008_chain.sql` says what a link is made of.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from pressutskick.deliverylog.sqlite.statements import statements

_SALT, _DIGEST = 16, 32
_FIXED, _OWN = slice(_SALT, _SALT + _DIGEST), slice(_SALT + _DIGEST, _SALT + 2 * _DIGEST)
_GENESIS = bytes(_DIGEST)
#: Stands in a link in place of what never changes, where the row was rightly taken out.
_GONE = "gone"


class Source(StrEnum):
    """The tables whose rows are chained."""

    ATTEMPT = "attempt"
    RESOLUTION = "resolution"
    APPROVAL = "approval"
    SUPPRESSION = "suppression"


class Harm(StrEnum):
    """What was done to a row behind the program's back."""

    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    #: The link itself was changed, or one before it taken out.
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A row: of an attempt its delivery's id and its number, else its id and 0."""

    source: Source
    row: int
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A row that is not as it was written."""

    place: Place
    harm: Harm


def install(connection: sqlite3.Connection) -> None:
    """Gives the connection `chain_seal`, which makes the links of a statement one after another."""
    head = _GENESIS

    def seal(
        last: bytes | None,
        place: int,
        source: str,
        row: int,
        number: int,
        stable: str,
        private: str,
    ) -> bytes:
        nonlocal head
        if place == 0:
            head = last[-_DIGEST:] if last else _GENESIS
        salt = os.urandom(_SALT)
        fixed, own = _digest(stable), _digest(private, salt)
        head = _chain(head, source, row, number, fixed + own)
        return salt + fixed + own + head

    connection.create_function("chain_seal", 7, seal)


def link(connection: sqlite3.Connection, source: Source, row: int, number: int = 0) -> None:
    """Chains a row that was just written, in the caller's transaction."""
    values = {"source": source.value, "row": row, "number": number}
    connection.execute(statements()["link_row"], values)


def link_end(connection: sqlite3.Connection, source: Source, row: int, number: int = 0) -> None:
    """Chains that a row was rightly taken out."""
    values = {"source": source.value, "row": row, "number": number, "gone": _GONE}
    connection.execute(statements()["link_end"], values)


@contextmanager
def relinking(connection: sqlite3.Connection) -> Iterator[None]:
    """What the caller changes within is chained anew; what was changed before stays found out.

    The salts of outdated links go, so that nobody can try out what stood there.
    """
    known = {finding.place for finding in find_harm(connection)}
    yield
    changed = {each.place: each.harm for each in find_harm(connection)}
    fresh = {place: harm for place, harm in changed.items() if place not in known}
    if not fresh:
        return
    for id_, *place in connection.execute(statements()["link_places"]).fetchall():
        if _place(*place) in fresh:
            connection.execute(statements()["unsalt_link"], {"id": id_})
    for place, harm in fresh.items():
        chain = link_end if harm is Harm.REMOVED else link
        chain(connection, place.source, place.row, place.number)


def find_harm(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Every row that is not as the program wrote it, in the order of writing; added ones last."""
    head, before = _GENESIS, 0
    for id_, source, row, number, seal, stable, private, is_last in connection.execute(
        statements()["chain"]
    ):
        place = _place(source, row, number)
        expected = _chain(head, source, row, number, seal[_SALT:-_DIGEST])
        if id_ != before + 1 or seal[-_DIGEST:] != expected:
            yield Finding(place=place, harm=Harm.BROKEN)
        elif is_last and (harm := _judge(seal, stable, private)) is not None:
            yield Finding(place=place, harm=harm)
        head, before = seal[-_DIGEST:], id_
    for place in connection.execute(statements()["unchained"]):
        yield Finding(place=_place(*place), harm=Harm.ADDED)


def _judge(seal: bytes, stable: str | None, private: str | None) -> Harm | None:
    is_gone = seal[_FIXED] == _digest(_GONE)
    if stable is None or private is None:
        return None if is_gone else Harm.REMOVED
    if is_gone:
        return Harm.ADDED
    is_whole = seal[_FIXED] == _digest(stable) and seal[_OWN] == _digest(private, seal[:_SALT])
    return None if is_whole else Harm.CHANGED


def _place(source: str, row: int, number: int) -> Place:
    return Place(source=Source(source), row=row, number=number)


def _digest(text: str, salt: bytes = b"") -> bytes:
    return hashlib.sha256(salt + text.encode("utf-8", "surrogatepass")).digest()


def _chain(head: bytes, source: str, row: int, number: int, digests: bytes) -> bytes:
    return hashlib.sha256(b"%s%s %d %d " % (head, source.encode(), row, number) + digests).digest()
