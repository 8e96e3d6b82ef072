"""Bytes become text in the encoding that a Nordic writer meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressutskick.sources.encoding import decode, repair_mojibake

SWEDISH = "Pressinbjudan – Invigning på Södra torget\nVälkommen! Åsa Öberg, tfn 031-390 06 11\n"
PLAIN = SWEDISH.replace("–", "-")


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "windows-1252"),
        ("mac_roman", "mac-roman"),
    ],
)
def test_each_encoding_is_found(codec: str, name: str) -> None:
    assert decode(SWEDISH.encode(codec)) == (SWEDISH, name)


def test_old_dos_text_is_found() -> None:
    assert decode(PLAIN.encode("cp850")) == (PLAIN, "cp850")


@pytest.mark.parametrize("word", ["Räksmörgås", "på", "Åsa", "KÖP", "øl og æbler", "André"])
@pytest.mark.parametrize("codec", ["cp1252", "mac_roman"])
def test_one_word_is_enough(word: str, codec: str) -> None:
    assert decode(word.encode(codec))[0] == word


def test_utf8_read_as_windows_text_is_repaired() -> None:
    broken = SWEDISH.encode().decode("cp1252")
    assert decode(broken.encode()) == (SWEDISH, "utf-8+repaired")


@pytest.mark.parametrize("text", ["SÃO PAULO", "Âge d’or", "priset är 5 Â£", "Ã", "âge"])
def test_right_text_with_rare_letters_stays(text: str) -> None:
    assert repair_mojibake(text) == text


def test_foreign_bytes_in_utf8_are_read_as_windows_text() -> None:
    data = SWEDISH.encode() + "Sjö".encode("cp1252")
    assert decode(data) == (SWEDISH + "Sjö", "utf-8+windows-1252")


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    text, name = decode(data)
    assert isinstance(text, str)
    assert name


@given(st.text(max_size=100).filter(lambda text: "\x00" not in text and "Ã" not in text))
def test_ascii_free_of_marks_survives_utf8(text: str) -> None:
    if not text.startswith("\ufeff") and not set(text) & set("Ââ"):
        assert (
            decode(text.encode("utf-8", "replace"))[0] == text.encode("utf-8", "replace").decode()
        )
