"""What TAB offers for a value: lists, dispatches with their titles, tags, outlets, addresses.

Answers at once or not at all: it makes no log, sends nothing, and whatever fails offers nothing.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from pressutskick.cli.context import command_settings, find_place

if TYPE_CHECKING:
    from pressutskick.recipients.model import Recipient

#: A value, and what stands beside it where the shell shows that.
Offer = tuple[str, str]
Offers = Callable[[typer.Context, str], list[Offer]]
#: Letters of an address before any is shown: a whole list belongs into no terminal.
_LETTERS = 2


def _offers(find: Callable[[Any, str], Iterable[Offer]]) -> Offers:
    """`find`, which may fail however it likes, as Typer wants it."""

    def offer(ctx: typer.Context, incomplete: str) -> list[Offer]:
        try:
            return [(_escape(value), told) for value, told in find(ctx, incomplete)]
        except Exception:  # noqa: BLE001 - a TAB that fails is a TAB that offers nothing
            return []

    return offer


def _escape(value: str) -> str:
    """As bash wants it; other shells do it themselves."""
    is_bash = os.environ.get("_PRESSUTSKICK_COMPLETE", "").endswith("bash")
    return value.replace(" ", "\\ ") if is_bash else value


@_offers
def offer_lists(_ctx: Any, incomplete: str) -> Iterable[Offer]:
    """The lists in recipients/, without their ending where that is enough."""
    from pressutskick.sources.lists.named import list_names

    names = list_names(find_place().folder)
    stems = [Path(name).stem for name in names]
    for name, stem in zip(names, stems, strict=True):
        yield (stem if stems.count(stem) == 1 else name), ""


@_offers
def offer_dispatches(ctx: Any, incomplete: str) -> Iterable[Offer]:
    """The dispatches of the log, of the sandbox's own where that is asked for."""
    from pressutskick.assembly.log import dispatch_names

    return dispatch_names(command_settings(), is_sandbox=bool(ctx.params.get("sandbox")))


@_offers
def offer_releases(ctx: Any, incomplete: str) -> Iterable[Offer]:
    """Ids of what was sent, and the invitations that lie in their folder."""
    sent = offer_dispatches(ctx, incomplete)
    yield from ((name, title) for name, title in sent if "/" not in name)
    folder = find_place().folder / "invitations"
    if folder.is_dir():
        yield from ((f"invitations/{each.name}", "") for each in sorted(folder.iterdir()))


@_offers
def offer_tags(ctx: Any, incomplete: str) -> Iterable[Offer]:
    """The tags of the lists that are named already, else of all."""
    return _each_once(tag for each in _recipients(ctx) for tag in each.tags)


@_offers
def offer_outlets(ctx: Any, incomplete: str) -> Iterable[Offer]:
    """The outlets of the lists that are named already, else of all."""
    return _each_once(each.outlet for each in _recipients(ctx) if each.outlet)


@_offers
def offer_addresses(ctx: Any, incomplete: str) -> Iterable[Offer]:
    """The addresses that begin so, once enough letters are there."""
    if len(incomplete) < _LETTERS:
        return []
    return [(each.mailbox.address, each.name or each.outlet or "") for each in _recipients(ctx)]


@_offers
def offer_statuses(_ctx: Any, incomplete: str) -> Iterable[Offer]:
    """Each status by its code, with the word of the person's language."""
    from pressutskick.cli.shows.words import status_word
    from pressutskick.dispatch.delivery import DeliveryStatus

    return [(str(status), status_word(status)) for status in DeliveryStatus]


@_offers
def offer_templates(_ctx: Any, incomplete: str) -> Iterable[Offer]:
    """The templates that are shipped."""
    from pressutskick.sources.shipped import shipped_folder

    return [(each.name, "") for each in sorted(shipped_folder("templates").iterdir())]


def _recipients(ctx: Any) -> Iterable["Recipient"]:
    from pressutskick.assembly.lists import load_recipients
    from pressutskick.sources.lists.named import list_names

    workspace = find_place().folder
    named = ctx.params.get("to") or ctx.params.get("lists") or list_names(workspace)
    return load_recipients(list(named), workspace).recipients


def _each_once(words: Iterable[str]) -> list[Offer]:
    return [(word, "") for word in sorted(set(words))]
