"""`speakers` as templates see them, and whether the text of a release lists them already."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pressutskick.message.headline import clean_line
from pressutskick.message.markdown import render_text
from pressutskick.release.model import Release, Speaker

#: A party or another short remark behind a name.
_ASIDE = re.compile(r"\s?\([^()]{1,12}\)")
#: Characters of a line that lists somebody; a longer one tells a story.
_LISTED = 120
#: A paragraph that says what it lists.
_LABELLED = re.compile(
    r"\W{0,4}(?:medverk|medvirk|talar|taler|delta|närvar|vilka|vem|who|hvem|speakers|på plats)"
    r"[^:\n]{0,40}:",
    re.IGNORECASE,
)


def view_speakers(release: Release) -> list[dict[str, object]]:
    """`speakers`: who speaks at the event; none where the body lists all of them already."""
    if _lists_all(release.body, release.speakers):
        return []
    return [
        {"name": clean_line(speaker.name), "title": clean_line(speaker.title)}
        for speaker in release.speakers
    ]


def _lists_all(body: str, speakers: tuple[Speaker, ...]) -> bool:
    """Whether a body tells of each `name, title`, with or without a party between the two.

    Or names all of them in one paragraph under a label, `Medverkande: landshövding Eva Ek, …`, or
    in lines that follow each other.
    """
    text = render_text(body)
    plain = clean_line(_ASIDE.sub("", text))
    told = [clean_line(", ".join(filter(None, (each.name, each.title)))) for each in speakers]
    if all(words in plain or _ASIDE.sub("", words) in plain for words in told):
        return True
    names = [clean_line(each.name) for each in speakers]
    labelled = [block for block in re.split(r"\n\s*\n", body) if _LABELLED.match(block)]
    return any(
        all(name in clean_line(block) for name in names)
        for block in (*labelled, *_runs_of_names(text, names))
    )


def _runs_of_names(text: str, names: Sequence[str]) -> Iterator[str]:
    """Two or more short lines on end that name somebody each."""
    lines = [clean_line(line) for line in text.split("\n") if line.strip()]
    for has_name, run in groupby(lines, lambda line: any(name in line for name in names)):
        short = [line for line in run if len(line) <= _LISTED]
        if has_name and len(short) > 1:
            yield "\n".join(short)
