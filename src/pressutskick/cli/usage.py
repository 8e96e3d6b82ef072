"""Typer's own sentences in the person's language.

Typer sends its headings through gettext, but not its mistakes in usage nor its help on `--help`.
Here they are recognised by their frame and said in our words; what is not recognised stays English.
"""

import re
from typing import Any

from pressutskick.cli.language import _


def translate_usage(message: str) -> str:
    """A usage error of Typer's, such as `No such option: --x`, in the person's language."""
    message = message.strip()
    for frame, words in _frames():
        match = frame.fullmatch(message)
        if match:
            parts = {
                name: translate_usage(part) if name == "why" else part
                for name, part in match.groupdict().items()
            }
            if "near" in parts:
                parts["near"] = _nearest_first(parts["near"], parts["option"])
            return words.format(**parts)
    return message


def _nearest_first(names: str, typed: str) -> str:
    """What begins as the slip does stands before what only looks like it."""
    first = typed.lstrip("-")[:1]
    return ", ".join(sorted(names.split(", "), key=lambda name: name.lstrip("-")[:1] != first))


def _frames() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Typer's frames and ours; `why` is itself a message with a frame."""
    return (
        (
            re.compile(r"No such option: (?P<option>\S+?)\.?", re.DOTALL),
            _("There is no option {option}.", option="{option}"),
        ),
        (
            re.compile(
                r"No such option: (?P<option>\S+) \(Possible options: (?P<near>.*)\)",
                re.DOTALL,
            ),
            _(
                "There is no option {option}. Did you mean {near}?",
                option="{option}",
                near="{near}",
            ),
        ),
        (
            re.compile(r"Missing argument '(?P<name>.*?)'\.?", re.DOTALL),
            _("{name} is missing.", name="{name}"),
        ),
        (
            re.compile(r"Missing option '(?P<name>.*?)'\.?", re.DOTALL),
            _("{name} is missing.", name="{name}"),
        ),
        (
            re.compile(r"Option '(?P<name>.*?)' requires an argument\.?", re.DOTALL),
            _("{name} needs a value.", name="{name}"),
        ),
        (
            re.compile(r"Got unexpected extra arguments? ?\(?s?\)? ?\((?P<extra>.*)\)", re.DOTALL),
            _("This is too much: {extra}", extra="{extra}"),
        ),
        (
            re.compile(r"Invalid value for (?P<name>.*?): (?P<why>.*)", re.DOTALL),
            _("{name} is wrong: {why}", name="{name}", why="{why}"),
        ),
        (
            re.compile(r"(?P<value>'.*?') is not one of (?P<choices>.*?)\.?", re.DOTALL),
            _("{value} is none of {choices}.", value="{value}", choices="{choices}"),
        ),
        (
            re.compile(r"'.*' is not a valid (?:int|float)\b.*", re.DOTALL),
            _("it must be a number."),
        ),
        (
            re.compile(r"\S+ is not in the range (?P<least>-?\d+)<=x<=(?P<most>\d+)\.?", re.DOTALL),
            _("it must be {least} to {most}.", least="{least}", most="{most}"),
        ),
        (
            re.compile(r"\S+ is not in the range x>=(?P<least>-?\d+)\.?", re.DOTALL),
            _("it must be at least {least}.", least="{least}"),
        ),
    )


def show_usage_error(error: Any) -> None:
    """Usage, where to find help, and what was wrong, on stderr."""
    from pressutskick.cli.shows.screen.console import plain, talk

    context = getattr(error, "ctx", None)
    if context is not None:
        talk().print(plain(context.get_usage(), "yellow"))
        talk().print(plain(_("{command} --help shows more.", command=context.command_path)))
    line = plain("pressutskick: ", "bold red")
    talk().print(line.append_text(plain(translate_usage(error.format_message()))))
    if getattr(getattr(error, "param", None), "name", None) == "to":
        _name_lists()


def _name_lists() -> None:
    """The lists of the workspace, where the one that is wanted was not named."""
    from pressutskick.cli.context import find_place
    from pressutskick.cli.shows.screen.console import plain, talk
    from pressutskick.sources.lists.named import list_names

    if names := list_names(find_place().folder):
        told = _("Lists in recipients/: {names}.", names=", ".join(names))
        talk().print(plain(told))


def name_value(metavar: str) -> str:
    """`ADDRESS...` or `[DISPATCH]` in the person's language; what is no such word stays."""
    words = {
        "ADDRESS": _("ADDRESS"),
        "BAG": _("BAG"),
        "CHOICE": _("CHOICE"),
        "COMMAND": _("COMMAND"),
        "DATE": _("DATE"),
        "DAYS": _("DAYS"),
        "DISPATCH": _("DISPATCH"),
        "FIELD": _("FIELD"),
        "FILE": _("FILE"),
        "FOLDER": _("FOLDER"),
        "HEADER": _("HEADER"),
        "LIST": _("LIST"),
        "MONTHS": _("MONTHS"),
        "NAME": _("NAME"),
        "NEW": _("NEW"),
        "NUMBER": _("NUMBER"),
        "OLD": _("OLD"),
        "PERIOD": _("PERIOD"),
        "RATE": _("RATE"),
        "RELEASE": _("RELEASE"),
        "SEAL": _("SEAL"),
        "STAGE": _("STAGE"),
        "TAG": _("TAG"),
        "TEXT": _("TEXT"),
        "TIME": _("TIME"),
        "WHAT": _("WHAT"),
    }
    return re.sub(r"[A-Z]{2,}", lambda match: words.get(match[0], match[0]), metavar)
