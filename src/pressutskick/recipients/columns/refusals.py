"""Rows that say no: `Vill ha pressinbjudan: Nej`, `status: unsubscribed`, `dnc_email: 1`.

A column of the list's own is only told, with the command that makes it count for good; a column that
a person has called `wants` takes its rows out by itself.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from pressutskick.errors import Severity
from pressutskick.recipients.cells import on_one_line
from pressutskick.recipients.columns.further import map_command
from pressutskick.recipients.fields import fold_header
from pressutskick.recipients.findings import Findings
from pressutskick.sentences import say_many

#: What says no under any header, folded.
_NO = frozenset(
    (
        *("nej", "no", "nei", "stopp", "stop", "spärrad", "spärr", "avregistrerad", "avanmäld"),
        *("avböjt", "avböjd", "tackat nej", "vill ej", "vill inte", "ej", "slutat", "har slutat"),
        *("unsubscribed", "unsubscribe", "bounced", "bounce", "hard bounce", "hard bounced"),
        *("cleaned", "blocklisted", "blacklisted", "blocked", "suppressed", "complained", "spam"),
        *("opted out", "opt out", "optout", "do not contact", "do not mail", "do not email", "dnc"),
        *("studsar", "studsat", "studs", "inaktiv", "inactive", "disabled", "deleted", "removed"),
        *(
            "ogiltig",
            "invalid",
            "avslutad",
            "borttagen",
            "avmeldt",
            "afmeldt",
            "reservert",
            "sluttet",
            "stoppet",
        ),
    )
)
#: How a note begins that says no, whatever day or reason follows.
_BEGINS_NO = (
    *(
        "slutat ",
        "slutade ",
        "har slutat ",
        "avregistrerad ",
        "avanmäld ",
        "spärrad ",
        "tackat nej ",
    ),
    *("unsubscribed ", "bounced ", "hard bounce", "opted out ", "vill inte ha ", "vill ej ha "),
)
#: Headers, folded, under which a mark says no.
_NO_HEADER = re.compile(
    r"unsub|opt(?:ed)?out|bounce|studs|block(?:list|ed)|blacklist|spärr|^dnc|donot|dontmail"
    r"|avregistr|avanm|avmeld|afmeld|avböj|tackatnej|^nej$|^no$|^nei$|slutat|sluttet|avslutad"
    r"|(?:vill|ska|skal)(?:inte|ej|ikke)|(?:skicka|mejla|maila|kontakta)s?(?:inte|ej|ikke)"
    r"|(?:utskick|mejl|mail)(?:inte|ej|ikke)|^(?:ej|inte|ikke)|invalid|ogiltig|^nix"
    r"|inaktiv|inactive|suppress|borttag|reserver|complain|^stopp?$"
)
#: Headers under which a nought or a falsehood says no.
_YES_HEADER = re.compile(
    r"prenumer|abonner|subscri|utskick|nyhetsbrev|newsletter|vill|wants|optin|samtyck|consent"
    r"|^(?:is|är)?a[ck]tiv|enabled|mottar|skickas|pressinbj|pressmed|inbjud|ønsker|mejla|utsend"
)
_FALSE = frozenset({"0", "false", "falskt", "falsk", "n", "f", "off", "av", "nej", "no", "nei"})
#: Under a header that says no these say yes; so does a date of noughts.
_NOT_SO = _FALSE | {"", "-", "–", "null", "none", "nan"}
_NOUGHTS = re.compile(r"[0:./ T-]+")
#: So many rows are named for each column.
_NAMED = 10
_LONGEST = 60
_LONGEST_NO = 60
_BETWEEN = re.compile(r"[\s_-]+")
#: So many of the words that say no are shown.
_WORDS = 3
#: So many different texts of a column are remembered.
_MEMORY = 1000


def says_no(header: str, text: str, *, is_told: bool = False) -> bool:
    """Whether what stands under a header says that they do not want to be mailed.

    `is_told` where a person said that the column tells it, so that a nought is a no too.
    """
    kind = _kind_of(header)
    if kind is None and is_told:
        kind = True
    if kind is None and len(text) > _LONGEST_NO:
        return False
    word = text[:_LONGEST].strip(" .!*\"'()[]").casefold()
    if kind is False:
        return word not in _NOT_SO and not _NOUGHTS.fullmatch(word)
    if kind and word in _FALSE:
        return True
    words = " ".join(_BETWEEN.split(word))
    return words in _NO or words.startswith(_BEGINS_NO)


@lru_cache(maxsize=512)
def _kind_of(header: str) -> bool | None:
    """False for a header under which a mark says no, True where a nought does, else None."""
    folded = fold_header(header)
    if _NO_HEADER.search(folded):
        return False
    return True if _YES_HEADER.search(folded) else None


class Refusals:
    """Counts, for each column, the rows that say no and are mailed all the same."""

    def __init__(self) -> None:
        """Nothing is known before `note`."""
        self._lines: dict[str, list[int]] = {}
        self._counts: dict[str, int] = {}
        self._words: dict[str, list[str]] = {}
        self._known: dict[str, dict[str, bool]] = {}

    def note(self, line: int, extra: Mapping[str, str]) -> None:
        """Looks at what a row holds in columns of the list's own."""
        for header, text in extra.items():
            known = self._known.setdefault(header, {})
            if text not in known and len(known) < _MEMORY:
                known[text] = says_no(header, text)
            if known[text] if text in known else says_no(header, text):
                words = self._words.setdefault(header, [])
                word = on_one_line(text[:_LONGEST])
                if len(words) < _WORDS and word not in words:
                    words.append(word)
                self._counts[header] = self._counts.get(header, 0) + 1
                lines = self._lines.setdefault(header, [])
                if len(lines) < _NAMED:
                    lines.append(line)

    def tell(self, findings: Findings) -> None:
        """One warning for each column, at its first such row."""
        for header, lines in self._lines.items():
            rows = ", ".join(map(str, lines)) + (", …" if self._counts[header] > _NAMED else "")
            findings.tell(
                "refusal",
                Severity.WARNING,
                say_many(
                    "{count} row says “{words}” here and is mailed all the same: {rows}. To leave "
                    "it out for good: {command}",
                    "{count} rows say “{words}” here and are mailed all the same: {rows}. To leave "
                    "them out for good: {command}",
                    self._counts[header],
                    words="”, “".join(self._words[header]),
                    command=map_command(findings.list_name, f"{header}=wants"),
                    rows=rows,
                ),
                lines[0],
                header,
            )
        self._lines.clear()
