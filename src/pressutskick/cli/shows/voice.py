"""How a sending command talks: on stderr, not at all with `--quiet`, marked in the sandbox.

In the sandbox the first line, the question and the last one say that nothing leaves the machine; a
mark stands before what is between.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.text import Text

from pressutskick.cli.language import _
from pressutskick.cli.shows.remarks import count_line, left_out_line, warnings
from pressutskick.cli.shows.screen.console import plain, problem_lines, talk
from pressutskick.cli.typed import ask_line
from pressutskick.errors import Problem

if TYPE_CHECKING:
    from pressutskick.settings.model import Settings

#: What stands before each line of a rehearsal.
_LINE_MARK = "┊ "
#: Columns of a line that is not for a terminal.
_UNWRAPPED_WIDTH = 10_000


class Marked:
    """Something to print, with a mark before each of its lines, the wrapped ones too."""

    def __init__(self, mark: Text, thing: RenderableType) -> None:
        """`mark` is one line."""
        self._mark = mark
        self._thing = thing

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        # Where nothing is wrapped (a pipe) nothing may be cut either.
        room = _UNWRAPPED_WIDTH if options.no_wrap else options.max_width - self._mark.cell_len
        inner = options.update(width=max(20, room))
        mark = [part for part in console.render(self._mark) if part.text.strip("\n")]
        for line in console.render_lines(self._thing, inner, pad=False):
            yield from mark
            yield from line
            yield Segment.line()


def rehearse(settings: "Settings", voice: "Voice") -> "Settings":
    """The settings of a rehearsal, which needs no sender; says so, and whose name stands in."""
    from pressutskick.settings.standin import with_stand_in

    found = with_stand_in(settings)
    voice.begin("" if found is settings else str(found.sender))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One command's voice."""

    is_quiet: bool = False
    is_sandbox: bool = False

    @property
    def mark(self) -> str:
        """What stands before a question: nothing, outside the sandbox."""
        return _("sandbox, nothing is sent: ") if self.is_sandbox else ""

    def begin(self, stand_in: str = "") -> None:
        """Says at the start of a rehearsal that it is one; `stand_in` is a sender that we made up."""
        if self.is_quiet:
            return
        if self.is_sandbox:
            told = _("SANDBOX: nothing leaves this machine; the mails are kept in outbox/.")
            talk().print(plain(told, "bold cyan"))
        if stand_in:
            told = _(
                "No sender is set yet; {sender} stands in. Set yours with: pressutskick init",
                sender=stand_in,
            )
            self.say(told)

    def end(self) -> None:
        """Says at the end of a rehearsal that it was one."""
        if self.is_sandbox and not self.is_quiet:
            told = _("That was the sandbox: nobody was mailed. For real: leave out --sandbox.")
            talk().print(plain(told, "bold cyan"))

    def ask(self, question: str) -> str:
        """One line that the person types; nothing at the end of the input or with Ctrl-C.

        A question is asked even of who wants to hear nothing else.
        """
        return ask_line(f"{self.mark}{plain(question)}")

    def say(self, text: str, style: str = "") -> None:
        """A line, or several."""
        self.show(plain(text, style))

    def show(self, thing: RenderableType) -> None:
        """A text, a table or a quotation."""
        if not self.is_quiet:
            talk().print(self._marked(thing))

    def _marked(self, thing: RenderableType) -> RenderableType:
        return Marked(plain(_LINE_MARK, "cyan"), thing) if self.is_sandbox else thing

    @property
    def height(self) -> int | None:
        """Lines of the terminal; None where nobody watches it scroll."""
        return talk().height if talk().is_terminal and not self.is_quiet else None

    def measure(self, *things: RenderableType) -> int:
        """Lines of the terminal that they take."""
        return sum(len(talk().render_lines(self._marked(thing), pad=False)) for thing in things)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """The grave ones first, each file named once."""
        for line in problem_lines(problems, is_grouped=talk().is_terminal):
            self.show(line)

    def show_remarks(
        self, problems: Sequence[Problem], name: str, command: str, *, is_known: bool = False
    ) -> None:
        """Each warning, and on one line what readers left out of `name`.

        Of what `is_known` only how much there is: it was shown when the dispatch began.
        """
        if is_known:
            if (line := count_line(problems, command)) is not None:
                self.show(line)
            return
        self.show_problems(warnings(problems))
        if (line := left_out_line(problems, name, command)) is not None:
            self.show(line)

    def log_command(self, dispatch: str = "", command: str = "", *flags: str) -> str:
        """The command that shows this dispatch's log, the sandbox's own where this is one."""
        return self.command("log", command, dispatch, *flags)

    def command(self, *words: str) -> str:
        """A command of ours, for the sandbox where this is one."""
        said = ["pressutskick", *words, "--sandbox" if self.is_sandbox else ""]
        return " ".join(word for word in said if word)
