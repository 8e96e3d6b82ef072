"""Invented invitations in the manners of writing that real newsrooms have.

Each is named after what is hard about it; together with the practice set they keep the rules from
being fitted to single texts.
"""

import datetime as dt
from dataclasses import dataclass

import pytest
from benchmarks.accuracy import alike

from pressutskick.reading.reader import read_release
from pressutskick.reading.spots.reach import digits
from pressutskick.reading.view import reading_document


@dataclass(frozen=True)
class Variant:
    name: str
    today: str
    text: str
    wanted: dict[str, object]


VARIANTS: list[Variant] = []


def variant(name: str, today: str, text: str, **wanted: object) -> None:
    VARIANTS.append(Variant(name, today, text.strip("\n"), wanted))


variant(
    "one-paragraph, no year no weekday",
    "2019-05-02",
    """
Pressmeddelande

Inbjudan till pressträff om nya skolan i Tallby

Den 9 maj klockan 10 presenterar kommunalråden Lena Ek (S) och Bo Rask (C) planerna för den nya skolan. Pressträffen hålls i Stadshuset, rum 214, Storgatan 4. Anmäl dig till press@tallby.example senast den 8 maj. För frågor kontakta Eva Ström, presschef, 0980-31 92 07.
""",
    date="2019-05-09",
    start="10:00",
    place="Stadshuset, rum 214, Storgatan 4",
    email="press@tallby.example",
    deadline="2019-05-08",
    speakers=["Lena Ek", "Bo Rask"],
    contacts=["Eva Ström"],
    phones=["0980319207"],
    q=["event.date"],
)

variant(
    "reminder same day",
    "2020-02-11",
    """
Påminnelse: Pressträff om vinterns elpriser i dag kl 13.30

Feb 11, 2020 07:12 CET

I dag, tisdag 11 februari, håller Energibolaget en pressträff om vinterns elpriser.

Tid: tisdag 11 februari kl. 13.30–14.15
Plats: Kraftvägen 3, Norrvik, plan 2

Medverkande:
1. Jessica Holm, vd.
2. Per-Arne Lind, marknadschef.

OSA till jessica.holm@energi.example
""",
    title="Pressträff om vinterns elpriser i dag kl 13.30",
    status="reminder",
    date="2020-02-11",
    start="13:30",
    end="14:15",
    place="Kraftvägen 3, Norrvik, plan 2",
    email="jessica.holm@energi.example",
    speakers=["Jessica Holm", "Per-Arne Lind"],
    q=[],
)

variant(
    "dates disagree",
    "2021-04-20",
    """
Pressinbjudan: Pressträff måndag 3 maj om bussarna

Tid: tisdag 4 maj kl 9.00
Plats: Bussgaraget, Depågatan 1
Kontakt: Omar Salih, 070-1740 611
""",
    date=None,
    start="09:00",
    place="Bussgaraget, Depågatan 1",
    contacts=["Omar Salih"],
    q=["event.date"],
)

variant(
    "label with colon on next line, value on third",
    "2017-09-01",
    """
Välkommen på pressvisning av Ljusens hus

När
: tisdagen den 5 september
Klockan 11.00

Var:
Ljusens hus, Hamnplan 2

Kontakt
Ingela Storm
Pressansvarig
ingela.storm@ljusenshus.example
070-174 06 20
""",
    date="2017-09-05",
    start="11:00",
    place="Ljusens hus, Hamnplan 2",
    contacts=["Ingela Storm"],
    phones=["0701740620"],
    emails=["ingela.storm@ljusenshus.example"],
    email=None,
    q=[],
)

variant(
    "relative day with stamp",
    "2018-03-09",
    """
2018-03-09 08:05Pressmeddelande

Presskonferens om branden i Lunden

Idag fredag kl 14 håller räddningstjänsten presskonferens på brandstationen i Lunden. Räddningschef Anna Wik och polisens presstalesperson Karl Norberg deltar.

Anmälan behövs inte.

Kontakt: Räddningstjänstens pressjour 0980-31 92 33
""",
    date="2018-03-09",
    start="14:00",
    place="brandstationen i Lunden",
    email=None,
    speakers=["Anna Wik", "Karl Norberg"],
    contacts=["Räddningstjänstens pressjour"],
    phones=["0980319233"],
    q=[],
)

variant(
    "relative day without stamp",
    "2018-03-09",
    """
Presskonferens om branden i Lunden

I dag klockan 14.00 håller räddningstjänsten presskonferens på brandstationen i Lunden.
""",
    date="2018-03-09",
    start="14:00",
    q=["event.date"],
)

variant(
    "no date",
    "2022-01-01",
    """
Pressinbjudan: Premiär för Trollflöjten

Datum:
Tid: 18.00
Plats: Operan, Sjögatan 1

Kontakt: Karin Boström, 031-390 06 11
""",
    date=None,
    start="18:00",
    place="Operan, Sjögatan 1",
    q=["event.date"],
)

variant(
    "rsvp without address",
    "2022-10-03",
    """
Pressinbjudan – invigning av simhallen

Torsdag 6 oktober kl. 15.00 inviger kommunstyrelsens ordförande Maria Frid den nya simhallen på Badvägen 2 i Sundby. Anmälan krävs senast onsdag 5 oktober.
""",
    date="2022-10-06",
    start="15:00",
    place="Badvägen 2 i Sundby",
    email=None,
    deadline="2022-10-05",
    speakers=["Maria Frid"],
    q=["rsvp.email"],
)

variant(
    "two sessions",
    "2022-10-03",
    """
Pressvisning av höstens utställningar

Pressvisning 1
Tid: tisdag 11 oktober kl 10.00
Plats: Konsthallen, Norrvik

Pressvisning 2
Tid: onsdag 12 oktober kl 14.00
Plats: Galleri Ljus, Sundby

Anmälan: press@konst.example senast 10 oktober
""",
    start="10:00",
    email="press@konst.example",
    deadline="2022-10-10",
    q=["event.sessions"],
)

variant(
    "many days",
    "2019-06-03",
    """
Media är välkommen till musikfestivalen i Granby

Den 13-15 juni fylls parken av musik.

Datum: torsdag 13 juni till lördag 15 juni 2019
Plats: Slottsparken, Granby
Pressackreditering: ackreditering@granbyfest.example senast 10 juni

Presskontakt:
Nils-Erik Holm, tfn 0980 - 31 92 11
""",
    date="2019-06-13",
    end_date="2019-06-15",
    start=None,
    place="Slottsparken, Granby",
    email="ackreditering@granbyfest.example",
    deadline="2019-06-10",
    contacts=["Nils-Erik Holm"],
    q=["event.start"],
)

variant(
    "unknown labels",
    "2024-10-20",
    """
Öppet hus för media på vattenverket

Veckodag: onsdag den 30 oktober
Klockslag: 09.00-10.30
Samlingslokal: Vattenverket, Åvägen 12, Mellby
Svar önskas: senast 28 oktober till vatten@mellby.example
Ansvarig: Göran Falk, driftchef, 070-174 06 15
""",
    date="2024-10-30",
    start="09:00",
    end="10:30",
    place="Vattenverket, Åvägen 12, Mellby",
    email="vatten@mellby.example",
    deadline="2024-10-28",
    contacts=["Göran Falk"],
    phones=["0701740615"],
    q=[],
)

variant(
    "table from a Word file",
    "2024-10-20",
    """
# Pressinbjudan: Ny bro över Ån

| Tid | onsdag 30 oktober kl. 13.00 |
| --- | --- |
| Plats | Brofästet, Ågatan 1 |
| Anmälan | [bro@mellby.example](mailto:bro@mellby.example) senast tisdag 29 oktober kl. 12 |
| Kontakt | Siv Lund, projektledare, 070-174 06 16 |
""",
    title="Pressinbjudan: Ny bro över Ån",
    date="2024-10-30",
    start="13:00",
    place="Brofästet, Ågatan 1",
    email="bro@mellby.example",
    deadline="2024-10-29T12:00",
    contacts=["Siv Lund"],
    q=[],
)

variant(
    "norwegian",
    "2023-03-10",
    """
Pressemelding

Invitasjon til pressekonferanse: Ny skolerute

Byråd for skole Kari Nordmann Lie legger frem forslaget til ny skolerute.

Når: Onsdag 15. mars kl. 10.00–10.45
Hvor: Rådhuset, Festsalen, Rådhusplassen 1
Påmelding: Send e-post til presse@bykommune.example innen tirsdag 14. mars kl. 15.00

Pressekontakt:
Ola Haugen, kommunikasjonsrådgiver, tlf. 480 00 015, ola.haugen@bykommune.example
""",
    language="no",
    date="2023-03-15",
    start="10:00",
    end="10:45",
    place="Rådhuset, Festsalen, Rådhusplassen 1",
    email="presse@bykommune.example",
    deadline="2023-03-14T15:00",
    speakers=["Kari Nordmann Lie"],
    contacts=["Ola Haugen"],
    phones=["48000015"],
    emails=["ola.haugen@bykommune.example"],
    q=[],
)

variant(
    "nynorsk",
    "2023-03-10",
    """
Presseinvitasjon: Opning av bibliotek

Ordførar Gro Dale opnar det nye biblioteket.

Tid: tysdag 14. mars kl. 12
Stad: Biblioteket, Fjordgata 2
Kontakt: Per Vik, kommunikasjonssjef, 480 00 016
""",
    language="no",
    date="2023-03-14",
    start="12:00",
    place="Biblioteket, Fjordgata 2",
    speakers=["Gro Dale"],
    contacts=["Per Vik"],
    q=[],
)

variant(
    "norwegian tonight",
    "2022-05-05",
    """
Statsråden møter pressen i kveld

05.05.2022

Pressen inviteres til å møte statsråd Ine Solberg i kveld kl. 18.30 i Marmorhallen, Regjeringskvartalet.

Kontakt: kommunikasjonsrådgiver Tor Vik, 480 00 017
""",
    language="no",
    date="2022-05-05",
    start="18:30",
    place="Marmorhallen, Regjeringskvartalet",
    speakers=["Ine Solberg"],
    contacts=["Tor Vik"],
)

variant(
    "danish",
    "2021-09-10",
    """
Pressemøde om ny cykelsti

Overborgmester Mette Krogh og teknik- og miljøborgmester Jens Holm Bech inviterer pressen til pressemøde torsdag den 16. september kl. 9.30 på Rådhuset, lokale 12.

Tilmelding senest onsdag den 15. september kl. 12 til presse@by.example.

Yderligere oplysninger: Pressechef Line Toft, tlf. 29 00 00 31, lto@by.example
""",
    language="da",
    date="2021-09-16",
    start="09:30",
    place="Rådhuset, lokale 12",
    email="presse@by.example",
    deadline="2021-09-15T12:00",
    speakers=["Mette Krogh", "Jens Holm Bech"],
    contacts=["Line Toft"],
    phones=["29000031"],
    emails=["lto@by.example"],
    q=[],
)

variant(
    "english uk",
    "2024-05-20",
    """
MEDIA ADVISORY

Council leader opens new tram line

WHO: Councillor Janet Mills, leader of the council; Tom Archer, chief engineer
WHAT: Opening of the Harbour tram line
WHEN: Wednesday 22 May 2024, 10.30am - 11.30am
WHERE: Harbour Square tram stop, Dock Street
RSVP: press@council.example by 5pm on Tuesday 21 May

Media contact: Ruth Dean, press officer, 020 7946 0018
""",
    language="en",
    date="2024-05-22",
    start="10:30",
    end="11:30",
    place="Harbour Square tram stop, Dock Street",
    email="press@council.example",
    deadline="2024-05-21T17:00",
    speakers=["Janet Mills", "Tom Archer"],
    contacts=["Ruth Dean"],
    q=[],
)

variant(
    "english time change",
    "2021-06-01",
    """
TIME CHANGE: Mayor to brief media on storm damage

SPRINGVALE — Mayor Linda Ortega will hold a news conference at 2:30 p.m. on Thursday, June 3, at City Hall, 100 Main Street. The news conference was originally scheduled for 1 p.m.

Contact: Paul Reed, 304-555-0133, paul.reed@springvale.example
""",
    language="en",
    status="time_change",
    date="2021-06-03",
    start="14:30",
    place="City Hall, 100 Main Street",
    speakers=["Linda Ortega"],
    contacts=["Paul Reed"],
    q=[],
)

variant(
    "cancelled",
    "2024-02-01",
    """
Inställt: Pressträff om ny badplats

Pressträffen onsdag 7 februari kl 10 i Stadshuset ställs in på grund av sjukdom.

Kontakt: Mia Ek, kommunikatör, 031-390 06 19
""",
    status="cancellation",
    date="2024-02-07",
    start="10:00",
    contacts=["Mia Ek"],
)

variant(
    "nine people comma list",
    "2023-11-01",
    """
Inbjudan till presseminarium om energi

Datum: 9 november 2023
Tid: Kl. 08.30-10.00, kaffe från 08.00
Plats: Näringslivets hus, Storgatan 19, Stockholm

Deltagare: Anna Berg, vd, Kraft AB, Kurt Hjelm, professor, Norrviks universitet, Sara Lindh, energipolitisk talesperson (M) samt Johan Ask, analytiker, Elforum

O.s.a. senast den 7 november till Pia Strand, pia.strand@kraft.example, 08-465 00 33
""",
    date="2023-11-09",
    start="08:30",
    end="10:00",
    place="Näringslivets hus, Storgatan 19, Stockholm",
    email="pia.strand@kraft.example",
    phone="084650033",
    deadline="2023-11-07",
    speakers=["Anna Berg", "Kurt Hjelm", "Sara Lindh", "Johan Ask"],
    q=[],
)

variant(
    "titles before and after",
    "2023-05-02",
    """
Pressinbjudan: Kulturhuset öppnar igen

Fredag den 5 maj kl 12.00 öppnar Kulturhuset efter ombyggnaden. Vid invigningen talar landshövding Britta Frykman, Ali Rahimi kommunalråd (S) och kulturchef Sofia Dahl.

Tid och plats
Fredag 5 maj klockan 12.00
Kulturhuset, Torget 3, Lillby

Anmälan och frågor
Petra Sund, pressekreterare
petra.sund@lillby.example
0980-31 92 19
""",
    date="2023-05-05",
    start="12:00",
    place="Kulturhuset, Torget 3, Lillby",
    email="petra.sund@lillby.example",
    phone="0980319219",
    speakers=["Britta Frykman", "Ali Rahimi", "Sofia Dahl"],
    contacts=["Petra Sund"],
    phones=["0980319219"],
    q=[],
)

variant(
    "hybrid with link",
    "2022-01-20",
    """
Pressträff om vaccinationerna i regionen

Region Mellanå bjuder in till digital pressträff tisdag 25 januari kl 13.00.

Tid: 25 januari 13.00-13.30
Plats: Regionhuset, sal A, eller digitalt: https://moten.mellana.example/press

Medverkar gör smittskyddsläkare Karin Holst och vaccinsamordnare Dag Wiklund.

Anmäl dig till presstjansten@mellana.example senast klockan 10.00 samma dag.
""",
    date="2022-01-25",
    start="13:00",
    end="13:30",
    place="Regionhuset, sal A",
    email="presstjansten@mellana.example",
    deadline="2022-01-25T10:00",
    speakers=["Karin Holst", "Dag Wiklund"],
)

variant(
    "mixed clocks: doors and embargo-like",
    "2024-11-04",
    """
Pressinbjudan: Premiär för Nordljus

Insläpp från 18.00, föreställningen börjar 19.00 lördag 9 november på Stadsteatern, Teatergatan 1. Fotografer är välkomna på fotorepetition torsdag 7 november kl 16.00.

Tid: lördag 9 november kl. 19.00 (insläpp 18.00)
Plats: Stadsteatern, Teatergatan 1
Pressbiljetter: biljett@stadsteatern.example
""",
    date="2024-11-09",
    start="19:00",
    place="Stadsteatern, Teatergatan 1",
    email=None,
)

variant(
    "weekday wrong",
    "2024-11-04",
    """
Pressinbjudan: Ny park

Tid: tisdag 14 november kl 10
Plats: Parken, Ekgatan 1
""",
    start="10:00",
    q=["event.date", "language"],
)

variant(
    "glued lines",
    "2016-03-10",
    """
Pressinbjudan: Invigning av cykelgarageTid: Onsdag 16 mars kl 8.00Plats: Resecentrum, Stationsgatan 2Anmälan: till cykel@tallby.example senast 15 mars
""",
    date="2016-03-16",
    start="08:00",
    place="Resecentrum, Stationsgatan 2",
    email="cykel@tallby.example",
    deadline="2016-03-15",
)

variant(
    "whole sentences as values",
    "2016-03-10",
    """
Pressinbjudan: Ny konstgräsplan

Tid: Vi träffas torsdagen den 17 mars klockan 14.30.
Plats: Samling vid entrén till Sportparken, Planvägen 5.
Kontaktpersoner: Fritidschef Olle Bro, 0980-31 92 40, och projektledare Ann-Sofie Kvist, 070-174 06 41.
""",
    date="2016-03-17",
    start="14:30",
    place="entrén till Sportparken, Planvägen 5",
    contacts=["Olle Bro", "Ann-Sofie Kvist"],
    phones=["0980319240", "0701740641"],
    q=[],
)

variant(
    "footer of newsroom",
    "2016-03-10",
    """
Gå direkt till innehåll
Pressinbjudan: Stadens nya färja döps

Pressmeddelande • Mar 10, 2016 09:15 CET

Pressinbjudan: Stadens nya färja döps

Borgmästare Ulla Rydberg döper färjan Vinga fredag den 18 mars kl. 11.00 vid Stenkajen.

För mer information, kontakta:
Anders Fors, rederichef, 031-390 06 77

Ämnen
Transport

Kategorier
färja

Kontakter

Anders Fors
Anders Fors
Presskontakt
Rederichef
anders.fors@rederi.example
031-390 06 77

Rederiet Vinga driver färjor sedan 1912.
Rederiet Vinga, Kajgatan 3, 031-390 06 00
""",
    date="2016-03-18",
    start="11:00",
    place="Stenkajen",
    speakers=["Ulla Rydberg"],
    contacts=["Anders Fors"],
    phones=["0313900677"],
    emails=["anders.fors@rederi.example"],
)

variant(
    "several rsvp",
    "2016-03-10",
    """
Pressinbjudan: Besök på fängelset

Tid: onsdag 16 mars kl 10.00
Plats: Anstalten Berga, Bergavägen 1
Anmälan görs till anna.ros@anstalt.example eller per.dal@anstalt.example senast måndag 14 mars.
""",
    date="2016-03-16",
    start="10:00",
    email="anna.ros@anstalt.example",
    deadline="2016-03-14",
    q=["rsvp.email"],
)

variant(
    "deadline day before",
    "2016-03-10",
    """
Pressinbjudan: Besök i tunneln

Tid: onsdag 16 mars kl 10.00
Plats: Tunnelmynningen, Bergavägen 1
Anmälan senast kl 15 dagen innan till tunnel@trafik.example.
""",
    date="2016-03-16",
    start="10:00",
    email="tunnel@trafik.example",
    deadline="2016-03-15T15:00",
    q=[],
)

variant(
    "rsvp link",
    "2023-03-10",
    """
Pressinbjudan: Klimatmötet i Norrvik

Tid: onsdag 15 mars kl 09:30
Plats: Konserthuset, Musikgatan 1
Anmäl dig via [formuläret](https://klimat.example/anmalan) senast 14 mars.
""",
    date="2023-03-15",
    start="09:30",
    url="https://klimat.example/anmalan",
    deadline="2023-03-14",
    email=None,
    q=[],
)

variant(
    "year in other places",
    "2016-08-20",
    """
Pressinbjudan: 1984 på Stadsteatern

Årsredovisningen 2014 visade ett rekordår. Nu är det dags för pjäsen 1984. Pressvisning torsdag 25 augusti kl. 10 på Stadsteatern.
""",
    date="2016-08-25",
    start="10:00",
    place="Stadsteatern",
    q=[],
)

variant(
    "start by agreement",
    "2016-08-20",
    """
Möt fältassistenterna i Lunden

Under fredag 26 augusti går fältassistenterna i Lunden sin runda. Tid och plats bestäms efter överenskommelse med fältchef Jan Wall, 070-174 06 44.
""",
    date="2016-08-26",
    start=None,
    place=None,
    contacts=["Jan Wall"],
    q=["event.start", "event.place", "kind"],
)
variant(
    "no labels prose sv",
    "2022-04-04",
    """
Välkommen när Norrviks nya vattentorn tas i bruk

Nu är det klart: onsdagen den 13 april klockan 9.30 tas vattentornet i bruk av kommunalrådet Lisbeth Harding (C) och vd:n för Norrviks vatten, Peter Sand.

Vi bjuder på kaffe från klockan 9.00. Samling vid grinden på Höjdgatan 7.

Meddela gärna om du kommer, till maria.alm@norrvikvatten.example, senast dagen före.

Välkommen!
Maria Alm
Kommunikatör, Norrviks vatten
070-174 06 55
maria.alm@norrvikvatten.example
""",
    date="2022-04-13",
    start="09:30",
    email="maria.alm@norrvikvatten.example",
    deadline="2022-04-12",
    contacts=["Maria Alm"],
    phones=["0701740655"],
    emails=["maria.alm@norrvikvatten.example"],
)

variant(
    "press event inside public event",
    "2022-04-04",
    """
Pressinbjudan: Bokmässan öppnar

Bokmässan pågår 21–24 april. Invigningen för allmänheten är torsdag 21 april kl 12.00.

Pressvisning: onsdag 20 april kl. 14.00–15.30
Plats: Mässhallen, entré 5, Mässgatan 20
Föranmälan: press@bokmassan.example
Kontakt för media: Ebba Lind, pressansvarig, 031-390 06 88, ebba.lind@bokmassan.example
""",
    date="2022-04-20",
    start="14:00",
    end="15:30",
    place="Mässhallen, entré 5, Mässgatan 20",
    email="press@bokmassan.example",
    contacts=["Ebba Lind"],
    q=[],
)

variant(
    "politicians as contacts",
    "2022-08-30",
    """
PRESSINBJUDAN: (M) presenterar skolpolitik

Onsdag 31 augusti presenterar Moderaterna i Norrvik sin skolpolitik.

Tid: Onsdag 31 augusti, 10:00
Plats: Torggatan 5, Norrvik
Medverkande: Henrik Wall (M), kommunalråd i opposition, och Sanna Bly (M), ledamot i utbildningsnämnden

Presskontakt Henrik Wall: Lina Storm, politisk sekreterare, 070-174 06 66
""",
    date="2022-08-31",
    start="10:00",
    place="Torggatan 5, Norrvik",
    speakers=["Henrik Wall", "Sanna Bly"],
    phones=["0701740666"],
    q=[],
)

variant(
    "org first in contact line",
    "2022-08-30",
    """
Pressinbjudan om Nattvandring

Datum: fredag 2 september
Tid: 20.00-22.00
Samlingsplats: Fritidsgården Kuben, Lundvägen 3

Kontaktpersoner
Polisen: Erik Dahl, 010-200 00 55
Kommunen: Åsa Blom, fältchef, 0980-31 92 60, asa.blom@lunden.example
Nattvandrarna: Hassan Amini, 070-1740 667
""",
    date="2022-09-02",
    start="20:00",
    end="22:00",
    place="Fritidsgården Kuben, Lundvägen 3",
    contacts=["Erik Dahl", "Åsa Blom", "Hassan Amini"],
    phones=["0102000055", "0980319260", "0701740667"],
    emails=["asa.blom@lunden.example"],
)

variant(
    "speakers bulleted with party",
    "2022-08-30",
    """
Pressträff om budget 2023

När: torsdag 1 september kl. 09:00
Var: Regionens hus, Skeppargatan 1, sal Fyren

På plats finns:
• Ann-Marie Gran (S), regionråd
• Jonatan Eng (V), regionråd
• Zlatko Marić, ekonomidirektör

Pressträffen sänds live på region.example/live

Anmälan till pressträffen görs till presstjansten@region.example
Frågor besvaras av presstjänsten, 0980-31 92 70.
""",
    date="2022-09-01",
    start="09:00",
    place="Regionens hus, Skeppargatan 1, sal Fyren",
    speakers=["Ann-Marie Gran", "Jonatan Eng", "Zlatko Marić"],
    email="presstjansten@region.example",
)

variant(
    "place unknown map",
    "2022-08-30",
    """
Pressinbjudan: Första spadtaget för nya vägen

Tid: Torsdag 8 september kl 13
Plats: Se bifogad karta
Kontakt: Bo Hagman, projektledare Vägverket Syd, 0771-31 00 10
""",
    date="2022-09-08",
    start="13:00",
    place=None,
    contacts=["Bo Hagman"],
    q=["event.place"],
)

variant(
    "four digits and swedish style",
    "2022-08-30",
    """
Inbjudan till pressvisning av flottbasen

Måndag 5/9 kl 0930-1100 visar Marinbasen upp sina nya fartyg för media.
Plats: Marinbasens vakt, Kajvägen 1
Anmälan senast 2/9 kl 1200 till press@marinbasen.example. Medtag legitimation.
""",
    date="2022-09-05",
    start="09:30",
    end="11:00",
    place="Marinbasens vakt, Kajvägen 1",
    email="press@marinbasen.example",
    deadline="2022-09-02T12:00",
    q=[],
)

variant(
    "english prose",
    "2023-06-01",
    """
Media invitation: New ferry terminal to open

The Minister for Transport, Sarah Connolly, will open the new ferry terminal at Pier 4, Harbour Road, on Tuesday, June 6, 2023 at 11 a.m. Photographers should arrive by 10:45 a.m.

Media wishing to attend are asked to register by noon on Monday, June 5 with press@ferries.example.

For further information please contact:
Niall Byrne
Head of Communications
Tel: 083 000 0190
niall.byrne@ferries.example
""",
    language="en",
    date="2023-06-06",
    start="11:00",
    place="Pier 4, Harbour Road",
    email="press@ferries.example",
    deadline="2023-06-05T12:00",
    speakers=["Sarah Connolly"],
    contacts=["Niall Byrne"],
    phones=["0830000190"],
    emails=["niall.byrne@ferries.example"],
)

variant(
    "danish prose 2",
    "2021-11-01",
    """
Presseinvitation: Indvielse af ny havnepromenade

Fredag d. 5. november kl. 14.00 indvier borgmester Anders Broholm den nye havnepromenade. Pressen er velkommen.

Sted: Havnepladsen 1, Nyhavn
Bemærk: Der er ingen parkering.

For yderligere information kontakt:
Kommunikationskonsulent Trine Skov
Tlf.: 29 00 00 44
Mail: trsk@nyhavn.example
""",
    language="da",
    date="2021-11-05",
    start="14:00",
    place="Havnepladsen 1, Nyhavn",
    speakers=["Anders Broholm"],
    contacts=["Trine Skov"],
    phones=["29000044"],
    emails=["trsk@nyhavn.example"],
    email=None,
    q=[],
)

variant(
    "norwegian prose 2",
    "2021-11-01",
    """
Pressekonferanse om ny tunnel

Samferdselsminister Jon Bakke og vegdirektør Ingrid Moe inviterer til pressekonferanse torsdag 4. november klokken 13.00 i departementets lokaler, Akersgata 59.

Påmelding innen onsdag 3. november kl. 16 til media@sd.dep.example. Presse må vise gyldig pressekort. Oppmøte senest kl. 12.45.

Kontaktperson: Pressevakt, 22 00 00 81
""",
    language="no",
    date="2021-11-04",
    start="13:00",
    email="media@sd.dep.example",
    deadline="2021-11-03T16:00",
    speakers=["Jon Bakke", "Ingrid Moe"],
    phones=["22000081"],
)

variant(
    "no contact and label När",
    "2019-02-01",
    """
Pressinbjudan: Så ska vargen räknas i vinter

NÄR: Onsdagen den 6 februari 2019, kl. 13:00 - ca 14:30
VAR: Naturum, Skogsvägen 9, Hällby
HUR: Via länk eller på plats
""",
    date="2019-02-06",
    start="13:00",
    end="14:30",
    place="Naturum, Skogsvägen 9, Hällby",
    q=[],
)

variant(
    "hard wrapped mail",
    "2020-11-30",
    """
Pressinbjudan: Kommunstyrelsen presenterar förslag till ny översiktsplan
för hela kommunen

Kommunstyrelsens ordförande Inga-Lill Frank och stadsarkitekt Jesper
Lundin presenterar förslaget till ny översiktsplan vid en pressträff på
torsdag den 3 december klockan 10.30 i sammanträdesrummet Eken i
stadshuset i Granby.

Efter presentationen finns tid för frågor och enskilda intervjuer. Anmäl
ditt deltagande till Camilla Bergh, camilla.bergh@granby.example, senast
onsdag den 2 december klockan 12.

För mer information, kontakta
Jesper Lundin, stadsarkitekt, telefon 0980-31 92 80 eller 070-174 06
81, jesper.lundin@granby.example
""",
    title="Pressinbjudan: Kommunstyrelsen presenterar förslag till ny översiktsplan för hela kommunen",
    date="2020-12-03",
    start="10:30",
    place="sammanträdesrummet Eken i stadshuset i Granby",
    email="camilla.bergh@granby.example",
    deadline="2020-12-02T12:00",
    speakers=["Inga-Lill Frank", "Jesper Lundin"],
    contacts=["Jesper Lundin"],
    phones=["0980319280", "0701740681"],
    emails=["jesper.lundin@granby.example"],
)

variant(
    "several label values on one line",
    "2018-01-10",
    """
Pressinbjudan: Kronprinsessan besöker skolan

Tid: torsdag 18 januari kl. 13.15. Plats: Ängsskolan, Blomvägen 1, Viksund. Anmälan: senast 16 januari kl. 12 till besok@viksund.example.
Medierna samlas kl. 12.45 vid huvudentrén.
""",
    date="2018-01-18",
    start="13:15",
    place="Ängsskolan, Blomvägen 1, Viksund",
    email="besok@viksund.example",
    deadline="2018-01-16T12:00",
    q=[],
)

variant(
    "title first heading then invitation",
    "2018-01-10",
    """
Norrviks kommun

# Så blir framtidens sjukhus

2018-01-10 09:00

**Välkommen till pressträff!**

Regiondirektör Mats Olander och projektchef Linn Sjö berättar om bygget.

**När?** Fredag 19 januari kl 11.00–11.45
**Var?** Norrviks sjukhus, hörsalen, ingång C
**Anmälan?** Nej, det behövs inte.
**Frågor?** Kontakta presschef Hugo Lång, 0980-31 92 90
""",
    date="2018-01-19",
    start="11:00",
    end="11:45",
    place="Norrviks sjukhus, hörsalen, ingång C",
    speakers=["Mats Olander", "Linn Sjö"],
    contacts=["Hugo Lång"],
    phones=["0980319290"],
    email=None,
    q=[],
)
variant(
    "blank columns",
    "2019-09-20",
    """
Pressinbjudan

Ny teknik räddar liv på sjön
----------------------------

När         Torsdag 26 september, kl. 10.00-11.30
Var         Sjöräddningen, Kajgatan 11, Sundhamn
Anmälan     press@sjoraddning.example, senast 25 september
Kontakt     Nina Brandt, presschef, 031-390 06 90
""",
    title="Ny teknik räddar liv på sjön",
    date="2019-09-26",
    start="10:00",
    end="11:30",
    place="Sjöräddningen, Kajgatan 11, Sundhamn",
    email="press@sjoraddning.example",
    deadline="2019-09-25",
    contacts=["Nina Brandt"],
    phones=["0313900690"],
    q=[],
)

variant(
    "rsvp next paragraph and several persons",
    "2019-09-20",
    """
Inbjudan till pressträff: Skolornas resultat

Tid: fredag 27 september 2019 kl 8.30
Plats: Skolkontoret, Bokgatan 5

Anmälan:

Meddela gärna att du kommer till någon av oss:

Ulrika Nord, kommunikatör, ulrika.nord@skola.example, 0980-31 92 51
Ahmed Farah, kommunikatör, ahmed.farah@skola.example, 0980-31 92 52
""",
    date="2019-09-27",
    start="08:30",
    place="Skolkontoret, Bokgatan 5",
    email="ulrika.nord@skola.example",
    phone="0980319251",
    q=["rsvp.email"],
)

variant(
    "rsvp by role",
    "2019-09-20",
    """
Pressinbjudan: Nytt äldreboende invigs

Socialnämndens ordförande Birgit Holm inviger det nya äldreboendet måndag 30 september klockan 14.

Plats: Almgården, Almvägen 1, Tallby

Anmäl deltagande till verksamhetschefen (se kontaktuppgifter nedan) senast fredag.

Kontakt:
Birgit Holm, ordförande i socialnämnden, 070-174 06 01
Sture Kling, verksamhetschef, 0980-31 92 53, sture.kling@tallby.example
""",
    date="2019-09-30",
    start="14:00",
    place="Almgården, Almvägen 1, Tallby",
    deadline="2019-09-27",
    speakers=["Birgit Holm"],
    contacts=["Birgit Holm", "Sture Kling"],
    q=["rsvp.email"],
)

variant(
    "today without stamp or date",
    "2019-09-20",
    """
Pressträff idag om knivdådet

Polisen håller pressträff idag klockan 15.30 i polishuset i Norrvik, Lagmansgatan 2. Förundersökningsledare Ewa Stark och polisområdeschef Jan Ohlin deltar. Ta med presslegitimation.

Polisens presstjänst, 010-200 00 59
""",
    date="2019-09-20",
    start="15:30",
    place="polishuset i Norrvik, Lagmansgatan 2",
    speakers=["Ewa Stark", "Jan Ohlin"],
    contacts=["Polisens presstjänst"],
    phones=["0102000059"],
    q=["event.date"],
)

variant(
    "english several days",
    "2021-07-01",
    """
Media Advisory: Harbour Festival 2021

The Harbour Festival takes place 16 - 18 July 2021 at Queen's Quay.

Opening ceremony: Friday, 16 July 2021, 14:00pm
Venue: Main Stage, Queen's Quay

Media accreditation: media@harbourfest.example by 12 July

Contact: Zoe Adams, +44 20 7946 0123
""",
    language="en",
    date="2021-07-16",
    start="14:00",
    place="Main Stage, Queen's Quay",
    email="media@harbourfest.example",
    deadline="2021-07-12",
)

variant(
    "english when where bold no colon",
    "2021-07-01",
    """
FOR IMMEDIATE RELEASE

County opens flood shelter

**WHO**
County Executive Maria Lopez
Fire Chief Dan Burke

**WHAT**
Ribbon cutting

**WHEN**
Tuesday, July 6, 2021
9:30 a.m.

**WHERE**
Riverside Gym, 12 Levee Road

###
Media Contact: Sue Park, 304-555-0177, spark@county.example
""",
    language="en",
    title="County opens flood shelter",
    date="2021-07-06",
    start="09:30",
    place="Riverside Gym, 12 Levee Road",
    speakers=["Maria Lopez", "Dan Burke"],
    contacts=["Sue Park"],
    phones=["3045550177"],
    emails=["spark@county.example"],
    q=[],
)

variant(
    "danish prose with doors",
    "2022-03-01",
    """
Pressemøde om udenrigspolitik

Udenrigsminister Lars Brink holder pressemøde i Udenrigsministeriet torsdag den 3. marts 2022 kl. 11.00. Dørene åbnes kl. 10.30.

Pressen bedes melde sig til på presse@um.example senest torsdag kl. 9.00. Der medbringes gyldigt pressekort.

Kontakt: Udenrigsministeriets pressevagt, tlf. 29 00 00 77
""",
    language="da",
    date="2022-03-03",
    start="11:00",
    place="Udenrigsministeriet",
    email="presse@um.example",
    deadline="2022-03-03T09:00",
    speakers=["Lars Brink"],
    phones=["29000077"],
    q=[],
)

variant(
    "correction",
    "2022-03-01",
    """
Rättelse: Ny tid för pressträff om vårbudgeten

I ett tidigare utskick angavs fel tid. Det ska stå kl 11.00, inte kl 10.00.

Tid: torsdag 3 mars kl 11.00
Plats: Kommunhuset, Lillsalen
Kontakt: Lotta Ahl, 0980-31 92 61
""",
    status="correction",
    date="2022-03-03",
    start="11:00",
    place="Kommunhuset, Lillsalen",
    contacts=["Lotta Ahl"],
    q=[],
)

variant(
    "contact by emails only stacked with labels",
    "2022-03-01",
    """
Pressinbjudan: Forskningens dag

Tid: lördag 5 mars kl 10-16
Plats: Högskolan, Campusvägen 1

Kontakta för mer information:
Namn: Tove Hjort
Titel: pressekreterare
Mobil: 070-174 06 33
E-post: tove.hjort@hogskolan.example
""",
    date="2022-03-05",
    start="10:00",
    end="16:00",
    place="Högskolan, Campusvägen 1",
    contacts=["Tove Hjort"],
    phones=["0701740633"],
    emails=["tove.hjort@hogskolan.example"],
    q=[],
)

variant(
    "title with own date of other thing",
    "2022-08-20",
    """
Pressträff inför valet 11 september

Valnämnden bjuder in till pressträff tisdag 30 augusti kl 9.30.

Plats: Stadshuset, Stora salen
Kontakt: Valkansliet, 0980-31 92 71, val@norrvik.example
""",
    date="2022-08-30",
    start="09:30",
    place="Stadshuset, Stora salen",
    contacts=["Valkansliet"],
    phones=["0980319271"],
    emails=["val@norrvik.example"],
    q=[],
)

variant(
    "program decides start",
    "2022-08-20",
    """
Invigning av Fjällbanan

Välkommen till invigningen av Fjällbanan torsdag 25 augusti i Fjällby!

Program
10.00 Tåget avgår från Norrvik
11.15 Ankomst till Fjällby station
11.30 Infrastrukturminister Tor Eng klipper bandet
12.00 Pressträff i väntsalen
13.00 Lunch

Anmälan till invigning@fjallbanan.example senast 22 augusti.
""",
    date="2022-08-25",
    email="invigning@fjallbanan.example",
    deadline="2022-08-22",
    speakers=["Tor Eng"],
    q=["event.start"],
)

variant(
    "press release no event",
    "2022-08-20",
    """
Pressmeddelande

Ny rapport: Fler cyklar till jobbet

2022-08-19 08:00

Andelen som cyklar till arbetet ökade med 12 procent under 2021, visar en ny rapport från Trafikkontoret.

– Det är glädjande, säger trafikchef Mona Lind.

Kontakt: Mona Lind, trafikchef, 0980-31 92 72
""",
    date=None,
    start=None,
    contacts=["Mona Lind"],
)


variant(
    "English dateline",
    "2022-06-20",
    """
PORT LANI, June 20, 2022 — The Harbor Commission invites members of the media to a preview of the renovated lighthouse on Wednesday, June 22, from 9 to 10:30 a.m. at 1 Lighthouse Way.

Harbor Commissioner Alice Wong and architect Raj Patel will be available for interviews. Please RSVP to media@harbor.example by Tuesday, June 21 at 3 p.m.

Contact: Alice Kim, 808-555-0123
""",
    language="en",
    date="2022-06-22",
    start="09:00",
    end="10:30",
    email="media@harbor.example",
    deadline="2022-06-21T15:00",
    speakers=["Alice Wong", "Raj Patel"],
    contacts=["Alice Kim"],
)

variant(
    "danish tid sted",
    "2020-01-10",
    """
Pressemeddelelse

Invitation til pressemøde: Ny klimaplan

Tid: Mandag den 13. januar 2020 kl. 10-11
Sted: Christiansborg, Fællessalen
Deltagere: Klimaminister Dan Holst og borgmester Ida Auken Holm
Tilmelding: presse@kl.example senest fredag den 10. januar kl. 15
Kontakt: Pressechef Bo Lind, mobil 29 00 00 11
""",
    language="da",
    date="2020-01-13",
    start="10:00",
    end="11:00",
    place="Christiansborg, Fællessalen",
    email="presse@kl.example",
    deadline="2020-01-10T15:00",
    speakers=["Dan Holst", "Ida Auken Holm"],
    contacts=["Bo Lind"],
    q=[],
)

variant(
    "norsk oppmøte og program",
    "2020-02-10",
    """
Presseinvitasjon: Kongeparet besøker Fjordby

Onsdag 12. februar besøker Kongeparet Fjordby kommune.

Program:
Kl. 10.00: Ankomst Fjordby stasjon
Kl. 11.00: Omvisning på Fjordby skole
Kl. 13.00: Avreise

Pressen må akkreditere seg hos presse@fjordby.kommune.example innen mandag 10. februar kl. 12.00.

Pressekontakt: Anne Mo, kommunikasjonssjef, tlf. 900 00 123
""",
    language="no",
    date="2020-02-12",
    email="presse@fjordby.kommune.example",
    deadline="2020-02-10T12:00",
    contacts=["Anne Mo"],
)

variant(
    "sv contact prose two",
    "2020-02-10",
    """
Pressinbjudan: Ny forskningsbåt

Välkommen ombord! Onsdagen den 12:e februari klockan 10 - 12 visar universitetet upp forskningsbåten Aurora vid Nya kajen.

Intresserad? Hör av dig till Moa Lind (moa.lind@universitet.example, 031-390 06 18) senast den 11:e februari.

Frågor om forskningen: professor Lars-Erik Hag, 070-1740 618.
""",
    date="2020-02-12",
    start="10:00",
    end="12:00",
    email="moa.lind@universitet.example",
    deadline="2020-02-11",
)


def answers(one: Variant) -> dict[str, object]:
    now = dt.datetime.fromisoformat(one.today).replace(hour=8, tzinfo=dt.UTC)
    document = reading_document(read_release(one.text, now=now))
    release = document["release"]
    event, rsvp, contacts = release["event"], release["rsvp"], release["contacts"]
    return {
        **{name: release[name] for name in ("title", "status", "language")},
        **{name: event[name] for name in ("date", "end_date", "start", "end", "place")},
        "email": rsvp["email"],
        "phone": digits(rsvp["phone"] or ""),
        "url": rsvp["url"],
        "deadline": rsvp["deadline"],
        "speakers": {speaker["name"] for speaker in release["speakers"]},
        "contacts": {contact["name"] for contact in contacts},
        "phones": {digits(phone) for contact in contacts for phone in contact["phones"]},
        "emails": {email for contact in contacts for email in contact["emails"]},
        "q": {question["field"] for question in document["questions"]},
    }


@pytest.mark.parametrize("one", VARIANTS, ids=lambda one: one.name)
def test_an_invitation_is_read_as_its_writer_meant_it(one: Variant) -> None:
    got = answers(one)
    for name, want in one.wanted.items():
        if isinstance(want, list):
            assert got[name] == set(want), name
        elif name == "place" and want and got[name]:
            assert alike("place", str(want), str(got[name])), got[name]
        else:
            assert (got[name] or None) == want, name


def test_a_gathering_place_and_a_line_of_the_programme_are_not_printed_twice() -> None:
    reading = read_release(
        "Pressinbjudan: Cykelgaraget i Åstad öppnar\n\n"
        "Tisdag 8 december öppnar cykelgaraget vid stationen, och pressen är välkommen att se det.\n\n"
        "Tid: tisdag 8 december 2026 kl. 9.30\n\nPlats: Stationsplan 3, Åstad\n\n"
        "Samling: vid huvudentrén\n\nProgram\n\n- 9.30 Välkommen\n- 10.15 Fika och intervjuer\n",
        now=dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC),
    )
    assert reading.release.event is not None
    assert reading.release.event.gathering == "huvudentrén"
    assert "Samling" not in reading.release.body
    assert "10.15 Fika och intervjuer" in reading.release.body
    assert reading.release.photo_note is None
