"""The table of commands: name, where it lives, what it is for, which other words mean it.

The module of a command is imported when the command runs, not when the help is shown: that keeps
`--help` as fast as a bare Typer program's.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pressutskick.cli.language import _


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandEntry:
    """`module` has either `app`, a Typer group, or a function named `function`.

    `twins` are words that mean the same, in Swedish for the most part; the help does not show them.
    """

    name: str
    module: str
    purpose: str
    function: str | None = None
    twins: tuple[str, ...] = ()
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandGroup:
    """A step of a communicator's walk."""

    title: str
    entries: tuple[CommandEntry, ...]


def command_groups() -> tuple[CommandGroup, ...]:
    """All commands by the walk, in the person's language."""
    return (
        CommandGroup(title=_("Set up"), entries=tuple(_set_up())),
        CommandGroup(title=_("Prepare"), entries=tuple(_prepare())),
        CommandGroup(title=_("Send"), entries=tuple(_send())),
        CommandGroup(title=_("Afterwards"), entries=tuple(_afterwards())),
        CommandGroup(title=_("Account for it"), entries=tuple(_account())),
        CommandGroup(title=_("Automate"), entries=tuple(_automate())),
    )


def command_table() -> tuple[CommandEntry, ...]:
    """All commands, those too that the help does not show."""
    return tuple(entry for group in command_groups() for entry in group.entries)


def find_entry(word: str) -> CommandEntry | None:
    """The command that `word` names, or one of its twins; dots over letters may be left out."""
    folded = fold_word(word)
    for entry in command_table():
        if word == entry.name or folded in map(fold_word, entry.twins):
            return entry
    return None


def fold_word(word: str) -> str:
    """`Förhandsvisa` and `forhandsvisa` alike, whatever the keyboard had."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _set_up() -> Iterator[CommandEntry]:
    yield CommandEntry(
        name="init",
        module="init",
        function="init",
        purpose=_("Set up a workspace: sender, mail server, folders."),
        twins=("börja",),
    )
    yield CommandEntry(
        name="login",
        module="login",
        function="login",
        purpose=_("Sign in to the mail server instead of keeping a password."),
        twins=("logga-in",),
    )
    yield CommandEntry(
        name="logout",
        module="logout",
        function="logout",
        purpose=_("Sign out: forget the sign-in, and take it back."),
        twins=("logga-ut",),
        is_hidden=True,
    )
    yield CommandEntry(
        name="doctor",
        module="doctor",
        function="doctor",
        purpose=_("Find out what stands in the way, and who can mend it."),
        twins=("undersök",),
    )
    yield CommandEntry(
        name="demo",
        module="demo",
        function="demo",
        purpose=_("Play the whole story; nothing leaves the machine."),
    )


def _prepare() -> Iterator[CommandEntry]:
    yield CommandEntry(
        name="read",
        module="read",
        function="read",
        purpose=_("Read an invitation and show the facts that were found."),
        twins=("läs",),
    )
    yield CommandEntry(
        name="check",
        module="check",
        function="check",
        purpose=_("Look for mistakes before they reach the paper."),
        twins=("granska", "kontrollera"),
    )
    yield CommandEntry(
        name="recipients",
        module="recipients.show",
        purpose=_("Look at, check and look after media lists."),
        twins=("list", "lists", "lista", "listor", "mottagare"),
    )
    yield CommandEntry(
        name="preview",
        module="preview",
        function="preview",
        purpose=_("See exactly what each newsdesk will get."),
        twins=("förhandsvisa", "förhandsgranska"),
    )
    yield CommandEntry(
        name="templates",
        module="templates",
        purpose=_("See, copy and try the templates that mails are made from."),
        twins=("mallar",),
    )


def _send() -> Iterator[CommandEntry]:
    yield CommandEntry(
        name="send",
        module="send",
        function="send",
        purpose=_("Send, once to each; run again, it goes on where it stopped."),
        twins=("skicka",),
    )
    yield CommandEntry(
        name="approve",
        module="approve",
        function="approve",
        purpose=_("As a second person, approve what will be sent to whom."),
        twins=("godkänn",),
    )


def _afterwards() -> Iterator[CommandEntry]:
    yield CommandEntry(
        name="remind",
        module="remind",
        function="remind",
        purpose=_("Remind those who have not answered; --all is cron's line."),
        twins=("påminn",),
    )
    yield CommandEntry(
        name="correct",
        module="correct",
        function="correct",
        purpose=_("Tell those who got it what has changed."),
        twins=("rätta", "ändra"),
    )
    yield CommandEntry(
        name="cancel",
        module="cancel",
        function="cancel",
        purpose=_("Tell those who got it that it is off; stop all reminders."),
        twins=("ställ-in", "avboka"),
    )
    yield CommandEntry(
        name="inbox",
        module="inbox",
        function="inbox",
        purpose=_("Read what came back: bounces, absences, answers."),
        twins=("inkorg",),
    )
    yield CommandEntry(
        name="rsvp",
        module="rsvp",
        function="rsvp",
        purpose=_("Note who has answered; nobody who has is reminded."),
        twins=("svar", "anmälan", "osa"),
    )


def _account() -> Iterator[CommandEntry]:
    yield CommandEntry(
        name="log",
        module="log",
        purpose=_("Read what happened to each message."),
        twins=("logg",),
    )
    yield CommandEntry(
        name="report",
        module="report",
        function="report",
        purpose=_("What came of a release or a period: terminal, page, workbook."),
        twins=("rapport", "redovisa"),
    )
    yield CommandEntry(
        name="archive",
        module="archive",
        function="archive",
        purpose=_("The public record of a release: a sealed bag for the archive."),
        twins=("arkivera", "arkiv", "diarieför"),
    )
    yield CommandEntry(
        name="person",
        module="person",
        purpose=_("All that is held about one person; erase it."),
        twins=("gdpr",),
    )


def _automate() -> Iterator[CommandEntry]:
    yield CommandEntry(
        name="database",
        module="database",
        purpose=_("One log for a department: on a server, and who may do what."),
        twins=("databas",),
    )
    yield CommandEntry(
        name="schedule",
        module="schedule",
        purpose=_("What goes out when; the lines for cron and its kin."),
        twins=("schema",),
    )
    yield CommandEntry(
        name="man",
        module="man",
        function="man",
        purpose=_("Show the manual page; in a pipe print it, for man to read."),
        twins=("manual", "handbok"),
        is_hidden=True,
    )
    yield CommandEntry(
        name="sandbox",
        module="sandbox",
        function="sandbox",
        purpose=_("Run a mail server on this machine that takes all mail and misbehaves as told."),
        is_hidden=True,
    )
