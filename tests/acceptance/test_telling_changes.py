"""A correction tells every fact that has changed, and its subject says the one that matters most."""

import pytest
from tests.acceptance.test_changing import edit
from tests.kit.life import ANNA, BO, DESK, LATE, Day, calendar, kinds, text_of

DAY = "  date: 2026-12-02\n  start: 12:30\n  end: 13:30\n"
MORNING, NOON = (
    f"    - {{date: 2026-12-02, start: '{start}', end: '{end}', title: {title}}}\n"
    for start, end, title in (("09:00", "10:00", "Visning"), ("13:00", "14:00", "Presskonferens"))
)


def attach(day: Day, content: str, name: str = "karta.txt") -> None:
    (day.folder / name).write_text(content, "utf-8")


def correct(day: Day, *words: str, status: int = 0) -> str:
    return day.at("2026-11-26T09:00").run("correct", "inbjudan.md", "--yes", *words, status=status)


def last(day: Day, address: str = ANNA) -> tuple[str, str]:
    """Subject and text of the last mail."""
    mail = day.office.mails(address)[-1]
    return str(mail["Subject"]), text_of(mail).replace("\r\n", "\n")


def test_a_file_that_was_replaced_is_told_and_sent(day: Day) -> None:
    attach(day, "fel väg")
    day.write(more="attachments: [karta.txt]\n")
    day.send()
    attach(day, "rätt väg")
    assert "karta.txt is another file now" in correct(day)
    subject, told = last(day)
    assert subject.startswith("Rättelse:")
    assert "Bifogat\nNy version: karta.txt\n" in told
    (sent, _) = day.office.mails(BO)[-1].iter_attachments()
    assert sent.get_content().strip() == "rätt väg"
    assert "nobody is left" in correct(day)


def test_nobody_new_gets_another_file_while_the_others_keep_the_wrong_one(day: Day) -> None:
    attach(day, "fel väg")
    day.write(more="attachments: [karta.txt]\n")
    day.send()
    attach(day, "rätt väg")
    day.invite(ANNA, BO, DESK, LATE)
    assert "karta.txt is another file now" in day.send(status=65)
    assert "not harmless" in day.send("--accept-edit", status=65)
    correct(day)
    day.send()
    assert kinds(day, LATE) == ["Pressinbjudan"]
    assert kinds(day, ANNA) == ["Pressinbjudan", "Rättelse"]


def test_a_file_that_was_added_or_taken_away_is_told(day: Day) -> None:
    day.send()
    attach(day, "vägen")
    day.write(more="attachments: [karta.txt]\n")
    correct(day)
    assert "Nytt: karta.txt\n" in last(day)[1]
    day.write()
    correct(day)
    subject, told = last(day)
    assert subject.startswith("Rättelse:")
    assert "Utgår: karta.txt\n" in told


def test_the_same_file_under_another_name_is_no_news(day: Day) -> None:
    attach(day, "vägen")
    day.write(more="attachments: [karta.txt]\n")
    day.send("--limit", "2")
    attach(day, "vägen", "vagbeskrivning.txt")
    day.write(more="attachments: [vagbeskrivning.txt]\n")
    assert "no newsroom can be told" in correct(day, status=65)
    day.send("--accept-edit")
    assert day.office.count() == 3


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("embargo: 2026-11-27T06:00\n", "embargo: 2026-11-28T06:00\n",
         "Det stod: fredag 27 november 2026 kl. 06.00\nNu gäller: lördag 28 november 2026 kl. 06.00\n"),
        ("embargo: 2026-11-27T06:00\n", "",
         "Det stod: fredag 27 november 2026 kl. 06.00\nUtgår\n"),
        ("", "embargo: 2026-11-28T06:00\n",
         "Nu gäller: lördag 28 november 2026 kl. 06.00\n"),
    ],
)  # fmt: skip
def test_an_embargo_is_a_fact(day: Day, before: str, after: str, told: str) -> None:
    day.write(more=before)
    day.send("--embargoed")
    day.write(more=after)
    correct(day)
    subject, text = last(day)
    assert subject.removeprefix("Embargo: ").startswith("Rättelse:")
    assert f"Embargo\n{told}" in text


def test_a_day_that_was_taken_back_needs_no_new_one(day: Day) -> None:
    day.send()
    edit(day, DAY, "")
    correct(day)
    subject, told = last(day)
    assert subject == "Uppskjutet: Pressinbjudan: Invigning av samverkanslokal"
    first = told.splitlines()[1]
    assert first == (
        "Det blir inte onsdag 2 december 2026 kl. 12.30–13.30. Någon ny dag är inte bestämd."
    )
    assert calendar(day.office.mails(ANNA)[-1])["METHOD"] == "CANCEL"
    # The next change of the same text needs no day either.
    edit(day, "Rådhuset", "Torget")
    correct(day)
    assert last(day)[0].startswith("Ny plats:")


def test_an_invitation_that_never_had_a_day_still_needs_one(day: Day) -> None:
    edit(day, DAY, "")
    assert "no date" in day.send(status=65)


def test_a_clock_that_was_taken_back_is_no_new_time(day: Day) -> None:
    day.send()
    edit(day, DAY, "  date: 2026-12-02\n")
    correct(day)
    subject, told = last(day)
    assert subject.startswith("Tiden utgår: Pressinbjudan 2/12:")
    assert "Nu gäller: onsdag 2 december 2026\n" in told


@pytest.mark.parametrize(
    ("language", "subject", "line"),
    [
        ("en", "Postponed:", "No new day is set."),
        ("da", "Udskudt:", "En ny dag er ikke fastsat."),
        ("no", "Utsatt:", "Ny dag er ikke bestemt."),
    ],
)
def test_every_language_says_that_it_is_postponed(
    day: Day, language: str, subject: str, line: str
) -> None:
    edit(day, "id: invigning\n", f"id: invigning\nlanguage: {language}\n")
    day.send()
    edit(day, DAY, "")
    correct(day)
    found, told = last(day)
    assert found.startswith(subject)
    assert line in told.splitlines()[1]


def test_each_session_is_told_on_its_own_line(day: Day) -> None:
    sessions = f"  sessions:\n{MORNING}{NOON}"
    edit(day, DAY, f"  date: 2026-12-02\n{sessions}")
    day.send()
    edit(day, NOON, NOON.replace("Presskonferens", "Lunch").replace("13:00", "12:00"))
    correct(day)
    subject, told = last(day)
    assert subject.startswith("Ändrat program:")
    assert (
        "Program\n"
        "Utgår: onsdag 2 december kl. 13.00–14.00, Presskonferens\n"
        "Nytt: onsdag 2 december kl. 12.00–14.00, Lunch\n"
    ) in told


def test_two_sessions_that_change_places_have_a_new_time(day: Day) -> None:
    edit(day, DAY, f"  date: 2026-12-02\n  sessions:\n{MORNING}{NOON}")
    day.send()
    edit(day, "Visning", "Mellan")
    edit(day, "Presskonferens", "Visning")
    edit(day, "Mellan", "Presskonferens")
    correct(day)
    subject, told = last(day)
    assert subject.startswith("Ny tid:")
    assert "Det stod: onsdag 2 december kl. 09.00–10.00, Visning\n" in told
    assert "Nu gäller: onsdag 2 december kl. 13.00–14.00, Visning\n" in told
    assert "Utgår" not in told.partition("DET HÄR GÄLLER")[0]


@pytest.mark.parametrize(
    "place",
    [
        "Rådhuset är stängt, vi ses i Biblioteket",
        "Rådhuset på Norra torget i stället för Södra torget",
        "Rådhuset, Biblioteket",
    ],
)
def test_a_place_that_takes_back_the_old_one_is_a_new_place(day: Day, place: str) -> None:
    day.send()
    day.write(place=place)
    correct(day)
    assert last(day)[0].startswith("Ny plats:")


def test_from_the_screen_to_a_room_is_a_new_place(day: Day) -> None:
    edit(day, "  place: Rådhuset\n", "  online: https://mote.example/1\n")
    day.send()
    edit(day, "  online: https://mote.example/1\n", "  place: Rådhuset, Storgatan 1\n")
    correct(day)
    assert last(day)[0].startswith("Ny plats:")


def test_a_cancellation_after_the_event_is_worth_a_second_look(day: Day) -> None:
    day.send()
    assert "It began" not in day.run("cancel", "inbjudan.md", "--dry-run")
    day.at("2026-12-02T12:30")
    assert "It began 2026-12-02 12:30" in day.run("cancel", "inbjudan.md", "--dry-run")


def test_a_correction_after_the_event_is_worth_a_second_look(day: Day) -> None:
    day.send()
    day.write(place="Torget")
    assert "It began" not in day.run("correct", "inbjudan.md", "--dry-run")
    told = day.at("2026-12-02T12:45").run("correct", "inbjudan.md", "--dry-run")
    assert "It began 2026-12-02 12:30" in told
    assert "[started]" in told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "title: Invigning av samverkanslokal",
            "title: 'Uppskjutet: invigning av samverkanslokal'",
        ),
        ("Välkomna till invigningen.", "Invigningen skjuts upp till våren."),
    ],
)
def test_what_is_put_off_does_not_keep_its_day(day: Day, old: str, new: str) -> None:
    day.send()
    edit(day, old, new)
    assert "[postponed-with-day]" in correct(day, status=65)
    assert day.office.count() == 3
    edit(day, DAY, "")
    correct(day)
    assert last(day)[0].startswith("Uppskjutet:")


def test_what_was_put_off_has_a_new_time_when_it_has_a_day_again(day: Day) -> None:
    day.send()
    edit(day, DAY, "")
    correct(day)
    edit(day, "event:\n", "event:\n  date: 2026-12-09\n  start: 12:30\n")
    edit(day, "  deadline: 2026-12-01\n", "")
    correct(day)
    assert last(day)[0].startswith("Ny tid:")


def test_a_heading_that_calls_it_off_is_no_correction(day: Day) -> None:
    day.send()
    edit(day, "title: Invigning", "title: INSTÄLLD invigning")
    assert "pressutskick cancel inbjudan.md" in correct(day, status=65)
    assert day.office.count() == 3


def test_from_a_room_and_a_screen_to_the_screen_alone_is_a_new_place(day: Day) -> None:
    edit(day, "  place: Rådhuset\n", "  place: Rådhuset\n  online: https://mote.example/1\n")
    day.send()
    edit(day, "  place: Rådhuset\n", "")
    correct(day)
    assert last(day)[0].startswith("Ny plats:")


def test_another_language_is_no_other_time(day: Day) -> None:
    day.send()
    edit(day, "id: invigning\n", "id: invigning\nlanguage: en\n")
    assert "no newsroom can be told" in correct(day, status=65)


def test_a_file_that_only_a_flag_named_is_not_forgotten_silently(day: Day) -> None:
    attach(day, "vägen")
    day.send("--attach", "karta.txt")
    told = " ".join(correct(day, "--dry-run").split())
    assert "everybody is told so. If it still holds, add: --attach karta.txt" in told
    assert "Nothing has changed" in correct(day, "--attach", "karta.txt")
