"""Every sentence has its Swedish."""

import string

from tests.meta.catalogue import (
    MO,
    compile_catalogue,
    own_sentences,
    read_catalogue,
    typer_sentences,
)


def test_every_sentence_has_its_swedish() -> None:
    catalogue = read_catalogue()
    missing = [
        message
        for message in own_sentences()
        if not (found := catalogue.get(message if isinstance(message, str) else message[0]))
        or not (found.string if isinstance(found.string, str) else all(found.string))
        or found.fuzzy  # is not compiled
    ]
    assert missing == []


def test_the_swedish_uses_the_same_values() -> None:
    for message in read_catalogue():
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        if not ids[0] or not any(texts) or message.id in typer_sentences():
            continue
        allowed = {name for text in ids for name in _names(text)}
        wanted = set(_names(ids[-1])) - {"count"}
        for text in texts:
            assert wanted <= set(_names(text)) <= allowed, message.id


def _names(pattern: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(pattern) if name]


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    assert MO.read_bytes() == compile_catalogue(read_catalogue())
