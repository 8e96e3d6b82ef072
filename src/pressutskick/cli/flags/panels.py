"""Under which heading of the help a flag stands; each flag says it where it is declared."""

from enum import StrEnum

from pressutskick.cli.language import _


class Panel(StrEnum):
    """The headings in the order of a page."""

    #: Flags that stand under no heading of their own.
    OTHER = "other"
    #: Which recipients are meant.
    WHO = "who"
    #: When it goes out, and on whose word.
    WHEN = "when"
    #: What the mail is like.
    LOOKS = "looks"
    #: Trying it without mailing anybody.
    REHEARSE = "rehearse"
    #: What the command prints.
    OUTPUT = "output"
    #: What hardly anybody needs; each is a setting too, or has a good default.
    TUNING = "tuning"


def panel_title(panel: Panel) -> str:
    """The heading in the person's language."""
    return {
        Panel.OTHER: _("Options"),
        Panel.WHO: _("Who gets it"),
        Panel.WHEN: _("When, and on whose word"),
        Panel.LOOKS: _("What they get"),
        Panel.REHEARSE: _("Rehearse"),
        Panel.OUTPUT: _("Output"),
        Panel.TUNING: _("Tuning (seldom needed)"),
    }[panel]
