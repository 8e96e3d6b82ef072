"""Corrections, harmless edits, embargoes and approvals."""

import pytest
from tests.kit.life import ANNA, BO, DESK, Day, calendar, kinds

from pressutskick.cli import main
from pressutskick.cli.shows.voice import Voice
from pressutskick.transports.relay.faults import ScriptedFault, Stage, drop, refuse


def edit(day: Day, old: str, new: str) -> None:
    file = day.folder / "inbjudan.md"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_who_had_not_got_the_first_one_gets_the_corrected_invitation(day: Day) -> None:
    fault = ScriptedFault(stage=Stage.RCPT, misbehaviour=refuse(451), address=DESK, times=1)
    day.office.rules.faults.append(fault)
    day.send(status=75)
    edit(day, "Rådhuset", "Torget")
    day.at("2026-11-26T09:00").run("correct", "inbjudan.md", "--yes", "--retry-for", "0")
    assert kinds(day, ANNA) == kinds(day, BO) == ["Pressinbjudan", "Ny"]
    (first,) = day.office.mails(DESK)
    assert kinds(day, DESK) == ["Pressinbjudan"]
    assert "Torget" in first.get_body(("plain",)).get_content()
    assert calendar(first)["SEQUENCE"] == calendar(day.office.mails(ANNA)[-1])["SEQUENCE"] == "1"
    told = day.office.mails(ANNA)[-1].get_body(("plain",)).get_content()
    assert "Rådhuset" in told
    assert "Torget" in told


def test_where_the_relay_replaced_the_message_id_both_are_referred_to(day: Day) -> None:
    day.office.rules.acceptance = "2.6.0 <{number}@prod.outlook.example> [InternalId=1] Queued"
    day.send()
    day.at("2026-12-01T08:00").remind()
    first, reminder = day.office.mails(ANNA)
    ours, theirs = str(reminder["References"]).split()
    assert ours == first["Message-ID"]
    assert theirs.endswith("@prod.outlook.example>")
    assert reminder["In-Reply-To"] == theirs


def test_a_harmless_edit_goes_to_the_rest_when_accepted(day: Day) -> None:
    day.send("--limit", "2")
    edit(day, "Välkomna till", "Varmt välkomna till")
    day.send(status=65)
    day.send("--accept-edit")
    assert day.office.count() == 3
    texts = [
        day.office.mails(address)[0].get_body(("plain",)).get_content()
        for address in (ANNA, BO, DESK)
    ]
    assert sum("Varmt" in text for text in texts) == 1
    assert day.send()


def test_an_edit_of_a_fact_is_not_harmless(day: Day) -> None:
    day.send("--limit", "2")
    edit(day, "Rådhuset", "Torget")
    assert "not harmless" in day.send("--accept-edit", status=65)
    assert day.office.count() == 2


def test_steering_ourselves_is_no_edit(day: Day) -> None:
    day.send("--limit", "2")
    edit(day, "contacts:", "reminders: []\ncontacts:")
    day.send()
    assert day.office.count() == 3
    assert "Nothing is scheduled" in day.run("schedule")


def test_changed_reminders_are_noted_though_nobody_is_left_to_mail(day: Day) -> None:
    day.send()
    edit(day, "contacts:", "reminders: [2h]\ncontacts:")
    assert "2026-12-01 08:00" in day.run("schedule")
    day.send()
    assert day.office.count() == 3
    assert "2026-12-02 10:30 CET" in day.run("schedule")


def test_nothing_changed_is_no_correction(day: Day) -> None:
    day.send()
    assert "Nothing has changed" in day.run("correct", "inbjudan.md", "--yes")
    assert day.office.count() == 3


def test_two_corrections_raise_the_sequence_twice(day: Day) -> None:
    day.send()
    day.write(place="Torget")
    day.at("2026-11-26T09:00").run("correct", "inbjudan.md", "--yes")
    day.write(place="Parken")
    day.at("2026-11-27T09:00").run("correct", "inbjudan.md", "--yes")
    day.at("2026-11-28T09:00").run("cancel", "inbjudan.md", "--yes")
    assert [calendar(mail)["SEQUENCE"] for mail in day.office.mails(BO)] == list("0123")
    told = day.office.mails(BO)[2].get_body(("plain",)).get_content()
    assert "Torget" in told


def test_an_opt_out_holds_for_corrections_too(day: Day) -> None:
    day.send()
    day.run("recipients", "suppress", ANNA)
    day.write(place="Torget")
    day.run("correct", "inbjudan.md", "--yes")
    assert kinds(day, ANNA) == ["Pressinbjudan"]
    assert kinds(day, BO) == ["Pressinbjudan", "Ny"]


def test_a_dry_run_of_a_change_changes_nothing(day: Day) -> None:
    day.send()
    day.write(place="Torget")
    day.run("correct", "inbjudan.md", "--dry-run")
    day.run("cancel", "inbjudan.md", "--dry-run")
    assert day.office.count() == 3
    assert "correction" not in day.run("log")
    assert "3 accepted" in day.at("2026-12-01T08:00").remind()


def test_an_embargo_needs_a_word_and_is_marked_everywhere(day: Day) -> None:
    (day.folder / "karta.pdf").write_bytes(b"%PDF-1.4 karta")
    day.write(more="embargo: 2026-12-01T07:00\nattachments: [karta.pdf]\n")
    assert "under embargo until 2026-12-01 07:00" in day.send(status=65)
    day.send("--embargoed")
    (mail,) = day.office.mails(ANNA)
    assert str(mail["Subject"]).startswith("Embargo:")
    lines = mail.get_body(("plain",)).get_content().splitlines()
    assert "Embargo" in next(line for line in lines if line)
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names == [
        "EMBARGO karta.pdf",
        "EMBARGO invigning.ics",
    ]


def test_an_embargo_may_be_waited_for(day: Day) -> None:
    day.write(more="embargo: 2026-12-01T07:00\n")
    day.send("--at", "2026-12-01 06:59", status=65)
    day.send("--at", "2026-12-01 07:00")
    day.at("2026-12-01T07:00").remind()
    (mail,) = day.office.mails(ANNA)
    assert str(mail["Subject"]).startswith("Pressinbjudan")


def test_what_went_out_while_somebody_read_the_sample_stops_them(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cancellation in another window while a correction waits for its yes."""
    day.send()
    day.write(place="Torget")

    def confirm(count: int, voice: Voice) -> None:
        assert main(["--lang", "en", "cancel", "invigning", "--yes"]) == 0

    monkeypatch.setattr("pressutskick.cli.mailing.confirm", confirm)
    assert "meanwhile" in day.run("correct", "inbjudan.md", status=65)
    assert kinds(day, ANNA) == ["Pressinbjudan", "Inställt"]


def test_who_got_it_while_somebody_read_the_cancellation_is_not_left_untold(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    day.send("--limit", "1")
    words = ("send", "inbjudan.md", "--to", "lista.csv", "--yes")

    def confirm(count: int, voice: Voice) -> None:
        assert main(["--lang", "en", *words]) == 0

    monkeypatch.setattr("pressutskick.cli.mailing.confirm", confirm)
    assert "meanwhile" in day.run("cancel", "inbjudan.md", status=65)
    day.run("cancel", "inbjudan.md", "--yes")
    assert kinds(day, ANNA) == kinds(day, BO) == kinds(day, DESK) == ["Pressinbjudan", "Inställt"]


def test_an_invitation_that_was_corrected_while_somebody_read_it_does_not_go_out(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    day.send("--limit", "1")

    def confirm(count: int, voice: Voice) -> None:
        day.write(place="Torget")
        assert main(["--lang", "en", "correct", "inbjudan.md", "--yes"]) == 0

    monkeypatch.setattr("pressutskick.cli.mailing.confirm", confirm)
    words = ("send", "inbjudan.md", "--to", "lista.csv")
    assert "meanwhile" in day.run(*words, status=65)
    assert day.office.count() == 2


def test_a_cancellation_that_perhaps_arrived_is_not_called_told(day: Day) -> None:
    day.send()
    fault = ScriptedFault(stage=Stage.FINAL, misbehaviour=drop, address=DESK, times=1)
    day.office.rules.faults.append(fault)
    day.run("cancel", "inbjudan.md", "--yes", "--retry-for", "0", status=76)
    told = day.run("cancel", "inbjudan.md", "--yes", status=76)
    assert "log resolve invigning/cancellation/1" in " ".join(told.split())
    assert kinds(day, ANNA) == ["Pressinbjudan", "Inställt"]


def approve(day: Day, *words: str, status: int = 0) -> str:
    words = ("approve", "inbjudan.md", "--to", "lista.csv", "--as", "Eva Ek", *words)
    return day.run(*words, "--yes", status=status)


def test_only_what_was_approved_is_sent(day: Day) -> None:
    assert "Nobody has approved" in day.send("--approved", status=65)
    assert "Eva Ek has approved" in approve(day)
    edit(day, "Rådhuset", "Torget")
    told = day.send("--approved", status=65)
    assert "not what Eva Ek approved" in told
    assert "the text" in told
    edit(day, "Torget", "Rådhuset")
    day.invite(ANNA, BO)
    assert "who gets it" in day.send("--approved", status=65)
    day.invite(DESK, BO, ANNA)
    day.send("--approved", "--limit", "1")
    day.send("--approved")
    assert day.office.count() == 3
    assert "3 accepted" in day.at("2026-12-01T08:00").remind("--approved")


def test_templates_and_sender_belong_to_what_was_approved(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(day)
    day.send("--approved")
    (day.folder / "templates").mkdir()
    (day.folder / "templates" / "subject.txt.j2").write_text("Kom!", "utf-8")
    assert "the templates" in day.at("2026-12-01T08:00").remind("--approved", status=65)
    (day.folder / "templates" / "subject.txt.j2").unlink()
    monkeypatch.setenv("PRESSUTSKICK_ORGANISATION", "Någon annan")
    assert "the sender's settings" in day.remind("--approved", status=65)
    assert day.office.count() == 3


def test_a_setting_makes_approval_a_must(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESSUTSKICK_REQUIRE_APPROVAL", "true")
    day.send(status=65)
    approve(day)
    day.send()
    day.write(place="Torget")
    assert "not what Eva Ek approved" in day.run("correct", "inbjudan.md", "--yes", status=65)
    approve(day)
    day.at("2026-11-26T09:00").run("correct", "inbjudan.md", "--yes")
    assert "3 accepted" in day.at("2026-12-01T08:00").remind()
    assert kinds(day, ANNA) == ["Pressinbjudan", "Ny", "Påminnelse"]


def test_an_approval_bears_its_real_time(day: Day) -> None:
    assert "--sandbox" in approve(day, "--now", "2099-01-01", status=2)


def test_nobody_approves_without_a_name(day: Day) -> None:
    day.run("approve", "inbjudan.md", "--to", "lista.csv", "--yes", status=2)


def copy(day: Day, *pairs: str) -> None:
    """A second file, made from the first one with a new id."""
    text = (day.folder / "inbjudan.md").read_text("utf-8")
    for old, new in zip(("id: invigning", *pairs[::2]), ("id: igen", *pairs[1::2]), strict=True):
        assert old in text
        text = text.replace(old, new)
    (day.folder / "igen.md").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        (("12:30", "14:30", "13:30", "15:30"), "kl. 12.30–13.30 → onsdag 2 december 2026 kl. 14"),
        (("Rådhuset", "Torget"), "place: Rådhuset → Torget"),
        (("Välkomna till", "Varmt välkomna till"), "would get a second invitation"),
        (
            ("title: ", "title: 'Pressinbjudan: ", "lokal\n", "lokal'\n"),
            "would get a second invitation",
        ),
    ],
)
def test_a_heading_that_went_out_under_another_id_is_not_sent_again(
    day: Day, pairs: tuple[str, ...], told: str
) -> None:
    day.send()
    copy(day, *pairs)
    for words in (["--dry-run"], ["--yes"]):
        said = " ".join(day.run("send", "igen.md", "--to", "lista.csv", *words, status=65).split())
        assert "[reissue-unmarked]" in said
        assert told in said
        assert "pressutskick correct igen.md" in said
        assert "send --new" in said
    assert day.office.count() == 3
    day.run("send", "igen.md", "--to", "lista.csv", "--yes", "--new")
    day.run("send", "igen.md", "--to", "lista.csv", "--yes")
    assert day.office.count() == 6


RAW = """{title}

Tid: {day} december 2026 kl. 12.30
Plats: Rådhuset, Storgatan 1, Åstad

Anmälan till press@astad.example
"""


def write_raw(day: Day, when: str, title: str = "Invigning av samverkanslokal") -> None:
    (day.folder / "lek.txt").write_text(RAW.format(title=title, day=when), "utf-8")


def send_raw(day: Day, *words: str, status: int = 0) -> str:
    told = day.run("send", "lek.txt", "--to", "lista.csv", "--yes", *words, status=status)
    return " ".join(told.split())


@pytest.mark.parametrize(
    "title", ["Invigning av samverkanslokal", "Pressinbjudan: Invigning {day} december"]
)
def test_a_raw_text_whose_day_is_mended_is_no_second_invitation(day: Day, title: str) -> None:
    write_raw(day, "torsdag 10", title.format(day=10))
    send_raw(day)
    send_raw(day)
    write_raw(day, "fredag 11", title.format(day=11))
    told = send_raw(day, status=65)
    assert "pressutskick correct lek.txt" in told
    assert "send --new" in told
    assert day.office.count() == 3
    day.run("correct", "lek.txt", "--yes")
    day.run("correct", "lek.txt", "--yes")
    send_raw(day)
    assert kinds(day, ANNA) == ["Pressinbjudan", "Ny"]
    day.run("cancel", "lek.txt", "--yes")
    assert kinds(day, ANNA) == ["Pressinbjudan", "Ny", "Inställt"]


@pytest.mark.parametrize(
    "title",
    [
        "Ny tid: Invigning av samverkanslokal",
        "OBS! Nytt datum: Pressinbjudan: Invigning av samverkanslokal",
        "Uppdaterad pressinbjudan: Invigning av samverkanslokal",
        "Invigning av samverkanslokal – NY TID",
        "Påminnelse: Invigning av samverkanslokal",
    ],
)
def test_a_raw_text_that_says_that_it_changed_corrects_the_first(day: Day, title: str) -> None:
    write_raw(day, "torsdag 10")
    send_raw(day)
    write_raw(day, "fredag 11", title)
    assert "pressutskick correct lek.txt" in send_raw(day, status=65)
    day.run("correct", "lek.txt", "--yes")
    assert kinds(day, ANNA) == ["Pressinbjudan", "Ny"]


def test_a_raw_text_whose_day_is_taken_back_is_postponed(day: Day) -> None:
    write_raw(day, "torsdag 10")
    send_raw(day)
    (day.folder / "lek.txt").write_text(
        "Invigning av samverkanslokal\n\nTid: uppskjutet, nytt datum meddelas senare\n"
        "Plats: Rådhuset, Storgatan 1, Åstad\n\nAnmälan till press@astad.example\n",
        "utf-8",
    )
    told = day.run("correct", "lek.txt", "--yes")
    assert "place" not in told.partition("Subject")[0]
    assert kinds(day, ANNA) == ["Pressinbjudan", "Uppskjutet"]
    # Without a word of it, the day may only have been overlooked.
    write_raw(day, "torsdag 10")
    day.run("correct", "lek.txt", "--yes")
    (day.folder / "lek.txt").write_text("Invigning av samverkanslokal\n\nVälkomna!\n", "utf-8")
    assert "names no day" in day.run("correct", "lek.txt", "--yes", status=65)


def test_a_raw_text_of_another_event_is_sent_when_a_person_says_so(day: Day) -> None:
    write_raw(day, "torsdag 10")
    send_raw(day)
    write_raw(day, "fredag 11")
    send_raw(day, "--new")
    send_raw(day)
    assert kinds(day, ANNA) == ["Pressinbjudan", "Pressinbjudan"]
    assert day.office.count() == 6


def test_the_next_of_a_series_has_an_id_of_its_own(day: Day) -> None:
    write_raw(day, "torsdag 10")
    send_raw(day)
    write_raw(day, "fredag 18")
    day.at("2026-12-14T09:00")
    send_raw(day)
    send_raw(day)
    assert kinds(day, ANNA) == ["Pressinbjudan", "Pressinbjudan"]


def test_a_copy_with_another_id_corrects_the_one_of_its_heading(day: Day) -> None:
    day.send()
    copy(day, "12:30", "14:30", "13:30", "15:30")
    day.run("correct", "igen.md", "--yes")
    assert kinds(day, ANNA) == ["Pressinbjudan", "Ny"]


@pytest.mark.parametrize(
    ("pairs", "moment"),
    [
        (("title: Invigning", "title: Avtackning"), "2026-11-26T09:00"),
        # The writer says it, in the text or to us.
        (("id: igen\n", "id: igen\nstatus: time_change\n"), "2026-11-26T09:00"),
        (("id: igen\n", "id: igen\nsilence: reissue-unmarked\n"), "2026-11-26T09:00"),
        # A series: the last one is over.
        (("2026-12-02", "2027-01-13", "2026-12-01", "2027-01-12"), "2026-12-03T09:00"),
    ],
)
def test_another_matter_or_a_marked_change_is_no_reissue(
    day: Day, pairs: tuple[str, ...], moment: str
) -> None:
    day.send()
    copy(day, *pairs)
    said = day.at(moment).run("send", "igen.md", "--to", "lista.csv", "--dry-run")
    assert "reissue-unmarked" not in said


def test_what_was_called_off_may_be_invited_to_anew(day: Day) -> None:
    day.send()
    day.run("cancel", "inbjudan.md", "--yes")
    copy(day, "2026-12-02", "2026-12-09", "2026-12-01", "2026-12-08")
    said = day.run("send", "igen.md", "--to", "lista.csv", "--dry-run")
    assert "reissue-unmarked" not in said
