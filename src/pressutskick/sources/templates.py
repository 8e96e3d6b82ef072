"""Finding templates: the operator's own first, then those that come with the program.

The order is `--templates FOLDER`, the workspace's `templates/`, the package's copy in a wheel, the
top-level `templates/` of a checkout. A folder may hold one file only; the rest come from further
down.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pressutskick.errors import InputError, InputNotFound
from pressutskick.message.rendering import TemplateSet, TemplateText
from pressutskick.message.theme import FILE as THEME_FILE
from pressutskick.message.theme import MAX_LOGO
from pressutskick.sentences import say
from pressutskick.sources.shipped import shipped_folder

#: A template above this is not a template.
MAX_OCTETS = 256 * 1024
#: Endings of what may be meant as a logo; `theme` says which of them can be.
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp"})


def read_templates(workspace: Path | None = None, folder: Path | None = None) -> TemplateSet:
    """All templates in the order in which they count; `folder` is what a flag named.

    Raises:
        InputNotFound: `folder` is not there.
        InputError: a template is too large or not UTF-8.
    """
    if folder is not None and not folder.is_dir():
        raise InputNotFound.file(str(folder))
    shipped = shipped_folder("templates")
    places = [folder, None if workspace is None else workspace / "templates"]
    # A checkout is a workspace too: its templates are the shipped ones.
    own = [place for place in places if place is not None and place.resolve() != shipped.resolve()]
    return TemplateSet(
        templates=tuple(
            template
            for place in (*own, shipped)
            for template in _read_folder(place, is_shipped=place == shipped)
        ),
        pictures=tuple(_read_pictures(own)),
    )


def _read_folder(folder: Path, *, is_shipped: bool) -> Iterator[TemplateText]:
    for path in sorted((*folder.glob("*.j2"), *folder.glob(THEME_FILE))):
        octets = path.read_bytes() if path.stat().st_size <= MAX_OCTETS else None
        try:
            text = octets.decode("utf-8-sig") if octets is not None else None
        except UnicodeDecodeError:
            text = None
        if text is None:
            raise InputError(
                say("{file}: a template must be UTF-8 text of at most 256 KiB.", file=path),
                remedy=say("Save it as UTF-8, or delete it to use the one that is shipped."),
            )
        yield TemplateText(name=path.name, text=text, file=str(path), is_shipped=is_shipped)


def _read_pictures(folders: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """What lies beside the theme that counts, by name; one octet more than a logo may have."""
    folder = next((each for each in folders if (each / THEME_FILE).is_file()), None)
    for path in sorted(folder.iterdir()) if folder is not None else ():
        if path.suffix.lower() in _PICTURES and path.is_file():
            with path.open("rb") as stream:
                yield path.name, stream.read(MAX_LOGO + 1)
