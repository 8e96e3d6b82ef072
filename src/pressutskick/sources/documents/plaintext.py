"""Decoded text made fit to be read: line ends, control characters, composed letters.

Lines are neither added nor taken away, so that a fact's line is the line in the person's editor.
"""

import re
import unicodedata

from pressutskick.mail import UNSAFE_CHARACTERS
from pressutskick.sources.documents.leftout import LeftOut, Omitted

#: What stands for a line end in some program's clipboard.
_LINE_ENDS = re.compile("\r\n|[\r\v\u2028\u2029]")
_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
#: Zero-width characters and soft hyphens: invisible, and they break words in two.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\f]")
#: Hyphens and dashes that look like the usual ones, of which every pattern knows only those.
_DASHES = str.maketrans({
    "\u2010": "-", "\u2011": "-", "\ufe63": "-", "\uff0d": "-",
    "\u2012": "–", "\u2015": "–", "\u2212": "–",
})  # fmt: skip


def clean_text(text: str) -> tuple[str, tuple[LeftOut, ...]]:
    """`text` with line feeds as line ends, plain blanks and dashes, composed letters, nothing invisible.

    Told beside it: the control characters that were left out, or read as the sign that Windows
    has in their place.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", text)).translate(_DASHES)
    controls = tuple(
        LeftOut(what=Omitted.CONTROL, line=number)
        for number, line in enumerate(text.split("\n"), 1)
        for char in UNSAFE_CHARACTERS.findall(line)
        if char != "\t"
    )
    text = UNSAFE_CHARACTERS.sub(lambda match: _sign(match[0]), text)
    return unicodedata.normalize("NFC", text), controls


def _sign(char: str) -> str:
    """A C1 control is a sign of Windows-1252 that went through a Latin-1 program."""
    if char in "\n\t":
        return char
    return bytes([ord(char)]).decode("cp1252", "ignore") if "\x80" <= char <= "\x9f" else ""
