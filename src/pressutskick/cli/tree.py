"""The tree of commands: what Typer runs, with our help page and our words for what it says.

A page has the usage, what it is for, the arguments, and the flags by panel (`flags.panels`), each
in a line where that is enough: it fits a screen, and Rich is not loaded to print it.
"""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from pressutskick.cli.flags.panels import Panel, panel_title
from pressutskick.cli.language import _
from pressutskick.cli.usage import name_value

#: `-h` is what most people try first.
SETTINGS = {"help_option_names": ["-h", "--help"]}
#: What stands for a value in the help, by the first word of Typer's name for its type.
_VALUES = {"int": "N", "path": "FOLDER"}

#: What stands left and right of a line.
Row = tuple[str, str]
Run = TypeVar("Run", bound=Callable[..., Any])


class HelpPage:
    """How a command and a group of them show themselves."""

    params: list[Any]
    help: str | None

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        """The command line: what must be given stands there by name."""
        arguments = [_usage(each) for each in self.params if each.param_type_name == "argument"]
        needed = [_left(each) for each in self.params if _is_needed_flag(each)]
        below = [self.subcommand_metavar] if isinstance(self, TyperGroup) else []
        pieces = [*arguments, *needed, _("[OPTIONS]"), *below]
        formatter.write_usage(ctx.command_path, " ".join(pieces), _("Usage: "))

    def get_help_option(self: Any, ctx: Any) -> Any:
        """`-h` and `--help`, in the person's language."""
        option = super().get_help_option(ctx)  # type: ignore[misc]  # Typer's, which comes next
        if option is not None:
            option.help, option.metavar = _("Show this page."), ""
            talks = Panel.OUTPUT in map(_panel, self.params)
            option.rich_help_panel = Panel.OUTPUT if talks else Panel.OTHER
        return option

    def format_help(self: Any, ctx: Any, formatter: Any) -> None:
        """The whole page."""
        self.format_usage(ctx, formatter)
        formatter.write_paragraph()
        formatter.write_text(self.help or "")
        _write_panels(formatter, command_panels(self))
        _write_panels(formatter, flag_panels(self, ctx))
        if getattr(self, "epilog", None):
            formatter.write_paragraph()
            formatter.write_text(self.epilog)


class Command(HelpPage, TyperCommand):
    """A command of ours."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings["context_settings"] = SETTINGS | (settings.get("context_settings") or {})
        super().__init__(*args, **settings)
        for parameter in self.params:
            _name_parameter(parameter)


class Group(HelpPage, TyperGroup):
    """A command with commands below it."""

    #: The command that is meant where the first word names none; empty for none.
    default = ""

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings["context_settings"] = SETTINGS | (settings.get("context_settings") or {})
        super().__init__(*args, **settings)
        usual = self.subcommand_metavar == "COMMAND [ARGS]..."
        named = _("COMMAND [ARGS]...") if usual else name_value(self.subcommand_metavar)
        self.subcommand_metavar = named
        for parameter in self.params:
            _name_parameter(parameter)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Words that begin with no command are those of `default`; without any, the page is shown."""
        if not args and ctx.resilient_parsing:
            pass  # TAB: what could stand here is told by `shell_complete`
        elif not args and self.no_args_is_help:
            args = ["--help"]
        elif self.default and self._means_default(args):
            args = [self.default, *args]
        return list(super().parse_args(ctx, args))

    def _means_default(self, args: list[str]) -> bool:
        if not args:
            return True
        first = args[0]
        if first in self.commands or first in ("-h", "--help"):
            return False
        # A slip in a command is told as such, unless there is a file of that name.
        return not get_close_matches(first, self.commands, 1, 0.75) or Path(first).exists()

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of that name; a slip is told with what was near."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            if ctx.resilient_parsing:
                return None, None, args
            self.refuse_unknown(ctx, args[0])
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """What TAB offers: commands and flags, and values of the command that may be left out."""
        found = list(super().shell_complete(ctx, incomplete))
        default = self.commands.get(self.default)
        arguments = [each for each in default.params if _is_argument(each)] if default else []
        return found + [one for each in arguments for one in each.shell_complete(ctx, incomplete)]

    def refuse_unknown(self, ctx: Any, word: str) -> None:
        """Ends with exit 2 and the commands that are near `word`."""
        visible = [name for name, command in self.commands.items() if not command.hidden]
        near = get_close_matches(word, visible, 3) or get_close_matches(word, self.commands, 1)
        told = _("There is no command {name}.", name=repr(word))
        if near:
            told += " " + _("Did you mean {near}?", near=", ".join(map(repr, near)))
        ctx.fail(told)


class App(typer.Typer):
    """A Typer whose commands are ours."""

    def __init__(self, cls: type[Group] = Group, **settings: Any) -> None:
        super().__init__(cls=cls, add_completion=False, rich_markup_mode=None, **settings)

    def command(
        self, name: str | None = None, *, cls: type[TyperCommand] | None = Command, **settings: Any
    ) -> Callable[[Run], Run]:
        """As Typer's."""
        return super().command(name, cls=cls, **settings)


def _write_panels(formatter: Any, panels: Iterable[tuple[str, list[Row]]]) -> None:
    """Under each other, what they say in one column."""
    panels = list(panels)
    width = max((len(left) for _title, rows in panels for left, _right in rows), default=0)
    for title, rows in panels:
        formatter.write_paragraph()
        if title:
            formatter.write(f"{typer.style(title, bold=True)}\n")
        with formatter.indentation():
            formatter.write_dl([(left.ljust(width), right) for left, right in rows])


def command_panels(command: Any) -> list[tuple[str, list[Row]]]:
    """The commands below `command`, by heading; those that are hidden are not there."""
    groups = getattr(command, "command_groups", None)
    if groups is not None:
        return list(groups())
    found = getattr(command, "commands", {}).items()
    rows = [(name, each.help or "") for name, each in found if not each.hidden]
    return [(_("Commands"), rows)] if rows else []


def flag_panels(command: Any, ctx: Any) -> Iterator[tuple[str, list[Row]]]:
    """Arguments without a heading, then flags by panel, tuning last."""
    given = [each for each in command.get_params(ctx) if not getattr(each, "hidden", False)]
    arguments = [each for each in given if each.param_type_name == "argument"]
    if arguments:
        yield "", list(map(_row, arguments))
    flags = [each for each in given if each not in arguments]
    for panel in Panel:
        if rows := [_row(each) for each in flags if _panel(each) is panel]:
            yield panel_title(panel), rows


def _panel(parameter: Any) -> Panel:
    return Panel(getattr(parameter, "rich_help_panel", None) or Panel.OTHER)


def _row(parameter: Any) -> Row:
    text = parameter.help or ""
    extra = [*_choices(parameter), *_default(parameter)]
    return _left(parameter), f"{text} {' '.join(extra)}".strip()


def _left(parameter: Any) -> str:
    """`--dry-run, -n`, `--to LIST`, or the argument's name."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar)
    names = ", ".join(sorted(parameter.opts, key=len, reverse=True))
    return f"{names} {parameter.metavar or ''}".rstrip()


def _usage(argument: Any) -> str:
    """`FILE`, `[FILE]` where it may be left out, `FILE...` where there may be several."""
    name = f"{argument.metavar}{'...' if argument.nargs == -1 else ''}"
    return name if argument.required else f"[{name}]"


def _choices(parameter: Any) -> Iterator[str]:
    choices = getattr(parameter.type, "choices", ())
    if choices:
        yield f"({', '.join(map(str, choices))})"


def _default(parameter: Any) -> Iterator[str]:
    """What holds where the flag is not given, where that says something."""
    if parameter.param_type_name == "option" and isinstance(parameter.default, str | int):
        value = str(parameter.default)
        if value not in ("", "0") and not isinstance(parameter.default, bool):
            yield f"[{value}]"


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _is_needed_flag(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "option" and parameter.required)


def _name_parameter(parameter: Any) -> None:
    """What stands for the value in the help: a word instead of Typer's `<str>` and `<bool>`."""
    kind, metavar = parameter.type, parameter.metavar
    if parameter.param_type_name == "argument":
        # Typer puts the brackets and the dots of several around it by itself.
        metavar = (metavar or parameter.name.upper()).strip("[].")
        # A copy, since parameters share their types.
        parameter.type = copy(kind)
        parameter.type.get_metavar = lambda param, ctx: ""
    elif getattr(parameter, "is_flag", False):
        metavar = ""
    elif metavar is None:
        metavar = "WHAT" if kind.name == "choice" else _VALUES.get(kind.name.split()[0], "TEXT")
    parameter.metavar = metavar and name_value(metavar)
