"""Spelling by the text's own words, and a letterhead against the foot."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.checks import check_release
from pressutskick.reading.canonical import read_canonical
from pressutskick.reading.reader import read_release
from pressutskick.release.document import parse_document

NOW = dt.datetime(2026, 8, 31, 9, 0, tzinfo=dt.UTC)
JUDGED = {"title-spelling", "word-spelling", "letterhead-differs"}
BODY = """\
Välkommen till Kärrvik, där kommunalrådet Elsa Nyström inviger simhallen vid Ekbackens skola.

Tid: torsdag 10 september 2026 kl. 13.00
Plats: Badgatan 3, Kärrvik

Presskontakt
Per Ahl, 031-390 06 31"""


def told(text: str) -> list[tuple[str, int | None, str]]:
    found = check_release(read_release(text, now=NOW), now=NOW, text=text)
    return [(p.code, p.origin.line, str(p.sentence)) for p in found if p.code in JUDGED]


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Pressinbjduan: nytt badhus", "“Pressinbjduan” in the heading: is “pressinbjudan” meant?"),
        ("PRESSINBUDAN: nytt badhus", "“PRESSINBUDAN” in the heading: is “pressinbjudan” meant?"),
        ("Presskonferans om badet", "“Presskonferans” in the heading: is “presskonferens” meant?"),
        ("Pressträff i Kärvik", "The heading has “Kärvik”, the text “Kärrvik”."),
        ("Pressträff i Kärrivk", "The heading has “Kärrivk”, the text “Kärrvik”."),
        ("Elsa Nysröm inviger badhuset", "The heading has “Nysröm”, the text “Nyström”."),
        (
            "Pressinbjudan: kommunalådet inviger",
            "The heading has “kommunalådet”, the text “kommunalrådet”.",
        ),
    ],
)
def test_a_heading_that_the_text_spells_otherwise_is_told(title: str, sentence: str) -> None:
    assert told(f"{title}\n\n{BODY}") == [("title-spelling", 1, sentence)]


@pytest.mark.parametrize(
    "title",
    [
        "Pressinbjudan: Kärrviks nya badhus",
        "Pressinbjudningar till Kärrvik",
        "Pressemøte om Kärrvik",
        # Two persons whose surnames are alike; a surname's end; an inflection.
        "Siv Nyströms möter Elsa Nyström",
        "Siv Nyvström besöker Elsa Nyström i Kärrvik",
        "Siv Nystrand i Kärrvik",
        "Kommunalråden inviger simhallarna",
        "Inbjudna till Kärrvik",
    ],
)
def test_words_that_are_merely_alike_are_left_alone(title: str) -> None:
    assert told(f"{title}\n\n{BODY}") == []


def test_a_heading_is_compared_with_the_keys_of_a_document_too() -> None:
    text = (
        "---\nid: a\ntitle: Bad i Kärvik\nevent:\n  date: 2026-09-10\n  start: 13:00\n"
        "  place: Badgatan 3, Kärrvik\n---\n\nVälkomna!\n"
    )
    document = parse_document(text, file="a.md")
    reading = read_canonical(document, text)
    found = check_release(reading, now=NOW, text=text, body_line=document.body_line)
    assert ("title-spelling", 3) in [(each.code, each.origin.line) for each in found]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (
            "Kom och se när finansministern åker, och när finasministern prövar en släde.",
            ["word-spelling"],
        ),
        ("Alla medieträffar är mediaträffar.", []),
        ("Skriv till landshovdingen@mellana.example, som är landshövdingens.", []),
        ("Föreläsaren och föreläsarna talar; föreläsningar och föreläsningen följer.", []),
        ("Maria Jonasson och Eva Jonsson talar.", []),
        ("Versionsfrågan är en versionfråga; webb-sändningen är en webbsändning.", []),
        ("Väderberoende och väderoberoende odling på e4-rampen och e6-rampen.", []),
        ("Stadens finans finnas i boken; det flydende är ej fyldende.", []),
    ],
)
def test_a_long_word_in_two_spellings_is_a_hint(words: str, codes: list[str]) -> None:
    assert [
        code for code, _, _ in told(f"Pressinbjudan: nytt badhus\n\n{words}\n\n{BODY}")
    ] == codes


@pytest.mark.parametrize(
    ("head", "foot", "sentence"),
    [
        ("Lillby kommun", "Kärrviks kommun\nStora torget 1",
         "The letterhead says “Lillby kommun”, the foot “Kärrviks kommun”."),
        ("REGION SKOGEN", "Om Region Kusten",
         "The letterhead says “REGION SKOGEN”, the foot “Region Kusten”."),
        ("Kärrviks kommun\nBox 12, 999 01 Kärrvik", "Kärrviks kommun\nBox 21, 999 01 Kärrvik",
         "The letterhead says “Box 12, 999 01 Kärrvik”, the foot “Box 21, 999 01 Kärrvik”."),
        ("Kärrviks kommun, växel 031-390 06 00", "Växel: 031-390 06 10",
         "The letterhead says “031-390 06 00”, the foot “031-390 06 10”."),
    ],
)  # fmt: skip
def test_a_letterhead_that_the_foot_contradicts_is_told(
    head: str, foot: str, sentence: str
) -> None:
    text = f"{head}\n\nPressinbjudan: nytt badhus\n\n{BODY}\n\n{foot}\n"
    assert [words for code, _, words in told(text) if code == "letterhead-differs"] == [sentence]


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("Kärrviks kommun", "Kärrvik kommun"),
        ("KÄRRVIKS KOMMUN", "Om Kärrviks kommun"),
        # Partners: both stand in one place, or the text tells of both.
        ("Kärrviks kommun\nLillby kommun", "Lillby kommun"),
        ("Kärrviks kommun", "Lillby kommun"),
        ("Region Skogen", "Kärrviks kommun"),
        # Where letters go and where people go are two addresses.
        ("Box 12, 999 01 Kärrvik", "Stora torget 1, 999 01 Kärrvik"),
        ("Kärrviks kommun, växel 031-390 06 00", "Per Ahl, telefon 031-390 06 31"),
        ("Kärrviks kommun, växel 031-390 06 00", "Växel 031 39 00 600"),
    ],
)
def test_a_sender_that_agrees_or_has_a_partner_is_left_alone(head: str, foot: str) -> None:
    assert told(f"{head}\n\nPressinbjudan: nytt badhus\n\n{BODY}\n\n{foot}\n") == []


@given(st.text("abå -A\n.", max_size=200))
def test_spelling_takes_any_text(text: str) -> None:
    assert all(code in JUDGED for code, _, _ in told(text))
