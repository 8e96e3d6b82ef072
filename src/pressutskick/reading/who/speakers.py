"""Who speaks: everybody who likely does, with the title that stands beside the name."""

import re
from dataclasses import dataclass, replace

from pressutskick.reading.learnt.scoring import Judgement, Role
from pressutskick.reading.model import Certainty
from pressutskick.reading.page.labelwords import Meaning
from pressutskick.reading.roles.features import person_key
from pressutskick.reading.roles.mentions import PersonMention
from pressutskick.reading.roles.settle import SPEAKS, Settled
from pressutskick.reading.spots.titles import Person
from pressutskick.release.model import Speaker

_LONGEST_TITLE = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerFound:
    """A speaker, where the name stands, and how sure it is that they speak."""

    speaker: Speaker
    lines: tuple[int, int]
    text: str
    certainty: Certainty
    judgement: Judgement


def read_speakers(settled: Settled) -> tuple[SpeakerFound, ...]:
    """Everybody who likely speaks, in the order of the text, each once."""
    mentions: dict[str, list[PersonMention]] = {}
    for mention in settled.roles.mentions.people:
        if settled.speaks(mention.person.name).probability >= SPEAKS:
            mentions.setdefault(person_key(mention.person.name), []).append(mention)
    return tuple(_speaker(settled, shown) for shown in mentions.values())


def _speaker(settled: Settled, shown: list[PersonMention]) -> SpeakerFound:
    """The mention that shows most plainly that somebody speaks; the title from any other."""
    best = max(shown, key=lambda one: settled.roles.of_mention(one, Role.SPEAKS))
    person = _with_whole_line(best) if settled.is_alone(best) else best.person
    start, end = (
        min(person.start, person.title_start or person.start),
        max(person.end, person.title_end),
    )
    titles = (one.person.title for one in shown)
    judgement = settled.speaks(person.name)
    return SpeakerFound(
        speaker=Speaker(name=person.name, title=person.title or next(filter(None, titles), None)),
        lines=best.sentence.lines(start, end),
        text=best.sentence.text[start:end].strip(" ,;"),
        certainty=Certainty.READ if _is_listed(best) else Certainty.GUESSED,
        judgement=judgement,
    )


def _is_listed(mention: PersonMention) -> bool:
    return mention.sentence.passage.says(Meaning.SPEAKERS)


def _with_whole_line(mention: PersonMention) -> Person:
    """Alone on a line of a list, everything after the name is title and organisation."""
    person, sentence = mention.person, mention.sentence
    if not _is_listed(mention) or sentence.text != sentence.passage.text.strip():
        return person
    text = sentence.text
    match = re.match(r"(?:\s?\([^()]{1,12}\))?\s?\)?\s?[,–-]\s+", text[person.end :])
    rest = text[person.end + match.end() :].strip(" .;,") if match else ""
    if not rest or len(rest) > _LONGEST_TITLE:
        return person
    start = person.end + (match.end() if match else 0)
    return replace(person, title=rest, title_start=start, title_end=start + len(rest))
