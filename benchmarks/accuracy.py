"""How well the reader finds the facts of press invitations, field by field.

usage: python -m benchmarks.accuracy [FOLDER] [--show] [--only NN,NN]

A scalar is right, right but asked all the same, asked (a question names its field), missed or
wrong; wrong is the dangerous one. What a truth's `must_ask` names is right where it is asked. In
lists each element is found, missed or invented. Texts and truths are invented.

Without FOLDER every labelled set is read; all of them were learnt from by now. How each was read
before that, when it was fresh, stands below: tests/data/first_readings.json keeps it.
"""

import argparse
import datetime as dt
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pressutskick.reading.page.page import Page
from pressutskick.reading.reader import lay_page, read_release
from pressutskick.reading.spots.reach import digits
from pressutskick.reading.view import reading_document

DATA = Path(__file__).parents[1] / "tests" / "data"
FOLDER = DATA / "invitations"
SETS = (
    "invitations",
    "invitations_more",
    "invitations_own",
    "invitations_third",
    "invitations_fourth",
)
CRITICAL = ("date", "start", "place", "rsvp.email", "rsvp.deadline")
#: scalar -> where the truth and the answer have it, and the questions that cover it
SCALARS = {
    "title": ("title", "title", ("title",)),
    "language": ("language", "language", ("language",)),
    "date": ("event_date", "event.date", ("event.date", "event.start", "event")),
    "end_date": ("event_date_end", "event.end_date", ("event.end_date", "event.date", "event")),
    "start": ("start", "event.start", ("event.start", "event.sessions", "event")),
    "end": ("end", "event.end", ("event.end", "event")),
    "place": ("place", "event.place", ("event.place", "event.sessions", "event")),
    "rsvp.email": ("rsvp.email", "rsvp.email", ("rsvp.email", "rsvp")),
    "rsvp.phone": ("rsvp.phone", "rsvp.phone", ("rsvp.phone", "rsvp")),
    "rsvp.url": ("rsvp.url", "rsvp.url", ("rsvp.url", "rsvp")),
    "rsvp.deadline": ("rsvp_deadline", "rsvp.deadline", ("rsvp.deadline", "rsvp")),
}
LISTS = ("speakers", "contact.names", "contact.phones", "contact.emails")


@dataclass
class Tally:
    """The outcome over many texts."""

    texts: int = 0
    verdicts: dict[str, Counter[str]] = field(
        default_factory=lambda: {f: Counter() for f in SCALARS}
    )
    lists: dict[str, list[int]] = field(default_factory=lambda: {f: [0, 0, 0] for f in LISTS})
    questions: int = 0
    #: Questions about fields that were right already and need not have been asked.
    idle: int = 0
    #: Wrong or empty fields that were asked, and those of them with the truth among the choices.
    needed: int = 0
    offered: int = 0
    #: Whether a fact of a scalar stood under a label -> how many were right, wrong.
    manners: dict[str, list[int]] = field(
        default_factory=lambda: {"under a label": [0, 0], "in prose": [0, 0]}
    )
    remarks: list[str] = field(default_factory=list)
    #: Tenth of the probability -> how many speakers, names, numbers and addresses were right, wrong.
    tenths: dict[int, list[int]] = field(default_factory=lambda: {n: [0, 0] for n in range(10)})

    def f1(self, name: str) -> float:
        found, missed, invented = self.lists[name]
        return 2 * found / (2 * found + missed + invented) if found + missed + invented else 1.0

    def right_count(self, name: str) -> int:
        return self.verdicts[name]["right"] + self.verdicts[name]["idle"]

    def right(self, name: str) -> float:
        return self.right_count(name) / self.texts

    @property
    def critical_right(self) -> float:
        return sum(self.right_count(f) for f in CRITICAL) / (self.texts * len(CRITICAL))

    @property
    def critical_wrong(self) -> int:
        return sum(self.verdicts[f]["wrong"] for f in CRITICAL)


def words(text: str | None) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text or "").casefold())


def alike(name: str, want: str, got: str) -> bool:
    if name in ("title", "place"):
        one, two = set(words(want)), set(words(got))
        common = len(one & two)
        return (
            bool(one and two)
            and common >= 0.75 * min(len(one), len(two))
            and common >= 0.34 * max(len(one), len(two))
        )
    if name == "rsvp.phone":
        return digits(want) == digits(got)
    if name == "rsvp.url":
        return bare_url(want) == bare_url(got)
    if name == "rsvp.email":
        return want.strip().casefold() == got.strip().casefold()
    if name == "rsvp.deadline":
        length = 16 if "T" in want else 10
        return want[:length] == got[:length]
    return want == got


def bare_url(url: str) -> str:
    return re.sub(r"^https?://(www\.)?|/$", "", url.casefold())


def dig(value: dict, path: str):
    for step in path.split("."):
        value = (value or {}).get(step)
    return value


def sets(speakers: list, contacts: list) -> dict[str, set[str]]:
    return {
        "speakers": {" ".join(words(s["name"])) for s in speakers},
        "contact.names": {" ".join(words(c["name"])) for c in contacts if c.get("name")},
        "contact.phones": {digits(p) for c in contacts for p in c.get("phones") or []},
        "contact.emails": {e.strip().casefold() for c in contacts for e in c.get("emails") or []},
    }


def cases(folder: Path) -> Iterator[tuple[str, str, dict]]:
    for path in sorted(folder.glob("*.truth.json"), key=lambda p: int(p.name.split(".")[0])):
        text = path.with_name(path.name.replace(".truth.json", ".txt")).read_text("utf-8")
        yield path.name.split(".")[0], text, json.loads(path.read_text("utf-8"))


def measure(chosen: list[tuple[str, str, dict]], *, by_manner: bool = False) -> Tally:
    """Reads every text and compares it with its truth; `by_manner` tells labels from prose."""
    tally = Tally()
    for number, text, truth in chosen:
        page = lay_page(text, now=moment_of(truth)).page if by_manner else None
        compare(tally, number, truth, read_case(text, truth), page)
    return tally


def moment_of(truth: dict) -> dt.datetime:
    """The morning of the day on which a text is read."""
    return dt.datetime.fromisoformat(truth["as_of"]).replace(hour=8, tzinfo=dt.UTC)


def read_case(text: str, truth: dict) -> dict:
    """What the program answers on the day of the text."""
    return reading_document(read_release(text, now=moment_of(truth)))


def compare(tally: Tally, number: str, truth: dict, answer: dict, page: Page | None = None) -> None:
    tally.texts += 1
    choices = {question["field"]: question["choices"] for question in answer["questions"]}
    tally.questions += len(choices)
    lines = {fact["field"]: fact["lines"] for fact in answer["facts"]}
    true: dict[str, bool] = {}
    for name, (want_path, got_path, fields) in SCALARS.items():
        want, got = dig(truth, want_path), dig(answer["release"], got_path)
        asked = [one for one in fields if one in choices]
        is_same = (not want and not got) or bool(want and got and alike(name, want, got))
        verdict = judge(
            want, got, is_same=is_same, asked=asked, must=truth.get("must_ask"), name=name
        )
        tally.verdicts[name][verdict] += 1
        # the question about the field itself, not one about the whole event
        tally.idle += verdict == "idle" and fields[0] in choices
        true[got_path] = is_same
        if verdict == "asked" and want:
            tally.needed += 1
            told = [choice for one in asked for choice in choices[one]]
            tally.offered += any(alike(name, want, one) or want in one for one in told)
        if page is not None and got and lines.get(got_path):
            manner = "under a label" if is_labelled(page, lines[got_path]) else "in prose"
            tally.manners[manner][0 if is_same else 1] += 1
        if verdict not in ("right", "idle"):
            tally.remarks.append(f"{number}: {name}: {verdict}: want {want!r}, got {got!r}")
    wants = sets(truth["speakers"] or [], truth["contacts"] or [])
    gots = sets(answer["release"]["speakers"], answer["release"]["contacts"])
    count_tenths(tally, wants, true, answer["facts"])
    for name in LISTS:
        missed, invented = wants[name] - gots[name], gots[name] - wants[name]
        for position, count in enumerate(
            (len(wants[name] & gots[name]), len(missed), len(invented))
        ):
            tally.lists[name][position] += count
        if missed or invented:
            tally.remarks.append(
                f"{number}: {name}: missed {sorted(missed)}, invented {sorted(invented)}"
            )


def judge(want, got, *, is_same: bool, asked: list, must: list | None, name: str) -> str:
    """What became of one field."""
    if name in (must or ()):
        return "right" if asked else "wrong" if got else "missed"
    if is_same:
        return "idle" if want and asked else "right"
    if asked:
        return "asked"
    return "missed" if want and not got else "wrong"


def is_labelled(page: Page, lines: list[int]) -> bool:
    """Whether a line stands under a label or heading that says what it is about."""
    return any(
        bool(passage.meanings)
        for passage in page.passages
        if not passage.is_empty and passage.lines()[0] <= lines[0] <= passage.lines()[1]
    )


def count_tenths(
    tally: Tally, wants: dict[str, set[str]], true: dict[str, bool], facts: list[dict]
) -> None:
    """How many of the judged facts are true, by what was said of them."""
    for fact in facts:
        is_known = fact["field"] in true or fact["field"].startswith(("speakers", "contacts"))
        if fact["probability"] is not None and is_known:
            tenth = min(int(fact["probability"] * 10), 9)
            right = true[fact["field"]] if fact["field"] in true else is_true(fact, wants)
            tally.tenths[tenth][0 if right else 1] += 1


def is_true(fact: dict, wants: dict[str, set[str]]) -> bool:
    """Whether a judged fact is one of the truth's."""
    value, name = fact["value"], fact["field"].partition("].")[2].partition("[")[0]
    if fact["field"].startswith("speakers"):
        return " ".join(words(value["name"])) in wants["speakers"]
    if name == "phones":
        return digits(value) in wants["contact.phones"]
    if name == "emails":
        return value.casefold() in wants["contact.emails"]
    return " ".join(words(value)) in wants["contact.names"]


def reliability(tally: Tally) -> list[str]:
    """Of what was said to be so likely, how much is true."""
    rows = [f"{'probability':15}{'facts':>7}{'true':>7}"]
    for tenth, (true, false) in tally.tenths.items():
        if true + false:
            share = true / (true + false)
            rows.append(
                f"{tenth / 10:.1f} to {(tenth + 1) / 10:.1f}     {true + false:7}{share:7.1%}"
            )
    return rows


def table(tally: Tally) -> str:
    rows = [
        f"{tally.texts} texts",
        f"{'field':15}{'right':>7}{'though asked':>14}{'asked':>7}{'missed':>8}{'wrong':>7}",
    ]
    for name in SCALARS:
        v = tally.verdicts[name]
        rows.append(
            f"{name:15}{v['right']:7}{v['idle']:14}{v['asked']:7}{v['missed']:8}{v['wrong']:7}"
        )
    rows.append(f"{'list':15}{'found':>7}{'missed':>8}{'invented':>9}{'F1':>7}")
    for name in LISTS:
        found, missed, invented = tally.lists[name]
        rows.append(f"{name:15}{found:7}{missed:8}{invented:9}{tally.f1(name):7.3f}")
    for manner, (right, wrong) in tally.manners.items():
        if right + wrong:
            rows.append(f"{manner}: {right} of {right + wrong} facts right")
    rows.append(
        f"critical fields ({', '.join(CRITICAL)}): {tally.critical_right:.1%} right, "
        f"{tally.critical_wrong} silently wrong"
    )
    rows += reliability(tally)
    rows.append(
        f"{tally.questions} questions, {tally.idle} of them idle; where a needed fact was asked, "
        f"the truth was among the choices in {tally.offered} of {tally.needed}"
    )
    return "\n".join(rows)


def first_readings() -> str:
    """How each set was read before anything was learnt from it."""
    head = ("first reading of", "texts", "critical", "silent", "title", *LISTS)
    rows = ["  ".join(head)]
    rows += [
        f"{one['set']}  {one['texts']}  {one['critical']:.1%}  {one['silent']}  {one['title']:.3f}  "
        f"{one['speakers']:.3f}  {one['names']:.3f}  {one['phones']:.3f}  {one['emails']:.3f}  "
        f"({one['by']})"
        for one in json.loads((DATA / "first_readings.json").read_text("utf-8"))
    ]
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--show", action="store_true", help="print every miss")
    parser.add_argument("--only", help="numbers of texts, with commas")
    options = parser.parse_args()
    for folder in [options.folder] if options.folder else [DATA / name for name in SETS]:
        chosen = list(cases(folder))
        if options.only:
            chosen = [case for case in chosen if case[0] in options.only.split(",")]
        tally = measure(chosen, by_manner=True)
        print(f"\n{folder.name}: learnt from" if not options.folder else f"\n{folder.name}")
        if options.show:
            print("\n".join(tally.remarks))
        print(table(tally))
    if not options.folder:
        print(f"\n{first_readings()}")


if __name__ == "__main__":
    main()
