"""The identity of a release: readable, short, stable, safe in file names and headers.

The day is no part of it: a text whose day is mended stays the same release.
"""

import re
import unicodedata
from collections.abc import Container

#: Characters of an id that is made; one that a person writes may be longer.
LONGEST = 30
#: What Windows takes for a device, whatever ending follows the name.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?=\.|\Z)", re.IGNORECASE)
_ASCII = {"ß": "ss", "æ": "ae", "ø": "o", "ð": "d", "þ": "th", "ł": "l", "đ": "d"}

#: What a text is called, before the matter itself.
_KIND = re.compile(
    r"(?:presse?-?|media-)?"
    r"(?:inbjudan|invitation|invitasjon|meddelande|meddelelse|melding|release|advisory)-"
    r"(?:(?:till|til|to)-)?"
)
_MONTH = r"(?:jan|feb|mar|apr|maj|mai|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*"
_WEEKDAY = (
    r"(?:(?:man|tis|ons|tors|fre|lor|son)dag(?:en)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:mandag|tirsdag|onsdag|torsdag|fredag|lordag|sondag))"
)
_DAY = re.compile(
    rf"(?:(?<=-)|^)(?:{_WEEKDAY}-)?(?:den-)?"
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}-{_MONTH}|{_MONTH}-\d{{1,2}}(?:st|nd|rd|th)?)"
    r"(?:-(?:19|20)\d{2})?(?=-|$)"
)


def slugify(text: str) -> str:
    """`text` in lower-case ASCII letters, digits and single hyphens."""
    folded = "".join(_ASCII.get(c, c) for c in text.casefold())
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def avoid_device(name: str) -> str:
    """`name`, changed where Windows would open a device instead of a file of that name."""
    return _DEVICE.sub(r"\1-1", name, count=1) if _DEVICE.match(name) else name


def heading_of(title: str) -> str:
    """The matter of a title, by which two texts are about the same: no kind, no day, no capitals."""
    slug = slugify(title)
    matter = slug
    while (kind := _KIND.match(matter)) is not None:
        matter = matter[kind.end() :]
    matter = re.sub(r"-+", "-", _DAY.sub("", matter)).strip("-")
    return matter or slug


def _digest(title: str) -> str:
    from hashlib import sha256

    return sha256(title.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def make_id(title: str) -> str:
    """The matter of the title, whole words of it, at most 30 characters.

    A title without a Latin letter gets a digest instead, so that two of them stay apart.
    """
    slug = heading_of(title) or _digest(title)
    if len(slug) <= LONGEST:
        return avoid_device(slug)
    cut = slug[: LONGEST + 1]
    words = (cut.rsplit("-", 1)[0] if "-" in cut else cut[:LONGEST]).split("-")
    # What a phrase breaks off at is no part of its sense.
    while len(words) > 1 and len(words[-1]) < 4:
        words.pop()
    return avoid_device("-".join(words))


def free_id(wanted: str, taken: Container[str]) -> str:
    """`wanted`, or the first of `wanted-2`, `wanted-3` ... that nothing has."""
    free, number = wanted, 1
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free
