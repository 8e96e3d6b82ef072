"""Phone numbers as links: what is written stays, what is dialled is international (RFC 3966)."""

import re

from pressutskick.mail import Language

_COUNTRY = {
    Language.SWEDISH: "+46",
    Language.NORWEGIAN: "+47",
    Language.DANISH: "+45",
    Language.ENGLISH: "+46",
}
#: Norway and Denmark have no trunk prefix; their numbers have eight digits.
_EIGHT_DIGITS = frozenset({Language.NORWEGIAN, Language.DANISH})


def make_tel_link(phone: str, language: Language) -> str:
    """`tel:+46313900681` for `031-390 06 81`; empty where the text holds no number to dial.

    A national number is taken as one of the country of the release's language, Sweden for English:
    that is where the sender is.
    """
    text = phone.replace("(0)", "")
    match = re.search(r"(\+|00)?\s*\d[\d\s()/\u00a0\u2010-\u2015.-]*\d", text)
    if match is None:
        return ""
    digits = re.sub(r"\D", "", match[0])
    if match[1] == "+":
        return f"tel:+{digits}"
    if match[1] == "00":
        return f"tel:+{digits[2:]}"
    if digits.startswith("0"):
        return f"tel:{_COUNTRY[language]}{digits[1:]}"
    if language in _EIGHT_DIGITS and len(digits) == 8:
        return f"tel:{_COUNTRY[language]}{digits}"
    return f"tel:{digits}"
