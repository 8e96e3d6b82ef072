"""A reminder, a correction, a cancellation is seen as it will leave, before it leaves."""

import email
import email.policy
from email.message import EmailMessage

import pytest
from tests.kit.life import ANNA, BO, DESK, Day

LATER = ("--as", "reminder"), ("--as", "correction"), ("--as", "cancellation", "--reason", "Storm")
SEND = {
    "correction": ("correct", "inbjudan.md", "--yes", "--retry-for", "0"),
    "cancellation": ("cancel", "inbjudan.md", "--reason", "Storm", "--yes", "--retry-for", "0"),
}


def look(day: Day, *words: str) -> dict[str, EmailMessage]:
    """What `preview --save` shows, by recipient."""
    folder = day.folder / "ut"
    day.run("preview", "inbjudan.md", *words, "--save", str(folder))
    found = {}
    for file in sorted(folder.iterdir()):
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        found[str(message["To"].addresses[0].addr_spec)] = message
        file.unlink()
    return found


def outline(message: EmailMessage) -> list[object]:
    names = ("From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References")
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    files = [part.get_content() for part in message.iter_attachments()]
    told = [str(message[name]) for name in names]
    return [*told, *(body.get_content() for body in bodies if body), *files]


@pytest.mark.parametrize("later", LATER, ids=lambda words: words[1])
def test_the_very_mail_that_would_leave_is_shown(day: Day, later: tuple[str, ...]) -> None:
    day.write(more="reminders: [1d]\n")
    day.send()
    if "correction" in later:
        day.at("2026-11-26T09:00").write(place="Torget", more="reminders: [1d]\n")
    shown = look(day, *later)
    assert set(shown) == {ANNA, BO, DESK}
    if "reminder" in later:
        day.at("2026-12-01T12:30").remind()
    else:
        day.run(*SEND[later[1]])
    for address, message in shown.items():
        assert outline(message) == outline(day.office.mails(address)[-1])


def test_who_got_another_text_sees_another_correction(day: Day) -> None:
    day.invite(ANNA)
    day.send()
    day.at("2026-11-26T09:00").write(place="Torget")
    day.run(*SEND["correction"])
    day.invite(ANNA, BO)
    day.send()
    day.at("2026-11-27T09:00").write(place="Torget", start="13:00")
    told = day.run("preview", "inbjudan.md", "--as", "correction")
    assert "Message 1 of 2" in told
    assert "NY TID" in told


def test_preview_says_who_has_got_it_and_how_the_correction_is_seen(day: Day) -> None:
    day.send()
    told = day.run("preview", "inbjudan.md", "--to", "lista.csv")
    assert "3 recipients have got this already" in told
    day.write(place="Torget")
    told = day.run("preview", "inbjudan.md", "--to", "lista.csv")
    assert "3 recipients have got an earlier text of this." in told
    assert "pressutskick preview inbjudan.md --as correction" in told


def test_before_anything_was_sent_a_reminder_is_shown_to_a_list(day: Day) -> None:
    told = day.run("preview", "inbjudan.md", "--to", "lista.csv", "--as", "reminder")
    assert "Påminnelse: " in told
    day.run("preview", "inbjudan.md", "--as", "reminder", status=66)
    day.run("preview", "inbjudan.md", "--to", "lista.csv", "--as", "correction", status=2)


def test_what_nobody_would_get_is_no_preview(day: Day) -> None:
    day.send()
    assert "Nothing has changed" in day.run(
        "preview", "inbjudan.md", "--as", "correction", status=65
    )
    day.run(*SEND["cancellation"])
    told = day.run("preview", "inbjudan.md", "--as", "reminder", status=65)
    assert "cancelled" in told


def test_a_sample_names_the_command_that_shows_all_of_it(day: Day) -> None:
    day.send()
    told = day.run("cancel", "inbjudan.md", "--dry-run")
    assert "pressutskick preview FILE --as cancellation shows all of it" in told


def test_a_mistake_in_the_reminder_s_branch_stops_the_first_send(day: Day) -> None:
    folder = day.folder / "templates"
    folder.mkdir()
    own = '{% if status == "reminder" %}\n{{ words.remindr_notice }}{% endif %}'
    (folder / "notice.txt.j2").write_text(own, "utf-8")
    told = day.send(status=65)
    assert told.count("notice.txt.j2:2: error: ") == 1
    assert not (day.office.folder / ANNA).exists()


@pytest.mark.parametrize(
    "command",
    [
        ("correct", "inbjudan.md"),
        ("cancel", "inbjudan.md", "--reason", "Storm"),
        ("remind", "inbjudan.md", "--before", "5d"),
        ("send", "inbjudan.md", "--to", "fler.csv", "--accept-edit"),
    ],
    ids=lambda words: words[0],
)
def test_a_dry_run_writes_the_very_mails_that_would_leave(
    day: Day, command: tuple[str, ...]
) -> None:
    (day.folder / "fler.csv").write_text(f"e-post\n{ANNA}\nny@bladet.example\n", "utf-8")
    day.send()
    day.at("2026-11-27T12:35")
    if command[0] == "correct":
        day.write(place="Torget")
    folder = day.folder / "ut"
    told = day.run(*command, "--dry-run", "--save", str(folder))
    count = len(list(folder.iterdir()))
    assert f"{count} message" in told
    day.run(*command, "--yes", "--retry-for", "0")
    for file in folder.iterdir():
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        address = str(message["To"].addresses[0].addr_spec)
        assert outline(message)[1:3] == outline(day.office.mails(address)[-1])[1:3]


def test_a_real_run_takes_neither(day: Day) -> None:
    told = day.run("send", "inbjudan.md", "--to", "lista.csv", "--save", "ut", status=2)
    assert "go with --dry-run" in told


def test_what_would_follow_a_rehearsal_is_seen_too(day: Day) -> None:
    day.send("--sandbox")
    told = day.run("preview", "inbjudan.md", "--as", "cancellation", "--sandbox")
    assert "Inställt" in told
    day.run("preview", "inbjudan.md", "--as", "cancellation", status=66)
