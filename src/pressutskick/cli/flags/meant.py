"""Flags that say who is meant, the same in every command; and what they ask for as a value."""

from dataclasses import dataclass
from typing import Annotated

import typer

from pressutskick.cli import completing
from pressutskick.cli.flags.panels import Panel
from pressutskick.cli.language import _
from pressutskick.recipients.selection import Selection

ToLists = Annotated[
    list[str],
    typer.Option(
        "--to",
        metavar="LIST",
        help=_("A list: file, or name in recipients/; may be repeated."),
        autocompletion=completing.offer_lists,
        rich_help_panel=Panel.WHO,
    ),
]
AlsoTo = Annotated[
    list[str] | None,
    typer.Option(
        "--to",
        metavar="LIST",
        help=_("A list: file, or name in recipients/; may be repeated."),
        autocompletion=completing.offer_lists,
        rich_help_panel=Panel.WHO,
    ),
]
Tags = Annotated[
    list[str] | None,
    typer.Option(
        "--tag",
        metavar="TAG",
        help=_("Only those with this tag; several: any of them."),
        autocompletion=completing.offer_tags,
        rich_help_panel=Panel.WHO,
    ),
]
NotTags = Annotated[
    list[str] | None,
    typer.Option(
        "--not-tag",
        metavar="TAG",
        help=_("Nobody with this tag."),
        autocompletion=completing.offer_tags,
        rich_help_panel=Panel.WHO,
    ),
]
Outlets = Annotated[
    list[str] | None,
    typer.Option(
        "--outlet",
        metavar="NAME",
        help=_("Only this outlet; several: any of them."),
        autocompletion=completing.offer_outlets,
        rich_help_panel=Panel.WHO,
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="ADDRESS",
        help=_("Only this address or @domain."),
        autocompletion=completing.offer_addresses,
        rich_help_panel=Panel.WHO,
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude",
        metavar="ADDRESS",
        help=_("Not this address or @domain."),
        autocompletion=completing.offer_addresses,
        rich_help_panel=Panel.WHO,
    ),
]
PerOutlet = Annotated[
    int | None,
    typer.Option(
        "--per-outlet",
        metavar="N",
        min=1,
        help=_("At most so many of each outlet."),
        rich_help_panel=Panel.WHO,
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        metavar="N",
        min=1,
        help=_("At most so many in all."),
        rich_help_panel=Panel.WHO,
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionFlags:
    """Which of the lists' recipients are meant."""

    tag: Tags = None
    not_tag: NotTags = None
    outlet: Outlets = None
    only: Only = None
    exclude: Exclude = None
    per_outlet: PerOutlet = None
    limit: Limit = None

    @property
    def selection(self) -> Selection:
        """The same as the pure rooms know it."""
        return Selection(
            tags=tuple(self.tag or ()),
            not_tags=tuple(self.not_tag or ()),
            outlets=tuple(self.outlet or ()),
            only=tuple(self.only or ()),
            exclude=tuple(self.exclude or ()),
            per_outlet=self.per_outlet,
            limit=self.limit,
        )
