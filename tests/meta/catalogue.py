"""The Swedish catalogue: extract sentences, merge them into the .po, compile the .mo.

`make catalogue` runs this; `test_catalogue.py` holds the result against the code. Sentences are the
first argument of `_` and `say`, the first two of `_n` and `say_many`, and what Typer itself says.
"""

import io
from collections.abc import Iterator
from pathlib import Path

import typer
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from pressutskick import __version__

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "pressutskick"
PO = PACKAGE / "locale" / "sv" / "LC_MESSAGES" / "pressutskick.po"
MO = PO.with_suffix(".mo")
MAINTAINER = "The founders of pressutskick <founders@pressutskick.example>"
KEYWORDS = {"_": None, "_n": (1, 2), "say": None, "say_many": (1, 2)}

MessageId = str | tuple[str, str]


def _extract(folder: Path) -> Iterator[MessageId]:
    found = extract_from_dir(
        folder, method_map=[("**.py", "python")], keywords=KEYWORDS, strip_comment_tags=True
    )
    for _file, _line, message, _comments, _context in found:
        if message and message != "":
            yield message if isinstance(message, str) else tuple(message)


def own_sentences() -> set[MessageId]:
    """Every sentence that our code can tell."""
    return set(_extract(PACKAGE))


def typer_sentences() -> set[MessageId]:
    """What Typer says through gettext: headings of the help, mistakes in usage."""
    return set(_extract(Path(typer.__file__).parent))


def read_catalogue() -> Catalog:
    """The catalogue as it stands in the .po file."""
    with PO.open("rb") as file:
        return read_po(file, locale="sv", domain="pressutskick")


def compile_catalogue(catalogue: Catalog) -> bytes:
    """The bytes of the .mo file."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def update() -> None:
    """Takes new sentences in, drops those that nothing says any more, compiles."""
    template = Catalog(domain="pressutskick")
    for message in sorted(own_sentences() | typer_sentences(), key=str):
        template.add(message)
    catalogue = read_catalogue() if PO.exists() else Catalog(locale="sv", domain="pressutskick")
    # The date would differ each time, and two branches that add sentences would clash over it.
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    _sign(catalogue)
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, omit_header=False, no_location=True)
    MO.write_bytes(compile_catalogue(read_catalogue()))
    missing = [message.id for message in read_catalogue() if message.id and not message.string]
    print(f"{len(list(catalogue))} sentences, {len(missing)} without Swedish")  # noqa: T201


def _sign(catalogue: Catalog) -> None:
    """The header, with nothing left of Babel's placeholders."""
    catalogue.header_comment = "# The Swedish of pressutskick, under the same licence (MIT)."
    catalogue.fuzzy = False
    catalogue.project, catalogue.version = "pressutskick", __version__
    catalogue.msgid_bugs_address = catalogue.last_translator = MAINTAINER
    catalogue.language_team = MAINTAINER
    catalogue.revision_date = catalogue.creation_date


if __name__ == "__main__":
    update()
