"""Rules that texts written blind brought: what stands beside a clock, a name, a house, a heading."""

import datetime as dt

import pytest

from pressutskick.reading.model import Reading
from pressutskick.reading.page.labelwords import names_kind
from pressutskick.reading.reader import read_release
from pressutskick.reading.spots.people import find_people
from pressutskick.reading.spots.titles import Person
from pressutskick.reading.where.words import clean_place

NOW = dt.datetime(2027, 2, 1, 8, tzinfo=dt.UTC)
HEAD = "Pressinbjudan: Nytt tak på simhallen\n\n"


def read(text: str) -> Reading:
    return read_release(text, now=NOW)


def start(reading: Reading) -> str | None:
    event = reading.release.event
    return f"{event.start:%H:%M}" if event and event.start else None


def place(reading: Reading) -> str | None:
    return reading.release.event.place if reading.release.event else None


def asked(reading: Reading) -> set[str]:
    return {question.field for question in reading.questions}


def speakers(reading: Reading) -> list[str]:
    return [one.name for one in reading.release.speakers]


def test_the_clock_at_which_something_goes_to_print_is_no_start() -> None:
    reading = read(
        "Kraftbolaget: Inbjudan till presskonferens\n\nBolaget publicerar rapporten torsdagen den "
        "4 februari 2027 kl. 07.30. Samma dag kl. 09.30 håller vd Eva Ek presskonferens.\n"
    )
    assert start(reading) == "09:30"
    assert reading.release.event is not None
    assert reading.release.event.date == dt.date(2027, 2, 4)


def test_a_clock_after_publishing_and_meeting_is_the_meetings() -> None:
    reading = read(
        HEAD + "Vi publicerar rapporten och håller pressträff tisdag 9 februari kl. 10.00 i "
        "Simhallen, Badvägen 3.\n"
    )
    assert start(reading) == "10:00"


def test_a_span_cut_at_its_dash_is_one_span() -> None:
    reading = read(HEAD + "När: Tisdag 9 februari kl. 12.00–\n13.15\nVar: Simhallen, Badvägen 3\n")
    assert reading.release.event is not None
    assert reading.release.event.end == dt.time(13, 15)


def test_a_name_cut_after_its_first_half_is_one_name() -> None:
    reading = read(HEAD + "Program\n\n10.30 Bandet klipps av energiminister Håkan\nUggla\n")
    assert speakers(reading) == ["Håkan Uggla"]


def test_a_heading_that_ends_with_a_particle_ends_there() -> None:
    heading = "Storövning i Norra tunneln – alla medier får följa med in"
    reading = read(f"{heading}\n\nTisdag 9 februari kl. 10.00 övar vi i tunneln.\n")
    assert reading.release.title == heading


@pytest.mark.parametrize(
    "lines",
    [
        "vad: taket visas.\nnär: tisdag 9 februari, kl 13\nvar: Simhallen, Badvägen 3",
        "vad: taket visas\nnär: tisdag 9 februari kl 13\nvar: Simhallen, Badvägen 3",
    ],
)
def test_labels_in_small_letters_are_labels(lines: str) -> None:
    reading = read(f"{HEAD}{lines}\n")
    assert (start(reading), place(reading)) == ("13:00", "Simhallen, Badvägen 3")


def test_a_clock_without_minutes_after_a_label_is_read() -> None:
    reading = read(HEAD + "Datum: tisdag 9 februari\nKlockslag: 13-15\nPlats: Simhallen\n")
    assert start(reading) == "13:00"


def test_the_word_for_an_invitation_is_no_label_of_facts() -> None:
    assert names_kind("Pressinbjudan")
    assert names_kind("Press invitation")
    assert not names_kind("Kontakt")
    reading = read(
        "Pressinbjudan: Biskop Eva Ek viger nya kapellet\n\nVälkommen att bevaka öppningen.\n\n"
        "Tid: Tisdag 9 februari kl 13\nPlats: Nya kapellet, Kyrkvägen 1\n"
    )
    assert reading.release.title == "Pressinbjudan: Biskop Eva Ek viger nya kapellet"


def test_departure_is_the_start_and_arrival_is_not() -> None:
    reading = read(
        "Pressresa med nattåget\n\nAvresa: Tisdag 9 februari kl. 17.42 från Norrviks central\n"
        "Samling: kl. 17.00 vid stora uret\nAnkomst: onsdag 10 februari kl. 06.05\n"
    )
    assert start(reading) == "17:42"
    assert reading.release.event is not None
    assert reading.release.event.date == dt.date(2027, 2, 9)
    assert reading.release.event.gathering == "stora uret"


def test_a_gathering_with_its_own_day_is_asked_about() -> None:
    reading = read(
        HEAD + "Samling: tisdag 9 februari kl 22.30 vid brandstationen, Larmgatan 1\n"
        "Övningen startar: kl 23.15\n"
    )
    question = next(one for one in reading.questions if one.field == "event.start")
    assert question.choices == ("23:15", "22:30")
    assert place(reading) == "brandstationen, Larmgatan 1"


def test_of_two_labelled_sessions_the_one_with_the_press_is_meant() -> None:
    reading = read(
        "Media invitation: Minister opens the Cod Summit\n\nThe summit opens on Tuesday 9 "
        "February.\n\nOpening session: 9.00 am, Congress Hall\n"
        "Press conference: 11.15 am, Room Pollux, Hamnplan 1\n"
    )
    assert (start(reading), place(reading)) == ("11:15", "Room Pollux, Hamnplan 1")


def test_a_house_told_by_its_kind_has_the_name_it_had_before() -> None:
    reading = read(
        "Äppelträd på skolgården\n\nTisdag 9 februari kl. 9.00 planterar alla på Backaskolan ett "
        "träd. Media är välkomna. Skolan ligger på Fruktvägen 2.\n"
    )
    assert place(reading) == "Backaskolan, Fruktvägen 2"


def test_a_place_may_be_called_a_place_by_name() -> None:
    reading = read(HEAD + "Vi träffas tisdag 9 februari kl. 09.45 på rastplatsen Utsikten.\n")
    assert place(reading) == "rastplatsen Utsikten"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Högskolan i Norrvik\n\nINBJUDAN TILL PRESSLUNCH\n\nVarför älgarna flyttar till kusten",
            "Varför älgarna flyttar till kusten",
        ),
        (
            "SENIORFÖRBUNDET\n\nPressmeddelande och inbjudan\n\nTusen seniorer tågar för bussar",
            "Tusen seniorer tågar för bussar",
        ),
        (
            (
                "Kvarteret Blomman är klart\n\nPressinbjudan från Nya Hem\n\nDen 9 februari flyttar "
                "de första in."
            ),
            "Kvarteret Blomman är klart",
        ),
    ],
)
def test_the_heading_stands_below_a_letterhead_or_above_the_kind(text: str, title: str) -> None:
    assert read(f"{text}\n\nTid: Tisdag 9 februari kl 13\n").release.title == title


@pytest.mark.parametrize(
    "words",
    [
        "Media som vill komma kontaktar Pia Engberg på {address}.",
        "Hälsa gärna att du kommer: {address}",
        "Accreditation is required. Please send your name to {address}.",
    ],
)
def test_registration_is_asked_for_in_many_words(words: str) -> None:
    rsvp = read(f"{HEAD}{words.format(address='pia@hemvist.example')}\n").release.rsvp
    assert rsvp is not None
    assert rsvp.email == "pia@hemvist.example"


def test_registration_by_text_message_has_number_and_deadline() -> None:
    rsvp = read(
        HEAD + "Tid: torsdag 11 februari kl 10\n\nSms:a antal personer till Helge, 070-174 06 93, "
        "senast onsdag 10 februari kl. 15.\n"
    ).release.rsvp
    assert rsvp is not None
    assert rsvp.phones == ("070-174 06 93",)
    assert str(rsvp.deadline).startswith("2027-02-10 15:00")


def test_an_address_for_pictures_is_nobodys() -> None:
    reading = read(
        HEAD + "Mer information: Lisbeth Frost tel 070-174 06 88. Mejla bild@park.example för "
        "pressbilder.\n"
    )
    assert [one.emails for one in reading.release.contacts] == [()]


def test_whom_an_english_secretary_works_for_is_no_contact() -> None:
    reading = read(
        "Media invitation: Minister opens the summit\n\nPress contact\nLouise Berg\nPress "
        "Secretary to Agnes Thorell\nMobile: +46 70 174 06 55\n"
    )
    assert [one.name for one in reading.release.contacts] == ["Louise Berg"]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (
            (
                "Få se två scener och prata med regissören Ylva Norén, kompositören Jonatan Kvist och "
                "skådespelarna Maria Tibell och Otto Engdahl."
            ),
            ["Ylva Norén", "Jonatan Kvist", "Maria Tibell", "Otto Engdahl"],
        ),
        (
            (
                "Spaden sätts i marken av Rolf Ågren, vd Hemvist, Marie-Louise Palm (L), ordförande i "
                "nämnden, och Tuva Nyman, blivande hyresgäst."
            ),
            ["Rolf Ågren", "Marie-Louise Palm", "Tuva Nyman"],
        ),
        ("Klockan tolv tar regionråd Bodil Ekman emot listorna.", ["Bodil Ekman"]),
        ("Då svarar biskopen och kyrkogårdschef Olle Rehn på frågor.", ["Olle Rehn"]),
        ("Talesperson under dagen är förbundets ordförande Rune Allard.", ["Rune Allard"]),
        ("Presskonferens med målvakten Agnes Törn.", ["Agnes Törn"]),
        (
            "- Dr Simone Berg, verksamhetschef\n- Johan Falk, grundare\n- Märta Ek, patient, 91 år",
            ["Simone Berg", "Johan Falk", "Märta Ek"],
        ),
        ("Pjäsen är skriven av Selma Ek och Olle Ask.", []),
    ],
)
def test_people_who_act_speak(sentence: str, names: list[str]) -> None:
    assert speakers(read(f"{HEAD}Välkommen.\n\n{sentence}\n")) == names


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("biskopen och kyrkogårdschef Olle Rehn", ["kyrkogårdschef"]),
        ("ordförande och vd Olle Rehn", ["ordförande och vd"]),
        ("Festivalchef Jonna Ek, artisten Kid Lava", ["Festivalchef", "artisten"]),
    ],
)
def test_each_person_has_the_title_that_is_theirs(text: str, titles: list[str]) -> None:
    people: tuple[Person, ...] = find_people(text)
    assert [one.title for one in people] == titles


@pytest.mark.parametrize("sign", ["|", "•", "·"])
def test_a_stamp_beside_sender_and_kind_is_the_day_of_publication(sign: str) -> None:
    reading = read(
        f"Mellanå Energi {sign} Pressinbjudan {sign} 25 januari 2027\n\nFjärrvärmen byggs ut\n\n"
        "Torsdag 4 februari kl 9.30 skrivs avtalet under.\n"
    )
    assert reading.release.title == "Fjärrvärmen byggs ut"
    assert str(reading.release.published).startswith("2027-01-25")
    assert start(reading) == "09:30"


def test_a_letter_is_asked_for_its_heading_and_keeps_its_first_paragraph() -> None:
    reading = read(
        "Hej!\n\nJag bjuder in till en pressträff om vår undersökning. Vi ses tisdag 9 februari "
        "kl. 10.\n\nHör av dig om du vill ha bilder.\n\nHälsningar Eva\nStiftelsen i Norrvik\n"
    )
    assert "title" in asked(reading)
    assert reading.release.title == "Jag bjuder in till en pressträff om vår undersökning."
    assert "Vi ses tisdag" in f"{reading.release.lead} {reading.release.body}"


def test_a_line_to_the_newsrooms_is_no_heading() -> None:
    assert read("Till nyhets- och kulturredaktioner\n\nKonsert för fred\n").release.title == (
        "Konsert för fred"
    )


@pytest.mark.parametrize(
    ("words", "begin", "end"),
    [
        ("Två visningar: kl. 10.00 och kl. 13.00 tisdag 9 februari.", "10:00", None),
        ("Välkommen tisdag 9 februari mellan kl. 10.00 och 13.00.", "10:00", "13:00"),
        ("Vi håller på tisdag 9 februari från 10.00 till ungefär 11.45.", "10:00", "11:45"),
    ],
)
def test_two_clocks_are_a_span_only_where_the_words_span_them(
    words: str, begin: str, end: str | None
) -> None:
    event = read(f"{HEAD}{words}\n").release.event
    assert event is not None
    told = next((f"{one:%H:%M}" for one in (event.end,) if one), None)
    assert told == end
    assert event.start is None or f"{event.start:%H:%M}" == begin


def test_a_clock_of_an_embargo_is_neither_start_nor_end() -> None:
    reading = read(
        "EMBARGO TILL TISDAG 9 FEBRUARI KL 06.00\n\nPressinbjudan: Ny chef\n\nVälkommen tisdag 9 "
        "februari kl. 13.00. Den som lovar att hålla på nyheten till kl 13.15 får namnet nu.\n"
    )
    assert start(reading) == "13:00"
    assert reading.release.event is not None
    assert reading.release.event.end is None


def test_a_weekday_within_days_told_in_full_is_one_of_them() -> None:
    reading = read(
        HEAD + "Tid: lördag-söndag 6-7 mars. Mediatid lördag kl 15.15-16.00.\nPlats: Simhallen\n"
    )
    assert reading.release.event is not None
    assert reading.release.event.date == dt.date(2027, 3, 6)
    assert reading.release.event.end_date == dt.date(2027, 3, 7)
    assert "event.date" not in asked(reading)


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("Kom till Hallarps gård den 9 februari kl. 10.00.", "Hallarps gård"),
        (
            "Vi håller pressträff tisdag 9 februari kl 16 i kommunhusets sessionssal.",
            "kommunhusets sessionssal",
        ),
        (
            "Vi bjuder in till en pressträff på biograf Röda Lyktan tisdag 9 februari kl. 15.30.",
            "biograf Röda Lyktan",
        ),
    ],
)
def test_places_in_prose_begin_with_small_words(words: str, where: str) -> None:
    assert place(read(f"{HEAD}{words}\n")) == where


@pytest.mark.parametrize(
    "words",
    [
        "Pressbiljetter beställs hos Alma Rooth senast 5 februari: {address}",
        "Vi vill gärna veta om ni kommer, mejla {address}.",
        "Är du intresserad? Svara på det här mejlet eller skriv till {address}.",
    ],
)
def test_registration_is_asked_for_without_its_word(words: str) -> None:
    rsvp = read(f"{HEAD}{words.format(address='alma@ord.example')}\n").release.rsvp
    assert rsvp is not None
    assert rsvp.email == "alma@ord.example"


def test_tickets_for_everybody_are_no_registration() -> None:
    assert read(f"{HEAD}Biljetter beställs på kassan@ord.example.\n").release.rsvp is None


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("Undertecknar gör:\nEmma Ek, vd\nOve Ask (L), ordförande", ["Emma Ek", "Ove Ask"]),
        ("Tillgängliga för intervjuer: förbundskapten Ronja Ek", ["Ronja Ek"]),
        ("Debatten leds av Torun Wester och Emil Grahn.", ["Torun Wester", "Emil Grahn"]),
        ("Gudmor är skådespelaren Pernilla Wik.", ["Pernilla Wik"]),
    ],
)
def test_people_on_stage_are_told_in_many_words(lines: str, names: list[str]) -> None:
    assert speakers(read(f"{HEAD}Välkommen.\n\n{lines}\n")) == names


@pytest.mark.parametrize(
    ("words", "name", "phone"),
    [
        (
            "Kontakta Hedvig Aronius för frågor och ackreditering: 070-174 06 78",
            "Hedvig Aronius",
            "070-174 06 78",
        ),
        (
            "Hör av er till presstjänsten, 031-390 06 41, allra senast 5 februari.",
            "presstjänsten",
            "031-390 06 41",
        ),
        (
            (
                "Chefen Lovisa Tapper hälsar er välkomna.\n\nVi vill veta om ni kommer, mejla "
                "lovisa.tapper@kranen.example eller ring 031-390 06 48."
            ),
            "Lovisa Tapper",
            "031-390 06 48",
        ),
    ],
)
def test_who_takes_registrations_is_called_where_nobody_else_is(
    words: str, name: str, phone: str
) -> None:
    contact = read(f"{HEAD}{words}\n").release.contacts[0]
    assert (contact.name, contact.phones) == (name, (phone,))


def test_an_invitation_to_follow_stays_in_the_body() -> None:
    reading = read(f"{HEAD}Välkommen till pressträff.\n\nFölj oss på Instagram: @simhallen\n")
    assert "Följ oss på Instagram" in f"{reading.release.lead} {reading.release.body}"


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (
            (
                "Tisdag 9 februari kl. 13 är det dags. Platsen för ceremonin är korsningen "
                "Industrigatan–Ringvägen."
            ),
            "korsningen Industrigatan–Ringvägen",
        ),
        (
            (
                "Visning: tisdag 9 februari kl 10-12.\n\nLindby konstmuseum ligger vid Slussplan 7, "
                "fem minuter från stationen."
            ),
            "Lindby konstmuseum, Slussplan 7",
        ),
        (
            (
                "Priset delas ut tisdag 9 februari kl 19.00 under en ceremoni på Sjöfartsmuseet i "
                "Sjöhamn."
            ),
            "Sjöfartsmuseet i Sjöhamn",
        ),
    ],
)
def test_a_place_may_stand_some_words_from_its_time(words: str, where: str) -> None:
    assert place(read(f"{HEAD}{words}\n")) == where


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (
            "På plats för att svara på frågor:\nPolischef Madeleine Wik\nGränschef Örjan Stål",
            ["Madeleine Wik", "Örjan Stål"],
        ),
        (
            "I panelen: Jonas Ek (Skogsägarna), Xin Sundin (Naturvännerna)",
            ["Jonas Ek", "Xin Sundin"],
        ),
        ("Prisutdelare är hertig August Valdemar.", ["August Valdemar"]),
        ("Museet visar bilder av konstnären Selma Krantz (1911–1984).", []),
    ],
)
def test_who_answers_sits_in_a_panel_or_gives_a_prize_speaks(lines: str, names: list[str]) -> None:
    assert speakers(read(f"{HEAD}Välkommen.\n\n{lines}\n")) == names


def test_a_showing_of_somebody_is_not_by_them() -> None:
    text = "Pressvisning av Selma Krantz – Färgens arkitekt\n\nVälkommen tisdag 9 februari.\n"
    assert speakers(read(text)) == []


def test_names_that_are_needed_are_registrations() -> None:
    reading = read(
        HEAD + "Tid: torsdag 11 februari kl 10\n\nAv säkerhetsskäl behöver vi namn på alla som "
        "kommer senast den 9 februari. Mejla: skepp@polar.example\n"
    )
    rsvp = reading.release.rsvp
    assert rsvp is not None
    question = next((one for one in reading.questions if one.field == "rsvp.email"), None)
    assert "skepp@polar.example" in (rsvp.email, *(question.choices if question else ()))
    assert str(rsvp.deadline) == "2027-02-09"


def test_the_topic_of_a_heading_is_no_place() -> None:
    reading = read(
        "Pressträff 9/2: Så blir nya resecentrum i Granköping\n\nTisdag 9 februari, kl. 13:30\n"
        "Stadshuset, Drottninggatan 1, lokal Eken\n"
    )
    assert place(reading) == "Stadshuset, Drottninggatan 1, lokal Eken"


def test_a_place_is_told_without_gathering_transport_or_meeting() -> None:
    reading = read(
        HEAD + "Var: Samling vid Fjällstugan i Malmvaara, därefter transport med bandvagn\n"
        "När: Tisdag 9 februari kl. 08.00. Åter vid Fjällstugan ca 12.00.\n"
    )
    assert place(reading) == "Fjällstugan i Malmvaara"
    assert reading.release.event is not None
    assert reading.release.event.end == dt.time(12)


def test_clocks_to_choose_from_are_asked_about() -> None:
    reading = read(
        HEAD + "Datum\nTisdag 9 februari\n\nTid\nDu väljer något av passen: kl. 09.00, 11.00 eller "
        "13.00\n"
    )
    question = next(one for one in reading.questions if one.field == "event.start")
    assert sorted(question.choices) == ["09:00", "11:00", "13:00"]


@pytest.mark.parametrize(
    ("top", "title"),
    [
        (
            (
                "Inbjudan till pressträff\n\nVälkommen till en pressträff om trygghet tisdag den 9 "
                "februari kl 14.00 på Fyren."
            ),
            "Inbjudan till pressträff",
        ),
        (
            "Museet öppnar – förhandsvisning 9 februari\n\nVÄLKOMMEN PÅ FÖRHANDSVISNING!",
            "Museet öppnar – förhandsvisning 9 februari",
        ),
        (
            (
                "Klubben skänker 300 julklappar\n\nTisdag 9 februari före matchen mot Kärrvik lämnar "
                "Hallarps supporterklubb över alla de insamlade julklapparna till lasarettet i stan.\n\n"
                "Press och fotografer är varmt välkomna!"
            ),
            "Klubben skänker 300 julklappar",
        ),
    ],
)
def test_a_heading_stands_above_the_prose_and_is_no_sentence(top: str, title: str) -> None:
    assert read(f"{top}\n\nVälkommen!\n").release.title == title


def test_the_hours_of_the_public_are_not_the_presss() -> None:
    reading = read(
        "Museet öppnar\n\nTisdag 9 februari klockan 11 är medier välkomna till en förhandsvisning."
        "\n\nÖppning för allmänheten: lördag 13 februari klockan 10-18.\n"
    )
    assert start(reading) == "11:00"
    assert reading.release.event is not None
    assert reading.release.event.date == dt.date(2027, 2, 9)
    assert reading.release.event.end is None


def test_the_last_day_to_accredit_is_a_deadline() -> None:
    rsvp = read(
        HEAD + "Tid: torsdag 11 februari kl 10\n\nAckreditering\nMejla press@dal.example. Sista "
        "ackrediteringsdag är fredag 5 februari.\n"
    ).release.rsvp
    assert rsvp is not None
    assert str(rsvp.deadline) == "2027-02-05"


def test_who_is_named_for_registration_is_reached_as_the_contact_says() -> None:
    reading = read(
        HEAD + "Anmäl er till Xelia Kront senast den 5 februari.\n\nXelia Kront, pressansvarig, "
        "031-390 06 51, xelia@univ.example\n"
    )
    assert reading.release.rsvp is not None
    assert reading.release.rsvp.email == "xelia@univ.example"
    assert "rsvp.email" not in asked(reading)


def test_a_line_with_a_name_and_a_subject_is_a_speakers() -> None:
    text = "Ni får höra\nProfessor Katarina Ask om sömn\nDocent Yusuf Aydin om blått ljus\n"
    assert speakers(read(f"{HEAD}Välkommen.\n\n{text}")) == ["Katarina Ask", "Yusuf Aydin"]


def test_a_title_does_not_reach_over_another_persons_name() -> None:
    people = find_people("ordförande Dimitri Pappas och kommunalrådet Olle Brandt (V)")
    assert [one.title for one in people] == ["ordförande", "kommunalrådet"]


def test_a_clock_of_every_day_is_no_start() -> None:
    reading = read(
        "Pressmöten om översvämningarna\n\nNästa pressmöte är tisdag 9 februari kl 15.00 i "
        "brandstationen, Larmvägen 1.\n\nDärefter hålls pressmöten varje dag kl 10.00.\n"
    )
    assert start(reading) == "15:00"


def test_a_number_for_the_press_is_a_desk() -> None:
    reading = read(f"{HEAD}Välkommen.\n\nMedia ringer pressnumret 0980-31 92 20.\n")
    assert [(one.name, one.phones) for one in reading.release.contacts] == [
        ("pressnumret", ("0980-31 92 20",))
    ]


def test_whoever_is_told_by_a_first_name_is_called() -> None:
    reading = read(
        f"{HEAD}Medföljer gör storkvakten Emma Ågren och konservator Ivo Petrov.\n\n"
        "Hör av dig till Emma senast 5 februari, 070-174 06 16.\n"
    )
    assert speakers(reading) == ["Emma Ågren", "Ivo Petrov"]
    assert [one.name for one in reading.release.contacts] == ["Emma Ågren"]


@pytest.mark.parametrize("text", [". Do not block the walk", "…. A", "?! B.", "Hej!\n\n. C"])
def test_a_passage_that_begins_with_a_stop_is_read(text: str) -> None:
    assert read(text).release.body is not None


def test_hundreds_of_weekdays_houses_and_registrations_cost_little() -> None:
    """What is looked up elsewhere in the text is looked up in a bounded part of it."""
    for words in (
        "måndag 3 maj tisdag ",
        "Skolan ligger på Agatan 1.\n\n",
        "Ring Anna, 031-390 06 48.\n\n",
    ):
        assert read(words * 300).release.body is not None


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ("Residenset, Slottsgatan 5. Träffen direktsänds inte", "Residenset, Slottsgatan 5"),
        (
            "Residenset, Slottsgatan 5. Ingång via gården",
            "Residenset, Slottsgatan 5. Ingång via gården",
        ),
        ("Residenset, Slottsgatan 5, samt via webben", "Residenset, Slottsgatan 5"),
        ("Residenset, Slottsgatan 5 eller digitalt via länk", "Residenset, Slottsgatan 5"),
        ("Residenset (Slottsgatan 5) nu på", "Residenset (Slottsgatan 5)"),
        ("Residenset (lift från", "Residenset"),
        ("Pressträffen hålls digitalt i Zoom", "digitalt i Zoom"),
        ("plats vid Residensets port", "Residensets port"),
    ],
)
def test_a_place_is_cleaned_of_what_is_no_place(told: str, where: str) -> None:
    assert clean_place(told) == where


def test_a_bracket_belongs_to_its_place() -> None:
    reading = read(
        HEAD + "Vi träffas tisdag 9 februari kl. 09.45 på rastplatsen Utsikten (strax norr om "
        "avfarten) och åker därifrån.\n"
    )
    assert place(reading) == "rastplatsen Utsikten (strax norr om avfarten)"
