"""What came back, through the command line: shown, kept, asked about."""

import json
from pathlib import Path

import pytest
from tests.kit import incoming
from tests.kit import incoming_made as made
from tests.kit.life import ANNA, BO, DESK, Day, text_of


def deliver(day: Day, *mails: bytes) -> Path:
    """Puts them into the folder `mejl`."""
    folder = day.folder / "mejl"
    folder.mkdir(exist_ok=True)
    begun = len(list(folder.iterdir()))
    for number, content in enumerate(mails, begun + 1):
        (folder / f"{number}.eml").write_bytes(content)
    return folder


def mail_to(day: Day, address: str) -> object:
    return day.office.mails(address)[-1]


def say_to(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    """Somebody at the terminal who types these lines."""
    import io
    import sys

    typed = io.StringIO("".join(f"{word}\n" for word in words))
    typed.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", typed)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)


def test_a_folder_is_told_as_json_without_any_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: Day
) -> None:
    folder = Path(incoming.__file__).parents[1] / "data" / "replies"
    empty = tmp_path / "tom"
    empty.mkdir()
    monkeypatch.chdir(empty)
    told = json.loads(day.run("inbox", str(folder), "--json", "--dry-run", "--all"))
    (key,) = told
    assert key == "messages"
    assert len(told["messages"]) == len(incoming.files())
    for message in told["messages"]:
        assert list(message) == [
            *("file", "kind", "addresses", "status", "is_permanent", "delivery", "is_ours"),
            "reason",
        ]
        assert message["kind"] == message["file"].split("/")[0]
        assert message["is_ours"] is False
        assert message["delivery"] is None
    assert list(empty.iterdir()) == []


def test_what_came_back_is_shown_kept_and_counted_once(day: Day) -> None:
    day.send()
    anna, bo, desk = (day.office.mails(address)[-1] for address in (ANNA, BO, DESK))
    folder = deliver(
        day,
        made.bounce(anna),
        made.absence(bo, "Jag är ledig och tillbaka den 7 december."),
        made.answer(desk, "Vi kommer!"),
        incoming.read_file("other", "newsletter"),
    )
    told = day.run("inbox", str(folder))
    assert "inbox: 1 came back, 1 absent, 1 answer (1 coming)" in told
    assert "550 5.1.1 no such user" in told
    assert "back 2026-12-07" in told
    assert "newsletter" not in told
    assert "2 to be decided" in told
    log = day.run("log", "invigning")
    assert "came back" in log
    assert "550 5.1.1 no such user" in log
    again = day.run("inbox", str(folder))
    assert "came back" not in again
    assert "2 to be decided" in again


def test_json_names_the_delivery(day: Day) -> None:
    day.send()
    folder = deliver(day, made.bounce(day.office.mails(ANNA)[-1]))
    (message,) = json.loads(day.run("inbox", str(folder), "--json", "--dry-run"))["messages"]
    assert message["delivery"] == f"invigning/{ANNA}"
    assert message["is_ours"] is True
    assert message["is_permanent"] is True
    assert message["status"] == "5.1.1"
    # A dry run has kept nothing.
    assert "1 came back" in day.run("inbox", str(folder))


def test_one_key_decides_and_what_is_passed_over_is_asked_again(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    day.send()
    anna, bo, desk = (day.office.mails(address)[-1] for address in (ANNA, BO, DESK))
    folder = deliver(
        day, made.bounce(anna), made.answer(bo, "Vi tackar nej."), made.answer(desk, "Kommer!")
    )
    say_to(monkeypatch, "what", "y", "s", "y")
    told = day.run("inbox", str(folder))
    assert "Mail nothing more to anna@posten.example?" in told
    assert "in the list: lista.csv:2" in told
    assert "y for yes, n for no" in told
    assert "“Vi tackar nej.”" in told
    assert "1 to be decided" in told
    assert json.loads(day.run("rsvp", "invigning", "--json"))["answers"] == {DESK: "coming"}
    assert ANNA in day.run("recipients", "list-suppressed")
    say_to(monkeypatch, "n")
    assert "“Vi tackar nej.”" in day.run("inbox", str(folder))
    assert "to be decided" not in day.run("inbox", str(folder))


def test_an_opt_out_holds_from_that_moment(day: Day) -> None:
    day.send()
    folder = deliver(day, made.opt_out(day.office.mails(BO)[-1]))
    assert "1 wants no more" in day.run("inbox", str(folder))
    assert "2 accepted" in day.at("2026-12-01T08:00").remind()
    assert len(day.office.mails(BO)) == 1


def test_the_life_after_the_250(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sent; two bounce, one is absent, three answer, one opts out; the reminder goes to the rest."""
    people = [f"r{number}@posten.example" for number in range(8)]
    day.invite(*people)
    day.send()
    mails = [day.office.mails(address)[-1] for address in people]
    folder = deliver(
        day,
        made.bounce(mails[0]),
        made.bounce(mails[1], "552 5.2.2 mailbox full"),
        made.absence(mails[2], "Jag är ledig till 2026-12-08."),
        made.answer(mails[3], "Jag kommer gärna!"),
        made.answer(mails[4], "Tyvärr, vi kan inte komma."),
        made.answer(mails[5], "Vi skickar en fotograf."),
        made.opt_out(mails[6]),
    )
    say_to(monkeypatch, "y", "y", "y", "y")
    told = day.run("inbox", str(folder))
    assert "2 came back, 1 absent, 3 answers (2 coming), 1 wants no more" in told
    day.at("2026-12-01T08:00").remind()
    reminded = {address for address in people if len(day.office.mails(address)) == 2}
    told = day.run("rsvp", "invigning")
    assert "2 come, 1 declines" in told
    assert "photographer" in told
    # Absent is not answered; who never answered is reminded, who comes in other words.
    assert reminded == {people[2], people[3], people[5], people[7]}
    for address in reminded:
        told = text_of(day.office.mails(address)[-1])
        is_expected = address in (people[3], people[5])
        assert ("Vi ses onsdag 2 december 2026." in told) is is_expected
        assert ("En påminnelse om inbjudan" in told) is not is_expected
    day.run("log", "verify")


def test_watching_is_for_imap_only(day: Day) -> None:
    assert "--watch" in day.run("inbox", "mejl", "--watch", status=2)


def test_without_a_mailbox_the_way_out_is_told(day: Day) -> None:
    told = day.run("inbox", status=78)
    assert "PRESSUTSKICK_IMAP_HOST" in told
    assert "pressutskick inbox FOLDER" in told


def test_a_folder_that_is_not_there_is_told(day: Day) -> None:
    assert "saknas" in day.run("inbox", "saknas", status=66)


def test_cron_reads_the_mailbox_between_the_reminders(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    day.send()
    assert day.run("schedule", "cron").count("* * * *") == 1
    monkeypatch.setenv("PRESSUTSKICK_IMAP_HOST", "imap.example")
    monkeypatch.setenv("PRESSUTSKICK_IMAP_PASSWORD", "hemligt")
    lines = [line for line in day.run("schedule", "cron").splitlines() if "* * * *" in line]
    assert [line.split(" ")[0] for line in lines] == ["*/10", "5-59/10"]
    assert lines[0].endswith("remind --all")
    assert lines[1].endswith(" inbox")
    assert "hemligt" not in "".join(lines)


def test_what_is_held_of_somebody_s_replies_is_told(day: Day) -> None:
    day.send()
    day.run("inbox", str(deliver(day, made.answer(day.office.mails(BO)[-1], "Kommer!"))))
    told = json.loads(day.run("recipients", "export", BO))
    (reply,) = told["log"]["replies"]
    assert (reply["kind"], reply["words"]) == ("answer", "Kommer!")
