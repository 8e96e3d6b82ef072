"""The identity of a release: readable, stable, safe in file names and headers."""

import datetime as dt
import re
import unicodedata

_LONGEST = 64
#: What Windows takes for a device, whatever ending follows the name.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?=\.|\Z)", re.IGNORECASE)
_ASCII = {"ß": "ss", "æ": "ae", "ø": "o", "ð": "d", "þ": "th", "ł": "l", "đ": "d"}


def slugify(text: str) -> str:
    """`text` in lower-case ASCII letters, digits and single hyphens."""
    folded = "".join(_ASCII.get(c, c) for c in text.casefold())
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def avoid_device(name: str) -> str:
    """`name`, changed where Windows would open a device instead of a file of that name."""
    return _DEVICE.sub(r"\1-1", name, count=1) if _DEVICE.match(name) else name


def _digest(title: str) -> str:
    from hashlib import sha256

    return sha256(title.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def make_id(title: str, day: dt.date | None) -> str:
    """The slug of the title and the event's day, at most 64 characters.

    A title without a Latin letter gets a digest instead, so that two of them stay apart.
    """
    tail = day.isoformat() if day else ""
    slug = slugify(title) or _digest(title)
    room = _LONGEST - len(tail) - 1 if tail else _LONGEST
    if len(slug) > room:
        cut = slug[: room + 1]
        slug = cut.rsplit("-", 1)[0] if "-" in cut else cut[:room]
    return avoid_device(f"{slug}-{tail}" if tail else slug)
