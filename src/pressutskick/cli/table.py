"""The table of commands: name, where it lives, what it is for.

The module of a command is imported when the command runs, not when the help is shown: that keeps
`--help` as fast as a bare Typer program's.
"""

from dataclasses import dataclass

from pressutskick.cli.language import _


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandEntry:
    """`module` has either `app`, a Typer group, or a function named `function`."""

    name: str
    module: str
    purpose: str
    function: str | None = None


def command_table() -> tuple[CommandEntry, ...]:
    """All commands in the order of a communicator's day, in the person's language."""
    return (
        CommandEntry(
            name="demo",
            module="demo",
            function="demo",
            purpose=_(
                "Play the whole story with fictitious newsrooms; nothing leaves the machine."
            ),
        ),
        CommandEntry(
            name="init",
            module="init",
            function="init",
            purpose=_("Set up a workspace: sender, mail server, folders."),
        ),
        CommandEntry(
            name="login",
            module="login",
            function="login",
            purpose=_("Sign in to the mail server instead of keeping a password."),
        ),
        CommandEntry(
            name="doctor",
            module="doctor",
            function="doctor",
            purpose=_("Find out what would stand in the way of a dispatch, and who can mend it."),
        ),
        CommandEntry(
            name="logout",
            module="logout",
            function="logout",
            purpose=_("Sign out: forget the sign-in, and take it back at the provider."),
        ),
        CommandEntry(
            name="read",
            module="read",
            function="read",
            purpose=_("Read an invitation and show the facts that were found."),
        ),
        CommandEntry(
            name="check",
            module="check",
            function="check",
            purpose=_("Check an invitation for mistakes before it reaches the paper."),
        ),
        CommandEntry(
            name="recipients",
            module="recipients.show",
            purpose=_("Look at, check and look after media lists."),
        ),
        CommandEntry(
            name="preview",
            module="preview",
            function="preview",
            purpose=_("See exactly what each newsdesk will get."),
        ),
        CommandEntry(
            name="templates",
            module="templates",
            purpose=_("See, copy and try the templates that mails are made from."),
        ),
        CommandEntry(
            name="send",
            module="send",
            function="send",
            purpose=_("Send an invitation, once to each; run again, it goes on where it stopped."),
        ),
        CommandEntry(
            name="remind",
            module="remind",
            function="remind",
            purpose=_("Remind those who have not answered; --all is the line for cron."),
        ),
        CommandEntry(
            name="correct",
            module="correct",
            function="correct",
            purpose=_("Tell those who got it what has changed."),
        ),
        CommandEntry(
            name="cancel",
            module="cancel",
            function="cancel",
            purpose=_("Tell those who got it that it is off, and stop all reminders."),
        ),
        CommandEntry(
            name="inbox",
            module="inbox",
            function="inbox",
            purpose=_("Read what came back: bounces, absences, answers. Marks and moves nothing."),
        ),
        CommandEntry(
            name="rsvp",
            module="rsvp",
            function="rsvp",
            purpose=_("Note who has answered; nobody who has is reminded."),
        ),
        CommandEntry(
            name="schedule",
            module="schedule",
            purpose=_("What goes out when; the lines for cron, systemd and Windows."),
        ),
        CommandEntry(
            name="approve",
            module="approve",
            function="approve",
            purpose=_("As a second person, approve what will be sent to whom."),
        ),
        CommandEntry(name="log", module="log", purpose=_("Read what happened to each message.")),
        CommandEntry(
            name="sandbox",
            module="sandbox",
            function="sandbox",
            purpose=_(
                "Run a mail server on this machine that takes all mail and misbehaves as told."
            ),
        ),
    )
