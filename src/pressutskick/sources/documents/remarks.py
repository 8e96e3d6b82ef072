"""What was left out of a document, as remarks for the person: one a kind, with its places and words."""

from dataclasses import replace
from itertools import groupby

from pressutskick.errors import Origin, Problem, Severity
from pressutskick.omissions import leave_out
from pressutskick.sentences import Sentence, say, say_many
from pressutskick.sources.documents.leftout import LeftOut, Omitted

#: Nobody would miss these.
_HINTS = {Omitted.MARGIN, Omitted.FURNITURE, Omitted.COVER, Omitted.COMMENT}
#: Places that are named before the rest is only counted, and characters of the words at a place.
_MOST_PLACES, _MOST_WORDS = 3, 60


def tell_left_out(left_out: tuple[LeftOut, ...], name: str) -> tuple[Problem, ...]:
    """The remarks on file `name`, in the order of the first place of each kind."""
    kinds = dict.fromkeys(one.what for one in left_out)
    return tuple(
        _remark(what, [one for one in left_out if one.what is what], name) for what in kinds
    )


def _remark(what: Omitted, found: list[LeftOut], name: str) -> Problem:
    if what is Omitted.ORDER:
        return _unsure(found, name)
    lines = [one.line for one in found if one.line is not None]
    return leave_out(
        f"left-out-{what.value}",
        count_phrase(what, len(found)),
        origin=Origin(file=name, line=min(lines, default=None)),
        where=_where(found),
        severity=Severity.HINT if what in _HINTS else Severity.WARNING,
    )


def _unsure(found: list[LeftOut], name: str) -> Problem:
    """Nothing is left out, but a person must look."""
    pages = ", ".join(str(one.page) for one in found)
    return Problem(
        code="order-unsure",
        severity=Severity.WARNING,
        sentence=say(
            "Boxes and columns stand side by side on page {pages}; compare the order of the text.",
            pages=pages,
        ),
        origin=Origin(file=name),
    )


def _where(found: list[LeftOut]) -> Sentence | None:
    """The first places, by line or page and in the words that stood there."""
    if len(found) == 1 and found[0].page is None and found[0].words:
        # The remark itself stands at the line.
        found = [replace(found[0], line=None)]
    places = [place for place, _ in groupby(filter(None, map(_place, found)))]
    whole: Sentence | None = None
    for place in places[:_MOST_PLACES]:
        whole = place if whole is None else say("{one}, {other}", one=whole, other=place)
    if whole is not None and len(places) > _MOST_PLACES:
        return say("{places} and more", places=whole)
    return whole


def _place(one: LeftOut) -> Sentence | None:
    words = one.words if len(one.words) <= _MOST_WORDS else f"{one.words[: _MOST_WORDS - 2]} …"
    if one.page is not None and words:
        return say("page {page} “{words}”", page=one.page, words=words)
    if one.page is not None:
        return say("page {page}", page=one.page)
    if one.line is not None and words:
        return say("line {line} “{words}”", line=one.line, words=words)
    if one.line is not None:
        return say("line {line}", line=one.line)
    return say("“{words}”", words=words) if words else None


def count_phrase(what: Omitted, count: int) -> Sentence:
    """What was left out, counted: `2 passages of hidden text`."""
    phrases = {
        Omitted.HIDDEN: say_many("{count} hidden passage", "{count} hidden passages", count),
        Omitted.STRUCK: say_many(
            "{count} struck-through passage", "{count} struck-through passages", count
        ),
        Omitted.DELETED: say_many("{count} tracked deletion", "{count} tracked deletions", count),
        Omitted.QUOTED: say_many(
            "{count} quoted older message", "{count} quoted older messages", count
        ),
        Omitted.COMMENT: say_many("{count} comment", "{count} comments", count),
        Omitted.NOTE: say_many("{count} footnote", "{count} footnotes", count),
        Omitted.MARGIN: say_many(
            "{count} page header or footer", "{count} page headers and footers", count
        ),
        Omitted.PICTURE: say_many("{count} picture", "{count} pictures", count),
        Omitted.SCAN: say_many(
            "{count} page that is a picture", "{count} pages that are pictures", count
        ),
        Omitted.FORM: say_many("{count} form field", "{count} form fields", count),
        Omitted.EMBEDDED: say_many(
            "{count} embedded document or film", "{count} embedded documents or films", count
        ),
        Omitted.COVER: say_many(
            "{count} mail around the document", "{count} mails around the document", count
        ),
        Omitted.ATTACHMENT: say_many("{count} attachment", "{count} attachments", count),
        Omitted.FURNITURE: say_many(
            "{count} part of the web page around the text",
            "{count} parts of the web page around the text",
            count,
        ),
        Omitted.CONTROL: say_many("{count} control character", "{count} control characters", count),
    }
    return phrases[what]
