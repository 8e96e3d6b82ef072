"""A draft of what those on a media list must be told (GDPR article 14), for a person to finish."""

from pathlib import Path

import jinja2

from pressutskick.exports.private import write_private
from pressutskick.mail import Mailbox

_LANGUAGES = ("sv", "en")


def write_information_draft(
    path: Path, *, language: str, sender: Mailbox, organisation: str
) -> None:
    """Writes the draft; what only the person can know stands in square brackets.

    Raises:
        UsageError: the file is there already.
        FileFault: the disk or its rights do not let it be written.
    """
    chosen = language if language in _LANGUAGES else "en"
    source = Path(__file__).with_name(f"information.{chosen}.md.j2").read_text("utf-8")
    # A text for Markdown, not for HTML: what is written is read and judged like any other document.
    environment = jinja2.Environment(  # noqa: S701
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    text = environment.from_string(source).render(
        name=sender.name or organisation, address=sender.address, organisation=organisation
    )
    write_private(path, text, force=False)
