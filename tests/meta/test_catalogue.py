"""Every sentence has its Swedish."""

import ast
import re
import string

from tests.meta.catalogue import (
    KEYWORDS,
    MO,
    PACKAGE,
    ROOT,
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


def test_no_sentence_hides_in_an_f_string() -> None:
    """Before Python 3.12 nobody who looks for sentences would find it there."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in PACKAGE.rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in KEYWORDS
    ]
    assert hidden == []


def test_the_swedish_uses_the_same_values() -> None:
    foreign = typer_sentences()
    for message in read_catalogue():
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        if not ids[0] or not any(texts) or message.id in foreign:
            continue
        allowed = {name for text in ids for name in _names(text)}
        wanted = set(_names(ids[-1])) - {"count"}
        for text in texts:
            assert wanted <= set(_names(text)) <= allowed, message.id


def _names(pattern: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(pattern) if name]


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    assert MO.read_bytes() == compile_catalogue(read_catalogue())


#: What the Swedish calls otherwise: mejlserver, mejl, mellanslag, tillfälle, inställt.
OTHER_WORDS = re.compile(
    r"\b(e-postserver|e-mail|mail(a|as|et|en)?\b|blanksteg|evenemang|återbud)", re.IGNORECASE
)


def test_the_swedish_has_one_word_for_each_thing_and_its_own_quotation_marks() -> None:
    texts = [
        text
        for message in read_catalogue()
        for text in ([message.string] if isinstance(message.string, str) else message.string)
        if message.id
    ]
    # The address of somebody else's page has the words of its owner.
    said = [re.sub(r"https?://\S+", "", text) for text in texts]
    assert [text for text in said if OTHER_WORDS.search(text)] == []
    assert [text for text in texts if re.search("[“„]", text)] == []


def test_the_readme_in_swedish_has_them_too() -> None:
    text = (ROOT / "README.sv.md").read_text("utf-8")
    prose = re.sub(r"```.*?```|`[^`]*`|\(docs[^)]*\)", "", text, flags=re.DOTALL)
    assert not OTHER_WORDS.findall(prose)
    assert not re.search("[“„]", prose)


def test_one_word_does_not_stand_for_two() -> None:
    """A verb of a sentence and a state in a table may be one word in English and two in Swedish."""
    swedish = {message.id: message.string for message in read_catalogue() if message.id}
    assert swedish["read"] == "läst"  # how sure a fact is, in a table
