"""Word texts -> HTML, which `markup` turns into Markdown.

Mammoth knows Word's styles; `wordxml` makes the package ready for it. Runs in the limited child
process.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from pressutskick.errors import InputError
from pressutskick.sentences import say
from pressutskick.sources.archive import ArchiveLimits, open_archive, read_member
from pressutskick.sources.documents.leftout import LeftOutNotes, Omitted
from pressutskick.sources.documents.pdf.order import is_page_number
from pressutskick.sources.documents.wordxml import marked_styles, prepare_word

LIMITS = ArchiveLimits(members=2_000, expansion=32 * 1024 * 1024, member=24 * 1024 * 1024)
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh\n"


def convert_docx(data: bytes, notes: LeftOutNotes, *, name: str) -> str:
    """A Word document as HTML; what stands beside its text goes into `notes`.

    Raises:
        ImportError: mammoth is not installed.
        InputError: damaged, protected, beyond the limits, or with XML entities.
    """
    import mammoth

    archive = open_archive(data, name=name, limits=LIMITS)
    try:
        package, beside = prepare_word(_parts(archive, name))
        document = mammoth.convert_to_html(
            io.BytesIO(package),
            style_map=_STYLES + marked_styles(),
            ignore_empty_paragraphs=False,
            include_embedded_style_map=False,
        )
    except (
        KeyError, ValueError, IndexError, AttributeError, OSError, ElementTree.ParseError
    ) as error:  # fmt: skip
        raise InputError(say("{file} is damaged: it cannot be read as Word.", file=name)) from error
    for what, words in beside:
        if not is_page_number(words):
            notes.add(what, words)
    for message in document.messages:
        if "w:sym" in message.message:
            notes.add(Omitted.CONTROL)
    return str(document.value)


def _parts(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, bytes]]:
    """The package's parts; pictures are not unpacked."""
    for member in archive.namelist():
        if member.endswith((".xml", ".rels")):
            part = read_member(archive, member, name=name, limits=LIMITS)
            refuse_entities(part, name)
            yield member, part


def refuse_entities(xml: bytes, name: str) -> None:
    """A document type can make a kilobyte unfold to gigabytes; office programs write none."""
    plain = xml.replace(b"\x00", b"")
    if re.search(rb"<!(DOCTYPE|ENTITY)", plain):
        raise InputError(
            say("{file} holds an XML document type or entities, which are not read.", file=name)
        )
