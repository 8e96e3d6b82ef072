"""Windows has no LANG: there the person's language is that of Windows' own windows."""

import ctypes
from types import SimpleNamespace

import pytest

from pressutskick.cli.language import choose_language


def windows(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: number)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)


@pytest.mark.parametrize(
    ("number", "language"),
    [(0x041D, "sv"), (0x081D, "sv"), (0x0409, "en"), (0x0414, "en"), (0xFFFF, "en")],
)
def test_windows_tells_its_own_language(
    monkeypatch: pytest.MonkeyPatch, number: int, language: str
) -> None:
    windows(monkeypatch, number)
    assert choose_language(None, {}) == language


@pytest.mark.parametrize(
    ("flag", "environ"),
    [("en", {}), (None, {"PRESSUTSKICK_LANGUAGE": "en"}), (None, {"LANG": "en_US.UTF-8"})],
)
def test_what_a_person_says_counts_before_it(
    monkeypatch: pytest.MonkeyPatch, flag: str | None, environ: dict[str, str]
) -> None:
    windows(monkeypatch, 0x041D)
    assert choose_language(flag, environ) == "en"


def test_elsewhere_the_locale_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(ctypes, "windll", raising=False)
    assert choose_language(None, {}) == "en"
    assert choose_language(None, {"LC_ALL": "sv_SE.UTF-8"}) == "sv"
