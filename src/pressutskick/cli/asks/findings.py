"""Walks through what is the matter with rows of a list: one key each. Writes nothing itself."""

from collections.abc import Sequence

from pressutskick.actions.recipients.deciding import Choice, Decision
from pressutskick.actions.recipients.reviewing import Finding
from pressutskick.cli.language import _, tell
from pressutskick.cli.shows.lists.findings import finding_lines
from pressutskick.cli.shows.screen.console import plain, talk
from pressutskick.cli.typed import read_answer
from pressutskick.recipients.address import AddressFault, parse_address


def ask_findings(findings: Sequence[Finding]) -> tuple[Decision, ...]:
    """What is to be done; what is passed over, and all after Ctrl-D, is asked again next time."""
    decisions: list[Decision] = []
    for number, finding in enumerate(findings, 1):
        talk().print()
        lines = [line for line in finding_lines(finding) if line]
        talk().print(plain(f"{number}/{len(findings)} ", "bold").append_text(plain(lines[0])))
        for line in lines[1:]:
            talk().print(plain(f"    {line}"))
        answer = _ask(finding)
        if answer is None:
            break
        choice, address = answer
        if choice is not None:
            decisions.append(Decision(finding=finding, choice=choice, address=address))
    return tuple(decisions)


def _choices(finding: Finding) -> dict[str, tuple[Choice, str]]:
    found = {
        "1": (Choice.KEEP, _("it is right")),
        "2": (Choice.REMOVE, _("remove it")),
        "3": (Choice.REPLACE, _("another address")),
    }
    if finding.other is not None:
        found["1"] = (Choice.KEEP, _("both are right"))
        found["3"] = (Choice.REMOVE_OTHER, _("remove the other one"))
    return found


def _ask(finding: Finding) -> tuple[Choice | None, str | None] | None:
    """The choice, None for later; None instead of the pair at the end of the input."""
    choices = _choices(finding)
    shown = "  ".join(f"{key} {words}" for key, (_choice, words) in choices.items())
    later = _("Enter later")
    while True:
        answer = read_answer(f"{shown}  {later}:")
        if answer is None:
            return None
        if not answer:
            return None, None
        if answer in choices:
            choice = choices[answer][0]
            address = _ask_address(finding.instead) if choice is Choice.REPLACE else None
            if choice is not Choice.REPLACE or address:
                return choice, address
        else:
            talk().print(plain(_("Type one of the numbers, or only Enter.")))


def _ask_address(offered: str | None) -> str | None:
    """An address that can be mailed; None where none is typed."""
    while True:
        question = _("Address [{address}]:", address=offered) if offered else _("Address:")
        answer = read_answer(question)
        text = answer or (offered if answer == "" else None)
        if not text:
            return None
        try:
            return parse_address(text)
        except AddressFault as fault:
            talk().print(plain(tell(fault.sentence)))
            offered = None
