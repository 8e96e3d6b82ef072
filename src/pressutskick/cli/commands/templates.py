"""`templates`: which there are, copies to edit, what a newer version changed, and a trial of all."""

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressutskick.cli import completing
from pressutskick.cli.context import command_settings
from pressutskick.cli.flags.shared import Force
from pressutskick.cli.language import _, _n
from pressutskick.cli.shows.screen.console import out, plain, print_table, show_problems, talk
from pressutskick.cli.tree import App
from pressutskick.errors import ExitStatus, InputNotFound, Severity, UsageError
from pressutskick.sentences import say

if TYPE_CHECKING:
    from rich.text import Text

    from pressutskick.message.rendering import TemplateSet, TemplateText

app = App()

_DIFF_COLOURS = {"+": "green", "-": "red", "@": "cyan"}
_EXAMPLE = "theme.example.toml"


@app.callback(invoke_without_command=True)
def templates(context: typer.Context) -> None:
    """Lists them where no command follows."""
    if context.invoked_subcommand is None:
        show()


@app.command(name="list", help=_("Which templates there are, and which of them are your own."))
def show() -> None:
    """One line each."""
    from rich.table import Table

    from pressutskick.message.theme import FILE as THEME_FILE
    from pressutskick.message.trial import find_unread
    from pressutskick.sources.templates import read_templates

    found = read_templates(command_settings().workspace)
    own = {each.name: each for each in found.own}
    table = Table(box=None, show_edge=False, pad_edge=False)
    for heading in (_("template"), _("in use")):
        table.add_column(plain(heading), no_wrap=True)
    table.add_column(plain(_("what it makes")))
    for name in sorted({THEME_FILE, *(each.name for each in found.templates)}):
        table.add_row(plain(name), _tell_place(own.get(name), name), plain(_tell_purpose(name)))
    print_table(table)
    show_problems(find_unread(found))


def _tell_place(own: "TemplateText | None", name: str) -> "Text":
    from pressutskick.message.theme import FILE as THEME_FILE

    if own is not None:
        return plain(_("yours"), "bold")
    return plain(_("none") if name == THEME_FILE else _("shipped"), "dim")


def _tell_purpose(name: str) -> str:
    stem = name.partition(".")[0]
    return {
        "base": _("the frame: greeting, contacts, sender, footer"),
        "invitation": _("an invitation"),
        "notice": _("embargo, reminder, correction, cancellation"),
        "release": _("a press release"),
        "styles": _("sizes and spaces of the HTML part"),
        "subject": _("the subject line"),
        "theme": _("colours, logo, footer and words of your own"),
        "words": _("labels and sentences"),
    }.get(stem, "")


@app.command(help=_("Copy shipped templates into your workspace, to edit the copies."))
def copy(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME",
            help=_("Such as theme.toml, base.html.j2."),
            autocompletion=completing.offer_templates,
        ),
    ],
    force: Force = False,
) -> None:
    """Each into `templates/` of the workspace."""
    from pressutskick.exports.templates import copy_template
    from pressutskick.sources.shipped import shipped_folder

    folder = command_settings().workspace / "templates"
    shipped = shipped_folder("templates")
    if folder.resolve() == shipped.resolve():
        raise UsageError(
            say("Here stand the shipped templates themselves; there is nothing to copy.")
        )
    texts = [(name, _read_shipped(shipped, name)) for name in names]
    for name, text in texts:
        path = copy_template(folder, name, text, force=force)
        talk().print(plain(_("{file} is yours to edit.", file=path)))
    talk().print(plain(_("See what it does with: pressutskick preview FILE --to LIST --browser")))


def _read_shipped(folder: Path, name: str) -> str:
    from pressutskick.message.theme import FILE as THEME_FILE

    names = sorted(path.name for path in folder.glob("*.j2"))
    if name not in (*names, THEME_FILE):
        raise InputNotFound(
            say("There is no template called {name}.", name=name),
            remedy=say("There are: {names}.", names=", ".join([THEME_FILE, *names])),
        )
    path = folder / (_EXAMPLE if name == THEME_FILE else name)
    return path.read_text("utf-8")


@app.command(help=_("What a newer version of the program changed in what you have copied."))
def diff() -> None:
    """For each file of one's own that stands in place of a shipped one."""
    from pressutskick.sources.templates import read_templates

    found = read_templates(command_settings().workspace)
    pairs = [
        (own, shipped) for own in found.own for shipped in found.shipped if own.name == shipped.name
    ]
    if not pairs:
        talk().print(plain(_("No template of your own stands in place of a shipped one.")))
    for own, shipped in pairs:
        _show_difference(own, shipped)


def _show_difference(own: "TemplateText", shipped: "TemplateText") -> None:
    """What changed since the copy; where nobody knows what was copied, what the copy differs in."""
    from pressutskick.exports.templates import read_original

    original = read_original(Path(own.file))
    if original == shipped.text:
        talk().print(plain(_("{file}: the shipped one is as it was.", file=own.file)))
        return
    before, after = (original, shipped) if original is not None else (shipped.text, own)
    lines = list(
        difflib.unified_diff(
            before.splitlines(),
            after.text.splitlines(),
            _("{name}, when you copied it", name=own.name)
            if original
            else _("{name}, shipped", name=own.name),
            _("{name}, shipped now", name=own.name) if original else own.file,
            lineterm="",
        )
    )
    for line in lines:
        out().print(plain(line, _DIFF_COLOURS.get(line[:1], "")))
    if not lines:
        talk().print(plain(_("{file}: the same as the shipped one.", file=own.file)))


@app.command(help=_("Try every kind, purpose and language; tell each mistake with its line."))
def check() -> None:
    """Exit status 65 where there is a mistake."""
    from pressutskick.message.trial import try_templates
    from pressutskick.sources.templates import read_templates

    found = read_templates(command_settings().workspace)
    problems = try_templates(found)
    show_problems(problems, out())
    if any(problem.severity is Severity.ERROR for problem in problems):
        told = _n("{count} problem.", "{count} problems.", len(problems))
        talk().print(plain(told))
        raise typer.Exit(ExitStatus.DATA)
    talk().print(plain(_tell_sound(found)))


def _tell_sound(found: "TemplateSet") -> str:
    if not found.own:
        return _("There are no templates of your own; the shipped ones are sound.")
    return _n(
        "Your {count} file makes sound mails of every kind.",
        "Your {count} files make sound mails of every kind.",
        len(found.own),
    )
