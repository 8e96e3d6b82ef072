"""A correction tells each recipient what that very person was last sent, and tidies calendars."""

import json

from tests.kit.life import ANNA, BO, DESK, LATE, Day, calendar, calendars, kinds, text_of

from pressutskick.transports.relay.faults import ScriptedFault, Stage, refuse

CORRECT = ("correct", "inbjudan.md", "--yes", "--retry-for", "0")


def put_off(day: Day, address: str) -> None:
    """The server does not take the next mail to that address."""
    fault = ScriptedFault(stage=Stage.RCPT, misbehaviour=refuse(451), address=address, times=1)
    day.office.rules.faults.append(fault)


def test_who_missed_the_first_correction_is_told_both_by_the_second(day: Day) -> None:
    day.send()
    put_off(day, DESK)
    day.at("2026-11-26T09:00").write(place="Torget", start="14:00", end="15:00")
    day.run(*CORRECT, status=75)
    day.at("2026-11-27T09:00").write(place="Parken", start="14:00", end="15:00")
    assert "1 recipient was last sent another text" in day.run(*CORRECT)

    told = text_of(day.office.mails(ANNA)[-1])
    assert "Det stod: Torget" in told
    assert "Det stod: onsdag" not in told
    assert kinds(day, ANNA) == ["Pressinbjudan", "Ny", "Ny"]
    told = text_of(day.office.mails(DESK)[-1])
    assert "Det stod: Rådhuset" in told
    assert "Det stod: onsdag 2 december 2026 kl. 12.30–13.30" in told
    assert kinds(day, DESK) == ["Pressinbjudan", "Ny"]
    assert "a later correction tells everything" in day.run("log", "invigning/correction/1")
    day.run("log", "verify")


def test_who_joined_with_the_corrected_text_is_not_corrected(day: Day) -> None:
    day.send()
    day.at("2026-11-26T09:00").write(place="Torget")
    day.run(*CORRECT)
    day.invite(ANNA, BO, DESK, LATE)
    day.send()
    day.run(*CORRECT)
    assert kinds(day, LATE) == ["Pressinbjudan"]
    day.at("2026-11-27T09:00").write(place="Parken")
    day.run(*CORRECT)
    assert kinds(day, LATE) == ["Pressinbjudan", "Ny"]
    for address in (ANNA, LATE):
        assert "Det stod: Torget" in text_of(day.office.mails(address)[-1])


def test_with_json_a_correction_is_one_document_whoever_still_waits(day: Day) -> None:
    put_off(day, DESK)
    day.send(status=75)
    day.at("2026-11-26T09:00").write(place="Torget")
    told = json.loads(day.run("--lang", "sv", *CORRECT, "--json", "--quiet"))
    assert [(each["dispatch"], each["accepted"]) for each in told["dispatches"]] == [
        ("invigning/correction/1", 2),
        ("invigning", 1),
    ]


def test_what_was_corrected_back_is_told_only_to_those_who_got_it_wrong(day: Day) -> None:
    day.send()
    put_off(day, DESK)
    day.at("2026-11-26T09:00").write(place="Torget")
    day.run(*CORRECT, status=75)
    day.at("2026-11-27T09:00").write(place="Rådhuset")
    assert "has got the text as it is now" in day.run(*CORRECT)
    assert kinds(day, DESK) == ["Pressinbjudan"]
    assert kinds(day, BO) == ["Pressinbjudan", "Ny", "Ny"]


SESSIONS = """  sessions:
    - title: Visning
      start: 9:00
    - title: Frågor
      start: 10:00
    - title: Lunch
      start: 12:00
rsvp:"""


def edit(day: Day, old: str, new: str) -> None:
    file = day.folder / "inbjudan.md"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def entries(day: Day, address: str) -> list[tuple[str, str, str]]:
    """Name, method and sequence of each calendar entry of the last mail."""
    return [
        (each["UID"].partition("@")[0], each["METHOD"], each["SEQUENCE"])
        for each in calendars(day.office.mails(address)[-1])
    ]


def test_a_session_that_is_taken_out_leaves_the_calendar(day: Day) -> None:
    edit(day, "rsvp:", SESSIONS)
    day.send()
    put_off(day, DESK)
    edit(day, "    - title: Visning\n      start: 9:00\n", "")
    day.at("2026-11-26T09:00").run(*CORRECT, status=75)
    stay = [("invigning-2", "PUBLISH", "1"), ("invigning-3", "PUBLISH", "1")]
    assert entries(day, ANNA) == [*stay, ("invigning-1", "CANCEL", "1")]

    # The reminder repeats what stays; who missed the correction gets the cancellation with it.
    day.at("2026-12-01T08:00").remind()
    assert entries(day, ANNA) == stay
    assert entries(day, DESK) == [*stay, ("invigning-1", "CANCEL", "1")]

    day.run("cancel", "inbjudan.md", "--yes")
    assert entries(day, ANNA) == [("invigning-2", "CANCEL", "2"), ("invigning-3", "CANCEL", "2")]


def test_who_missed_another_file_gets_it_though_reminded_since(day: Day) -> None:
    (day.folder / "karta.txt").write_text("fel väg", "utf-8")
    day.write(more="attachments: [karta.txt]\n")
    day.send()
    (day.folder / "karta.txt").write_text("rätt väg", "utf-8")
    fault = ScriptedFault(stage=Stage.RCPT, misbehaviour=refuse(550), address=BO, times=1)
    day.office.rules.faults.append(fault)
    day.at("2026-11-26T09:00").run("correct", "inbjudan.md", "--yes", status=69)
    day.at("2026-12-01T08:00").remind()
    day.run("log", "resolve", "invigning/correction/1", "resend", "--refused")
    day.run("correct", "inbjudan.md", "--yes")
    assert kinds(day, BO) == ["Pressinbjudan", "Påminnelse", "Rättelse"]
    (sent, _) = day.office.mails(BO)[-1].iter_attachments()
    assert sent.get_content().strip() == "rätt väg"


def test_who_missed_a_correction_gets_every_entry_cancelled(day: Day) -> None:
    edit(day, "rsvp:", SESSIONS)
    day.send()
    put_off(day, DESK)
    edit(day, "    - title: Visning\n      start: 9:00\n", "")
    day.at("2026-11-26T09:00").run(*CORRECT, status=75)
    day.run("cancel", "inbjudan.md", "--yes")
    assert {name for name, *_ in entries(day, DESK)} == {f"invigning-{n}" for n in (1, 2, 3)}
    assert {method for _, method, _ in entries(day, DESK)} == {"CANCEL"}


def test_an_event_that_has_lost_its_date_leaves_the_calendar(day: Day) -> None:
    day.write(more="silence: [date-missing]\n")
    day.send()
    edit(day, "  date: 2026-12-02\n", "")
    day.at("2026-11-26T09:00").run(*CORRECT)
    entry = calendar(day.office.mails(BO)[-1])
    assert (entry["METHOD"], entry["SEQUENCE"]) == ("CANCEL", "1")
    assert entry["DTSTART"] == "20261202T113000Z"
    edit(day, "  start:", "  date: 2026-12-09\n  start:")
    day.at("2026-11-27T09:00").run(*CORRECT)
    entry = calendar(day.office.mails(BO)[-1])
    assert (entry["METHOD"], entry["UID"].partition("@")[0]) == ("PUBLISH", "invigning-2")
