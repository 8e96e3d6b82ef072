"""The words that make a name a person's, a title, or neither."""

from functools import cache

from pressutskick.reading.spots.dates import month_numbers, weekday_numbers
from pressutskick.reading.wording import words as word_set
from pressutskick.recipients.naming.firstnames import FIRST_NAMES

#: Endings and whole words that make a word a title, in any of the four languages.
_TITLE_ENDINGS = (
    "architect engineer scientist artist author photographer researcher lecturer konsulent konsulenten medarbejder medarbeider rådmann ordfører fuldmægtig chef chefen sjef sjefen direktör direktören direktør direktøren minister ministern ministeren "
    "statsråd råd rådet ordförande ordföranden leder lederen ledare ledaren sekreterare sekreteraren sekretær "
    "sekretæren strateg strategen ansvarig ansvarige ansvarlig samordnare samordnaren "
    "kommunikatör kommunikatören kommunikatør informatör informatören rådgiver rådgiveren rådgivare "
    "rektor rektorn professor professorn lektor lektorn forskare forskaren forsker ingenjör "
    "ingenjören ingeniør åklagare åklagaren inspektör inspektören koordinator handläggare "
    "utredare utredaren producent producenten konstnär konstnären konstnärlig dirigent tonsättare "
    "tonsättaren författare författaren redaktör journalist kapten kaptenen kaptener kaptenerna "
    "general generalen amiral överste kommendör major majoren mästare kommissarie antikvarie "
    "bibliotekarie läkare läkaren överläkare veterinär ekolog biolog arkitekt arkitekten planerare "
    "trafikplanerare projektledare föreståndare intendent intendenten curator kurator borgmästare "
    "borgmester ordfører ordføreren byrådsmedlem borgarråd talesperson talsperson taleskvinne "
    "talesman talsman representant styrelseledamot ledamot grundare grundaren vd ceo cfo coo koncernchef "
    "förvaltare domare advokat jurist juristen analytiker ekonom ekonomen meteorolog glaciolog "
    "doktorand doktoranden docent docenten president presidenten drottning kung prins prinsessa hertig "
    "landshövding landshövdingen biskop biskopen präst kyrkoherde kyrkoherden regissör "
    "skådespelare musiker artist sångare specialist specialisten konsult "
    "administratör assistent handledare pedagog lärare utvecklare rådsmedlem sekreter "
    "governor gov mayor councillor councilor alderman ordførar ordføraren byråd minister secretary commissioner director manager officer chair chairman chairwoman "
    "chairperson dean provost senator minister spokesperson spokeswoman spokesman superintendent "
    "editor coordinator advisor adviser harbormaster marshal sheriff chief captain ombudsman "
    "aren tören ssören jören lören nören isten ologen anten ikern erskan kocken arkeolog brandman poliser polismästare polisbefäl vinnare "
    "krögare kock stipendiat stipendiaten projektör rådsordförande lots kulturarbetare hovmarskalk "
    "konservator konservatorn proffs mästaren ledamöterna ledamöter spelaren spelarna runolog antikvarien ambassadör ambassadören ambassador gallerist galleristen skådespelaren skådespelarna målvakt målvakten lagkapten patient "
    "företrädare moderator presstalesperson formand formanden statsminister fylkesmann "
    "departementsråd partner stabschef riksdagsledamot åkare tränare förbundskapten brandman "
    "polismästare insatsledare stationschef vicevärd kansliråd länsråd kommunalråd regionråd "
    "oppositionsråd nämndordförande kommunalråden regionråden borgarråden cheferna forskarna ledarna ministrarna professorerna chauffören vårdare skötare barnmorska sjuksköterska undersköterska virolog epidemiolog"
)


_TITLE_ABBREVIATIONS = frozenset(
    {"vd", "gd", "dr", "prof", "gov", "mr", "mrs", "ms", "sen", "rep", "adm", "em-general"}
)


#: A word with one of these endings is a place, an authority or a thing, not part of a name.
_NOT_NAME_ENDINGS = (
    "gatan gata gate gaten gade vägen väg veien vej torget torg torv plan platsen plats allé allén "
    "gränd gränden stigen backen parken kajen bron verket styrelsen nämnden kommun kommuns "
    "kommunen förvaltningen huset hus salen sal skolan skola högskolan högskola universitet "
    "universitetet kontoret institutet institut museet museum teatern operan biblioteket "
    "bibliotek centrum center centret kyrkan kyrka slottet slott stationen arenan hallen "
    "förbundet förbund föreningen förening partiet fonden stiftelsen myndigheten bolaget "
    "sjukhuset sjukhus polisen kåren tjänsten centralen departementet departementets ministeriet "
    "ministeriets kommune direktoratet tilsynet foreningen etaten avdelningen enheten enhet sekretariatet "
    "kansliet veckan dagen dagarna mässan festivalen inbjudan träff träffen konferens konferensen visning "
    "mötet möte seminariet invigning invigningen utställningen projektet rapporten planen "
    "lunch frukost fika jour jouren pressjour presstjänst tjänst presstelefon pressetelefon pressekontakt presskontakt "
    "hamn hamnen bank banken kraft bygg fastighet kyrkogård flygplats förlag park garage teater "
    "entreprenad trafiken konsthall konsthallen stadshus stadshuset rådhuset bostäder energi fastigheter"
)


_NOT_NAMES = word_set(
    """stad stads staden stadens region regionen län läns länsstyrelsen kommun kommuns sverige
    sveriges norge norges danmark danmarks norden nordic europa eu new north south east west
    university department office center centre council county city state house school building
    college public media press service group agency authority institute bureau board committee
    the and for with this that kungliga kungl svenska norska danska hotell hotel grand restaurang
    café sal lokal plan hus vid från till med tid plats datum dag när var anmälan kontakt telefon
    tel mobil mobile e-post epost mail email epost fax välkommen välkomna varmt hjärtligt obs
    program information medverkande deltagare talare moderator digital senast publicerad
    pressmeddelande pressinbjudan inbjudan pressträff presskonferens presskontakt pressansvarig
    ordförande vice detta denna dessa under efter inför vi ni de det den en ett han hon för mer
    om på i av vår våra er ert samt även alla många några första nya nu här där hur vad vem
    tillsammans media medier journalister redaktioner fotografer samling därefter sedan direkt
    gästprofessorerna kungen drottningen kronprinsessan prins prinsessan ett centralt norra södra
    östra västra event tv ab as a/s aps ltd inc hb kulturhuset folkets dagens läs se kom ta hör
    anmäl kontakta ring mejla skicka bland andra annat utöver dessutom efteråt tema ämne länk
    zoom teams skype facebook youtube instagram twitter linkedin web video news report reports
    riksdagen regeringen statsministeren regjeringen folketinget socialdemokraterna moderaterna
    centerpartiet liberalerna vänsterpartiet miljöpartiet kristdemokraterna sverigedemokraterna
    dept department meet join who what when where why rsvp note webcast parking governor's
    """
)


@cache
def _not_name_endings() -> tuple[str, ...]:
    return tuple(_NOT_NAME_ENDINGS.split())


@cache
def _title_endings() -> tuple[str, ...]:
    words = _TITLE_ENDINGS.split()
    return (*words, *(f"{word}s" for word in words))


def is_title_word(word: str) -> bool:
    """Whether `word` names an office: `kommunalråd`, `Presschef`, `Mayor`."""
    plain = word.strip(".,:;()").casefold()
    return plain in _TITLE_ABBREVIATIONS or plain.endswith(_title_endings())


def is_name_word(word: str) -> bool:
    """Whether `word` can be part of a person's name."""
    folded = word.rstrip(".'’").casefold()
    if folded in FIRST_NAMES and not word.isupper():
        return True
    if word.isupper() and len(folded) > 2 and folded not in FIRST_NAMES:
        return False
    if folded in _NOT_NAMES or is_title_word(folded):
        return False
    if len(folded) > 3 and (folded in month_numbers() or folded in weekday_numbers()):
        return False
    return not (len(folded) > 6 and folded.endswith(_not_name_endings()))


def is_first(word: str) -> bool:
    """Whether `word` is a known first name, or begins with one: `Karl-Axel`."""
    folded = word.rstrip("'’").casefold()
    return folded in FIRST_NAMES or (
        "-" in folded and any(part in FIRST_NAMES for part in folded.split("-"))
    )
