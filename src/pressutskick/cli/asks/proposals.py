"""Walks through what is proposed about replies: one key each."""

import datetime as dt
from collections.abc import Sequence

from pressutskick.actions.collecting import decide
from pressutskick.cli.language import _
from pressutskick.cli.shows.incoming import proposal_lines, question_of
from pressutskick.cli.shows.screen.console import plain, talk
from pressutskick.cli.typed import YES, read_answer
from pressutskick.dispatch.incoming import IncomingRecord
from pressutskick.dispatch.log import ReplyLog

_NO = frozenset({"n", "nej", "no"})
_LATER = frozenset({"", "s", "skip", "h", "hoppa"})


def ask_proposals(log: ReplyLog, proposals: Sequence[IncomingRecord], *, now: dt.datetime) -> None:
    """Asks about each; what is passed over is asked again next time, as is all after Ctrl-D."""
    for number, proposal in enumerate(proposals, 1):
        talk().print()
        head = plain(f"{number}/{len(proposals)} ", "bold")
        for line in proposal_lines(proposal):
            talk().print(head.append_text(plain(line)) if head else plain(f"    {line}"))
            head = plain("")
        is_right = _ask(question_of(proposal))
        if is_right is None:
            continue
        if is_right == _END:
            return
        if not decide(log, proposal, is_right=is_right == _YES, now=now):
            talk().print(plain(_("Somebody else has decided about it meanwhile.")))


_YES, _DECLINED, _END = "yes", "no", "end"


def _ask(question: str) -> str | None:
    """Yes, no, the end of the input; None for later."""
    while True:
        answer = read_answer(_("{question} [y/n/s]", question=question))
        if answer is None:
            return _END
        word = answer.casefold()
        if word in YES:
            return _YES
        if word in _NO:
            return _DECLINED
        if word in _LATER:
            return None
        talk().print(plain(_("y for yes, n for no, s to be asked again another time.")))
