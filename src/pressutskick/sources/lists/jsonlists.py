"""JSON -> rows: an array of objects, or an object that holds one such array.

The row number is the object's place in the array, from 1. A list of texts is a cell of several
words (tags); anything deeper is a fault of its row.
"""

import json
from collections.abc import Iterator, Mapping

from pressutskick.errors import InputError, Origin, Problem, Severity
from pressutskick.recipients.rows import Beside, Row
from pressutskick.sentences import say
from pressutskick.sources.lists.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS


def read_json(text: str, *, file: str) -> Iterator[Row | Problem | Beside]:
    """A row for each object, under a header of all their keys at line 0.

    Raises:
        InputError: not JSON, or not a list of objects.
    """
    document = _parse(text, file)
    people = _people(document)
    if people is None or len(people) > MAX_ROWS:
        raise InputError(
            say("{file}: the JSON must be an array of objects, one for each recipient.", file=file)
        )
    keys = list(dict.fromkeys(key for person in people for key in person))
    if len(keys) > MAX_COLUMNS:
        raise InputError(
            say("{file}: the objects have more than {count} keys.", file=file, count=MAX_COLUMNS)
        )
    yield Row(0, tuple(keys))
    for line, person in enumerate(people, start=1):
        cells = []
        for key in keys:
            cell = _cell(person.get(key))
            if cell is None:
                yield _too_deep(file, line, key)
            cells.append(cell or "")
        yield Row(line, tuple(cells))
    yield from _beside(document, people)


def _beside(document: object, people: list[Mapping[str, object]]) -> Iterator[Beside]:
    """What stands in the object that holds the array, and is not in it."""
    if not isinstance(document, dict) or [document] == people:
        return
    for key, value in document.items():
        if not isinstance(value, list):
            yield Beside(place=str(key), text=json.dumps(value, ensure_ascii=False)[:MAX_CELL])


def _parse(text: str, file: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        place = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise InputError(
            say("{file}:{line}: this is not JSON ({reason}).", file=file, line=place, reason=error)
        ) from error


def _people(document: object) -> list[Mapping[str, object]] | None:
    if isinstance(document, dict):
        arrays = [value for value in document.values() if isinstance(value, list)]
        document = arrays[0] if len(arrays) == 1 else [document]
    if not isinstance(document, list):
        return None
    if document and all(isinstance(entry, str) for entry in document):
        return [{"address": entry} for entry in document]
    return document if all(isinstance(entry, dict) for entry in document) else None


def _cell(value: object) -> str | None:
    """The text of a value; None where it is no text of one cell."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(word, str | int) for word in value):
        value = ", ".join(str(word) for word in value)
    if isinstance(value, str | int | float):
        text = str(value)
        return text if len(text) <= MAX_CELL else None
    return None


def _too_deep(file: str, line: int, key: str) -> Problem:
    return Problem(
        code="list.too_deep",
        severity=Severity.ERROR,
        sentence=say("the value is no text, number or list of texts"),
        origin=Origin(file=file, line=line, column=key),
    )
