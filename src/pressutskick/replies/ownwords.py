"""What a person wrote themselves: the quoted mail, the signature and the program's line cut off."""

import re

_MOST_LINES, _LONGEST = 300, 1_000
#: The line above a quoted mail, as the usual programs write it in the languages of our readers.
_WROTE = re.compile(
    r"(?i)^(?:on|den|le|am|il|el|op|på|kl\.?|\d{1,4}[ ./-]|\w{2,9}[ ,.]+(?:den )?\d{1,2}\b).{0,300}"
    r"(?:wrote|skrev|schrieb|kirjoitti|følgende|a écrit)\b.{0,150}:$"
    r"|^.{0,200}<[^<>\s]{3,200}@[^<>\s]{3,200}>.{0,40}(?:wrote|skrev|schrieb|kirjoitti|följande"
    r"|følgende).{0,60}:$"
    r"|^.{0,150}\b(?:skrev|wrote|schrieb"
    r"|kirjoitti)\b.{0,150}<?[^<>\s]{3,200}@[^<>\s]{3,200}>?.{0,40}:$"
)
_FIRST_FIELD = re.compile(r"(?i)^[*> ]*(?:från|from|fra|von|lähettäjä|de)\s*:[* ]*\S")
_NEXT_FIELD = re.compile(
    r"(?i)^[*> ]*(?:skickat|sent|sendt|gesendet|lähetetty|datum|date|dato|till|to|til|an|ämne"
    r"|subject"
    r"|emne|betreff|aihe|kopia|cc|kopi|reply-to|svar till)\s*:"
)
_RULE = re.compile(
    r"(?i)^(?:[-_=]{20,}|-{2,}\s*(?:original|ursprungligt|opprinnelig|oprindelig|ursprüngliche"
    r"|forwarded"
    r"|vidarebefordrat|videresendt)\b.{0,60}|begin forwarded message:|vidarebefordrat brev:?)\s*$"
)
#: How such a line may begin.
_RULERS = frozenset("-_=bBvV")
_SIGNATURE = re.compile(
    r"(?i)^(?:-- ?|_{2,}|(?:med )?(?:vänliga?|bästa|varma?|venlig|vennlig|beste?|kind|best|warm) ?"
    r"(?:hälsningar|hälsning|hilsner|hilsen|regards|wishes)?[,!. ]*|mvh\b.{0,40}"
    r"|hälsn(?:ingar)?\b.{0,40}"
    r"|vh[,. ]*|hilsen\b.{0,40}|regards\b.{0,40}|(?:skickat|sendt|sent) (?:från|fra|from) .{0,60}"
    r"|get outlook for.{0,40}"
    r"|hämta outlook för.{0,40})$"
)


def cut_quotes(text: str) -> str:
    """The person's own lines, above what they quote and without their signature."""
    lines = [line.strip()[:_LONGEST] for line in text.split("\n")[:_MOST_LINES]]
    own: list[str] = []
    for number, line in enumerate(lines):
        if _starts_quote(line, lines[number + 1 : number + 4]):
            break
        if line.startswith((">", "|")):
            continue
        own.append(line)
    return _without_signature(own)


def _starts_quote(line: str, following: list[str]) -> bool:
    # Most lines are none of these, and are not searched for what they cannot hold.
    if line[:1] in _RULERS and _RULE.match(line):
        return True
    # A program may break the line in two.
    joined = f"{line} {following[0]}" if following else line
    if any(each.endswith(":") and _WROTE.match(each) for each in (line, joined)):
        return True
    if ":" not in line[:40] or not _FIRST_FIELD.match(line):
        return False
    return any(map(_NEXT_FIELD.match, following))


def _without_signature(lines: list[str]) -> str:
    for number, line in enumerate(lines):
        # A greeting in the first line is what the mail says.
        if _SIGNATURE.match(line) and any(lines[:number]):
            lines = lines[:number]
            break
    return "\n".join(lines).strip()
