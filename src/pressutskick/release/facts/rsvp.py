"""Where and until when to say that one comes.

An address is the RSVP's only where words of registration stand beside it; an e-mail for tickets,
pictures or questions is not. A deadline in days or clocks is resolved to a full date against the
event's own.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache

from pressutskick.release.facts.clocks import find_clocks
from pressutskick.release.facts.contacts import ContactFound, is_titled
from pressutskick.release.facts.dates import DateMention, Relation, find_dates, resolve
from pressutskick.release.facts.labels import Meaning, Passage
from pressutskick.release.facts.model import Certainty
from pressutskick.release.facts.page import Page, Sentence, is_background
from pressutskick.release.facts.people import Person, find_people
from pressutskick.release.facts.reach import Reach, Way, find_reaches
from pressutskick.release.facts.weighing import Candidate, weigh


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFound:
    """The last day, or moment, to answer."""

    value: dt.date | dt.datetime
    lines: tuple[int, int]
    text: str
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A stretch that asks for registration: its sentence, and what can be reached from it."""

    sentence: Sentence
    score: float
    reaches: tuple[Reach, ...] = ()
    people: tuple[Person, ...] = ()

    def first(self, way: Way) -> Reach | None:
        """Its first number or address of a kind."""
        return next((one for one in self.reaches if one.way is way), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RsvpFound:
    """All that was found out about registration; `is_asked` without an address is a question."""

    is_asked: bool
    email: Candidate[str] | None = None
    others: tuple[str, ...] = ()
    phones: tuple[Candidate[str], ...] = ()
    url: Candidate[str] | None = None
    name: Candidate[str] | None = None
    title: str | None = None
    title_lines: tuple[int, int] | None = None
    deadline: DeadlineFound | None = None
    is_masked: bool = False
    by_role: bool = False
    lines: tuple[int, int] | None = None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    flags = re.IGNORECASE
    return {
        "asks": re.compile(
            r"\b(?:för|pre|press|medie)?anmäl(?!t|ts|de|da|d\b|ningsplikt|ningar)\w*|\bo\.?\s?s\.?\s?a\b\.?:?|\brsvp\b|\br\.s\.v\.p|"
            r"\bmeddela\w*\b.{0,90}(?:komm|delta|redaktion|närvar|besök)|(?:skriv|skicka|slå) (?:en|ett) (?:rad|mejl|mail|signal)\b.{0,40}(?:om|att) (?:du|ni|i) (?:komm|vill)|"
            r"\bhör(?:a)? av (?:dig|er|sig)\b(?=.{0,40}(?:till|på|i förväg|om|@))|\bge sig till känna|"
            r"\bpåmeld\w*|\bmelde?r? (?:deg|fra|seg|dere)\b|\btilmeld\w*|\bmelde? sig til\b(?!.{0,20}recept)|"
            r"\b(?:akkrediter|ackrediter)(?:a|ing|ingen|ar|er|e)?\b(?!\s?(?:journalist|medi))|\baccreditation\b|"
            r"\bregister(?:ation)?\b|\bregistrer\w*|\bsign up\b|\blet us know\b|\bsäg till (?:om|att)\b|\bboka (?:plats|din plats)\b|"
            r"\b(?:wish(?:es|ing)?|plan(?:s|ning)?|intend(?:s|ing)?|want(?:s|ing)?|would like) to (?:attend|participate|join|take part|cover)\b|"
            r"\bvill (?:du|ni) (?:delta|vara med|komma|följa med)\b(?=.{0,80}(?:@|hör av|kontakt|mejla|ring))|"
            r"\b(?:ønsker|vil) (?:å )?(?:delta|deltage)\b(?=.{0,80}@)|"
            r"\b(?:länk|inloggning|lenke|link)\w*\b.{0,40}\b(?:får|fås|skickas|lämnas|sendes|fås)\b.{0,60}(?:mejla|maila|kontakta|skriva|@)|"
            r"\bgi beskjed\b|\bgiv besked\b|\bsvara? senast|\bapplies\b|\bsvar udbedes|\bbekräfta\w*\b.{0,40}(?:delta|närvar|komm)",
            flags,
        ),
        "not": re.compile(
            r"hör(?:a)? av (?:dig|er)\b.{0,60}(?:intervju|pratstund|frågor|bilder)|"
            r"nej,|behövs (?:inte|ej)|krävs (?:inte|ej)|not required|ingen (?:för)?anmälan|anmälan (?:behövs|krävs) (?:ej|inte)|inte anmäla|ikke nødvendig|ingen påmelding|no registration|"
            r"biljett|pressbilder|billed|bildsignal|anmälan (?:har )?stängt|polisanmäl|anmäld(?:a|e)?\b (?:brott|fall)",
            flags,
        ),
        "role": re.compile(
            r"se (?:nedan|kontakt\w*)|nedan\b|below|kontaktperson|presskontakt|\btill (?:mig|oss|undertecknad)\b",
            flags,
        ),
        "deadline": re.compile(
            r"\b(?:senast|före|innan|innen|senest|inden|before|by|no later than|not later than|closes? at|closes?|stänger|"
            r"deadline(?: is| är)?:?|sista (?:anmälningsdag|svarsdag|dag)\S*(?:\s(?:är|för anmälan är))?:?|frist:?|"
            r"(?:svar|anmälan|anmäl er) (?:till och med|t\.o\.m\.?)|until)\s*(?=.)",
            flags,
        ),
        "no deadline": re.compile(
            r"oppmøte|sitta|arrive|inside|på plats|møte (?:opp|frem)|komma till|sätes|bänk", flags
        ),
        "day before": re.compile(
            r"dagen (?:innan|före|før|inden)|day before|kvällen (?:innan|före)", flags
        ),
    }


def read_rsvp(
    page: Page, contacts: tuple[ContactFound, ...], *, event: dt.date | None, start: dt.time | None
) -> RsvpFound:
    """Everything about registration."""
    sources = _sources(page)
    if not sources:
        return RsvpFound(is_asked=False)
    emails = [
        _candidate(source, one)
        for source in sources
        for one in source.reaches
        if one.way is Way.EMAIL
    ]
    verdict = weigh(emails, key=str.casefold)
    chosen = _chosen(sources, verdict.best if verdict else None)
    kin = _kin(chosen, sources)
    phones = tuple(_candidate(s, one) for s in kin for one in s.reaches if one.way is Way.PHONE)
    link = next((s.first(Way.URL) for s in sources if s.first(Way.URL)), None)
    found = RsvpFound(
        is_asked=True,
        email=verdict.best if verdict else None,
        others=_others(verdict.best.value if verdict else None, emails),
        phones=phones,
        url=_url(sources) if link and not verdict and not phones else None,
        deadline=_read_deadline(page, sources, event, start),
        is_masked=any(s.first(Way.MASKED) for s in sources),
        lines=sources[0].sentence.lines(),
    )
    return _with_person(found, kin, contacts)


def _candidate(source: Source, reach: Reach) -> Candidate[str]:
    return Candidate(
        value=reach.value,
        score=source.score - reach.start / 10_000,
        lines=source.sentence.lines(reach.start, reach.end),
        text=reach.value,
    )


def _chosen(sources: tuple[Source, ...], best: Candidate[str] | None) -> Source:
    if best is not None:
        for source in sources:
            if any(reach.value == best.value for reach in source.reaches):
                return source
    return next((s for s in sources if s.first(Way.PHONE)), sources[0])


def _kin(chosen: Source, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The chosen source and the other lines of its section, which tell of the same person."""
    label = chosen.sentence.passage.label
    if label is None or not chosen.sentence.passage.says(Meaning.RSVP):
        return (chosen,)
    return tuple(
        s
        for s in sources
        if s.sentence.passage.label == label and s.sentence.passage.says(Meaning.RSVP)
    )


def _others(best: str | None, emails: list[Candidate[str]]) -> tuple[str, ...]:
    if best is None:
        return ()
    top = max(one.score for one in emails)
    near = [
        one.value
        for one in emails
        if one.value.casefold() != best.casefold() and top - one.score < 1.5
    ]
    return tuple(dict.fromkeys(near))


def _url(sources: tuple[Source, ...]) -> Candidate[str] | None:
    for source in sources:
        for reach in source.reaches:
            if reach.way is Way.URL and not re.search(r"facebook|youtube|karta|map", reach.value):
                return _candidate(source, reach)
    return None


def _sources(page: Page) -> tuple[Source, ...]:
    """Sentences that ask, and the lines of an RSVP section."""
    found: list[Source] = []
    sentences = list(page.sentences())
    for number, sentence in enumerate(sentences):
        passage = sentence.passage
        if is_background(passage) or page.is_title(passage):
            continue
        score = _weight(sentence)
        if score is None:
            continue
        reaches = _reaches_of(sentence)
        people = _people_of(sentence, reaches)
        if not any(r.way in (Way.EMAIL, Way.PHONE, Way.MASKED) for r in reaches):
            reaches += _reaches_after(sentences, number)
        found.append(Source(sentence=sentence, score=score, reaches=reaches, people=people))
    return tuple(found)


def _people_of(sentence: Sentence, reaches: tuple[Reach, ...]) -> tuple[Person, ...]:
    """Who is named to register with: in the very sentence, or alone on a line of the section."""
    text = sentence.text
    people = find_people(text, weak=sentence.passage.says(Meaning.RSVP))
    if reaches or _patterns()["asks"].search(text):
        return people
    return people if people and len(text) < 90 and people[0].start == 0 else ()


def _weight(sentence: Sentence) -> float | None:
    """How plainly the sentence asks for registration; None where it does not."""
    passage, patterns = sentence.passage, _patterns()
    if patterns["not"].search(sentence.text):
        return None
    asks = patterns["asks"].search(sentence.text)
    labelled = passage.says(Meaning.RSVP, Meaning.DEADLINE)
    if passage.says(Meaning.CONTACT) and not labelled:
        in_label = passage.own and passage.label and patterns["asks"].search(passage.label)
        return 4.0 if asks or in_label else None
    if not asks and not labelled:
        return None
    return (4.0 if asks else 0.0) + (5.0 if labelled and passage.own else 3.0 if labelled else 0.0)


def _reaches_of(sentence: Sentence) -> tuple[Reach, ...]:
    """Not those that stand after words of questions or pictures in the same sentence."""
    return find_reaches(sentence.text)


def _reaches_after(sentences: list[Sentence], number: int) -> tuple[Reach, ...]:
    """The next sentence of the same passage, or the next line of the paragraph, has the address.

    Offsets are those of another sentence, so only the values may be used.
    """
    here = sentences[number]
    for following in sentences[number + 1 : number + 3]:
        near = following.passage.unit.paragraph - here.passage.unit.paragraph <= 1
        if not near or following.passage.says(Meaning.CONTACT, Meaning.SPEAKERS):
            break
        reaches = [r for r in find_reaches(following.text) if r.way in (Way.EMAIL, Way.MASKED)]
        if reaches and re.match(
            r"(?:mejla|skriv|hör av|skicka|ring|kontakta|mail|e-?post|send|epost|till|du (?:når|gör)|det gör|namn)|\S+@",
            following.text.strip(),
            re.IGNORECASE,
        ):
            return tuple(replace(r, start=0, end=len(here.text)) for r in reaches)
    return ()


def _with_person(
    found: RsvpFound, kin: tuple[Source, ...], contacts: tuple[ContactFound, ...]
) -> RsvpFound:
    """Adds the person, and by the person or role what the contact block knows of them."""
    source = next((s for s in kin if s.people), None)
    if source is not None:
        person = source.people[0]
        name = Candidate(
            value=person.name,
            score=source.score,
            lines=source.sentence.lines(person.start, person.end),
            text=person.name,
        )
        found = _with_title(replace(found, name=name), person, kin, source)
        known = next(
            (c for c in contacts if c.name and c.name.casefold() == person.name.casefold()), None
        )
        return _from_contact(found, known, certainty=Certainty.DERIVED)
    if found.email or found.phones or found.url or found.is_masked:
        return found
    return _from_contact(found, _by_role(kin, contacts), certainty=Certainty.GUESSED)


def _with_title(
    found: RsvpFound, person: Person, kin: tuple[Source, ...], source: Source
) -> RsvpFound:
    """The title beside the name, or on the line below it."""
    if person.title:
        lines = source.sentence.lines(person.title_start, person.title_end)
        return replace(found, title=person.title, title_lines=lines)
    for following in kin[kin.index(source) + 1 : kin.index(source) + 2]:
        text = following.sentence.text.strip()
        if is_titled(text) and not following.reaches and len(text) < 90:
            return replace(found, title=text, title_lines=following.sentence.lines())
    return found


def _by_role(
    sources: tuple[Source, ...], contacts: tuple[ContactFound, ...]
) -> ContactFound | None:
    """`Ring eller mejla pressekreteraren, se nedan`: the contact with that title."""
    for source in sources:
        text = source.sentence.passage.text.casefold()
        for contact in contacts:
            stems = [
                w for w in re.findall(r"\w+", (contact.get("title") or "").casefold()) if len(w) > 7
            ]
            if any(re.search(rf"\b{re.escape(stem[:-1])}", text) for stem in stems):
                return contact
        if _patterns()["role"].search(text) and len(contacts) == 1:
            return contacts[0]
    return None


def _from_contact(
    found: RsvpFound, contact: ContactFound | None, *, certainty: Certainty
) -> RsvpFound:
    """Fills in from the contact block what the request itself leaves out."""
    if contact is None or found.url:
        return found
    by_role = found.name is None
    reachable = found.email is not None or bool(found.phones)
    if by_role:
        name = _part(contact, "name", certainty)
        found = replace(
            found,
            name=name[0] if name else None,
            title=contact.get("title"),
            title_lines=contact.lines("title"),
        )
    if not reachable:
        email = _part(contact, "emails", certainty)
        phones = _part(contact, "phones", certainty)
        found = replace(found, email=email[0] if email else None, phones=phones)
    return replace(found, by_role=by_role)


def _part(contact: ContactFound, name: str, certainty: Certainty) -> tuple[Candidate[str], ...]:
    return tuple(
        Candidate(value=part.value, score=1, lines=part.lines, text=part.value, certainty=certainty)
        for part in contact.parts
        if part.field == name
    )


def _read_deadline(
    page: Page, sources: tuple[Source, ...], event: dt.date | None, start: dt.time | None
) -> DeadlineFound | None:
    patterns = _patterns()
    for source in sources:
        passage = source.sentence.passage
        for sentence in (source.sentence, *_rest_of(passage, source.sentence)):
            found = _deadline_in(page, sentence, event)
            if found:
                return found
    for source in sources:
        for passage in page.passages[
            source.sentence.passage.index + 1 : source.sentence.passage.index + 2
        ]:
            if patterns["asks"].search(passage.text) or passage.says(
                Meaning.RSVP, Meaning.DEADLINE
            ):
                found = _deadline_in(
                    page, Sentence(passage=passage, start=0, text=passage.text), event
                )
                if found:
                    return found
    return None


def _rest_of(passage: Passage, sentence: Sentence) -> tuple[Sentence, ...]:
    at = sentence.start + len(sentence.text)
    rest = passage.text[at : at + 200]
    lead = len(rest) - len(rest.lstrip())
    if not rest.strip() or not re.match(
        r"(?:the rsvp|anmälan|sista|svar|obs|deadline|påmelding|fristen|senast|senest|det|the)\b",
        rest.strip(),
        re.IGNORECASE,
    ):
        return ()
    return (Sentence(passage=passage, start=at + lead, text=rest[lead:]),)


def _deadline_in(page: Page, sentence: Sentence, event: dt.date | None) -> DeadlineFound | None:
    text, patterns = sentence.text, _patterns()
    labelled = sentence.passage.says(Meaning.DEADLINE)
    starts = (
        [(0, 0)]
        if labelled
        else [(m.start(), m.end()) for m in patterns["deadline"].finditer(text)]
    )
    for begin, at in starts:
        if patterns["no deadline"].search(text[max(0, begin - 30) : at + 25]):
            continue
        rest = text[at : at + 70]
        found = _resolve_deadline(page, rest, event)
        if found:
            value, length, certainty = found
            return DeadlineFound(
                value=value,
                lines=sentence.lines(begin, at + length),
                text=text[begin : at + length],
                certainty=certainty,
            )
    return None


def _resolve_deadline(
    page: Page, rest: str, event: dt.date | None
) -> tuple[dt.date | dt.datetime, int, Certainty] | None:
    """The moment that `rest`, the words after `senast`, means, how many of them, how sure."""
    dates, clocks = find_dates(rest), find_clocks(rest)
    date = next((d for d in dates if d.start < 28), None)
    clock = next((c for c in clocks if c.at < 45), None)
    before = _patterns()["day before"].search(rest)
    if date is None and clock is None and before is None:
        return None
    if date is None:
        if event is None:
            return None
        day, certainty = event - dt.timedelta(days=1 if before else 0), Certainty.DERIVED
    else:
        read = _deadline_day(page, date, event)
        if read is None:
            return None
        day, certainty = read
    end = max(
        [one for one in (date and date.end, clock and clock.stop, before and before.end()) if one]
    )
    if clock is None or (
        date is not None and max(clock.at - date.end, date.start - clock.stop) > 20
    ):
        return day, date.end if date else end, certainty
    return dt.datetime.combine(day, clock.end or clock.start), end, certainty


def _deadline_day(
    page: Page, mention: DateMention, event: dt.date | None
) -> tuple[dt.date, Certainty] | None:
    """A deadline lies on the event's day or before it."""
    if (
        mention.relation is Relation.WEEKDAY
        and event is not None
        and mention.weekday_number is not None
    ):
        back = (event.weekday() - mention.weekday_number) % 7
        return event - dt.timedelta(days=back), Certainty.DERIVED
    anchor = (
        event - dt.timedelta(days=40)
        if event is not None and mention.relation is None
        else page.anchor
    )
    near = event or page.anchor
    if mention.relation is None and mention.year is None:
        for year in (near.year, near.year - 1):
            try:
                day = dt.date(year, mention.month, mention.day)
            except ValueError:
                continue
            if event is None or (event - day).days in range(-7, 200):
                return day, Certainty.DERIVED
    day_found = resolve(mention, anchor, is_stamp=page.has_stamp)
    if day_found is None:
        return None
    return day_found.date, Certainty.READ if day_found.is_read else Certainty.DERIVED
