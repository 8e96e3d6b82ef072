"""LÄSMIG.txt: what the bag is, how to check it without this program, and what is not in it."""

from collections.abc import Iterator

from pressutskick.report.cells import Tell
from pressutskick.report.record import Record
from pressutskick.report.release import ACCEPTED_MEANS
from pressutskick.sentences import Sentence, say

#: The name of the file; å, ä and ö stand in it as one character each (NFC).
NAME = "L\u00c4SMIG.txt"

_PARTS: tuple[tuple[str, Sentence], ...] = (
    ("text/", say("each text that was sent, as Markdown with its facts in front (UTF-8)")),
    ("original/", say("the document that the text was written in, octet for octet")),
    (
        "messages/",
        say(
            "a message for each dispatch, edition and language, as it went out but addressed to "
            "nobody (RFC 5322): 01-announce-1-sv.eml"
        ),
    ),
    ("attachments/", say("files that went along, octet for octet")),
    ("recipients.csv", say("who was meant, what became of each mail, who answered and came")),
    ("arrivals.csv", say("who came, those too who were not invited")),
    ("log.csv", say("each attempt to deliver, each decision, each reply, oldest first, UTC")),
    ("approvals.csv", say("who approved what, by the digests of its parts (SHA-256)")),
    ("report.html", say("the same told for people; opens in any browser")),
)


def write_readme(record: Record, *, version: str, tell: Tell) -> str:
    """The text in the language that `tell` speaks; CRLF, so that every editor shows it."""
    return "".join(f"{line}\r\n" for line in _tell(record, version, tell))


def _tell(record: Record, version: str, tell: Tell) -> Iterator[str]:
    paths = [*record.files, *(sheet.path for sheet in record.sheets), "report.html"]
    yield record.title
    yield tell(say("Diary number: {number}", number=record.reference))
    yield tell(
        say(
            "This is the record of a press mailing, made by pressutskick {version} from its delivery "
            "log. Release: {release}.",
            version=version,
            release=record.release_id,
        )
    )
    yield ""
    for name, words in _PARTS:
        if any(path.startswith(name) for path in paths):
            yield f"data/{name}: {tell(words)}"
    yield tell(say("CSV files: UTF-8, comma, header in the first line, RFC 4180."))
    yield ""
    yield tell(
        say(
            "To check it without pressutskick, stand in the folder that holds bagit.txt: "
            "sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt"
        )
    )
    yield tell(
        say(
            "The seal is the SHA-256 of tagmanifest-sha256.txt (sha256sum tagmanifest-sha256.txt). It "
            "was printed when the record was made and belongs in the diary: who knows it knows "
            "whether any octet here has changed. The form is BagIt 1.0 (RFC 8493)."
        )
    )
    yield ""
    yield tell(ACCEPTED_MEANS)
    for note in record.notes:
        yield ""
        yield tell(note)
