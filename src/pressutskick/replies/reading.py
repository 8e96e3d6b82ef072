"""One mail's bytes, one verdict: the order in which the questions are asked.

A calendar's answer and the reports of machines come first, since their form is certain; then, of a
server's mail only, whether its words tell a failure (several servers mark those as automatic
replies, so this is asked before absences); then absences; what remains a program or a person wrote.
"""

from dataclasses import replace

from pressutskick.replies import people, servers
from pressutskick.replies.clues import find_clues
from pressutskick.replies.letter import NO_DATE, open_letter
from pressutskick.replies.parts import COMPOUND_FILE
from pressutskick.replies.verdict import ReplyKind, Verdict
from pressutskick.sentences import say

_QUESTIONS = (
    servers.read_calendar,
    servers.read_complaint,
    servers.read_receipt,
    servers.read_delivery_report,
    servers.read_notice,
    people.read_opt_out,
    people.read_absence,
    people.read_program,
    people.read_person,
)


#: What is said of such a file: nobody but Outlook reads it.
OUTLOOK_FILE = say("an Outlook file (.msg); save the mail as .eml, or drag it out of new Outlook")


def read_reply(content: bytes) -> Verdict:
    """What the mail is; `OTHER` where it is nothing that came back. Never raises."""
    if content.startswith(COMPOUND_FILE):
        return Verdict(kind=ReplyKind.OTHER, reason=OUTLOOK_FILE)
    letter = open_letter(content)
    verdict = next(filter(None, (read(letter) for read in _QUESTIONS)))
    clues = find_clues(content, letter.mail)
    return replace(
        verdict,
        addresses=verdict.addresses or ((letter.sender,) if letter.sender else ()),
        clues=replace(clues, tokens=verdict.clues.tokens, releases=verdict.clues.releases),
        date=None if letter.date is NO_DATE else letter.date,
        sender=letter.sender,
        subject=letter.subject,
    )
