"""Whether a person's own words say that they come, in Swedish, Norwegian, Danish and English.

Never more than a proposal: a person confirms it. A question is no answer, a doubt is neither yes
nor no, and a refusal is looked for before an acceptance, whose words it contains.
"""

import re
from dataclasses import dataclass

from pressutskick.replies.parts import one_line
from pressutskick.replies.verdict import Attendance

_MOST = 1_500
_COME = (
    r"(?:komma|komme|kommer|delta\w*|närvara\w*|medverka\w*|vara (?:med|på plats|där)|være (?:med"
    r"|der|til stede)|gå|bevaka|"
    r"stille|skicka \w+|sende \w+|ta oss|rycka ut|göra det|dyka upp|att|den|på|då|i ?dag|i ?morgon"
    r"|tyvärr|dessvärre|tyvær|desværre|dessverre)"
)
_DECLINED = re.compile(
    r"(?i)\btack(?:ar|ade|a)? (?:\w+ )?nej|\bnej,? tack|\btakk(?:er)? (?:\w+ )?nei|\bnei,? takk"
    r"|\btak(?:ker)? (?:\w+ )?nej"
    rf"|\b(?:kan|kunde|kommer|hinner|lyckas|orkar|rekker|når) (?:\w+ ){{0,4}}?(?:inte|ej|icke"
    rf"|ikke)\b(?=(?: \w+){{0,3}}? {_COME}\b|\s*(?:[,.!\n]|$))"
    r"|\b(?:har|finns|ges|finnes) (?:\w+ ){0,3}?(?:inte|ingen|ikke|ej|inga) (?:\w+ )?(?:möjlighet"
    r"|möjligt|tid|anledning|mulighed|mulighet|resurser|ressurser|folk)"
    r"|\b(?:avstår|avböjer|avböja|förhindra[dt]|förhinder|avbud|afbud|står över|deltar inte"
    r"|deltar ikke|deltager ikke|närvarar inte|medverkar inte)\b"
    r"|\b(?:passar|hoppar över) (?:\w+ )?(?:den här gången|detta|denna gång)"
    r"|^(?:nej|nei|no|nope|nix)\b(?=[\s,.!]|$)(?! problem)"
    r"|\b(?:can ?not|can['’]?t|could ?n['’]?t|won['’]?t|will not|unable to|not able to|am not"
    r"|are not|aren['’]t) (?:\w+ ){0,4}?"
    r"(?:make|attend|come|coming|join|be there|be able|cover|send)\b"
    r"|\b(?:must|have to|need to|will|respectfully|has to) (?:\w+ )?(?:decline|pass)\b"
    r"|\bwe(?:['’]ll| will) pass\b|\bno,? thank|\bsend (?:my|our) regrets|\bmy regrets"
)
_COMING = re.compile(
    r"(?i)\b(?:jag|vi|undertecknad|vår \w+|vårt \w+|min kollega(?: \w+)?|\w+ \w+ och jag|jeg"
    r"|vår \w+) (?:\w+ ){0,2}?(?:kommer|deltar|deltager|närvarar|stiller|medverkar|dyker upp"
    r"|är (?:där|med|på plats)|er (?:der|med)|bevakar|anmäler)\b(?! (?:inte|ej|ikke))"
    r"|^(?:jo,? |ja,? |hej[!,.]? |hei[!,.]? )?(?:kommer|deltar|deltager|stiller)\b(?! (?:ni|du|det"
    r"|dere|i|de|inte|ej|ikke))"
    r"|\bkommer (?:gärna|gjerne|gerne|självklart|absolut|selvfølgelig|från|med)\b"
    r"|\bkommer att (?:vara|delta|komma|närvara|bevaka)\b"
    r"|\btack(?:ar)? (?:\w+ )?ja\b|\btakk(?:er)? (?:\w+ )?ja\b|\btak(?:ker)? (?:\w+ )?ja\b"
    r"|\bja,? (?:tack|takk|tak|gärna|gjerne|gerne|absolut|visst)\b|^ja\b(?=[\s,.!]|$)"
    r"|\b(?:anmäler|tilmelder|melder på|påmelder|anmälan av|anmäl|skriv upp"
    r"|sätt upp) (?:\w+ )?(?:mig|oss|meg|os|härmed|på)\b|\b(?:mig|oss) (?:vill|får) (?:ni"
    r"|du) (?:gärna )?(?:anmäla|skriva upp)"
    r"|\b(?:härmed|herved|hermed) \w+|\bräkna med (?:mig|oss|att)|\bregn med (?:meg|oss|mig|os)"
    r"|\b(?:vi )?(?:ses|sees|sees vi) (?:då|där|i ?morgon|der|da|på|i ?morgen|om)\b"
    r"|\bfinns på plats|\bär på plats|\bskickar (?:\w+ ){0,2}?(?:reporter|team|någon|fotograf"
    r"|bildjournalist|foto|kamera\w*|tv-\w+)\b|\bsender (?:\w+ ){0,2}?(?:reporter|journalist|team"
    r"|fotograf\w*|noen|nogen)\b"
    r"|\b(?:i|we|i['’]ll|we['’]ll|i['’]m|we['’]re|our \w+"
    r"|my colleague(?: \w+)?) (?:\w+ ){0,2}?(?:attend|attending|come|coming|be there|join|joining"
    r"|cover|covering|make it|be sending|send|sending)\b"
    r"|\b(?:will be|happy to|pleased to|glad to|love to|like to) (?:attend|attending|come|be there"
    r"|there|join|cover)|\b(?:count|sign) (?:me|us) (?:in|up)|^(?:yes|yep|sure)\b(?=[\s,.!]|$)"
    r"|\bsee you (?:there|then|tomorrow|on)\b|\bregister (?:me|us)\b"
)
_PHOTOGRAPHER = re.compile(
    r"(?i)\b(?:fotograf\w*|bildjournalist\w*|photographer\w*|kamerateam|tv-team"
    r"|camera (?:crew|team))\b"
)
_SENDS = re.compile(
    r"(?i)\b(?:skickar|sänder|sender|sending|send|kommer|comes|coming|med|with|bringing|bring)\b"
)
_DOUBT = re.compile(
    r"(?i)\b(?:kanske|kanskje|måske|eventuellt|eventuelt|ev\.|försöker?|prøver|forsøger|preliminärt"
    r"|preliminært|foreløbig\w*|vet inte|vet ikke|osäker\w*|återkommer|"
    r"hoppas|håper|håber|maybe|perhaps|might|may be|not sure|tentative\w*|try to|trying|hope to"
    r"|om (?:jag|vi) (?:hinner|kan)|hvis (?:jeg|vi)|if (?:i|we) can)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAnswer:
    """What the words say, the sentence that says so, and whether a photographer comes."""

    attendance: Attendance
    words: str
    has_photographer: bool


def find_answer(own: str) -> WrittenAnswer | None:
    """The answer in a person's own words; None where there is none."""
    sentences = _split(own[:_MOST])
    statements = [each for each in sentences if not each.endswith("?")]
    sends = next((each for each in statements if _sends_photographer(each)), None)
    if sends is not None:
        return _tell(Attendance.COMING, sends, has_photographer=True)
    for sentence in statements:
        if _DECLINED.search(sentence):
            return _tell(Attendance.DECLINED, sentence)
        if _COMING.search(sentence):
            is_doubtful = bool(_DOUBT.search(sentence))
            return _tell(Attendance.OTHER if is_doubtful else Attendance.COMING, sentence)
        if _DOUBT.search(sentence) and re.search(
            rf"(?i)\b{_COME}|\b(?:come|attend|make it)\b", sentence
        ):
            return _tell(Attendance.OTHER, sentence)
    return None


def _sends_photographer(sentence: str) -> bool:
    if not (_PHOTOGRAPHER.search(sentence) and _SENDS.search(sentence)):
        return False
    refusal = _DECLINED.search(sentence)
    # "Kan inte komma men skickar fotograf": what stands after the refusal counts.
    rest = sentence[refusal.end() :] if refusal else sentence
    return bool(_PHOTOGRAPHER.search(rest) and _SENDS.search(rest))


def _tell(attendance: Attendance, words: str, *, has_photographer: bool = False) -> WrittenAnswer:
    told = one_line(words)[:300]
    return WrittenAnswer(attendance=attendance, words=told, has_photographer=has_photographer)


def _split(text: str) -> list[str]:
    """Sentences and lines; a line that a mail program broke goes on in small letters."""
    joined = re.sub(r"(?<=[\w,])\n(?=[a-zåäöæø])", " ", text)
    found = re.findall(r"[^.!?\n]+(?:[.](?=\S)[^.!?\n]*)*[.!?]*", joined)
    return [each.strip() for each in found if each.strip()]
