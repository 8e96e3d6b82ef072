"""Asks a person, column by column, what the columns of a list mean. Writes nothing itself."""

from collections.abc import Mapping, Sequence

from pressutskick.cli.language import _
from pressutskick.cli.shows.screen.console import plain, talk
from pressutskick.cli.typed import read_answer
from pressutskick.recipients.columns.model import Column, letter_of


def ask_columns(
    columns: Sequence[Column], examples: Mapping[int, Sequence[str]], fields: Sequence[str]
) -> Mapping[str, str]:
    """What is to be changed: header -> field. The end of the input, at any column, is nothing."""
    talk().print(plain(_("Fields: {fields}", fields=", ".join(fields))))
    talk().print(plain(_("Enter keeps what stands there; Ctrl-D leaves all as it was.")))
    found: dict[str, str] = {}
    for number, column in enumerate(columns, 1):
        place = f"{number}/{len(columns)} {letter_of(column.index)} {column.header}"
        shown = " · ".join(examples.get(column.index, ())) or _("(no cell holds anything)")
        talk().print()
        talk().print(plain(f"{place}: ", "bold").append_text(plain(shown, "dim")))
        answer = _ask_field(column, fields)
        if answer is None:
            talk().print(plain(_("Nothing was changed.")))
            return {}
        if answer:
            found[column.header] = answer
    return found


def _ask_field(column: Column, fields: Sequence[str]) -> str | None:
    """The field, empty to keep it, None at the end of the input."""
    means = column.field.value if column.field else "–"
    while True:
        answer = read_answer(_("means {field}; another field, or Enter:", field=means))
        if answer is None or not answer or answer.casefold() == means:
            return answer and ""
        if answer.casefold() in fields:
            return answer.casefold()
        talk().print(plain(_("{word} is no field.", word=answer)))
