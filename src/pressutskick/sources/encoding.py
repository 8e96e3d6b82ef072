"""Bytes of the operator's text files -> text, with the encoding that was found.

The order is: byte order mark, UTF-16 by its zero bytes, strict UTF-8, UTF-8 with a few foreign
bytes, UTF-8 in some of the lines, then whichever of the old eight-bit sets makes the most plausible Nordic text. General
guessers are not used: on short Swedish texts they answer Central European sets and wrong letters.
UTF-8 that was once read as Windows-1252 ("Ã¥" for "å") is repaired where every such pair gives a
letter or a typographic sign.
"""

import codecs
import re

#: Eight-bit sets that Swedish, Norwegian and Danish files come in, the likeliest first.
_EIGHT_BIT = ("cp1252", "mac_roman", "cp850")
_NAMES = {"cp1252": "windows-1252", "mac_roman": "mac-roman", "cp850": "cp850"}
_LETTERS = frozenset("åäöÅÄÖéÉüÜæøÆØèáàêëíóñßçš")
_SIGNS = frozenset("–—’‘”“»«•…§°½´€\u00a0\u00ad·©®±×")
#: Two to four characters that are one UTF-8 sequence read as Windows-1252.
_MOJIBAKE = re.compile("[ÂÃâ][\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}")
_HEAD = 4096
#: Letters of ours, and typographic signs, as UTF-8 has them.
_SEQUENCE = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x80-\xbf]")


def decode(data: bytes) -> tuple[str, str]:
    """The text of `data` without byte order mark, and its encoding's name; never fails.

    The name is an IANA name, with `+repaired` where letters were mended and `+windows-1252` where
    single bytes did not fit the rest. What cannot be read becomes U+FFFD.
    """
    for mark, codec, name in (
        (b"\xef\xbb\xbf", "utf-8", "utf-8"),
        (b"\xff\xfe", "utf-16-le", "utf-16"),
        (b"\xfe\xff", "utf-16-be", "utf-16"),
    ):
        if not data.startswith(mark):
            continue
        if codec == "utf-8" and not _is_utf8(data):
            # The mark is true of the part that a program has written, not of what was added.
            data = data[len(mark) :]
            break
        return _mended(data[len(mark) :].decode(codec, "replace"), name)
    wide = _wide_codec(data)
    if wide is not None:
        return data.decode(wide, "replace"), wide
    try:
        return _mended(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if _is_mostly_utf8(data):
        return data.decode("utf-8", "pressutskick.windows"), "utf-8+windows-1252"
    if (mixed := _decode_lines(data)) is not None:
        return mixed
    codec = max(_EIGHT_BIT, key=lambda codec: _plausibility(data, codec))
    return data.decode(codec, "replace"), _NAMES[codec]


def _wide_codec(data: bytes) -> str | None:
    """UTF-16 without a mark: in Western text every second byte is zero."""
    head = data[:_HEAD]
    if len(head) < 4 or 0 not in head:
        return None
    even, odd = head[0::2], head[1::2]
    if odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _mended(text: str, name: str) -> tuple[str, str]:
    """`text` with mojibake repaired, if all of it can be."""
    repaired = repair_mojibake(text)
    return (text, name) if repaired == text else (repaired, f"{name}+repaired")


def repair_mojibake(text: str) -> str:
    """UTF-8 that was read as Windows-1252 put right; `text` itself where that is not certain.

    Certain means: at least two such pairs (or one that is a Swedish letter), every one of them
    decodes to a letter or sign that our languages use, and no such letter stands there right.
    """
    pairs = _MOJIBAKE.findall(text)
    if not pairs:
        return text
    right = {pair: _reread(pair) for pair in set(pairs)}
    if not all(right.values()):
        return text
    if any(letter in text for letter in "åäöÅÄÖ") and len(pairs) < 3:
        return text
    return _MOJIBAKE.sub(lambda match: right[match[0]] or match[0], text)


def _reread(pair: str) -> str | None:
    """One pair put right: a letter or sign, perhaps with a character that only stood beside it."""
    for length in (len(pair), 2):
        head, rest = pair[:length], pair[length:]
        raw = b"".join(_windows_byte(char) for char in head)
        try:
            char = raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if len(char) == 1 and char in _LETTERS | _SIGNS and not _MOJIBAKE.search(rest):
            return char + rest
    return None


def _windows_byte(char: str) -> bytes:
    """The byte that Windows shows as `char`; its five holes are shown as C1 controls."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return bytes([ord(char)]) if ord(char) < 256 else b"\xff"


def _decode_lines(data: bytes) -> tuple[str, str] | None:
    """Lines that several programs wrote into one file, each in its own encoding; None for one set.

    A line with letters beyond ASCII that is UTF-8 by every rule is hardly ever anything else.
    """
    lines = data.splitlines(keepends=True)
    if not any(_SEQUENCE.search(line) and _is_utf8(line) for line in lines):
        return None
    others = b"".join(line for line in lines if not _is_utf8(line))
    codec = max(_EIGHT_BIT, key=lambda codec: _plausibility(others, codec))
    text = "".join(
        line.decode("utf-8") if _is_utf8(line) else line.decode(codec, "replace") for line in lines
    )
    return text, f"utf-8+{_NAMES[codec]}"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether the bytes above 127 are UTF-8 sequences, a stray few apart."""
    broken = data.decode("utf-8", "replace").count("\ufffd")
    sequences = len(_SEQUENCE.findall(data))
    return sequences >= 3 * broken


def _read_stray(error: UnicodeError) -> tuple[str, int]:
    """Error handler: bytes that are no UTF-8 are Windows-1252 (two files pasted together)."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - it is registered for decoding only
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("pressutskick.windows", _read_stray)


def _plausibility(data: bytes, codec: str) -> int:
    """How Nordic `data` looks in `codec`: letters of our alphabets inside words count for it."""
    high = re.findall(rb"[\x00-\x7f]?[\x80-\xff]+[\x00-\x7f]?", data[: 1 << 18])
    score = 0
    for run in high:
        text = run.decode(codec, "replace")
        in_word = any(char.isascii() and char.isalpha() for char in text)
        for before, char in zip(" " + text, text, strict=False):
            if char.isupper() and before.islower():
                score -= 3
            elif char in "åäöÅÄÖ":
                score += 4 if in_word else 1
            elif char in _LETTERS:
                score += 1 if in_word else 0
            elif char in _SIGNS:
                score += 1
            elif not char.isascii():
                score -= 3
    return score


def decode_labelled(data: bytes, label: str) -> str | None:
    """`data` by the name that a page or a mail gives its charset; None where that is not so.

    Names mean what they mean to browsers (Encoding Standard, 4.2): what calls itself Latin-1 or
    ASCII is Windows-1252, and codecs of Python that are no text are unknown.
    """
    import webencodings

    encoding = webencodings.lookup(label)
    if encoding is None:
        return None
    try:
        text = encoding.codec_info.decode(data, "strict")[0]
    except UnicodeDecodeError:
        return None
    return repair_mojibake(text.removeprefix("\ufeff"))


def decode_html(data: bytes) -> str:
    """A page's text: its own word about its charset is believed where the bytes bear it out."""
    found = re.search(rb"(?i)<meta[^>]{0,200}charset\s*=\s*[\"']?([a-z0-9_:-]+)", data[:_HEAD])
    marked = data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    if found is not None and not marked:
        text = decode_labelled(data, found[1].decode())
        if text is not None:
            return text
    return decode(data)[0]
