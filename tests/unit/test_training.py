"""The grammar of `training/` writes texts whose truths are true."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training import write
from training.grammar import Grammar, parse, read_rules
from training.layouts import BLOCK, LAYOUTS, read_layouts
from training.people import SERIES
from training.scene import LANGUAGES, SHAPES
from training.write import Invitation, write_folder, write_invitation

ROOT = Path(__file__).parents[2]
SEEDS = st.integers(0, 10**9)
SOME = [write_invitation(41, number) for number in range(400)]
WHOLE = [write_invitation(41, number, lambda text, _: text) for number in range(400)]


def of_kind(invitation: Invitation, *kinds: str) -> list[dict]:
    return [each for each in invitation.truth["mentions"] if each["kind"] in kinds]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def plain(text: str) -> str:
    return " ".join(re.findall(r"[^\s>]+", text)).casefold()


def read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_gives_the_same_octets(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_folder(7, 12, tmp_path / name)
    assert read(tmp_path / "one") == read(tmp_path / "two")
    assert len(read(tmp_path / "one")) == 24


def test_a_text_depends_on_seed_and_number_alone(tmp_path: Path) -> None:
    write_folder(7, 3, tmp_path)
    assert (tmp_path / "03.txt").read_text("utf-8") == write_invitation(7, 3).text


def test_other_seeds_give_other_texts() -> None:
    assert len({each.text for each in SOME}) == len(SOME)


@given(seed=SEEDS)
def test_every_mention_stands_where_it_is_said_to_stand(seed: int) -> None:
    invitation = write_invitation(seed)
    for each in invitation.truth["mentions"]:
        start = each["offset"]
        assert invitation.text[start : start + len(each["text"])] == each["text"]


@given(seed=SEEDS)
def test_no_mark_of_the_grammar_is_left(seed: int) -> None:
    text = write_invitation(seed).text
    assert not re.search(r"[\U000F0000-\U0010FFFD]|[{}]|\[[12]\w+\]", text)


@given(seed=SEEDS)
def test_what_the_truth_says_stands_in_the_text(seed: int) -> None:
    invitation = write_invitation(seed)
    truth, text = invitation.truth, plain(invitation.text)
    people = [*truth["speakers"], *truth["contacts"]]
    told = [each["name"] for each in people if each["name"]]
    told += [each["title"] for each in truth["speakers"] if each["title"]]
    told += [mail for each in truth["contacts"] for mail in each["emails"]]
    told += [place for place in [truth["place"], *(s["place"] for s in truth["sessions"])] if place]
    told += [truth["title"]] if truth["title"] else []
    told += [value for value in (truth["rsvp"] or {}).values() if value]
    assert [value for value in told if plain(value) not in text] == []
    numbers = {digits(each["text"]) for each in of_kind(invitation, "phone")}
    assert {digits(p) for each in truth["contacts"] for p in each["phones"]} <= numbers


@given(seed=SEEDS)
def test_days_and_clocks_of_the_truth_follow_from_mentions(seed: int) -> None:
    truth = write_invitation(seed).truth
    values = {
        each["value"] for each in truth["mentions"] if each["kind"] in ("date", "clock", "duration")
    }
    days = {day for value in values for day in value.split("/")}
    told = {truth[name] for name in ("event_date", "start", "end", "published")} - {None}
    told |= set((truth["rsvp_deadline"] or "").split("T")) - {""}
    told |= {each["start"] for each in truth["sessions"]}
    assert told <= values | days


def test_the_shape_is_that_of_the_labelled_sets() -> None:
    labelled = json.loads(next((ROOT / "tests/data/invitations").glob("*.json")).read_text("utf-8"))
    for each in SOME:
        assert set(each.truth) - {"mentions", "must_ask"} >= set(labelled) - {"must_ask"}


def test_every_address_leads_nowhere() -> None:
    for each in SOME:
        for mention in of_kind(each, "email", "url"):
            host = re.sub(r"^(https?://)?", "", mention["value"].rpartition("@")[2]).split("/")[0]
            assert host.endswith(".example"), mention
        assert not re.search(r"\.(se|no|dk|com|org|net|eu|fi)\b", each.text)


def test_every_number_is_of_a_series_for_fiction() -> None:
    prefixes = tuple(
        re.sub("[#]", "", series.replace(" ", "")).lstrip("0")
        for language in SERIES.values()
        for series in language
    )
    for each in SOME:
        for mention in of_kind(each, "phone"):
            bare = re.sub(r"^(\+|00)\s?(46|47|45|44|1)|\(\+47\)|\(0\)", "", mention["value"])
            assert digits(bare).lstrip("0").startswith(prefixes), mention


def test_all_languages_shapes_and_layouts_are_written() -> None:
    layouts = Counter(each.layout for each in (write_invitation(3, n) for n in range(1500)))
    assert set(layouts) == {path.stem for path in LAYOUTS.glob("*.txt")}
    assert {name.split("-")[0] for name in layouts} == set(SHAPES)
    assert {each.truth["language"] for each in SOME} == set(LANGUAGES)


def test_all_roles_are_written() -> None:
    found = {(each["kind"], each["role"]) for one in SOME for each in one.truth["mentions"]}
    people = {("person", role) for role in ("speaker", "contact", "host", "moderator", "other")}
    numbers = {("phone", role) for role in ("contact", "registration", "switchboard", "other")}
    places = {("place", role) for role in ("place", "gathering", "session", "other")}
    assert people | numbers | places <= found


def test_an_unharmed_text_is_cleanly_set() -> None:
    for each in WHOLE:
        found = re.search(r"\S  \S| [,.](\s|$)|(?<!\.)\.\.(?!\.)|\n{4}|\(\)", each.text)
        assert found is None, each.text[max(0, found.start() - 60) : found.end() + 20]


def test_who_is_only_quoted_is_no_speaker() -> None:
    for each in SOME:
        assert not [m for m in each.truth["mentions"] if m["role"] == "quoted"]


def test_a_host_is_a_contact_where_a_number_is_told() -> None:
    seen = set()
    for each in SOME:
        numbers = {m["owner"] for m in of_kind(each, "phone") if m["role"] == "registration"}
        for mention in of_kind(each, "person"):
            if mention["role"] == "host":
                assert ("contact" in mention["also"]) == (mention["value"] in numbers)
                seen.add(mention["also"] == [])
    assert seen == {True, False}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_file_names_only_what_is_there(language: str) -> None:
    grammar = _furnished(language)
    shared = (line for shape in SHAPES for _, lines in read_layouts(shape) for line in lines)
    blocks = {
        name for line in shared for names, _ in BLOCK.findall(line) for name in names.split("|")
    }
    named = {
        (rule, name)
        for rule, alternatives in grammar.rules.items()
        for _, pattern in alternatives
        for name in _names(parse(pattern))
    } | {("layout", name) for name in blocks}
    unknown = {(rule, name) for rule, name in named if not _is_known(name, grammar)}
    assert unknown == set()


def _furnished(language: str) -> Grammar:
    for number in range(100):
        kept: list[Grammar] = []

        def keep(text: str, _: object, kept: list[Grammar] = kept) -> str:
            return text

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(write, "fill", lambda _, grammar, kept=kept: kept.append(grammar) or "\n")
            truth = write_invitation(1, number, keep).truth
        if truth["language"] == language:
            return kept[0]
    raise AssertionError(language)


def _names(nodes: object) -> list[str]:
    found: list[str] = []
    for node in nodes:  # type: ignore[attr-defined]
        if isinstance(node, tuple):
            kind, body = node
            found += [body] if kind == "slot" else [n for one in body for n in _names(one)]
    return found


def _is_known(name: str, grammar: Grammar) -> bool:
    if name[:3] in ("if:", "no:"):
        return name[3:] in grammar.flags
    bare = re.sub(r"^(\^|=|gen:|def:)*", "", name)
    if bare.startswith("@"):
        return any(rule.startswith(f"{bare[1:]}.") for rule in grammar.rules)
    return bare in grammar.slots or bare in grammar.rules


def test_a_rule_file_says_where_a_bracket_is_open(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("[a]\n# no word\n3* one <two|three>\n<open\n", "utf-8")
    rules = read_rules(tmp_path)
    assert rules == {"a": [(3, "one <two|three>"), (1, "<open")]}
    with pytest.raises(ValueError, match="<open"):
        parse("<open")
