"""`recipients inform`: each person of a list is told once that they are on it, and the day is noted."""

from pathlib import Path

import pytest
from tests.kit.life import ANNA, BO, DESK, LATE, Day, text_of


def names(day: Day, *more: str) -> None:
    rows = [f"{ANNA};Anna Berg;Postens webbplats", f"{BO};Bo Ek;", f"{DESK};;", *more]
    (day.folder / "lista.csv").write_text("\n".join(["e-post;namn;källa", *rows, ""]), "utf-8")


def fill_in(day: Day) -> None:
    file = day.folder / "information.md"
    text = file.read_text("utf-8")
    front, body = text.split("\n---", 1)
    body = body.replace("[", "").replace("]", "")
    file.write_text(f"{front}\n---{body}", "utf-8")


@pytest.fixture
def drafted(day: Day) -> Day:
    names(day)
    told = day.run("recipients", "inform", "lista.csv", status=65)
    assert "A draft was written" in told
    return day


def test_a_draft_is_no_text_to_send(drafted: Day) -> None:
    told = drafted.run("recipients", "inform", "lista.csv", "--yes", status=65)
    assert "information.md:19: error: this is still to be filled in" in told
    assert not (drafted.office.folder / ANNA).exists()


def test_each_person_is_told_once_and_the_day_is_noted(drafted: Day) -> None:
    fill_in(drafted)
    told = drafted.run("recipients", "inform", "lista.csv", "--yes", "--retry-for", "0")
    assert "2 messages were accepted" in told
    (mail,) = drafted.office.mails(ANNA)
    assert mail["Subject"] == "Information: Why you are on our press list"
    assert "Your address came to us from: Postens webbplats." in text_of(mail)
    (mail,) = drafted.office.mails(BO)
    assert "came to us from" not in text_of(mail)
    # A desk is nobody's personal data.
    assert not (drafted.office.folder / DESK).exists()
    assert (drafted.folder / "lista.csv").read_text("utf-8") == (
        "e-post;namn;källa;informed\n"
        f"{ANNA};Anna Berg;Postens webbplats;2026-11-25\n"
        f"{BO};Bo Ek;;2026-11-25\n"
        f"{DESK};;\n"
    )
    assert "has been told" in drafted.run("recipients", "inform", "lista.csv", "--yes")
    assert len(drafted.office.mails(ANNA)) == 1


def test_who_comes_later_is_told_later_and_nobody_twice(drafted: Day) -> None:
    fill_in(drafted)
    drafted.run("recipients", "inform", "lista.csv", "--yes", "--retry-for", "0")
    # An old copy of the list does not know who was told; the log does.
    names(drafted, f"{LATE};Sen Ek;")
    drafted.at("2026-12-10T09:00")
    told = drafted.run("recipients", "inform", "lista.csv", "--yes", "--retry-for", "0")
    assert "1 message was accepted" in told
    assert [len(drafted.office.mails(each)) for each in (ANNA, BO, LATE)] == [1, 1, 1]
    text = (drafted.folder / "lista.csv").read_text("utf-8")
    assert f"{ANNA};Anna Berg;Postens webbplats;2026-11-25" in text
    assert f"{LATE};Sen Ek;;2026-12-10" in text


def test_a_rehearsal_notes_nothing(drafted: Day) -> None:
    fill_in(drafted)
    before = (drafted.folder / "lista.csv").read_bytes()
    for flag in ("--dry-run", "--sandbox"):
        drafted.run("recipients", "inform", "lista.csv", "--yes", flag)
    assert (drafted.folder / "lista.csv").read_bytes() == before
    assert not (drafted.office.folder / ANNA).exists()


def test_another_text_is_not_taken_for_it(day: Day) -> None:
    names(day)
    told = day.run("recipients", "inform", "lista.csv", "--text", "inbjudan.md", status=65)
    assert "kind: information" in told
    assert list(Path(day.folder).glob("*.bak")) == []
