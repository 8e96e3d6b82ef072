"""Decoded text made fit to be read: line ends, control characters, composed letters.

Lines are neither added nor taken away, so that a fact's line is the line in the person's editor.
"""

import re
import unicodedata

from pressutskick.mail import UNSAFE_CHARACTERS

#: What stands for a line end in some program's clipboard.
_LINE_ENDS = re.compile("\r\n|[\r\v\u2028\u2029]")
_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
#: Zero-width characters and soft hyphens: invisible, and they break words in two.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\f]")


def clean_text(text: str) -> str:
    """`text` with line feeds as line ends, plain blanks, composed letters, nothing invisible."""
    text = _LINE_ENDS.sub("\n", text)
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", text))
    text = UNSAFE_CHARACTERS.sub(lambda match: match[0] if match[0] in "\n\t" else "", text)
    return unicodedata.normalize("NFC", text)
