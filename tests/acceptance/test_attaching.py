"""Files go along as people expect: by flag, by the words that they use, and as what they are."""

import pytest
from tests.kit.life import ANNA, Day

PDF = b"%PDF-1.4 karta"


def names(day: Day) -> list[str | None]:
    return [part.get_filename() for part in day.office.mails(ANNA)[-1].iter_attachments()]


def test_a_file_is_attached_by_flag_and_the_same_command_goes_on(day: Day) -> None:
    (day.folder / "karta.pdf").write_bytes(PDF)
    told = day.send("--attach", "karta.pdf", "--dry-run")
    assert "karta.pdf (1 kB)" in told
    day.send("--attach", "karta.pdf")
    assert names(day) == ["karta.pdf", "invigning.ics"]
    assert "0 messages" in day.send("--attach", "karta.pdf")


def test_a_correction_takes_a_file_along(day: Day) -> None:
    (day.folder / "karta.pdf").write_bytes(PDF)
    day.send("--attach", "karta.pdf")
    day.at("2026-11-26T09:00").write(place="Torget")
    day.run("correct", "inbjudan.md", "--attach", "karta.pdf", "--yes", "--retry-for", "0")
    assert names(day)[0] == "karta.pdf"


def test_a_raw_text_can_have_a_file_too(day: Day) -> None:
    (day.folder / "karta.pdf").write_bytes(PDF)
    text = "Pressinbjudan: Bron invigs\n\nTid: 2 december 2026 kl. 10.00\nPlats: Torget 1, Åstad\n"
    (day.folder / "rå.txt").write_text(text + "\nVälkomna till bron.\n", "utf-8")
    told = day.run("send", "rå.txt", "--to", "lista.csv", "--attach", "karta.pdf", "--dry-run")
    assert "karta.pdf (1 kB)" in told


@pytest.mark.parametrize("key", ["bilaga", "Bilagor", "attachment", "bifogas"])
def test_what_people_call_an_attachment_is_one(day: Day, key: str) -> None:
    (day.folder / "karta.pdf").write_bytes(PDF)
    day.write(more=f"{key}: karta.pdf\n")
    day.send()
    assert names(day) == ["karta.pdf", "invigning.ics"]


def test_a_key_in_the_person_s_own_words_is_told_where_its_fact_is_missing(day: Day) -> None:
    text = "---\nid: bron\ntitle: Bron invigs\nplats: Torget\n---\nVälkomna.\n"
    (day.folder / "bron.md").write_text(text, "utf-8")
    told = day.run("check", "bron.md", status=65)
    assert "bron.md:4" in told
    assert "did you mean event.place?" in told
    day.write(more="plats: sal 3\nbilaga: a.pdf\nattachments: [b.pdf]\n")
    told = day.run("check", "inbjudan.md", status=65)
    assert "event.place" not in told
    assert "bilaga says the same as attachments; keep one." in told


@pytest.mark.parametrize("name", ["karta.pdf", "bild.jpg", "program.docx"])
def test_a_file_that_is_not_what_it_says_is_refused(day: Day, name: str) -> None:
    (day.folder / name).write_bytes(b"<html>Sidan finns inte</html>")
    told = day.send("--attach", name, status=65)
    assert "is something else inside" in told


def test_a_file_outside_of_the_folder_is_refused_with_what_to_do(day: Day) -> None:
    (day.folder.parent / "karta.pdf").write_bytes(PDF)
    assert "copy it into that folder" in day.send("--attach", "../karta.pdf", status=65)
