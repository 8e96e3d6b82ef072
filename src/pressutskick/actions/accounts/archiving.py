"""The public record of a release: everything that the log and the workspace still know of it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pressutskick.actions.accounts.masters import Masters, list_attachments
from pressutskick.actions.accounts.reporting import account_for, list_recipients, report_release
from pressutskick.actions.opening import open_release
from pressutskick.actions.workspace import Workspace
from pressutskick.dispatch.life import Life
from pressutskick.dispatch.log import DeliveryLog
from pressutskick.dispatch.texts import Text
from pressutskick.errors import InputError, PressutskickError
from pressutskick.message.model import AttachedFile
from pressutskick.release.document import format_document
from pressutskick.report.account import Account
from pressutskick.report.record import (
    Journal,
    Record,
    Sheet,
    sheet_approvals,
    sheet_arrivals,
    sheet_people,
)
from pressutskick.sentences import Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRequest:
    """What is asked to be kept. `reference` is the number in the diary.

    `document` is the file that the release was written in, as the workspace reads it, and `original`
    its octets; None where it is not at hand.
    """

    reference: str
    document: str | None = None
    original: bytes | None = None
    has_recipients: bool = True


@dataclass(slots=True)
class _Gathered:
    """Files by their path, and what is to be said about them."""

    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[Sentence] = field(default_factory=list)


def gather_record(
    request: RecordRequest, life: Life, log: DeliveryLog, workspace: Workspace
) -> Record:
    """Everything, read once; the same log and files give the same record."""
    account, gathered = account_for(life, log), _Gathered()
    texts = log.texts(life.release.id)
    _keep_texts(texts, gathered)
    _keep_original(request, texts, life, workspace, gathered)
    attached = _keep_attachments(request, texts, log, life, workspace, gathered)
    masters = Masters(
        life=life, log=log, workspace=workspace, attached=attached, answers=account.answers
    )
    gathered.files.update(masters.make_all())
    journal = Journal(has_people=request.has_recipients)
    for dispatch in life.dispatches:
        journal.add(dispatch, log.deliveries(dispatch.id), log.attempts)
    journal.note_decisions(account)
    if not request.has_recipients:
        gathered.notes.append(_tell_left_out(account, texts))
    return Record(
        release_id=life.release.id,
        title=life.release.title,
        reference=request.reference,
        files=gathered.files,
        sheets=tuple(_sheets(request, account, log, journal)),
        page=report_release(account, is_public=not request.has_recipients),
        notes=(*gathered.notes, *masters.notes),
        last_event=journal.last_event or life.dispatches[-1].created_at,
        has_recipients=request.has_recipients,
    )


def _sheets(
    request: RecordRequest, account: Account, log: DeliveryLog, journal: Journal
) -> Iterator[Sheet]:
    yield journal.sheet()
    yield sheet_approvals(account)
    if request.has_recipients:
        yield sheet_people(list_recipients(account, log))
        arrivals = log.arrivals(account.life.release.id)
        yield from sheet_arrivals(
            (each.came_at, each.key or "", each.name, each.outlet) for each in arrivals
        )


def _keep_texts(texts: Mapping[int, Text], gathered: _Gathered) -> None:
    """Every text that went out, as its canonical document, once each."""
    told = dict.fromkeys(text.canonical for text in texts.values())
    for number, canonical in enumerate(told, start=1):
        gathered.files[f"text/{number:02}.md"] = canonical.encode("utf-8")


def _keep_original(
    request: RecordRequest,
    texts: Mapping[int, Text],
    life: Life,
    workspace: Workspace,
    gathered: _Gathered,
) -> None:
    if not request.has_recipients:
        return
    if request.document is None or request.original is None:
        gathered.notes.append(
            say(
                "The document that the text was written in is not in this bag: the log keeps what was "
                "sent (text/), not the file it was read from."
            )
        )
        return
    name = request.document.replace("\\", "/").rpartition("/")[2]
    gathered.files[f"original/{_tame(name)}"] = request.original
    gathered.notes.append(_judge_original(request.document, texts, life, workspace))


def _judge_original(
    document: str, texts: Mapping[int, Text], life: Life, workspace: Workspace
) -> Sentence:
    """Whether the file, read again, gives a text that was sent."""
    first = life.dispatches[0].created_at
    try:
        reading = open_release(workspace.read_document(document), now=first).reading
    except PressutskickError as error:
        return say("original/ could not be read again: {reason}", reason=error.sentence)
    if any(format_document(reading.release) == text.canonical for text in texts.values()):
        return say("original/, read again, gives exactly a text that was sent.")
    return say(
        "original/, read again, gives another text than any that was sent: it was changed since, or "
        "somebody answered questions about it. What was sent stands in text/."
    )


def _keep_attachments(
    request: RecordRequest,
    texts: Mapping[int, Text],
    log: DeliveryLog,
    life: Life,
    workspace: Workspace,
    gathered: _Gathered,
) -> Mapping[str, AttachedFile]:
    """Files that went along and are at hand unchanged, by SHA-256; the others are noted."""
    at_hand: dict[str, AttachedFile] = {}
    for file in (
        *(each for record in life.dispatches for each in log.files(record.id)),
        *_read_attachments(request, texts, workspace),
    ):
        at_hand.setdefault(hashlib.sha256(file.content).hexdigest(), file)
    for number, (name, digest) in enumerate(list_attachments(texts.values()), start=1):
        if digest in at_hand:
            gathered.files[f"attachments/{number:02}-{_tame(name)}"] = at_hand[digest].content
        else:
            gathered.notes.append(
                say(
                    "The attachment {name} (SHA-256 {digest}) was not found as it was sent; it is "
                    "not in this bag, nor in its messages.",
                    name=name,
                    digest=digest,
                )
            )
    return at_hand


def _read_attachments(
    request: RecordRequest, texts: Mapping[int, Text], workspace: Workspace
) -> Iterator[AttachedFile]:
    """What the texts name and still lies beside the document."""
    for release in {text.canonical: text.release for text in texts.values()}.values():
        if request.document is None or not release.attachments:
            continue
        try:
            yield from workspace.read_attachments(release, request.document)
        except InputError:
            # Told by its name and digest: one of them is gone or has become another.
            continue


def _tell_left_out(account: Account, texts: Mapping[int, Text]) -> Sentence:
    """What a copy without recipients lacks, and what of them stands in the published text itself."""
    published = "\n".join(text.canonical for text in texts.values()).casefold()
    count = sum(key in published for key in account.ledger.people)
    taken = say(
        "Taken out of this copy: recipients.csv, arrivals.csv, the original document, and in log.csv "
        "the addresses, the servers' words, message ids and who answered. The report names nobody."
    )
    if not count:
        return taken
    return say(
        "{taken} Addresses of {count} recipients stand in the text that was sent to everybody, and stay "
        "there.",
        taken=taken,
        count=count,
    )


def _tame(name: str) -> str:
    """A file's name that every system and every manifest takes."""
    kept = "".join(
        letter if letter.isalnum() or letter in " ._-()" else "_" for letter in name
    ).strip(". ")
    return kept[-100:] or "_"
