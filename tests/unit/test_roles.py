"""Roles: every person and number is spotted, judged, and told why."""

import datetime as dt
from itertools import pairwise

import pytest

from pressutskick.reading.learnt.scoring import Role, judge, load_models
from pressutskick.reading.model import Certainty, Fact, Sureness
from pressutskick.reading.reader import lay_page, read_release
from pressutskick.reading.roles.mentions import find_mentions
from pressutskick.reading.roles.settle import Settled, settle
from pressutskick.release.model import Release

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
HEAD = "Pressinbjudan: Nytt badhus i Norrvik\n\nTid: 12 mars kl 13.00\nPlats: Stadshuset, Storgatan 4\n\n"


def settled(text: str) -> Settled:
    return settle(lay_page(text, now=NOW).page)


def release(text: str) -> Release:
    return read_release(text, now=NOW).release


def test_everybody_is_spotted_whatever_they_are_to_the_event() -> None:
    text = f"{HEAD}Huset är ritat av Ulla Ask. Kommunalråd Bo Ek (S) inviger.\n\nKontakta Eva Ros, 031-390 06 01."
    mentions = find_mentions(lay_page(text, now=NOW).page)
    assert [one.person.name for one in mentions.people] == ["Ulla Ask", "Bo Ek", "Eva Ros"]
    assert [one.reach.value for one in mentions.reaches] == ["031-390 06 01"]


def test_whom_a_label_names_is_spotted_too() -> None:
    page = lay_page(f"{HEAD}Kontakta Eva Ros för frågor: 031-390 06 01", now=NOW).page
    assert [one.is_in_label for one in find_mentions(page).people] == [True]


def test_a_verb_that_stands_in_no_list_makes_no_difference() -> None:
    """What decides is the whole of a place, not one word of it."""
    for verb in ("inviger huset", "bänder upp den första plankan", "smetar murbruk på stenen"):
        found = release(
            f"{HEAD}Kommunalråd Bo Ek (S) {verb} tillsammans med rektor Eva Ros.\n"
        ).speakers
        assert [one.name for one in found] == ["Bo Ek", "Eva Ros"], verb


def test_a_judgement_tells_what_weighed_most() -> None:
    role = settled(f"{HEAD}Kontakt: Eva Ros, 031-390 06 01").roles
    judgement = role.of_person("Eva Ros", Role.IS_CONTACT)
    assert judgement.probability > 0.9
    assert len(judgement.reasons) == 3
    weights = [abs(float(reason.rsplit(maxsplit=1)[-1])) for reason in judgement.reasons]
    assert all(one >= two for one, two in pairwise(weights))


def test_nobody_unknown_has_a_role() -> None:
    assert settled(HEAD).roles.of_person("Eva Ros", Role.SPEAKS).probability == 0


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_weights_that_were_learnt(role: Role) -> None:
    assert len(load_models()[role].weights) > 100
    assert judge(role, ["no such feature"]).reasons == ()


def test_an_address_goes_to_the_person_whose_name_it_bears() -> None:
    text = f"{HEAD}Kontakt\nEva Ros, 031-390 06 01\nBo Ek, 031-390 06 02\nbo.ek@norrvik.example, eva.ros@norrvik.example"
    found = {one.name: one.emails for one in release(text).contacts}
    assert found == {
        "Eva Ros": ("eva.ros@norrvik.example",),
        "Bo Ek": ("bo.ek@norrvik.example",),
    }


def test_a_desk_beside_a_person_keeps_its_own_number() -> None:
    text = f"{HEAD}Presskontakt:\nPressekreterare Eva Ros, 031-390 06 01, eller pressjouren: 031-390 06 09"
    found = {one.name: one.phones for one in release(text).contacts}
    assert found == {"Eva Ros": ("031-390 06 01",), "pressjouren": ("031-390 06 09",)}


def test_lost_blanks_are_mended_before_anything_is_read() -> None:
    text = (
        f"{HEAD}Kontakter\nEva RosPressekreterare\n"
        "Tel:070-174 06 01eva.ros@norrvik.exampleBo EkPresschef\nTel:070-174 06 02bo.ek@norrvik.example"
    )
    (eva, *_) = release(text).contacts
    assert (eva.name, eva.phones, eva.emails) == (
        "Eva Ros",
        ("070-174 06 01",),
        ("eva.ros@norrvik.example",),
    )


def test_a_double_name_that_a_blank_cut_is_one() -> None:
    (speaker,) = release(f"{HEAD}Medverkande: inspektör Per- Erik Kaatila").speakers
    assert speaker.name == "Per-Erik Kaatila"


def test_what_is_judged_is_told_in_a_word() -> None:
    facts = {
        one.field: one
        for one in read_release(f"{HEAD}Kontakt: Eva Ros, 031-390 06 01", now=NOW).facts
    }
    assert facts["contacts[0].name"].sureness is Sureness.CERTAIN
    assert facts["contacts[0].phones[0]"].reasons
    assert facts["event.place"].reasons
    assert facts["event.date"].sureness is Sureness.CERTAIN


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (0.95, Sureness.CERTAIN),
        (0.94, Sureness.LIKELY),
        (0.75, Sureness.LIKELY),
        (0.74, Sureness.UNSURE),
    ],
)
def test_a_probability_has_its_word(probability: float, word: Sureness) -> None:
    fact = Fact(
        field="title",
        value="",
        lines=None,
        text="",
        certainty=Certainty.READ,
        probability=probability,
    )
    assert fact.sureness is word


def place(text: str) -> str | None:
    event = release(f"Pressinbjudan: Nytt badhus\n\n{text}").event
    return event.place if event else None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Tid: 12 mars kl 13.00\nPlats: På plats och digitalt. Vi ses i Gula rummet.",
            "Gula rummet",
        ),
        (
            "Torsdag 12 mars kl 13.00\nHotell Alderhamn, Sjögatan 4\n\nVälkommen!",
            "Hotell Alderhamn, Sjögatan 4",
        ),
        (
            "Torsdag 12 mars kl 13.00 är ni välkomna. Vi finns i våning 2, Glasskolan.",
            "våning 2, Glasskolan",
        ),
        ("När är det? 12 mars kl 13.00\nVar är det? Kajhuset, Sjögatan 4", "Kajhuset, Sjögatan 4"),
    ],
)
def test_a_place_is_found_by_how_it_is_joined_to_the_meeting(text: str, wanted: str) -> None:
    assert place(text) == wanted


def test_of_several_parts_the_press_meeting_is_the_press_s() -> None:
    text = (
        "Företagsbesök\nTid: 12 mars kl 09.00\nPlats: Kajhuset\n\n"
        "Pressträff\nTid: 12 mars kl 10.55\nPlats: Rådhuset"
    )
    event = release(f"Pressinbjudan: Nytt badhus\n\n{text}").event
    assert event is not None
    assert (f"{event.start:%H:%M}", event.place) == ("10:55", "Rådhuset")
