"""The program: global flags, the lazy command group, errors to exit statuses."""

import errno
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import redirect_stderr, suppress
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from pressutskick import __version__
from pressutskick.cli import context
from pressutskick.cli.language import (
    LANGUAGES,
    _,
    choose_language,
    install_language,
    is_spoken,
    language_in_use,
)
from pressutskick.cli.shows import json as jsonout
from pressutskick.cli.shows.screen.streams import (
    end_stream,
    give_up,
    has_reader_left,
    replace_closed_streams,
)
from pressutskick.cli.table import (
    CommandEntry,
    command_groups,
    command_table,
    find_entry,
    fold_word,
)
from pressutskick.cli.tree import App, Command, Group
from pressutskick.cli.usage import show_usage_error
from pressutskick.errors import ExitStatus, FileFault, PressutskickError

#: What a disk or its rights may say to any command that writes a file.
_MACHINE_FAULTS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENAMETOOLONG}
    | {errno.EISDIR, errno.ENOTDIR, errno.ENOENT, errno.EEXIST}
)


#: What a shell sets when somebody presses TAB.
COMPLETING = "_PRESSUTSKICK_COMPLETE"


class LazyGroup(Group):
    """Knows all commands by name and purpose, and imports only the one that runs."""

    def command_groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What the help shows: headings, names and purposes."""
        return [
            (
                group.title,
                [(each.name, each.purpose) for each in group.entries if not each.is_hidden],
            )
            for group in command_groups()
        ]

    def list_commands(self, ctx: Any) -> list[str]:
        """The names in the table's order."""
        return [entry.name for entry in command_table()]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A placeholder with the purpose, enough to complete a command's name."""
        entry = find_entry(cmd_name)
        if entry is None:
            return None
        return Command(name=entry.name, help=entry.purpose, hidden=entry.is_hidden)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The real command, imported now."""
        entry = find_entry(args[0])
        if entry is None:
            self.commands = {word: self.get_command(ctx, word) for word in _suggested_words()}
            return super().resolve_command(ctx, args)
        return entry.name, load_command(entry), args[1:]

    def get_params(self, ctx: Any) -> list[Any]:
        """Typer's two flags for completion among them, in our words."""
        found: list[Any] = list(super().get_params(ctx))
        for parameter in found:
            if parameter.name == "install_completion":
                parameter.help = _("Let the shell complete what is typed (TAB).")
                parameter.callback = _install_completion
            # Whom these concern reads of them where they are wanted.
            parameter.hidden = parameter.name in ("show_completion", "debug")
        return found


def _install_completion(ctx: Any, _parameter: Any, value: Any) -> Any:
    """Typer's installation, told in the person's language."""
    if value and not ctx.resilient_parsing:
        from typer.completion import install  # type: ignore[attr-defined]  # Typer's own

        shell, path = install()
        told = _("TAB completes in each new {shell} window: {path}", shell=shell, path=path)
        typer.echo(told)
        raise typer.Exit
    return value


def _suggested_words() -> list[str]:
    """What a slip may have meant: the names, and after them in Swedish their twins."""
    shown = [entry for entry in command_table() if not entry.is_hidden]
    twins = [twin for entry in shown for twin in entry.twins]
    return [entry.name for entry in shown] + (twins if language_in_use() == "sv" else [])


def load_command(entry: CommandEntry) -> Any:
    """Imports the command's module and makes what Typer runs."""
    module = importlib.import_module(f"pressutskick.cli.commands.{entry.module}")
    if entry.function is None:
        app = module.app
    else:
        app = App()
        app.command(entry.name, help=entry.purpose)(getattr(module, entry.function))
    command = typer.main.get_command(app)
    command.name = entry.name
    command.help = entry.purpose
    return command


def make_app() -> typer.Typer:
    """The top of the command line; the global flags are documented here and read by `context`."""
    app = typer.Typer(cls=LazyGroup, add_completion=True, rich_markup_mode=None)

    @app.callback(
        no_args_is_help=True,
        invoke_without_command=True,
        help=_("Take a press invitation to the right newsdesks, once each, and prove it."),
        epilog=_("Start with: pressutskick demo"),
    )
    def top(
        lang: Annotated[
            str, typer.Option(metavar="sv|en", help=_("Speak this language: sv or en."))
        ] = "",
        workspace: Annotated[
            str,
            typer.Option(
                metavar="DIR", help=_("Work there; else in the nearest folder with a .env.")
            ),
        ] = "",
        env_file: Annotated[
            str,
            typer.Option(
                metavar="FILE", help=_("Settings from this file; its folder is worked in.")
            ),
        ] = "",
        no_color: Annotated[
            bool, typer.Option("--no-color", help=_("Do not use colours."))
        ] = False,
        debug: Annotated[
            bool, typer.Option("--debug", help=_("Show where in the program an error arose."))
        ] = False,
        version: Annotated[bool, typer.Option("--version", help=_("Show the version."))] = False,
    ) -> None:
        if version:
            typer.echo(f"pressutskick {__version__}")
            raise typer.Exit

    return app


def run(words: Sequence[str]) -> int:
    """Takes the global flags, chooses the language, runs the command."""
    replace_closed_streams()
    flags, rest = context.take_global_flags(words)
    context.install_flags(flags)
    install_language(choose_language(flags.language, context.language_environment(os.environ)))
    _write_utf8()
    if flags.language is not None and not is_spoken(flags.language):
        return _refuse_language(flags.language)
    try:
        return run_command(rest)
    finally:
        # The status is what the command says, whoever is left to hear its talk.
        with suppress(OSError):
            end_stream(sys.stderr)


def _refuse_language(wish: str) -> int:
    """A flag is meant; a locale that we do not speak is not, and gets English."""
    why = _("{value} is none of {choices}.", value=repr(wish), choices=", ".join(LANGUAGES))
    told = _("{name} is wrong: {why}", name="--lang", why=why)
    sys.stderr.write(f"pressutskick: {told}\n")
    return int(ExitStatus.USAGE)


def ask_for_help(words: Sequence[str]) -> list[str]:
    """`help send` is what `send --help` is."""
    asked = bool(words) and fold_word(words[0]) in ("help", fold_word("hjälp"))
    return [*words[1:], "--help"] if asked else list(words)


def run_command(words: Sequence[str]) -> int:
    """Parses, runs, and turns what happened into an exit status."""
    if COMPLETING in os.environ:
        return _complete()
    debug = context.global_flags().debug
    context.install_words(words)
    jsonout.start()
    try:
        command = typer.main.get_command(make_app())
        status = command.main(ask_for_help(words), prog_name="pressutskick", standalone_mode=False)
        end_stream(sys.stdout)
        return int(status or 0)
    except SystemExit as stop:
        return int(stop.code or 0)
    except typer.Abort:
        return int(ExitStatus.DECLINED)
    except TyperException as error:
        # `--help` is answered by Typer itself; asking for nothing is answered by the help.
        if error.format_message():
            show_usage_error(error)
        return error.exit_code
    except PressutskickError as error:
        return _tell_error(error, words, debug=debug)
    except OSError as error:
        return _tell_system_fault(error, words, debug=debug)
    except Exception as error:  # noqa: BLE001 - the last line of defence, told as our fault
        return _tell_our_fault(error, debug=debug)


def _complete() -> int:
    """Answers a TAB, for the shell; never an error, which would stand in the middle of a line."""
    typed = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or ""
    flags, _rest = context.take_global_flags(typed.split())
    context.install_flags(flags)
    with suppress(Exception, SystemExit), redirect_stderr(None):
        typer.main.get_command(make_app()).main([], prog_name="pressutskick")
    return int(ExitStatus.OK)


def _tell_system_fault(error: OSError, words: Sequence[str], *, debug: bool) -> int:
    """What the operating system refused: the machine's fault, ours, or nobody's."""
    if error.filename is None:
        give_up(sys.stdout)
    if has_reader_left(error):
        return int(ExitStatus.OK)
    if error.errno not in _MACHINE_FAULTS:
        return _tell_our_fault(error, debug=debug)
    return _tell_error(FileFault.of(error), words, debug=debug)


def _tell_error(error: PressutskickError, words: Sequence[str], *, debug: bool) -> int:
    """In words for a person, as a document too where a program asked for one."""
    from pressutskick.cli.shows.screen.console import error_json, show_error

    if debug:
        traceback.print_exc()
    show_error(error)
    if "--json" in words and not jsonout.has_printed():
        # Where standard output itself is what failed, the status must do.
        with suppress(OSError):
            jsonout.print_json(error_json(error))
    return int(error.status)


def _write_utf8() -> None:
    """Windows consoles and pipes would otherwise take the code page, and lose letters."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _tell_our_fault(error: Exception, *, debug: bool) -> int:
    """An exception that nobody foresaw: exit 70, a traceback with --debug only."""
    if debug:
        traceback.print_exc()
    told = _(
        "pressutskick: a fault of ours: {kind}: {error}. "
        "Run the same command with --debug and report what it prints.",
        kind=type(error).__name__,
        error=error,
    )
    sys.stderr.write(told + "\n")
    return int(ExitStatus.SOFTWARE)
