"""A bag tells every octet that is not as it was made; the same payload gives the same octets."""

import hashlib
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pressutskick.report.bag import Bag, judge_bag, pack_bag

FACTS = (("External-Identifier", "KS2026/00123"), ("External-Description", "Bron\nöppnas"))
names = st.text(
    st.characters(categories=("L", "N"), include_characters="-_."), min_size=1, max_size=9
)
payloads = st.dictionaries(names, st.binary(max_size=40), min_size=1, max_size=4)


def faults(bag: Bag, seal: str | None = None) -> list[str]:
    return [str(each) for each in judge_bag(bag, seal)]


def changed(bag: Bag, path: str, content: bytes) -> Bag:
    return replace(bag, files={**bag.files, path: content})


@given(payloads)
def test_the_same_payload_gives_the_same_octets(payload: dict[str, bytes]) -> None:
    bag = pack_bag("a", payload, FACTS)
    assert bag.files == pack_bag("a", dict(reversed(payload.items())), FACTS).files
    assert faults(bag, bag.seal) == []


@given(payloads, st.data())
def test_any_one_octet_that_is_changed_added_or_removed_is_told(
    payload: dict[str, bytes], data: st.DataObject
) -> None:
    bag = pack_bag("a", payload, FACTS)
    path = data.draw(st.sampled_from(sorted(bag.files)))
    content = bag.files[path]
    place = data.draw(st.integers(0, len(content)))
    octet = bytes([data.draw(st.integers(0, 255))])
    kept = content[place + 1 :] if data.draw(st.booleans()) else content[place:]
    other = content[:place] + (b"" if data.draw(st.booleans()) else octet) + kept
    if other != content:
        assert faults(changed(bag, path, other))
        assert faults(changed(bag, path, other), bag.seal)


@given(payloads, names)
def test_a_file_that_came_or_went_is_named(payload: dict[str, bytes], name: str) -> None:
    bag = pack_bag("a", payload, FACTS)
    for path in bag.files:
        rest = {each: content for each, content in bag.files.items() if each != path}
        assert f"{path} is missing." in faults(replace(bag, files=rest))
    for path in (f"data/new/{name}", f"beside-{name}"):
        assert f"{path} was added." in faults(changed(bag, path, b""))


def test_a_bag_that_was_made_anew_is_told_by_its_seal_alone() -> None:
    bag, other = (pack_bag("a", {"x": content}, FACTS) for content in (b"1", b"2"))
    assert faults(other) == []
    assert faults(other, bag.seal) == ["The seal is another: this is not the bag that was sealed."]
    assert bag.seal == hashlib.sha256(bag.files["tagmanifest-sha256.txt"]).hexdigest()


def test_what_is_said_of_the_bag_stays_on_its_line() -> None:
    told = pack_bag("a", {"x": b"123"}, FACTS).files["bag-info.txt"].decode()
    assert told.splitlines() == [
        "External-Identifier: KS2026/00123",
        "External-Description: Bron öppnas",
        "Payload-Oxum: 3.1",
    ]
