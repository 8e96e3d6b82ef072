"""The person's language: choosing it, and putting sentences into it through gettext.

English is in the code, the rest in `locale/<language>/LC_MESSAGES/pressutskick.mo`. The choice is
`--lang`, then `PRESSUTSKICK_LANGUAGE` (environment or `.env`), then the locale; on Windows, which has
none, the language of its own windows.
"""

import ctypes
import gettext
import locale
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pressutskick.sentences import Sentence

DOMAIN = "pressutskick"
LANGUAGES = ("sv", "en")
LOCALE_FOLDER = Path(__file__).parent.parent / "locale"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def choose_language(flag: str | None, environ: Mapping[str, str]) -> str:
    """The first of flag, setting and locale that we speak; English otherwise."""
    wishes = (
        flag,
        environ.get("PRESSUTSKICK_LANGUAGE"),
        environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG"),
    )
    for wish in wishes:
        if wish and is_spoken(wish):
            return wish[:2].lower()
    # Whoever has a locale has told us, even where we do not speak it.
    shown = "" if any(wishes) else find_windows_language()
    return shown[:2].lower() if is_spoken(shown) else "en"


def find_windows_language() -> str:
    """`sv_SE` and kin where this is Windows; nothing elsewhere."""
    windows = getattr(ctypes, "windll", None)
    if windows is None:
        return ""
    return locale.windows_locale.get(windows.kernel32.GetUserDefaultUILanguage(), "")


def is_spoken(wish: str) -> bool:
    """Whether `sv`, `sv_SE.UTF-8` and kin mean a language that we have."""
    return wish[:2].lower() in LANGUAGES


def install_language(language: str) -> None:
    """Makes `language` the one that `_`, `tell` and Typer's own sentences speak."""
    global _catalogue  # noqa: PLW0603 - the program has one person and one language
    _catalogue = gettext.translation(DOMAIN, LOCALE_FOLDER, [language], fallback=True)
    # Typer looks its sentences up in the default domain, in the language of the environment.
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(LOCALE_FOLDER))
    gettext.textdomain(DOMAIN)


def language_in_use() -> str:
    """The language that was installed, such as `sv`."""
    return os.environ.get("LANGUAGE", "en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within, `_` and `tell` speak `language`: for words that a person may type in any of ours."""
    global _catalogue  # noqa: PLW0603 - put back at the end
    before = _catalogue
    _catalogue = gettext.translation(DOMAIN, LOCALE_FOLDER, [language], fallback=True)
    try:
        yield
    finally:
        _catalogue = before


def _(pattern: str, /, **values: object) -> str:
    """`pattern` in the person's language, filled in: `_("{n} left", n=3)`."""
    return _catalogue.gettext(pattern).format(**values) if pattern else ""


def _n(singular: str, plural: str, count: int, /, **values: object) -> str:
    """The same where the wording depends on a number, which is the value `{count}`."""
    return _catalogue.ngettext(singular, plural, count).format(count=count, **values)


def decimal(value: float) -> str:
    """A number with one digit after the decimal mark of the person's language."""
    return f"{value:.1f}".replace(".", _("."))


def tell(sentence: Sentence) -> str:
    """An inner room's sentence in the person's language, its values translated too."""
    values = {
        name: tell(value) if isinstance(value, Sentence) else value
        for name, value in sentence.values.items()
    }
    if sentence.plural is None:
        return _catalogue.gettext(sentence.pattern).format(**values)
    pattern = _catalogue.ngettext(sentence.pattern, sentence.plural, sentence.count)
    return pattern.format(**values)
