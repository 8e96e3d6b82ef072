"""A bag (BagIt 1.0, RFC 8493) from its payload, and what tells that one is not as it was made.

Whatever is the same gives the same octets: tags stand in a fixed order, and nothing here reads a
clock. The seal is the SHA-256 of the tag manifest, which holds the digests of everything else.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pressutskick.sentences import Sentence, say

PAYLOAD = "data/"
_MANIFEST, _TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """All files of a bag by their path in it, with slashes; `name` is that of its folder."""

    name: str
    files: Mapping[str, bytes]

    @property
    def seal(self) -> str:
        """SHA-256 in hex of the tag manifest; of a bag without one, that of nothing."""
        return hashlib.sha256(self.files.get(_TAG_MANIFEST, b"")).hexdigest()


def pack_bag(name: str, payload: Mapping[str, bytes], facts: Sequence[tuple[str, str]]) -> Bag:
    """A bag of `payload` (paths below `data/`); `facts` go into bag-info.txt, in their order.

    No path has a control character, so that none has to be escaped (RFC 8493 section 2.1.3).
    """
    files = {f"{PAYLOAD}{path}": content for path, content in payload.items()}
    oxum = f"{sum(map(len, files.values()))}.{len(files)}"
    lines = [*facts, ("Payload-Oxum", oxum)]
    files["bagit.txt"] = _DECLARATION
    files["bag-info.txt"] = "".join(
        f"{label}: {' '.join(value.split())}\n" for label, value in lines if value.strip()
    ).encode("utf-8")
    files[_MANIFEST] = _list_digests(files, is_payload=True)
    files[_TAG_MANIFEST] = _list_digests(files, is_payload=False)
    return Bag(name=name, files=files)


def _list_digests(files: Mapping[str, bytes], *, is_payload: bool) -> bytes:
    """As `sha256sum` writes and reads it, in the order of the paths."""
    return "".join(
        f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n"
        for path in sorted(files)
        if path.startswith(PAYLOAD) is is_payload and path != _TAG_MANIFEST
    ).encode("utf-8")


def judge_bag(bag: Bag, seal: str | None = None) -> Iterator[Sentence]:
    """Everything by which the bag differs from one that this program made.

    Stricter than the standard, which lets files lie beside the payload that no manifest names.
    Without the `seal` from the diary somebody could have made the whole bag anew.
    """
    if seal is not None and bag.seal != seal.strip().lower():
        yield say("The seal is another: this is not the bag that was sealed.")
    for name, is_payload in ((_MANIFEST, True), (_TAG_MANIFEST, False)):
        expected = _list_digests(bag.files, is_payload=is_payload)
        found = bag.files.get(name)
        if found is None:
            yield say("{file} is missing.", file=name)
            continue
        known = _read_digests(found)
        differing = list(_compare(known, _read_digests(expected)))
        yield from differing
        if found != expected and not differing:
            yield say("{file} is not as it was made.", file=name)


def _read_digests(manifest: bytes) -> dict[str, str]:
    lines = manifest.decode("utf-8", "replace").splitlines()
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


def _compare(known: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Sentence]:
    for path in sorted({*known, *found}):
        if path not in found:
            yield say("{file} is missing.", file=path)
        elif path not in known:
            yield say("{file} was added.", file=path)
        elif known[path] != found[path]:
            yield say("{file} was changed.", file=path)
