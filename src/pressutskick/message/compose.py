"""Messages of one dispatch: what is alike is made once, what is personal for each recipient.

`MessagePlan(composition).message(recipient)` gives the bytes. Nothing here reads a clock or makes
randomness: the same composition and recipient always give the same bytes, so that a resend can be
recognised and a preview is the truth.
"""

import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from email.utils import format_datetime
from typing import Any

from pressutskick.errors import InputError
from pressutskick.mail import Language, Mailbox, comparison_key
from pressutskick.message import views
from pressutskick.message.enclosures import view_attachments
from pressutskick.message.headline import clean_line
from pressutskick.message.model import (
    EMBARGO_MARK,
    AttachedFile,
    Change,
    Message,
    Purpose,
)
from pressutskick.message.rendering import Renderer, TemplateSet, Words, make_renderer
from pressutskick.message.spacing import bind_view
from pressutskick.message.speakers import view_speakers
from pressutskick.message.strangers import find_strangers
from pressutskick.message.theme import FILE as THEME_FILE
from pressutskick.message.theme import refuse_word, view_theme
from pressutskick.message.wire.headers import ascii_domain
from pressutskick.message.wire.mime import Draft, Letterhead, Serialiser
from pressutskick.message.wire.said import Said, summarise
from pressutskick.message.wire.verify import verify_message
from pressutskick.recipients.model import Recipient
from pressutskick.release.model import Release
from pressutskick.sentences import say

#: Keeps this use of the key apart from its others.
_OPT_OUT = b"opt-out "
_TOKEN_LENGTH = 16
#: Begins the subject of a mail to one's own address.
_TRIAL = {
    Language.SWEDISH: "[PROV]",
    Language.NORWEGIAN: "[PRØVE]",
    Language.DANISH: "[PRØVE]",
    Language.ENGLISH: "[TEST]",
}
_SUBJECT, _WORDS, _STYLES = "subject.txt.j2", "words.{}.j2", "styles.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """What the messages of one dispatch are made from.

    `key` is the workspace's secret (at least 16 octets); Message-IDs, boundaries and opt-out
    tokens are derived from it. `date` is aware and has the local offset; it is the `Date` of every
    message and never changes for a dispatch. `files` go with every message, the calendar last.
    `is_unattended` marks a reminder that no person released, `is_expected` one to those who have
    said that they come, `is_trial` a mail to one's own address: its subject says so.
    """

    release: Release
    sender: Mailbox
    templates: TemplateSet
    key: bytes
    date: dt.datetime
    reply_to: Mailbox | None = None
    organisation: str | None = None
    purpose: Purpose = Purpose.ANNOUNCE
    number: int = 1
    files: tuple[AttachedFile, ...] = ()
    changes: tuple[Change, ...] = ()
    reason: str | None = None
    is_unattended: bool = False
    is_trial: bool = False
    is_expected: bool = False

    def __post_init__(self) -> None:
        if self.date.tzinfo is None or len(self.key) < 16:
            raise ValueError((self.date, len(self.key)))


def _keyed(key: bytes, first: bytes) -> hmac.HMAC:
    """Made once and copied for each message.

    That is quicker and, unlike `hmac.digest`, does not hand the GIL to another thread in the middle
    of a message.
    """
    return hmac.new(key, first, hashlib.sha256)


def _digest(keyed: hmac.HMAC, address: str) -> str:
    digest = keyed.copy()
    digest.update(_octets(address))
    return digest.hexdigest()


def _octets(address: str) -> bytes:
    return comparison_key(address).encode("utf-8", "surrogatepass")


def make_opt_out_token(key: bytes, address: str) -> str:
    """The token by which a mail to us is known to come from whoever reads that mailbox."""
    return _digest(_keyed(key, _OPT_OUT), address)[:_TOKEN_LENGTH]


class MessagePlan:
    """Makes the messages of one dispatch; templates are compiled and files encoded once."""

    def __init__(self, composition: Composition) -> None:
        """Compiles the templates.

        Raises:
            InputError: a template is missing or not valid.
            ValueError: a sender or a file name could become another header.
        """
        release = composition.release
        if release.embargo is not None and release.embargo > composition.date:
            composition = replace(composition, files=tuple(map(_mark_embargo, composition.files)))
        self.composition = composition
        self._reply_to = composition.reply_to or composition.sender
        renderer = make_renderer(composition.templates)
        self._theme = renderer.theme
        self._trial_mark = [_TRIAL[release.language]] if composition.is_trial else []
        self._words = self._find_words(renderer)
        self._variables = self._make_variables(renderer.words(_STYLES).texts())
        folded = renderer.fold(
            text={**self._variables, "words": self._words.text},
            html={**self._variables, "words": self._words.html},
        )
        self._render_subject = folded.text(_SUBJECT)
        self._render_text = folded.text(f"{release.kind}.txt.j2")
        self._render_html = folded.html(f"{release.kind}.html.j2")
        seed = hmac.digest(
            composition.key,
            f"{release.id}\0{composition.purpose}\0{composition.number}".encode(),
            hashlib.sha256,
        )
        self._keyed_id = _keyed(seed, b"")
        self._keyed_token = _keyed(composition.key, _OPT_OUT)
        self._domain = ascii_domain(composition.sender.address).rpartition("@")[2].lower()
        self._letterhead = Letterhead(
            sender=composition.sender,
            reply_to=self._reply_to,
            date=format_datetime(composition.date),
            language=str(views.HTML_LANGUAGE.get(release.language, release.language)),
            is_unattended=composition.is_unattended,
        )
        self._serialiser = Serialiser(
            self._letterhead,
            composition.files,
            pictures=self._theme.pictures,
            boundary_seed=seed,
        )

    def message(self, recipient: Recipient, references: Sequence[str] = ()) -> Message:
        """The message for one recipient, in reply to the last of `references` (Message-IDs).

        Raises:
            InputError: a template needs something that this recipient lacks, or a value could
                become another header.
        """
        return self._write(self.draft(recipient, references))

    def verified_message(self, recipient: Recipient, references: Sequence[str] = ()) -> Message:
        """The same, its bytes read back by Python's parser and compared: for the first of a run.

        Raises:
            InputError: a template needs something that this recipient lacks, or a value could
                become another header.
            PressutskickError: the bytes do not say what was meant.
        """
        draft = self.draft(recipient, references)
        self._refuse_strangers(draft)
        message = self._write(draft)
        verify_message(message, draft, self._letterhead, self.composition.files)
        return message

    def _refuse_strangers(self, draft: Draft) -> None:
        names = [picture.name for picture in self._theme.pictures]
        for address in find_strangers(draft.html, names):
            raise InputError(
                say(
                    "The HTML part points at {address}, which is no part of the mail.",
                    address=address,
                ),
                remedy=say(
                    "A mail loads nothing from elsewhere: put a logo into theme.toml, and leave out "
                    "other pictures, fonts and style sheets."
                ),
            )

    def _write(self, draft: Draft) -> Message:
        try:
            return self._serialiser.write(draft)
        except ValueError as error:
            raise InputError(
                say(
                    "The subject, a name or an id of the message for {address} could be read as "
                    "another header.",
                    address=draft.recipient.address,
                ),
                remedy=say(
                    "Write it in plain text, without control characters and without =?...?= in it."
                ),
            ) from error

    def draft(self, recipient: Recipient, references: Sequence[str] = ()) -> Draft:
        """The same before it is bytes."""
        address = recipient.mailbox.address
        opt_out = self._opt_out(recipient)
        personal = self._personal_variables(recipient, opt_out)
        subject = str(personal["subject"])
        digest = _digest(self._keyed_id, address)
        return Draft(
            recipient=recipient.mailbox,
            subject=subject,
            text=_tidy(self._render_text(personal)),
            html=self._render_html(personal),
            message_id=f"<{digest[:32]}@{self._domain}>",
            delivery_id=digest[:32],
            unsubscribe=opt_out["link"],
            in_reply_to=references[-1] if references else None,
            references=tuple(references),
        )

    def said(self, recipient: Recipient) -> Said:
        """What the recipient's message says, to be held against another's."""
        opt_out = self._opt_out(recipient)
        personal = self._personal_variables(recipient, opt_out)
        return summarise(
            subject=str(personal["subject"]),
            text=_tidy(self._render_text(personal)),
            own=(recipient.mailbox.address, opt_out["token"]),
            files=self.composition.files,
        )

    def _opt_out(self, recipient: Recipient) -> dict[str, str]:
        token = _digest(self._keyed_token, recipient.mailbox.address)[:_TOKEN_LENGTH]
        return {"link": self._make_optout_link(token), "token": token}

    def variables(self, recipient: Recipient) -> views.View:
        """All that the text part's template may use; `docs/templates.md` describes it."""
        personal = self._personal_variables(recipient, {"link": "", "token": ""})
        return {**self._variables, "words": self._words.text, **personal}

    def _personal_variables(self, recipient: Recipient, opt_out: Mapping[str, str]) -> views.View:
        personal = {"recipient": views.view_recipient(recipient), "opt_out": opt_out}
        subject = " ".join([*self._trial_mark, *self._render_subject(personal).split()])
        if not subject:
            raise InputError(
                say("The subject of the message is empty."),
                remedy=say("Mend {name}, the template that makes it.", name=_SUBJECT),
            )
        return {**personal, "subject": subject}

    def _make_optout_link(self, token: str) -> str:
        subject = f"{self._words.text_of('opt_out_subject')} {token}"
        return views.make_mailto(self._reply_to.address, subject)

    def _find_words(self, renderer: Renderer) -> Words:
        """The words of the release's language, those of the theme in place of others."""
        language = self.composition.release.language
        words = renderer.words(_WORDS.format(language))
        own = dict(self._theme.words.get(language, {}))
        for name in ("footer", "subject"):
            own.pop(name, None)
        texts = words.texts()
        unknown = next((name for name in own if name not in texts), None)
        found = self.composition.templates.find(THEME_FILE)
        if unknown is not None and found is not None:
            raise refuse_word(found.text, found.file, f"{language}.{unknown}", texts)
        return words.override(own)

    def _make_variables(self, styles: Mapping[str, str]) -> views.View:
        """What is alike for all recipients."""
        made, release = self.composition, self.composition.release
        language = release.language
        answer = self._words.text_of("rsvp_subject")
        # A reminder goes to those who have not answered: they may come all the same.
        passed = made.date.date() if made.purpose is Purpose.REMINDER else dt.date.min
        news = views.name_news(made.changes)
        status = views.name_status(made.purpose, release, news)
        sender = views.view_sender(
            made.sender, self._reply_to, made.organisation or self._theme.organisation
        )
        told: dict[str, Any] = {
            "language": str(views.HTML_LANGUAGE.get(language, language)),
            "purpose": str(made.purpose),
            "is_expected": made.is_expected,
            "status": status,
            "is_off": status in ("cancelled", "withdrawn"),
            "release": views.view_release(
                release, language, made.date, styles, is_first=made.purpose is Purpose.ANNOUNCE
            ),
            "event": views.view_event(release, language),
            "has_event": release.event is not None,
            "rsvp": views.view_rsvp(release, answer, language, passed=passed),
            "has_rsvp": views.has_rsvp(release),
            "speakers": view_speakers(release),
            "contacts": views.view_contacts(release.contacts, language),
            "sender": sender,
            "attachments": view_attachments(made.files, language),
            "changes": views.view_changes(made.changes, self._words.text_of),
            "news": news,
            "no_longer": views.find_no_longer(made.changes),
            "reason": clean_line(made.reason),
        }
        told["theme"] = self._view_theme(told)
        return {**bind_view(told), "style": styles}

    def _view_theme(self, told: Mapping[str, Any]) -> views.View:
        release = self.composition.release
        parts = {
            "kind": self._words.text_of(str(release.kind)),
            "headline": told["release"]["headline"],
            "day": told["event"]["short_day"],
            "place": told["event"]["place"],
            "organisation": told["sender"]["organisation"],
        }
        return view_theme(self._theme, release.language, parts["organisation"], parts)


def _mark_embargo(file: AttachedFile) -> AttachedFile:
    """A file is saved and passed on without its mail; its name must say what the mail says.

    A composition that was marked already, as another plan's, stays as it is.
    """
    if file.filename.startswith(EMBARGO_MARK):
        return file
    return replace(file, filename=EMBARGO_MARK + file.filename)


def _tidy(text: str) -> str:
    """Blank lines that a template leaves behind come down to one; none at the ends of lines."""
    # Asked first because it is rare: looking costs a microsecond, splitting thirty.
    if " \n" in text:
        text = "\n".join([line.rstrip() for line in text.split("\n")])
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n ") + "\n"
