"""`preview --live`: the mail on a page of the person's browser, drawn anew at each save."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pressutskick.cli.language import _, language_in_use, tell
from pressutskick.cli.shows.facts import name_field
from pressutskick.cli.shows.screen.console import plain, severity_word, talk
from pressutskick.errors import InputError, PressutskickError, Severity, UsageError
from pressutskick.sentences import say

if TYPE_CHECKING:
    from pathlib import Path

    from pressutskick.actions.previewing import Preview
    from pressutskick.errors import Problem
    from pressutskick.web.picture import Note, Picture


def show_live(
    prepare: Callable[[], tuple[Preview, Sequence[Problem]]],
    file: Path,
    *,
    recipient: str,
    beside: Sequence[Path] = (),
    folders: Sequence[Path] = (),
) -> None:
    """Serves until Ctrl-C. `prepare` makes the preview and what checking found, anew each time.

    Followed are `file`, the lists `beside` it, and what lies in `folders`.

    Raises:
        UsageError: what follows files is not installed.
    """
    try:
        from pressutskick.web.watching import follow
    except ImportError as error:
        raise UsageError(
            say("What follows files is not installed."),
            remedy=say('Install it: pip install "pressutskick[{extra}]"', extra="live"),
        ) from error
    import webbrowser

    from pressutskick.web.live import LiveServer, serving
    from pressutskick.web.picture import Stage

    stage = Stage()

    def draw() -> None:
        try:
            preview, problems = prepare()
            stage.show(_picture(file.name, preview, problems, recipient))
        except PressutskickError as error:
            stage.fail(*_tell_error(error))

    draw()
    server = LiveServer(stage, words=_words(), language=language_in_use())
    with serving(server) as url:
        told = _("The preview follows {file}, at {url} Ctrl-C ends it.", file=file, url=url)
        talk().print(plain(told), soft_wrap=True)
        webbrowser.open(url)
        follow([file, *beside], folders, draw)
    talk().print(plain(_("A preview: nobody was mailed."), "bold"))


def _picture(file: str, preview: Preview, problems: Sequence[Problem], recipient: str) -> Picture:
    from pressutskick.web.picture import Picture

    title = _("Preview of {file}", file=file)
    chosen = preview.find(recipient) if recipient else preview.selected[0]
    shown = preview.show(chosen)
    return Picture(
        title=title,
        recipient=str(chosen.mailbox),
        sender=shown.read.header("From"),
        subject=shown.read.header("Subject"),
        line=shown.read.preview_line,
        html=shown.read.page,
        text=plain(shown.read.text).plain,
        source=plain(shown.message.content.decode("utf-8", "replace").replace("\r\n", "\n")).plain,
        files=tuple(
            f"{each.filename} ({max(1, each.size // 1000)} kB)" for each in shown.read.files
        ),
        notes=tuple(_notes(preview, problems)),
    )


def _notes(preview: Preview, problems: Sequence[Problem]) -> Iterator[Note]:
    """What checking found, the worst first, and what must be answered or known."""
    from pressutskick.web.picture import Note

    order = list(Severity)
    for problem in sorted(problems, key=lambda each: order.index(each.severity)):
        line = f"{problem.origin.line}: " if problem.origin.line else ""
        word = severity_word(problem.severity)
        yield Note(
            severity=problem.severity.value, sentence=f"{line}{word}: {tell(problem.sentence)}"
        )
    for question in preview.questions:
        asked = _("{field}: {why}", field=name_field(question.field), why=tell(question.why))
        yield Note(severity="warning", sentence=asked)
    for news in filter(None, (preview.news, preview.caveat)):
        yield Note(severity="hint", sentence=tell(news))


def _tell_error(error: PressutskickError) -> tuple[str, ...]:
    problems = error.problems if isinstance(error, InputError) else ()
    told = [f"{each.origin}: {tell(each.sentence)}" for each in problems]
    return tuple(told) or (tell(error.sentence),)


def _words() -> Mapping[str, str]:
    """What the page itself says."""
    return {
        "title": _("Preview"),
        "look": _("What is shown"),
        "dark": _("Dark"),
        "images": _("Pictures"),
        "text": _("Text part"),
        "source": _("Source"),
        "phone": _("Phone, 375 pixels"),
        "desktop": _("Computer, 700 pixels"),
        "findings": _("What check says"),
        "nothing": _("No problems found."),
        "files": _("Attachments"),
        "gone": _("The preview has ended: the command is not running any more."),
    }
