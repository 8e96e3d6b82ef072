"""Whether a mail asks for no more mail: by the token that ours carried, or in so many words."""

import re

#: 16 hexadecimal digits: `message.compose` makes them from the workspace's key and the address.
_TOKEN = re.compile(r"(?<![0-9a-fA-F])[0-9a-f]{16}(?![0-9a-fA-F])")
_WORD = (
    r"(?:avregistrera|avanmäl|avprenumerera|unsubscribe|opt[- ]?out|remove|avmeld|meld av|afmeld"
    r"|frameld|stop|stopp)"
    r"(?: (?:mig|oss|me|us|meg|mig|os|adressen|address|this address|min adress))?"
)
_ALONE = re.compile(rf"(?i)^\W*{_WORD}\W*$")
_ASKED = re.compile(
    r"(?i)\b(?:ta|plocka|stryk|radera) (?:\w+ )?bort (?:mig|oss|min|vår|den här|denna|adressen)"
    r"|\bta bort (?:mig|oss|min|vår)|\bstryk (?:mig|oss)"
    r"|\b(?:avregistrera|avanmäl|avprenumerera) (?:mig|oss|min)|\b(?:vill|önskar) (?:inte"
    r"|ej) (?:längre )?(?:få|ha|ta emot) (?:\w+ ){0,3}?(?:utskick|mejl|mail|e-?post|inbjud\w+"
    r"|pressmedd\w+)"
    r"|\b(?:sluta|slut) (?:att )?(?:skicka|mejla|maila)|\bskicka (?:inte|inga) (?:\w+ ){0,2}?(?:mer"
    r"|fler)"
    r"|\b(?:remove|take|unsubscribe) (?:me|us|my|this address)\b|\bstop (?:sending|e-?mailing)"
    r"|\b(?:do not|don['’]t) (?:want|wish) (?:\w+ ){0,3}?(?:e-?mails?|mailings?|messages)"
    r"|\b(?:fjern|slett|avmeld|afmeld|meld) (?:meg|mig|oss|os)\b"
    r"|\bønsker ikke (?:\w+ ){0,3}?(?:e-?post|mail|mails|utsendelser)"
)


def find_tokens(subject: str, own: str) -> tuple[str, ...]:
    """Tokens of the subject, and of a text that is not much more than one."""
    found = _TOKEN.findall(subject)
    return tuple(dict.fromkeys(found or (_TOKEN.findall(own) if len(own) < 200 else ())))


def is_asked_alone(subject: str, own: str) -> bool:
    """Whether the mail says that and nothing else."""
    if own.strip():
        return bool(_ALONE.match(own)) and len(own) < 80
    return bool(_ALONE.match(_TOKEN.sub("", subject)))


def is_asked_among_words(own: str) -> bool:
    """Whether a person asks for it in a sentence: something to be confirmed."""
    return bool(_ASKED.search(own[:1_500]))
