"""Finding templates: the operator's own first, then those that come with the program.

The order is `--templates FOLDER`, the workspace's `templates/`, the package's copy in a wheel, the
top-level `templates/` of a checkout. A folder may hold one file only; the rest come from further
down.
"""

from collections.abc import Iterator
from pathlib import Path

from pressutskick.errors import InputError, InputNotFound
from pressutskick.message.rendering import TemplateSet, TemplateText
from pressutskick.sentences import say
from pressutskick.sources.shipped import shipped_folder

#: A template above this is not a template.
MAX_OCTETS = 256 * 1024


def read_templates(workspace: Path | None = None, folder: Path | None = None) -> TemplateSet:
    """All templates in the order in which they count; `folder` is what a flag named.

    Raises:
        InputNotFound: `folder` is not there.
        InputError: a template is too large or not UTF-8.
    """
    if folder is not None and not folder.is_dir():
        raise InputNotFound.file(str(folder))
    own = [folder] if folder is not None else []
    if workspace is not None:
        own.append(workspace / "templates")
    return TemplateSet(
        tuple(
            template
            for place in (*own, shipped_folder("templates"))
            for template in _read_folder(place)
        )
    )


def _read_folder(folder: Path) -> Iterator[TemplateText]:
    for path in sorted(folder.glob("*.j2")):
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
        yield TemplateText(name=path.name, text=text, file=str(path))
