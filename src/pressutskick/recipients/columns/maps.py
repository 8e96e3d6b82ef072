"""The file of corrections beside a list (`LIST.columns.toml`): text <-> `Guide`. Pure.

TOML, because a person writes it by hand and it has a reader in the standard library:

    [columns]
    "Vem" = "name"
    "Anteckning" = "extra"
    "Intern" = "ignore"

    [defaults]
    source = "redaktionens webbplats"
    legal_ground = "art. 6.1 e"
"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from difflib import get_close_matches

from pressutskick.errors import InputError, Origin, Problem, Severity
from pressutskick.recipients.columns.model import Columns, Guide, Understanding
from pressutskick.recipients.fields import Field, fold_header, fold_whole
from pressutskick.sentences import Sentence, say

EXTRA = "extra"
IGNORE = "ignore"
#: Fields that make no sense as the same for every row.
_NO_DEFAULT = (Field.ADDRESS, Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.PHONE)


def parse_guide(text: str, *, file: str) -> Guide:
    """The corrections in `text`; `file` is for the errors.

    Raises:
        InputError: not TOML, or a word that is no field; tells all of them.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(say("{file}: not TOML: {reason}.", file=file, reason=error)) from error
    reader = _Reader(file)
    columns = reader.words(document, "columns", {*Field, EXTRA, IGNORE})
    defaults = reader.texts(document, "defaults")
    for key in sorted(set(document) - {"columns", "defaults"}):
        reader.fault(key, say("{word} is neither columns nor defaults", word=key))
    for key in sorted(set(defaults) - {field.value for field in Field if field not in _NO_DEFAULT}):
        reader.fault(key, say("{word} is no field that can have a default", word=key))
    if reader.problems:
        raise InputError(problems=reader.problems)
    words = _by_key(columns)
    return Guide(
        columns={
            key: None if word == EXTRA else Field(word)
            for key, word in words.items()
            if word != IGNORE
        },
        ignored=frozenset(key for key, word in words.items() if word == IGNORE),
        defaults={Field(key): value for key, value in defaults.items()},
    )


def _by_key(columns: Mapping[str, str]) -> dict[str, str]:
    """The words by the keys that `Guide.key_of` looks for: brackets count where they must."""
    short = Counter(fold_header(header) for header in columns)
    found = {fold_whole(header): word for header, word in columns.items()}
    for header, word in columns.items():
        if short[fold_header(header)] == 1:
            found.setdefault(fold_header(header), word)
    return found


class _Reader:
    """Takes tables of strings and collects what is wrong with them."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.problems: list[Problem] = []

    def fault(self, key: str, sentence: Sentence) -> None:
        """One fault, at the key."""
        origin = Origin(file=self._file, column=key)
        self.problems.append(
            Problem(code="list.guide", severity=Severity.ERROR, sentence=sentence, origin=origin)
        )

    def texts(self, document: Mapping[str, object], name: str) -> dict[str, str]:
        """The table `name`, each value a string."""
        table = document.get(name, {})
        if not isinstance(table, dict):
            self.fault(name, say("{word} must be a table", word=name))
            return {}
        for key, value in table.items():
            if not isinstance(value, str):
                self.fault(key, say("{word} must be a text in quotation marks", word=key))
        return {key: value for key, value in table.items() if isinstance(value, str)}

    def words(self, document: Mapping[str, object], name: str, known: set[str]) -> dict[str, str]:
        """The same where each value is one of `known`."""
        table = self.texts(document, name)
        for header, word in table.items():
            if word not in known:
                near = get_close_matches(word, known, 1)
                hint = (
                    say("Did you mean {word}?", word=near[0]) if near else say("See docs/lists.md.")
                )
                self.fault(header, say("{word} is no field. {hint}", word=word, hint=hint))
        return {header: word for header, word in table.items() if word in known}


def format_guide(columns: Columns, corrections: Mapping[str, str], guide: Guide) -> str:
    """The text of a guide that keeps today's understanding and adds `corrections`.

    Args:
        columns: how the list is understood.
        corrections: header as written -> field, `extra` or `ignore`.
        guide: what the file said before; its defaults are kept.
    """
    changed = {fold_whole(header): word for header, word in corrections.items()}
    lines = ["[columns]"]
    for column in columns.columns:
        word = changed.get(fold_whole(column.header)) or _word(column.field, column.understanding)
        if word and column.understanding is not Understanding.LINK:
            lines.append(f"{_quote(column.header)} = {_quote(word)}")
    if guide.defaults:
        lines += ["", "[defaults]"]
        lines += [f"{field.value} = {_quote(value)}" for field, value in guide.defaults.items()]
    return "\n".join(lines) + "\n"


def _word(field: Field | None, understanding: Understanding) -> str:
    """What the guide says of a column; nothing of one whose name means what another one is."""
    if field is not None:
        return field.value
    if understanding is Understanding.RIVAL:
        return ""
    return IGNORE if understanding is Understanding.IGNORED else EXTRA


def _quote(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else _escape(c) for c in escaped) + '"'


def _escape(char: str) -> str:
    """A character by its number; a lone surrogate, which TOML cannot hold, is replaced."""
    is_surrogate = "\ud800" <= char <= "\udfff"
    return "\ufffd" if is_surrogate else f"\\U{ord(char):08x}"
