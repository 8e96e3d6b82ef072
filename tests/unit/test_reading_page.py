"""Lines, labels, people, ways to reach them, language, headings: each reader for itself."""

import pytest

from pressutskick.mail import Language
from pressutskick.reading.heading.statuswords import find_status, split_status
from pressutskick.reading.learnt.scoring import Judgement
from pressutskick.reading.page.labels import Passage
from pressutskick.reading.page.labelwords import Meaning, meanings_of
from pressutskick.reading.page.language import detect_language
from pressutskick.reading.page.lines import clean, read_lines
from pressutskick.reading.page.sections import split_passages
from pressutskick.reading.page.units import build_units
from pressutskick.reading.spots.people import find_people
from pressutskick.reading.spots.personwords import is_title_word
from pressutskick.reading.spots.reach import Way, digits, find_reaches, tidy_phone
from pressutskick.reading.weighing import Candidate, rank
from pressutskick.release.model import ReleaseStatus


def units(text: str) -> list[str]:
    return [unit.text for unit in build_units(read_lines(text))]


def test_a_bullet_that_a_blank_line_split_is_one() -> None:
    assert units("- Det blir lättare att göra det på ett\n\neffektivare sätt.\n- Nästa") == [
        "Det blir lättare att göra det på ett effektivare sätt.",
        "Nästa",
    ]


def test_hard_wraps_are_undone_and_line_breaks_are_kept() -> None:
    wrapped = (
        "Kommunen bjuder in till en pressträff om den nya planen för skolorna i\n"
        "hela kommunen och vad den kommer att betyda för alla som bor i norra\n"
        "delen. Då medverkar kommunalråd Anna\n"
        "Berg.\n\nTid: onsdag 4 september\nPlats: Stadshuset"
    )
    assert units(wrapped)[1:] == ["Berg.", "Tid: onsdag 4 september", "Plats: Stadshuset"] or units(
        wrapped
    )[1:] == ["Tid: onsdag 4 september", "Plats: Stadshuset"]


def test_every_character_knows_its_line() -> None:
    (unit,) = build_units(read_lines("\n- Det blir lättare på ett\n\neffektivare sätt."))
    assert unit.lines() == (2, 4)
    assert unit.lines(unit.text.index("effektivare")) == (4, 4)


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("**Tid:** [a@b.example](mailto:a@b.example)", "Tid: a@b.example"),
        ("[formuläret](https://x.example/a)", "formuläret https://x.example/a"),
        ("[070-1](tel:0701)", "070-1"),
        ("<a@b.example>", "a@b.example"),
        ("snake_case\u00a0ord", "snake_case ord"),
    ],
)
def test_markdown_is_taken_off_and_targets_are_kept(raw: str, want: str) -> None:
    assert clean(raw) == want


def test_a_row_of_two_cells_is_a_label_and_its_value() -> None:
    assert read_lines("| Tid | onsdag 4 september |")[0].text == "Tid: onsdag 4 september"


@pytest.mark.parametrize(
    ("label", "want"),
    [
        ("Tid, plats och anmälan", {Meaning.WHEN, Meaning.PLACE, Meaning.RSVP}),
        ("Datum & Tid", {Meaning.WHEN}),
        ("Tid för pressträffen", {Meaning.WHEN}),
        ("Samlingsplats", {Meaning.GATHERING}),
        ("Hålltid", {Meaning.WHEN}),
        ("Festlokal", {Meaning.PLACE}),
        ("För mer information kontakta", {Meaning.CONTACT}),
        ("Yderligere oplysninger", {Meaning.CONTACT}),
        ("Invigningstalare", {Meaning.SPEAKERS}),
        ("På plats finns", {Meaning.SPEAKERS}),
        ("Om oss", {Meaning.ABOUT}),
        ("Sista anmälningsdag", set()),
        ("Ekonomi", set()),
    ],
)
def test_a_labels_words_say_what_it_means(label: str, want: set[Meaning]) -> None:
    assert meanings_of(label) == want


def passages(text: str) -> list[Passage]:
    return list(split_passages(build_units(read_lines(text)), frozenset()))


def under(text: str, meaning: Meaning) -> list[str]:
    return [p.text.strip() for p in passages(text) if p.says(meaning) and not p.is_empty]


@pytest.mark.parametrize(
    "text",
    [
        "Plats: Stadshuset",
        "**Plats:** Stadshuset",
        "- PLATS :* Stadshuset",
        "Plats\nStadshuset",
        "Plats\n: Stadshuset",
        "Var? Stadshuset",
        "## Plats\n\nStadshuset",
        "Plats Stadshuset",
        "Välkomna hit. Plats: Stadshuset",
        "Välkomna hitPlats: Stadshuset",
    ],
)
def test_a_value_is_found_wherever_its_label_puts_it(text: str) -> None:
    assert [value.strip(": ") for value in under(text, Meaning.PLACE)] == ["Stadshuset"]


def test_an_unknown_label_is_known_by_its_value() -> None:
    assert under("Klockslaget blir: kl. 9.00", Meaning.WHEN) == ["kl. 9.00"]
    assert under("Ekonomi: hur mycket pengar finns", Meaning.WHEN) == []


def test_a_section_ends_where_another_begins() -> None:
    text = "Medverkande:\nAnna Berg, chef\nPer Dal, rektor\n\nKontakt:\nEva Lund, 031-390 06 12"
    assert under(text, Meaning.SPEAKERS) == ["Anna Berg, chef", "Per Dal, rektor"]
    assert under(text, Meaning.CONTACT) == ["Eva Lund, 031-390 06 12"]


@pytest.mark.parametrize(
    "number",
    [
        "031-390 06 12",
        "0701 -74 06 23",
        "070 – 174 0642",
        "0980- 31 92 00",
        "08-465 00 42",
        "0155–24 00 26",
        "010-24 000 46",
        "0701740641",
        "+46 40-628041",
        "(+47) 480 00 011",
        "468 00 021",
        "9100 0014",
        "48100041",
        "+45 29 00 00 25",
        "304-555-0120",
        "083 000 0178",
    ],
)
def test_a_number_is_found_in_every_grouping(number: str) -> None:
    found = [r.value for r in find_reaches(f"Anna Berg, tel {number}.") if r.way is Way.PHONE]
    assert found == [tidy_phone(number)]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("0707 -99 99 23", "0707-99 99 23"),
        ("070 – 581 06 40", "070-581 06 40"),
        ("0730- 636 640", "0730-636 640"),
        ("+ 46 40-62 80 41", "+46 40-62 80 41"),
        ("031/390 06 43", "031/390 06 43"),
    ],
)
def test_a_number_is_shown_without_stray_blanks(written: str, shown: str) -> None:
    found = [r.value for r in find_reaches(f"Anna Berg, tel {written}") if r.way is Way.PHONE]
    assert found == [shown]


def test_an_address_with_its_sign_spelt_out_is_no_web_address() -> None:
    found = find_reaches("Anmälan till anna.berg(at)example.org senast den 3 februari")
    assert [reach.way for reach in found] == [Way.MASKED]


def test_two_numbers_without_a_sign_between_are_two() -> None:
    found = [r.value for r in find_reaches("031-390 06 12 070-174 06 10")]
    assert found == ["031-390 06 12", "070-174 06 10"]


@pytest.mark.parametrize(
    "text", ["Målnummer B 418-16", "2026–2037", "kl. 10.00-11.00", "2024-09-04", "1 234 kr"]
)
def test_what_cannot_be_dialled_is_no_number(text: str) -> None:
    assert [r for r in find_reaches(text) if r.way is Way.PHONE] == []


def test_the_same_number_in_two_spellings_is_one() -> None:
    assert digits("+46 40-628041") == digits("040-62 80 41")


def test_a_hidden_address_is_told_from_a_missing_one() -> None:
    assert [r.way for r in find_reaches("Anmäl dig till [email protected]")] == [Way.MASKED]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("landshövding Anna Berg inviger", [("Anna Berg", "landshövding")]),
        ("tf. räddningschef Anders Hed", [("Anders Hed", "tf. räddningschef")]),
        ("Petra Dal, kommunikatör, Staden", [("Petra Dal", "kommunikatör")]),
        ("Petra Dal kommundirektör Kärrvik", [("Petra Dal", "kommundirektör Kärrvik")]),
        ("Sofie Hall (S) och Göran Lind (C)", [("Sofie Hall", None), ("Göran Lind", None)]),
        (
            "vicestatsminister og havneminister Mogens Bach",
            [("Mogens Bach", "vicestatsminister og havneminister")],
        ),
        ("Dr. Lorraine Teves", [("Lorraine Teves", "Dr")]),
        ("Norrviks stadshus på Storgatan", []),
        ("Region Mellanå och Länsstyrelsen Norrskär", []),
    ],
)
def test_people_are_known_by_the_company_they_keep(
    text: str, want: list[tuple[str, str | None]]
) -> None:
    assert [(p.name, p.title) for p in find_people(text)] == want


def test_a_name_that_nobody_knows_counts_on_a_line_of_its_own() -> None:
    assert find_people("Xerxa Qvilling, snickare") == ()
    assert [p.name for p in find_people("Xerxa Qvilling, snickare", weak=True)] == [
        "Xerxa Qvilling"
    ]


def test_titles_are_known_by_their_endings() -> None:
    assert is_title_word("trafiklandsrådet")
    assert is_title_word("Mayor")
    assert not is_title_word("stadshuset")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Välkommen till en pressträff om vägen och hur den ska byggas", Language.SWEDISH),
        (
            "Velkommen til pressekonferanse om veien og hvordan den skal bygges av staten",
            Language.NORWEGIAN,
        ),
        (
            "Pressen er velkommen til at deltage, og der bliver mulighed for spørgsmål af alle",
            Language.DANISH,
        ),
        ("The press is welcome to attend the opening of the road", Language.ENGLISH),
    ],
)
def test_a_language_is_known_by_its_small_words(text: str, language: Language) -> None:
    assert detect_language(text)[0] is language


@pytest.mark.parametrize(
    ("heading", "status", "title"),
    [
        ("Påminnelse: Pressträff om bron", ReleaseStatus.REMINDER, "Pressträff om bron"),
        ("TIME CHANGE: Mayor to brief media", ReleaseStatus.TIME_CHANGE, "Mayor to brief media"),
        ("Inställt: Pressträff om bron", ReleaseStatus.CANCELLATION, "Pressträff om bron"),
        ("Rättelse: Pressträff om bron", ReleaseStatus.CORRECTION, "Pressträff om bron"),
        (
            "Pressinbjudan: Pressträff om bron",
            ReleaseStatus.ORIGINAL,
            "Pressinbjudan: Pressträff om bron",
        ),
        (
            "Ny tid för pressträffen: Bron öppnar",
            ReleaseStatus.TIME_CHANGE,
            "Bron öppnar",
        ),
    ],
)
def test_a_status_prefix_is_kept_out_of_the_title(
    heading: str, status: ReleaseStatus, title: str
) -> None:
    assert split_status(heading) == (status, title)


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("Inställd pressträff om bron", ReleaseStatus.CANCELLATION),
        ("Pressträff om bron – INSTÄLLD", ReleaseStatus.CANCELLATION),
        ("OBS! Ny tid för pressvisning av bron", ReleaseStatus.TIME_CHANGE),
        ("Mayor reschedules today's remarks", ReleaseStatus.TIME_CHANGE),
        ("Ny plats: Pressträff om bron", ReleaseStatus.CORRECTION),
        # What the meeting is about is nothing that became of it.
        ("Pressinbjudan: Marschen utgår från Stortorget", ReleaseStatus.ORIGINAL),
        ("Inställda tåg – ministern möter resenärer", ReleaseStatus.ORIGINAL),
        ("Pressträff om inställda tåg", ReleaseStatus.ORIGINAL),
        ("Pressträff om utsatt område i Kärrvik", ReleaseStatus.ORIGINAL),
        ("Ny plats för unga – välkommen till torget", ReleaseStatus.ORIGINAL),
        ("En ny tid för sjukvården i Kärrvik", ReleaseStatus.ORIGINAL),
        ("Briefing on cancelled flights", ReleaseStatus.ORIGINAL),
    ],
)
def test_a_heading_says_what_became_of_the_meeting_and_not_what_it_is_about(
    heading: str, status: ReleaseStatus
) -> None:
    """A mail that is headed `Inställt:` by mistake keeps everybody at home."""
    assert split_status(heading) == (status, heading)


def test_a_tour_that_starts_somewhere_is_not_called_off() -> None:
    opening = "Visningen utgår från entrén kl. 13."
    assert find_status(ReleaseStatus.ORIGINAL, opening) is ReleaseStatus.ORIGINAL
    off = "Visningen på torsdag utgår."
    assert find_status(ReleaseStatus.ORIGINAL, off) is ReleaseStatus.CANCELLATION


def test_the_likeliest_candidate_wins_and_the_others_follow() -> None:
    one = Candidate(value="a", score=3.0, lines=(1, 1), text="a", claim=True)
    weak = Candidate(value="a", score=1.0, lines=(9, 9), text="A")
    two = Candidate(value="b", score=2.5, lines=(2, 2), text="b", claim=True)
    far = Candidate(value="c", score=9.0, lines=(3, 3), text="c")
    unjudged = Candidate(value="d", score=9.0, lines=(4, 4), text="d")
    judged = {
        value: Judgement(probability=probability)
        for value, probability in {"a": 0.8, "b": 0.15, "c": 0.001}.items()
    }
    verdict = rank([far, two, weak, one, unjudged], judged, floor=0.5)
    assert verdict is not None
    assert (verdict.best.value, verdict.best.lines) == ("a", (1, 1))
    assert verdict.best.probability == 0.8
    # What is hardly likely is no choice; what claims to be the event contradicts what does too.
    assert [each.value for each in verdict.rivals] == ["b"]
    assert [each.value for each in verdict.contradictions] == ["b"]
    assert rank([far], judged, floor=0.5) is None
    assert rank([unjudged], judged, floor=0.0) is None
