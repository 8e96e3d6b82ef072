"""What web pages and mail programs put around a text, told line by line and left out.

Only for formats whose lines we make ourselves; a text file's lines are the person's own.
"""

import re

from pressutskick.sources.documents.leftout import LeftOutNotes, Omitted

_NOISE = re.compile(
    r"(?ix)\s*(?:[-*]\s*)?(?:\#+\s*)?(?:\[)?(?:"
    r"report\ this\ content | dela(?:\ (?:sidan|artikeln|på\ (?:facebook|twitter|x|linkedin)))?"
    r"| del(?:\ (?:på\ )?facebook)? | share(?:\ (?:this|on\ (?:facebook|twitter|x|linkedin)))?"
    r"| tweet | twittra | facebook | linkedin | skriv\ ut | print | lyssna | laddar\.\.\. | loading\.\.\. | null"
    r"| (?:gå\ direkt|hoppa|hopp|gå|skip|jump|spring)\ (?:till|to|over|til)\ (?:huvud|main\ )?"
    r"(?:innehåll(?:et)?|content|innhold(?:et)?|indhold(?:et)?)"
    r"| tillbaka\ till\ toppen | back\ to\ top | till\ toppen"
    r"| (?:acceptera|godkänn|tillåt|avvisa|accept|reject)\ (?:alla|all|nödvändiga)?\ ?(?:cookies|kakor)?"
    r"| cookie-?inställningar | cookie\ settings | meny | menu | sök | search | stäng | close"
    r")(?:\]\([^)]*\))?\s*"
)
_COOKIES = re.compile(
    r"(?i)\b(vi|we|webbplatsen|sidan|this (?:web)?site|denne siden|vi bruger)\b.{0,60}\b"
    r"(använder|use[rs]?|bruker|bruger)\b.{0,30}\b(cookies|kakor|informasjonskapsler)\b"
)


def drop_noise(text: str, notes: LeftOutNotes) -> str:
    """`text` without chrome lines, cookie sentences and blocks that stand twice in a row.

    Each goes into `notes`, but for what only repeats the line above it.
    """
    kept: list[str] = []
    for line in text.split("\n"):
        if _NOISE.fullmatch(line) or _COOKIES.search(line):
            kept.append(notes.add(Omitted.FURNITURE, line))
            continue
        kept.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_undouble(kept))).strip("\n") + "\n"


def _undouble(lines: list[str]) -> list[str]:
    """Without a line that repeats the one before it, blank lines and heading marks apart."""
    found: list[str] = []
    last = ""
    for line in lines:
        bare = re.sub(r"[#*\s]+", " ", line).strip()
        if bare and bare == last and len(bare) > 12:
            if line.startswith("#") and not found[-1].startswith("#"):
                found[-1] = line
            continue
        last = bare or last
        found.append(line)
    return found
