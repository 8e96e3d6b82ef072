"""Checks of the words: what copying lost, what haste doubled, what was promised and is not there."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pressutskick.checks.subject import Subject
from pressutskick.errors import Problem
from pressutskick.message.headline import guess_subject
from pressutskick.message.markdown import find_dead_links
from pressutskick.reading.page.units import Unit
from pressutskick.reading.spots.reach import Way, find_reaches
from pressutskick.sentences import Sentence, say

#: A subject line is cut behind this by most programs, behind `_PHONE` by a phone.
SUBJECT_LIMIT = 78
_PHONE = 40
_LABEL = re.compile(
    r"(?i)(?:[-*•#\s]*)\**(datum|tid|när|dag|plats|var|adress|tidpunkt|når|sted|hvor|when|where|time"
    r"|venue|anmälan|osa|o\.s\.a\.?|kontakt(?:person)?|telefon|tel|mobil|e-?post|e-?mail)\s*:\**\s*"
)
_TIME_LABELS = frozenset(["datum", "tid", "när", "dag", "tidpunkt", "når", "when", "time"])
_GLUED = re.compile(
    r"(?<![\w@./#-])(?:[a-zåäöæø]+|[A-ZÅÄÖÆØ][a-zåäöæø]+)(?:[.:!?](?=[A-ZÅÄÖÆØ]))?"
    r"(?<=[a-zåäöæø.:!?]{3})[A-ZÅÄÖÆØ][a-zåäöæø]{2,}(?![\w@]*[@/])"
)
_GLUED_ADDRESS = re.compile(
    r"(?i)(?<=[a-zåäö]{2})https?://|[\w.-]+@[\w-]+\.(?:se|com|org|example)(?=[A-ZÅÄÖ])"
)
_STRAY = (
    re.compile(r"\w\)? \)(?!\w)"),
    re.compile(r"\(\s*\)"),
    re.compile(r"(?i)\bte\.l\b|\btlef?\b|\bte[fl]\.?l\b(?=\s*:?\s*\d)"),
    re.compile(r"\w ,\s?\w|,,|;;"),
)
_DOUBLED = re.compile(r"(?i)(?<![\w-])(\w{2,})\s+\1(?![\w-])|\bklockan\s+kl\b\.?")
_MAY_DOUBLE = frozenset(
    [
        "om",
        "för",
        "till",
        "på",
        "vi",
        "som",
        "den",
        "det",
        "de",
        "sig",
        "att",
        "är",
        "var",
        "så",
        "ha",
        "ja",
        "nej",
        "hej",
        "bla",
        "mycket",
        "that",
        "had",
    ]
)
_ENDS_ITSELF = re.compile(r"\S+\.\S+$|\d$|@")
_MOVED = re.compile(
    r"(?i)\b(skjuts fram|flyttas fram|flyttats fram|skjutits fram|framflytta[ts]\w*)\b"
)
_BROKEN = re.compile(r"\ufffd|(?<=[a-zåäö])\?(?=[a-zåäö]{2})|[ÃÂ][\x80-\xbf¤¥¶©–]")
_PROMISES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"(?i)\b(bifoga[dts]\w*|bilagd\w*|bilag(?:a|an|or|orna)\b|se bilag|vedlagt|vedlagte|vedhæftet"
            r"|attached (?:map|file|programme|program|picture|image)s?|attachment)"
        ),
        "file",
    ),
    (
        re.compile(
            r"(?i)\b(länk(?:en|ar|arna)?|lenken?|linket?)\b[^.!?\n]{0,30}\b(nedan|längre ned|längre ner"
            r"|här|below|under|nedenfor|i texten)\b|\bteamslänk\b[^.!?\n]{0,60}\b(nedan|längre ne[dr])\b"
            r"|\b(?:via|på) länken\b"
        ),
        "link",
    ),
    (
        re.compile(
            r"(?i)\bse (?:presskontakt|kontakt\w*(?: nedan)?)\b|\bkontakt\w* (?:finns )?nedan\b"
            r"|\bnumren nedan\b|\bse nedan\b(?=[^.]*$)"
        ),
        "reach",
    ),
    (
        re.compile(
            r"(?i)\b(?:kartan? nedan|se karta\w*|karta (?:finns )?nedan|map below|se kart)\b"
        ),
        "file",
    ),
)


def check_wording(subject: Subject) -> Iterator[Problem]:
    """All checks of this module."""
    yield from _check_title(subject)
    yield from _check_links(subject)
    yield from _check_labels(subject)
    yield from _check_promises(subject)
    for unit in subject.units:
        yield from _check_unit(subject, unit)
    yield from _check_encoding(subject)
    yield from _check_emphasis(subject)
    yield from _check_fragments(subject)


def _check_title(subject: Subject) -> Iterator[Problem]:
    line = guess_subject(subject.release)
    if len(line) > SUBJECT_LIMIT:
        sentence = say(
            "The mail's subject has {count} characters. A phone shows the beginning: {beginning} … "
            "A key “subject:” gives the mail a shorter one.",
            count=len(line),
            beginning=line[:_PHONE].rsplit(" ", 1)[0],
        )
        yield subject.problem("title-long", sentence, subject.line_of("subject", "title"))


def _check_links(subject: Subject) -> Iterator[Problem]:
    attached = {each.path for each in subject.release.attachments}
    for target in find_dead_links(subject.release.body):
        if target in attached:
            continue
        sentence = say(
            "The link to {target} leads nowhere from a mail: give its whole address (https://…), "
            "or attach the file: attachments: [{target}].",
            target=target,
        )
        line = next((number for number, row in subject.rows if target in row), None)
        yield subject.problem("link-dead", sentence, line)


def _check_labels(subject: Subject) -> Iterator[Problem]:
    """A label whose value was lost in copying: nothing on its line, nothing fitting below."""
    rows = subject.rows
    for index, (number, row) in enumerate(rows):
        match = _LABEL.fullmatch(row)
        if match is None:
            continue
        following = rows[index + 1][1] if index + 1 < len(rows) else ""
        is_time = match[1].casefold() in _TIME_LABELS
        lost = (
            not following
            or _LABEL.match(following) is not None
            or following.lstrip().startswith("#")
            or (is_time and not re.search(r"\d|(?i:dag\b|noon)", following[:60]))
        )
        if lost:
            sentence = say("Nothing stands after “{label}”.", label=match[1])
            yield subject.problem("label-empty", sentence, number)


def _check_promises(subject: Subject) -> Iterator[Problem]:
    """What the text points at must be there: a file, a link, somebody to reach."""
    ways = {reach.way for unit in subject.units for reach in find_reaches(unit.text)}
    release = subject.release
    there = {
        "file": bool(release.attachments),
        "link": Way.URL in ways or bool(release.event and release.event.online),
        "reach": bool(ways & {Way.PHONE, Way.EMAIL})
        or any(contact.phones or contact.emails for contact in release.contacts),
    }
    for unit in subject.units:
        for pattern, wanted in _PROMISES:
            match = pattern.search(unit.text)
            if match is not None and not there[wanted]:
                sentence = say("“{words}” is announced here, but missing.", words=match[0].strip())
                yield subject.problem(
                    "promise-unkept", sentence, unit.lines(match.start(), match.end())[0]
                )
                there[wanted] = True  # once is enough


def _check_unit(subject: Subject, unit: Unit) -> Iterator[Problem]:
    text = unit.text
    found: list[tuple[str, Sentence, int]] = []
    for match in [*_GLUED.finditer(text), *_GLUED_ADDRESS.finditer(text)]:
        words = _word_at(text, match.start())
        if not _is_name(subject, words) and not _is_in_address(text, match.start()):
            sentence = say("“{words}”: a space or a line break seems to be missing.", words=words)
            found.append(("words-glued", sentence, match.start()))
    for pattern in _STRAY:
        for match in pattern.finditer(text):
            words = text[_word_start(text, match.start() - 12) : match.end()].strip()
            sentence = say("“{words}” has a stray character or space.", words=words)
            found.append(("stray-sign", sentence, match.start()))
    for match in _DOUBLED.finditer(text):
        word = (match[1] or "").casefold()
        if word not in _MAY_DOUBLE and not word.isdigit():
            sentence = say("“{words}”: a word stands twice.", words=match[0])
            found.append(("word-doubled", sentence, match.start()))
    moved = _MOVED.search(text)
    if moved is not None and not re.search(r"\d", text):
        sentence = say("“{words}” can mean earlier or later; give the new time.", words=moved[0])
        found.append(("move-ambiguous", sentence, moved.start()))
    for code, sentence, at in found:
        yield subject.problem(code, sentence, unit.lines(at, at + 1)[0])


def _is_name(subject: Subject, word: str) -> bool:
    """Whether a capital within a word is how something is written: `MittAstad`, `fitzGerald`.

    Who writes it twice means it; and a name begins with a capital, its first part stands nowhere
    else in the text, and its second begins no line, as those of two words that ran together do.
    """
    parts = re.fullmatch(r"(\w+?[a-zåäöæø])([A-ZÅÄÖÆØ]\w+)\W*", word)
    if parts is None:
        return False
    text = "\n".join(row for _, row in subject.rows)
    if len(re.findall(rf"(?<!\w){re.escape(parts[1] + parts[2])}(?!\w)", text)) > 1:
        return True
    first, second = map(re.escape, parts.groups())
    apart = rf"(?<!\w){first}(?!\w)|(?m:^\W*{second}(?!\w))"
    return word[0].isupper() and re.search(apart, text) is None


def _word_start(text: str, at: int) -> int:
    """Where the word that holds position `at` begins; 0 where that is before the text."""
    return text.rfind(" ", 0, max(0, at) + 1) + 1 if at > 0 else 0


def _word_at(text: str, at: int) -> str:
    """The run without blanks around position `at`."""
    start = text.rfind(" ", 0, at + 1) + 1
    stop = text.find(" ", at + 1)
    return text[start : stop if stop >= 0 else len(text)].strip(".,;:()")[:60]


def _is_in_address(text: str, at: int) -> bool:
    word = _word_at(text, at)
    return bool(re.search(r"@|^(https?:|www\.)|\w/\w", word)) and "http" not in word[1:]


# Copying ------------------------------------------------------------------------------------------


def _check_encoding(subject: Subject) -> Iterator[Problem]:
    found = [(number, row) for number, row in subject.rows if _BROKEN.search(_without_urls(row))]
    marks = sum(len(_BROKEN.findall(_without_urls(row))) for _, row in found)
    certain = any("\ufffd" in row for _, row in found)
    if found and (certain or marks > 1):
        sentence = say(
            "Letters were lost by a wrong encoding: “{row}”.", row=found[0][1].strip()[:60]
        )
        yield subject.problem("encoding-broken", sentence, found[0][0])


def _without_urls(row: str) -> str:
    return re.sub(r"\S*(?:://|www\.|\w\?\w+=)\S*", "", row)


def _check_emphasis(subject: Subject) -> Iterator[Problem]:
    """Asterisks that open and never close show in the mail as they are."""
    for number, row in subject.rows:
        bare = re.sub(r"^\s*(?:[*+-]|\d+[.)])\s+", "", row)
        lone = re.search(r"(?<!\*)\*\*(?!\*)", bare) and bare.count("**") % 2 == 1
        stray = re.search(r"\w\s?:\*(?:\s|$)|(?:^|\s)\*(?=\w)[^*]*$", bare)
        if (lone or stray) and not re.search(r"\*{3,}", row):
            sentence = say("An asterisk opens or closes nothing: “{row}”.", row=row.strip()[:60])
            yield subject.problem("emphasis-broken", sentence, number)
            return


def _check_fragments(subject: Subject) -> Iterator[Problem]:
    """A paragraph that goes on in small letters after a web address or a finished sentence."""
    for unit in subject.units:
        match = re.search(
            r"(?:https?://|www\.)\S+\s+(?=(?:med|och|samt|av|with|and)\s+\w)", unit.text
        )
        if match is not None and len(unit.text) > 300 and _ends_oddly(unit.text[match.end() :]):
            words = unit.text[match.end() : match.end() + 40]
            sentence = say("“{words} …” does not follow from what stands before.", words=words)
            yield subject.problem("fragment", sentence, unit.lines(match.end())[0])
    heads = [unit for unit in subject.units if not unit.is_bullet]
    for unit, following in pairwise(heads):
        is_open = len(unit.text) > 120 and re.search(r"\w,?$", unit.text)
        if following.is_heading and is_open and not _ENDS_ITSELF.search(unit.text[-40:]):
            words = unit.text[-40:]
            sentence = say("“… {words}”: the sentence does not end.", words=words)
            yield subject.problem("fragment", sentence, unit.last)


def _ends_oddly(tail: str) -> bool:
    """A tail without a finite verb of its own: only names and titles follow."""
    return not re.search(r"(?i)\b(är|var|har|kan|ska|kommer|finns|sker|is|are|has|will)\b", tail)
