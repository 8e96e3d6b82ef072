"""The chain of the log: each row of an attempt or a decision bears a hash over all before it.

It tells a change, not who made it: whoever can write the file can also write a new chain. What is
personal in a row goes in as a salted digest, so that a person can be forgotten and the chain stay
whole. `sqlite/migrations/0008_chain.sql` says what a link is made of.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from pressutskick.deliverylog.relational.session import Session

#: Octets of a salt, and of a digest.
SALT, _DIGEST = 16, 32
_FIXED, _OWN = slice(SALT, SALT + _DIGEST), slice(SALT + _DIGEST, SALT + 2 * _DIGEST)
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


def seal_row(
    head: bytes, place: tuple[str, int, int], stable: str, private: str, salt: bytes
) -> bytes:
    """The link of a row after the one that ends in `head`: salt, two digests, the chain's new end."""
    fixed, own = _digest(stable), _digest(private, salt)
    return salt + fixed + own + _chain(head, *place, fixed + own)


def end_of(seal: bytes | None) -> bytes:
    """What the next link is chained to."""
    return seal[-_DIGEST:] if seal else _GENESIS


def link(session: Session, source: Source, row: int, number: int = 0) -> None:
    """Chains a row that was just written, in the caller's transaction."""
    values = {"source": source.value, "row": row, "number": number}
    session.seal("link_row", values)


def link_end(session: Session, source: Source, row: int, number: int = 0) -> None:
    """Chains that a row was rightly taken out."""
    values = {"source": source.value, "row": row, "number": number, "gone": _GONE}
    session.seal("link_end", values)


@contextmanager
def relinking(session: Session) -> Iterator[None]:
    """What the caller changes within is chained anew; what was changed before stays found out.

    The salts of outdated links go, so that nobody can try out what stood there.
    """
    session.run("lock_chain")
    known = {finding.place for finding in find_harm(session)}
    yield
    changed = {each.place: each.harm for each in find_harm(session)}
    fresh = {place: harm for place, harm in changed.items() if place not in known}
    if not fresh:
        return
    for id_, *place in session.run("link_places").fetchall():
        if _place(*place) in fresh:
            session.run("unsalt_link", {"id": id_})
    for place, harm in fresh.items():
        chain = link_end if harm is Harm.REMOVED else link
        chain(session, place.source, place.row, place.number)


def find_harm(session: Session) -> Iterator[Finding]:
    """Every row that is not as the program wrote it, in the order of writing; added ones last."""
    head, before = _GENESIS, 0
    for id_, source, row, number, seal, stable, private, is_last in session.run(
        "chain",
    ):
        place = _place(source, row, number)
        expected = _chain(head, source, row, number, seal[SALT:-_DIGEST])
        if id_ != before + 1 or seal[-_DIGEST:] != expected:
            yield Finding(place=place, harm=Harm.BROKEN)
        elif is_last and (harm := _judge(seal, stable, private)) is not None:
            yield Finding(place=place, harm=harm)
        head, before = seal[-_DIGEST:], id_
    for place in session.run("unchained"):
        yield Finding(place=_place(*place), harm=Harm.ADDED)


def _judge(seal: bytes, stable: str | None, private: str | None) -> Harm | None:
    is_gone = seal[_FIXED] == _digest(_GONE)
    if stable is None or private is None:
        return None if is_gone else Harm.REMOVED
    if is_gone:
        return Harm.ADDED
    is_whole = seal[_FIXED] == _digest(stable) and seal[_OWN] == _digest(private, seal[:SALT])
    return None if is_whole else Harm.CHANGED


def _place(source: str, row: int, number: int) -> Place:
    return Place(source=Source(source), row=row, number=number)


def _digest(text: str, salt: bytes = b"") -> bytes:
    return hashlib.sha256(salt + text.encode("utf-8", "surrogatepass")).digest()


def _chain(head: bytes, source: str, row: int, number: int, digests: bytes) -> bytes:
    return hashlib.sha256(b"%s%s %d %d " % (head, source.encode(), row, number) + digests).digest()
