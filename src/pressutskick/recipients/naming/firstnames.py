"""First names that are common in the Nordic countries and in English, folded.

They only tip the scale: in a text a person is known by where the name stands (beside a title, on a
line of its own above a telephone number), and a first name that is missing here is still a name. In
a list they tell which of two words is the given name.
"""

#: About a thousand, from general knowledge; alphabetical within each line is not needed.
_NAMES = """
    abdi abdullah adam adrian agneta agnes agnetha ahmed aina ake åke alan albert albin aleksander
    alex alexander alexandra alf alfred ali alice alicia alva alvar amanda amelia amina amir amira
    ana anders andré andre andrea andreas andrew andy ane anette angela anita anja ann anna anne
    anneli annelie annette annica annicka annie annika ansgar anton antonia antonio ante arash
    arild arne arnold arthur arvid arvo asger aske asta astri astrid atle aud august axel
    barbro barbara bart beate beatrice beatrix ben benedikte benedicte bengt benjamin benny benoît
    bente berit bernt bert berta bertil bertram beth betty bill bille birger birgit birgitta
    birgitte birte birthe bjarke bjarne bjorn björn bjørn bjørg bo bob bodil boel bosse boris brian
    brita britt britta brittmarie bror bruno brynhild brynjulf börje børge
    cajsa calle calvin camilla camille carin carina carl carla carlos carola carolina caroline
    casey casper caspar catarina catharina catherine cathrine catrin catrine cecilia cecilie charles
    charlie charlotta charlotte chris christel christen christer christian christiane christina
    christine christoffer christopher claes clara clarence claude claudia claus clas conny conrad
    cornelia craig crister cristina cynthia
    dag dagmar dagny dan dana daniel daniela daniella danny dario david deborah dennis desirée
    désirée diana diane dick didrik dina disa ditte dennie donald doris dorte dorthe douglas duke
    earl ebba ebbe eddie edgar edith edvard edvin edward egil egon eigil einar ejnar eirik eivind
    elaine elena eleonor eleonora eleonore eli elias elin elina elinor elis elisa elisabet elisabeth
    elise elizabeth ella ellen ellinor elma elsa elsebeth elsie elvira emelie emil emilia emilie
    emily emma emmanuel emmy enok eric erica erich erik erika erland erling ernst esben espen
    esther eskil estelle eugen eva evelina evert ewa eystein
    fabian fadi fadime farah farid fatima fatma felicia felix fiona filip filippa finn flemming
    folke frank franz fred freddy fredric fredrik fredrika frej freja frida frieda frits fritz
    frode frederik frederikke
    gabriel gabriella gabrielle gary geir georg george gerald gerd gerda gerhard gerry gert gertrud
    gilbert gina gisela gitte gittan glen glenn gorm grace greger gregor gregory greta grete grethe
    gro gudmund gudrun gull gun gunborg gunhild gunilla gunn gunnar gunnel gunvor gustaf gustav
    guri göran görel gösta göte gøran
    haakon hadi hakan håkan håkon halvard halvor hamid hampus hanna hannah hanne hannele hannes
    hans harald harriet harry hasan hassan hedda hedvig heidi heine helen helena helene helga helge
    helle henning henny henri henriette henrietta henrik henry herbert herman hilda hilde hilding
    hilma hjalmar holger howard hugo hulda hussein håvard
    ib ibrahim ida idar idris ina inga inge ingeborg ingegerd ingegärd ingela inger ingmar ingmari
    ingrid ingvar ingvild irene irina iris irma isa isabel isabell isabella isabelle isak ivan ivar
    iver iwona
    jack jacob jacqueline jaime jakob james jamila jan jane janet janice janina janne jannica
    jannike janus jarl jarle jasmin jason jean jeanette jeff jeffrey jenni jennie jennifer jenny
    jens jeppe jerker jeremy jerry jesper jessica jessika jette jill jim jimmy joachim joakim joan
    joanna joar johan johanna johanne johannes john johnny jon jonas jonatan jonathan jonna jordi
    joseph josef josefin josefina josefine josefina joyce juan judit judith judy jukka julia julian
    juliana julie julius justin jytte jöran jörgen jörn jørgen jørn
    kaare kåre kai kaisa kaj kajsa kalle kamal kamilla kamran kanerva kara karen kari karim karin
    karina karita karl karla karolina karoline karsten kasper kaspar katarina katharina katherine
    kathleen kathrine kathy katja katrin katrina katrine keith keld kelly ken kenneth kennet kenny
    kent kerstin kevin khaled khalid kicki kim kimberly kirsi kirsten kirsti kirstine kjell kjeld
    kjersti kjetil klara klas klaus knud knut konrad kourosh krister kristian kristiina kristin
    kristina kristine kristofer kristoffer kurt kyle käthe
    lage laila lars larry lasse laura lauri laurits lauritz leif leila lena lene lennart leo leon
    leonard leonora leopold leslie lillemor lilian lilly lina linda linn linnea linnéa linus line
    lisa lisbet lisbeth lise lise-lotte lissie liselott liselotte liv livia lise loa lone lorenz
    lorentz lorraine lotta lotte louis louise lova lovis lovisa lucas lucia lucy ludvig luis lukas
    lydia lykke lynn
    madeleine madelaine mads magdalena magne magnhild magnus mahmoud maja maj majken malcolm malena
    malin malte manfred manne mårten måns maren margaret margareta margaretha margit margot margrete
    margrethe margret mari maria mariam marian mariana mariann marianne marie marika marina mario
    marit marita marius mark markku marko markus marlene marta martha marthe martin martina marvin
    mary maryam mathias mathilda mathilde mathea mats matt matti mattias matthew matthias maud maurice
    max maxim maya mehdi mehmet melinda melissa merete merethe merja meta mette mia michael michaela
    michel michelle mika mikael mikaela mikkel mikko miguel mina minna mira miranda miriam mirjam
    mogens mohamed mohammad mohammed moa mona monica monika morten moses muhammad muhammed mustafa
    märta märit
    nadia nadja naima nanette nancy nanna natalia natalie nathalie nathan nicholas nicklas niclas
    nicola nicolas nicole nicoline niels nigel niklas nikita nikolai nikolaj nikolas nikolaus nikos
    nils nina noah noel noelle nora noomi norman nour
    oda odd oddvar ola olaf olav ole oleg olga oliver olivia olle olof olov omar orvar oscar oskar
    ossian otto ottar ove owe
    palle pål patricia patrick patrik patrizia paul paula paulina pauline pavel peder pehr pekka
    pelle per pernilla pernille per-olof peter petter petra petr petri petronella petrus philip
    philippa phillip phyllis pia pierre pieter pirjo pontus poul povl preben priscilla pär
    rachel rafael ragna ragnar ragnhild ragnvald rahim ralph ralf ramona randi rasmus raymond
    rebecca rebecka reidar reidun rendani rené renee reza richard rickard rikard rikke rita robert
    roberto robin roger roland rolf roman ronald ron ronja ronny rosa rose rosita roy ruben rudolf
    runa rune ruth ryan
    saga sam samir samira samuel sana sander sandra sanna sanne santiago sara sarah sasha scott
    sean sebastian selma semir serge shahram sharon shirin sidsel sif signe sigbritt sigge sigmund
    signhild sigrid sigrun sigurd sigvard silje silvia simen simon simone simona siri sissel siv
    sixten sofia sofie solbritt solfrid solgerd solveig sonja sophia sophie stanley staffan stefan
    stefanie stein steinar stella stellan sten stephan stephanie stephen steve steven stig stina
    stine sture sune susan susann susanna susanne suzanne svante svein sven svend sverker sverre
    sylvia synne synnøve sytze søren sören
    tage tanja tarek tariq tarja tatiana ted teodor terese teresa teresia terese terje terry
    theodor theo theresa therese therése thérèse thomas thor thora thorbjørn thorbjörn thord thore
    thorleif thorsten tilda tilde tim timo timothy tina tine tiina toivo tobias todd tom tomas tommy
    tone tony tonje tor torben torbjörn torbjørn tord tore torgeir torgny torgunn toril torill
    torkel torleif torsten torunn torulf tove tracy trine troels trond truls trude trygve tryggve
    tua tuula tuva tuve tycho tyra tyler tor-björn
    ulf ulla ulrica ulrik ulrika ulrike una unn uno urban ursula
    vagn valborg valdemar valter vanja vanessa vegard vera verner vernon veronica veronika vibeke
    victor victoria vidar vigdis viggo viktor viktoria vilde vilhelm ville villy vilma vincent
    viola virginia viveca viveka vivi vivian vivianne vlad vladimir
    walter waldemar wanda warren wayne wenche wendela wendy wenke werner werner wibeke wilhelm will
    willem william wille wilma winnie wivianne
    xavier yasmin yasmine ylva yngve yngvar yvonne yusuf
    zacharias zahra zandra zeynep zerya zodwa zoran zuzana
    åsa åse åsmund åshild örjan östen øystein øivind øyvind ørjan ärla ævar
    alva-lisa kg bo-göran
    dag hege silje mimmi fatima ted hampus truls tage tyra ture torvald teodor theodor tuva tilda tindra tim
    saga selma stina sixten sigge svante sivert samir samira soraya stellan ronja rasmus ruben rut
    torun torhild aino eero ferdinand heikki ilkka jari jukka kaisa matti mikko outi päivi pekka riitta sanna seppo timo
    ronny roland rosa reza rami razan parisa petronella pelle peder patricia ove ossian otto olof
    olga novalie nora nils nellie nathalie nadja mustafa mohamed mohammed muhammad moa mio milo
    minna mika melker melvin mehmet matteo malte malva majken maj lykke love lo lovis lovisa linn
    liv livia leah leia lejla lars-erik lars-olof karl-erik karl-gustav jan-erik jan-olof per-erik
    per-olof sven-olof anna-karin anna-lena ann-charlotte ann-christine ann-marie britt-marie
    eva-lena eva-lotta inga-lill gun-britt maj-britt ulla-britt klas kim kevin kasper julie joar
    jonatan jesper jasmin jamila ismail ibrahim idris hugo hilma hjalmar hillevi hedda hasse hamid
    gry greger göta gunvor gull-britt frode freja frej folke flemming filippa filip felicia ester
    elvira elton elsie elis elise ebbe ebba edvin ellinor disa dina daniela charlie colin clara
    cornelia cassandra bosse birk bianca benita bengt-åke baltsar axel august arvid ann-sofi
    anton alvin alma ali ahmad ahmed agneta ada abdi abdullah adnan amir amira aisha ayse zlatan
    zahid zara ylwa yasin yvette vendela viking viggo vanja uno tyko tyrone turid tove tora tommie
    tone thorbjörn therese tariq tarek synnøve svend suzanne susann stephan steinar sonja solvei
    solveig snorre sindre signe sebastian rune roger robin rickard ragnhild ragna ragnar poul
    preben pontus pia per-anders palle otilia ole odd oddvar niklas mostafa morten mogens mette
    merete maren malene magne lone lise lisbet lene lasse kåre kjell kjartan kirsten karsten
    jytte jorunn jostein jette jeppe inger-lise ib hanne halvor guro gudrun grete geir frederik
    flemming finn eskil eirik dorthe dagfinn dagny bodil bjarne birthe bente benedikte asbjørn
    arild are anne-marie anne-grethe annelise andrea ailsa brian bruce calum carol craig dale
    dawn derek diane duncan edith eileen fiona frank gail gareth gillian glenn gordon graham
    hannah harriet hazel heather hugh ian irene janice jill joan joanna joyce judith keith
    kenneth lauren leslie louise lynn malcolm marcus margaret marion maureen megan moira nadia
    neil nigel owen pamela pauline priya raj rachel rhona ross roy ruth sean shona sheila shirley
    agnieszka aino aleksandra azadeh dmitri dragan elif emina goran halima hamza hana igor jari
    jasmina katarzyna khadija layla malgorzata marcin mehran milica nasrin noor oksana olena pawel
    piotr päivi rania rashid riitta sergej sirpa soheila svetlana tomasz tuomas youssef zainab
    sheena stewart stuart tanya terence theresa tony tracy trevor valerie wendy yvonne zoe
"""

FIRST_NAMES = frozenset(_NAMES.split())
